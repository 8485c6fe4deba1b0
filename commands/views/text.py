"""Texts as people read them: names that stay names, money, days, counts."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from babel.dates import format_date
from babel.numbers import format_decimal, get_currency_symbol

from db.money import NO_CURRENCY, decimals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from db.money import Money

HOME_OF = {"CAD": "en_CA", "USD": "en_US"}
HIDDEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}  # controls, bidi overrides, private use, line separators
JOINERS = {"\u200c", "\u200d"}  # some scripts and names are wrong without them


def clean(text: str) -> str:
    """One line without control or direction-changing characters, which could disguise what follows."""
    shown = "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or char in JOINERS or unicodedata.category(char) not in HIDDEN
    )
    return " ".join(shown.split())


def escape(text: str) -> str:
    """A name from outside for ``mrkdwn``: ``<!channel>`` and links stay text (Slack: Escaping text)."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clip(text: str, limit: int) -> str:
    """At most ``limit`` characters, the cut shown by an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def name(text: str, limit: int = 80) -> str:
    """An outside name for ``mrkdwn``, clipped before it is escaped so that no entity is cut in two."""
    return escape(clip(clean(text), limit))


def amount(money: Money) -> str:
    """``$1,500.00``, for places that say the currency themselves; ``-$56.00`` where it is negative."""
    places = decimals(money.currency)
    digits = format_decimal(
        abs(money.amount), format="#,##0." + "0" * places if places else "#,##0", locale="en"
    )
    sign = "-" if money.amount < 0 else ""
    if money.currency == NO_CURRENCY:
        return f"{sign}{digits}"
    return f"{sign}{get_currency_symbol(money.currency, locale=HOME_OF.get(money.currency, 'en'))}{digits}"


def money(value: Money) -> str:
    """``$1,500.00 CAD``: an amount that can stand alone."""
    unit = "(currency unknown)" if value.currency == NO_CURRENCY else value.currency
    return f"{amount(value)} {unit}"


def moneys(values: Iterable[Money]) -> str:
    """Several totals, one a currency: ``$1,500.00 CAD + $900.00 USD``."""
    return " + ".join(money(value) for value in values)


def day(value: date) -> str:
    """``12 Oct 2026``."""
    return format_date(value, "d MMM y", locale="en")


def moment(value: datetime) -> str:
    """A moment in the reader's own time zone, with UTC where Slack can't show that."""
    fallback = f"{day(value.date())} {value:%H:%M} UTC"
    return f"<!date^{int(value.timestamp())}^{{date_short_pretty}} at {{time}}|{fallback}>"


def age(days: int) -> str:
    """``today``, ``yesterday``, ``9 days ago``."""
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 invoice``, ``3 invoices``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def person(user_id: str) -> str:
    """A colleague by name; a link that Slack fills in, unless it isn't a Slack id."""
    return f"<@{user_id}>" if user_id.isalnum() else name(user_id)


def people(user_ids: Sequence[str]) -> str:
    """``@alice``, ``@alice or @ben``."""
    shown = [person(user_id) for user_id in user_ids]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " or " + shown[-1]


def some(parts: Sequence[str], shown: int) -> str:
    """The first few, and how many more: ``A, B and 12 more``."""
    left = len(parts) - shown
    return ", ".join(parts[:shown]) + (f" and {left:,} more" if left > 0 else "")
