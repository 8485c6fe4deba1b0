"""Tells which of CaseEasy's reports a file is, from its headers alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.intake import sentences
from db.intake.cells import text_of
from db.intake.forms import FORMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.intake.forms import Form, Report
    from db.intake.table import Cell
    from db.refusal import Refusal

LIKENESS = 0.5
"""The share of a report's columns from which a file without its marks still looks like it."""

FAITHFULNESS = 0.75
"""The share of a file's columns that are a report's, from which it is what unticking left of it."""

OURS = "Invoices, Payments and Client Listing"


@dataclass(frozen=True, slots=True)
class Detected:
    """A report we take in: which column of the file holds what, and the headers we don't know."""

    form: Form
    report: Report
    columns: tuple[tuple[int, str], ...]
    unknown: tuple[str, ...]

    @property
    def title(self) -> str:
        """CaseEasy's name for it."""
        return self.form.title


@dataclass(frozen=True, slots=True)
class Refused:
    """A file we leave alone; ``sentence`` says why and what to do, ``title`` which report it is if one fits.

    ``known`` is whether the headers are CaseEasy's at all.
    """

    sentence: str
    title: str = ""
    known: bool = True


def detect(header: Sequence[Cell]) -> Detected | Refused:
    """Which report these headers are, whatever their order, case and blanks; columns may be left out."""
    names = [text_of(cell) for cell in header]
    found = {_folded(name) for name in names if name}
    fitting = _best([form for form in FORMS if _fits(form, found)], found)
    if len(fitting) == 1:
        return _placed(fitting[0], names)
    if fitting:
        return _two(fitting)
    likely = [form for form in FORMS if _likeness(form, found) >= LIKENESS or _left(form, found)]
    return _almost(likely, names) if likely else _unknown(names)


def _fits(form: Form, found: set[str]) -> bool:
    return _all(form.marks) <= found and not _all(form.never) & found


def _best(forms: list[Form], found: set[str]) -> list[Form]:
    """Only those whose known columns aren't all known to another one that knows more of the file."""
    known = {form.title: _all(form.columns) & found for form in forms}
    return [form for form in forms if not any(known[form.title] < known[other.title] for other in forms)]


def _likeness(form: Form, found: set[str]) -> float:
    if _all(form.never) & found:
        return 0.0
    return len(_all(form.columns) & found) / len(form.columns)


def _left(form: Form, found: set[str]) -> bool:
    """Whether unticking left this of the report: nearly all columns are its own, one of them no other's."""
    if _all(form.never) & found:
        return False
    kept = _all(form.columns) & found
    others = {name for other in FORMS if other is not form for name in _all(other.columns)}
    return len(kept) > 1 and len(kept) >= FAITHFULNESS * len(found) and bool(kept - others)


def _placed(form: Form, names: list[str]) -> Detected | Refused:
    if form.report is None:
        return _refused(sentences.OTHER_REPORT.said(title=form.title, aside=form.aside), form.title)
    ours = {_folded(name): name for name in form.columns}
    placed = [(index, ours[_folded(name)]) for index, name in enumerate(names) if _folded(name) in ours]
    taken = [name for _, name in placed]
    twice = sorted({name for name in taken if taken.count(name) > 1})
    if twice:
        told = sentences.COLUMN_TWICE.said(title=form.title, columns=_listed(twice))
        return _refused(told, form.title)
    missing = [name for name in form.needed if name not in taken]
    if missing:
        return _lacking(form, missing)
    others = [(index, name) for index, name in enumerate(names) if name and _folded(name) not in ours]
    return Detected(
        form, form.report, (*placed, *_numbered(others, taken)), tuple(name for _, name in others)
    )


def _numbered(others: list[tuple[int, str]], taken: list[str]) -> list[tuple[int, str]]:
    """Unknown headers with a number where they repeat, so that each keeps its cells."""
    seen = list(taken)
    result = []
    for index, name in others:
        unique = name if name not in seen else f"{name} ({index + 1})"
        seen.append(unique)
        result.append((index, unique))
    return result


def _lacking(form: Form, missing: list[str]) -> Refused:
    lacking = sentences.COLUMNS_MISSING if len(missing) > 1 else sentences.COLUMN_MISSING
    return _refused(lacking.said(title=form.title, columns=_listed(missing)), form.title)


def _two(forms: Sequence[Form]) -> Refused:
    titles = " or ".join(form.title for form in forms)
    return _refused(sentences.TWO_REPORTS.said(titles=titles))


def _almost(likely: list[Form], names: list[str]) -> Detected | Refused:
    nearest = _best(likely, {_folded(name) for name in names})
    return _placed(nearest[0], names) if len(nearest) == 1 else _two(nearest)


def _unknown(names: list[str]) -> Refused:
    headers = [name[:40] for name in names if name][:5] or [""]
    return replace(_refused(sentences.UNKNOWN_REPORT.said(headers=_listed(headers), ours=OURS)), known=False)


def _refused(told: Refusal, title: str = "") -> Refused:
    """Said after the file's name, so nothing is said of who can: whoever sent it."""
    return Refused(f"{told.short} {told.booked}", title)


def _all(names: Sequence[str] | frozenset[str]) -> set[str]:
    return {_folded(name) for name in names}


def _folded(name: str) -> str:
    return "".join(name.split()).casefold()


def _listed(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + f" and {quoted[-1]}"
