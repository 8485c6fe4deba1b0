"""What the firm's exports say, asked by case, by client or as a whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from db import columns_taught, matters, sharing
from db.intake import forms
from db.intake.amounts import known_currency
from db.intake.assemble import assemble
from db.intake.forms import Report
from db.intake.imports import visible
from db.intake.row import Row
from db.intake.spelling import searched, words_of
from db.portions import AT_ONCE, portions
from db.tables import SourceRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from db.intake.meanings import Columns
    from db.intake.settled import Settled
    from db.records import CaseFile, Invoice

MOST_MATCHES = 500


@dataclass(frozen=True, slots=True)
class CaseFound:
    """A case that a search found; the client is empty where no Client Listing names the case."""

    number: str
    client_identifier: str
    client_name: str
    email: str
    paid_count: int


def case_file(session: Session, firm_id: str, case_number: str) -> tuple[CaseFile, ...]:
    """The case with its invoices: none where nobody knows it, several where clients share its number."""
    return _case_files(session, firm_id, [case_number])


def case_files(
    session: Session, firm_id: str, numbers: Sequence[str], *, at_once: int = AT_ONCE
) -> Mapping[str, tuple[CaseFile, ...]]:
    """The same for many cases in a few questions, by case number; none for a number nobody knows."""
    found: dict[str, list[CaseFile]] = {number: [] for number in numbers}
    for some in portions(list(found), at_once):
        for one in _case_files(session, firm_id, some):
            found[one.case.number].append(one)
    return {number: tuple(files) for number, files in found.items()}


def cases_of_client(session: Session, firm_id: str, client_identifier: str) -> tuple[CaseFile, ...]:
    """All cases of one client."""
    theirs = sharing.listed(firm_id) & (SourceRow.client == client_identifier)
    numbers = list(
        session.scalars(
            select(SourceRow.case_number).where(theirs).distinct().order_by(SourceRow.case_number)
        )
    )
    found = (one for files in case_files(session, firm_id, numbers).values() for one in files)
    return tuple(one for one in found if one.case.client.identifier == client_identifier)


def find_cases(session: Session, firm_id: str, text: str, limit: int = 20) -> tuple[CaseFound, ...]:
    """Cases by number or its beginning, an invoice's exact number, beginnings of the client's name or e-mail.

    Accents and capitals don't count. A case with exactly that number comes first; nothing typed finds the
    first cases there are.
    """
    words = words_of(text)
    if text.strip() and not words:
        return ()
    asked = text.strip()
    billed = _numbers_billed(session, firm_id, asked) if asked else []
    named = _numbers_matching(session, firm_id, asked, words)
    numbers = sorted(dict.fromkeys([*billed, *named]), key=lambda number: number != asked)[:limit]
    files = _case_files(session, firm_id, numbers)
    found = [_found(one) for one in _meant(files, asked, words)]
    return tuple(sorted(found, key=lambda one: (one.number != text.strip(), one.number)))[:limit]


@dataclass(frozen=True, slots=True)
class Records:
    """All that a firm's exports say and what its columns mean, as read at one moment."""

    rows: tuple[Row, ...]
    taught: Columns
    settled: Settled

    def invoices(self) -> tuple[Invoice, ...]:
        """Every invoice once, paid or not; one of a shared case number is listed under its first client.

        Of many rows this takes long: the database needn't be held for it.
        """
        invoices: dict[tuple[str, str], Invoice] = {}
        for one in assemble(self.rows, self.taught, self.settled):
            for invoice in one.invoices:
                invoices.setdefault((invoice.key.case, invoice.key.number), invoice)
        return tuple(invoices.values())


def records(session: Session, firm_id: str) -> Records:
    """The firm's records, not yet made out."""
    rows = tuple(_rows(session, visible(firm_id)))
    return Records(rows, columns_taught.taught(session, firm_id), matters.settled(session, firm_id))


def all_invoices(session: Session, firm_id: str) -> tuple[Invoice, ...]:
    """Every invoice, as :meth:`Records.invoices` gives them."""
    return records(session, firm_id).invoices()


def methods_seen(session: Session, firm_id: str) -> tuple[str, ...]:
    """The payment methods of the Payments exports, as written there."""
    return _seen(session, firm_id, Report.PAYMENTS, forms.METHOD)


