"""Who acts for whom while somebody is away, as the firm has said it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from db.chosen import FirmSettings


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away until (and with) a day of the firm's, and ``instead`` is asked meanwhile."""

    who: str
    until: date
    instead: str


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody who may act; ``away`` is set where they do it for somebody else, or are away themselves."""

    user_id: str
    away: Absence | None = None

    @property
    def is_here(self) -> bool:
        """Whether this person can be expected to act."""
        return self.away is None or self.away.who != self.user_id


def absence_of(user_id: str, chosen: FirmSettings, today: date) -> Absence | None:
    """Whether somebody is away ``today`` (in the firm's zone), and who was named for them."""
    for who, until, instead in chosen.away:
        if who == user_id and today.isoformat() <= until:
            return Absence(who, date.fromisoformat(until), instead)
    return None


def stands_in(user_id: str, chosen: FirmSettings, able: Collection[str], today: date) -> str:
    """Who acts for somebody who is away ``today``: whom they named, and if that one is away, whom they did.

    The person themselves where nobody of these is ``able``: then somebody else has to be asked.
    """
    met, at = {user_id}, user_id
    while (away := absence_of(at, chosen, today)) is not None:
        at = away.instead
        if at in met or at not in able:
            return user_id
        met.add(at)
    return at


def turns(able: Sequence[str], chosen: FirmSettings, today: date) -> tuple[Turn, ...]:
    """Whom to ask of those who are ``able``, each once and who is here first: stand-ins for the away."""
    found: dict[str, Turn] = {}
    for one in able:
        acting, away = stands_in(one, chosen, able, today), absence_of(one, chosen, today)
        if acting not in found or found[acting].away is None:
            found[acting] = Turn(acting, away)
    return tuple(sorted(found.values(), key=lambda turn: not turn.is_here))
