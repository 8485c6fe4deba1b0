"""QuickBooks lists, half-filled screens and heartbeats: kept as they are, each firm's own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from db import drafts, heartbeats, lists
from db.drafts import Draft, ForeignDraftError
from db.engine import Database
from db.firms import Firm
from db.lists import ListEntry
from tests.db.conftest import NOW

REALM = "4620816365"
HOUR = timedelta(hours=1)
CHEQUING = ListEntry("Account", "35", "Chequing", active=True, facts={"currency": "CAD"})
SAVINGS = ListEntry("Account", "36", "Savings 马春梅", active=False, facts={})
FEES = ListEntry("Item", "35", "Fees", active=True, facts={"type": "Service"})


def test_a_list_is_replaced_whole(database: Database, firm: Firm, other_firm: Firm) -> None:
    """What QuickBooks no longer has is gone; other lists, companies and firms stay."""
    with database.write() as session:
        lists.replace_list(session, firm.id, REALM, "Account", [SAVINGS, CHEQUING], NOW)
        lists.replace_list(session, firm.id, REALM, "Item", [FEES], NOW)
        lists.replace_list(session, firm.id, "another company", "Account", [CHEQUING], NOW)
        lists.replace_list(session, other_firm.id, REALM, "Account", [SAVINGS], NOW)
        assert (CHEQUING, SAVINGS, FEES) == lists.entries(session, firm.id, REALM)
    with database.write() as session:
        lists.replace_list(session, firm.id, REALM, "Account", [CHEQUING], NOW + HOUR)

    with database.read() as session:
        assert (CHEQUING, FEES) == lists.entries(session, firm.id, REALM)
        assert (CHEQUING,) == lists.entries(session, firm.id, REALM, "Account")
        assert (CHEQUING,) == lists.entries(session, firm.id, "another company")
        assert (SAVINGS,) == lists.entries(session, other_firm.id, REALM)


def test_some_of_a_list_are_put_in_their_place(database: Database, firm: Firm, other_firm: Firm) -> None:
    """Those named are as just read, whatever else is kept of that list, of others, of other firms."""
    renamed = replace(SAVINGS, name="Reserve", active=True)
    with database.write() as session:
        lists.replace_list(session, firm.id, REALM, "Account", [SAVINGS, CHEQUING], NOW)
        lists.replace_list(session, other_firm.id, REALM, "Account", [SAVINGS], NOW)
    with database.write() as session:
        lists.put(session, firm.id, REALM, [renamed, FEES], NOW + HOUR)
        lists.put(session, firm.id, REALM, [], NOW + HOUR)

    with database.read() as session:
        assert (CHEQUING, renamed, FEES) == lists.entries(session, firm.id, REALM)
        assert (FEES,) == lists.entries(session, firm.id, REALM, "Item", "Customer")
        assert (SAVINGS,) == lists.entries(session, other_firm.id, REALM)
        assert NOW == lists.read_at(session, firm.id, REALM, "Account", "Item")
        assert NOW + HOUR == lists.read_at(session, firm.id, REALM, "Item")


def test_the_age_of_the_lists_is_the_oldests(database: Database, firm: Firm, other_firm: Firm) -> None:
    """One fresh list doesn't make the others fresh."""
    with database.write() as session:
        lists.replace_list(session, other_firm.id, REALM, "Account", [CHEQUING], NOW)
        assert lists.read_at(session, firm.id, REALM) is None
        lists.replace_list(session, firm.id, REALM, "Account", [CHEQUING], NOW)
        lists.replace_list(session, firm.id, REALM, "Item", [FEES], NOW + HOUR)
        assert NOW == lists.read_at(session, firm.id, REALM)


def test_an_emptied_list_is_empty(database: Database, firm: Firm) -> None:
    """A company may have no items."""
    with database.write() as session:
        lists.replace_list(session, firm.id, REALM, "Item", [FEES], NOW)
        lists.replace_list(session, firm.id, REALM, "Item", [], NOW)
        assert lists.entries(session, firm.id, REALM) == ()


def a_draft(firm: Firm) -> Draft:
    """Maria's ticks."""
    return Draft("view-1", firm.id, "UMARIA", "sync", {"ticked": ["INV-1 <!channel>"], "contact": None})


def test_a_draft_is_kept_and_kept_anew(database: Database, firm: Firm) -> None:
    """The last state of the screen is what comes back."""
    draft = a_draft(firm)
    with database.write() as session:
        drafts.keep(session, draft, NOW)
        drafts.keep(session, replace(draft, content={"ticked": []}), NOW + HOUR)

    with database.read() as session:
        assert replace(draft, content={"ticked": []}) == drafts.get(session, firm.id, "view-1")


def test_a_draft_is_its_firms_and_its_persons(database: Database, firm: Firm, other_firm: Firm) -> None:
    """Nobody else reads, changes or drops it."""
    draft = a_draft(firm)
    with database.write() as session:
        drafts.keep(session, draft, NOW)
        drafts.drop(session, other_firm.id, "view-1")
        assert drafts.get(session, other_firm.id, "view-1") is None
        for stranger in (replace(draft, firm_id=other_firm.id), replace(draft, user_id="UEVE")):
            with pytest.raises(ForeignDraftError):
                drafts.keep(session, stranger, NOW)
        assert draft == drafts.get(session, firm.id, "view-1")


def test_a_dropped_draft_is_gone(database: Database, firm: Firm) -> None:
    """Dropping it twice does no harm."""
    with database.write() as session:
        drafts.keep(session, a_draft(firm), NOW)
        drafts.drop(session, firm.id, "view-1")
        drafts.drop(session, firm.id, "view-1")
        assert drafts.get(session, firm.id, "view-1") is None


def test_forgotten_drafts_are_swept(database: Database, firm: Firm) -> None:
    """Those nobody has touched; the others stay."""
    with database.write() as session:
        drafts.keep(session, a_draft(firm), NOW)
        drafts.keep(session, replace(a_draft(firm), id="view-2"), NOW + HOUR)
        drafts.sweep(session, NOW + HOUR)
        assert drafts.get(session, firm.id, "view-1") is None
        assert drafts.get(session, firm.id, "view-2") is not None


def test_the_last_beat_of_a_role_is_known(database: Database) -> None:
    """Of whichever process; none where none was heard."""
    with database.write() as session:
        heartbeats.beat(session, "p1", "worker", NOW)
        heartbeats.beat(session, "p2", "worker", NOW + HOUR)
        heartbeats.beat(session, "p1", "worker", NOW + HOUR / 2)
        heartbeats.beat(session, "p3", "web", NOW + 2 * HOUR)
        assert NOW + HOUR == heartbeats.last_seen(session, "worker")
        assert heartbeats.last_seen(session, "clock") is None


def test_processes_long_gone_are_forgotten(database: Database) -> None:
    """Their rows don't pile up."""
    with database.write() as session:
        heartbeats.beat(session, "p1", "worker", NOW)
        heartbeats.forget(session, NOW + HOUR)
        assert heartbeats.last_seen(session, "worker") is None
