"""Somebody lets QuickBooks number invoices itself, so that no number keeps a second one out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qb.gateway import encode

if TYPE_CHECKING:
    from tests.books.office import Office


def let_quickbooks_number(office: Office) -> None:
    """Switch custom transaction numbers off in QuickBooks; the office must be connected."""
    company = office.connections.company(office.firm_id)
    found = company.read("Preferences", "1").entity
    change = {"SalesFormsPrefs": {**found["SalesFormsPrefs"], "CustomTxnNumbers": False}}
    company.update("Preferences", encode({**found, **change}), office.new_id())
