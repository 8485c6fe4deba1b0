"""What a plan rests on beside the invoices, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qb.directory import Directory
    from qb.entry import Link
    from qb.mapping import Mapping


@dataclass(frozen=True, slots=True)
class Ground:
    """The company's lists, the firm's choices, and what is done already.

    The sets hold invoice subjects (``InvoiceKey.subject``).
    """

    realm_id: str
    directory: Directory
    mapping: Mapping
    links: tuple[Link, ...] = ()
    booked: frozenset[str] = frozenset()
    under_way: frozenset[str] = frozenset()
    in_review: frozenset[str] = frozenset()

    def link(self, payer: str, currency: str) -> Link | None:
        """The payer's contact in a currency, if one was chosen."""
        return next((k for k in self.links if k.payer == payer and k.currency == currency), None)
