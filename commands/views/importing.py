"""The import's screens: which files, working, and what was found in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import Message, actions, context, field, header, modal, section
from commands.views.notices import mapping_button, overview_button
from commands.views.text import count, name, some

if TYPE_CHECKING:
    from db.intake.stage import FileResult, ImportResult, RowProblem

    from commands.views.blocks import Block, View

TITLE = "Import from CaseEasy"
FILES_BLOCK = "files"
MOST_FILES = 10
SHOWN_PROBLEMS = 3
SHOWN_HEADERS = 6


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
    sentence = (
        f"Reading {count(files, 'file')}… You may close this: the answer also comes as a direct message."
    )
    return modal(Screen.LOADING, TITLE, [section(sentence)])


def answer_view(result: ImportResult) -> View:
    """What was found, in the modal."""
    return modal(Screen.NOTICE, TITLE, _blocks(result), close="Done")


def answer_message(result: ImportResult) -> Message:
    """What was found, as a direct message."""
    lines = [_headline(result), *(_in_words(file) for file in result.files)]
    return Message("\n".join(lines)[:3900], (header(_headline(result)), *_blocks(result)))


def failed(sentence: str) -> Message:
    """The direct message when nothing could be taken."""
    return Message(f"The import didn't work. {sentence}", (section(f"*The import didn't work.* {sentence}"),))


def _headline(result: ImportResult) -> str:
    taken = [file for file in result.files if not file.refused]
    if not taken:
        return "Nothing was imported; the records are as they were"
    fresh = sum(file.new for file in taken)
    changed = sum(file.changed for file in taken)
    if not fresh and not changed:
        return "Nothing new: the records are as they were"
    return f"Imported {count(fresh, 'new row')} and {count(changed, 'changed row')}"


def _blocks(result: ImportResult) -> list[Block]:
    blocks: list[Block] = []
    for file in result.files:
        blocks.extend(_file_blocks(file))
    blocks.append(actions(mapping_button(), overview_button()))
    return blocks


def _file_blocks(file: FileResult) -> list[Block]:
    blocks = [section(_told(file))]
    small = [_problem(problem) for problem in file.unreadable[:SHOWN_PROBLEMS]]
    left = len(file.unreadable) - SHOWN_PROBLEMS
    if left > 0:
        small.append(f"and {count(left, 'more row')} that couldn't be read")
    if file.unknown_headers:
        headers = some([f"“{name(text, 40)}”" for text in file.unknown_headers], SHOWN_HEADERS)
        small.append(f"We don't know these columns and left them alone: {headers}")
    small.extend(name(remark, 300) for remark in file.remarks)
    if small:
        blocks.append(context(*small))
    return blocks


def _told(file: FileResult) -> str:
    if file.refused:
        return f"*{name(file.name)}* was not taken: {name(file.refused, 600)}"
    return f"*{name(file.report)}* · {name(file.name)}\n{_counts(file)}"


def _in_words(file: FileResult) -> str:
    if file.refused:
        return f"{name(file.name)}: not taken. {name(file.refused, 300)}"
    return f"{name(file.name)} ({name(file.report)}): {_counts(file)}"


def _counts(file: FileResult) -> str:
    parts = [f"{file.new:,} new", f"{file.changed:,} changed", f"{file.unchanged:,} unchanged"]
    if file.unreadable:
        parts.append(f"{count(len(file.unreadable), 'row')} not readable")
    return ", ".join(parts)


def _problem(problem: RowProblem) -> str:
    return (
        f"Row {problem.row}, {name(problem.column, 40)}: “{name(problem.text, 60)}” "
        f"{name(problem.reason, 160)} {name(problem.remedy, 160)}".rstrip()
    )
