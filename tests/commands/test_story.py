"""The main job, as people do it: an export goes in, entries in QuickBooks come out, all in Slack."""

from tests.commands.house import House, seen_message, seen_modal


def test_the_whole_story(house_on_either: House) -> None:
    """Connect, import, map, find the contact, preview, book: three invoices, read back to the cent."""
    house = house_on_either
    house.ready_to_sync()
    maria = house.maria
    maria.command("/qb-sync", "00002")
    seen_modal(maria, "We don't know yet who Daniel Osei is in QuickBooks (CAD).")
    maria.click("Find Contact")
    seen_modal(maria, "Same e-mail")
    maria.submit()
    seen_modal(maria, "In QuickBooks (CAD): *Daniel Osei*")
    maria.submit()
    preview = seen_message(maria, "Book 3 Invoices")
    assert "$2,330.00" in preview.words
    maria.click("Book 3 Invoices")
    result = seen_message(maria, "3 invoices booked in QuickBooks for Daniel Osei")
    assert preview.ts == result.ts
    assert "Read back: total $2,330.00, tax $195.00, balance $0.00, deposited to Chequing" in result.words
    assert "All of it is in the books" in result.words
    assert ["2260.00", "2330.00", "2825.00"] == sorted(
        f"{one['TotalAmt']:.2f}" for one in house.sandbox.books.entities("Invoice")
    )
    assert maria.modal() is None
