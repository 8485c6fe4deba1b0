"""Mappings and contact links: what holds now, what held before, each firm's and company's own."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from db import links, mappings
from db.audit import lines, verify
from db.engine import Database
from db.firms import Firm
from db.links import ContactLink
from db.mappings import Choice, PastChoice
from tests.db.conftest import NOW

REALM = "4620816365"
HOUR = timedelta(hours=1)
VISA = Choice("method", "Visa <!channel>", "3", "Credit Card", "UBEN", NOW)
CHEQUING = Choice("deposit", "CAD", "35", "Chequing", "UBEN", NOW)
LINK = ContactLink("C-7", "CAD", "58", 'René "Ané" O\'Brien \\ 马春梅', "UMARIA", NOW, "chosen")


def test_confirmed_choices_hold(database: Database, firm: Firm, other_firm: Firm) -> None:
    """In the firm and the company they were made for."""
    with database.write() as session:
        assert mappings.confirm(session, firm.id, REALM, VISA)
        assert mappings.confirm(session, firm.id, REALM, CHEQUING)
        assert mappings.confirm(session, other_firm.id, REALM, replace(VISA, target_id="9"))

    with database.read() as session:
        assert (CHEQUING, VISA) == mappings.current(session, firm.id, REALM)
        assert mappings.current(session, firm.id, "another company") == ()
        assert (replace(VISA, target_id="9"),) == mappings.current(session, other_firm.id, REALM)


def test_a_new_choice_takes_the_olds_place(database: Database, firm: Firm) -> None:
    """The old one stays as history, with when it ended; the audit has before and after."""
    newer = replace(VISA, target_id="4", target_name="Visa", confirmed_by="UALICE", confirmed_at=NOW + HOUR)
    with database.write() as session:
        mappings.confirm(session, firm.id, REALM, VISA)
        assert mappings.confirm(session, firm.id, REALM, newer)

    with database.read() as session:
        assert (newer,) == mappings.current(session, firm.id, REALM)
        assert (PastChoice(VISA, NOW + HOUR), PastChoice(newer, None)) == mappings.history(
            session, firm.id, REALM
        )
        last = lines(session, firm.id)[-1]
    assert ("UALICE", "mapping.confirmed") == (last.actor, last.verb)
    assert last.content == '{"after":"Visa","before":"Credit Card","id":"4"}'


def test_the_same_choice_again_changes_nothing(database: Database, firm: Firm) -> None:
    """No second row, no second line."""
    with database.write() as session:
        assert mappings.confirm(session, firm.id, REALM, VISA)
        assert not mappings.confirm(session, firm.id, REALM, replace(VISA, confirmed_by="UALICE"))
        assert (PastChoice(VISA, None),) == mappings.history(session, firm.id, REALM)
        assert len(lines(session, firm.id)) == 1


def test_choices_made_at_once_leave_one_that_holds(database: Database, firm: Firm) -> None:
    """8 people confirm different targets at the same instant: one holds, seven are history."""
    ready = threading.Barrier(8)

    def confirm(number: int) -> bool:
        ready.wait()
        with database.write() as session:
            choice = replace(VISA, target_id=str(number), target_name=str(number))
            return mappings.confirm(session, firm.id, REALM, choice)

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(confirm, range(8)))
    with database.read() as session:
        assert len(mappings.current(session, firm.id, REALM)) == 1
        assert len(mappings.history(session, firm.id, REALM)) == 8
        assert verify(session, firm.id) == ()


def test_a_link_holds_for_its_payer_and_currency(database: Database, firm: Firm, other_firm: Firm) -> None:
    """A twin in dollars is another link; other firms and companies have their own."""
    dollars = replace(LINK, currency="USD", customer_id="59")
    with database.write() as session:
        links.link(session, firm.id, REALM, LINK)
        links.link(session, firm.id, REALM, dollars)
        links.link(session, other_firm.id, REALM, replace(LINK, customer_id="1"))

    with database.read() as session:
        assert LINK == links.current(session, firm.id, REALM, "C-7", "CAD")
        assert dollars == links.current(session, firm.id, REALM, "C-7", "USD")
        assert links.current(session, firm.id, REALM, "C-8", "CAD") is None
        assert links.current(session, firm.id, "another company", "C-7", "CAD") is None
        assert (LINK, dollars) == links.all_current(session, firm.id, REALM)


def test_whom_a_merge_was_confirmed_for_is_remembered(
    database: Database, firm: Firm, other_firm: Firm
) -> None:
    """Also once another is chosen again: what was booked before stays that customer's."""
    with database.write() as session:
        links.link(session, firm.id, REALM, LINK)
        links.link(session, firm.id, REALM, replace(LINK, customer_id="60", how=links.MERGED))
        links.link(session, firm.id, REALM, replace(LINK, customer_id="61"))
        links.link(session, other_firm.id, REALM, replace(LINK, customer_id="62", how=links.MERGED))

    with database.read() as session:
        assert {"60"} == links.confirmed_merges(session, firm.id, REALM)
        assert set() == links.confirmed_merges(session, firm.id, "another company")


