"""Every invoice of a group is listed, a page at a time, and each leads to its sync."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from commands.views import listing as views
from commands.views.listing import Listed, Listing
from commands.views.standing import HeldGroup
from qb.hold import Mend, Reason
from tests.views.cast import LONG, NAMES, cad, usd
from tests.views.golden import same_as_kept
from tests.views.limits import check_modal, words

MICHAEL = Listed("1009", "00009-Brooks", "Michael Brooks", cad("1800.00"), date(2026, 11, 3))
ANA = Listed("1012", "00012-Kowalski", "Anna Kowalski", cad("678.00"), date(2026, 11, 4))
SHORT = Listing(
    group="no_payment",
    title="Payments not imported",
    totals=(cad("2478.00"),),
    sentence="CaseEasy calls it paid, but its payments haven't been imported.",
    mend=Mend.IMPORT,
    invoices=(MICHAEL, ANA),
)


def test_the_screen_looks_as_agreed() -> None:
    """Two invoices that wait for their payments."""
    same_as_kept("listing", views.screen(SHORT, 0))


def test_each_invoice_is_told_and_leads_to_its_sync() -> None:
    """Number, client, amount, day and case; the reason once."""
    view = views.screen(SHORT, 0)
    told = words(view)
    assert "*1009* · Michael Brooks · $1,800.00 · paid 3 Nov 2026\nCase 00009-Brooks" in told
    assert 1 == told.count("haven't been imported")
    assert ["00009-Brooks", "00012-Kowalski"] == [button["value"] for button in controls(view, "open_sync")]


def test_an_unclear_day_is_not_told_as_a_fact() -> None:
    """Neither of the two days it may be."""
    unclear = replace(SHORT, invoices=(replace(MICHAEL, paid_unclear=True),))
    assert "· $1,800.00 · paid date unclear" in words(views.screen(unclear, 0))


def test_where_reasons_differ_each_invoice_says_its_own() -> None:
    """Nothing is said of all that holds for one."""
    one = replace(MICHAEL, sentence="Its payments are $56.00 short of the amounts it lists.")
    assert "Case 00009-Brooks\nIts payments are $56.00 short" in words(
        views.screen(replace(SHORT, sentence="", invoices=(one,)), 0)
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_page_fits_and_together_they_hold_every_invoice(name: str) -> None:
    """Whatever clients and cases are called."""
    odd = tuple(Listed(str(n), name, name, cad("1.00"), None, LONG if n % 2 else "") for n in range(200))
    shown = replace(SHORT, title=name, sentence=LONG, totals=(cad("1.00"), usd("2.00")), invoices=odd)
    seen: list[str] = []
    page: int | None = 0
    while page is not None:
        view = views.screen(shown, page)
        check_modal(view)
        told = [block["text"]["text"] for block in view["blocks"] if "open_sync" in str(block)]
        seen += [text.split("*")[1] for text in told]
        page = next_page(view)
    assert [str(n) for n in range(200)] == seen


def test_a_page_that_is_gone_is_the_last_one() -> None:
    """Invoices were booked meanwhile."""
    assert views.screen(SHORT, 0) == views.screen(SHORT, 7)


def test_nothing_left_says_so() -> None:
    """All of them were booked meanwhile."""
    assert "There are none any more." in words(views.screen(replace(SHORT, invoices=(), totals=()), 0))


def controls(view: dict[str, Any], action: str) -> list[dict[str, Any]]:
    """The buttons of sections that do this."""
    found = [block["accessory"] for block in view["blocks"] if "accessory" in block]
    return [control for control in found if control["action_id"] == action]


def next_page(view: dict[str, Any]) -> int | None:
    """Where Next Page leads, if it is there."""
    last = view["blocks"][-1]
    for button in last.get("elements", []):
        if button.get("text", {}) == {"type": "plain_text", "text": "Next Page"}:
            assert "no_payment" == button["value"]
            return int(button["action_id"].rpartition("_")[2])
    return None


def test_among_what_is_ready_one_can_choose() -> None:
    """All clients at once; what is held has its own button."""
    ready = replace(SHORT, group="ready")
    assert "Choose Among All" in words(views.screen(ready, 0))
    assert "Choose Among All" not in words(views.screen(SHORT, 0))


@pytest.mark.parametrize("name", NAMES)
def test_every_reason_is_listed_and_leads_to_its_invoices(name: str) -> None:
    """However many: a page after the other holds each once, with how many and how much."""
    groups = tuple(
        HeldGroup(reason, f"{name} {number}", number, (cad("9.00"), usd("1.00")), Mend.NONE, LONG)
        for number, reason in enumerate(Reason, start=1)
    )
    seen: list[str] = []
    for page in range(9):
        view = views.reasons(groups, page)
        check_modal(view)
        seen.extend(button["value"] for button in controls(view, "open_listing"))
    assert set(Reason) == set(seen)
    assert "*1 invoice* held" in words(views.reasons(groups[:1], 0))
    assert "None is held any more." in words(views.reasons((), 0))
