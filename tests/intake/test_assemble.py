"""Rows become case files; whatever is doubtful holds its invoice and nothing else."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.intake.assemble import assemble
from db.intake.cells import text_of
from db.intake.forms import FORMS, Report
from db.intake.row import Row
from db.money import Money
from db.records import CaseFile, Client, Doubt, Invoice, InvoiceKey, Line, LineKind, Payment
from tests.intake.sheets import CASE, CLIENT, CLIENTS, HOSTILE, INVOICE, INVOICES, LONG, PAYMENT, PAYMENTS

HEADERS = {Report.INVOICES: INVOICES, Report.PAYMENTS: PAYMENTS, Report.CLIENTS: CLIENTS}


def row(report: Report, like: Sequence[object], **other: object) -> Row:
    """A row like that one, but for the columns named (with _ for a blank)."""
    cells = dict(zip(HEADERS[report], like, strict=True))
    cells |= {name.replace("_", " "): cell for name, cell in other.items()}
    texts = {name: text_of(cell) for name, cell in cells.items() if cell is not None}  # type: ignore[arg-type]
    return Row(report, texts["Case Number"], texts)


def client(**other: object) -> Row:
    """The client, or another."""
    return row(Report.CLIENTS, CLIENT, **other)


def invoice(**other: object) -> Row:
    """The invoice, or another."""
    return row(Report.INVOICES, INVOICE, **other)


def payment(**other: object) -> Row:
    """The payment, or another."""
    return row(Report.PAYMENTS, PAYMENT, **other)


def cad(amount: str) -> Money:
    """Canadian dollars."""
    return Money(Decimal(amount), "CAD")


def only(*rows: Row) -> Invoice:
    """The one invoice that these rows tell of."""
    (found,) = (one for case_file in assemble(rows) for one in case_file.invoices)
    return found


def test_an_invoice_has_its_lines_payments_and_client() -> None:
    """Fee, government expense and payment, joined by case and invoice number."""
    found = only(client(), invoice(), payment())

    assert InvoiceKey(CASE, "1001", "S-10002") == found.key
    assert Client("S-10002", "Maria Silva", "maria.silva@example.com") == found.case.client
    assert ("CAD", "Work Permit", "Approved") == (found.case.currency, found.case.kind, found.case.status)
    assert (Line(LineKind.FEE, cad("1500.00")), Line(LineKind.EXPENSE, cad("635.00"))) == found.lines
    assert (Payment("T-1", date(2026, 11, 3), "E-Transfer", cad("2330.00")),) == found.payments
    assert (date(2026, 11, 1), date(2026, 11, 3)) == (found.issued, found.paid)
    assert () == found.doubts


def test_amounts_of_nothing_are_no_lines() -> None:
    """Each of the four amounts has its own kind; empty and zero have none."""
    found = only(
        client(), invoice(Surcharges="33.90", Taxable_Amount=None, Tax_Exempt_Amount="200.00", Expense="0.00")
    )

    assert (
        Line(LineKind.EXEMPT_FEE, cad("200.00")),
        Line(LineKind.SURCHARGE, cad("33.90")),
    ) == found.lines


def test_paid_is_a_paid_date() -> None:
    """A payment alone makes no invoice paid."""
    assert None is only(client(), invoice(Paid_Date=None), payment()).paid


def test_money_given_back_stays_negative() -> None:
    """A refund is a payment the other way."""
    found = only(client(), invoice(), payment(), payment(Transaction_Number="T-2", Amount="(1,130.00)"))

    assert cad("1200.00") == found.received
    assert () == found.doubts


def test_payments_and_invoices_come_oldest_first() -> None:
    """Payments by their day, invoices by theirs, then by number as people count."""
    rows = [
        client(),
        *(
            invoice(Number=number, Invoice_Date=day)
            for number, day in (("10", "2026-11-05"), ("9", "2026-11-05"))
        ),
        invoice(Number="11", Invoice_Date="2026-11-01"),
        payment(Number="11", Transaction_Number="B", Payment_Date="2026-11-09"),
        payment(Number="11", Transaction_Number="A", Payment_Date="2026-11-08"),
    ]
    (found,) = assemble(rows)

    assert ["11", "9", "10"] == [one.key.number for one in found.invoices]
    assert ["A", "B"] == [one.transaction for one in found.invoices[0].payments]


def test_a_case_without_invoices_is_a_case() -> None:
    """It can be found, and has nothing to book."""
    assert [(CASE, ())] == [(one.case.number, one.invoices) for one in assemble([client()])]


def test_a_payment_alone_is_no_case() -> None:
    """Money for an invoice nobody told us of waits for its invoice."""
    assert () == assemble([payment()])


@pytest.mark.parametrize(
    ("rows", "doubts"),
    [
        pytest.param([invoice(), payment()], (Doubt.NO_CLIENT, Doubt.NO_CURRENCY), id="no client listed"),
        pytest.param([client(Client_Identifier=""), invoice()], (Doubt.NO_CLIENT,), id="no identifier"),
        pytest.param([client(Currency=""), invoice()], (Doubt.NO_CURRENCY,), id="no currency"),
        pytest.param([client(Currency="loonies"), invoice()], (Doubt.NO_CURRENCY,), id="no such currency"),
        pytest.param([client(Currency="XXX"), invoice()], (Doubt.NO_CURRENCY,), id="the code for none"),
        pytest.param(
            [client(), client(Currency="USD"), invoice()], (Doubt.NO_CURRENCY,), id="listed in two currencies"
        ),
        pytest.param(
            [client(), client(Full_Name="Mario Silva"), invoice()],
            (Doubt.CONFLICTING_ROWS,),
            id="one client by two names",
        ),
        pytest.param(
            [client(), client(Email="Maria.Silva@Example.com", Case_Status="Closed"), invoice()],
            (),
            id="listed twice alike",
        ),
        pytest.param([client(), invoice(Paid_Date="03/04/2026")], (Doubt.UNCLEAR_DATE,), id="paid?"),
        pytest.param([client(), invoice(Invoice_Date="03/04/2026")], (Doubt.UNCLEAR_DATE,), id="issued?"),
        pytest.param(
            [client(), invoice(), payment(Payment_Date="03/04/2026")], (Doubt.UNCLEAR_DATE,), id="received?"
        ),
        pytest.param([client(), invoice(Paid_Date="soon")], (Doubt.UNREADABLE,), id="no date"),
        pytest.param([client(), invoice(Expense="see note")], (Doubt.UNREADABLE,), id="no amount"),
        pytest.param([client(), invoice(), payment(Amount="?")], (Doubt.UNREADABLE,), id="no payment amount"),
        pytest.param([client(), invoice(), payment(Amount=None)], (Doubt.UNREADABLE,), id="empty payment"),
        pytest.param(
            [client(), invoice(), payment(Payment_Date=None)], (Doubt.UNREADABLE,), id="no payment day"
        ),
        pytest.param([client(Currency="JPY"), invoice(Expense="0.50")], (Doubt.UNREADABLE,), id="half a yen"),
        pytest.param([client(), invoice(), invoice()], (), id="an invoice twice alike"),
        pytest.param([client(), invoice(), invoice(Read="No")], (), id="twice, but for what we don't use"),
        pytest.param(
            [client(), invoice(), invoice(Expense="1.00")], (Doubt.CONFLICTING_ROWS,), id="in two ways"
        ),
        pytest.param([client(), invoice(), payment(), payment()], (), id="a payment twice alike"),
        pytest.param(
            [client(), invoice(), payment(), payment(Amount="1.00")],
            (Doubt.CONFLICTING_ROWS,),
            id="a transaction in two ways",
        ),
        pytest.param(
            [client(), invoice(), payment(), payment(Number="1002")], (Doubt.SPREAD_PAYMENT,), id="spread"
        ),
        pytest.param(
            [client(), invoice(), payment(), payment(Case_Number="00003-Haddad")],
            (Doubt.SPREAD_PAYMENT,),
            id="spread over two cases",
        ),
        pytest.param([client(), invoice(Number=None)], (Doubt.NO_NUMBER,), id="no invoice number"),
        pytest.param(
            [client(), invoice(), payment(Transaction_Number=None)], (Doubt.NO_NUMBER,), id="no transaction"
        ),
        pytest.param(
            [invoice(Paid_Date="03/04/2026", Expense="?"), payment(), payment(Number="1002")],
            (Doubt.NO_CLIENT, Doubt.NO_CURRENCY, Doubt.UNCLEAR_DATE, Doubt.UNREADABLE, Doubt.SPREAD_PAYMENT),
            id="all at once",
        ),
    ],
)
def test_what_is_doubtful_is_said(rows: list[Row], doubts: tuple[Doubt, ...]) -> None:
    """Instead of guessed."""
    assert doubts == only(*rows).doubts


def test_twins_are_one_booking() -> None:
    """Exact duplicates keep their rows, and the invoice and the payment are there once."""
    found = only(client(), invoice(), invoice(), payment(), payment())

    assert (cad("2135.00"), cad("2330.00")) == (found.listed, found.received)


def test_payments_without_a_number_are_all_there() -> None:
    """None is taken for another's twin."""
    found = only(client(), invoice(), *[payment(Transaction_Number=None)] * 2)

    assert cad("4660.00") == found.received


