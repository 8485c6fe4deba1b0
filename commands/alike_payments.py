"""Payments of booked invoices whose money looks received already, as Compare shows them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from commands.scene import tick_value
from commands.views.alike import Compared, LooksLike
from db.said import Said
from qb.alike import described
from qb.unreceived import like_money_of, unreceived

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from db.records import InvoiceKey
    from qb.ground import Ground
    from qb.unreceived import Unreceived


def unsent(
    session: Session, firm_id: str, about: Sequence[Sequence[str]], on: Ground
) -> tuple[tuple[InvoiceKey, Compared], ...]:
    """Those of these cases and numbers, or all: what waits for an answer first, then what has one."""
    named = {(str(case), str(number)) for case, number in about}
    found = [
        (one, row)
        for one in unreceived(session, firm_id, on.realm_id)
        if not named or (one.entry.key.case, one.entry.key.number) in named
        if (row := _row(one, on)) is not None
    ]
    found.sort(key=lambda each: (not each[1].looks_like, each[0].payments[0].date))
    return tuple((one.entry.key, row) for one, row in found)


def _row(one: Unreceived, on: Ground) -> Compared | None:
    """None where nothing looks like its money, and nobody said so of anything that would."""
    answer, looks = on.answers.get(one.entry.subject), like_money_of(one, on)
    said = answer is not None and bool(_undone(one, on))
    if not looks and not said:
        return None
    return Compared(
        mark=tick_value(one.entry.subject),
        number=one.entry.key.number,
        case=one.entry.key.case,
        client_name=one.entry.client_name,
        received=one.amount,
        paid=one.payments[0].date,
        looks_like=tuple(LooksLike(each.other.seen, described(each.other)) for each in looks),
        said=Said.ANOTHER if said else Said.NOTHING,
        said_by=answer.by if said and answer else "",
        sync=one.sync_id,
    )


def _undone(one: Unreceived, on: Ground) -> tuple[str, ...]:
    """What would look like it if nothing had been said of that."""
    answer = on.answers[one.entry.subject]
    blank = {**on.answers, answer.subject: replace(answer, dismissed=())}
    before = {each.other.seen for each in like_money_of(one, on, blank)}
    return tuple(seen for seen in answer.dismissed if seen in before)
