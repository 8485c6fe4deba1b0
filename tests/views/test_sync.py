"""The sync's screens: choosing a case and ticking its paid invoices."""

from dataclasses import replace
from datetime import date

import pytest

from commands.favour import Colleague, Favour, Wish
from commands.views import sync as views
from commands.views.sync import CaseChoice, Contact, HeldInvoice, SyncScreen
from commands.views.taken import TakenInvoice, untick
from commands.views.ticks import Tick
from qb.hold import Hold, Mend, Reason
from tests.views.cast import LONG, NAMES, NOW, RENE, cad, told, usd
from tests.views.golden import same_as_kept
from tests.views.limits import MOST_OF_A_FULL_VIEW, check_modal, words


def tick(number: int, name: str = "INV") -> Tick:
    """One paid invoice."""
    return Tick(
        f"v{number}", f"{name}-{number}", "00002-Silva", date(2026, 10, 12), cad("2330.00"), "fee + expense"
    )


def waiting(name: str = "INV-9", mend: Mend = Mend.MAP) -> HeldInvoice:
    """One held invoice with two reasons."""
    short = Hold(Reason.SHORT, told(f"{name} is $56.00 short."), Mend.NONE)
    holds = (short, Hold(Reason.TRUST, told(name), mend))
    return HeldInvoice(name, "00002-Silva", date(2026, 10, 9), cad("1300.00"), holds)


def asked_for(name: str = "INV-7", number: int = 1) -> tuple[TakenInvoice, ...]:
    """So many that somebody asked for, the first one approved."""
    waits = TakenInvoice(name, cad("2330.00"), "U0MARIA", NOW)
    return (replace(waits, approved_by="U0BEN"), *[waits] * number)


def shown(who: str = RENE, ticks: int = 3, held: int = 1) -> SyncScreen:
    """The screen for a client."""
    return SyncScreen(
        who=who,
        cases=("00002-Silva",),
        contacts=(Contact("C-1", who, "CAD", "Rene O'Brien"), Contact("C-1", who, "USD")),
        ticks=tuple(tick(n) for n in range(1, ticks + 1)),
        ticked=frozenset(f"v{n}" for n in range(1, ticks + 1)),
        held=tuple(waiting(f"INV-9{n}") for n in range(held)),
        booked=4,
    )


def test_the_screen_looks_as_agreed() -> None:
    """Client, contacts in two currencies, three ticks, one held invoice."""
    same_as_kept("sync", views.screen(shown(), "draft-1"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ticks", [0, 1, 10])
def test_slack_takes_the_screen(name: str, ticks: int) -> None:
    """However many invoices, and whatever they and the client are called."""
    odd = SyncScreen(
        who=name,
        cases=(name,) * 30,
        contacts=tuple(Contact(name, name, "CAD", name, name) for _ in range(2)),
        ticks=tuple(
            Tick(f"v{n}", name, name, date(2026, 10, 12), usd("2330.00"), LONG) for n in range(ticks)
        ),
        ticked=frozenset({"v0", "v1"}),
        held=tuple(waiting(name) for _ in range(9)),
        booked=1,
        taken=asked_for(name, 30),
    )
    check_modal(views.screen(odd, "draft-1"), MOST_OF_A_FULL_VIEW)


def test_what_was_asked_for_is_named_and_has_no_tick() -> None:
    """By whom and how far it is, so that two people don't prepare the same."""
    view = views.screen(replace(shown(), taken=asked_for("INV-<7>")), "d")
    assert (
        "*Asked for already, so not to choose here:* 2 paid invoices\n"
        "• INV-&lt;7&gt; · $2,330.00 · approved by <@U0BEN>, about to be booked; asked by <@U0MARIA>, "
        "<!date^1795359840^{date_short_pretty} at {time}|22 Nov 2026 15:04 UTC>\n"
        "• INV-&lt;7&gt; · $2,330.00 · waits for approval, asked by <@U0MARIA>, "
        "<!date^1795359840^{date_short_pretty} at {time}|22 Nov 2026 15:04 UTC>"
    ) in words(view)
    assert "INV-7, INV-7 were asked for since this opened. Untick that, please." == untick(asked_for())


def test_an_unclear_day_is_not_told_as_a_fact() -> None:
    """Neither of the two days it may be."""
    odd = replace(shown(), held=(replace(waiting(), paid_unclear=True),))
    assert "$1,300.00 · paid date unclear" in words(views.screen(odd, "d"))


def test_everything_ready_is_ticked_already() -> None:
    """The usual case needs no clicks but Preview."""
    boxes = [block for block in views.screen(shown(), "d")["blocks"] if block["type"] == "input"]
    assert ["v1", "v2", "v3"] == [choice["value"] for choice in boxes[0]["element"]["initial_options"]]


def test_a_missing_contact_is_asked_for_first() -> None:
    """The one primary button finds the contact."""
    told = words(views.screen(shown(), "d"))
    assert "We don't know yet who" in told
    assert "Find Contact" in told


def test_a_held_invoice_shows_its_reasons_and_a_mend() -> None:
    """Both reasons, and the button for the one that can be mended here."""
    told = words(views.screen(shown(), "d"))
    assert "$56.00 short" in told
    assert "Review Mapping" in told


def test_a_mend_of_several_is_offered_once() -> None:
    """Five rows of the mapping, one button; whoever can't map finds whom to ask above them, and no button."""
    everything = shown(held=5)
    assert 1 == words(views.screen(everything, "d")).count("Review Mapping")
    asks = (Favour(Wish.MAP, Colleague("U0BEN", "Ben"), "Interac", ("method:Interac",)),)
    told = words(views.screen(replace(everything, asks=asks), "d"))
    assert "Review Mapping" not in told
    assert told.index("Ask Ben to Map Interac") < told.index("$56.00 short")


def test_nothing_ready_says_so() -> None:
    """Without a tick there is nothing to submit."""
    empty = views.screen(replace(shown(ticks=0, held=0), booked=0), "d")
    assert "submit" not in empty
    assert "No paid invoice is ready to be booked here." in words(empty)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("found", [0, 1, 11])
def test_slack_takes_the_search(name: str, found: int) -> None:
    """Nothing found, one, or more than are shown."""
    choices = [CaseChoice(f"case:{n}", name, name, n) for n in range(found)]
    check_modal(views.search(name, choices, searched=True))


def test_a_search_that_found_nothing_says_what_to_do() -> None:
    """Check the spelling, or import."""
    told = words(views.search("Silvia", [], searched=True))
    assert "Nothing in the records fits “Silvia”" in told
    assert "Import Exports" in told


def test_before_any_export_nobody_doubts_their_spelling() -> None:
    """The reason is that there is nothing to search; choosing among all would find nothing either."""
    told = words(views.search("00002", [], searched=True, imported=False))
    assert "No export was imported yet" in told
    assert "Import Exports" in told
    assert "spelling" not in told
    assert "Choose Among All" not in told


def test_nothing_ticked_is_shown_as_nothing() -> None:
    """Whoever unticked everything finds it so."""
    view = views.screen(replace(shown(), ticked=frozenset()), "d")
    check_modal(view)
    assert "Nothing was ticked when this opened" in words(view)
