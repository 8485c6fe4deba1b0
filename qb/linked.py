"""Decides what became of the QuickBooks customers that are linked: renamed, inactive, merged, gone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from qb.contacts import DELETED
from qb.entry import Link, Named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from db.links import ContactLink


class Health(StrEnum):
    """How a linked customer stands in QuickBooks."""

    FINE = "fine"
    RENAMED = "renamed"  # the same customer under another name: booked to as ever
    INACTIVE = "inactive"
    MERGED = "merged"  # inactive, and what we booked for it stands under another one
    CURRENCY = "currency"  # kept in another one, which a customer never changes
    GONE = "gone"


WELL = frozenset({Health.FINE, Health.RENAMED})
"""What may be booked to."""


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer as last read; ``currency`` is ISO 4217.

    ``merged_into`` is the id of who has our documents now; ``version`` is QuickBooks' count of its changes.
    """

    id: str
    name: str
    active: bool
    currency: str
    version: str = ""
    merged_into: str = ""
    gone: bool = False


Customers = dict[str, Customer]
"""By QuickBooks' id; whoever was never read isn't among them."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A linked customer that isn't as it was: how it stands now, its name before and now, whose it is.

    ``into`` is the name of who has its documents now, where it was merged; ``payers`` are clients by
    CaseEasy's identifier.
    """

    customer_id: str
    health: Health
    was: str
    now: str
    into: str
    payers: tuple[str, ...]


def health_of(customer: Customer | None, currency: str, name: str) -> Health:
    """How a customer stands that was linked for a ``currency`` under this ``name``; never read: fine."""
    if customer is None:
        return Health.FINE
    if customer.gone:
        return Health.GONE
    if not customer.active:
        return Health.MERGED if customer.merged_into else Health.INACTIVE
    if customer.currency != currency:
        return Health.CURRENCY
    return Health.FINE if bare(customer.name) == bare(name) else Health.RENAMED


def can_follow(customer: Customer, currency: str, customers: Mapping[str, Customer]) -> Customer | None:
    """Who has a merged customer's documents now, if invoices in this currency may be booked to them."""
    survivor = customers.get(customer.merged_into)
    if survivor is None or customer.active or not survivor.active or survivor.currency != currency:
        return None
    return survivor


def merged_into(customer_id: str, owners: Iterable[str]) -> str:
    """Whose our documents of a customer are now; empty where they are still its own, or don't agree.

    One that somebody moved by hand proves no merge, so all that were read must name the same other one.
    """
    found = set(owners)
    only = found.pop() if len(found) == 1 else ""
    return "" if only == customer_id else only


def link_of(kept: ContactLink, customers: Mapping[str, Customer]) -> Link:
    """The link as a plan rests on it: the customer under its name of now, and whether it can be booked to."""
    seen = customers.get(kept.customer_id)
    if seen is None:
        return Link(kept.payer, kept.currency, Named(kept.customer_id, kept.customer_name), case=kept.case)
    survivor = customers.get(seen.merged_into)
    return Link(
        payer=kept.payer,
        currency=kept.currency,
        customer=Named(kept.customer_id, name_now(seen) or kept.customer_name),
        active=seen.active and not seen.gone,
        customer_currency=seen.currency,
        case=kept.case,
        merged_into=None if survivor is None else Named(survivor.id, survivor.name),
        gone=seen.gone,
    )


def turns(
    held: Iterable[ContactLink], before: Mapping[str, Customer], after: Mapping[str, Customer]
) -> tuple[Turn, ...]:
    """What is news of the linked customers among ``after``: renamed, or not to be booked to any more.

    Of one that wasn't read before, the link says what it was called.
    """
    links: dict[str, list[ContactLink]] = defaultdict(list)
    for link in held:
        links[link.customer_id].append(link)
    found = (_turn(links[each], before.get(each), after) for each in links if each in after)
    return tuple(one for one in found if one is not None)


def name_now(customer: Customer) -> str:
    """What a customer is called, or was called before QuickBooks made it inactive."""
    return customer.name if customer.active else bare(customer.name)


def bare(name: str) -> str:
    """A name without what QuickBooks puts behind one that it made inactive."""
    return DELETED.sub("", name)


def _turn(links: list[ContactLink], before: Customer | None, after: Mapping[str, Customer]) -> Turn | None:
    first = links[0]
    now = after[first.customer_id]
    called = first.customer_name if before is None else before.name
    stood, stands = health_of(before, first.currency, called), health_of(now, first.currency, called)
    if stands is Health.FINE or (stands is stood and stands is not Health.RENAMED):
        return None
    survivor = after.get(now.merged_into)
    return Turn(
        now.id,
        stands,
        bare(called),
        name_now(now) or bare(called),
        "" if survivor is None else survivor.name,
        tuple(dict.fromkeys(link.payer for link in links)),
    )
