"""The screens of client money and of the go-live date: what is said, what is asked, and what Slack takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from commands.views import banking, going_live, trust
from commands.views.going_live import Change
from commands.views.trust import TrustInvoice, TrustScreen
from db.chosen import Banking, FirmSettings
from tests.views.cast import CHANNEL, LONG, NAMES, NOW, cad, usd
from tests.views.golden import same_as_kept
from tests.views.limits import check_message, check_modal, words

SAID = FirmSettings(banking=Banking.UNEARNED, banking_by="U0ALICE", banking_at=NOW, trust_approver="U0BEN")
PAID = TrustInvoice("a" * 64, "INV-1014", "Priya Sharma", cad("3000.00"), date(2026, 10, 9))


def screen(
    *invoices: TrustInvoice, is_second: bool = False, others: int = 0, approved: int = 0
) -> TrustScreen:
    """What somebody sees of client money."""
    return TrustScreen("U0BEN", is_second, invoices, others, approved)


def test_the_banking_page_looks_as_agreed() -> None:
    """Three ways, each explained; who said it and when; the second person."""
    same_as_kept("banking", banking.page(SAID, "V1"))


@pytest.mark.parametrize("way", Banking)
def test_slack_takes_the_banking_page(way: Banking) -> None:
    """Said or not, and after it was said."""
    chosen = replace(SAID, banking=way)
    check_modal(banking.page(chosen, ""))
    check_modal(banking.saved(chosen))


def test_what_was_said_is_one_line() -> None:
    """With who approves; nobody named, nothing said: plainly so."""
    assert "Only what isn't earned yet goes to trust · approves what touches it: <@U0BEN>" == banking.summary(
        SAID
    )
    assert banking.summary(replace(SAID, trust_approver="")).endswith("*nobody yet*")
    assert "The firm holds no client money" == banking.summary(replace(SAID, banking=Banking.NONE))
    assert banking.summary(FirmSettings()).startswith("*Nobody has said yet.*")


def test_the_mapping_is_next_for_a_firm_that_holds_client_money() -> None:
    """It says which trust account; a firm that holds none is done."""
    assert "Review Mapping" in words(banking.saved(SAID))
    assert "Review Mapping" not in words(banking.saved(replace(SAID, banking=Banking.NONE)))


def test_the_go_live_page_looks_as_agreed() -> None:
    """A day or everything, and what it would change."""
    change = Change(old=12, ready=7, more=3, waiting=2, fewer=1)
    same_as_kept("going_live", going_live.page(date(2026, 10, 1), change, "V1", everything=False))
    check_modal(going_live.page(date(2026, 10, 1), change, "V1", everything=False))
    check_modal(going_live.page(None, None, "", everything=True))


def test_a_day_that_is_yet_to_come_is_asked_about() -> None:
    """Before it is saved, on the page itself."""
    page = going_live.page(date(2026, 10, 1), None, "", everything=False, ahead=True)
    check_modal(page)
    assert "1 Oct 2026 is yet to come: until then nothing is booked" in words(page["blocks"])


def test_what_a_day_would_change_is_said() -> None:
    """Counts, nothing of what doesn't change."""
    assert (
        "From 1 Oct 2026 on: 7 invoices ready, 12 older ones taken as in the books already. "
        "3 invoices would become ready."
    ) == going_live.told(date(2026, 10, 1), Change(12, 7, more=3))
    assert (
        "Everything: 7 invoices ready. 1 invoice would wait for a contact, the mapping or a person. "
        "2 invoices would no longer be ready."
    ) == going_live.told(None, Change(0, 7, waiting=1, fewer=2))
    assert "Everything: 0 invoices ready, 41 more once their contact is found." == going_live.told(
        None, Change(0, 0, unfound=41)
    )


def test_since_when_is_one_line() -> None:
    """Not said, everything, or a day."""
    assert going_live.summary(FirmSettings()).startswith("*Nobody has said yet.*")
    everything = FirmSettings(go_live_said=True)
    assert "Everything is booked from the beginning" == going_live.summary(everything)
    since = replace(everything, go_live=date(2026, 10, 1))
    assert "Invoices paid before 1 Oct 2026 are taken as in the books already" == going_live.summary(since)
    check_modal(going_live.saved(since))


def test_the_trust_screen_looks_as_agreed() -> None:
    """The second person approves; the others ask."""
    same_as_kept("trust_asking", trust.screen(screen(PAID, others=1, approved=2), "draft-1"))
    same_as_kept("trust_approving", trust.screen(screen(PAID, is_second=True), "draft-1"))


@pytest.mark.parametrize("name", NAMES)
def test_slack_takes_a_full_trust_screen(name: str) -> None:
    """More invoices than fit, with the longest names; and the messages about them."""
    invoices = tuple(
        replace(PAID, id=f"{n:064}", number=f"{n} {name}", client_name=name, received=usd("9999999.99"))
        for n in range(70)
    )
    shown = trust.screen(screen(*invoices, others=3, approved=1), "draft-1")
    check_modal(shown)
    assert "40 more come after these." in words(shown)
    check_message(trust.asked("U0MARIA", invoices, (cad("1.00"), usd("2.00"))))
    check_message(trust.approved("U0BEN", invoices))


def test_with_nothing_to_tick_there_is_no_button() -> None:
    """It says how it stands."""
    shown = trust.screen(screen(), "draft-1")
    assert "submit" not in shown
    assert "Nothing touches client money right now." in words(shown)
    check_modal(shown)


def test_what_was_asked_and_approved_is_said() -> None:
    """And that it stays held; whoever was too late hears that too."""
    assert "1 invoice: <@U0BEN> was asked by direct message." in words(trust.done(1, "U0BEN", approved=False))
    told = words(trust.done(2, "U0BEN", approved=True))
    assert "2 invoices approved." in told
    assert "It stays held" in told
    assert "Nothing was changed" in words(trust.done(0, "U0BEN", approved=True))


def test_names_from_outside_stay_names() -> None:
    """In the direct message too."""
    told = trust.asked("U0MARIA", [replace(PAID, client_name=CHANNEL, number=LONG)], (cad("1.00"),))
    assert "<!channel>" not in told.text
    check_message(told)
