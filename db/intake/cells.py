"""What one cell says: its text, an exact amount, a calendar day; or why it can't be told."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from db.intake import sentences

if TYPE_CHECKING:
    from db.intake.table import Cell
    from db.refusal import Sentence

REMEMBERED = 10_000
"""A report repeats the same few dates and amounts many times."""

LARGEST_AMOUNT = Decimal(10) ** 12
FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Years that a report of a firm's invoices can speak of."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janv janvier",
            "feb february fev fevr fevrier",
            "mar march mars",
            "apr april avr avril",
            "may mai",
            "jun june juin",
            "jul july juil juillet",
            "aug august aout",
            "sep sept september septembre",
            "oct october octobre",
            "nov november novembre",
            "dec december decembre",
        ),
        start=1,
    )
    for name in names.split()
}

CENT = Decimal("0.01")
TIDY = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
"""As nearly every amount of a spreadsheet is written."""
PLAIN = re.compile(r"\d+(\.\d+)?|\.\d+")
THOUSANDS = re.compile(r"[1-9]\d{0,2}(\.\d{3})+")
"""A dot before three digits each time: French thousands, or a number with idle zeros. Nobody can tell."""
ENGLISH = re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
FRENCH = re.compile(r"(\d+|\d{1,3}([ .]\d{3})+),\d{1,2}|\d{1,3}( \d{3})+")
SPACED = re.compile(r"\d{1,3}( \d{3})+\.\d{1,2}")

ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[T ](?P<clock>\d{2}:\d{2}(?::\d{2}(?:[.]\d+)?)?)(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})( .*)?")
NAMED = re.compile(
    r"(?:[^\W\d_]+,? )?"  # Monday,
    r"(?:([^\W\d_]+)[. -]+(\d{1,2})|(\d{1,2})(?:er)?[. -]+([^\W\d_]+))"  # Oct 12 | 12 octobre | 1er mai
    r"[., -]+(\d{4})(?: .*)?"
)


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell can't be read; both are sentences for the person who sent the file."""

    reason: str
    remedy: str

    @classmethod
    def told(cls, sentence: Sentence) -> Unread:
        """As the catalogue says it."""
        return cls(sentence.what, sentence.remedy)


