"""What waits is grouped by what it needs, oldest first; what is put off is apart and counted all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from db.money import NO_CURRENCY, Money
from db.snoozes import Snooze
from qb import digest as pure
from qb.digest import ASKED, READY, Change, Waiting
from qb.hold import Mend, Reason
from qb.omens import Whose

TODAY = date(2026, 11, 12)
THEN = datetime(2026, 11, 11, 15, 0, tzinfo=UTC)
HOSTILE = "<!channel> & <https://evil|Approve>"


def cad(amount: str) -> Money:
    """Canadian dollars."""
    return Money(Decimal(amount), "CAD")


MICHAEL = Waiting(
    mark="m1009",
    fingerprint="as it was",
    case="00009-Brooks",
    number="1009",
    client="C-9",
    client_name="Michael Brooks",
    amount=cad("1800.00"),
    paid=date(2026, 11, 3),
    group=READY,
    sentence="",
    mend=Mend.NONE,
    whose=Whose.STAFF,
)
MICHAELS_OTHER = replace(MICHAEL, mark="m1010", number="1010", amount=cad("200.00"), paid=date(2026, 10, 3))
ANA = replace(
    MICHAEL,
    mark="m1012",
    case=HOSTILE,
    client="C-12",
    client_name=HOSTILE,
    amount=Money(Decimal("678.00"), "USD"),
    paid=date(2026, 9, 1),
    group=Reason.NO_CONTACT,
    mend=Mend.FIND_CONTACT,
)
MEI = replace(ANA, mark="m1013", case="00013-Mei", client="C-13", paid=date(2026, 9, 12))
LEO = replace(MICHAEL, mark="m1014", case="00014-Leo", client="C-14", paid=TODAY, group=ASKED, since=THEN)
ALL = (LEO, MEI, MICHAEL, ANA, MICHAELS_OTHER)


def snooze(mark: str, until: date | None, fingerprint: str = "as it was") -> dict[str, Snooze]:
    """Put off by Maria."""
    return {mark: Snooze(mark, until, fingerprint, "U0MARIA", THEN)}


def shown(digest: pure.Digest) -> list[tuple[str, list[list[str]]]]:
    """Groups, their lines, and the invoices of each."""
    return [
        (group.key, [[one.mark for one in item.invoices] for item in group.items]) for group in digest.groups
    ]


def test_ready_first_then_asked_then_held_each_oldest_first() -> None:
    """A case's invoices of one group are one line."""
    assert [
        ("ready", [["m1010", "m1009"]]),
        ("asked", [["m1014"]]),
        ("no_contact", [["m1012"], ["m1013"]]),
    ] == shown(pure.digest(ALL, {}, TODAY))


def test_held_groups_come_by_their_oldest() -> None:
    """Whatever the reason is called."""
    short = replace(MEI, group=Reason.SHORT, paid=date(2026, 8, 1))
    assert ["short", "no_contact"] == [key for key, _ in shown(pure.digest([ANA, short], {}, TODAY))]


def test_totals_are_by_currency() -> None:
    """Of all, and of each group."""
    digest = pure.digest(ALL, {}, TODAY)
    usd = Money(Decimal("1356.00"), "USD")
    assert {usd, cad("3800.00")} == set(digest.totals)
    assert (cad("2000.00"),) == digest.groups[0].totals
    assert 5 == digest.invoices
    assert date(2026, 9, 1) == digest.oldest


def test_ages_are_by_days_since_payment_and_currency() -> None:
    """The seventh, thirtieth and sixtieth day belong to the younger band."""
    days = {7: "1", 8: "10", 30: "100", 31: "1000", 60: "10000", 61: "100000"}
    waiting = [
        replace(MICHAEL, mark=str(n), paid=date.fromordinal(TODAY.toordinal() - n), amount=cad(amount))
        for n, amount in days.items()
    ]
    (ages,) = pure.digest(waiting, {}, TODAY).ages
    assert "CAD" == ages.currency
    assert (cad("1"), cad("110"), cad("11000"), cad("100000")) == ages.bands


