"""A month of CaseEasy exports of an immigration firm that doesn't exist, made afresh for any day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.demo.samples import moncton
from bot.demo.samples.exports import client_listing, invoices, payments, rota
from bot.demo.samples.paper import as_csv, as_french_csv, as_workbook

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

WEEK = timedelta(days=7)


def write_samples(folder: Path, *, today: date) -> tuple[Path, ...]:
    """Write last week's and today's exports, another office's, one corrected later, and a file that is none.

    The same bytes for the same day: every date in them is counted back from ``today``, the firm's day.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = today - WEEK
    contents = {
        f"Client Listing-export-{before}.xlsx": as_workbook("Client Listing", client_listing(before, today)),
        f"Invoices-export-{before}.xlsx": as_workbook("Invoices", invoices(before, today)),
        f"Payments-export-{before}.xlsx": as_workbook("Payments", payments(before, today)),
        f"Client Listing-export-{today}.xlsx": as_workbook("Client Listing", client_listing(today, today)),
        f"Invoices-export-{today}.xlsx": as_workbook("Invoices", invoices(today, today)),
        f"Payments-export-{today}.csv": as_csv(payments(today, today)),
        "Payments after a correction.csv": as_csv(payments(today, today, corrected=True)),
        "Moncton Client Listing.csv": as_french_csv(moncton.client_listing()),
        "Moncton Invoices.csv": as_french_csv(moncton.invoices(today)),
        "Moncton Payments.csv": as_french_csv(moncton.payments(today)),
        "Holiday rota.xlsx": as_workbook("Rota", rota()),
    }
    written = []
    for name, content in contents.items():
        path = folder / name
        path.write_bytes(content)
        written.append(path)
    return tuple(written)
