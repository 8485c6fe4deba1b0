"""Which provinces a rate of sales tax was the rate of, on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "AB": "Alberta",
        "BC": "British Columbia",
        "MB": "Manitoba",
        "NB": "New Brunswick",
        "NL": "Newfoundland and Labrador",
        "NS": "Nova Scotia",
        "NT": "Northwest Territories",
        "NU": "Nunavut",
        "ON": "Ontario",
        "PE": "Prince Edward Island",
        "QC": "Québec",
        "SK": "Saskatchewan",
        "YT": "Yukon",
    }
)
"""Provinces and territories by their postal abbreviation."""
ABROAD = "ABROAD"
"""Instead of a province, where a client resides outside Canada."""
PLACES: Mapping[str, str] = MappingProxyType({**NAMES, ABROAD: "Outside Canada"})
"""What can be said of where a client lives."""
BEGINS = date(2013, 4, 1)
"""Of days before this nothing is said: British Columbia left the HST then and Prince Edward Island joined."""
GST = Decimal(5)
HARMONIZED = frozenset({"NB", "NL", "NS", "ON", "PE"})
"""Where the HST takes the place of the GST."""
GST_ALONE = ("AB", "BC", "MB", "NT", "NU", "SK", "YT")
RATES: tuple[tuple[str, str, date, date | None], ...] = (
    *((place, "5", BEGINS, None) for place in GST_ALONE),
    ("BC", "12", BEGINS, None),  # GST and PST 7 % where the service is one of those PST is on (legal ones)
    ("SK", "10", BEGINS, date(2017, 3, 22)),  # GST and PST 5 %
    ("SK", "11", date(2017, 3, 23), None),  # GST and PST 6 %
    ("MB", "12", BEGINS, date(2013, 6, 30)),  # GST and RST 7 %
    ("MB", "13", date(2013, 7, 1), date(2019, 6, 30)),  # GST and RST 8 %
    ("MB", "12", date(2019, 7, 1), None),  # GST and RST 7 %
    ("QC", "14.975", BEGINS, None),  # GST and QST 9.975 %
    ("ON", "13", BEGINS, None),
    ("NB", "13", BEGINS, date(2016, 6, 30)),
    ("NB", "15", date(2016, 7, 1), None),
    ("NL", "13", BEGINS, date(2016, 6, 30)),
    ("NL", "15", date(2016, 7, 1), None),
    ("PE", "14", BEGINS, date(2016, 9, 30)),
    ("PE", "15", date(2016, 10, 1), None),
    ("NS", "15", BEGINS, date(2025, 3, 31)),
    ("NS", "14", date(2025, 4, 1), None),
)
"""Province, percent, first and last day, both within.

Sources: Canada Revenue Agency, *GST/HST provincial rates table* (canada.ca); Revenu Québec, *Basic rules for
applying the GST/HST and QST*; for services that a province taxes beside the GST: British Columbia, PST
Bulletin 106 (legal services); Saskatchewan, *Information for Businesses Providing Legal Services*, 6 % since
23 March 2017; Manitoba, RST Bulletin 056 (legal services).
"""


def places_with(percent: Decimal, day: date) -> tuple[str, ...]:
    """The provinces whose rate it was on that day, by abbreviation; none where we don't know of any.

    ``percent`` 13 is 13 %; ``day`` is a calendar day in Canada.
    """
    return tuple(
        sorted(
            place
            for place, rate, since, until in RATES
            if Decimal(rate) == percent and _within(day, since, until)
        )
    )


def rates_in(place: str, day: date) -> frozenset[Decimal]:
    """Every rate (13 is 13 %) a sale to the province could carry on that day; none where we don't know any.

    Where there is no HST, who isn't registered for the province's own tax charges the GST alone.
    """
    rates = {
        Decimal(rate) for where, rate, since, until in RATES if where == place and _within(day, since, until)
    }
    gst = {GST} if rates and place not in HARMONIZED else set()
    return frozenset(rates | gst)


def _within(day: date, since: date, until: date | None) -> bool:
    return since <= day and (until is None or day <= until)


def lives(place: str, name: str) -> str:
    """``in Nova Scotia``; ``outside Canada``. ``name`` stands where the place isn't one we know."""
    return "outside Canada" if place == ABROAD else f"in {NAMES.get(place, name)}"


def in_words(places: Iterable[str]) -> str:
    """``Nova Scotia``; ``New Brunswick, Nova Scotia or Prince Edward Island``."""
    names = [NAMES[place] for place in places]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
