"""What the exports leave open of cases goes to who may answer, once, and the invoices follow the answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from commands.ids import Act
from db import cases
from db.records import Doubt
from tests.commands.forging import as_person, last_payload, post
from tests.commands.house import ASKS_FOR_FILES, House, firm_of, seen_message, seen_modal
from tests.intake.sheets import CLIENTS, INVOICES, comma

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from db.records import Invoice
    from tests.intake.sheets import Rows

CASE = "00077-Garcia"
PAID = date.today() - timedelta(days=3)  # noqa: DTZ011 - any day will do
LISTING = [
    CLIENTS,
    (CASE, "G-1", "Jose Garcia", "jose@example.com", "", "", "Dollars"),
    (CASE, "G-2", "<!channel> & <https://evil|Approve>", "", "", "", "Dollars"),
]
BILL = (CASE, "9001", PAID.isoformat(), PAID.isoformat(), "0", "1500.00", "0", "0", "Yes")


def bring(
    house: House, folder: Path, listing: Rows = LISTING, bills: Sequence[Sequence[object]] = (BILL,)
) -> None:
    """Maria imports a listing in which two share a case, in a currency nobody knows, and its invoice."""
    files: dict[str, Rows] = {"Client Listing-export.csv": listing, "Invoices-export.csv": [INVOICES, *bills]}
    for name, rows in files.items():
        (folder / name).write_text(comma(rows), encoding="utf-8")
    house.maria.command("/qb-import")
    seen_modal(house.maria, ASKS_FOR_FILES)
    house.maria.attach([folder / name for name in files])
    house.maria.submit()
    seen_message(house.maria, "Invoices-export.csv")


def invoice(house: House, number: str = "9001") -> Invoice:
    """The invoice as it reads now."""
    with house.program.database.read() as session:
        every = cases.all_invoices(session, firm_of(house))
    (found,) = (one for one in every if one.key.number == number)
    return found


def open_question(house: House, about: str) -> None:
    """Ben opens the question in the list he has open."""
    house.idle()
    modal = seen_modal(house.ben, about)
    (block,) = (one for one in modal.blocks if about in str(one.get("text")))
    house.ben.click(str(block["block_id"]))


def test_both_go_to_ben_and_his_answers_count(house: House, tmp_path: Path) -> None:
    """Maria reads to whom they went; Ben says whose it is and which currency; Maria hears of it."""
    house.connect()
    bring(house, tmp_path)
    told = house.maria.messages()[-1].words
    assert "2 questions went to <@U0BEN>: whose case 00077-Garcia is, which currency “dollars” is." in told
    seen_message(house.ben, "asks you to explain 2 questions of CaseEasy's exports")
    house.ben.click("Open Columns")
    open_question(house, "00077-Garcia, shared by 2 clients")
    seen_modal(house.ben, "Whose invoices are they?")
    house.ben.choose(Act.MATTER_CLIENT, "<!channel> & <https://evil|Approve> (G-2)")
    house.ben.submit()
    seen_modal(house.ben, "1 question still needs an answer.")
    assert "G-2" == invoice(house).key.client
    house.ben.close()
    open_question(house, "“dollars”")
    seen_modal(house.ben, "We never assume a currency.")
    house.ben.fill(Act.MATTER_OTHER, "doll")
    assert {
        "other_currency": "This isn't a currency's code. Such as CAD, USD or EUR."
    } == house.ben.submit().errors
    house.ben.fill(Act.MATTER_OTHER, "usd")
    house.ben.submit()
    seen_modal(house.ben, "it is USD.")
    assert ("G-2", "USD", ()) == (
        invoice(house).key.client,
        invoice(house).case.currency,
        invoice(house).doubts,
    )
    seen_message(house.maria, "<@U0BEN> explained 2 questions of CaseEasy's exports")


def test_two_clients_of_one_identifier_are_held_until_ben_says(house: House, tmp_path: Path) -> None:
    """Neither is booked to the other's contact; that they are one client is Ben's to say, of just these."""
    house.connect()
    listing = [
        CLIENTS,
        (CASE, "-777", "Jose Garcia", "jose@example.com", "", "", "CAD"),
        ("00078-Cedar", "-777", "<!channel> & <https://evil|Approve>", "", "", "", "CAD"),
    ]
    bring(house, tmp_path, listing)
    assert "1 question went to <@U0BEN>: whether -777 is one client." in house.maria.messages()[-1].words
    assert (Doubt.SHARED_CLIENT,) == invoice(house).doubts
    seen_message(house.ben, "asks you to explain 1 question of CaseEasy's exports")
    house.ben.click("Open Columns")
    open_question(house, "Client -777, 2 different entries")
    seen_modal(house.ben, "Are they one client?")
    house.ben.choose(Act.MATTER_CLIENT, "Yes, they are one client")
    house.ben.submit()
    seen_modal(house.ben, "they are one client.")
    assert () == invoice(house).doubts


def test_what_is_no_longer_exported_is_bens_to_judge(house: House, tmp_path: Path) -> None:
    """Maria reads what is missing; its invoice is held until Ben says that it counts all the same."""
    house.connect()
    listing = [CLIENTS, (CASE, "G-1", "Jose Garcia", "jose@example.com", "", "", "CAD")]
    rows = [(CASE, number, *BILL[2:]) for number in ("9001", "9002", "9003")]
    bring(house, tmp_path, listing, rows)
    seen_message(house.maria, "Imported 4 new rows")
    path = tmp_path / "Invoices-export.csv"
    path.write_text(comma([INVOICES, rows[0], rows[2]]), encoding="utf-8")
    house.maria.say("", files=[path])
    told = seen_message(house.maria, "No longer in CaseEasy's newest export").words
    assert (
        "older and newer ones are: invoice 9002 of case 00077-Garcia. What isn't booked of it is held" in told
    )
    assert (Doubt.NO_LONGER_EXPORTED,) == invoice(house, "9002").doubts
    seen_message(house.ben, "asks you to explain 1 question of CaseEasy's exports")
    house.ben.click("Open Columns")
    open_question(house, "Invoice 9002 of case 00077-Garcia, no longer exported")
    seen_modal(house.ben, "Does it still count?")
    house.ben.choose(Act.MATTER_CLIENT, "It still counts")
    house.ben.submit()
    seen_modal(house.ben, "no longer exported: it still counts.")
    assert () == invoice(house, "9002").doubts


def test_staff_may_look_and_not_answer(house: House, tmp_path: Path) -> None:
    """Not even by a forged submission, which names who may."""
    house.connect()
    bring(house, tmp_path)
    house.maria.close()
    house.ben.command("/qb-mapping")
    seen_modal(house.ben, "2 questions about cases")
    house.ben.click("Open Columns")
    open_question(house, "00077-Garcia, shared by 2 clients")
    seen_modal(house.ben, "Whose invoices are they?")
    house.ben.choose(Act.MATTER_CLIENT, "held")
    house.ben.submit()
    seen_modal(house.ben, "kept held, as nobody can say.")
    payload = as_person(last_payload(house, "view_submission"), "U0MARIA")
    payload["view"]["state"]["values"]["whose"]["matter_client"]["selected_option"]["value"] = "0"
    refused = str(post(house, payload).json()["view"])
    assert "Only an admin or approver may say whose a case is or which currency." in refused
    house.maria.command("/qb-mapping")
    seen_modal(house.maria, "2 questions about cases")
    house.maria.click("Open Columns")
    told = seen_modal(house.maria, "00077-Garcia, shared by 2 clients").words
    assert "Kept held, as nobody can say · <@U0BEN>" in told
    assert "Change Answer" not in told


def test_an_answer_to_another_question_counts_for_nothing(house: House, tmp_path: Path) -> None:
    """While Ben thought about two, a third joined the case."""
    house.connect()
    bring(house, tmp_path)
    seen_message(house.ben, "asks you to explain 2 questions")
    house.ben.click("Open Columns")
    open_question(house, "00077-Garcia, shared by 2 clients")
    seen_modal(house.ben, "Whose invoices are they?")
    joined = [*LISTING, (CASE, "G-3", "Ana Garcia", "", "", "", "Dollars")]
    path = tmp_path / "Client Listing-export.csv"
    path.write_text(comma(joined), encoding="utf-8")
    house.maria.say("", files=[path])
    house.idle()
    house.ben.choose(Act.MATTER_CLIENT, "Jose Garcia (G-1, jose@example.com)")
    house.ben.submit()
    seen_modal(house.ben, "The newest exports have changed what is asked here.")
    assert (Doubt.SHARED_CASE, Doubt.NO_CURRENCY) == invoice(house).doubts
