"""Another company is connected while a screen is open: the ids on it are the old one's, and are refused."""

from __future__ import annotations

from sqlalchemy import text

from commands.books import books_of
from db import links, mappings
from tests.commands.house import House, firm_of, open_sync, seen_modal

OTHER = "9341453000000000"
REFUSED = "Another QuickBooks company was connected since this screen was opened. Nothing was changed."


def _connect_another(house: House) -> None:
    """As far as our records know, the same lists under another id: what a person sees looks alike."""
    with house.program.database.write() as session:
        for table in ("connections", "directory_entries"):
            session.execute(text(f"UPDATE {table} SET realm_id = '{OTHER}'"))  # noqa: S608 - names of ours
        assert OTHER == books_of(session, firm_of(house)).connection.realm_id


def test_a_contact_of_the_old_company_is_not_linked_in_the_new(house: House) -> None:
    """Its id is somebody else's there."""
    house.ready_to_sync()
    open_sync(house, "00002", "We don't know yet who")
    house.maria.click("Find Contact")
    seen_modal(house.maria, "Same e-mail")
    _connect_another(house)
    house.maria.submit()
    seen_modal(house.maria, REFUSED)
    with house.program.database.read() as session:
        assert () == tuple(links.all_current(session, firm_of(house), OTHER))


def test_a_mapping_of_the_old_company_is_not_confirmed_in_the_new(house: House) -> None:
    """Its accounts and items are others there."""
    house.connect()
    house.import_samples()
    house.ben.command("/qb-mapping")
    seen_modal(house.ben, "nothing counts until confirmed")
    _connect_another(house)
    house.ben.submit()
    seen_modal(house.ben, REFUSED)
    with house.program.database.read() as session:
        assert () == tuple(mappings.current(session, firm_of(house), OTHER))
