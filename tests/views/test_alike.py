"""What looks booked already, as people see it: the document there, the answers, and who gives them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from commands.favour import Colleague, Favour, Wish
from commands.views import alike
from commands.views.alike import AlikeScreen, Changed, Compared, LooksLike, Missing
from commands.views.alike_payments import not_the_same_words
from commands.views.looked import Looked
from commands.views.text import name as escaped
from db.said import Said
from tests.views.cast import LONG, NAMES, NOW, cad
from tests.views.golden import same_as_kept
from tests.views.limits import check_modal, words

THERE = LooksLike(
    "Invoice:7",
    "invoice 1042 of 2 May 2026, $2,330.00, for Am\u00e9lie Tremblay, made there by hand or another program",
    (Missing(cad("2330.00"), date(2026, 5, 3)),),
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


def unsent(*looks_like: LooksLike, number: str = "1046", client: str = "Am\u00e9lie Tremblay") -> Compared:
    """A booked invoice whose payment wasn't sent, as its money looks received."""
    return replace(compared(*looks_like, number=number, client=client), sync="S-1")


DEPOSIT = replace(MONEY, unfit="")


def test_money_of_a_booked_invoice_is_answered_by_not_the_same() -> None:
    """What is there and what follows; answered, Try Again sends it, and Undo takes it back."""
    only = AlikeScreen((unsent(DEPOSIT),), may=True)
    told = words(alike.screen(only, "D-1"))
    assert "*1046* is booked · $2,330.00 of 3 May 2026 isn't · Amélie Tremblay" in told
    assert (
        "Looks received: deposit of 4 May 2026, $2,330.00, added there, perhaps from the bank feed." in told
    )
    assert "These invoices are booked, but not all of their payments" in told
    pressed = button_of(only, "its_another")
    assert "Not the Same" == pressed["text"]["text"]
    assert {"i": "0123456789abcdef", "d": ["Deposit:9:1"]} == json.loads(pressed["value"])
    assert "Try Again sends $2,330.00 for 1046." in pressed["confirm"]["text"]["text"]
    answered = replace(unsent(), said=Said.ANOTHER, said_by="U0BEN")
    free = AlikeScreen((answered,), may=True)
    assert {"s": "S-1"} == json.loads(button_of(free, "try_again")["value"])
    assert "undo_answer" == button_of(free, "undo_answer")["action_id"]
    assert "<@U0BEN> said of money there that it's another one's." in words(alike.screen(free, "D-1"))
    assert "its_another" not in str(alike.screen(replace(only, may=False), "D-1"))


def test_what_not_the_same_did_says_whether_more_looks_like_it() -> None:
    """Nothing left: it can be sent. Else the next is asked about."""
    free = "isn't paid by what was shown. Press Try Again, and its payment is sent."
    assert free == not_the_same_words(0)
    more = "isn't paid by what was shown. It waits on: 2 more like its money, to be answered next."
    assert more == not_the_same_words(2)


def test_the_screen_looks_as_agreed() -> None:
    """What is there, what would be missing, three answers; below, what was said so far, with Undo."""
    held = replace(compared(PAID, number="1043"), said=Said.HOLD, said_by="U0BEN")
    linked = replace(compared(number="1044"), said=Said.LINK, said_by="U0BEN", linked=THERE.told)
    another = replace(compared(number="1045"), said=Said.ANOTHER, said_by="U0BEN")
    taken = replace(compared(THERE, MONEY), new_number="CE-1042")
    four = (unsent(DEPOSIT), taken, held, linked, another)
    shown = AlikeScreen(four, may=True, told="1041 is linked.", looked=Looked(NOW))
    same_as_kept("alike", alike.screen(shown, "D-1"))
    check_modal(alike.screen(shown, "D-1"))


def test_money_alone_can_not_be_linked() -> None:
    """There is no invoice to link: the two other answers stay."""
    shown = str(alike.screen(AlikeScreen((compared(MONEY),), may=True), "D-1"))
    assert "link_it" not in shown
    assert "its_another" in shown
    assert "hold_it" in shown


def test_what_a_look_found_changed_is_told_before_anybody_answers() -> None:
    """Gone: nothing is left to answer. Changed: how it was, above how it is, and the answers stay."""
    gone = replace(compared(), changed=(Changed("invoice 1042", is_gone=True),))
    shown = alike.screen(AlikeScreen((gone,), may=True, looked=Looked(NOW)), "D-1")
    assert "Removed or voided there: invoice 1042." in words(shown)
    assert "Nothing there looks like it any more: a sync can book it." in words(shown)
    assert "actions" not in {block["type"] for block in shown["blocks"]}
    changed = replace(compared(THERE), changed=(Changed("invoice 1042 of $90.00", is_gone=False),) * 5)
    shown = alike.screen(AlikeScreen((changed,), may=True, looked=Looked(NOW)), "D-1")
    told = words(shown)
    assert "Changed there, it was: invoice 1042 of $90.00." in told
    assert "and 2 more like these" in told
    assert told.index("it was: invoice 1042") < told.index("Looks like invoice 1042")
    assert "its_another" in str(shown)


