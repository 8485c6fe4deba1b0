"""Entries as tables, as many as it takes: the preview and the request show the same rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from commands.views.blocks import table
from commands.views.text import day, flat, money

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from commands.views.blocks import Block
    from qb.entry import Entry, EntryPayment

ROWS = 95  # of the 100 a table may have
CHARACTERS = 7_000  # of a table
CELL = 70
CELL_FRAME = 34  # what JSON puts around a cell
HEADINGS = ("Invoice", "What", "Booked as", "Tax or account")
Row = tuple[str, str, str, str, str]


def tables(entries: Sequence[Entry], characters: int = CHARACTERS) -> Iterator[Block]:
    """Tables that each fit a message; an invoice isn't torn apart unless it alone is too long."""
    headings = (*HEADINGS, f"Amount ({entries[0].total.currency})")
    rows: list[Row] = []
    for entry in entries:
        fresh = _rows(entry)
        whole = _fits(fresh, characters)
        if rows and not (whole and _fits([*rows, *fresh], characters)):
            yield table([headings, *rows], right=(4,))
            rows = []
        for row in fresh:
            if not whole and not _fits([*rows, row], characters):
                yield table([headings, *rows], right=(4,))
                rows = []
            rows.append(row)
    yield table([headings, *rows], right=(4,))


def _fits(rows: Sequence[Row], characters: int) -> bool:
    size = sum(len(json.dumps(cell)) + CELL_FRAME for row in rows for cell in row)
    return len(rows) <= ROWS and size <= characters


def _rows(entry: Entry) -> list[Row]:
    number = _cell(entry.key.number)
    if entry.linked is not None:
        there = (
            number,
            "Invoice, linked",
            _cell(entry.customer.name),
            "in QuickBooks already",
            money(entry.total),
        )
        return [there, *_payments(entry, number)]
    rows: list[Row] = [
        (
            number,
            _cell(line.description),
            _cell(line.item.name),
            _cell(line.tax_code.name),
            money(line.amount),
        )
        for line in entry.lines
    ]
    rows.extend(
        (number, f"Tax on {money(tax.taxable)}", "", _cell(tax.rate.name), money(tax.amount))
        for tax in entry.taxes
    )
    rows.append(
        (number, f"Invoice of {day(entry.date)}, total", _cell(entry.customer.name), "", money(entry.total))
    )
    return [*rows, *_payments(entry, number)]


def _payments(entry: Entry, number: str) -> list[Row]:
    return [
        (
            number,
            f"Payment of {day(payment.date)}",
            _cell(method_words(payment)),
            _cell(payment.account.name),
            money(payment.amount),
        )
        for payment in entry.payments
    ]


def method_words(payment: EntryPayment) -> str:
    """How it was paid, with its reference."""
    return f"{payment.method.name}, ref. {payment.reference}" if payment.reference else payment.method.name


def _cell(text: str) -> str:
    return flat(text, CELL)
