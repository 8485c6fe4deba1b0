"""The books as a test or a page may look at them, without changing anything."""

from collections import defaultdict
from decimal import Decimal

from qb.sandbox.gate import Company
from qb.sandbox.kinds import KINDS
from qb.sandbox.ledger import Entry, Ledger
from qb.sandbox.wire import Json


class Inspector:
    """Reads one company's books; every look first does the late writes whose time has come."""

    def __init__(self, company: Company) -> None:
        self._company = company

    def entities(self, kind: str) -> list[Json]:
        """Every document of a kind as the API shows it, oldest first, inactive ones too."""
        with self._company.books.lock:
            self._company.settle()
            books = self._company.books
            return [KINDS[kind].shown(books, one) for one in books.all(kind)]

    def entity(self, kind: str, identity: str) -> Json | None:
        """One document as the API shows it, or None."""
        with self._company.books.lock:
            self._company.settle()
            document = self._company.books.find(kind, identity)
            return KINDS[kind].shown(self._company.books, document) if document else None

    def entries(self) -> tuple[Entry, ...]:
        """The journal's entries, debits positive."""
        with self._company.books.lock:
            self._company.settle()
            return self._ledger.entries()

    def journal(self) -> list[Json]:
        """The journal line by line, with names; debit positive, home currency beside.

        A line to a receivable says whose it is, one to a tax payable by which rate.
        """
        return [line for entry in self.entries() for line in self._lines(entry)]

    def journal_of(self, kind: str, identity: str) -> list[Json]:
        """The journal's lines of one document; none where it did nothing."""
        with self._company.books.lock:
            self._company.settle()
            entry = self._ledger.entry(kind, identity)
        return self._lines(entry) if entry else []

    def _lines(self, entry: Entry) -> list[Json]:
        return [
            {
                "transaction": f"{entry.kind} {entry.id}",
                "date": entry.dated.isoformat(),
                "account": self.account_name(one.account),
                "customer": self._name_of("Customer", one.customer),
                "rate": self._name_of("TaxRate", one.rate),
                "currency": one.currency,
                "amount": one.amount,
                "home": one.home,
            }
            for one in entry.postings
        ]

    def trial_balance(self) -> dict[str, Decimal]:
        """Each account's balance in home currency by its name, debit positive; together nothing."""
        with self._company.books.lock:
            self._company.settle()
            balances = self._ledger.trial_balance()
        return {self.account_name(account): balance for account, balance in balances.items()}

    def owed(self) -> dict[str, Decimal]:
        """What each customer owes, in the customer's currency, by name; less than nothing: unapplied money.

        Who owes nothing isn't named.
        """
        with self._company.books.lock:
            self._company.settle()
            people = self._company.books.all("Customer")
            found = {str(one["DisplayName"]): self._ledger.owed_by(str(one["Id"])) for one in people}
        return {name: balance for name, balance in found.items() if balance}

    def tax_by_rate(self) -> dict[str, Decimal]:
        """What each tax rate made payable so far, in home currency, by its name."""
        found: defaultdict[str, Decimal] = defaultdict(Decimal)
        for entry in self.entries():
            for one in entry.postings:
                if one.rate:
                    found[self._name_of("TaxRate", one.rate)] -= one.home
        return {name: tax for name, tax in found.items() if tax}

    @property
    def _ledger(self) -> Ledger:
        return self._company.books.ledger

    def account_balance(self, identity: str) -> Decimal:
        """Debits less credits of an account in its own currency."""
        with self._company.books.lock:
            self._company.settle()
            return self._company.books.account_balance(identity)

    def account_name(self, identity: str) -> str:
        """An account's name."""
        return self._name_of("Account", identity)

    def _name_of(self, kind: str, identity: str) -> str:
        document = self._company.books.find(kind, identity)
        return str(document.get("Name") or document["DisplayName"]) if document else identity

    def id_of(self, kind: str, name: str) -> str:
        """The id of the thing of that name. Raises KeyError where there is none."""
        for one in self._company.books.all(kind):
            if name in {one.get("Name"), one.get("DisplayName")}:
                return str(one["Id"])
        raise KeyError(f"{kind} {name}")
