"""What a firm chose about how it wants things done, as plain values that need no database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


class Policy(StrEnum):
    """When a second person must approve, beside what always needs one."""

    ALWAYS = "always"
    BY_RISK = "by_risk"
    TRUSTED = "trusted"  # people with that role book without asking, whatever the risk


class Banking(StrEnum):
    """How the firm banks client money."""

    UNSAID = ""
    ALL = "all"  # everything goes through the client account
    UNEARNED = "unearned"  # only what isn't earned yet does
    NONE = "none"  # it holds none


@dataclass(frozen=True, slots=True)
class FirmSettings:
    """What admins choose in Slack; amounts are minor units of the home currency, ``*_by`` Slack user ids."""

    approval_channel: str = ""
    digest_channel: str = ""
    digest_named_in: str = ""  # the channel in which clients are named: it was chosen as a private one
    digest_at: str = "09:00"  # HH:MM in the firm's time zone
    digest_days: tuple[int, ...] = (1, 2, 3, 4, 5)  # ISO weekdays, Monday is 1
    digest_set_at: datetime | None = None  # when these were last chosen: an hour before it isn't made up for
    all_clear_on: int = 0  # the ISO weekday on which "all clear" is said where there is nothing; 0: never
    policy: Policy = Policy.ALWAYS
    asks_new_contact: bool = True
    asks_changed_mapping: bool = True
    asks_over: int | None = 1_000_000  # over so much in all
    asks_more_than: int | None = 20  # more invoices than that at once
    asks_older_days: int | None = 60  # paid longer ago than that
    filed_through: date | None = None  # HST/QST is filed up to and with this day
    request_hours: int = 72  # after which a request nobody decided expires
    # who is away until (and with) which ISO day, and whose turn it is meanwhile
    away: tuple[tuple[str, str, str], ...] = ()
    trust_approver: str = ""  # the second person who is named for what touches trust
    alone_by: str = ""  # who declared that the firm has no second person
    alone_at: datetime | None = None
    banking: Banking = Banking.UNSAID
    banking_by: str = ""
    banking_at: datetime | None = None
    bank_converts: bool | None = None  # its bank turns foreign money into the home currency; None: unsaid
    go_live: date | None = None  # invoices paid before it are taken as already in the books
    go_live_said: bool = False  # whether somebody answered, be it "none"
