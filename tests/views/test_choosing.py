"""Choosing among hundreds: fifty a page, what is chosen so far, and the filter's form."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from commands.views import choosing as views
from commands.views import sync
from commands.views.sync import SyncScreen
from commands.views.ticks import Choice, Narrow, Tick
from tests.views.cast import LONG, NAMES, cad, usd
from tests.views.golden import same_as_kept
from tests.views.limits import MOST_OF_A_FULL_VIEW, check_modal, words

NARROW = Narrow("Silva", date(2026, 10, 1), date(2026, 10, 31), "CAD", Decimal(500), Decimal("5000.5"))


def ticks(number: int, name: str = "Amélie Tremblay") -> tuple[Tick, ...]:
    """So many paid invoices."""
    return tuple(
        Tick(f"v{n}", f"INV-{n}", "00002", date(2026, 10, 12), cad("100.00"), "fee", name)
        for n in range(1, number + 1)
    )


def choice(number: int = 137, ticked: int = 37, page: int = 0) -> Choice:
    """Among so many, of which the first few are ticked."""
    return Choice(
        ticks(number), frozenset(f"v{n}" for n in range(1, ticked + 1)), number, page=page, several=True
    )


def screen(shown: Choice) -> dict[str, Any]:
    """The sync's screen for it."""
    everything = SyncScreen("Every client", (), (), shown.ticks, shown.ticked, (), 4, shown)
    return sync.screen(everything, "draft-1")


def groups(shown: Choice) -> list[dict[str, Any]]:
    """The groups of ticks of its page."""
    return [block for block in views.blocks(shown) if block["type"] == "input"]


def test_the_screen_looks_as_agreed() -> None:
    """A few of a few more, narrowed."""
    shown = replace(choice(12, 3), of=137, narrow=NARROW)
    same_as_kept("choosing", screen(shown))


def test_the_filter_looks_as_agreed() -> None:
    """Six fields at most, each optional."""
    same_as_kept("narrow", views.form(NARROW, ("CAD", "USD"), "draft-1"))


def test_what_is_chosen_is_counted_and_summed() -> None:
    """In all pages, not only in this one."""
    told = words(screen(choice(page=1)))
    assert "*37 of 137 selected · $3,700.00*" in told
    assert "Select All 137" in told
    assert "Preview 37 Invoices" in told
    assert "51 to 100 of 137, oldest paid first" in told


@pytest.mark.parametrize(("page", "sizes"), [(0, [10] * 5), (1, [10] * 5), (2, [10, 10, 10, 7])])
def test_fifty_stand_on_a_page(page: int, sizes: list[int]) -> None:
    """In groups of ten, which is what Slack takes."""
    assert sizes == [len(block["element"]["options"]) for block in groups(choice(page=page))]


def test_a_tick_is_told_at_once_and_its_block_is_its_own() -> None:
    """Slack remembers ticks by block: other pages and ticks set by us have other names."""
    first, other = groups(choice())[0], groups(choice(page=1))[0]
    set_by_us = groups(replace(choice(), draw=1))[0]
    assert first["dispatch_action"] is True
    assert 3 == len({first["block_id"], other["block_id"], set_by_us["block_id"]})


def test_a_filter_is_said_in_words() -> None:
    """So that nobody wonders where the others are."""
    told = words(screen(replace(choice(12, 3), of=137, narrow=NARROW)))
    assert "Shown of 137: “Silva”; paid from 1 Oct 2026; paid to 31 Oct 2026; in CAD" in told
    assert "from 500.00; to 5,000.50" in told


def test_a_filter_that_lets_nothing_through_can_be_changed() -> None:
    """Nothing can be submitted then."""
    view = screen(replace(choice(0, 0), of=137, narrow=NARROW, ticks=()))
    assert "submit" not in view


def test_whose_each_is_stands_beside_it_where_there_are_several() -> None:
    """Of one client it would be the same every time."""
    assert "Amélie Tremblay · Paid 12 Oct 2026" in words(screen(choice()))
    assert "Amélie Tremblay" not in words(screen(replace(choice(), several=False)))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("number", [0, 11, 50, 51, 500])
def test_slack_takes_the_screen(name: str, number: int) -> None:
    """All ticked, whatever clients and invoices are called."""
    odd = tuple(replace(one, number=name, case=name, parts=LONG, client=name) for one in ticks(number))
    full = Choice(odd, frozenset(one.value for one in odd), 9_999, Narrow(name), ("CAD", "USD"), several=True)
    check_modal(screen(full), MOST_OF_A_FULL_VIEW)
    check_modal(views.form(Narrow(name), ("CAD", "USD"), "d"))


def test_totals_are_told_by_currency() -> None:
    """Never added up across them."""
    mixed = (*ticks(1), replace(ticks(2)[1], received=usd("7.00")))
    assert "2 of 2 selected · $100.00 + US$7.00" in words(
        views.blocks(Choice(mixed, frozenset({"v1", "v2"}), 2))
    )
