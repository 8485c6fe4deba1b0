"""Reports of CaseEasy that we don't take in: each is named, and the one to send instead is said."""

from itertools import combinations

import pytest

from db.intake.forms import FORMS
from db.intake.reports import Refused, detect
from db.intake.stage import IncomingFile
from tests.intake.conftest import Importing
from tests.intake.sheets import comma, xlsx

ASIDE = {
    "Payment Requests": "Payment requests aren't invoices: nothing of them belongs in the books. "
    "Import Invoices instead.",
    "Receipts": "It lists the receipts clients were given, without the transactions behind them. "
    "Import Payments instead.",
    "Account Receivables": "It lists what clients still owe, and only paid invoices go into the books. "
    "Import Invoices and Payments instead.",
    "Retainer Balances": "It lists what is left of each retainer, not the money that came in. "
    "Import Invoices, Payments and Client Listing instead.",
    "Trust Balances": "It lists what is held in trust for each client, and nothing of it is booked. "
    "Import Invoices, Payments and Client Listing instead.",
    "Trust Account Entries": "It lists what moved in and out of trust, and nothing of it is booked. "
    "Import Invoices, Payments and Client Listing instead.",
    "Contacts": "It lists people without their cases and currencies. Import Client Listing instead.",
    "Cases": "It lists cases without the currency of their money. Import Client Listing instead.",
}
COLUMNS = {form.title: form.columns for form in FORMS}


@pytest.mark.parametrize("title", ASIDE)
@pytest.mark.parametrize("name", ["Invoices-export-2026-11-20.xlsx", "x", "Client Listing.csv"])
def test_a_report_we_do_not_use_is_named_whatever_its_file_is_called(
    take: Importing, title: str, name: str
) -> None:
    """Its headers tell it; the sentence tells what it lists and which report has what we need."""
    rows = [COLUMNS[title], tuple("1" for _ in COLUMNS[title])]
    content = comma(rows, ";").encode("utf-16") if name.endswith("csv") else xlsx(rows)
    result = take(IncomingFile(name, content))

    assert (title, f"This is CaseEasy's {title} report. {ASIDE[title]} Nothing was taken from it.") == (
        result.files[0].report,
        result.files[0].refused,
    )
    assert None is result.import_id


@pytest.mark.parametrize("title", ASIDE)
def test_a_report_with_any_column_unticked_is_still_one_of_caseeasys(title: str) -> None:
    """Its own name, or both that it could be; never an unknown file, never one we take in."""
    for left_out in COLUMNS[title]:
        refused = detect([name for name in COLUMNS[title] if name != left_out])
        assert isinstance(refused, Refused)
        assert refused.known, left_out
        assert title in refused.sentence, left_out


@pytest.mark.parametrize("title", ASIDE)
def test_what_unticking_most_columns_left_is_still_not_unknown(title: str) -> None:
    """A column that no other report has, beside one more, is enough."""
    others = {name for form in FORMS if form.title != title for name in form.columns}
    own = [name for name in COLUMNS[title] if name not in others]
    for few in (pair for pair in combinations(COLUMNS[title], 2) if set(own) & set(pair)):
        refused = detect(few)
        assert isinstance(refused, Refused)
        assert refused.known, few


def test_columns_of_its_own_do_not_make_a_strangers_file_caseeasys() -> None:
    """A list of staff with names and e-mails is no report."""
    refused = detect(["Full Name", "Email", "Salary", "Start"])

    assert isinstance(refused, Refused)
    assert not refused.known