@dataclass(frozen=True, slots=True)
class UnclearDate:
    """A date that reads two ways, the earlier day first."""

    readings: tuple[date, date]

    @property
    def reason(self) -> str:
        """What is unclear about it."""
        one, other = (f"{day.day} {day:%B %Y}" for day in self.readings)
        return sentences.UNCLEAR_DATE.said(one=one, other=other).what

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return sentences.UNCLEAR_DATE.remedy


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A cell of a row, counted as the file counts, that holds its invoice for a person.

    ``number`` and ``case`` name the invoice where the row tells them.
    """

    row: int
    column: str
    text: str
    reason: str
    remedy: str
    number: str = ""
    case: str = ""


NOT_AN_AMOUNT = Unread.told(sentences.NOT_AN_AMOUNT)
PART_OF_A_CENT = Unread.told(sentences.PART_OF_A_CENT)
TWO_AMOUNTS = Unread.told(sentences.TWO_AMOUNTS)
TOO_LARGE = Unread.told(sentences.AMOUNT_TOO_LARGE)
NOT_A_DATE = Unread.told(sentences.NOT_A_DATE)
NO_SUCH_DAY = Unread.told(sentences.NO_SUCH_DAY)
TWO_DIGIT_YEAR = Unread.told(sentences.TWO_DIGIT_YEAR)
MOMENT_ELSEWHERE = Unread.told(sentences.MOMENT_ELSEWHERE)


def text_of(cell: Cell) -> str:
    """The cell as one clean line: numbers exactly as a spreadsheet shows them, dates as ISO 8601."""
    if isinstance(cell, str):
        return _line(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _number_text(cell + 0.0)  # there is no -0 in a ledger
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell == datetime.combine(cell, time.min) else cell.isoformat()
    return str(cell) if isinstance(cell, timedelta) else cell.isoformat()


@lru_cache(maxsize=REMEMBERED)
def amount(text: str) -> Decimal | Unread:
    """An exact amount of at most two decimals, from English or French writing; nothing at all is zero."""
    if TIDY.fullmatch(text):
        return Decimal(text).quantize(CENT)
    bare = text.replace("\u2212", "-").replace("\u00a0", " ").replace("\u202f", " ").strip()
    bare = bare.strip("$").strip()
    if bare in {"", "-", "\u2013"}:
        return Decimal("0.00")
    negative = bare.startswith("-") or (bare.startswith("(") and bare.endswith(")"))
    bare = bare.removeprefix("-").strip() if bare.startswith("-") else bare
    bare = bare.strip("()" if negative else "").strip(" $")
    exact = None if THOUSANDS.fullmatch(bare) else _number(bare)
    if exact is None:
        return TWO_AMOUNTS if THOUSANDS.fullmatch(bare) else NOT_AN_AMOUNT
    if exact >= LARGEST_AMOUNT:
        return TOO_LARGE
    if exact != round(exact, 2):
        return PART_OF_A_CENT
    return round(-exact if negative and exact else exact, 2)


@lru_cache(maxsize=REMEMBERED)
def day(text: str) -> date | UnclearDate | Unread:
    """A calendar day from ISO 8601, a named month (English, French) or numbers that read one way only."""
    if found := ISO.fullmatch(text):
        if found["zone"] and found["clock"].strip("0:."):
            return MOMENT_ELSEWHERE
        return _known_day(int(found[1]), int(found[2]), int(found[3]))
    if found := NUMBERS.fullmatch(text):
        return _day_or_month_first(int(found[1]), int(found[2]), int(found[3]))
    if found := NAMED.fullmatch(text):
        month = MONTHS.get(_unaccented(found[1] or found[4]))
        return _known_day(int(found[5]), month, int(found[2] or found[3])) if month else NOT_A_DATE
    if re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}", text):
        return TWO_DIGIT_YEAR
    return NOT_A_DATE


@lru_cache(maxsize=REMEMBERED)
def _number_text(number: float) -> str:
    # A spreadsheet keeps 15 digits; the 17 of the binary number are noise (1356.1000000000001).
    text = format(number, ".15g")
    return text if text.strip("-.0123456789") == "" else format(Decimal(text), "f")


def _line(text: str) -> str:
    if not (text.isascii() and text.isprintable()):
        text = "".join(_plain(letter) for letter in unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def _plain(letter: str) -> str:
    # Control characters and half surrogates can't be stored everywhere, nor seen anywhere.
    return " " if unicodedata.category(letter) in {"Cc", "Cs"} else letter


def _number(bare: str) -> Decimal | None:
    if not bare.isascii():
        return None
    if PLAIN.fullmatch(bare):
        return Decimal(bare)
    if ENGLISH.fullmatch(bare):
        return Decimal(bare.replace(",", ""))
    if SPACED.fullmatch(bare):
        return Decimal(bare.replace(" ", ""))
    if FRENCH.fullmatch(bare):
        return Decimal(bare.replace(" ", "").replace(".", "").replace(",", "."))
    return None


def _known_day(year: int, month: int, number: int) -> date | Unread:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return NO_SUCH_DAY
    try:
        return date(year, month, number)
    except ValueError:
        return NO_SUCH_DAY


def _day_or_month_first(one: int, two: int, year: int) -> date | UnclearDate | Unread:
    readings = {_known_day(year, two, one), _known_day(year, one, two)}
    days = sorted(reading for reading in readings if isinstance(reading, date))
    if not days:
        return NO_SUCH_DAY
    return UnclearDate((days[0], days[1])) if len(days) > 1 else days[0]


def _unaccented(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
