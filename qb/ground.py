"""What a plan rests on beside the invoices, as one value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qb.others import Others
from qb.trust import ClientMoney

if TYPE_CHECKING:
    from collections.abc import Mapping as Table
    from datetime import date

    from db.said import Answer
    from qb.directory import Directory
    from qb.entry import Link
    from qb.mapping import Mapping


@dataclass(frozen=True, slots=True)
class Ground:
    """The company's lists, the firm's choices, and what is done already.

    The sets hold invoice subjects (``InvoiceKey.subject``). What was paid before ``go_live``, a day of the
    firm's, is taken as in the books already. ``others`` is what QuickBooks holds that we didn't write, as
    last looked at; ``answers`` is what was said, by subject, of invoices that look as if they were among it.
    """

    realm_id: str
    directory: Directory
    mapping: Mapping
    links: tuple[Link, ...] = ()
    booked: frozenset[str] = frozenset()
    under_way: frozenset[str] = frozenset()
    in_review: frozenset[str] = frozenset()
    client_money: ClientMoney = field(default_factory=ClientMoney)
    go_live: date | None = None
    others: Others = field(default_factory=Others)
    answers: Table[str, Answer] = field(default_factory=dict)

    def link(self, payer: str, currency: str, case: str = "") -> Link | None:
        """Who pays for the case in a currency: whoever was chosen for it, else the client's contact."""
        theirs = [k for k in self.links if k.payer == payer and k.currency == currency]
        return next((k for one in dict.fromkeys((case, "")) for k in theirs if k.case == one), None)
