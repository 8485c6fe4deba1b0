"""The audit: it only grows, and says where somebody has been at it."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from db import audit
from db.audit import Break
from db.engine import Database
from db.firms import Firm
from tests.db.conftest import NOW

HOSTILE = ("<!channel> & <https://evil|Approve>", 'René "Ané" O\'Brien \\ 马春梅')


def note(session: Session, firm: Firm, subject: str) -> None:
    """A line of the firm's audit."""
    audit.record(
        session,
        firm_id=firm.id,
        at=NOW,
        actor="UBEN",
        verb="sync.approved",
        subject=subject,
        content={"client": HOSTILE[0], "count": 3, "late": False, "none": None, "cases": ["1", "2"]},
    )


def three_lines(database: Database, firm: Firm) -> None:
    """Lines one to three of the firm."""
    with database.write() as session:
        for number in (1, 2, 3):
            note(session, firm, f"sync|{number}")


def tamper(database: Database, statement: str, firm: Firm) -> None:
    """What somebody with the database in hand can do: take the triggers off, then change lines."""
    with database.write() as session:
        for trigger in ("audit_lines_unchanged", "audit_lines_kept"):
            of_table = "" if database.dialect == "sqlite" else " ON audit_lines"
            session.execute(text(f"DROP TRIGGER {trigger}{of_table}"))
        session.execute(text(statement), {"firm": firm.id})


def breaks(database: Database, firm: Firm) -> tuple[Break, ...]:
    """What verifying the firm's chain finds."""
    with database.read() as session:
        return audit.verify(session, firm.id)


def test_an_untouched_chain_is_whole(database: Database, firm: Firm, other_firm: Firm) -> None:
    """Nothing is found where nothing was done; a firm's numbers are its own."""
    three_lines(database, firm)
    three_lines(database, other_firm)

    assert breaks(database, firm) == ()
    with database.read() as session:
        assert [1, 2, 3] == [line.number for line in audit.lines(session, firm.id)]
        assert {firm.id} == {line.firm_id for line in audit.lines(session, firm.id)}


def test_a_line_comes_back_as_it_was_written(database: Database, firm: Firm) -> None:
    """Moment, actor, verb, subject and content, with names of any script."""
    with database.write() as session:
        note(session, firm, HOSTILE[1])

    with database.read() as session:
        (line,) = audit.lines(session, firm.id)
    assert (NOW, "UBEN", "sync.approved", HOSTILE[1]) == (line.at, line.actor, line.verb, line.subject)
    assert line.content == (
        '{"cases":["1","2"],"client":"<!channel> & <https://evil|Approve>",'
        '"count":3,"late":false,"none":null}'
    )


def test_lines_are_read_on_from_a_number(database: Database, firm: Firm) -> None:
    """Page by page."""
    three_lines(database, firm)

    with database.read() as session:
        assert [2] == [line.number for line in audit.lines(session, firm.id, after=1, limit=1)]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_lines SET actor = 'UEVE'", "DELETE FROM audit_lines"],
)
def test_the_database_refuses_to_change_a_line(database: Database, firm: Firm, statement: str) -> None:
    """Lines are added, never changed or removed."""
    three_lines(database, firm)

    with pytest.raises(DBAPIError, match="audit lines are never"), database.write() as session:
        session.execute(text(statement))
    assert breaks(database, firm) == ()


@pytest.mark.postgres
def test_postgresql_refuses_to_empty_the_audit(database: Database, firm: Firm) -> None:
    """TRUNCATE goes round row triggers; not round ours. SQLite has no TRUNCATE."""
    three_lines(database, firm)
    statement = "TRUNCATE audit_lines" if database.dialect == "postgresql" else "DELETE FROM audit_lines"

    with pytest.raises(DBAPIError, match="audit lines are never"), database.write() as session:
        session.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE audit_lines SET actor = 'UEVE' WHERE number = 2 AND firm_id = :firm", Break(2, "edited")),
        ("UPDATE audit_lines SET content = '{}' WHERE number = 1 AND firm_id = :firm", Break(1, "edited")),
        (
            "DELETE FROM audit_lines WHERE number = 2 AND firm_id = :firm",
            Break(2, "removed, up to line 2"),
        ),
        (
            "DELETE FROM audit_lines WHERE number = 3 AND firm_id = :firm",
            Break(3, "removed, up to line 3"),
        ),
        (
            "DELETE FROM audit_lines WHERE firm_id = :firm",
            Break(1, "removed, up to line 3"),
        ),
        (
            "UPDATE audit_lines SET previous_sha256 = 'other' WHERE number = 3 AND firm_id = :firm",
            Break(3, "doesn't follow from the line before"),
        ),
    ],
)
def test_a_line_that_was_tampered_with_is_named(
    database: Database, firm: Firm, other_firm: Firm, statement: str, found: Break
) -> None:
    """Edited, cut out or cut off: the first place is said, and the other firm's chain is whole."""
    three_lines(database, firm)
    three_lines(database, other_firm)
    tamper(database, statement, firm)

    assert found == breaks(database, firm)[0]
    assert breaks(database, other_firm) == ()


