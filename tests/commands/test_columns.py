"""A column nobody knows: the file is taken in, who may is asked once, and the answer counts at once."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from commands.ids import Act
from db import audit, cases, columns_taught
from db.intake.meanings import Meaning
from db.records import Invoice
from tests.commands.forging import as_person, last_payload, post
from tests.commands.house import ASKS_FOR_FILES, House, firm_of, seen_message, seen_modal
from tests.intake.sheets import HOSTILE, INVOICES, comma

CASE = "00002-Osei"
PAID = date.today() - timedelta(days=3)  # noqa: DTZ011 - any day will do


@pytest.fixture
def with_columns(house: House, tmp_path: Path) -> House:
    """Maria dropped a file with three columns of the firm's own."""
    house.connect()
    bring(house, tmp_path, ("HST", "Fund", HOSTILE), ("195.00", "Pooled", "red"))
    return house


def bring(house: House, folder: Path, headers: tuple[str, ...], cells: tuple[str, ...]) -> None:
    """Maria imports one invoice with such columns, and sees the answer."""
    path = folder / "Invoices-export.csv"
    row = (CASE, "9001", PAID.isoformat(), PAID.isoformat(), "0", "1500.00", "0", "0", "Yes", *cells)
    path.write_text(comma([(*INVOICES, *headers), row]), encoding="utf-8")
    house.maria.command("/qb-import")
    seen_modal(house.maria, ASKS_FOR_FILES)
    house.maria.attach([path])
    house.maria.submit()
    seen_modal(house.maria, "Invoices-export.csv")
    seen_message(house.maria, "Invoices-export.csv")


def invoice(house: House) -> Invoice:
    """The invoice as it reads now."""
    with house.program.database.read() as session:
        return next(one for one in cases.all_invoices(session, firm_of(house)) if one.key.number == "9001")


def answer(house: House, header: str, meaning: Meaning) -> None:
    """Ben chooses what a column means in the list he has open."""
    house.idle()  # the list may be drawn anew
    modal = seen_modal(house.ben, header)
    controls = (one for one in modal.blocks if header in str(one.get("text")))
    house.ben.click(f"{next(controls)['block_id']}")
    seen_modal(house.ben, "What does this column mean?")
    house.ben.choose(Act.COLUMN_MEANING, meaning)
    house.ben.submit()


def test_the_importer_is_not_asked_and_the_approver_is(with_columns: House) -> None:
    """Maria reads to whom it went; Ben gets one message with the way there."""
    told = with_columns.maria.messages()[-1].words
    assert "3 questions went to <@U0BEN>: what “HST”, “Fund”, “&lt;!channel&gt;" in told
    asked = seen_message(with_columns.ben, "asks you to explain 3 columns of CaseEasy's exports")
    assert "Open Columns" in asked.words


def test_a_tax_is_explained_once_and_counts_at_once(with_columns: House) -> None:
    """Which tax, from QuickBooks' own codes; the rows that are here mean it from then on; Maria hears."""
    house = with_columns
    seen_message(house.ben, "asks you to explain 3 columns")
    house.ben.click("Open Columns")
    answer(house, "HST", Meaning.TAX)
    seen_modal(house.ben, "is a tax. Which one?")
    house.ben.choose(Act.COLUMN_TAX, "HST ON (13 %)", search="hst")
    house.ben.submit()
    seen_modal(house.ben, "HST: a tax: HST ON (13 %).")
    seen_modal(house.ben, "2 columns still need an answer.")
    (tax,) = invoice(house).stated.taxes
    assert ("HST ON", "13", "195.00") == (tax.name, str(tax.percent), str(tax.amount.amount))
    house.ben.close()
    answer(house, "Fund", Meaning.FUND)
    seen_modal(house.ben, "What does each of its values mean?")
    house.ben.choose(Act.COLUMN_VALUE, "Client money (trust)")
    house.ben.submit()
    seen_modal(house.ben, "Fund: a fund: “pooled” is client money.")
    assert "Fund: Pooled" == invoice(house).stated.trust
    house.ben.close()
    answer(house, "channel", Meaning.IGNORE)
    seen_modal(house.ben, "nothing for the books, ignored.")
    seen_message(house.maria, "<@U0BEN> explained 3 columns of CaseEasy's exports")
    with house.program.database.read() as session:
        lines = [one for one in audit.lines(session, firm_of(house)) if one.verb == "question.answered"]
    assert ["U0BEN"] * 3 == [one.actor for one in lines]


