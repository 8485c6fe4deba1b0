"""Customers, vendors and employees: a name once over all three, ignoring case (Intuit: DisplayName)."""

from collections.abc import Mapping

from qb.sandbox.books import Books, Built, Draft
from qb.sandbox.money import ZERO
from qb.sandbox.refs import currency_ref, optional
from qb.sandbox.refusals import business, duplicate_name, multicurrency_off, no_name, one_foreign_currency
from qb.sandbox.wire import Json

FAMILY = "customer, vendor or employee"
KINDS = ("Customer", "Vendor", "Employee")
PARTS = ("Title", "GivenName", "MiddleName", "FamilyName", "Suffix")
BANNED = (":", "\t", "\n")
DELETED = " (deleted)"
HAS_CURRENCY = ("Customer", "Vendor")
OWN: Mapping[str, Json] = {
    "Customer": {"Taxable": False, "Job": False, "BillWithParent": False, "PreferredDeliveryMethod": "Print"},
    "Vendor": {"Vendor1099": False},
    "Employee": {"BillableTime": False},
}


def build_person(books: Books, draft: Draft) -> Built:
    """The person as QuickBooks would keep it. Raises 6080, 6000 for banned signs, 6240 for a taken name."""
    body = {key: value for key, value in draft.body.items() if value not in (None, "", {})}
    name = _name(body)
    if any(sign in str(body.get(key, "")) for key in ("DisplayName", *PARTS) for sign in BANNED):
        raise business("Names can't contain a colon, a tab or a new line.")
    active = body.get("Active", True)
    name = free_name(books, draft, name) if active else deleted_name(books, draft, name)
    parent = optional(books, "Customer", body.get("ParentRef")) if draft.kind == "Customer" else None
    document = {
        **OWN[draft.kind],
        **body,
        **_currency(books, draft),
        "DisplayName": name,
        "FullyQualifiedName": f"{parent['FullyQualifiedName']}:{name}" if parent else name,
        "PrintOnCheckName": body.get("PrintOnCheckName") or body.get("CompanyName") or name,
        "Active": active,
    }
    if parent:
        document |= {"Job": True, "Level": int(parent.get("Level", 0)) + 1}
    return Built(document)


def _name(body: Json) -> str:
    """DisplayName, or the name parts in their order. Raises 6080 where there is neither."""
    name = str(body.get("DisplayName", "")).strip()
    made = name or " ".join(str(body[part]).strip() for part in PARTS if body.get(part)).strip()
    if not made:
        raise no_name()
    return made


def free_name(books: Books, draft: Draft, name: str) -> str:
    """The name, if nobody has it. Raises 6240."""
    if _taken(books, draft, name):
        detail = "null" if books.switches.duplicate_name_detail == "null" else ""
        raise duplicate_name(FAMILY, detail)
    return name


def deleted_name(books: Books, draft: Draft, name: str) -> str:
    """What QuickBooks renames a person to when made inactive (seen: "X (deleted)")."""
    plain = name if DELETED in name else name + DELETED
    attempt, number = plain, 1
    while _taken(books, draft, attempt):
        attempt, number = f"{plain} {number}", number + 1
    return attempt


def _taken(books: Books, draft: Draft, name: str) -> bool:
    wanted = name.casefold()
    return any(
        str(other["DisplayName"]).casefold() == wanted and (kind, other["Id"]) != draft.key
        for kind in KINDS
        for other in books.all(kind)
    )


def _currency(books: Books, draft: Draft) -> Json:
    """The currency, chosen once; a later CurrencyRef changes nothing."""
    if draft.kind not in HAS_CURRENCY:
        return {}
    if draft.before is not None:
        return {"CurrencyRef": draft.before["CurrencyRef"]}
    ref = draft.body.get("CurrencyRef")
    code = str(ref["value"]) if ref else books.home
    if code != books.home:
        _check_currency(books, code)
        code = code if books.switches.customer_currency_honoured else books.home
    return {"CurrencyRef": currency_ref(code)}


def _check_currency(books: Books, code: str) -> None:
    if not books.multicurrency:
        raise multicurrency_off()
    if all(books.currency_of(one) != code for one in books.all("Account")):
        raise one_foreign_currency()


def view_person(books: Books, document: Json) -> Json:
    """The person with what the books say they owe."""
    if "CurrencyRef" not in document:
        return document
    identity = str(document["Id"])
    if document.get("Vendor1099") is not None:
        return {**document, "Balance": ZERO}
    own = books.ledger.owed_by(identity)
    below = sum((books.ledger.owed_by(one) for one in books.below(("Customer", identity))), ZERO)
    return {**document, "Balance": own, "BalanceWithJobs": own + below}
