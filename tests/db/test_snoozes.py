"""What is put off stays so until its day, and is brought back by anybody; both are in the audit chain."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from db import audit, snoozes
from db.snoozes import EVERYTHING, Snooze
from tests.db.conftest import NOW

if TYPE_CHECKING:
    from db.engine import Database
    from db.firms import Firm

FRIDAY = date(2026, 11, 27)
HOSTILE = '<!channel> & <https://evil|Approve> René "Ané" O\'Brien \\ 马春梅'


def put_off(
    database: Database, firm: Firm, marks: dict[str, str], until: date | None, by: str = "U0MARIA"
) -> None:
    """Somebody puts these off."""
    with database.write() as session:
        snoozes.put_off(session, firm_id=firm.id, marks=marks, until=until, by=by, now=NOW, about=HOSTILE)


def test_what_is_put_off_is_known_with_who_and_until_when(
    database: Database, firm: Firm, other_firm: Firm
) -> None:
    """Of this firm alone."""
    put_off(database, firm, {"a": "f1", "b": "f2"}, FRIDAY)
    put_off(database, other_firm, {"a": "f1"}, None)
    with database.read() as session:
        found = snoozes.of_firm(session, firm.id)
    assert (
        Snooze("a", FRIDAY, "f1", "U0MARIA", NOW),
        Snooze("b", FRIDAY, "f2", "U0MARIA", NOW),
    ) == found


def test_the_newest_press_holds(database: Database, firm: Firm) -> None:
    """Put off anew, by another person, until it changes."""
    put_off(database, firm, {"a": "f1"}, FRIDAY)
    put_off(database, firm, {"a": "f3"}, None, by="U0BEN")
    with database.read() as session:
        assert (Snooze("a", None, "f3", "U0BEN", NOW),) == snoozes.of_firm(session, firm.id)


def test_undo_brings_back_once_and_both_are_audited(database: Database, firm: Firm) -> None:
    """A second Undo finds nothing and says nothing."""
    put_off(database, firm, {"a": "", EVERYTHING: ""}, FRIDAY)
    back = []
    for _ in range(2):
        with database.write() as session:
            back.append(
                snoozes.bring_back(session, firm_id=firm.id, marks=["a"], by="U0BEN", now=NOW, about=HOSTILE)
            )
    with database.read() as session:
        lines = [(line.verb, line.actor) for line in audit.lines(session, firm.id)]
        assert [EVERYTHING] == [one.mark for one in snoozes.of_firm(session, firm.id)]
        assert () == audit.verify(session, firm.id)
    assert [1, 0] == back
    assert [("digest.snoozed", "U0MARIA"), ("digest.unsnoozed", "U0BEN")] == lines


def test_undo_of_one_firm_leaves_another_firms_alone(
    database: Database, firm: Firm, other_firm: Firm
) -> None:
    """Though the mark is the same."""
    put_off(database, firm, {"a": ""}, FRIDAY)
    put_off(database, other_firm, {"a": ""}, FRIDAY)
    with database.write() as session:
        snoozes.bring_back(session, firm_id=firm.id, marks=["a"], by="U0BEN", now=NOW, about="INV-1001")
    with database.read() as session:
        assert ["a"] == [one.mark for one in snoozes.of_firm(session, other_firm.id)]


def test_what_is_long_over_is_forgotten(database: Database, firm: Firm) -> None:
    """What waits for a change is not."""
    put_off(database, firm, {"a": ""}, FRIDAY)
    put_off(database, firm, {"b": "f"}, None)
    with database.write() as session:
        snoozes.sweep(session, FRIDAY + timedelta(days=1))
    with database.read() as session:
        assert ["b"] == [one.mark for one in snoozes.of_firm(session, firm.id)]
