"""Whose turn it is in words: who stands in for whom, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.views.text import day, person

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from commands.stand_ins import Absence, Turn

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEK = 7


def until_in_words(until: date, today: date) -> str:
    """``Friday`` within a week, else ``4 Dec 2026``; both days are the firm's own."""
    ahead = (until - today).days
    if ahead == 0:
        return "tonight"
    return DAYS[until.weekday()] if 0 < ahead < WEEK else day(until)


def away_in_words(away: Absence, today: date) -> str:
    """``@Ben is away until Friday``, as markup."""
    return f"{person(away.who)} is away until {until_in_words(away.until, today)}"


def turn_in_words(turn: Turn, today: date) -> str:
    """``@Alice (for @Ben, away until Friday)``, as markup."""
    if turn.away is None:
        return person(turn.user_id)
    whose = "" if turn.away.who == turn.user_id else f"for {person(turn.away.who)}, "
    return f"{person(turn.user_id)} ({whose}away until {until_in_words(turn.away.until, today)})"


def turns_in_words(turns: Sequence[Turn], today: date) -> str:
    """``@Alice (for @Ben, away until Friday) or @Carol``, as markup; ``another approver`` for nobody."""
    told = [turn_in_words(one, today) for one in turns]
    if len(told) < 2:  # noqa: PLR2004 - one or none
        return told[0] if told else "another approver"
    return ", ".join(told[:-1]) + " or " + told[-1]
