"""What is not settled about QuickBooks, each as a switch with the value we believe and why."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

OVER_APPLIED = "Business Validation Error: The amount applied is more than the amount of the payment."
OVER_BALANCE = (
    "Business Validation Error: The amount applied is more than the open balance of the transaction."
)
TOO_MANY_ITEMS = "The maximum number of batch items in one request is 30."


@dataclass(frozen=True, slots=True)
class Switches:
    """One setting per open question; the defaults are the strictest reading that Intuit's text allows."""

    requestid: Literal["honoured", "ignored", "refused"] = "honoured"
    """A repeated request id: the first reply again (Intuit blog, 2015-04-06), nothing special, or 600."""
    requestid_retention: timedelta | None = None
    """How long a request id is remembered; None is for ever (the real length is unknown)."""
    requestid_after_failure: Literal["replay", "run"] = "run"
    """Whether a first try that was refused counts as the first reply (unknown)."""
    requestid_other_body: Literal["replay", "refuse"] = "replay"
    """The same id with another body: the first reply, or 600 (unknown)."""
    throttle_shape: Literal["A", "B", "C"] = "C"
    """How a 429 looks: business JSON, gateway JSON, or XML (the only one ever recorded)."""
    throttle_retry_after: int | None = None
    """Seconds in a Retry-After header; Intuit documents none."""
    limits: bool = False
    """Whether calls per second and per minute are limited at all."""
    batches_count_as_calls: bool = True
    """Whether batches count inside the 500 a minute (Intuit blog, 2016-08-08)."""
    batch_seconds: float = 0.0
    """How long one batch takes (unknown; real ones may take 20 s)."""
    monthly_reads: int | None = None
    """Metered reads a month before lasting 429s; None is no meter (Quebec and sandboxes have none)."""
    customer_currency_honoured: bool = True
    """Whether CurrencyRef on a new customer is kept; a Canadian sandbox once answered CAD to USD."""
    number_kept_when_automatic: bool = True
    """Whether a DocNumber sent while CustomTxnNumbers is off is kept or replaced (unknown)."""
    missing_rate: Literal["refuse", "one"] = "refuse"
    """A foreign transaction without ExchangeRate: 2410 (seen on a bill) or 1 (the reference)."""
    payment_reference_limit: int = 21
    """Longest PaymentRefNum of a Payment (inferred from sales receipts)."""
    string_amounts: Literal["accept", "refuse"] = "accept"
    """Amounts sent as JSON strings (python-quickbooks does)."""
    void_payment: Literal["void", "refuse"] = "void"
    """Voiding a payment: documented; one field report says refused."""
    refresh_rotation: Literal["always", "daily", "never"] = "always"
    """When a refresh gives a new refresh token; Intuit: on the first refresh after about 24 hours."""
    old_refresh_token_lives: timedelta = timedelta(0)
    """How long a superseded refresh token still works (unknown)."""
    reuse_revokes_grant: bool = False
    """Whether using a superseded refresh token also kills the winner's (third-party reports)."""
    duplicate_name_detail: Literal["named", "null"] = "named"
    """The detail of 6240: with its sentence, or ' : null' as recorded in 2020 and 2026."""
    over_applied_detail: str = OVER_APPLIED
    """The detail when lines exceed the payment (wording unknown)."""
    over_balance_detail: str = OVER_BALANCE
    """The detail when a line exceeds what the invoice still owes (wording unknown)."""
    too_many_items_detail: str = TOO_MANY_ITEMS
    """The detail when a batch holds more than 30 items (wording unknown)."""
