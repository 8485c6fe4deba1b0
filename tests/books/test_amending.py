"""An import that says something else than was booked is found, told once, and gone when it is taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from db import audit, findings
from db.findings import Standing
from qb.amending import look
from tests.books.exports import INSTALMENTS, ONTARIO
from tests.books.nights import booked, check, known
from tests.books.office import MARIA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from db.findings import Found, Kept
    from tests.books.office import Office

LESS = replace(ONTARIO, payments=(("T-1", "2130.00", "e-Transfer"),))


def imported(office: Office, *invoices: object) -> Kept:
    """An export taken in, and what is said otherwise in it."""
    office.export(*invoices)  # type: ignore[arg-type]
    return look(office.database, office.firm_id, office.clock(), office.new_id)


def amended(office: Office) -> tuple[Found, ...]:
    """What is kept and not gone."""
    with office.database.read() as session:
        return findings.amended(session, office.firm_id, office.sandbox.realm_id)


def accepted(office: Office, finding_id: str, answer: str = "stays") -> bool:
    """Somebody leaves the books as they are."""
    with office.database.write() as session:
        return findings.accept(
            session,
            firm_id=office.firm_id,
            finding_id=finding_id,
            by=MARIA,
            now=office.clock(),
            answer=answer,
            reason="René paid the rest by cheque",
        )


def test_what_an_import_says_otherwise_is_found_once(office: Office) -> None:
    """With what was booked and what is said now; QuickBooks isn't asked, and nothing is changed there."""
    booked(office, ONTARIO, INSTALMENTS)
    before = len(office.sandbox.requests())
    assert ((), ()) == (imported(office, ONTARIO, INSTALMENTS).news, amended(office))
    (news,) = imported(office, LESS, INSTALMENTS).news
    (one,) = amended(office)
    assert (news, Standing.OPEN, "INV-1001", "2330.00 CAD") == (
        one.id,
        one.standing,
        one.content["booked"]["invoice"],
        one.content["booked"]["total"],
    )
    assert [
        {"what": "Payment T-1", "expected": "$2,330.00 on 3 May 2026", "found": "$2,130.00 on 3 May 2026"}
    ] == one.content["differences"]
    assert () == imported(office, LESS, INSTALMENTS).news
    assert before == len(office.sandbox.requests())


def test_what_nobody_could_be_told_of_is_news_again(office: Office) -> None:
    """A change is kept with the messages about it or not at all: once kept, it is told no more."""
    booked(office, ONTARIO)
    office.export(LESS)

    def killed(_session: Session, _kept: Kept) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        look(office.database, office.firm_id, office.clock(), office.new_id, follow=killed)
    assert () == amended(office)
    assert 1 == len(imported(office, LESS).news)


def test_what_is_booked_is_compared_in_parts(office: Office) -> None:
    """However many there are; the first one booked comes first, and what agrees again is gone."""
    booked(office, ONTARIO, INSTALMENTS)
    office.export(LESS, replace(INSTALMENTS, fee="2400.00"))
    asked: list[int] = []

    def seen(*about: Sequence[object]) -> None:
        if "effects.id IN" in str(about[2]):
            asked.append(len(about[3]))

    event.listen(office.database.engine, "before_cursor_execute", seen)
    found = look(office.database, office.firm_id, office.clock(), office.new_id, at_once=1)
    event.remove(office.database.engine, "before_cursor_execute", seen)
    assert ["INV-1001", "INV-1002"] == [one.content["booked"]["invoice"] for one in amended(office)]
    assert [2, 2] == asked  # the firm and one id
    assert 2 == len(found.news)
    assert found.news == imported(office, ONTARIO, INSTALMENTS).gone


def test_a_change_that_is_taken_back_closes_itself(office: Office) -> None:
    """And is news again when it comes again."""
    booked(office, ONTARIO)
    (news,) = imported(office, LESS).news
    assert (news,) == imported(office, ONTARIO).gone
    assert () == amended(office)
    assert (news,) == imported(office, LESS).news


def test_what_was_accepted_isnt_told_again_for_the_same(office: Office) -> None:
    """Another content is; who accepted it and why is in the audit."""
    booked(office, ONTARIO)
    (news,) = imported(office, LESS).news
    assert accepted(office, news)
    assert not accepted(office, news)
    assert () == imported(office, LESS).news
    (one,) = amended(office)
    assert (Standing.SETTLED, "stays", "René paid the rest by cheque") == (
        one.standing,
        one.content["answer"],
        one.content["reason"],
    )
    even_less = replace(ONTARIO, payments=(("T-1", "2030.00", "e-Transfer"),))
    assert (news,) == imported(office, even_less).news
    assert "answer" not in amended(office)[0].content
    with office.database.read() as session:
        (line,) = [one for one in audit.lines(session, office.firm_id) if one.verb == "finding.settled"]
        assert () == audit.verify(session, office.firm_id)
    assert '{"answer":"stays","kind":"amended","reason":"Ren\\u00e9 paid the rest by cheque"}' == line.content


def test_a_check_of_the_books_leaves_it_alone(office: Office) -> None:
    """It says nothing of QuickBooks: a check neither finds it nor clears it."""
    booked(office, ONTARIO)
    imported(office, LESS)
    assert ((), ()) == (check(office, everything=True)[1].gone, known(office))
    assert [Standing.OPEN] == [one.standing for one in amended(office)]


def test_what_was_never_booked_is_never_amended(office: Office) -> None:
    """An invoice that only waits may change as it likes."""
    office.ready(ONTARIO)
    assert ((), ()) == (imported(office, LESS).news, amended(office))
