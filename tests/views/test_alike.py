"""What looks booked already, as people see it: the document there, the answers, and who gives them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from commands.favour import Colleague, Favour, Wish
from commands.views import alike
from commands.views.alike import AlikeScreen, Compared, LooksLike
from commands.views.text import name as escaped
from db.said import Said
from tests.views.cast import LONG, NAMES, cad
from tests.views.golden import same_as_kept
from tests.views.limits import check_modal, words

THERE = LooksLike(
    "Invoice:7",
    "invoice 1042 of 2 May 2026, $2,330.00, for Am\u00e9lie Tremblay, made there by hand or another program",
    (cad("2330.00"),),
)
PAID = replace(THERE, missing=())
MONEY = LooksLike(
    "Deposit:9:1", "deposit of 4 May 2026, $2,330.00, added there, perhaps from the bank feed", unfit="money"
)


def compared(*looks_like: LooksLike, number: str = "1042", client: str = "Am\u00e9lie Tremblay") -> Compared:
    """An invoice that waits for an answer."""
    return Compared(
        mark="0123456789abcdef",
        number=number,
        case="00006-Tremblay",
        client_name=client,
        received=cad("2330.00"),
        paid=date(2026, 5, 3),
        looks_like=looks_like,
    )


def test_the_screen_looks_as_agreed() -> None:
    """What is there, what would be missing, three answers; below, what was said so far, with Undo."""
    held = replace(compared(PAID, number="1043"), said=Said.HOLD, said_by="U0BEN")
    linked = replace(compared(number="1044"), said=Said.LINK, said_by="U0BEN", linked=THERE.told)
    another = replace(compared(number="1045"), said=Said.ANOTHER, said_by="U0BEN")
    taken = replace(compared(THERE, MONEY), new_number="CE-1042")
    shown = AlikeScreen((taken, held, linked, another), may=True, told="1041 is linked.")
    same_as_kept("alike", alike.screen(shown, "D-1"))
    check_modal(alike.screen(shown, "D-1"))


def test_money_alone_can_not_be_linked() -> None:
    """There is no invoice to link: the two other answers stay."""
    shown = str(alike.screen(AlikeScreen((compared(MONEY),), may=True), "D-1"))
    assert "link_it" not in shown
    assert "its_another" in shown
    assert "hold_it" in shown


def test_who_may_not_decide_sees_it_and_asks() -> None:
    """Maria sees what is there, without buttons that would only refuse her."""
    asks = Favour(Wish.ALIKE, Colleague("U0BEN", "Ben"))
    shown = alike.screen(AlikeScreen((compared(THERE),), may=False, asks=asks), "D-1")
    assert "link_it" not in str(shown)
    assert "Looks like invoice 1042" in words(shown)
    assert "Ask Ben" in words(shown)


def test_slack_takes_the_screen_whatever_stands_in_it() -> None:
    """Nothing, many, long and hostile."""
    check_modal(alike.screen(AlikeScreen((), may=True), "D-1"))
    for name in (*NAMES, LONG):
        many = [LooksLike(f"Invoice:{n}", name, (cad("1.00"),) * 9) for n in range(40)]
        one = replace(compared(*many, number=name, client=name), linked=name, new_number=name[:21])
        check_modal(alike.screen(AlikeScreen((one,) * 30, may=True, told=escaped(name)), "D-1"))
