"""Which of many invoices are meant: filters, all but these, only these; and it survives as plain JSON."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from commands.narrowing import (
    all_of,
    amount_of,
    fits,
    kept_as,
    narrow_of,
    none_of,
    ticked_of,
    with_ticks,
)
from commands.views.ticks import Narrow, Tick
from tests.views.cast import cad

TICK = Tick("v1", "INV-1001", "00002-Silva", date(2026, 10, 12), cad("500.00"), "fee", 'René "Ané" O\'Brien')
BEGUN = {"unticked": [], "ticked": [], "all": True}


@pytest.mark.parametrize(
    ("narrow", "expected"),
    [
        (Narrow(), True),
        (Narrow(client="rene"), True),
        (Narrow(client="OBRIEN"), False),  # two words: O and Brien
        (Narrow(client="brien ane"), True),
        (Narrow(client="00002"), True),
        (Narrow(client="INV-1001"), True),
        (Narrow(client="Silva Costa"), False),
        (Narrow(paid_from=date(2026, 10, 12), paid_to=date(2026, 10, 12)), True),
        (Narrow(paid_from=date(2026, 10, 13)), False),
        (Narrow(paid_to=date(2026, 10, 11)), False),
        (Narrow(currency="CAD"), True),
        (Narrow(currency="USD"), False),
        (Narrow(least=Decimal(500), most=Decimal(500)), True),
        (Narrow(least=Decimal("500.01")), False),
        (Narrow(most=Decimal("499.99")), False),
    ],
)
def test_a_filter_lets_through_what_it_says(narrow: Narrow, expected: bool) -> None:  # noqa: FBT001
    """Accents and capitals don't count; days and amounts are both included."""
    assert expected is fits(narrow, TICK)


def test_what_has_no_paid_day_passes_no_filter_by_day() -> None:
    """Nobody knows whether it fits."""
    undated = replace(TICK, paid=None)
    assert fits(Narrow(), undated)
    assert not fits(Narrow(paid_from=date(2020, 1, 1)), undated)


def test_a_filter_survives_as_plain_json() -> None:
    """The draft keeps it between clicks."""
    whole = Narrow("Silva", date(2026, 10, 1), date(2026, 10, 31), "CAD", Decimal("0.50"), Decimal(5000))
    for narrow in (whole, Narrow()):
        assert narrow == narrow_of(json.loads(json.dumps({"narrow": kept_as(narrow)})))


def test_all_but_these_takes_in_what_comes_later() -> None:
    """The predicate counts, and the exclusions, at the moment of Preview."""
    two = (TICK, replace(TICK, value="v2"))
    content = with_ticks(BEGUN, {"v1", "v2"}, {"v2"})
    assert {"v2"} == ticked_of(content, two)
    assert {"v2", "v3"} == ticked_of(content, (*two, replace(TICK, value="v3")))


def test_only_these_takes_in_nothing_else() -> None:
    """After Clear, what is ticked is all there is; over pages too."""
    content = with_ticks(none_of(BEGUN), {"v1", "v2"}, {"v1"})
    content = with_ticks(content, {"v51", "v52"}, {"v52"})
    many = tuple(replace(TICK, value=value) for value in ("v1", "v2", "v3", "v51", "v52"))
    assert {"v1", "v52"} == ticked_of(content, many)


def test_what_the_filter_holds_back_is_not_chosen() -> None:
    """What one sees is what is booked; the tick is remembered for when it is seen again."""
    content = with_ticks(none_of(BEGUN), {"v1"}, {"v1"})
    assert frozenset() == ticked_of(content, ())
    assert {"v1"} == ticked_of(content, (TICK,))


def test_ticks_set_by_us_get_blocks_of_their_own() -> None:
    """Else Slack would keep those it remembers."""
    assert [1, 2] == [all_of(BEGUN)["draw"], none_of(all_of(BEGUN))["draw"]]
    assert {"v1"} == ticked_of(all_of(none_of(BEGUN)), (TICK,))


@pytest.mark.parametrize(
    ("typed", "amount"), [("", None), ("1500", "1500"), ("$1,500.00", "1500.00"), (" 0 ", "0")]
)
def test_an_amount_is_read_as_people_type_it(typed: str, amount: str | None) -> None:
    """With a dollar sign, commas, or nothing."""
    assert (None if amount is None else Decimal(amount)) == amount_of(typed)


@pytest.mark.parametrize("typed", ["a lot", "1.5.0", "-5", "NaN", "Infinity"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    """And said under its field."""
    with pytest.raises(ValueError, match=typed.replace(".", r"\.")):
        amount_of(typed)
