"""Direct messages that follow what they are about: kept, told from others', ended, forgotten."""

from dataclasses import replace
from datetime import timedelta

from db import direct_messages
from db.direct_messages import DirectMessage
from db.engine import Database
from db.firms import Firm
from tests.db.conftest import NOW

HOUR = timedelta(hours=1)


def message(firm: Firm, name: str = "m-1", about: str = "request|r-1") -> DirectMessage:
    """To Alice."""
    return DirectMessage(name, firm.id, about, "U0ALICE", "D0ALICE", "1.5", NOW, {"whole": True})


def kept(database: Database, firm: Firm, about: str = "request|r-1") -> tuple[DirectMessage, ...]:
    """Those that still follow it."""
    with database.read() as session:
        return direct_messages.about(session, firm.id, about)


def test_what_is_kept_comes_back_oldest_first(database: Database, firm: Firm) -> None:
    """Of this firm, about this alone."""
    later = replace(message(firm, "m-0"), posted_at=NOW + HOUR, user_id="U0BEN")
    other = message(firm, "m-2", "request|<!channel> & r-2")
    with database.write() as session:
        for one in (later, message(firm), other):
            direct_messages.keep(session, one)
    assert (message(firm), later) == kept(database, firm)
    assert (other,) == kept(database, firm, "request|<!channel> & r-2")


def test_what_has_said_its_last_follows_no_more(database: Database, firm: Firm) -> None:
    """The others do."""
    second = message(firm, "m-2")
    with database.write() as session:
        direct_messages.keep(session, message(firm))
        direct_messages.keep(session, second)
        direct_messages.end(session, message(firm), NOW)
    assert (second,) == kept(database, firm)


def test_old_ones_are_forgotten(database: Database, firm: Firm) -> None:
    """By when they were posted."""
    with database.write() as session:
        direct_messages.keep(session, message(firm))
        direct_messages.sweep(session, NOW)
    assert (message(firm),) == kept(database, firm)
    with database.write() as session:
        direct_messages.sweep(session, NOW + HOUR)
    assert () == kept(database, firm)
