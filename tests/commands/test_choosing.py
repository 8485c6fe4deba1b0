"""Choosing among many, as Maria does it: pages, all or none, a filter, and a preview of exactly those."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.books.exports import Paid, three_files
from tests.commands.house import House, choose_contact, open_sync, seen_message, seen_modal

if TYPE_CHECKING:
    from pathlib import Path

CLIENT = "Amélie Tremblay"
MANY = 60


@pytest.fixture
def many_house(house: House, tmp_path: Path) -> House:
    """Sixty paid invoices of one client, each a cent dearer than the one before; the contact is known."""
    invoices = [
        Paid(
            f"INV-{2000 + n}", ((f"T-{n}", f"{113 + 113 * n / 100:.2f}", "e-Transfer"),), fee=f"{100 + n}.00"
        )
        for n in range(MANY)
    ]
    paths = []
    for each in three_files(invoices, CLIENT, "amelie.tremblay@example.ca"):
        (tmp_path / each.name).write_bytes(each.content)
        paths.append(tmp_path / each.name)
    house.connect()
    house.maria.command("/qb-import")
    seen_modal(house.maria, "The same file twice changes nothing.")
    house.maria.attach(paths)
    house.maria.submit()
    seen_message(house.maria, "Invoices.csv")
    house.maria.close()
    house.map_everything()
    open_sync(house, "Tremblay", "We don't know yet who")
    choose_contact(house)
    return house


def test_ticks_are_counted_at_once_and_kept_over_pages(many_house: House) -> None:
    """All are ticked to begin with; none after Clear; then exactly those that were ticked, on two pages."""
    maria = many_house.maria
    seen_modal(maria, "60 of 60 selected")
    maria.click("Clear")
    modal = seen_modal(maria, "0 of 60 selected · nothing")
    assert "1 to 50 of 60" in modal.words
    maria.tick("Invoices 1 to 10", "INV-2003 · $116.39")
    seen_modal(maria, "1 of 60 selected · $116.39")
    maria.click("Next Page")
    seen_modal(maria, "51 to 60 of 60")
    maria.tick("Invoices 51 to 60", "INV-2059 · $179.67")
    seen_modal(maria, "2 of 60 selected · $296.06")
    maria.click("Previous Page")
    assert "Preview 2 Invoices" == seen_modal(maria, "1 to 50 of 60").submit
    maria.submit()
    preview = seen_message(maria, f"Book 2 invoices for {CLIENT}?")
    assert "INV-2003" in preview.words
    assert "INV-2059" in preview.words
    assert "INV-2001" not in preview.words


def test_all_but_one_of_those_a_filter_lets_through(many_house: House) -> None:
    """Two numbers, one filter, one untick."""
    maria = many_house.maria
    seen_modal(maria, "60 of 60 selected")
    maria.click("Narrow")
    seen_modal(maria, "Amount from")
    maria.fill("narrow_least", "a lot")
    assert "Type an amount such as 1500" in str(maria.submit())
    maria.fill("narrow_least", "170")
    maria.submit()
    modal = seen_modal(maria, "selected")
    seen_modal(maria, "Shown of 60: from 170.00")
    maria.untick("Invoices 1 to 9", "INV-2059 · $179.67")
    modal = seen_modal(maria, "8 of 9 selected")
    assert "Preview 8 Invoices" == modal.submit
    maria.submit()
    preview = seen_message(maria, f"Book 8 invoices for {CLIENT}?")
    assert "INV-2059" not in preview.words


def test_everything_that_is_ready_can_be_chosen_from(many_house: House) -> None:
    """Whoever the client is; nothing is ticked until somebody ticks it."""
    maria = many_house.maria
    maria.close()
    maria.command("/qb-sync")
    seen_modal(maria, "Case or invoice number")
    maria.click("Choose Among All")
    modal = seen_modal(maria, "0 of 60 selected")
    assert "Every client" in modal.words
    maria.click("Select All 60")
    assert "Preview 60 Invoices" == seen_modal(maria, "60 of 60 selected").submit
