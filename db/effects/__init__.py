"""The ledger of remote writes: written down before it is sent, closed when its outcome is sure."""

from __future__ import annotations

from db.effects.claiming import CHECK_BEFORE_SENDING, LEASE, SETTLE, claim, freeze, next_due, void_leases
from db.effects.closing import close
from db.effects.identity import marker, request_id
from db.effects.linking import CannotLinkError, link, ours_among, taken_over
from db.effects.ordering import NotRejectedError, UnknownEffectError, add, again, order
from db.effects.parking import FOR_ANOTHER, LOOKED_AGAIN, OTHER_COMPANY, go_on, park, take_back, unpark
from db.effects.reading import (
    any_parked,
    children_of,
    get,
    in_trouble,
    invoices_begun,
    of_invoice,
    of_sync,
    parent_of,
    standing,
    waits_for,
)
from db.effects.restored import doubt_open_ones
from db.effects.reviewing import Found, GiveUp, LookAgain, Outcome, resolve_review
from db.effects.stopping import STOPPED, Stopped, stop, stopped_by, stopped_in, stopped_since
from db.effects.values import (
    ENDED_BADLY,
    Change,
    Claimed,
    Confirm,
    Doubt,
    Effect,
    NewEffect,
    Overtaken,
    Park,
    Reject,
    Release,
    Review,
    State,
)

__all__ = [
    "CHECK_BEFORE_SENDING",
    "ENDED_BADLY",
    "FOR_ANOTHER",
    "LEASE",
    "LOOKED_AGAIN",
    "OTHER_COMPANY",
    "SETTLE",
    "STOPPED",
    "CannotLinkError",
    "Change",
    "Claimed",
    "Confirm",
    "Doubt",
    "Effect",
    "Found",
    "GiveUp",
    "LookAgain",
    "NewEffect",
    "NotRejectedError",
    "Outcome",
    "Overtaken",
    "Park",
    "Reject",
    "Release",
    "Review",
    "State",
    "Stopped",
    "UnknownEffectError",
    "add",
    "again",
    "any_parked",
    "children_of",
    "claim",
    "close",
    "doubt_open_ones",
    "freeze",
    "get",
    "go_on",
    "in_trouble",
    "invoices_begun",
    "link",
    "marker",
    "next_due",
    "of_invoice",
    "of_sync",
    "order",
    "ours_among",
    "parent_of",
    "park",
    "request_id",
    "resolve_review",
    "standing",
    "stop",
    "stopped_by",
    "stopped_in",
    "stopped_since",
    "take_back",
    "taken_over",
    "unpark",
    "void_leases",
    "waits_for",
]
