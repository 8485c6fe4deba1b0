"""From how things stand to every invoice behind a number, and from each to its sync."""

import re

import pytest

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


@pytest.mark.parametrize("words", ["help", "Help", "?"])
def test_help_is_on_the_overview(office: House, words: str) -> None:
    """Nobody is called help."""
    office.maria.command("/qb", words)
    assert "take in CaseEasy's exports" in seen_modal(office.maria, "Paid, not yet in QuickBooks").words
