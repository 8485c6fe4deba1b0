"""What waits with somebody as approver or admin, in words: before a role is taken, and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.views.text import count, people, person, some, verb

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Duties:
    """What waits with one person.

    ``requests`` for approval are theirs to decide, ``errands`` are what colleagues asked of them, as markup.
    ``is_second``: named for client money, of which ``trust_waits`` invoices wait; ``stands_for`` are away.
    """

    requests: int = 0
    errands: tuple[str, ...] = ()
    is_second: bool = False
    trust_waits: int = 0
    stands_for: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether taking the role leaves something to somebody."""
        return bool(self.requests or self.errands or self.is_second or self.stands_for)


def before(duties: Duties, user_id: str) -> str:
    """What waits with them and where it goes, shown before it is saved; markup, empty where nothing does."""
    if not duties.anything:
        return ""
    told = f"*What waits with {person(user_id)}, and where it goes if the role for it is taken:*"
    return "\n".join((told, *(f"• {line}" for line in _lines(duties))))


def after(duties: Duties) -> str:
    """What became of it, once it is saved; markup, empty where nothing waited."""
    told = []
    if duties.requests:
        what = count(duties.requests, "request")
        told.append(f"{what} for approval {_went(duties.requests)} to who may decide.")
    if duties.errands:
        told.append(f"{_asked(duties)} {_went(len(duties.errands))} to who may; whoever asked hears.")
    if duties.is_second:
        told.append(
            "*Name somebody else* for client money now, in the settings under How client money is banked: "
            "until then nobody can approve it."
        )
    if duties.stands_for:
        who = people(duties.stands_for)
        told.append(f"*Name who stands in* for {who} now, in the settings: While an approver is away.")
    return "\n".join(f"• {line}" for line in told)


def _lines(duties: Duties) -> Iterator[str]:
    if duties.requests:
        what = count(duties.requests, "request")
        yield f"{what} for approval: the next one who may decide gets {verb(duties.requests, 'it', 'them')}."
    if duties.errands:
        yield f"{_asked(duties)}: somebody else who may is asked instead, and whoever asked hears."
    if duties.is_second:
        waits = f" ({count(duties.trust_waits, 'invoice')} waiting)" if duties.trust_waits else ""
        yield (
            f"They approve what touches client money{waits}: please name somebody else right after; "
            "until then nobody can approve it."
        )
    if duties.stands_for:
        away = verb(len(duties.stands_for), "is", "are")
        yield f"They stand in for {people(duties.stands_for)}, who {away} away: please name somebody else."


def _asked(duties: Duties) -> str:
    things = count(len(duties.errands), "thing")
    return f"{things} colleagues asked of them ({some(list(dict.fromkeys(duties.errands)), SHOWN)})"


def _went(number: int) -> str:
    return verb(number, "goes", "go")