def test_money_for_no_invoice_is_on_none() -> None:
    """Not even on an invoice without a number."""
    assert () == only(client(), invoice(Number=None), payment(Number=None)).payments


def test_a_shared_case_number_is_a_case_file_for_each_client() -> None:
    """Nobody can say whose the invoice is, so it is held under both."""
    found = assemble([client(), client(Client_Identifier="S-2", Full_Name=HOSTILE), invoice(), payment()])

    assert [("S-10002", "Maria Silva"), ("S-2", HOSTILE)] == [
        (one.case.client.identifier, one.case.client.name) for one in found
    ]
    assert [(Doubt.SHARED_CASE,)] * 2 == [one.invoices[0].doubts for one in found]
    assert ["S-10002", "S-2"] == [one.invoices[0].key.client for one in found]


def test_whether_the_paid_date_is_unclear_is_told() -> None:
    """Whoever shows it must not show a day as a fact; an unclear invoice date says nothing about it."""
    assert only(client(), invoice(Paid_Date="03/04/2026")).paid_unclear
    assert not only(client(), invoice(Invoice_Date="03/04/2026")).paid_unclear
    assert not only(client(), invoice(Paid_Date=None)).paid_unclear


def test_an_unclear_date_stands_as_the_earlier_day() -> None:
    """So that the invoice shows as paid, and is held."""
    assert date(2026, 3, 4) == only(client(), invoice(Paid_Date="03/04/2026")).paid


