"""Compares what QuickBooks holds under our marks with what we booked: what a person must look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from db.money import total as sum_of
from qb.drift import differences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from db.effects import Effect
    from db.money import Money
    from qb.entry import Entry, EntryPayment, Named
    from qb.receipt import Difference

MARKED = "[rec:"
"""What each of our marks begins with, whole or not."""
MARK = re.compile(r"\[rec:[A-Z2-7]{22}\]")
"""What every document that we write carries in its private note."""
PATIENCE = timedelta(minutes=30)
"""What was begun later than so long ago is still being booked: its document settles by itself."""
LATEST = timedelta(minutes=10)
"""What was confirmed later than so long ago may not show in every answer of QuickBooks yet."""
CONFIRMED = "confirmed"
MOVING = frozenset({"ready", "sending", "parked"})

Place = tuple[str, str]
"""A document by QuickBooks' type and id."""


class Kind(StrEnum):
    """What is wrong with a document, by the way it came about."""

    TWIN = "twin"  # several documents carry one mark
    STRANGER = "stranger"  # it carries a mark that nothing of ours confirmed
    EDITED = "edited"
    VOIDED = "voided"
    DELETED = "deleted"  # QuickBooks says so
    MISSING = "missing"  # asked for by its id, and not there


@dataclass(frozen=True, slots=True)
class Document:
    """An Invoice or a Payment as QuickBooks has it now; ``changed_at`` is a moment as QuickBooks writes it.

    ``account`` is where a payment was deposited to; ``applied`` says to which invoices how much, ``lines``
    which items for how much, before tax.
    """

    entity: str
    id: str
    marks: tuple[str, ...]
    number: str
    date: date | None
    total: Money
    tax: Money
    customer: Named
    account: Named
    applied: tuple[tuple[str, Money], ...] = ()
    lines: tuple[tuple[Named, Money], ...] = ()
    changed_at: str = ""
    version: str = ""

    @property
    def place(self) -> Place:
        """Its type and id."""
        return self.entity, self.id

    @property
    def is_void(self) -> bool:
        """Whether it is worth nothing: we never book 0.00, and voiding leaves a document of 0.00."""
        return not self.total.amount

    def applied_to(self, invoice_id: str) -> Money:
        """How much of a payment is applied to an invoice."""
        return sum_of((part for at, part in self.applied if at == invoice_id), self.total.currency)


@dataclass(frozen=True, slots=True)
class Ours:
    """One remote write of ours and what it was to book; ``payment`` is None where that is the invoice.

    ``invoice_id`` is QuickBooks' id of the invoice that a payment is applied to.
    """

    effect: Effect
    mark: str
    entry: Entry
    payment: EntryPayment | None = None
    invoice_id: str = ""

    @property
    def place(self) -> Place:
        """Where QuickBooks said that it booked it; no id where it never did."""
        return self.effect.entity, self.effect.remote_id or ""

    @property
    def is_confirmed(self) -> bool:
        """Whether we count it as booked."""
        return self.effect.state == CONFIRMED


