"""A file that waits is kept whole, asked about once and decided once."""

import itertools
from collections.abc import Callable
from datetime import timedelta

import pytest

from db import audit, outbox
from db.engine import Database
from db.intake import waiting
from db.intake.questions import Question
from tests.intake.conftest import NOW
from tests.intake.sheets import HOSTILE

ASKED = Question("odd", {"report": "Invoices", "rows": 96, "last_rows": 412})
OTHER = Question("odd", {"report": "Invoices", "rows": 96, "last_rows": 500})
CONTENT = b"PK\x03\x04 a workbook"


@pytest.fixture
def keep(database: Database, firm_id: str) -> Callable[..., waiting.WaitingFile]:
    """Keeps the file for the firm most tests are about."""
    numbers = itertools.count(1)

    def go(question: Question = ASKED, content: bytes = CONTENT, firm: str = firm_id) -> waiting.WaitingFile:
        with database.write() as session:
            return waiting.keep(
                session,
                firm_id=firm,
                name=HOSTILE,
                content=content,
                question=question,
                asked_by="U0MARIA",
                now=NOW,
                new_id=lambda: f"file-{next(numbers)}",
                thread="1.2",
            )

    return go


def answered(database: Database, firm_id: str, mark: str = ASKED.mark, by: str = "U0BEN") -> bool:
    """Whether this answer counted."""
    with database.write() as session:
        return waiting.answer(
            session, firm_id=firm_id, file_id="file-1", mark=mark, said="take", by=by, now=NOW
        )


def verbs(database: Database, firm_id: str) -> list[tuple[str, str, str]]:
    """What the audit tells, whole."""
    with database.read() as session:
        assert () == audit.verify(session, firm_id)
        return [(line.verb, line.actor, line.content) for line in audit.lines(session, firm_id)]


def test_a_file_waits_whole(
    keep: Callable[..., waiting.WaitingFile], database: Database, firm_id: str
) -> None:
    """Its bytes, its name as sent, its question; told without what it holds."""
    kept = keep()
    assert (CONTENT, HOSTILE, ASKED, "waiting", "1.2") == (
        kept.content,
        kept.name,
        kept.question,
        kept.state,
        kept.thread,
    )
    with database.read() as session:
        assert [("file-1", b"")] == [(one.id, one.content) for one in waiting.open_ones(session, firm_id)]
        assert kept == waiting.get(session, firm_id, "file-1")
    assert [
        ("file.asked", "U0MARIA", '{"kind":"odd","last_rows":412,"report":"Invoices","rows":96}')
    ] == verbs(database, firm_id)


def test_the_same_file_again_is_the_same_question(keep: Callable[..., waiting.WaitingFile]) -> None:
    """Asked about the newest figures."""
    assert ("file-1", "file-1") == (keep().id, keep(OTHER).id)
    assert OTHER == keep(OTHER).question
    assert "file-4" == keep(content=b"another").id


def test_two_who_answer_are_one_answer(
    keep: Callable[..., waiting.WaitingFile], database: Database, firm_id: str
) -> None:
    """The second changes nothing, nor does leaving it after that."""
    keep()
    assert [True, False] == [answered(database, firm_id), answered(database, firm_id, by="U0MARIA")]
    with database.write() as session:
        assert not waiting.leave(session, firm_id=firm_id, file_id="file-1", by="U0MARIA", now=NOW)
        found = waiting.get(session, firm_id, "file-1")
        assert () == waiting.open_ones(session, firm_id)
    assert found is not None
    assert ({ASKED.mark: "take"}, "U0BEN", CONTENT) == (found.answers, found.decided_by, found.content)
    assert [("file.asked", "U0MARIA"), ("file.answered", "U0BEN")] == [
        line[:2] for line in verbs(database, firm_id)
    ]


def test_an_answer_to_another_question_is_none(
    keep: Callable[..., waiting.WaitingFile], database: Database, firm_id: str
) -> None:
    """The figures changed between the message and the press."""
    keep()
    keep(OTHER)
    assert not answered(database, firm_id)
    assert answered(database, firm_id, OTHER.mark)


