"""What a plan rests on is asked about the invoices it is of, however many the firm ever had."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import event

from qb.books import ground, plan_for
from tests.books.exports import INSTALMENTS, ONTARIO, SPLIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.books.office import Office

MANY = [
    replace(ONTARIO, number=f"INV-2{n:03}", payments=((f"T-2{n}", "2330.00", "e-Transfer"),))
    for n in range(9)
]


def asked(office: Office) -> list[str]:
    """The questions that planning one invoice asks."""
    statements: list[str] = []

    def seen(*about: Sequence[object]) -> None:
        statements.append(str(about[2]))

    with office.database.read() as session:
        (one, *_) = office.invoices(session)
        event.listen(office.database.engine, "before_cursor_execute", seen)
        plan_for(session, office.firm_id, [one])
        event.remove(office.database.engine, "before_cursor_execute", seen)
    return statements


def test_a_plan_asks_no_more_where_more_is_under_way(either_office: Office) -> None:
    """It is made again while the firm's record is held, and nobody can approve meanwhile."""
    office = either_office
    office.ready(ONTARIO)
    office.looked()
    before = asked(office)
    office.export(ONTARIO, *MANY)
    office.order()
    assert before == asked(office)


def test_the_ground_of_some_says_of_them_what_the_whole_ground_says(office: Office) -> None:
    """Booked, under way, and nothing of those that weren't asked about."""
    office.ready(ONTARIO, INSTALMENTS, SPLIT)
    office.order()
    office.step()
    with office.database.read() as session:
        invoices = office.invoices(session)
        whole, some = ground(session, office.firm_id), ground(session, office.firm_id, invoices[:1])
    assert whole is not None
    assert some is not None
    assert {one.key.subject for one in invoices} == whole.under_way | whole.booked
    assert {invoices[0].key.subject} == some.under_way | some.booked
    assert some.booked <= whole.booked
