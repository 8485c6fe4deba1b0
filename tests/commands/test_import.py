"""`/qb-import` and what follows: counts, a wrong file, the same file again, nothing lost."""

from datetime import UTC, datetime

from tests.commands.house import ASKS_FOR_FILES, House, modal_words, seen_message, seen_modal


def test_the_answer_counts_and_names_what_it_does_not_know(house: House) -> None:
    """Each report with its rows, the unreadable ones with row, column and reason."""
    told = house.import_samples().words
    assert "*Invoices* · Invoices-export-" in told
    assert "0 changed, 0 unchanged" in told
    assert "Invoice 1024, case 00021-Yilmaz (row 25), Taxable Amount: “see note” isn't an amount." in told


def test_the_same_files_again_change_nothing(house: House) -> None:
    """The second answer says so, and that is all."""
    house.import_samples()
    again = house.import_samples()
    assert again.words.startswith("Nothing new: the records are as they were")


def test_a_wrong_file_is_refused_with_its_sentence(house: House) -> None:
    """The records stay as they were."""
    told = house.import_samples("Holiday rota.xlsx").words
    assert "Nothing was imported; the records are as they were" in told
    assert "Holiday rota.xlsx* was not taken. " in told


def test_the_answer_stands_in_the_screen_too(house: House) -> None:
    """Whoever waits there needn't look elsewhere; the next step is a button."""
    house.maria.command("/qb-import")
    seen_modal(house.maria, ASKS_FOR_FILES)
    house.maria.attach_samples([f"Invoices-export-{datetime.now(UTC).date()}.xlsx"])
    house.maria.submit()
    seen_modal(house.maria, "0 unchanged")
    assert "Review Mapping" in modal_words(house.maria)


def test_a_redelivered_submission_imports_once(house: House) -> None:
    """One answer, however often Slack sends it."""
    house.maria.command("/qb-import")
    seen_modal(house.maria, ASKS_FOR_FILES)
    house.maria.attach_samples([f"Invoices-export-{datetime.now(UTC).date()}.xlsx"])
    submitted = house.maria.submit()
    seen_message(house.maria, "0 unchanged")
    assert 200 == house.hands.redeliver(submitted.delivery)
    house.idle()
    assert 1 == len(house.maria.messages())


def test_no_file_is_no_import(house: House) -> None:
    """The field says what is missing."""
    house.maria.command("/qb-import")
    seen_modal(house.maria, ASKS_FOR_FILES)
    assert not house.maria.submit().ok
    assert "Import from CaseEasy" in modal_words(house.maria)