def test_what_was_answered_last_is_known_by_the_report(
    keep: Callable[..., waiting.WaitingFile], database: Database, firm_id: str
) -> None:
    """Of the same kind of question only; nothing where nobody answered yet."""

    def days(report: str, *shown: str) -> Question:
        return Question("order", {"report": report, "days": list(shown), "rows": len(shown)})

    first = keep(days("Payments", "03/04/2026"), b"one")
    with database.read() as session:
        assert "" == waiting.last_answer(session, firm_id, days("Payments", "05/06/2026"))
    with database.write() as session:
        assert waiting.answer(
            session,
            firm_id=firm_id,
            file_id=first.id,
            mark=first.question.mark,
            said="day_first",
            by="U0BEN",
            now=NOW,
        )
    keep(days("Payments", "05/06/2026"), b"two")
    with database.read() as session:
        told = [
            waiting.last_answer(session, firm_id, one)
            for one in (days("Payments", "05/06/2026"), days("Invoices", "03/04/2026"), ASKED)
        ]
    assert ["day_first", "", ""] == told


def test_what_is_left_is_forgotten(
    keep: Callable[..., waiting.WaitingFile], database: Database, firm_id: str
) -> None:
    """Clients' names don't stay where nobody wanted them; the same file may come again."""
    keep()
    with database.write() as session:
        assert waiting.leave(session, firm_id=firm_id, file_id="file-1", by="U0BEN", now=NOW)
        assert not waiting.leave(session, firm_id=firm_id, file_id="file-1", by="U0MARIA", now=NOW)
        found = waiting.get(session, firm_id, "file-1")
    assert found is not None
    assert ("left", b"", "U0BEN") == (found.state, found.content, found.decided_by)
    assert "file-2" == keep().id


def test_what_couldnt_be_taken_waits_again(
    keep: Callable[..., waiting.WaitingFile], database: Database, firm_id: str
) -> None:
    """With the earlier answer kept, and another question where there is one."""
    keep()
    answered(database, firm_id)
    with database.write() as session:
        waiting.ask_again(session, firm_id, "file-1", OTHER)
        (again,) = waiting.open_ones(session, firm_id)
    assert (OTHER, {ASKED.mark: "take"}) == (again.question, again.answers)
    assert answered(database, firm_id, OTHER.mark)
    with database.write() as session:
        waiting.taken(session, firm_id, "file-1", NOW)
        found = waiting.get(session, firm_id, "file-1")
    assert found is not None
    assert ("taken", b"") == (found.state, found.content)


def test_what_nobody_takes_in_any_more_waits_again(
    keep: Callable[..., waiting.WaitingFile], database: Database, firm_id: str
) -> None:
    """Its task failed for good: it can be answered anew; while a task lives, it is left to that."""
    keep()
    answered(database, firm_id)
    with database.write() as session:
        content = {"file": "file-1"}
        outbox.add_task(
            session, firm_id=firm_id, kind="take", content=content, now=NOW, new_id=lambda: "task-1"
        )
        waiting.wait_anew(session, "take")
        assert () == waiting.open_ones(session, firm_id)
        taken = outbox.claim_task(session, NOW, ["take"], outbox.LEASE)
        assert taken is not None
        outbox.fail_task(session, taken, "SlackApiError", NOW)
        waiting.wait_anew(session, "take")
        assert ["file-1"] == [one.id for one in waiting.open_ones(session, firm_id)]
    assert answered(database, firm_id)


def test_another_firms_file_is_another_firms(
    keep: Callable[..., waiting.WaitingFile], database: Database, new_firm: Callable[[], str], firm_id: str
) -> None:
    """The same bytes in two firms; nobody decides for the other."""
    keep()
    other = new_firm()
    assert "file-2" == keep(firm=other).id
    assert not answered(database, other)
    with database.read() as session:
        assert None is waiting.get(session, other, "file-1")
        assert ["file-1"] == [one.id for one in waiting.open_ones(session, firm_id)]


def test_nobody_answers_and_it_is_let_go(
    keep: Callable[..., waiting.WaitingFile], database: Database, firm_id: str
) -> None:
    """After its days, by the program, and the audit says so."""
    keep()
    with database.write() as session:
        waiting.sweep(session, NOW, NOW)
        assert 1 == len(waiting.open_ones(session, firm_id))
        waiting.sweep(session, NOW + timedelta(seconds=1), NOW)
        assert () == waiting.open_ones(session, firm_id)
    assert ("file.left", "caseledger") == verbs(database, firm_id)[-1][:2]