def test_amounts_in_no_currency_are_kept_as_such() -> None:
    """They can be shown, and added to nothing else."""
    assert Money(Decimal("2330.00"), "XXX") == only(invoice(), payment()).received


@pytest.mark.parametrize("name", [HOSTILE, LONG])
def test_names_go_through_unharmed(name: str) -> None:
    """As identifiers, as names, as case numbers."""
    found = only(
        client(Case_Number=name, Client_Identifier=name, Full_Name=name, Case_Type=name),
        invoice(Case_Number=name, Number=name),
        payment(Case_Number=name, Number=name, Transaction_Number=name, Method=name),
    )

    assert InvoiceKey(name, name, name) == found.key
    assert (name, name) == (found.payments[0].transaction, found.payments[0].method)
    assert () == found.doubts


@st.composite
def odd_rows(draw: st.DrawFn) -> Row:
    """Rows of the right shape saying anything."""
    form = draw(st.sampled_from([form for form in FORMS if form.report]))
    cell = st.one_of(
        st.sampled_from(["", CASE, "1001", "T-1", "CAD", "1", "-5", "03/04/2026"]), st.text(max_size=9)
    )
    cells = {name: text_of(draw(cell)) for name in form.columns if draw(st.booleans())}
    assert form.report
    return Row(form.report, cells.get("Case Number", CASE), cells)


@given(st.lists(odd_rows(), max_size=8))
def test_no_rows_ever_crash(rows: list[Row]) -> None:
    """Whatever they say, every invoice can be shown and summed, once a client, and known by its key."""
    found: tuple[CaseFile, ...] = assemble(rows)

    for case_file in found:
        keys = [one.key.subject for one in case_file.invoices]
        assert len(keys) == len(set(keys))
        for one in case_file.invoices:
            assert one.listed.currency == one.received.currency == case_file.case.currency
            assert one.listed.minor is not None
            assert one.received.minor is not None