def test_what_has_no_known_currency_has_its_age_too() -> None:
    """Apart from the others, so that nothing that waits is left out of any line."""
    odd = replace(ANA, amount=Money(Decimal("2316.50"), NO_CURRENCY), paid=date(2026, 11, 3))
    known, unknown = pure.digest([MICHAEL, odd], {}, TODAY).ages
    assert ["CAD", NO_CURRENCY] == [known.currency, unknown.currency]
    assert ["0.00", "2316.50", "0.00", "0.00"] == [f"{band.amount:.2f}" for band in unknown.bands]


def test_what_has_no_sure_day_is_in_no_band_but_told() -> None:
    """It comes last, as nobody knows how old it is."""
    digest = pure.digest([replace(ANA, paid=None), MICHAEL], {}, TODAY)
    assert (Money(Decimal("678.00"), "USD"),) == digest.unclear
    assert ["CAD"] == [ages.currency for ages in digest.ages]
    assert date(2026, 11, 3) == digest.oldest


def test_what_is_put_off_is_apart_until_its_day() -> None:
    """Still counted; on the day it is back."""
    friday = date(2026, 11, 13)
    off = pure.digest(ALL, snooze("m1014", friday), TODAY)
    assert [["m1014"]] == [[one.mark for one in item.invoices] for item in off.snoozed]
    assert ["ready", "no_contact"] == [key for key, _ in shown(off)]
    assert (5, off.totals) == (off.invoices, pure.digest(ALL, {}, TODAY).totals)
    assert () == pure.digest(ALL, snooze("m1014", friday), friday).snoozed


def test_until_it_changes_ends_with_another_fingerprint() -> None:
    """Whether it became ready or its amount is another."""
    assert 1 == len(pure.digest(ALL, snooze("m1014", None), TODAY).snoozed)
    assert () == pure.digest(ALL, snooze("m1014", None, "as it was before"), TODAY).snoozed


def test_a_new_invoice_of_the_case_brings_its_line_back() -> None:
    """Nobody put that one off."""
    friday = date(2026, 11, 13)
    assert () == pure.digest(ALL, snooze("m1009", friday), TODAY).snoozed
    both = snooze("m1009", friday) | snooze("m1010", friday)
    assert 1 == len(pure.digest(ALL, both, TODAY).snoozed)


def test_month_end_shows_what_is_put_off_and_says_so() -> None:
    """The line still knows who put it off."""
    last = date(2026, 11, 30)
    digest = pure.digest(ALL, snooze("m1014", date(2026, 12, 24)), last)
    assert digest.month_end
    assert () == digest.snoozed
    (leo,) = next(group for group in digest.groups if group.key == ASKED).items
    assert leo.snooze is not None
    assert not pure.digest(ALL, {}, last).month_end


@pytest.mark.parametrize(
    ("day", "late"),
    [
        ("2026-11-27", False),  # a Friday, but Monday is the 30th
        ("2026-11-29", False),
        ("2026-11-30", True),
        ("2026-12-01", True),
        ("2026-12-02", True),
        ("2026-12-03", False),
        ("2026-10-29", False),
        ("2026-10-30", True),  # Friday; the 31st is a Saturday
        ("2026-10-31", True),
        ("2026-05-28", False),
        ("2026-05-29", True),  # the 31st is a Sunday
        ("2024-02-29", True),
        ("2026-02-27", True),
    ],
)
def test_month_end_is_from_the_last_business_day_to_the_second(day: str, late: bool) -> None:  # noqa: FBT001 - a parameter row
    """Weekends at the end belong to it."""
    assert late is pure.is_month_end(date.fromisoformat(day))


def test_change_counts_what_came_and_what_is_gone() -> None:
    """By marks, so three that came and three that went aren't nothing."""
    assert Change(2, 1) == pure.change(["a", "b", "c"], ["c", "d"])
    assert Change(0, 0) == pure.change([], [])


def test_a_chart_gets_whole_units_rounded_half_up() -> None:
    """It is a picture; the words have the cents."""
    assert [3, 2, 0] == [pure.whole_units(cad(amount)) for amount in ("2.50", "2.49", "0.00")]


def test_an_empty_digest_has_nothing() -> None:
    """No groups, no ages, no oldest."""
    empty = pure.digest([], {}, TODAY)
    assert (0, (), (), None) == (empty.invoices, empty.groups, empty.ages, empty.oldest)
    assert empty.ready is None
