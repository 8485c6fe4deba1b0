"""Whatever clients do, the books add up: debits are credits, and every balance follows from the documents."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from qb.sandbox.books import Books
from qb.sandbox.changes import delete, save, void
from qb.sandbox.kinds import KINDS
from qb.sandbox.refusals import RefusedError
from qb.sandbox.seed import canadian_firm
from qb.sandbox.switches import Switches
from qb.sandbox.wire import Json

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
CODES = ("HST ON", "GST", "GST/QST QC", "HST NS", "GST/PST BC", "Zero-rated", "Exempt")
ITEMS = ("Professional Fees", "Disbursements", "Translation (recoverable)")
PEOPLE = ("Chen Wei", "Sofia Rossi", "Michael Brooks")
ACCOUNTS = ("Chequing", "USD Chequing", "Undeposited Funds", "Client Trust CAD", "")
AMOUNTS = st.integers(min_value=1, max_value=500_000).map(lambda cents: Decimal(cents) / 100)
RATES = st.integers(min_value=500_000, max_value=2_000_000).map(lambda parts: Decimal(parts) / 1_000_000)
LINES = st.lists(st.tuples(AMOUNTS, st.sampled_from(CODES), st.sampled_from(ITEMS)), min_size=1, max_size=4)
PICK = st.integers(min_value=0, max_value=1_000)


def total(values: list[Decimal]) -> Decimal:
    """The sum."""
    return sum(values, Decimal(0))


class Clients(RuleBasedStateMachine):
    """Anybody booking anything, in any order; what is refused changes nothing."""

    @initialize()
    def open_the_books(self) -> None:
        """The firm on its first day."""
        self.books = Books(lambda: NOON, Switches())
        canadian_firm(self.books)

    def ref(self, kind: str, name: str) -> Json:
        """A reference by name."""
        every = self.books.all(kind)
        return {
            "value": next(one["Id"] for one in every if name in {one.get("Name"), one.get("DisplayName")})
        }

    def attempt(self, work: Callable[[], object]) -> None:
        """Do it, or be refused and leave the journal as it was."""
        before = self.books.ledger.entries()
        try:
            work()
        except RefusedError:
            assert before == self.books.ledger.entries()

    def any_of(self, kind: str, pick: int) -> Json | None:
        """One of the documents."""
        every = self.books.all(kind)
        return every[pick % len(every)] if every else None

    def terms(self, person: str, rate: Decimal) -> Json:
        """Currency and rate as the person's currency asks for."""
        foreign = person == "Michael Brooks"
        return {"CurrencyRef": {"value": "USD"}, "ExchangeRate": rate} if foreign else {}

    @rule(
        kind=st.sampled_from(["Invoice", "SalesReceipt", "CreditMemo", "RefundReceipt"]),
        person=st.sampled_from(PEOPLE),
        lines=LINES,
        rate=RATES,
        inclusive=st.booleans(),
    )
    def sell(
        self,
        kind: str,
        person: str,
        lines: list[tuple[Decimal, str, str]],
        rate: Decimal,
        *,
        inclusive: bool,
    ) -> None:
        """A sales form of any kind."""
        body = {
            "CustomerRef": self.ref("Customer", person),
            "Line": [self.line(*one, inclusive=inclusive) for one in lines],
            "DepositToAccountRef": self.ref("Account", "Chequing"),
            "GlobalTaxCalculation": "TaxInclusive" if inclusive else "TaxExcluded",
            **self.terms(person, rate),
        }
        self.attempt(lambda: save(self.books, KINDS[kind], body))

    def line(self, amount: Decimal, code: str, item: str, *, inclusive: bool) -> Json:
        """A sales line."""
        sold = {"ItemRef": self.ref("Item", item), "TaxCodeRef": self.ref("TaxCode", code)}
        more = {"TaxInclusiveAmt": amount} if inclusive else {}
        return {
            "Amount": amount,
            "DetailType": "SalesItemLineDetail",
            "SalesItemLineDetail": {**sold, **more},
        }

    @rule(
        person=st.sampled_from(PEOPLE),
        amount=AMOUNTS,
        parts=st.lists(st.tuples(st.sampled_from(["Invoice", "CreditMemo"]), PICK, AMOUNTS), max_size=3),
        account=st.sampled_from(ACCOUNTS),
        rate=RATES,
        exactly=st.booleans(),
    )
    def pay(
        self,
        person: str,
        amount: Decimal,
        parts: list[tuple[str, int, Decimal]],
        account: str,
        *,
        rate: Decimal,
        exactly: bool,
    ) -> None:
        """A payment for anything, often for exactly what is open."""
        lines: list[Json] = []
        for kind, pick, part in parts:
            document = self.any_of(kind, pick)
            if document is not None:
                shown = KINDS[kind].view(self.books, document)
                settled = Decimal(shown["Balance"]) if exactly else part
                lines.append({"Amount": settled, "LinkedTxn": [{"TxnId": document["Id"], "TxnType": kind}]})
        body = {
            "CustomerRef": self.ref("Customer", person),
            "TotalAmt": total([line["Amount"] for line in lines]) if exactly else amount,
            "Line": lines,
            **({"DepositToAccountRef": self.ref("Account", account)} if account else {}),
            **self.terms(person, rate),
        }
        self.attempt(lambda: save(self.books, KINDS["Payment"], body))

    @rule(pick=PICK, rate=RATES)
    def bank(self, pick: int, rate: Decimal) -> None:
        """A payment to the bank."""
        payment = self.any_of("Payment", pick)
        if payment is None:
            return
        foreign = payment["CurrencyRef"]["value"] == "USD"
        body = {
            "DepositToAccountRef": self.ref("Account", "USD Chequing" if foreign else "Savings"),
            "Line": [{"Amount": 1, "LinkedTxn": [{"TxnId": payment["Id"], "TxnType": "Payment"}]}],
            **self.terms("Michael Brooks" if foreign else "", rate),
        }
        self.attempt(lambda: save(self.books, KINDS["Deposit"], body))

    @rule(
        kind=st.sampled_from(["Invoice", "Payment", "SalesReceipt", "CreditMemo", "Deposit"]),
        pick=PICK,
        keep=st.booleans(),
    )
    def undo(self, kind: str, pick: int, *, keep: bool) -> None:
        """Void or delete whatever it is."""
        document = self.any_of(kind, pick)
        if document is None:
            return
        body = {"Id": document["Id"], "SyncToken": document["SyncToken"]}
        how = "void" if kind == "Invoice" else "include-void"
        if keep:
            self.attempt(lambda: void(self.books, KINDS[kind], body, how))
        else:
            self.attempt(lambda: delete(self.books, KINDS[kind], body))

    @rule(pick=PICK, lines=LINES)
    def change(self, pick: int, lines: list[tuple[Decimal, str, str]]) -> None:
        """Other lines for an invoice."""
        document = self.any_of("Invoice", pick)
        if document is None:
            return
        body = {
            "Id": document["Id"],
            "SyncToken": document["SyncToken"],
            "sparse": True,
            "Line": [self.line(*one, inclusive=False) for one in lines],
        }
        self.attempt(lambda: save(self.books, KINDS["Invoice"], body))

    @invariant()
    def debits_are_credits(self) -> None:
        """Each entry and all of them together come to nothing."""
        for entry in self.books.ledger.entries():
            assert 0 == sum(one.home for one in entry.postings)
        assert 0 == sum(self.books.ledger.trial_balance().values())

    @invariant()
    def balances_come_from_entries(self) -> None:
        """The running balances are what the journal adds up to."""
        counted: dict[str, Decimal] = {}
        for entry in self.books.ledger.entries():
            for one in entry.postings:
                counted[one.account] = counted.get(one.account, Decimal(0)) + one.home
        assert {key: value for key, value in counted.items() if value} == self.books.ledger.trial_balance()

    @invariant()
    def receivables_are_what_is_open(self) -> None:
        """Per currency: invoices' balances less credits and unapplied money, which is what customers owe."""
        shown = {kind: [self.shown(kind, one) for one in self.books.all(kind)] for kind in OPEN}
        for currency, account in RECEIVABLE.items():
            open_now = total(
                [
                    sign * Decimal(one[field])
                    for kind, (field, sign) in OPEN.items()
                    for one in shown[kind]
                    if one["CurrencyRef"]["value"] == currency
                ]
            )
            identity = self.ref("Account", account)["value"]
            assert open_now == self.books.account_balance(identity)
            people = [one for one in self.books.all("Customer") if one["CurrencyRef"]["value"] == currency]
            assert open_now == total([Decimal(self.shown("Customer", one)["Balance"]) for one in people])

    def shown(self, kind: str, document: Json) -> Json:
        """A document with its balances."""
        return KINDS[kind].view(self.books, document)


OPEN = {"Invoice": ("Balance", 1), "CreditMemo": ("Balance", -1), "Payment": ("UnappliedAmt", -1)}
RECEIVABLE = {"CAD": "Accounts Receivable (A/R)", "USD": "Accounts Receivable (A/R) - USD"}

TestClients = Clients.TestCase
TestClients.settings = settings(stateful_step_count=20)
