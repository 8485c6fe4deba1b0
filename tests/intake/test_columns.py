"""What a firm says its own columns mean counts for the rows that are here and for every later file."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from db import audit, cases, columns_taught
from db.columns_taught import Column
from db.engine import Database
from db.intake.forms import Report
from db.intake.meanings import Meaning, Taught
from db.money import Money
from db.records import Doubt, Invoice, Mark, Stated, StatedTax
from tests.intake.conftest import Importing
from tests.intake.sheets import (
    CASE,
    CLIENT,
    HOSTILE,
    INVOICE,
    INVOICES,
    LISTING,
    MONEY,
    PAYMENT,
    PAYMENTS,
    Rows,
)

LATER = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


class Bills:
    """One invoice in a file with more columns than CaseEasy's own."""

    def __init__(self, *headers: str) -> None:
        self.headers = headers

    def saying(self, *cells: object) -> Rows:
        """The file, with these cells in them."""
        return [(*INVOICES, *self.headers), (*INVOICE, *cells)]


class Firm:
    """A firm that explains columns of its Invoices export."""

    def __init__(self, database: Database, firm_id: str) -> None:
        self.database = database
        self.id = firm_id

    def says(self, header: str, means: Taught, report: Report = Report.INVOICES) -> bool:
        """Ben answers."""
        with self.database.write() as session:
            column = Column(report, header)
            return columns_taught.teach(session, self.id, column, means, by="U0BEN", now=LATER)

    @property
    def invoice(self) -> Invoice:
        """The one invoice as it reads now."""
        with self.database.read() as session:
            (found,) = cases.all_invoices(session, self.id)
        return found

    @property
    def open(self) -> list[tuple[str, tuple[str, ...]]]:
        """Headers somebody must still say something of, with what stood in them."""
        with self.database.read() as session:
            every = columns_taught.all_columns(session, self.id)
        return [(one.column.header, one.column.values) for one in every if one.is_open]


@pytest.fixture
def firm(database: Database, firm_id: str) -> Firm:
    """The firm most tests are about."""
    return Firm(database, firm_id)


def means(meaning: Meaning, header: str = "X", **more: object) -> Taught:
    """An answer."""
    return Taught(meaning, header, **more)  # type: ignore[arg-type]


def cad(amount: str) -> Money:
    """An amount in Canadian dollars."""
    return Money(Decimal(amount), "CAD")


def test_a_new_column_is_asked_once_with_what_stood_in_it(take: Importing, firm: Firm) -> None:
    """The file is taken in all the same; a second file with the column asks nothing anew."""
    first = take(Bills("HST 13%", HOSTILE).saying("195.00", "red"))
    again = take(Bills("hst  13%", HOSTILE).saying("195.00", "red"))

    assert 1 == first.files[0].new
    assert ("invoices|hst13%", "invoices|<!channel>&<https://evil|approve>") == first.anew
    assert [("HST 13%", ("195.00",)), (HOSTILE, ("red",))] == [
        (one.column.header, one.column.values) for one in first.questions
    ]
    assert () == again.anew
    assert [("hst 13%", ("195.00",)), (HOSTILE, ("red",))] == firm.open


def test_columns_of_clients_are_not_asked(take: Importing, firm: Firm) -> None:
    """Nothing in them could change a booking."""
    clients = (*LISTING[0], "Shoe Size"), (*CLIENT, "42")
    assert () == take(clients).questions
    assert [] == firm.open


def test_an_answer_counts_for_rows_that_are_here_and_for_later_files(take: Importing, firm: Firm) -> None:
    """Without dropping the file again."""
    take(LISTING, Bills("HST").saying("195.00"), MONEY)
    assert Stated() == firm.invoice.stated

    assert firm.says("HST", means(Meaning.TAX, "HST", name="HST", percent=Decimal(13)))

    assert Stated(taxes=(StatedTax("HST", Decimal(13), cad("195.00")),)) == firm.invoice.stated
    assert [] == firm.open
    later = take(Bills("HST").saying("196.00"))
    assert ((), ()) == (later.questions, later.files[0].unknown_headers)
    assert cad("196.00") == firm.invoice.stated.taxes[0].amount


