"""What a bookkeeper does to customers by hand: rename, make inactive, make active again, merge two."""

from qb.sandbox.books import Books
from qb.sandbox.changes import save
from qb.sandbox.kinds import KINDS
from qb.sandbox.people import DELETED
from qb.sandbox.refusals import business
from qb.sandbox.wire import Json, second

OWNED = ("Invoice", "Payment", "SalesReceipt", "CreditMemo", "RefundReceipt")
"""What a merge moves to the one that stays."""


def rename(books: Books, identity: str, name: str) -> None:
    """Give a customer another name. Raises RefusedError."""
    _change(books, identity, DisplayName=name)


def retire(books: Books, identity: str) -> None:
    """Make a customer inactive, which QuickBooks shows behind its name. Raises RefusedError."""
    _change(books, identity, Active=False)


def revive(books: Books, identity: str) -> None:
    """Make a customer active again, under its own name. Raises RefusedError."""
    name = str(_customer(books, identity)["DisplayName"]).partition(DELETED)[0]
    _change(books, identity, Active=True, DisplayName=name)


def merge(books: Books, identity: str, into: str) -> None:
    """All of a customer's sales and money become another's, and it is made inactive. Raises RefusedError.

    Two are merged by giving one the other's name, which wants one currency (Intuit: Merge customers).
    """
    gone, stays = _customer(books, identity), _customer(books, into)
    if identity == into or gone["CurrencyRef"]["value"] != stays["CurrencyRef"]["value"]:
        raise business("These two customers can't be merged.")
    for kind in OWNED:
        for document in books.all(kind):
            if (document.get("CustomerRef") or {}).get("value") == identity:
                document["CustomerRef"] = {"value": into}
                document["SyncToken"] = str(int(document["SyncToken"]) + 1)
                document["MetaData"] = {**document["MetaData"], "LastUpdatedTime": second(books.clock())}
                books.ledger.hand_over((kind, str(document["Id"])), identity, into)
    retire(books, identity)


def _customer(books: Books, identity: str) -> Json:
    found = books.find("Customer", identity)
    if found is None:
        raise business("There is no such customer.")
    return found


def _change(books: Books, identity: str, **fields: object) -> None:
    token = _customer(books, identity)["SyncToken"]
    save(books, KINDS["Customer"], {"Id": identity, "SyncToken": token, "sparse": True, **fields})