@dataclass(frozen=True, slots=True)
class Reading:
    """What QuickBooks was asked and said; ``began`` is when (UTC), ``asked`` what was looked up by id.

    ``deleted`` are the documents that QuickBooks says, or has said before, were deleted.
    """

    began: datetime
    documents: tuple[Document, ...]
    deleted: frozenset[Place] = frozenset()
    asked: frozenset[Place] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing for a person: what QuickBooks has now, what of ours it concerns, and what differs.

    ``anew`` is the id of the document by which a refused booking was made again.
    """

    kind: Kind
    entity: str
    mark: str
    documents: tuple[Document, ...]
    ours: Ours | None
    differences: tuple[Difference, ...] = ()
    anew: str = ""


def marks_in(note: str) -> tuple[str, ...]:
    """Our marks in a private note, each once."""
    return tuple(dict.fromkeys(MARK.findall(note)))


def compare(reading: Reading, ours: Sequence[Ours]) -> tuple[Finding, ...]:
    """Every twin, stranger, edit, void, deletion and missing document, in the order of our bookings.

    ``ours`` are the bookings as they stood after the reading; what isn't among the documents, the deleted
    or the asked wasn't looked at, and nothing is said about it.
    """
    books = _Books(reading, ours)
    found = [finding for one in ours for finding in books.about(one)]
    return (*found, *books.unknown({one.mark for one in ours}))


class _Books:
    """A reading, looked up by place and by mark."""

    def __init__(self, reading: Reading, ours: Sequence[Ours]) -> None:
        self._reading = reading
        # By age, however they were read: a finding looks the same every night.
        ordered = sorted(reading.documents, key=lambda one: (one.entity, len(one.id), one.id))
        self._here = {one.place: one for one in ordered}
        self._living: dict[str, list[Document]] = {}
        for document in self._here.values():
            for mark in document.marks:
                if not document.is_void:
                    self._living.setdefault(mark, []).append(document)
        self._booked = {_what(one): one.effect.remote_id or "" for one in ours if one.is_confirmed}
        self._gone = {one.place for one in ours if one.is_confirmed and self._is_gone(one)}

    def about(self, one: Ours) -> Iterator[Finding]:
        """What a person should know of one of our bookings."""
        living = self._living.get(one.mark, [])
        if one.is_confirmed:
            yield from self._booked_one(one, living)
        elif living and not self._is_moving(one):
            kind = Kind.TWIN if len(living) > 1 else Kind.STRANGER
            yield _finding(kind, one, living, anew=self._booked.get(_what(one), ""))

    def unknown(self, known: set[str]) -> Iterator[Finding]:
        """Documents with a mark of which we know nothing."""
        for mark, living in self._living.items():
            if mark not in known:
                kind = Kind.TWIN if len(living) > 1 else Kind.STRANGER
                yield Finding(kind, living[0].entity, mark, tuple(living), None)

    def _booked_one(self, one: Ours, living: list[Document]) -> Iterator[Finding]:
        own = self._here.get(one.place)
        others = [document for document in living if document.place != one.place]
        if self._is_gone(one):
            yield _finding(self._how_gone(one, own), one, [*([own] if own else []), *others])
            return
        if others:
            yield _finding(Kind.TWIN, one, [*([own] if own else []), *others])
        differs = differences(one, own, invoice_is_gone=self._lost_its_invoice(one)) if own else ()
        if own and differs:
            yield _finding(Kind.EDITED, one, [own], differs)

    def _is_gone(self, one: Ours) -> bool:
        own = self._here.get(one.place)
        if own is not None:
            return own.is_void
        return one.place in self._reading.deleted or self._is_missing(one)

    def _is_missing(self, one: Ours) -> bool:
        settled = one.effect.settled_at
        fresh = settled is not None and self._reading.began - settled < LATEST
        return one.place in self._reading.asked and not fresh

    def _how_gone(self, one: Ours, own: Document | None) -> Kind:
        if own is not None:
            return Kind.VOIDED
        return Kind.DELETED if one.place in self._reading.deleted else Kind.MISSING

    def _lost_its_invoice(self, one: Ours) -> bool:
        """Whether its invoice is told as gone: that its payments are applied to nothing says the same."""
        return bool(one.payment) and ("Invoice", one.invoice_id) in self._gone

    def _is_moving(self, one: Ours) -> bool:
        begun = one.effect.last_sent or one.effect.created_at
        return one.effect.state in MOVING and self._reading.began - begun < PATIENCE


def _what(one: Ours) -> tuple[str, str]:
    return one.effect.subject, one.effect.operation


def _finding(
    kind: Kind,
    one: Ours,
    documents: Iterable[Document],
    differs: tuple[Difference, ...] = (),
    *,
    anew: str = "",
) -> Finding:
    return Finding(kind, one.effect.entity, one.mark, tuple(documents), one, differs, anew)
