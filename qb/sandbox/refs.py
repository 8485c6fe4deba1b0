"""From a reference to the thing it names, with the refusals for what is gone, inactive or was never there."""

from qb.sandbox.books import Books
from qb.sandbox.refusals import bad_reference, made_inactive, missing
from qb.sandbox.wire import Json

FAMILIES = {
    "Customer": "Names",
    "Vendor": "Names",
    "Employee": "Names",
    "Account": "Accounts",
    "Item": "Items",
    "PaymentMethod": "PaymentMethods",
    "TaxCode": "TaxCodes",
    "TaxRate": "TaxRates",
    "TaxAgency": "TaxAgencies",
}
ABSENT = {
    "ClassRef": "Klasses",
    "DepartmentRef": "Depts",
    "SalesTermRef": "Terms",
    "ShipMethodRef": "Methods",
}
"""References to lists that this firm keeps empty."""
LABELS = {"Customer": "DisplayName", "Vendor": "DisplayName", "Employee": "DisplayName"}
CURRENCIES = {
    "CAD": "Canadian Dollar",
    "USD": "United States Dollar",
    "EUR": "Euro",
    "GBP": "British Pound Sterling",
}


def optional(books: Books, kind: str, ref: Json | None) -> Json | None:
    """The active document `ref` names; None for no reference. Raises 2500 or 610."""
    if not ref:
        return None
    identity = str(ref["value"])
    document = books.find(kind, identity)
    if document is None:
        raise bad_reference(FAMILIES[kind], identity)
    if document.get("Active") is False:
        raise made_inactive()
    return document


def required(books: Books, kind: str, ref: Json | None, name: str) -> Json:
    """The active document `ref` names. Raises 2020, 2500 or 610."""
    document = optional(books, kind, ref)
    if document is None:
        raise missing(name)
    return document


def refuse_absent(body: Json) -> None:
    """Raises 2500 for a reference into a list that is empty, wherever in the body it stands."""
    for key, value in body.items():
        if key in ABSENT and isinstance(value, dict):
            raise bad_reference(ABSENT[key], str(value["value"]))
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                refuse_absent(one)


def named(books: Books, kind: str, ref: Json | None) -> Json | None:
    """The reference with the name the thing has now."""
    if not ref:
        return None
    document = books.find(kind, str(ref["value"]))
    label = document.get(LABELS.get(kind, "Name")) if document else None
    return {"value": ref["value"], "name": label} if label else {"value": ref["value"]}


def bare(ref: Json | None) -> Json | None:
    """The reference by its value alone."""
    return {"value": ref["value"]} if ref else None


def currency_ref(code: str) -> Json:
    """A currency with its English name."""
    return {"value": code, "name": CURRENCIES.get(code, code)}
