"""The demo's second office: days asked about, a column taught, a rate of three provinces, booked."""

from __future__ import annotations

from commands.ids import Act
from db.intake.meanings import Meaning
from tests.commands.house import House, add_contact, booked, open_sync, preview_of, seen_message, seen_modal
from tests.commands.test_columns import answer

OFFICE = "Moncton"
LISTING, INVOICES, PAYMENTS = (
    f"{OFFICE} {report}.csv" for report in ("Client Listing", "Invoices", "Payments")
)


def test_the_second_office_is_asked_about_what_nobody_can_know(house: House) -> None:
    """Day or month first, once a file; TVH and the province of Ben; 1,150.00 and 690.00 come to the cent."""
    house.connect()
    house.import_samples(LISTING)
    house.import_samples(INVOICES, PAYMENTS)
    for file in (INVOICES, PAYMENTS):
        house.maria.click("Read Day First", seen_message(house.maria, f"{file} waits for your answer"))
        seen_message(house.maria, f"{file}")
    seen_message(house.maria, "1 question went to <@U0BEN>: what “TVH”")
    house.ben.click("Open Columns", seen_message(house.ben, "asks you to explain “TVH”"))
    answer(house, "TVH", Meaning.TAX)
    seen_modal(house.ben, "is a tax. Which one?")
    house.ben.choose(Act.COLUMN_TAX, "HST NB (15 %)", search="nb")
    house.ben.submit()
    seen_modal(house.ben, "TVH: a tax: HST NB (15 %).")
    house.ben.close()
    house.ben.command("/qb-mapping")
    seen_modal(house.ben, "15 % can be New Brunswick, Newfoundland and Labrador or Prince Edward Island")
    house.ben.choose("tax:fee@15/map_choose", "It depends on the client's province")
    house.ben.submit()
    seen_modal(house.ben, "Province of Luc Cormier")
    house.ben.choose("place:C-10101/map_choose", "New Brunswick")
    house.ben.submit()
    seen_modal(house.ben, "Fees with 15 % tax in New Brunswick")
    house.ben.close()
    house.map_everything()
    open_sync(house, "Cormier", "We don't know yet who")
    add_contact(house)
    preview_of(house, "Luc Cormier")
    told = booked(house, "Luc Cormier", 2).words
    assert "Read back: total $1,150.00, tax $150.00, balance $0.00, deposited to Chequing" in told
    assert "Read back: total $690.00, tax $90.00, balance $0.00, deposited to Chequing" in told
