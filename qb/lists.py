"""Keeps QuickBooks' lists here, and gives them back as the directory a plan rests on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from db import lists
from db.lists import ListEntry
from qb.directory import AMERICAN, Account, Directory, Item, PaymentMethod, TaxCode, TaxRate
from qb.gateway import select

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.engine import Database
    from qb.gateway import Company, Entity

COMPANY = "company"
READ = ("Account", "Item", "PaymentMethod", "TaxCode", "TaxRate")


def refresh(company: Company, database: Database, firm_id: str, realm_id: str, now: datetime) -> Directory:
    """Read the company's lists and preferences, keep them as of ``now``, and give the directory.

    Seven calls, none of them inside a transaction; a failure leaves what was kept before. Raises InDoubt,
    Reconnect, OurBug.
    """
    preferences, about = company.preferences(), company.company_info()
    home = _home(preferences)
    read = {COMPANY: [_company_entry(preferences, about)]} | {
        kind: [_entry(kind, row, home) for row in _all(company, kind)] for kind in READ
    }
    with database.write() as session:
        for kind, found in read.items():
            lists.replace_list(session, firm_id, realm_id, kind, found, now)
    return _directory(read, now)


def load(session: Session, firm_id: str, realm_id: str) -> Directory | None:
    """The directory as last read; None if it never was."""
    read_at = lists.read_at(session, firm_id, realm_id, COMPANY, *READ)
    kept: dict[str, list[ListEntry]] = {kind: [] for kind in (COMPANY, *READ)}
    for entry in lists.entries(session, firm_id, realm_id, COMPANY, *READ):
        kept[entry.kind].append(entry)
    return None if read_at is None or not kept[COMPANY] else _directory(kept, read_at)


def is_multicurrency(session: Session, firm_id: str, realm_id: str) -> bool:
    """Whether the company keeps several currencies, by its lists kept here."""
    directory = load(session, firm_id, realm_id)
    return directory is not None and directory.multicurrency


def _all(company: Company, kind: str) -> Iterable[Entity]:
    question = select(kind)
    return company.select(question.where("Active", "in", (True, False)))


def _home(preferences: Entity) -> str:
    return str(_inside(preferences, "CurrencyPrefs", "HomeCurrency").get("value", ""))


def _inside(found: Entity, *path: str) -> Mapping[str, Any]:
    for name in path:
        found = found.get(name, {})
    return found


def _company_entry(preferences: Entity, about: Entity) -> ListEntry:
    sales, tax = _inside(preferences, "SalesFormsPrefs"), _inside(preferences, "TaxPrefs")
    facts = {
        "country": str(about.get("Country", "")),
        "home": _home(preferences),
        "multicurrency": bool(_inside(preferences, "CurrencyPrefs").get("MultiCurrencyEnabled", False)),
        "custom_numbers": bool(sales.get("CustomTxnNumbers", False)),
        "sales_tax": bool(tax.get("UsingSalesTax", False)),
        "auto_apply": any(sales.get(name, False) for name in ("AutoApplyCredit", "AutoApplyPayments")),
        "closed_through": str(_inside(preferences, "AccountingInfoPrefs").get("BookCloseDate", "")),
    }
    return ListEntry(COMPANY, COMPANY, str(about.get("CompanyName", "")), active=True, facts=facts)


def _entry(kind: str, row: Entity, home: str) -> ListEntry:
    name = str(row.get("FullyQualifiedName") or row.get("Name", ""))
    active = bool(row.get("Active", True))
    return ListEntry(kind, str(row["Id"]), name, active, _facts(kind, row, home))


def _facts(kind: str, row: Entity, home: str) -> dict[str, Any]:
    match kind:
        case "Account":
            currency = str(_inside(row, "CurrencyRef").get("value", home))
            subtype = str(row.get("AccountSubType", ""))
            return {"type": str(row.get("AccountType", "")), "subtype": subtype, "currency": currency}
        case "Item":
            return {"type": str(row.get("Type", ""))}
        case "TaxCode":
            details = _inside(row, "SalesTaxRateList").get("TaxRateDetail", [])
            return {"rates": [str(_inside(each, "TaxRateRef").get("value", "")) for each in details]}
        case "TaxRate":
            return {"percent": str(row.get("RateValue", ""))}
        case _:
            return {}


def _directory(kept: Mapping[str, list[ListEntry]], read_at: datetime) -> Directory:
    about, rates = kept[COMPANY][0], {e.remote_id: e for e in kept["TaxRate"]}
    closed, country = about.facts["closed_through"], about.facts.get("country", "")
    return Directory(
        company_name=about.name,
        home_currency=about.facts["home"],
        multicurrency=about.facts["multicurrency"],
        custom_numbers=about.facts["custom_numbers"],
        sales_tax=about.facts["sales_tax"] and country != AMERICAN,
        auto_apply=about.facts["auto_apply"],
        books_closed_through=date.fromisoformat(closed) if closed else None,
        accounts=tuple(account_of(entry) for entry in kept["Account"]),
        items=tuple(Item(e.remote_id, e.name, e.facts["type"], e.active) for e in kept["Item"]),
        methods=tuple(PaymentMethod(e.remote_id, e.name, e.active) for e in kept["PaymentMethod"]),
        tax_codes=tuple(_tax_code(entry, rates) for entry in kept["TaxCode"]),
        read_at=read_at,
        country=country,
    )


def account_of(entry: ListEntry) -> Account:
    """A kept entry of the list of accounts."""
    facts = entry.facts
    return Account(
        entry.remote_id, entry.name, facts["type"], facts["subtype"], facts["currency"], entry.active
    )


def _tax_code(entry: ListEntry, rates: Mapping[str, ListEntry]) -> TaxCode:
    """A code is usable only if every one of its rates is known."""
    known = [rates[i] for i in entry.facts["rates"] if i in rates and rates[i].facts["percent"]]
    whole = len(known) == len(entry.facts["rates"])
    used = tuple(TaxRate(r.remote_id, r.name, Decimal(r.facts["percent"])) for r in known) if whole else ()
    return TaxCode(entry.remote_id, entry.name, used, entry.active)
