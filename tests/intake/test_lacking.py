"""A row is missing only from an export that is the next of its kind and reaches over it."""

from datetime import date

import pytest

from db.intake.lacking import Span, dropped, packed, print_of, span_of, succeeds, unpacked
from tests.intake.sheets import HOSTILE

MAY = date(2026, 5, 1)
JUNE = date(2026, 6, 1)
JULY = date(2026, 7, 1)


def prints(*keys: object) -> frozenset[bytes]:
    """As an export remembers these."""
    return unpacked(packed(map(str, keys)))


@pytest.mark.parametrize(
    ("number", "day", "covered"),
    [
        ("1003", JUNE, True),
        ("1003", MAY, True),
        ("1001", JUNE, False),
        ("1005", JUNE, False),
        ("1003", date(2026, 4, 30), False),
        ("1003", date(2026, 7, 2), False),
        ("INV-1003", JUNE, False),
        ("A-02", JUNE, True),
        ("A-02b", JUNE, False),
        ("none", JUNE, False),
        (HOSTILE, JUNE, False),
    ],
)
def test_a_row_is_covered_between_numbers_and_days(number: str, day: date, covered: bool) -> None:  # noqa: FBT001 - a case
    """Both before and after it, of numbers that are written alike."""
    span = span_of(["1001", "1005", "A-1", "A-3", HOSTILE, ""], [JULY, MAY])
    assert span is not None
    assert covered == span.covers(number, day)


def test_an_export_without_a_day_covers_nothing() -> None:
    """Nobody knows from when to when it is."""
    assert None is span_of(["1"], [])
    assert Span(MAY, JULY, {"#": (1, 3)}) == span_of(["1", "3"], [MAY, JULY])


def test_the_next_of_a_kind_has_most_of_the_one_before() -> None:
    """Less than seven tenths and ten fewer is another selection; so is one with nothing in common."""
    before = prints(*range(100))
    assert succeeds(prints(*range(30, 130)), before)
    assert not succeeds(prints(*range(31, 131)), before)
    assert not succeeds(prints(200, 201), prints(1, 2))
    assert not succeeds(prints(*range(201, 1000)), prints(*range(1000)))


def test_what_is_dropped_is_held_against_the_newest_of_its_kind() -> None:
    """Two offices' exports, sent in turn, lack nothing of each other."""
    here, there = prints(1, 2, 3, 4), prints(*range(50, 90))
    assert frozenset({print_of("3")}) == dropped(prints(1, 2, 4, 5), [there, here, prints(1, 2, 3, 4, 5)])
    assert frozenset() == dropped(prints(1, 2, 3, 4, 5), [there, here])
    assert frozenset() == dropped(prints(7), [there, here])