def test_a_forged_line_breaks_those_after_it(database: Database, firm: Firm) -> None:
    """With a right hash, and the next line linked to it, all that follow would have to be rewritten."""
    three_lines(database, firm)
    with database.read() as session:
        second = audit.lines(session, firm.id)[1]
    forged = audit._hash(replace(second, actor="UEVE"))
    tamper(database, "UPDATE audit_lines SET actor = 'UEVE' WHERE number = 2 AND firm_id = :firm", firm)
    with database.write() as session:
        session.execute(text("UPDATE audit_lines SET sha256 = :forged WHERE number = 2"), {"forged": forged})
        session.execute(
            text("UPDATE audit_lines SET previous_sha256 = :forged WHERE number = 3"), {"forged": forged}
        )

    assert breaks(database, firm) == (Break(3, "edited"),)


def test_the_head_is_asked_for_once_in_a_transaction(database: Database, firm: Firm) -> None:
    """What writes hundreds of lines would else ask hundreds of times while everybody waits."""
    three_lines(database, firm)
    asked = []

    def seen(*about: object) -> None:
        asked.append(str(about[2]))

    event.listen(database.engine, "before_cursor_execute", seen)
    with database.write() as session:
        audit.hold(session, firm.id)
        for number in range(5):
            note(session, firm, f"sync|{number}")
    assert 1 == sum("FROM audit_heads" in statement for statement in asked if "SELECT" in statement[:6])
    assert () == breaks(database, firm)


def test_lines_of_a_transaction_are_written_together_and_seen_in_it(database: Database, firm: Firm) -> None:
    """One insert and one step of the head for all of them; who asks meanwhile finds them all the same."""
    statements: list[tuple[str, int]] = []

    def seen(_: object, __: object, statement: str, rows: Sequence[object], ___: object, many: bool) -> None:  # noqa: FBT001 - SQLAlchemy's
        statements.append((statement, len(rows) if many else 1))

    event.listen(database.engine, "before_cursor_execute", seen)
    with database.write() as session:
        for number in (1, 2, 3):
            note(session, firm, f"sync|{number}")
    assert [3] == [many for statement, many in statements if statement.startswith("INSERT INTO audit_lines")]
    assert 1 == sum(statement.startswith("UPDATE audit_heads") for statement, _ in statements)
    with database.write() as session:
        note(session, firm, "sync|4")
        assert [4] == [line.number for line in audit.lines(session, firm.id, after=3)]
        assert 4 == (audit.head(session, firm.id) or (0, ""))[0]
        note(session, firm, "sync|5")
    assert () == breaks(database, firm)


def test_what_was_rolled_back_is_no_lines_predecessor(database: Database, firm: Firm) -> None:
    """A session used again after a rollback goes on where the chain really ends."""
    three_lines(database, firm)
    with Session(database.engine) as session:
        note(session, firm, "sync|undone")
        session.rollback()
        note(session, firm, "sync|4")
        session.commit()
        note(session, firm, "sync|5")
        session.commit()
    assert () == breaks(database, firm)
    with database.read() as session:
        assert 5 == len(audit.lines(session, firm.id))


def test_many_writers_make_one_chain(database: Database, firm: Firm) -> None:
    """8 threads, 80 lines: numbered through, each following the one before."""

    def write(number: int) -> None:
        with database.write() as session:
            audit.record(
                session,
                firm_id=firm.id,
                at=NOW + timedelta(seconds=number),
                actor="UBEN",
                verb="note",
                subject=str(number),
                content={},
            )

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(80)))

    assert breaks(database, firm) == ()
    with database.read() as session:
        assert list(range(1, 81)) == [line.number for line in audit.lines(session, firm.id)]
