"""What is called ready follows what others wrote in QuickBooks, or says since when it isn't known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from commands.ids import Act
from db import connections, others
from qb.sandbox import Fault, Stranger
from tests.commands.house import House, choose_contact, firm_of, open_sync, seen_message, seen_modal
from tests.commands.test_digest import morning, want_digest
from tests.commands.test_home import seen_home
from tests.sandbox.client import Client

if TYPE_CHECKING:
    from datetime import date

HOUR = timedelta(hours=1)


def ago(days: int) -> date:
    """So many days before today."""
    return datetime.now(UTC).date() - timedelta(days=days)


def looked_an_hour_ago(house: House) -> None:
    """Time passes since the last look; what it found stays."""
    house.idle()
    firm_id, now = firm_of(house), house.program.context.clock()
    with house.program.database.write() as session:
        connection = connections.get(session, firm_id)
        assert connection is not None
        kept = others.load(session, firm_id, connection.realm_id)
        assert kept is not None
        older = replace(kept, since=kept.since - timedelta(days=1), read_at=now - HOUR)
        others.keep(session, firm_id, connection.realm_id, older)


def entered(house: House, number: str, days: int, amount: str) -> str:
    """The bookkeeper enters one of Daniel's invoices by hand; gives its id."""
    return house.sandbox.enter(Stranger("Invoice", "Daniel Osei", Decimal(amount), ago(days), number=number))


def removed(house: House, invoice: str) -> None:
    """And removes it again."""
    (found,) = [one for one in house.sandbox.books.entities("Invoice") if one["Id"] == invoice]
    body = {"Id": found["Id"], "SyncToken": found["SyncToken"]}
    Client(house.sandbox).write("Invoice", body, operation="delete")


def daniel_is_known(house: House) -> None:
    """His three invoices are ready."""
    house.ready_to_sync()
    open_sync(house, "00002", "We don't know yet who")
    choose_contact(house)
    house.maria.close()


def test_what_somebody_entered_is_followed_by_itself(house: House) -> None:
    """Ben opens the digest: it is shown, looked at, and shown anew; Alice's Home follows.

    Then the bookkeeper removes it again, and Compare says so instead of asking about it.
    """
    daniel_is_known(house)
    house.alice.open_home()
    seen_home(house.alice, "*Ready*: 3 invoices")
    looked_an_hour_ago(house)
    there = entered(house, "1001", 32, "2330.00")
    house.ben.command("/qb-digest")
    shown = seen_modal(house.ben, "*Ready* · 2 invoices")
    assert "QuickBooks was last looked at" in shown.words
    assert "isn't taken in" not in shown.words
    home = seen_home(house.alice, "*Ready*: 2 invoices")
    assert "1 invoice looks as if booked in QuickBooks already. Is that so?" in home.words
    removed(house, there)
    house.alice.command("/qb")
    seen_modal(house.alice, "as if booked in QuickBooks already")
    house.alice.click(Act.OPEN_ALIKE)
    told = seen_modal(house.alice, "Removed or voided there: invoice 1001 of ")
    assert "Nothing there looks like it any more: a sync can book it." in told.words
    assert "Link It" not in str([one for one in told.blocks if one["type"] == "actions"])


def test_sync_all_ready_and_the_morning_look_first(house: House) -> None:
    """What was entered since isn't previewed; a silent QuickBooks is said to be, and stops nothing."""
    daniel_is_known(house)
    want_digest(house)
    looked_an_hour_ago(house)
    entered(house, "1001", 32, "2330.00")
    digest = morning(house)
    assert "Held: looks already booked" in digest.words
    looked_an_hour_ago(house)
    entered(house, "1002", 32, "1.00")
    house.ben.command("/qb")
    seen_modal(house.ben, "*Ready*: 2 invoices")
    house.ben.click("Sync All Ready")
    told = seen_message(house.ben, "2 paid invoices look as if booked in QuickBooks already")
    assert "1 preview comes as a direct message" in told.words
    preview = seen_message(house.ben, "Book 1 invoice for Daniel Osei?")
    assert "1002" not in preview.text.splitlines()[0]
    looked_an_hour_ago(house)
    house.sandbox.faults.add(Fault("status", path="cdc", times=1000))
    house.ben.close()
    house.ben.command("/qb-digest")
    seen_modal(house.ben, "what others wrote there since isn't taken in")
