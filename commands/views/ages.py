"""What waits by the days since it was paid: a chart where Slack draws one, and the same in words always."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.views.text import moneys
from db.money import NO_CURRENCY
from qb.digest import LABELS, whole_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.views.blocks import Block
    from db.money import Money
    from qb.digest import Ages

TITLE = "Not in QuickBooks, by days since payment"
SERIES = 12
"""Slack's most in one chart."""


def chart(ages: Sequence[Ages]) -> Block | None:
    """Bars, a series each currency, in whole dollars; None where there is nothing to draw.

    What has no known currency can't stand on a scale of dollars: the words beside the chart have it.
    """
    drawn = [one for one in ages if any(one.bands) and one.currency != NO_CURRENCY][:SERIES]
    if not drawn:
        return None
    series = [
        {
            "name": one.currency,
            "data": [
                {"label": label, "value": whole_units(amount)}
                for label, amount in zip(LABELS, one.bands, strict=True)
            ],
        }
        for one in drawn
    ]
    axes = {"categories": list(LABELS), "x_label": "Since payment", "y_label": "Whole dollars"}
    return {
        "type": "data_visualization",
        "title": TITLE,
        "chart": {"type": "bar", "series": series, "axis_config": axes},
    }


def words(ages: Sequence[Ages], unclear: Sequence[Money]) -> str:
    """The same to the cent, bands that hold nothing left out; empty where nothing waits."""
    told = []
    for band, label in enumerate(LABELS):
        amounts = [one.bands[band] for one in ages if one.bands[band]]
        if amounts:
            told.append(f"{label}: {moneys(amounts)}")
    if unclear:
        told.append(f"day not known: {moneys(unclear)}")
    return f"Since payment: {' · '.join(told)}" if told else ""