def currencies_seen(session: Session, firm_id: str) -> tuple[str, ...]:
    """The currencies of the Client Listing (ISO 4217)."""
    seen = {text.upper() for text in _seen(session, firm_id, Report.CLIENTS, forms.CURRENCY)}
    return tuple(sorted(code for code in seen if known_currency(code)))


def _seen(session: Session, firm_id: str, report: Report, column: str) -> tuple[str, ...]:
    cell = SourceRow.cells[column].as_string()
    found = session.scalars(select(cell).where(visible(firm_id), SourceRow.report == report).distinct())
    return tuple(sorted(text for text in found if text))


def _numbers_matching(session: Session, firm_id: str, text: str, words: Sequence[str]) -> list[str]:
    named = [SourceRow.found_by.contains(f" {word}") for word in words]
    found = session.scalars(
        select(SourceRow.case_number)
        .where(visible(firm_id), SourceRow.report != Report.PAYMENTS, *named)
        .distinct()
        .order_by(SourceRow.case_number)
        .limit(MOST_MATCHES)
    )
    return sorted(found, key=lambda number: (number != text, not number.startswith(text), number))


def _numbers_billed(session: Session, firm_id: str, text: str) -> list[str]:
    """The cases with an invoice of exactly this number."""
    number = SourceRow.cells[forms.NUMBER].as_string()
    found = session.scalars(
        select(SourceRow.case_number)
        .where(visible(firm_id), SourceRow.report == Report.INVOICES, number == text)
        .distinct()
        .order_by(SourceRow.case_number)
        .limit(MOST_MATCHES)
    )
    return list(found)


def _meant(found: Sequence[CaseFile], text: str, words: Sequence[str]) -> list[CaseFile]:
    """Of clients who share a case number, only those the words mean."""
    sharing = Counter(one.case.number for one in found)
    return [one for one in found if sharing[one.case.number] == 1 or _means(text, words, one)]


def _means(text: str, words: Sequence[str], found: CaseFile) -> bool:
    if any(invoice.key.number == text for invoice in found.invoices):
        return True
    client = found.case.client
    known = searched(client.name, found.case.number, client.email)
    return all(f" {word}" in known for word in words)


def _found(one: CaseFile) -> CaseFound:
    return CaseFound(
        number=one.case.number,
        client_identifier=one.case.client.identifier,
        client_name=one.case.client.name,
        email=one.case.client.email,
        paid_count=sum(invoice.paid is not None for invoice in one.invoices),
    )


def _case_files(session: Session, firm_id: str, numbers: Sequence[str]) -> tuple[CaseFile, ...]:
    """The cases with these numbers, knowing what else their transactions pay and their clients stand for."""
    theirs = visible(firm_id) & SourceRow.case_number.in_(numbers)
    rows = _rows(session, theirs)
    asked = {row.case_number for row in rows}
    elsewhere = _paying(session, firm_id, _transactions(session, theirs))
    others = [row for row in elsewhere if row.case_number not in asked]
    clients = {row.text(forms.CLIENT) for row in rows if row.report is Report.CLIENTS} - {""}
    taught, settled = columns_taught.taught(session, firm_id), matters.settled(session, firm_id)
    named = sharing.people_of(session, firm_id, clients)
    return assemble([*rows, *others], taught, settled, named)


def _transactions(session: Session, theirs: ColumnElement[bool]) -> list[str]:
    """The payments' transactions among these rows.

    Asked for before what else they pay, not within that question: right after a large import PostgreSQL
    doesn't know yet how much there is, and reads every payment once for every other.
    """
    named = select(SourceRow.found_by).where(theirs, SourceRow.report == Report.PAYMENTS).distinct()
    return [found_by for found_by in session.scalars(named) if found_by is not None]


def _paying(session: Session, firm_id: str, transactions: Sequence[str]) -> list[Row]:
    """The payments of these transactions."""
    payments = visible(firm_id) & (SourceRow.report == Report.PAYMENTS)
    return [
        row
        for some in portions(transactions)
        for row in _rows(session, payments & SourceRow.found_by.in_(some))
    ]


def _rows(session: Session, which: ColumnElement[bool]) -> list[Row]:
    found = session.execute(
        select(SourceRow.report, SourceRow.case_number, SourceRow.cells)
        .where(which)
        .order_by(SourceRow.key, SourceRow.occurrence)
    )
    return [Row(Report(row.report), row.case_number, row.cells) for row in found]
