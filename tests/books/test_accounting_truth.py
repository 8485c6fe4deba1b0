"""What the plan says is what the books say, for any mix of lines, rates, payments and currencies."""

from __future__ import annotations

import itertools
import os
import secrets
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import strategies as st

from db.engine import open_database
from db.records import InvoiceKey
from qb.hold import Reason
from qb.plan import plan
from qb.sandbox import Sandbox
from tests.books.mixes import IN_NEW_BRUNSWICK, Mix, mixes
from tests.books.office import Clock, Office
from tests.books.straight import RECEIVABLE, Booked, book, invoice_says, payment_says, set_up, sides
from tests.fuzz.fuzzing import fuzz
from tests.proof_lines import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from qb.entry import Held
    from qb.ground import Ground

FEW, MANY = 40, 5_000
CANT_BE_TOLD = {Reason.TAX_AMBIGUOUS, Reason.TAX_UNMAPPED}
"""Why what was paid rightly may be held all the same: the export has no tax column, so cents can mislead."""
OF_THE_FIRM = {Reason.NO_CONTACT, Reason.FOREIGN_CURRENCY, Reason.NOTHING_TO_BOOK}


class Judge:
    """Books every example in the same company, and holds it to the rules of double entry."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.ground = set_up(office)
        self.seen: Counter[str] = Counter()
        self._numbers = itertools.count(1)

    def check(self, example: tuple[list[Mix], bool]) -> None:
        """One firm's evening: what is ready is booked, what is held leaves no trace."""
        found, custom_numbers = example
        numbered = [self._numbered(mix) for mix in found]
        ground = self._ground(custom_numbers=custom_numbers)
        made = plan([mix.invoice for mix in numbered], ground)
        before = self._documents()
        booked = book(self.office, made, multicurrency=ground.directory.multicurrency)
        records = {mix.invoice.key.subject: mix for mix in numbered}
        for one in booked:
            self._as_planned(one)
            as_received(one, records[one.entry.subject])
            self.seen["booked"] += 1
        for held in made.held:
            as_it_should(held, records[held.key.subject])
            self.seen["held"] += 1
        self._nothing_else(booked, before)

    def _numbered(self, mix: Mix) -> Mix:
        """QuickBooks takes a number once, so each example has its own."""
        invoice, n = mix.invoice, next(self._numbers)
        key = InvoiceKey(invoice.key.case, f"N-{n}", invoice.key.client)
        payments = tuple(replace(one, transaction=f"{one.transaction}/{n}") for one in invoice.payments)
        return replace(mix, invoice=replace(invoice, key=key, payments=payments))

    def _ground(self, *, custom_numbers: bool) -> Ground:
        return replace(self.ground, directory=replace(self.ground.directory, custom_numbers=custom_numbers))

    def _documents(self) -> int:
        return len(self.office.sandbox.books.entries())

    def _as_planned(self, one: Booked) -> None:
        """Each document did what the plan says, to the cent, and debits are credits."""
        assert invoice_says(self.office, one.entry) == sides(self.office, "Invoice", one.invoice)
        for payment, identity in zip(one.entry.payments, one.payments, strict=True):
            assert payment_says(one.entry, payment) == sides(self.office, "Payment", identity)
            document = self.office.sandbox.books.entity("Payment", identity)
            assert document is not None
            assert (0, payment.date.isoformat()) == (document["UnappliedAmt"], document["TxnDate"])
        for kind, identity in (("Invoice", one.invoice), *(("Payment", p) for p in one.payments)):
            assert 0 == sum(sides(self.office, kind, identity).values())
        document = self.office.sandbox.books.entity("Invoice", one.invoice)
        assert document is not None
        assert (0, one.entry.total.amount) == (document["Balance"], document["TotalAmt"])

    def _nothing_else(self, booked: Sequence[Booked], before: int) -> None:
        """So many documents as planned, nobody owes anything, and all of it comes to nothing."""
        books = self.office.sandbox.books
        assert sum(1 + len(one.payments) for one in booked) == self._documents() - before
        assert {} == books.owed()
        assert RECEIVABLE not in books.trial_balance()
        assert 0 == sum(books.trial_balance().values())


def as_received(one: Booked, mix: Mix) -> None:
    """No payment is another than CaseEasy's, and they come to what was received and invoiced."""
    entry, invoice = one.entry, mix.invoice
    given = Counter((p.transaction, p.date, p.amount) for p in invoice.payments)
    assert given == Counter((p.transaction, p.date, p.amount) for p in entry.payments)
    assert invoice.received == entry.received == entry.total
    assert invoice.listed == entry.listed
    assert invoice.issued == entry.date
    if mix.tax is not None:
        assert mix.tax == entry.tax.amount


def as_it_should(one: Held, mix: Mix) -> None:
    """What was paid as one of the firm's rates asks is held only where the records can't tell."""
    if mix.tax is None:
        return
    elsewhere = {Reason.TAX_UNEXPLAINED} if mix.invoice.case.client == IN_NEW_BRUNSWICK else set()
    assert {hold.reason for hold in one.holds} <= CANT_BE_TOLD | OF_THE_FIRM | elsewhere


EXAMPLES = st.tuples(st.lists(mixes(), min_size=1, max_size=3), st.booleans())


@pytest.fixture
def judge(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Judge]:
    """A firm, and a QuickBooks whose journal begins empty of ours."""
    file, clock = tmp_path / "firm.db", Clock()
    file.write_bytes(migrated_sqlite.read_bytes())
    with Sandbox(clock=clock) as sandbox:
        database = open_database(f"sqlite:///{file}", given_clock=True)
        yield Judge(Office(database, sandbox, clock))
        database.close()


def test_the_books_say_what_the_plan_says(judge: Judge) -> None:
    """A short form of the proof below."""
    fuzz(judge.check, EXAMPLES, FEW)
    assert judge.seen["booked"] > FEW // 8
    assert judge.seen["held"] > FEW // 8


@pytest.mark.prove
def test_five_thousand_mixes_are_booked_as_planned(judge: Judge) -> None:
    """Each document by account, customer and rate; afresh at each run or by SEED."""
    begin = int(os.environ.get("SEED") or secrets.randbelow(1_000_000_000))
    print(f"SEED={begin}")  # noqa: T201 - shown where it fails
    fuzz(judge.check, EXAMPLES, MANY, begin)
    say(
        "Accounting truth",
        "the plan against the sandbox's double-entry journal",
        f"{MANY:,} examples of seed {begin}: {judge.seen['booked']:,} invoices booked as planned, "
        f"{judge.seen['held']:,} held; debits are credits, nobody owes anything",
    )
