"""QuickBooks' lists and preferences are kept here as they were last read."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from db.lists import ListEntry, entries, replace_list
from qb.books import plan_for
from qb.gateway import InDoubt
from qb.hold import Mend, Reason
from qb.lists import load
from qb.sandbox import Fault
from tests.books.exports import ONTARIO
from tests.sandbox.client import Client

if TYPE_CHECKING:
    from tests.books.office import Office


def test_the_directory_is_what_quickbooks_has(either_office: Office) -> None:
    """Names, kinds, currencies, rates, inactive ones included, and the company's preferences."""
    office = either_office
    office.connect()
    with office.database.read() as session:
        directory = load(session, office.firm_id, office.sandbox.realm_id)
    assert directory is not None
    assert ("Northgate Immigration Law", "CAD", True, True, True, None) == (
        directory.company_name,
        directory.home_currency,
        directory.multicurrency,
        directory.custom_numbers,
        directory.sales_tax,
        directory.books_closed_through,
    )
    accounts = {account.name: account for account in directory.accounts}
    assert (True, False, "CAD") == (
        accounts["Chequing"].takes_deposits,
        accounts["Chequing"].is_trust,
        accounts["Chequing"].currency,
    )
    assert (True, "USD") == (accounts["Client Trust USD"].is_trust, accounts["Client Trust USD"].currency)
    assert [False] == [a.active for name, a in accounts.items() if name.startswith("Old Chequing")]
    codes = {code.name: code for code in directory.tax_codes}
    assert [Decimal(5), Decimal("9.975")] == sorted(rate.percent for rate in codes["GST/QST QC"].rates)
    assert (Decimal("14.975"), Decimal(0), False) == (
        codes["GST/QST QC"].percent,
        codes["Zero-rated"].percent,
        codes["Purchases only"].usable,
    )
    assert timedelta() <= office.clock() - directory.read_at < timedelta(seconds=1)  # calls keep their pace


def test_nothing_read_yet_is_no_directory(office: Office) -> None:
    """And every paid invoice waits for a connection."""
    office.export(ONTARIO)
    with office.database.read() as session:
        assert load(session, office.firm_id, office.sandbox.realm_id) is None
        invoices = plan_for(session, office.firm_id, ())
    assert ((), ()) == (invoices.entries, invoices.held)


def test_a_reading_that_fails_leaves_what_was_kept(office: Office) -> None:
    """All or nothing: half a list would look like inactive accounts."""
    office.connect()
    with office.database.read() as session:
        before = load(session, office.firm_id, office.sandbox.realm_id)
    office.clock.sleep(60)
    office.sandbox.faults.add(Fault("status", status=500, path="query", skip=3))
    with pytest.raises(InDoubt):
        office.read_lists()
    with office.database.read() as session:
        assert before == load(session, office.firm_id, office.sandbox.realm_id)


def test_a_closing_date_is_read(office: Office) -> None:
    """Books closed through 30 April hold an invoice of 20 April."""
    office.ready(ONTARIO)
    with office.database.write() as session:
        facts = {
            "home": "CAD",
            "multicurrency": True,
            "custom_numbers": True,
            "sales_tax": True,
            "auto_apply": False,
            "closed_through": "2026-04-30",
        }
        about = ListEntry("company", "company", "Northgate", active=True, facts=facts)
        replace_list(session, office.firm_id, office.sandbox.realm_id, "company", [about], office.clock())
        directory = load(session, office.firm_id, office.sandbox.realm_id)
        plan = plan_for(session, office.firm_id, office.invoices(session))
    assert directory is not None
    assert date(2026, 4, 30) == directory.books_closed_through
    assert [[Reason.BOOKS_CLOSED]] == [[hold.reason for hold in held.holds] for held in plan.held]


def test_a_company_of_the_united_states_is_told_plainly(office: Office) -> None:
    """QuickBooks reckons its sales tax by itself: its invoices wait, and nobody is asked for a code."""
    office.ready(ONTARIO)
    client = Client(office.sandbox)
    (about,) = office.sandbox.books.entities("CompanyInfo")
    client.write("CompanyInfo", {**about, "Country": "US", "sparse": True})
    office.clock.sleep(60)
    office.read_lists()
    (held,) = office.propose().plan.held
    (found,) = held.holds
    assert (Reason.SALES_TAX_OFF, Mend.NONE) == (found.reason, found.mend)
    assert found.sentence.startswith("Your QuickBooks company is one of the United States, where QuickBooks")


def test_a_code_with_a_rate_we_do_not_know_is_not_usable(office: Office) -> None:
    """Rather no code than one that taxes less than QuickBooks would: here QST is missing."""
    office.connect()
    with office.database.write() as session:
        realm = office.sandbox.realm_id
        rates = [rate for rate in entries(session, office.firm_id, realm, "TaxRate") if rate.name == "GST"]
        replace_list(session, office.firm_id, realm, "TaxRate", rates, office.clock())
        directory = load(session, office.firm_id, realm)
    assert directory is not None
    assert ["GST"] == [code.name for code in directory.tax_codes if code.usable]
