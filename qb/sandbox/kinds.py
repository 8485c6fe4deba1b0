"""The table of what this QuickBooks keeps: each kind's shape, rules, view and what may be done with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from qb.sandbox import forms, lists, outlines, sales
from qb.sandbox.books import Books, Built, Draft
from qb.sandbox.deposits import build_deposit
from qb.sandbox.journals import build_journal
from qb.sandbox.payments import build_payment
from qb.sandbox.people import build_person, view_person
from qb.sandbox.shapes import Shape
from qb.sandbox.views import styled, view_owed, view_payment, view_receipt
from qb.sandbox.wire import Json

ALWAYS_READ_ONLY = frozenset(
    {"MetaData", "domain", "status", "sparse", "SyncToken", "Id", "FullyQualifiedName"}
)
SALE_READ_ONLY = frozenset(
    {"TotalAmt", "HomeTotalAmt", "Balance", "HomeBalance", "LinkedTxn", "RemainingCredit", "Deposit"}
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document; `series` is the counter its ids come from."""

    shape: Shape
    series: str
    build: Callable[[Books, Draft], Built]
    view: Callable[[Books, Json], Json]
    can: frozenset[str]
    read_only: frozenset[str] = frozenset()
    listed: bool = False
    rewrites_lines: bool = False

    @property
    def name(self) -> str:
        """What Intuit calls it."""
        return self.shape.name

    def shown(self, books: Books, document: Json) -> Json:
        """The document as a client sees it."""
        return styled(books, self.name, self.view(books, document))


def _listed(
    outline: Shape,
    series: str,
    build: Callable[[Books, Draft], Built],
    view: Callable[[Books, Json], Json] = lists.unchanged,
    can: str = "create read update",
    read_only: str = "",
) -> Kind:
    own = frozenset(read_only.split()) | ALWAYS_READ_ONLY
    return Kind(outline, series, build, view, frozenset(can.split()), own, listed=True)


def _page(outline: Shape, can: str = "read update") -> Kind:
    return Kind(
        outline, outline.name, lists.build_page, lists.unchanged, frozenset(can.split()), ALWAYS_READ_ONLY
    )


def _sale(outline: Shape, form: sales.Form, can: str) -> Kind:
    view = view_receipt if form.cash else view_owed
    return Kind(
        outline,
        "Transaction",
        partial(sales.build_sale, form),
        partial(view, form.kind),
        frozenset(can.split()),
        ALWAYS_READ_ONLY | SALE_READ_ONLY,
    )


def _transaction(
    outline: Shape,
    build: Callable[[Books, Draft], Built],
    can: str,
    read_only: str,
    view: Callable[[Books, Json], Json] = lists.unchanged,
) -> Kind:
    own = frozenset(read_only.split()) | ALWAYS_READ_ONLY
    rewrites = outline.name == "Payment"
    return Kind(outline, "Transaction", build, view, frozenset(can.split()), own, rewrites_lines=rewrites)


def _table() -> Mapping[str, Kind]:
    every = "create read update delete void"
    kinds = (
        _listed(
            outlines.CUSTOMER, "Name", build_person, view_person, read_only="Balance BalanceWithJobs Level"
        ),
        _listed(outlines.VENDOR, "Name", build_person, view_person, read_only="Balance"),
        _listed(outlines.EMPLOYEE, "Name", build_person),
        _listed(
            outlines.ACCOUNT,
            "Account",
            lists.build_account,
            lists.view_account,
            read_only="CurrentBalance CurrentBalanceWithSubAccounts Classification",
        ),
        _listed(outlines.ITEM, "Item", lists.build_item),
        _listed(outlines.PAYMENT_METHOD, "PaymentMethod", lists.build_payment_method),
        _listed(outlines.TAX_CODE, "TaxCode", lists.build_tax_code, can="read"),
        _listed(outlines.TAX_RATE, "TaxRate", lists.build_tax_rate, can="read"),
        _listed(outlines.TAX_AGENCY, "TaxAgency", lists.build_agency, can="read"),
        _page(outlines.COMPANY_INFO),
        _page(outlines.PREFERENCES),
        _sale(forms.INVOICE, sales.INVOICE, every),
        _sale(forms.SALES_RECEIPT, sales.SALES_RECEIPT, "create read update delete include-void"),
        _sale(forms.CREDIT_MEMO, sales.CREDIT_MEMO, "create read update delete"),
        _sale(forms.REFUND_RECEIPT, sales.REFUND_RECEIPT, "create read update delete"),
        _transaction(
            forms.PAYMENT,
            build_payment,
            "create read update delete include-void",
            "UnappliedAmt LinkedTxn DocNumber",
            view_payment,
        ),
        _transaction(
            forms.DEPOSIT, build_deposit, "create read whole-update delete", "TotalAmt HomeTotalAmt LinkedTxn"
        ),
        _transaction(
            forms.JOURNAL_ENTRY, build_journal, "create read update delete", "TotalAmt HomeTotalAmt LinkedTxn"
        ),
    )
    return {kind.name: kind for kind in kinds}


KINDS: Mapping[str, Kind] = _table()
RESOURCES: Mapping[str, Kind] = {kind.name.lower(): kind for kind in KINDS.values()}
"""By the lower-case word used in addresses."""

KEPT_ELSEWHERE = frozenset(
    {
        "Attachable",
        "Bill",
        "BillPayment",
        "Budget",
        "Class",
        "CompanyCurrency",
        "CreditCardPayment",
        "Department",
        "Estimate",
        "InventoryAdjustment",
        "JournalCode",
        "Purchase",
        "PurchaseOrder",
        "Term",
        "TimeActivity",
        "Transfer",
        "VendorCredit",
    }
)
"""Kinds QuickBooks has and this one keeps none of: a query finds nothing."""
