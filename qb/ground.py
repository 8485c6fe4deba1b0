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
    By ``firm_id`` what we wrote and forgot is told from what another installation wrote.
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
    firm_id: str = ""
    linked: Table[str, str] = field(init=False, repr=False, compare=False)
    """Whose subject each linked document is, by how it was seen."""

    _links: dict[tuple[str, str, str], Link] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """A firm has a link for each client, and each invoice asks for one; so with the answers."""
        found: dict[tuple[str, str, str], Link] = {}
        for link in self.links:
            found.setdefault((link.payer, link.currency, link.case), link)
        object.__setattr__(self, "_links", found)
        whose = {one.linked_seen: one.subject for one in self.answers.values() if one.linked_seen}
        object.__setattr__(self, "linked", whose)

    def link(self, payer: str, currency: str, case: str = "") -> Link | None:
        """Who pays for the case in a currency: whoever was chosen for it, else the client's contact."""
        return self._links.get((payer, currency, case)) or self._links.get((payer, currency, ""))
