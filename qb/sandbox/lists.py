"""Accounts, items, payment methods, taxes and the company's own pages, and their rules."""

from qb.sandbox.books import Books, Built, Draft
from qb.sandbox.refs import currency_ref, optional, required
from qb.sandbox.refusals import RefusedError, bad_choice, business, duplicate_name, missing, multicurrency_off
from qb.sandbox.wire import Json

DELETED = " (deleted)"
CLASSES = {
    "Bank": "Asset",
    "Accounts Receivable": "Asset",
    "Other Current Asset": "Asset",
    "Fixed Asset": "Asset",
    "Other Asset": "Asset",
    "Accounts Payable": "Liability",
    "Credit Card": "Liability",
    "Other Current Liability": "Liability",
    "Long Term Liability": "Liability",
    "Equity": "Equity",
    "Income": "Revenue",
    "Other Income": "Revenue",
}
SUBTYPES = {
    "Bank": ("Checking", "CashOnHand", "MoneyMarket", "RentsHeldInTrust", "Savings", "TrustAccounts"),
    "Accounts Receivable": ("AccountsReceivable",),
    "Other Current Liability": ("OtherCurrentLiabilities", "TrustAccountsLiabilities", "GlobalTaxPayable"),
    "Other Current Asset": (
        "OtherCurrentAssets",
        "UndepositedFunds",
        "AllowanceForBadDebts",
        "PrepaidExpenses",
    ),
}
BALANCE_SHEET = ("Asset", "Liability", "Equity")


def _filled(draft: Draft) -> Json:
    return {key: value for key, value in draft.body.items() if value not in (None, "")}


def _named(books: Books, draft: Draft, family: str) -> str:
    """The thing's name, unused by another of its kind. Raises 2020 or 6240."""
    name = str(draft.body.get("Name") or "").strip()
    if not name:
        raise missing("Name")
    if draft.body.get("Active") is False and not name.endswith(DELETED):
        name += DELETED
    twins = (one for one in books.all(draft.kind) if one["Id"] != draft.id)
    if any(str(one["Name"]).casefold() == name.casefold() for one in twins):
        raise duplicate_name(family)
    return name


def build_account(books: Books, draft: Draft) -> Built:
    """An account; a type or subtype is needed (Intuit: Account)."""
    body = _filled(draft)
    name = _named(books, draft, "account")
    if any(sign in name for sign in '":'):
        raise business("Account names can't contain a double quote or a colon.")
    kind = body.get("AccountType") or _type_of(body.get("AccountSubType"))
    currency = _account_currency(books, draft)
    document = {
        "SubAccount": False,
        **body,
        "Name": name,
        "FullyQualifiedName": name,
        "Active": body.get("Active", True),
        "AccountType": kind,
        "AccountSubType": body.get("AccountSubType") or SUBTYPES.get(kind, (kind.replace(" ", ""),))[0],
        "Classification": CLASSES.get(kind, "Expense"),
        "CurrencyRef": currency_ref(currency),
    }
    return Built(document)


def _type_of(subtype: str | None) -> str:
    """The type a subtype belongs to. Raises 2020 for neither, 2170 for a subtype unknown here."""
    if not subtype:
        raise missing("AccountType")
    for kind, known in SUBTYPES.items():
        if subtype in known:
            return kind
    raise RefusedError(bad_choice("AccountSubType", subtype))


def _account_currency(books: Books, draft: Draft) -> str:
    if draft.before is not None:
        return books.currency_of(draft.before)
    ref = draft.body.get("CurrencyRef")
    code = str(ref["value"]) if ref else books.home
    if code != books.home and not books.multicurrency:
        raise multicurrency_off()
    return code


def view_account(books: Books, document: Json) -> Json:
    """The account with its balance; income and expense show none (seen)."""
    shown = document["Classification"] in BALANCE_SHEET
    balance = books.account_balance(str(document["Id"])) if shown else 0
    return {**document, "CurrentBalance": balance, "CurrentBalanceWithSubAccounts": balance}


def build_item(books: Books, draft: Draft) -> Built:
    """An item; what is sold needs an income account (Intuit: Item)."""
    body = _filled(draft)
    name = _named(books, draft, "product, service, or category")
    if any(sign in name for sign in (":", "\t", "\n")):
        raise business("Item names can't contain a colon, a tab or a new line.")
    kind = body.get("Type") or "Service"
    if kind in {"Service", "NonInventory"}:
        account = required(books, "Account", body.get("IncomeAccountRef"), "IncomeAccountRef")
        if account["AccountType"] in {"Accounts Receivable", "Accounts Payable", "Bank"}:
            raise business("Select an income account for the item.")
    document = {
        "Taxable": False,
        "UnitPrice": 0,
        "PurchaseCost": 0,
        "TrackQtyOnHand": False,
        **body,
        "Name": name,
        "FullyQualifiedName": name,
        "Type": kind,
        "Active": body.get("Active", True),
    }
    return Built(document)


def build_payment_method(books: Books, draft: Draft) -> Built:
    """A payment method."""
    name = _named(books, draft, "payment method")
    body = _filled(draft)
    active = body.get("Active", True)
    return Built({"Type": "NON_CREDIT_CARD", **body, "Name": name, "Active": active})


def build_tax_code(books: Books, draft: Draft) -> Built:
    """A tax code, which names its rates."""
    body = _filled(draft)
    for one in (body.get("SalesTaxRateList") or {}).get("TaxRateDetail") or []:
        optional(books, "TaxRate", one.get("TaxRateRef"))
    name = _named(books, draft, "tax code")
    return Built({"Taxable": True, "TaxGroup": True, "Hidden": False, "Active": True, **body, "Name": name})


def build_tax_rate(books: Books, draft: Draft) -> Built:
    """A tax rate of one agency, in per cent."""
    body = _filled(draft)
    if body.get("RateValue") is None:
        raise missing("RateValue")
    required(books, "TaxAgency", body.get("AgencyRef"), "AgencyRef")
    known = {"SpecialTaxType": "NONE", "DisplayType": "ReadOnly", "Active": True}
    return Built({**known, **body, "Name": _named(books, draft, "tax rate")})


def build_agency(books: Books, draft: Draft) -> Built:
    """A tax agency; the account its tax is owed on must be there."""
    required(books, "Account", draft.body.get("TaxTrackedOnSalesAccountRef"), "TaxTrackedOnSalesAccountRef")
    return Built({"TaxTrackedOnSales": True, **_filled(draft)})


def build_page(books: Books, draft: Draft) -> Built:
    """CompanyInfo and Preferences: one of each, kept as sent."""
    merged = dict(draft.before or {})
    for key, value in _filled(draft).items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = {**merged[key], **value} if both else value
    keep_multicurrency(books, draft, merged)
    return Built(merged)


def keep_multicurrency(books: Books, draft: Draft, merged: Json) -> None:
    """More than one currency can't be turned on here nor off anywhere (Intuit: Multicurrency)."""
    if draft.kind == "Preferences" and draft.before is not None:
        merged["CurrencyPrefs"] = books.preferences()["CurrencyPrefs"]


def unchanged(_books: Books, document: Json) -> Json:
    """A document that shows as it is kept."""
    return document
