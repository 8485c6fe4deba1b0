"""Document numbers: the client's own, QuickBooks' sequence, and the refusal of a number twice."""

from qb.sandbox.books import Books, Draft
from qb.sandbox.refusals import duplicate_number

NUMBERED = ("Invoice", "SalesReceipt", "CreditMemo", "RefundReceipt")
AUTOMATIC = "AUTO_GENERATE"
FIRST = 1001


def number_of(books: Books, draft: Draft) -> str | None:
    """The number a form gets. Raises 6140, only for a number that was sent (Intuit: Invoice, DocNumber)."""
    wanted = draft.body.get("DocNumber") or None
    custom = bool(books.prefers("SalesFormsPrefs", "CustomTxnNumbers"))
    sent = wanted is not None and "DocNumber" in draft.sent
    if wanted == AUTOMATIC or (not custom and not _kept(books, draft, sent=sent)):
        return next_number(books)
    if wanted and sent and "allowduplicatedocnum" not in draft.options:
        _refuse_twin(books, draft, wanted)
    return wanted


def _kept(books: Books, draft: Draft, *, sent: bool) -> bool:
    """With automatic numbers: whether the form keeps a number it has or was sent."""
    if sent:
        return books.switches.number_kept_when_automatic
    return bool(draft.body.get("DocNumber"))


def _refuse_twin(books: Books, draft: Draft, number: str) -> None:
    for other in books.all(draft.kind):
        if other["Id"] != draft.id and str(other.get("DocNumber", "")).casefold() == number.casefold():
            raise duplicate_number(number, draft.kind, other["Id"])


def next_number(books: Books) -> str:
    """One more than the highest whole number on any sales form."""
    used = [str(form.get("DocNumber", "")) for kind in NUMBERED for form in books.all(kind)]
    return str(max((int(one) for one in used if one.isdecimal()), default=FIRST - 1) + 1)
