"""Who is named for something and may not do it any more, for the admins on Home and `/qb`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.ids import Act
from commands.views.blocks import button
from commands.views.text import count, day, person, verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commands.stand_ins import Absence
    from commands.views.blocks import Element

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Vacancies:
    """``second`` was named for client money; of these absences nobody may stand in.

    ``requests`` for approval can be decided by nobody.
    """

    second: str = ""
    absences: tuple[Absence, ...] = ()
    requests: int = 0


NONE = Vacancies()


def vacant(found: Vacancies) -> Iterator[tuple[str, Element | None]]:
    """A line each, with the button that names somebody else."""
    if found.second:
        told = (
            f"*Client money has no second person:* {person(found.second)}, who was named, is no approver or "
            "admin any more. Until you name another, nobody can approve it."
        )
        yield told, button("Name Another", Act.OPEN_BANKING)
    if found.requests:
        it = verb(found.requests, "it", "them")
        told = (
            f"*{count(found.requests, 'request')} for approval can be decided by nobody*, as no other "
            f"approver is left. Make somebody approver, or have {it} withdrawn."
        )
        yield told, button("Open People", Act.OPEN_PEOPLE)
    for one in found.absences[:SHOWN]:
        told = (
            f"*Nobody stands in for {person(one.who)}*, who is away until {day(one.until)}: "
            f"{person(one.instead)}, who was named, is no approver or admin any more."
        )
        yield told, button("Choose Another", Act.OPEN_AWAY)
