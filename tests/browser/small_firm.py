"""The exports of a firm so small that a week sees all of it booked: two clients, and one new invoice."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.demo.samples.exports import client_listing, invoices, payments
from bot.demo.samples.paper import as_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from bot.demo.samples.exports import Row

CLIENTS = ("Case Number", "00002-Osei", "00003-Haddad")
"""A report's header, and whose rows are kept."""


def write_monday(folder: Path, monday: date) -> tuple[str, ...]:
    """Monday's three exports; their names."""
    folder.mkdir(exist_ok=True)
    return _written(
        folder,
        monday,
        {
            "Client Listing": _of_them(client_listing(monday, monday)),
            "Invoices": _of_them(invoices(monday, monday)),
            "Payments": _of_them(payments(monday, monday)),
        },
    )


def write_wednesday(folder: Path, monday: date, wednesday: date) -> tuple[str, ...]:
    """Wednesday's: Leila Haddad has paid another invoice, by a method nobody has seen before."""
    sum_paid = Decimal("565.00")
    billed: Row = (
        "00003-Haddad",
        "1101",
        monday,
        wednesday,
        None,
        Decimal("500.00"),
        None,
        None,
        "No",
        "Grace M.",
    )
    paid: Row = ("00003-Haddad", "CE-11011", "1101", wednesday, "Interac", sum_paid)
    return _written(
        folder,
        wednesday,
        {
            "Invoices": [*_of_them(invoices(monday, monday)), billed],
            "Payments": [*_of_them(payments(monday, monday)), paid],
        },
    )


def _of_them(rows: Iterable[Row]) -> Iterator[Row]:
    return (row for row in rows if row[0] in CLIENTS)


def _written(folder: Path, day: date, reports: dict[str, Iterable[Row]]) -> tuple[str, ...]:
    for report, rows in reports.items():
        (folder / f"{report}-export-{day}.csv").write_bytes(as_csv(rows))
    return tuple(f"{report}-export-{day}.csv" for report in reports)
