"""Where every proof begins: a firm that is connected, imported, mapped and linked, with nothing booked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.engine import open_database
from qb.sandbox import Sandbox
from tests.books.exports import Paid
from tests.books.office import Clock, Office

if TYPE_CHECKING:
    from db.records import InvoiceKey

# Expenses only: what the far side keeps is what was listed, so it needn't know taxes.
INVOICES = (
    Paid("INV-1", (("T-1", "635.00", "e-Transfer"),), expense="635.00"),
    Paid("INV-2", (("T-2", "100.00", "e-Transfer"), ("T-3", "50.10", "Credit Card")), expense="150.10"),
    Paid("INV-3", (("T-4", "0.01", "e-Transfer"),), expense="0.01"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The firm that was made ready."""

    firm_id: str
    realm_id: str
    keys: tuple[InvoiceKey, ...]


def make_ready(url: str) -> Standing:
    """Fill the migrated database at this address by the program's own means."""
    clock = Clock()
    with Sandbox(clock=clock) as sandbox:
        database = open_database(url, given_clock=True)
        office = Office(database, sandbox, clock)
        office.ready(*INVOICES)
        standing = Standing(office.firm_id, sandbox.realm_id, office.keys())
        database.close()
    return standing