def test_it_says_when_quickbooks_was_looked_at_or_that_it_is_being_asked() -> None:
    """Also where nothing waits; before any company nothing is said."""
    for invoices in ((), (compared(THERE),)):
        shown = AlikeScreen(invoices, may=True, looked=Looked(NOW), looking=True)
        assert "Looking in QuickBooks whether this is still so…" in words(alike.screen(shown, "D-1"))
        told = words(alike.screen(replace(shown, looking=False), "D-1"))
        assert "QuickBooks was last looked at <!date^1795359840^" in told
        assert "looked at" not in words(alike.screen(replace(shown, looked=None, looking=False), "D-1"))


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
        many = [
            LooksLike(f"Invoice:{n}", name, (Missing(cad("1.00"), date(2026, 12, 31)),) * 9)
            for n in range(40)
        ]
        changed = (Changed(name, is_gone=True), Changed(name, is_gone=False)) * 4
        one = replace(compared(*many, number=name, client=name), linked=name, new_number=name[:21])
        one = replace(one, changed=changed)
        half = unsent(*many, number=name, client=name)
        check_modal(alike.screen(AlikeScreen((half,) * 12, may=True, looked=Looked(None)), "D-1"))
        check_modal(alike.screen(AlikeScreen((one,) * 30, may=True, told=escaped(name)), "D-1"))


def test_nobody_answers_for_a_document_that_was_not_shown() -> None:
    """Three of five are shown, so It's Another carries those three, and says that two more come next."""
    five = [replace(THERE, key=f"Payment:{n}") for n in range(5)]
    shown = AlikeScreen((compared(*five),), may=True)
    assert "and 2 more like these, shown once these are answered" in words(alike.screen(shown, "D-1"))
    pressed = button_of(shown, "its_another")
    assert ["Payment:0", "Payment:1", "Payment:2"] == json.loads(pressed["value"])["d"]
    told = "That is said of the 3 shown here. 1042 waits on: 2 more are shown next."
    assert told == pressed["confirm"]["text"]["text"]


def test_link_it_asks_first_with_both_sides_in_words() -> None:
    """Number, amount and client here; what QuickBooks holds there; and what follows, whole however long."""
    sure = link_it(AlikeScreen((compared(THERE),), may=True))
    assert {
        "title": "Are these the same invoice?",
        "text": "In CaseEasy: 1042, $2,330.00, Amélie Tremblay. In QuickBooks: invoice 1042 of 2 May 2026, "
        "$2,330.00, for Amélie Tremblay, made there by hand or another program. If linked, we book only the "
        "payment: $2,330.00 of 3 May 2026.",
    } == {key: sure[key]["text"] for key in ("title", "text")}
    for name in (*NAMES, LONG):
        long = replace(THERE, told=name * 3, missing=(Missing(cad("1.00"), date(2026, 12, 31)),) * 9)
        told = link_it(AlikeScreen((compared(long, number=name, client=name),), may=True))["text"]["text"]
        assert told.endswith("If linked, we book only the payment: $1.00 of 31 Dec 2026 and 8 more.")


def button_of(shown: AlikeScreen, action: str) -> dict[str, Any]:
    """The one button of the screen that does this."""
    rows = [block["elements"] for block in alike.screen(shown, "D-1")["blocks"] if block["type"] == "actions"]
    found: dict[str, Any]
    (found,) = [one for row in rows for one in row if one["action_id"] == action]
    return found


def link_it(shown: AlikeScreen) -> dict[str, Any]:
    """What Link It asks before it links."""
    found: dict[str, Any] = button_of(shown, "link_it")["confirm"]
    return found


def test_what_link_it_did_says_whether_anything_is_left_to_book() -> None:
    """Nothing missing there: nothing more is booked. Else how much the next sync can book."""
    nothing = "1042 is linked. Nothing is missing there, so nothing more is booked for it."
    assert nothing == alike.linked_words("1042", [])
    still = (
        "1042 is linked. Still missing there: $1,165.00 of 3 May 2026, $1,165.00 of 2 Jun 2026; "
        "the next sync can book that."
    )
    days = (date(2026, 5, 3), date(2026, 6, 2))
    assert still == alike.linked_words("1042", [Missing(cad("1165.00"), day) for day in days])


def test_what_its_another_did_says_whether_something_else_looks_like_it() -> None:
    """Nothing left: a sync can book it. Else it waits on."""
    assert "is another one: it can be booked by a sync." == alike.another_words(0)
    one = "isn't what was shown. It waits on: 1 more looks like it, to be answered next."
    assert one == alike.another_words(1)


def test_who_answered_before_is_told_with_what_and_when() -> None:
    """A press on an older screen changes nothing: the warning says whose answer stands."""
    told = alike.answered_words(Said.HOLD, "U0BEN", datetime(2026, 5, 6, 14, 2, tzinfo=UTC))
    when = "<!date^1778076120^{date_short_pretty} at {time}|6 May 2026 14:02 UTC>"
    assert f"<@U0BEN> left it held, {when}" == told
    shown = alike.screen(AlikeScreen((compared(THERE),), may=True, told=told, warns=True), "D-1")
    assert "warning" == shown["blocks"][0]["level"]
    check_modal(shown)


def test_what_is_not_on_the_screen_is_counted() -> None:
    """The worker gathers a screenful; how many more wait stands below."""
    shown = alike.screen(AlikeScreen((compared(THERE),), may=True, left=2_988), "D-1")
    assert "2,988 more come after these." in words(shown)


def test_opened_from_one_invoice_it_leads_to_the_others() -> None:
    """What isn't asked about isn't shown; a button shows all that wait."""
    shown = words(alike.screen(AlikeScreen((compared(THERE),), may=True, some=True), "D-1"))
    assert "Show All That Wait" in shown
    assert "Show All That Wait" not in words(alike.screen(AlikeScreen((compared(THERE),), may=True), "D-1"))
    gone = alike.screen(AlikeScreen((), may=True, some=True), "D-1")
    assert "This doesn't look as if it were in QuickBooks already, or not any more." in words(gone)
    check_modal(gone)