@pytest.mark.parametrize(
    ("taught", "cell", "stated"),
    [
        pytest.param(means(Meaning.TOTAL), "1,695.00", Stated(total=cad("1695.00")), id="total"),
        pytest.param(means(Meaning.DISCOUNT), "-200", Stated(discount=cad("-200.00")), id="discount"),
        pytest.param(means(Meaning.DISCOUNT), "0.00", Stated(), id="no discount"),
        pytest.param(
            means(Meaning.DESCRIPTION), "Work permit", Stated(description="Work permit"), id="words"
        ),
        pytest.param(
            means(Meaning.FUND, "Fund", values={"client trust": "trust"}),
            "Client  TRUST",
            Stated(trust="Fund: Client TRUST"),
            id="trust",
        ),
        pytest.param(
            means(Meaning.FUND, values={"general": "operating"}), "General", Stated(), id="operating"
        ),
        pytest.param(
            means(Meaning.STATUS, "State", values={"voided": "void"}),
            "Voided",
            Stated(mark=Mark.VOID, marked="State: Voided"),
            id="void",
        ),
        pytest.param(means(Meaning.STATUS, values={"paid": "paid"}), "Paid", Stated(), id="paid"),
        pytest.param(means(Meaning.IGNORE), "see note", Stated(), id="ignored"),
        pytest.param(means(Meaning.TAX), "", Stated(), id="an empty cell says nothing"),
    ],
)
def test_each_meaning_says_its_own(
    take: Importing, firm: Firm, taught: Taught, cell: str, stated: Stated
) -> None:
    """To the cent, in the invoice's currency."""
    take(LISTING, Bills("X").saying(cell), MONEY)
    firm.says("X", taught)

    assert (stated, ()) == (firm.invoice.stated, firm.invoice.doubts)


@pytest.mark.parametrize(
    ("taught", "cell", "doubt"),
    [
        pytest.param(means(Meaning.TAX), "thirteen", Doubt.UNREADABLE, id="a tax in words"),
        pytest.param(means(Meaning.TOTAL), "1.005", Doubt.UNREADABLE, id="a fraction of a cent"),
        pytest.param(means(Meaning.CURRENCY), "dollars", Doubt.UNREADABLE, id="no currency"),
        pytest.param(means(Meaning.FUND, values={}), "Pooled", Doubt.UNTAUGHT_VALUE, id="an unknown fund"),
        pytest.param(means(Meaning.STATUS, values={}), "Sent", Doubt.UNTAUGHT_VALUE, id="an unknown status"),
    ],
)
def test_what_cannot_be_told_holds_the_invoice(
    take: Importing, firm: Firm, taught: Taught, cell: str, doubt: Doubt
) -> None:
    """Never guessed."""
    take(LISTING, Bills("X").saying(cell), MONEY)
    firm.says("X", taught)

    assert (doubt,) == firm.invoice.doubts


def test_a_currency_column_settles_an_invoice_without_one(take: Importing, firm: Firm) -> None:
    """The invoice's own word counts before its case's; its payments are in it too."""
    take([LISTING[0], (*CLIENT[:-1], "")], Bills("Money").saying("usd"), MONEY)
    assert [Doubt.NO_CURRENCY] == list(firm.invoice.doubts)

    firm.says("Money", means(Meaning.CURRENCY))

    assert ("USD", "USD", ()) == (
        firm.invoice.case.currency,
        firm.invoice.payments[0].amount.currency,
        firm.invoice.doubts,
    )


