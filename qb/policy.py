"""Decides whether a second person must approve a plan, and says every rule that it met."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from db.chosen import Policy
from db.money import Money, total
from qb.hold import amount_text, day_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date, datetime

    from db.chosen import FirmSettings
    from qb.entry import Entry

TRUSTED = "trusted"
"""The role of who books without asking, where the firm's policy says so."""


class RuleKind(StrEnum):
    """Why a second person is needed."""

    TRUST = "trust"
    REFUND = "refund"
    WRITE_OFF = "write_off"
    BANK_CHARGE = "bank_charge"
    ALWAYS = "always"
    NOT_TRUSTED = "not_trusted"
    NEW_CONTACT = "new_contact"
    CHANGED_MAPPING = "changed_mapping"
    FILED = "filed"
    BACK_DATED = "back_dated"
    AMOUNT = "amount"
    MANY = "many"


MUST = (RuleKind.TRUST, RuleKind.REFUND, RuleKind.WRITE_OFF, RuleKind.BANK_CHARGE)
"""What no policy and no role lets through."""

SHOWN_ROWS = 4

TOUCHED = {
    RuleKind.TRUST: "It touches trust money, which always needs a second person",
    RuleKind.REFUND: "It gives money back, which always needs a second person",
    RuleKind.WRITE_OFF: "It writes an amount off, which always needs a second person",
    RuleKind.BANK_CHARGE: "It books a bank charge, which always needs a second person",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was met, in a plain sentence; names in it aren't escaped."""

    kind: RuleKind
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a second person is needed, by every rule met; ``must``: whatever the policy or the role."""

    needs: bool
    rules: tuple[Rule, ...]
    must: bool


@dataclass(frozen=True, slots=True)
class NewContact:
    """A contact to whom nothing was booked yet, ``since`` it was ``added`` by us, or only chosen."""

    name: str
    since: datetime
    added: bool


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row of the mapping with which nothing was booked ``since`` it changed."""

    label: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Weighed:
    """What of a plan the policy looks at: kept with what was shown, and judged again at the click.

    ``rows`` are the keys of the mapping rows it rests on: what is weighed later looks for them here.
    ``totals`` are one a currency, ``home`` the currency of the books. ``oldest_paid`` is the earliest day of
    a payment, ``earliest`` that of an invoice, known by ``earliest_number`` and ``earliest_client``.
    """

    home: str
    invoices: int
    totals: tuple[Money, ...]
    oldest_paid: date | None
    earliest: date | None
    earliest_number: str = ""
    earliest_client: str = ""
    new_contacts: tuple[NewContact, ...] = ()
    changed: tuple[ChangedRow, ...] = ()
    touches: tuple[RuleKind, ...] = ()
    rows: tuple[str, ...] = ()


def weigh(
    entries: Collection[Entry],
    *,
    home: str,
    trust_accounts: Collection[str] = (),
    new_contacts: Iterable[NewContact] = (),
    changed: Iterable[ChangedRow] = (),
    rows: Iterable[str] = (),
) -> Weighed:
    """What the policy looks at of these entries; ``trust_accounts`` are QuickBooks ids."""
    currencies = dict.fromkeys(entry.total.currency for entry in entries)
    first = min(entries, key=lambda entry: entry.date, default=None)
    paid = [payment for entry in entries for payment in entry.payments]
    trust = any(payment.account.id in trust_accounts for payment in paid)
    return Weighed(
        home=home,
        invoices=len(entries),
        totals=tuple(total((e.total for e in entries if e.total.currency == one), one) for one in currencies),
        oldest_paid=min((payment.date for payment in paid), default=None),
        earliest=None if first is None else first.date,
        earliest_number="" if first is None else first.key.number,
        earliest_client="" if first is None else first.client_name,
        new_contacts=tuple(new_contacts),
        changed=tuple(changed),
        touches=(RuleKind.TRUST,) if trust else (),
        rows=tuple(rows),
    )


def judge(weighed: Weighed, settings: FirmSettings, roles: Collection[str], now: datetime) -> Verdict:
    """Whether somebody with these roles needs a second person; ``now`` is in the firm's time zone.

    Every rule met is told, those of risk too where the policy asks anyway: the second person looks there.
    Then nothing is said of the firm's limits, which it may never have chosen.
    """
    must = tuple(Rule(kind, TOUCHED[kind]) for kind in MUST if kind in weighed.touches)
    by_policy = tuple(_by_policy(settings.policy, roles))
    limits = settings.policy == Policy.BY_RISK
    risks = tuple(_risks(weighed, settings, now, limits=limits))
    needs = bool(must or by_policy or (risks and limits))
    return Verdict(needs, (*must, *by_policy, *risks) if needs else (), bool(must))


def _by_policy(policy: Policy, roles: Collection[str]) -> Iterator[Rule]:
    if policy == Policy.ALWAYS:
        yield Rule(RuleKind.ALWAYS, "Your firm has a second person approve everything that is booked")
    elif policy == Policy.TRUSTED and TRUSTED not in roles:
        yield Rule(
            RuleKind.NOT_TRUSTED, "In your firm only trusted people book without a second person's approval"
        )


def _risks(weighed: Weighed, settings: FirmSettings, now: datetime, *, limits: bool) -> Iterator[Rule]:
    if settings.asks_new_contact:
        yield from (Rule(RuleKind.NEW_CONTACT, _new(contact, now)) for contact in weighed.new_contacts)
    if settings.asks_changed_mapping:
        for day in dict.fromkeys(_day(row.since, now) for row in weighed.changed):
            labels = [row.label for row in weighed.changed if _day(row.since, now) == day]
            yield Rule(RuleKind.CHANGED_MAPPING, _changed(labels, _when(day, now)))
    yield from _dated(weighed, settings, now.date(), limits=limits)
    yield from _worth(weighed, settings.asks_over, limits=limits)
    most = settings.asks_more_than
    if most is not None and weighed.invoices > most:
        asks = f"; your firm asks beyond {most:,}" if limits else ""
        yield Rule(RuleKind.MANY, f"{weighed.invoices:,} invoices at once{asks}")


def _dated(weighed: Weighed, settings: FirmSettings, today: date, *, limits: bool) -> Iterator[Rule]:
    filed, oldest = settings.filed_through, settings.asks_older_days
    first = (
        f"{weighed.earliest_client}: {weighed.earliest_number}"
        if weighed.earliest_client
        else (weighed.earliest_number)
    )
    if filed is not None and weighed.earliest is not None and weighed.earliest <= filed:
        yield Rule(
            RuleKind.FILED,
            f"{first} is dated {day_text(weighed.earliest)}, and HST/QST is filed through {day_text(filed)}",
        )
    days = max(
        (today - day).days for day in (weighed.earliest, weighed.oldest_paid, today) if day is not None
    )
    if oldest is None or days <= oldest:
        return
    paid = weighed.oldest_paid is not None and (today - weighed.oldest_paid).days == days
    what = f"Paid {days:,} days ago" if paid else f"{first} is dated {days:,} days ago"
    asks = f"; your firm asks beyond {oldest:,}" if limits else ""
    yield Rule(RuleKind.BACK_DATED, f"{what}{asks}")


def _worth(weighed: Weighed, over: int | None, *, limits: bool) -> Iterator[Rule]:
    """By the books' currency; what is in another one may be worth anything, so it is asked."""
    if over is None:
        return
    limit = Money.from_minor(over, weighed.home)
    asks = f"; your firm asks over {amount_text(limit)}" if limits else ""
    for one in weighed.totals:
        if one.currency != weighed.home:
            told = f"We don't know what {amount_text(one)} is worth in {weighed.home}{asks}"
            yield Rule(RuleKind.AMOUNT, told)
        elif limit < one:
            yield Rule(RuleKind.AMOUNT, f"{amount_text(one)} in all{asks}")


def _new(contact: NewContact, now: datetime) -> str:
    when = _when(_day(contact.since, now), now)
    if contact.added:
        return f"The contact {contact.name} was added to QuickBooks {when}"
    return f"The contact {contact.name} was chosen {when}, and nothing was booked to it yet"


def _changed(labels: Sequence[str], when: str) -> str:
    shown, left = ", ".join(labels[:SHOWN_ROWS]), len(labels) - SHOWN_ROWS
    rows = shown + (f" and {left} more" if left > 0 else "")
    return f"The mapping of {rows} was confirmed {when}, and nothing was booked with it yet"


def _day(moment: datetime, now: datetime) -> date:
    return moment.astimezone(now.tzinfo).date()


def _when(day: date, now: datetime) -> str:
    days = (now.date() - day).days
    return {0: "today", 1: "yesterday"}.get(days, f"on {day_text(day)}")