def test_who_imports_later_hears_the_answer_too(house: House, tmp_path: Path) -> None:
    """Alice was asked at her own import; Maria's asks nobody again, and she hears that it is answered."""
    house.connect()
    path = tmp_path / "Invoices-export.csv"
    for person, cells in ((house.alice, "red"), (house.maria, "blue")):
        row = (CASE, "9001", PAID.isoformat(), PAID.isoformat(), "0", "1500.00", "0", "0", "Yes", cells)
        path.write_text(comma([(*INVOICES, "Colour"), row]), encoding="utf-8")
        person.command("/qb-import")
        seen_modal(person, ASKS_FOR_FILES)
        person.attach([path])
        person.submit()
        seen_message(person, "Invoices-export.csv")
        person.close()
    house.idle()
    assert [] == [one for one in house.ben.messages() if "asks you to explain" in one.words]
    house.ben.command("/qb-mapping")
    seen_modal(house.ben, "Columns of your exports")
    house.ben.click(Act.OPEN_COLUMNS)
    answer(house, "Colour", Meaning.IGNORE)
    seen_message(house.maria, "<@U0BEN> explained “Colour” of CaseEasy's exports")


def test_an_answer_can_be_changed_and_both_are_kept(with_columns: House) -> None:
    """From the mapping too; the question shows what was said before."""
    house = with_columns
    house.ben.command("/qb-mapping")
    seen_modal(house.ben, "3 columns beside CaseEasy's own, 3 need an answer")
    house.ben.click("Open Columns")
    answer(house, "HST", Meaning.TOTAL)
    seen_modal(house.ben, "HST: the invoice's total.")
    house.ben.close()
    answer(house, "HST", Meaning.DESCRIPTION)
    seen_modal(house.ben, "HST: a description.")
    house.ben.close()
    modal = seen_modal(house.ben, "A description · <@U0BEN>")
    assert "2 columns need an answer" in modal.words
    assert "195.00" == invoice(house).stated.description


def test_staff_may_look_and_not_answer(with_columns: House) -> None:
    """Not even by a forged submission; the refusal names who may."""
    house = with_columns
    house.maria.close()
    house.maria.command("/qb-mapping")
    seen_modal(house.maria, "Columns of your exports")
    house.maria.click("Open Columns")
    assert "Change Answer" not in seen_modal(house.maria, "*HST*").words
    house.ben.click("Open Columns")
    answer(house, "HST", Meaning.IGNORE)
    seen_modal(house.ben, "ignored.")
    payload = as_person(last_payload(house, "view_submission"), "U0MARIA")
    payload["view"]["state"]["values"]["meaning"]["column_meaning"]["selected_option"]["value"] = "total"
    refused = str(post(house, payload).json()["view"])
    assert "Only an admin or approver may say what a column means." in refused
    with house.program.database.read() as session:
        every = columns_taught.all_columns(session, firm_of(house))
    means = next(one.taught for one in every if one.column.header == "HST")
    assert means is not None
    assert Meaning.IGNORE is means.meaning


def test_a_status_with_too_many_values_is_refused_on_the_screen(house: House, tmp_path: Path) -> None:
    """Nobody explains thousands of values one by one."""
    house.connect()
    path = tmp_path / "Invoices-export.csv"
    rows = [
        (CASE, f"9{n}", PAID.isoformat(), PAID.isoformat(), "0", "1500.00", "0", "0", "Yes", f"note {n}")
        for n in range(30)
    ]
    path.write_text(comma([(*INVOICES, "Note"), *rows]), encoding="utf-8")
    house.ben.command("/qb-import")
    seen_modal(house.ben, ASKS_FOR_FILES)
    house.ben.attach([path])
    house.ben.submit()
    seen_modal(house.ben, "1 question for you: say what “Note” means.")
    house.ben.click("Answer Questions")
    seen_modal(house.ben, "*Note*")
    house.ben.click("Answer")
    seen_modal(house.ben, "What does this column mean?")
    house.ben.choose(Act.COLUMN_MEANING, Meaning.STATUS)
    errors = house.ben.submit().errors
    assert {"meaning": "It has more than 12 different values, too many to explain one by one."} == errors
    house.ben.choose(Act.COLUMN_MEANING, Meaning.DESCRIPTION)
    house.ben.submit()
    seen_modal(house.ben, "Note: a description.")
