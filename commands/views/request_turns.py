"""Whose turn a request is and why, as markup: handed over, stood in for, or offered anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.views.text import moment, person
from commands.views.turns import away_in_words

if TYPE_CHECKING:
    from datetime import date, datetime

    from commands.stand_ins import Absence


def handed_over(to: str, by: str, at: datetime | None) -> str:
    """For everybody who sees the request, and for whose turn it was."""
    when = f", {moment(at)}" if at else ""
    return f"*Handed over to {person(to)} by {person(by)}*{when}."


def handed_to_you(by: str, at: datetime | None, place: str) -> str:
    """For whose turn it is now; ``place`` is where it stands beside, as markup."""
    when = f", {moment(at)}" if at else ""
    beside = f" It stands{place}, too; it is decided once." if place else ""
    return f"*{person(by)} hands this over to you*{when}.{beside}"


def for_who_is_away(away: Absence, today: date, place: str) -> str:
    """For who stands in."""
    beside = f" It stands{place}, too; it is decided once." if place else ""
    return f"*You stand in:* {away_in_words(away, today)}.{beside}"


def role_changed(by: str) -> str:
    """For who may not decide any more; ``by``, who took the role."""
    return f"*{person(by)} changed your role, so this isn't yours to decide any more:*"


def next_turn(to: str) -> str:
    """For whose turn it was, where nobody handed it over."""
    return f"*{person(to)}'s turn now:*"
