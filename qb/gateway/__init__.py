"""The one seam to QuickBooks: everything the rest of the program may say to it and hear from it."""

from qb.gateway.addresses import Addresses, BadAddress, addresses
from qb.gateway.changes import Changes
from qb.gateway.company import AccessToken, Company, Entity, Reply
from qb.gateway.faults import CompanyLocked, GatewayError, InDoubt, OurBug, Reconnect, Refused
from qb.gateway.gateway import Gateway
from qb.gateway.oauth import Tokens
from qb.gateway.pace import (
    SOON,
    TOO_LATE,
    BadPace,
    Pace,
    Turns,
    TurnsHere,
    all_taken,
    next_moment,
    read_pace,
    refuse_late,
    too_busy,
    was_set_back,
)
from qb.gateway.query import BadLiteral, Select, containing, select, starting
from qb.gateway.wire_json import BadBody, Unreadable, decode, encode

__all__ = [
    "SOON",
    "TOO_LATE",
    "AccessToken",
    "Addresses",
    "BadAddress",
    "BadBody",
    "BadLiteral",
    "BadPace",
    "Changes",
    "Company",
    "CompanyLocked",
    "Entity",
    "Gateway",
    "GatewayError",
    "InDoubt",
    "OurBug",
    "Pace",
    "Reconnect",
    "Refused",
    "Reply",
    "Select",
    "Tokens",
    "Turns",
    "TurnsHere",
    "Unreadable",
    "addresses",
    "all_taken",
    "containing",
    "decode",
    "encode",
    "next_moment",
    "read_pace",
    "refuse_late",
    "select",
    "starting",
    "too_busy",
    "was_set_back",
]
