"""Texts as people read them: names that stay names, money, days, counts."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from db.money import NO_CURRENCY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from db.money import Money

HIDDEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}  # controls, bidi overrides, private use, line separators
JOINERS = {"\u200c", "\u200d"}  # some scripts and names are wrong without them
LEFTWARD = r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
"""Written from right to left (Unicode, DerivedBidiClass.txt: the blocks that are R or AL by default)."""
LEFTWARD_WORDS = re.compile(rf"{LEFTWARD}+(?:[ \u200c\u200d.,'\u2019\"-]+{LEFTWARD}+)*")
HALF = re.compile(r"(?:&[a-z]*|<[^>]*)$")
ISOLATE, END = "\u2068", "\u2069"


def clean(text: str) -> str:
    """One line without control or direction-changing characters, which could disguise what follows."""
    shown = "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or char in JOINERS or unicodedata.category(char) not in HIDDEN
    )
    return " ".join(shown.split())


def apart(text: str) -> str:
    """Words written from right to left, isolated: a number beside them stays on its side (UAX #9, isolates).

    Word by word rather than name by name, as what is shown may be a whole sentence with a name in it.
    """
    return LEFTWARD_WORDS.sub(lambda words: f"{ISOLATE}{words[0]}{END}", text)


def flat(text: str, limit: int) -> str:
    """An outside text where no markup is read, of at most ``limit`` characters."""
    return clip(apart(clean(text)), limit)


def escape(text: str) -> str:
    """A name from outside for ``mrkdwn``: ``<!channel>`` and links stay text (Slack: Escaping text)."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clip(text: str, limit: int) -> str:
    """At most ``limit`` characters, the cut shown by an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def cut(markup: str, limit: int) -> str:
    """Markup of at most ``limit`` characters; no entity, link or mention is left half."""
    return markup if len(markup) <= limit else HALF.sub("", markup[: limit - 1]).rstrip() + "…"


def name(text: str, limit: int = 80) -> str:
    """An outside name for ``mrkdwn``, clipped before it is escaped so that no entity is cut in two."""
    return apart(escape(clip(clean(text), limit)))


def money(value: Money) -> str:
    """An amount as a Canadian firm writes it: ``$1,500.00``, ``US$900.00``, ``-$56.00``."""
    if value.currency != NO_CURRENCY:
        return format_currency(value.amount, value.currency, locale="en_CA")
    return f"{format_decimal(value.amount, format='#,##0.00', locale='en')} (currency unknown)"


def moneys(values: Iterable[Money]) -> str:
    """Several totals, one a currency: ``$1,500.00 + US$900.00``; one of no known currency comes last."""
    ordered = sorted(values, key=lambda value: value.currency == NO_CURRENCY)
    return " + ".join(money(value) for value in ordered)


def day(value: date) -> str:
    """``12 Oct 2026``."""
    return format_date(value, "d MMM y", locale="en")


def paid_on(value: date | None, *, unclear: bool) -> str:
    """`` · paid 12 Oct 2026`` behind an amount; a day that can be read two ways isn't told as a fact."""
    if unclear:
        return " · paid date unclear"
    return f" · paid {day(value)}" if value else ""


def moment(value: datetime) -> str:
    """A moment in the reader's own time zone, with UTC where Slack can't show that."""
    fallback = f"{day(value.date())} {value:%H:%M} UTC"
    return f"<!date^{int(value.timestamp())}^{{date_short_pretty}} at {{time}}|{fallback}>"


def age(days: int) -> str:
    """``today``, ``yesterday``, ``9 days ago``."""
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def payment_known(paid: date | None) -> str:
    """``; newest payment of a paid invoice: 3 Nov 2026``, behind the age of an export."""
    return f"; newest payment of a paid invoice: {day(paid)}" if paid else ""


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 invoice``, ``3 invoices``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def verb(number: int, one: str, many: str) -> str:
    """``1 row needs``, ``3 rows need``: the verb that goes with a count."""
    return one if number == 1 else many


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
