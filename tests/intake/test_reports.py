"""A report is known by its headers alone; what it isn't, or lacks, is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.intake.forms import FORMS, Report
from db.intake.reports import Detected, Refused, detect
from tests.intake.sheets import CLIENTS, INVOICES, PAYMENTS

FULL = {form.title: form.columns for form in FORMS}


def sentence(*header: str) -> str:
    """Why a file with these headers is left alone."""
    refused = detect(header)
    assert isinstance(refused, Refused)
    return refused.sentence


@pytest.mark.parametrize(
    ("header", "report"),
    [
        (FULL["Invoices"], Report.INVOICES),
        (FULL["Payments"], Report.PAYMENTS),
        (FULL["Client Listing"], Report.CLIENTS),
        (CLIENTS, Report.CLIENTS),
        (tuple(reversed(INVOICES)), Report.INVOICES),
        (tuple(f"  {name.upper()} " for name in PAYMENTS), Report.PAYMENTS),
        (tuple(name.replace(" ", "") for name in INVOICES), Report.INVOICES),
        ((*INVOICES, "Created"), Report.INVOICES),
        (tuple(name for name in INVOICES if name not in {"Read", "Invoice Date"}), Report.INVOICES),
    ],
)
def test_a_report_is_known_by_its_headers(header: tuple[str, ...], report: Report) -> None:
    """In any order, case and spacing, with columns left out that we can do without."""
    detected = detect(header)

    assert isinstance(detected, Detected)
    assert report == detected.report
    assert () == tuple(name for name in detected.unknown if name != "Created")


def test_each_column_is_found_where_it_stands() -> None:
    """By our name for it, with the headers we don't know kept under theirs."""
    detected = detect(["amount", "Teller", "Payment Date", "", "NUMBER", "Transaction Number", "Case Number",
                       "Method", "Teller"])  # fmt: skip

    assert isinstance(detected, Detected)
    assert (
        (0, "Amount"),
        (2, "Payment Date"),
        (4, "Number"),
        (5, "Transaction Number"),
        (6, "Case Number"),
        (7, "Method"),
        (1, "Teller"),
        (8, "Teller (9)"),
    ) == detected.columns
    assert ("Teller", "Teller") == detected.unknown


@pytest.mark.parametrize("title", [form.title for form in FORMS if form.report is None])
def test_reports_we_do_not_use_are_named_and_set_aside(title: str) -> None:
    """The person learns that we know the report and why it isn't taken."""
    refused = detect(FULL[title])

    assert isinstance(refused, Refused)
    assert title == refused.title
    assert refused.sentence.startswith(f"This is CaseEasy's {title} report. ")
    assert refused.sentence.endswith(" Nothing was taken from it.")


def test_payment_requests_are_never_taken_for_invoices() -> None:
    """Paid Date is what tells invoices."""
    assert (
        "This is CaseEasy's Payment Requests report. Payment requests aren't invoices: nothing of them "
        "belongs in the books. Import Invoices instead. Nothing was taken from it."
    ) == sentence(*FULL["Payment Requests"])


def test_without_the_columns_that_tell_two_reports_apart_we_ask() -> None:
    """Neither is assumed."""
    assert (
        "This could be CaseEasy's Invoices or Payment Requests report: its columns fit both. "
        "Tick all columns in CaseEasy and export again. Nothing was taken from it."
    ) == sentence("Case Number", "Number", "Invoice Date", "Taxable Amount", "Tax Exempt Amount", "Expense")


def test_a_column_we_need_is_named_when_it_is_missing() -> None:
    """An amount column left out would read as nothing, so the file isn't taken."""
    assert (
        "This is CaseEasy's Invoices report without the column “Expense”. "
        "Tick it in CaseEasy and export again. Nothing was taken from it."
    ) == sentence(*(name for name in INVOICES if name != "Expense"))
    assert (
        "This is CaseEasy's Invoices report without the columns “Paid Date” and “Expense”. "
        "Tick them in CaseEasy and export again. Nothing was taken from it."
    ) == sentence(*(name for name in INVOICES if name not in {"Expense", "Paid Date"}))
    assert (
        "This is CaseEasy's Payments report without the column “Transaction Number”. "
        "Tick it in CaseEasy and export again. Nothing was taken from it."
    ) == sentence(*(name for name in PAYMENTS if name != "Transaction Number"))


def test_a_column_that_is_there_twice_is_refused() -> None:
    """Nobody could say which of the two amounts counts."""
    assert (
        "This Payments report has the column “Amount” twice, so we can't tell which one counts. "
        "Export it from CaseEasy again. Nothing was taken from it."
    ) == sentence(*PAYMENTS, "amount")


def test_another_file_is_told_by_its_own_headers() -> None:
    """The person sees which file they sent."""
    assert (
        "This isn't one of CaseEasy's reports we know: its first row reads “Name” and “Monday”. "
        "We take Invoices, Payments and Client Listing. Nothing was taken from it."
    ) == sentence("Name", "Monday")


@given(st.lists(st.sampled_from(sorted({name for names in FULL.values() for name in names})), unique=True))
def test_any_choice_of_known_headers_has_an_answer(header: list[str]) -> None:
    """A report with all it needs, or a sentence."""
    detected = detect(header)

    if isinstance(detected, Detected):
        assert set(detected.form.needed) <= set(header)
        assert not detected.form.never & set(header)
    else:
        assert detected.sentence.endswith("Nothing was taken from it.")


@given(st.lists(st.one_of(st.text(max_size=20), st.floats(), st.dates()), max_size=12))
def test_any_header_has_an_answer(header: list[str]) -> None:
    """Nothing crashes."""
    assert isinstance(detect(header), Detected | Refused)
