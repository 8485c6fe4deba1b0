"""From how things stand to every invoice behind a number, and from each to its sync."""

import re

import pytest

from commands.ids import Act
from tests.commands.forging import clicking, last_payload, post
from tests.commands.house import House, seen_modal


def test_every_held_invoice_can_be_listed_and_synced(office: House) -> None:
    """Show All opens the list on top; Sync beside an invoice opens its case; closing leads back."""
    office.maria.command("/qb")
    seen_modal(office.maria, "Paid, not yet in QuickBooks")
    office.maria.click("Show All")
    listed = seen_modal(office.maria, "Nobody has said yet who these clients are")
    (first, *_) = re.findall(r"\*\S+\* · (.+) · \S+ · paid \d+ \w+ \d{4}\nCase (\S+)", listed.words)
    office.maria.click("Sync")
    assert f"Case {first[1]}" in seen_modal(office.maria, f"We don't know yet who {first[0]} is").words
    office.maria.close()
    seen_modal(office.maria, "Nobody has said yet who these clients are")


def test_every_reason_can_be_listed(office: House) -> None:
    """What the button behind the tail of the reasons opens: each reason, and from there its invoices."""
    office.maria.command("/qb")
    seen_modal(office.maria, "Paid, not yet in QuickBooks")
    office.maria.click("Show All")
    seen_modal(office.maria, "Nobody has said yet who these clients are")
    office.maria.click("Sync")
    seen_modal(office.maria, "We don't know yet who")
    office.maria.close()
    pressed = last_payload(office, "block_actions")
    assert 200 == post(office, clicking(pressed, f"{Act.LIST_PAGE_}0", "reasons")).status_code
    listed = seen_modal(office.maria, "held, the largest groups first")
    assert "*Refunds and credits*: 1 invoice · $2,260.00" in listed.words
    last = listed.blocks[-1]
    office.maria.click(f"{last['block_id']}/{Act.OPEN_LISTING}")
    seen_modal(office.maria, "\nCase ")


@pytest.mark.parametrize("words", ["help", "Help", "?"])
def test_help_is_on_the_overview(office: House, words: str) -> None:
    """Nobody is called help."""
    office.maria.command("/qb", words)
    assert "take in CaseEasy's exports" in seen_modal(office.maria, "Paid, not yet in QuickBooks").words