def test_a_new_link_takes_the_olds_place(database: Database, firm: Firm) -> None:
    """With before and after in the audit; linking to the same customer again is nothing."""
    newer = replace(LINK, customer_id="60", linked_at=NOW + HOUR, how="added")
    with database.write() as session:
        links.link(session, firm.id, REALM, LINK)
        links.link(session, firm.id, REALM, replace(LINK, linked_by="UBEN"))
        links.link(session, firm.id, REALM, newer)

    with database.read() as session:
        assert newer == links.current(session, firm.id, REALM, "C-7", "CAD")
        assert [
            ("UMARIA", '{"after":"58","before":null,"how":"chosen"}'),
            ("UMARIA", '{"after":"60","before":"58","how":"added"}'),
        ] == [(line.actor, line.content) for line in lines(session, firm.id)]


def test_a_payer_of_any_length_can_be_linked(database: Database, firm: Firm) -> None:
    """Five hundred wide letters don't break the index."""
    long = replace(LINK, payer="".join(chr(0x4E00 + number) for number in range(500)))
    with database.write() as session:
        links.link(session, firm.id, REALM, long)
        assert long == links.current(session, firm.id, REALM, long.payer, "CAD")


def test_who_pays_for_a_case_is_another_link(database: Database, firm: Firm) -> None:
    """The client's own link stays beside it; let go, it holds no longer, and the audit says by whom."""
    pays = replace(LINK, customer_id="70", customer_name="Harbour Tech", case="00003-Osei")
    with database.write() as session:
        links.link(session, firm.id, REALM, LINK)
        links.link(session, firm.id, REALM, pays)

    with database.read() as session:
        assert pays == links.current(session, firm.id, REALM, "C-7", "CAD", "00003-Osei")
        assert LINK == links.current(session, firm.id, REALM, "C-7", "CAD")
        assert (LINK, pays) == links.all_current(session, firm.id, REALM)

    with database.write() as session:
        links.unlink(session, firm.id, REALM, pays, "UBEN", NOW + HOUR)
        links.unlink(session, firm.id, REALM, pays, "UBEN", NOW + HOUR)

    with database.read() as session:
        assert (LINK,) == links.all_current(session, firm.id, REALM)
        assert [
            ("UMARIA", "payer|C-7|CAD", '{"after":"58","before":null,"how":"chosen"}'),
            ("UMARIA", "payer|C-7|CAD|00003-Osei", '{"after":"70","before":null,"how":"chosen"}'),
            ("UBEN", "payer|C-7|CAD|00003-Osei", '{"after":null,"before":"70","how":"unlinked"}'),
        ] == [(line.actor, line.subject, line.content) for line in lines(session, firm.id)]
