"""Home, from a firm that has just begun to one in the middle of a busy month."""

from dataclasses import replace

import pytest

from commands.views import home as views
from commands.views.home import Guide, Step
from commands.views.overview import HeldGroup, NewestExport
from commands.views.standing import Asked, Done, Running, TurnedDown
from qb.hold import Mend
from tests.views.cast import LONG, NAMES, NOW, cad, usd
from tests.views.golden import same_as_kept
from tests.views.limits import check_home, words
from tests.views.test_overview import BUSY, CONNECTION, NEW

LINK = "https://app.qbo.intuit.com/app/invoice?txnId=145"
DONE = Done(
    client_name="Amélie Tremblay",
    asked_by="U0MARIA",
    approved_by="U0BEN",
    at=NOW,
    booked=2,
    invoices=2,
    totals=(cad("3390.00"),),
    accounts=("Chequing",),
    differing=0,
    documents=(("Invoice 1044", LINK), ("Invoice 1045", LINK)),
    customers=("Tremblay, Amélie",),
)
RUNNING = Running("41 clients", "U0MARIA", 37, 1, 120)
FULL = replace(BUSY, running=(RUNNING,), done=(DONE,))


def test_home_looks_as_agreed() -> None:
    """What needs somebody first, then unsynced, running, booked lately, the firm's health."""
    same_as_kept("home", views.home(FULL, None, NOW))


def test_the_guide_looks_as_agreed() -> None:
    """A firm that has just begun."""
    same_as_kept("home_guide", views.home(NEW, Guide(tuple(Step)), NOW))


@pytest.mark.parametrize("name", NAMES)
def test_slack_takes_home(name: str) -> None:
    """Whatever companies, files, clients and reasons are called, and with much of everything."""
    group = HeldGroup("short", name, 3, (cad("1.00"),) * 3, Mend.MAP, LONG)
    done = replace(DONE, client_name=name, accounts=(name,) * 9, documents=((name, LINK),) * 300)
    odd = replace(
        BUSY,
        connection=replace(CONNECTION, company_name=name, state="reconnect"),
        newest=NewestExport(NOW, name, (name,) * 10, 400),
        held=(group,) * 20,
        running=(replace(RUNNING, client_name=name),) * 9,
        done=(done,) * 9,
    )
    check_home(views.home(odd, Guide(tuple(Step)), NOW))
    check_home(views.closed())


def test_each_step_done_is_gone() -> None:
    """The next one leads; those behind it are a line."""
    told = words(views.home(NEW, Guide((Step.MAP, Step.SYNC)), NOW)["blocks"])
    assert "Step 3 of 4" in told
    assert "Then: book the first invoice" in told
    assert "Connect QuickBooks. Nothing" not in told


def test_a_firm_without_an_export_is_not_told_that_all_is_booked() -> None:
    """What is paid can't be known yet."""
    told = words(views.home(NEW, Guide(tuple(Step)), NOW)["blocks"])
    assert "Nothing beside the steps above." in told
    assert "in the books or on its way" not in told


def test_the_guide_tells_whose_step_it_is() -> None:
    """No button that only says no; what the guide says isn't said twice."""
    shown = replace(NEW, connecting=("U0ALICE",))
    told = words(views.home(shown, Guide(tuple(Step)), NOW)["blocks"])
    assert "That is for <@U0ALICE>." in told
    assert "QuickBooks isn't connected yet." not in told
    assert "QuickBooks isn't connected yet." in words(views.home(shown, None, NOW)["blocks"])


def test_the_mapping_is_told_by_the_guide_only_until_somebody_began() -> None:
    """What is left of it after that is among what needs somebody."""
    guide = Guide((Step.SYNC,))
    assert "2 mapping rows wait for a decision." in words(views.home(BUSY, guide, NOW)["blocks"])
    untouched = replace(BUSY, mapping_open=9)
    left = Guide((Step.MAP, Step.SYNC))
    assert "9 mapping rows" not in words(views.home(untouched, left, NOW)["blocks"])


def test_a_sync_under_way_shows_how_far_it_is() -> None:
    """As its message does, in a line."""
    told = words(views.home(FULL, None, NOW)["blocks"])
    assert "*37 of 120 invoices* for 41 clients · 1 needs attention" in told


def test_what_was_booked_shows_what_was_read_back() -> None:
    """Totals, accounts, whether it ties, the way there, and who approved."""
    told = words(views.home(FULL, None, NOW)["blocks"])
    assert "Read back: $3,390.00, deposited to Chequing, ties to the cent" in told
    assert f"In QuickBooks: <{LINK}|Invoice 1044>, <{LINK}|Invoice 1045> under Tremblay, Amélie\n" in told
    assert "Asked by <@U0MARIA> · approved by <@U0BEN>" in told


def test_who_has_no_access_to_quickbooks_reads_number_and_customer() -> None:
    """So that a colleague can be told where it stands there."""
    plain = replace(DONE, documents=(("Invoice 1044", ""), ("Invoice 1045", "")))
    told = words(views.home(replace(FULL, done=(plain,)), None, NOW)["blocks"])
    assert "In QuickBooks: Invoice 1044, Invoice 1045 under Tremblay, Amélie\n" in told


def test_a_receipt_that_does_not_tie_says_so() -> None:
    """And how many of a sync are in."""
    odd = replace(
        DONE, booked=298, invoices=300, differing=1, totals=(cad("1.00"), usd("2.00")), documents=()
    )
    told = words(views.home(replace(FULL, done=(odd,)), None, NOW)["blocks"])
    assert "*298 of 300 invoices* for Amélie Tremblay" in told
    assert "$1.00 + US$2.00, deposited to Chequing, 1 to be checked" in told


def test_who_booked_it_alone_is_named_once() -> None:
    """No "approved by" themselves."""
    told = words(views.home(replace(FULL, done=(replace(DONE, approved_by="U0MARIA"),)), None, NOW)["blocks"])
    assert "approved by" not in told


ASKED = Asked("U0MARIA", NOW, 3, "Daniel Osei", (cad("3390.00"),), "C0APPROVE")


def test_what_waits_for_this_persons_yes_comes_first() -> None:
    """Who asks, for what, since when, and where it is decided; what is more than three is counted."""
    view = views.home(replace(FULL, to_decide=(ASKED,) * 5), None, NOW)
    told = [words(block) for block in view["blocks"]]
    assert "What needs you" == told[0]
    assert "*<@U0MARIA> asks for your approval* of 3 invoices for Daniel Osei ($3,390.00), asked" in told[1]
    assert "It is decided in <#C0APPROVE>." in told[1]
    assert "2 more requests wait for your approval." == told[4]


def test_a_rejection_says_who_why_and_leads_back() -> None:
    """Maria needn't search for it."""
    down = TurnedDown("U0BEN", NOW, 1, "Daniel Osei", "Wrong matter & <!channel>", "00002-Osei")
    view = views.home(replace(FULL, turned_down=(down,)), None, NOW)
    told = words(view["blocks"])
    assert "*<@U0BEN> rejected* 1 invoice for Daniel Osei" in told
    assert "Wrong matter &amp; &lt;!channel&gt;" in told
    assert "Sync Again" in told


def test_what_one_waits_for_is_told() -> None:
    """With where it stands, so that one can ask there."""
    told = words(views.home(replace(FULL, asked=(ASKED,)), None, NOW)["blocks"])
    assert "Your request for 3 invoices for Daniel Osei ($3,390.00), asked" in told
    assert "waits for approval in <#C0APPROVE>." in told