def test_a_payment_in_another_currency_is_doubtful(take: Importing, firm: Firm) -> None:
    """Invoice, customer and deposit currency agree (CaseEasy facts §5, rule 8)."""
    take(LISTING, [INVOICES, INVOICE], [(*PAYMENTS, "Money"), (*PAYMENT, "USD")])
    firm.says("Money", means(Meaning.CURRENCY), Report.PAYMENTS)

    assert (Doubt.OTHER_CURRENCY,) == firm.invoice.doubts


def test_its_payments_tell_the_currency_where_nothing_else_does(take: Importing, firm: Firm) -> None:
    """If they all tell the same."""
    take([LISTING[0], (*CLIENT[:-1], "")], [INVOICES, INVOICE], [(*PAYMENTS, "Money"), (*PAYMENT, "CAD")])
    firm.says("Money", means(Meaning.CURRENCY), Report.PAYMENTS)

    assert ("CAD", ()) == (firm.invoice.case.currency, firm.invoice.doubts)


def test_a_payment_into_trust_marks_its_invoice(take: Importing, firm: Firm) -> None:
    """One of several is enough."""
    other = (CASE, "T-2", "1001", date(2026, 11, 3), "Visa", 5, "Own")
    take(LISTING, [INVOICES, INVOICE], [(*PAYMENTS, "Fund"), (*PAYMENT, "Trust"), other])
    firm.says(
        "Fund", means(Meaning.FUND, "Fund", values={"trust": "trust", "own": "operating"}), Report.PAYMENTS
    )

    assert "Fund: Trust" == firm.invoice.stated.trust


def test_a_new_value_of_a_status_is_asked_again(take: Importing, firm: Firm) -> None:
    """Only what is new in it; what was answered stays."""
    take(LISTING, Bills("State").saying("Paid"), MONEY)
    firm.says("State", means(Meaning.STATUS, "State", values={"paid": "paid"}))
    assert [] == firm.open

    again = take(Bills("State").saying("Written off"))

    assert ("invoices|state",) == again.anew
    assert [("Written off",)] == [one.unexplained for one in again.questions]
    assert (Doubt.UNTAUGHT_VALUE,) == firm.invoice.doubts


def test_twin_rows_that_state_otherwise_conflict(take: Importing, firm: Firm) -> None:
    """But not where only their descriptions differ."""
    take(LISTING, [(*INVOICES, "X"), (*INVOICE, "5.00"), (*INVOICE, "6.00")], MONEY)
    firm.says("X", means(Meaning.DESCRIPTION))
    assert [] == list(firm.invoice.doubts)

    firm.says("X", means(Meaning.TOTAL))
    assert (Doubt.CONFLICTING_ROWS,) == firm.invoice.doubts


def test_every_answer_is_kept_with_who_and_when(take: Importing, firm: Firm) -> None:
    """The same answer again changes nothing; another takes its place and the audit has both."""
    take(Bills("X").saying("5.00"))
    assert firm.says("X", means(Meaning.TOTAL))
    assert not firm.says("X", means(Meaning.TOTAL))
    assert firm.says("X", means(Meaning.IGNORE))

    with firm.database.read() as session:
        past = columns_taught.history(session, firm.id, Column(Report.INVOICES, "X"))
        lines = [one for one in audit.lines(session, firm.id) if one.verb == "question.answered"]
    assert [(Meaning.TOTAL, "U0BEN", LATER), (Meaning.IGNORE, "U0BEN", LATER)] == [
        (one.taught.meaning, one.said_by, one.said_at) for one in past if one.taught
    ]
    assert ["column|invoices|x"] * 2 == [one.subject for one in lines]
    assert ["total" in one.content for one in lines] == [True, True]
    assert "ignore" in lines[1].content


def test_many_values_are_not_all_kept(take: Importing, firm: Firm) -> None:
    """Twelve, and that there are more: such a column can't be explained value by value."""
    rows = [(*INVOICES, "X"), *((CASE, str(n), *INVOICE[2:], f"v{n}") for n in range(30))]
    (asked,) = take(rows).questions

    assert (12, False) == (len(asked.column.values), asked.column.whole)
