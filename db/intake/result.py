"""What goes into an import and what comes of it, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from db.columns_taught import Column, ColumnAsked
    from db.intake.cells import RowProblem
    from db.intake.lacking import Lacking
    from db.intake.questions import Question
    from db.matters import Matter


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file as somebody sent it."""

    name: str
    content: bytes
    answers: Mapping[str, str] = field(default_factory=dict)
    """What people answered about it, by the marks of the questions."""


@dataclass(frozen=True, slots=True)
class FileResult:
    """What one file brought, in rows; ``refused`` is the sentence that says why nothing was taken.

    Nothing was taken either while there is a ``question``: the file waits for its answer.

    Rows with a problem count as unreadable only; those that could be kept hold their invoice. ``absent`` are
    rows of earlier exports that this one doesn't have (they stay), ``withdrawn`` twins it no longer has (they
    go). ``newer`` is the date of a newer export already taken in, where this file's name says it is older.
    ``columns`` are those it has beside CaseEasy's own, ``unknown_headers`` of them what nobody explained yet.
    """

    name: str
    report: str = ""
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    unreadable: tuple[RowProblem, ...] = ()
    unknown_headers: tuple[str, ...] = ()
    refused: str | None = None
    absent: int = 0
    withdrawn: int = 0
    exported: date | None = None
    newer: date | None = None
    rows: int = 0
    latest: date | None = None
    question: Question | None = None
    columns: tuple[Column, ...] = ()

    @property
    def is_taken(self) -> bool:
        """Whether what it says counts now."""
        return self.refused is None and self.question is None

    @property
    def unreadable_rows(self) -> int:
        """How many rows have a problem."""
        return len({problem.row for problem in self.unreadable})


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What one go brought, a result a file in the order they were given; no id where none could be taken.

    ``questions`` are what its columns leave open, ``matters`` what the records then do, ``anew`` the subjects
    of those that weren't asked before. ``lacking`` is what the exports don't have any more, though they have
    older and newer ones.
    """

    import_id: int | None
    files: tuple[FileResult, ...]
    questions: tuple[ColumnAsked, ...] = ()
    matters: tuple[Matter, ...] = ()
    anew: tuple[str, ...] = ()
    lacking: tuple[Lacking, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is in one of its files: so many of its rows are compared and staged."""

    name: str
    done: int
    rows: int
