"""Which of many invoices are meant: a filter, and all but these or only these, as a draft keeps it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from commands.views.ticks import Narrow
from db.intake.spelling import searched, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from commands.views.ticks import Tick


def narrow_of(content: Mapping[str, Any]) -> Narrow:
    """The filter a draft keeps; none where it keeps none."""
    kept = content.get("narrow") or {}
    return Narrow(
        client=kept.get("client", ""),
        paid_from=_day(kept.get("paid_from")),
        paid_to=_day(kept.get("paid_to")),
        currency=kept.get("currency", ""),
        least=_number(kept.get("least")),
        most=_number(kept.get("most")),
    )


def kept_as(narrow: Narrow) -> dict[str, str]:
    """The filter as a draft keeps it: plain JSON, what isn't set left out."""
    values = {
        "client": narrow.client,
        "paid_from": narrow.paid_from,
        "paid_to": narrow.paid_to,
        "currency": narrow.currency,
        "least": narrow.least,
        "most": narrow.most,
    }
    return {key: str(value) for key, value in values.items() if value not in {None, ""}}


def fits(narrow: Narrow, tick: Tick) -> bool:
    """Whether the filter lets an invoice through; without a paid day none passes a filter by day."""
    return (
        _client_fits(narrow.client, tick)
        and _between(narrow.paid_from, tick.paid, narrow.paid_to)
        and narrow.currency in {"", tick.received.currency}
        and _between(narrow.least, tick.received.amount, narrow.most)
    )


def ticked_of(content: Mapping[str, Any], ticks: Iterable[Tick]) -> frozenset[str]:
    """Of these those that are chosen, by value: all but some, or only some."""
    values = {tick.value for tick in ticks}
    if content.get("all", True):
        return frozenset(values - set(content["unticked"]))
    return frozenset(values & set(content.get("ticked", ())))


def with_ticks(content: Mapping[str, Any], shown: Collection[str], kept: Collection[str]) -> dict[str, Any]:
    """The draft's content once of those ``shown`` exactly those ``kept`` are ticked."""
    of_page, left = set(shown), set(kept)
    unticked = (set(content["unticked"]) - of_page) | (of_page - left)
    ticked = (set(content.get("ticked", ())) - of_page) | left
    chosen = {"unticked": sorted(unticked)} if content.get("all", True) else {"ticked": sorted(ticked)}
    return {**content, **chosen}


def all_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """Everything the filter lets through, also what comes to it later: the predicate, no exclusions."""
    return {**content, "all": True, "unticked": [], "ticked": [], "draw": content.get("draw", 0) + 1}


def none_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """Nothing; from here on only what is ticked counts."""
    return {**content, "all": False, "unticked": [], "ticked": [], "draw": content.get("draw", 0) + 1}


def amount_of(text: str) -> Decimal | None:
    """An amount as typed (``1,500`` or ``$1500.00``); ValueError where it isn't one."""
    bare = text.replace("$", "").replace(",", "").replace(" ", "")
    if not bare:
        return None
    try:
        amount = Decimal(bare)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not amount.is_finite() or amount < 0:
        raise ValueError(text)
    return amount


def _client_fits(asked: str, tick: Tick) -> bool:
    known = searched(tick.client, tick.case, tick.number)
    return all(f" {word}" in known for word in words_of(asked))


def _between(least: Any, value: Any, most: Any) -> bool:  # noqa: ANN401 - days or amounts alike
    if least is None and most is None:
        return True
    return value is not None and (least is None or least <= value) and (most is None or value <= most)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
