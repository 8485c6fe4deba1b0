"""Who acts for whom while somebody is away: whom they named, if that person may and is here."""

from __future__ import annotations

from datetime import date

import pytest

from commands.stand_ins import Absence, Turn, absence_of, stands_in, turns
from commands.views.turns import turns_in_words, until_in_words
from db.chosen import FirmSettings

FRIDAY = date(2026, 12, 4)
WEDNESDAY, SATURDAY = date(2026, 12, 2), date(2026, 12, 5)
CHOSEN = FirmSettings(away=(("UBEN", "2026-12-04", "UALICE"),))
BEN = Absence("UBEN", FRIDAY, "UALICE")


def test_somebody_is_away_until_and_with_their_last_day() -> None:
    """By the firm's own day."""
    assert BEN == absence_of("UBEN", CHOSEN, FRIDAY)
    assert absence_of("UBEN", CHOSEN, SATURDAY) is None
    assert absence_of("UALICE", CHOSEN, FRIDAY) is None


def test_who_stands_in_is_asked_once_and_says_for_whom() -> None:
    """Alice may act herself, too."""
    assert (Turn("UALICE", BEN), Turn("UCAROL")) == turns(["UBEN", "UALICE", "UCAROL"], CHOSEN, FRIDAY)
    assert (Turn("UBEN"), Turn("UALICE")) == turns(["UBEN", "UALICE"], CHOSEN, SATURDAY)


def test_who_may_not_stand_in_does_not() -> None:
    """Alice asked for it, or is no approver any more: who is here comes first, the away stays named."""
    assert (Turn("UCAROL"), Turn("UBEN", BEN)) == turns(["UBEN", "UCAROL"], CHOSEN, FRIDAY)
    assert (Turn("UBEN", BEN),) == turns(["UBEN"], CHOSEN, FRIDAY)


@pytest.mark.parametrize(
    ("of_alice", "acts"),
    [("UCAROL", "UCAROL"), ("UBEN", "UBEN"), ("UNOBODY", "UBEN"), ("UALICE", "UBEN")],
)
def test_a_stand_in_who_is_away_is_stood_in_for(of_alice: str, acts: str) -> None:
    """Never in a circle; where it leads to nobody who may, somebody else has to be asked."""
    chosen = FirmSettings(away=(*CHOSEN.away, ("UALICE", "2026-12-04", of_alice)))
    assert acts == stands_in("UBEN", chosen, ["UBEN", "UALICE", "UCAROL"], FRIDAY)


def test_whose_turn_it_is_is_said_with_the_day() -> None:
    """A weekday within the week, else the date."""
    told = turns_in_words((Turn("UALICE", BEN), Turn("UCAROL"), Turn("UBEN", BEN)), WEDNESDAY)
    assert "<@UALICE> (for <@UBEN>, away until Friday), <@UCAROL> or <@UBEN> (away until Friday)" == told
    assert "another approver" == turns_in_words((), WEDNESDAY)
    assert "tonight" == until_in_words(FRIDAY, FRIDAY)
    assert "4 Dec 2026" == until_in_words(FRIDAY, date(2026, 11, 27))
