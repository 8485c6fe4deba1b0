"""Asking a colleague: a button with a name and a thing on it, and what both hear."""

import pytest

from commands.favour import Colleague, Favour, Wish
from commands.views import errands as views
from tests.views.cast import LONG, NAMES, NOW
from tests.views.golden import same_as_kept
from tests.views.limits import check_markup, check_message, words

INTERAC = Favour(Wish.MAP, Colleague("U0BEN", "Ben"), "Interac", ("method:Interac",), "draft-1")


def test_the_button_names_the_person_and_the_thing() -> None:
    """Every wish in words; without a name, the role."""
    asked = {wish: Favour(wish, Colleague("U0ALICE", "Alice"), "Interac") for wish in Wish}
    assert {
        Wish.MAP: "Ask Alice to Map Interac",
        Wish.CONNECT: "Ask Alice to Connect QuickBooks",
        Wish.BANKING: "Ask Alice to Say How Client Money Is Banked",
        Wish.GO_LIVE: "Ask Alice to Say Since When to Book",
        Wish.CHECK: "Ask Alice to Check the Books",
        Wish.ALIKE: "Ask Alice to Say What Is Booked Already",
        Wish.COLUMNS: "Ask Alice to Explain Interac",
    } == {wish: views.ask_button(favour)["text"]["text"] for wish, favour in asked.items()}
    nameless = Favour(Wish.CONNECT, Colleague("U0ALICE"))
    assert "Ask an Admin to Connect QuickBooks" == views.ask_button(nameless)["text"]["text"]
    nobody = Favour(Wish.MAP, Colleague("U0BEN"))
    assert "Ask an Approver to Map What Is Open" == views.ask_button(nobody)["text"]["text"]


def test_what_the_colleague_gets_looks_as_agreed() -> None:
    """Who asks, why, and the very button."""
    message = views.asked(INTERAC, "U0MARIA", 3, "Daniel Osei")
    same_as_kept("errand_asked", {"text": message.text, "blocks": list(message.blocks)})
    told = "<@U0MARIA> asks you to map Interac so that 3 invoices of Daniel Osei can be booked."
    assert told == message.text


def test_what_looks_booked_opens_with_the_invoices_that_wait() -> None:
    """Ben's Compare shows the invoice that Maria asks about, as many as the button carries."""
    favour = Favour(Wish.ALIKE, Colleague("U0BEN", "Ben"))
    one = views.asked(favour, "U0MARIA", 1, "Leila Haddad", [("00003-Haddad", "1005")])
    assert '[["00003-Haddad","1005"]]' == one.blocks[1]["elements"][0]["value"]
    check_message(views.asked(favour, "U0MARIA", 1, "Leila Haddad", [(LONG, str(n)) for n in range(300)]))


def test_what_who_asked_hears() -> None:
    """Put, asked already, done."""
    assert "Asked <@U0BEN> to map Interac. You hear when it is done." == views.put(INTERAC)
    assert "You asked <@U0BEN> already, <!date^" in views.asked_already(INTERAC, NOW)
    assert "<@U0PAUL> asked <@U0BEN> already, <!date^" in views.asked_by_another(INTERAC, "U0PAUL", NOW)
    assert "<@U0ALICE> mapped Interac." == views.heard(INTERAC, "U0ALICE", 0)
    assert (
        "<@U0ALICE> mapped Interac. A fresh preview of 1 invoice follows; nothing is booked by itself."
        == views.heard(INTERAC, "U0ALICE", 1)
    )
    assert "Done: <@U0ALICE> mapped Interac, as <@U0MARIA> had asked." == (
        views.done(INTERAC, "U0MARIA", "U0ALICE").text
    )
    assert "nobody was asked to map Interac" in views.unreachable(INTERAC)


def test_the_pressed_button_gives_way_to_a_line() -> None:
    """The rest of the screen stays, and nothing that Slack would refuse is sent back."""
    row = {"type": "actions", "block_id": "b2", "elements": [views.ask_button(INTERAC)]}
    typed = {"type": "input", "block_id": "b1"}
    view = {"id": "V-1", "hash": "h", "type": "modal", "callback_id": "sync", "blocks": [typed, row]}
    shown = views.in_place(view, "b2", "Asked.")
    assert {"type", "callback_id", "blocks"} == set(shown)
    assert typed == shown["blocks"][0]
    assert "Asked." == words(shown["blocks"][1])


@pytest.mark.parametrize("name", NAMES)
def test_slack_takes_what_is_said(name: str) -> None:
    """Whatever the colleague, the client and the thing are called."""
    for wish in Wish:
        odd = Favour(wish, Colleague("U0BEN", name), name, (f"method:{LONG}",) * 9, "draft-1")
        asking = views.ask_button(odd)
        assert len(asking["text"]["text"]) <= 75
        assert len(asking["value"]) <= 2000
        assert asking["text"]["text"].startswith("Ask ")
        check_message(views.asked(odd, "U0MARIA", 12, name))
        check_message(views.done(odd, "U0MARIA", "U0ALICE"))
        for told in (views.put(odd), views.heard(odd, "U0ALICE", 2), views.unreachable(odd)):
            check_markup(told)
