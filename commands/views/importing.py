"""The import's screens: which files, working, and what was found in them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views import lacking
from commands.views.blocks import Message, actions, button, context, field, header, modal, section
from commands.views.notices import import_button, mapping_button, overview_button
from commands.views.omens import omen_blocks, omen_words
from commands.views.text import count, cut, day, name, person, some, verb
from commands.views.waiting import asks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from commands.views.blocks import Block, Element, View
    from db.intake.cells import RowProblem
    from db.intake.stage import FileResult, ImportResult, Progress
    from qb.omens import Omen

TITLE = "Import from CaseEasy"
FILES_BLOCK = "files"
MOST_FILES = 10
SHOWN_PROBLEMS = 3
SHOWN_HEADERS = 6
AGAIN = "If that was a mistake, import the newer one again."
MAY_CLOSE = "You may close this: the answer also comes as a direct message."
WAITS = "waits for an answer (asked in a message of its own), and nothing of it was taken in."
CHARACTERS = 8_500  # of the 10,000 a screen may have; with many files each gets its share


@dataclass(frozen=True, slots=True)
class ColumnsPut:
    """Headers nobody explained yet, and to whom the questions went: nobody, somebody, or the importer.

    ``others`` are what is asked of cases, as parts of a sentence (names escaped).
    """

    headers: tuple[str, ...]
    to: str
    mine: bool = False
    others: tuple[str, ...] = ()


def ask() -> View:
    """Where the exports are dropped in."""
    element = {
        "type": "file_input",
        "action_id": Act.FILES,
        "filetypes": ["xlsx", "csv"],
        "max_files": MOST_FILES,
    }
    return modal(
        Screen.IMPORT,
        TITLE,
        [
            section(
                "Add CaseEasy's *Invoices*, *Payments* and *Client Listing* exports, one or several at once. "
                "We look at the columns, so the files may be called anything."
            ),
            field(
                "Exports (.xlsx or .csv)", element, FILES_BLOCK, hint="The same file twice changes nothing."
            ),
        ],
        submit="Import Files",
        close="Cancel",
    )


def working(files: int) -> View:
    """Shown while the worker reads."""
    return modal(Screen.LOADING, TITLE, [section(f"Reading {count(files, 'file')}… {MAY_CLOSE}")])


def still_working(progress: Progress) -> View:
    """The same once it has taken a while."""
    return modal(Screen.LOADING, TITLE, [section(f"{_so_far(progress)} {MAY_CLOSE}")])


def on_its_way(progress: Progress) -> Message:
    """How far an import is; the answer takes its place."""
    return Message(_so_far(progress), (section(_so_far(progress)),))


def answer_view(
    result: ImportResult, coming: Sequence[Omen] = (), put: ColumnsPut | None = None, differs: str = ""
) -> View:
    """What was found, in the modal; what its columns leave open; what is coming.

    ``differs`` says what of it differs from what is booked (markup).
    """
    return modal(Screen.NOTICE, TITLE, _blocks(result, coming, put, differs), close="Done")


def answer_message(
    result: ImportResult, coming: Sequence[Omen] = (), put: ColumnsPut | None = None, differs: str = ""
) -> Message:
    """The same as a direct message."""
    asked = [*([_asked(put)] if put else []), *_missing(result), *([differs] if differs else [])]
    lines = [_headline(result), *(_in_words(file) for file in result.files), *asked, *omen_words(coming)]
    blocks = _blocks(result, coming, put, differs)
    return Message(cut("\n".join(lines), 3900), (header(_headline(result)), *blocks))


def _missing(result: ImportResult) -> list[str]:
    return [lacking.listed(result.lacking)] if result.lacking else []


def _so_far(progress: Progress) -> str:
    return f"{name(progress.name)}: {progress.done:,} of {progress.rows:,} rows read…"


def _headline(result: ImportResult) -> str:
    taken = [file for file in result.files if file.is_taken]
    waits = sum(file.question is not None for file in result.files)
    if not taken and waits:
        return f"Nothing was imported yet: {count(waits, 'file waits', 'files wait')} for an answer"
    if not taken:
        return "Nothing was imported; the records are as they were"
    fresh = sum(file.new for file in taken)
    changed = sum(file.changed for file in taken)
    if not fresh and not changed:
        return "Nothing new: the records are as they were"
    parts = [
        count(number, f"{kind} row") for number, kind in ((fresh, "new"), (changed, "changed")) if number
    ]
    return f"Imported {' and '.join(parts)}"


def _asked(put: ColumnsPut) -> str:
    """Who is asked what the new columns mean; who imports need not know."""
    number = len(put.headers) + len(put.others)
    headers = some([f"“{name(text, 40)}”" for text in put.headers], SHOWN_HEADERS)
    means = [f"what {headers} {verb(len(put.headers), 'means', 'mean')}"] if put.headers else []
    until = "until it is answered, such a column counts for nothing"
    if put.others:
        until = "until it is answered, invoices that rest on it are held"
    what = "; ".join([*means, *([some(put.others, SHOWN_HEADERS)] if put.others else [])])
    about = f"{what}. The rows are in; {until}."
    if put.mine:
        return f"{count(number, 'question')} for you: say {about}"
    went = f"{count(number, 'question')} went to {person(put.to)}" if put.to else "Nobody here may answer yet"
    return f"{went}: {about}"


def _blocks(
    result: ImportResult, coming: Sequence[Omen], put: ColumnsPut | None, differs: str
) -> list[Block]:
    blocks: list[Block] = []
    told = [*map(section, (*_missing(result), *([differs] if differs else ()))), *omen_blocks(coming)]
    room = (CHARACTERS - len(json.dumps(told))) // max(1, len(result.files))
    for file in result.files:
        detailed = _file_blocks(file)
        blocks.extend(detailed if len(json.dumps(detailed)) <= room else [section(_told(file, 200))])
    if put is not None:
        label = "Answer Questions" if put.mine else "Open Columns"
        blocks.append(section(_asked(put), button(label, Act.OPEN_COLUMNS, primary=put.mine)))
    blocks.extend(told)
    blocks.append(actions(*_next(result), overview_button()))
    return blocks


def _next(result: ImportResult) -> list[Element]:
    """What follows: the mapping, another try, or nothing but the answer."""
    if any(file.is_taken for file in result.files):
        return [mapping_button()]
    asked = any(file.question is not None for file in result.files)
    return [] if asked else [import_button("Import Again")]


def _file_blocks(file: FileResult) -> list[Block]:
    blocks = [section(_told(file, 600))]
    small = [_problem(problem) for problem in file.unreadable[:SHOWN_PROBLEMS]]
    left = file.unreadable_rows - len({problem.row for problem in file.unreadable[:SHOWN_PROBLEMS]})
    if left > 0:
        small.append(
            f"and {count(left, 'more row')} that couldn't be read; "
            "the next import names them once these are mended"
        )
    if file.unknown_headers:
        headers = some([f"“{name(text, 40)}”" for text in file.unknown_headers], SHOWN_HEADERS)
        small.append(f"New to us, and left alone so far: {headers}")
    small.extend(_remarks(file))
    if small:
        blocks.append(context(*small))
    return blocks


def _remarks(file: FileResult) -> Iterator[str]:
    if file.absent:
        yield f"{count(file.absent, 'row')} of earlier exports aren't in this one; they stay as they were."
    if file.withdrawn:
        yield f"{count(file.withdrawn, 'repeated row')} are no longer in this export and were taken out."


def _told(file: FileResult, limit: int) -> str:
    if file.refused:
        return f"*{name(file.name)}* was not taken. {name(file.refused, limit)}"
    if file.question is not None:
        return f"*{name(file.report)}* · {name(file.name)} {WAITS} {asks(file.question)}"
    older = f"\n*{_older(file.newer)}* {AGAIN}" if file.newer is not None else ""
    return f"*{name(file.report)}* · {name(file.name)}{older}\n{_counts(file)}"


def _older(newer: date) -> str:
    return f"Older than the export of {day(newer)}: what it says now counts."


def _in_words(file: FileResult) -> str:
    if file.refused:
        return f"{name(file.name)}: not taken. {name(file.refused, 300)}"
    if file.question is not None:
        return f"{name(file.name)} ({name(file.report)}) {WAITS} {asks(file.question)}"
    older = f". {_older(file.newer)} {AGAIN}" if file.newer is not None else ""
    return f"{name(file.name)} ({name(file.report)}): {_counts(file)}{older}"


def _counts(file: FileResult) -> str:
    parts = [f"{file.new:,} new", f"{file.changed:,} changed", f"{file.unchanged:,} unchanged"]
    if file.unreadable:
        parts.append(f"{count(file.unreadable_rows, 'row')} not readable")
    return ", ".join(parts)


def _problem(problem: RowProblem) -> str:
    told = f"{_where(problem)}, {name(problem.column, 40)}: {_said(problem)} {name(problem.remedy, 160)}"
    return told.rstrip()


def _where(problem: RowProblem) -> str:
    """The invoice and its case as far as the row tells them: rows mean nothing to whoever mends it."""
    parts = [f"invoice {name(problem.number, 40)}"] if problem.number else []
    if problem.case:
        parts.append(f"case {name(problem.case, 60)}")
    told = ", ".join(parts)
    return f"{told[0].upper()}{told[1:]} (row {problem.row})" if told else f"Row {problem.row}"


def _said(problem: RowProblem) -> str:
    """What is wrong, of the text itself: “see note” isn't an amount."""
    if not problem.text:
        return name(problem.reason, 160)
    return f"“{name(problem.text, 60)}” {name(problem.reason.removeprefix('This '), 160)}"
