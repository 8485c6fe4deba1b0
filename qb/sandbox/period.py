"""Transaction dates, and the closed period nothing may be booked into."""

from datetime import date

from qb.sandbox.books import Books, Draft
from qb.sandbox.refusals import period_closed
from qb.sandbox.wire import Json


def date_of(books: Books, draft: Draft) -> date:
    """The draft's date, today where it names none. Raises 6210 for a closed period, before or after."""
    wanted = draft.body.get("TxnDate")
    dated = date.fromisoformat(wanted) if wanted else books.today()
    refuse_closed(books, dated)
    if draft.before is not None:
        refuse_closed_document(books, draft.before)
    return dated


def refuse_closed_document(books: Books, document: Json) -> None:
    """Raises 6210 where the document lies in the closed period."""
    refuse_closed(books, date.fromisoformat(document["TxnDate"]))


def refuse_closed(books: Books, dated: date) -> None:
    """Raises 6210 for a date in the closed period (Intuit: AccountingInfoPrefs.BookCloseDate)."""
    closed = books.prefers("AccountingInfoPrefs", "BookCloseDate")
    if closed and dated <= date.fromisoformat(str(closed)):
        raise period_closed()
