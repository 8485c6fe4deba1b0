"""Takes files in: every row staged in short commits, unseen, and all of them seen at once at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

from db import columns_taught, matters, missing
from db.intake import imports, sentences
from db.intake.cells import day
from db.intake.filed import filed
from db.intake.files import read_table
from db.intake.forms import DAYS
from db.intake.frame import framed, shifted_row
from db.intake.known import cases_apart
from db.intake.orders import left_as_text, orders_of
from db.intake.questions import Question, Size, oddity
from db.intake.reports import Detected
from db.intake.result import FileResult, ImportResult, IncomingFile, Progress
from db.intake.rows import read_report
from db.intake.shelf import Compared, Counts, Shelf, batches
from db.intake.table import UnreadableFileError
from db.intake.unknown import own_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from db.columns_taught import ColumnAsked
    from db.engine import Database
    from db.intake.orders import Orders
    from db.intake.rows import KeptRow, ReportRows
    from db.intake.table import Table
    from db.matters import Matter
    from db.missing import Dropped, Export
    from db.refusal import Refusal
    from db.tables import ImportFile

__all__ = ["FileResult", "ImportResult", "IncomingFile", "Progress", "import_files"]

MANY_ROWS = 1_000
"""From so many changed rows on, PostgreSQL is told at once; by itself it looks within a minute."""
STILL_ALIVE = imports.SILENT / 6


@dataclass(slots=True)
class _Go:
    database: Database
    firm_id: str
    asked_by: str
    now: Callable[[], datetime]
    tell: Callable[[Progress], None]
    alive_at: datetime
    import_id: int | None = None
    taken: list[ImportFile] = field(default_factory=list)
    exports: list[Export] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Read:
    """A file's rows, and how much it holds."""

    rows: ReportRows
    size: Size


def import_files(
    database: Database,
    *,
    firm_id: str,
    files: Sequence[IncomingFile],
    asked_by: str,
    now: Callable[[], datetime],
    tell: Callable[[Progress], None] = lambda _: None,
) -> ImportResult:
    """Take in the files that are CaseEasy's reports, oldest export first; each stands or falls alone.

    ``now`` gives aware moments, ``tell`` hears how far it is after each commit. Raises
    :class:`imports.ImportUnderWayError` while another import of the firm is alive; whatever is raised,
    nothing of this import is seen.
    """
    go = _Go(database, firm_id, asked_by, now, tell, alive_at=now())
    imports.abandon_unfinished(database, firm_id, go.alive_at)
    results: dict[int, FileResult] = {}
    applied = False
    try:
        results = _take_all(go, files)
        lacking = _lacked(go)
        questions, anew = _apply(go, results.values(), lacking)
        applied = bool(go.taken)
        open_ones, newly = _met(go) if applied else ((), ())
    finally:
        if go.import_id is not None and not applied:
            imports.give_up(database, go.import_id)
    if sum(one.new + one.changed for one in results.values()) >= MANY_ROWS:
        imports.take_stock(database)
    told = tuple(results[index] for index in range(len(files)))
    lacked = tuple(one.lacking for one in lacking if applied)
    return ImportResult(
        go.import_id if applied else None, told, questions, open_ones, (*anew, *newly), lacked
    )


def _take_all(go: _Go, files: Sequence[IncomingFile]) -> dict[int, FileResult]:
    """By its place what each file brought; what stood apart is looked at again beside the others."""
    order = sorted(range(len(files)), key=lambda index: _age(files[index].name))
    results = {index: _take(go, files[index]) for index in order}
    taken = {one.report for one in results.values() if one.is_taken}
    for index in order:
        one = results[index]
        # Not over a newer export of its report, which was taken meanwhile.
        if taken and one.report not in taken and one.question is not None and one.question.is_apart:
            results[index] = _take(go, files[index])
    return results


def _age(name: str) -> tuple[bool, str]:
    exported = imports.exported_on(name)
    return exported is not None, str(exported or "")


def _take(go: _Go, file: IncomingFile) -> FileResult:
    name = PurePath(file.name.replace("\\", "/")).name.replace("\0", "")[:255]
    try:
        table = read_table(name, file.content)
    except UnreadableFileError as error:
        return FileResult(name=name, refused=f"{error} Nothing was taken from it.")
    table, detected = framed(table)
    if not isinstance(detected, Detected):
        return FileResult(name=name, report=detected.title, refused=detected.sentence)
    moved = _moved(table, detected)
    if moved is not None:
        return FileResult(
            name=name, report=detected.title, refused=f"{moved.short} Nothing was taken from it."
        )
    orders = orders_of(table, detected, file.answers)
    if isinstance(orders, Question):
        return FileResult(name=name, report=detected.form.title, question=orders)
    import_id, read = _begun(go), _read(table, detected, name, orders)
    question = _question(go, file, read, detected)
    if question is not None:
        return FileResult(name=name, report=detected.form.title, question=question)
    result = _stage(import_id, go, name, read, detected)
    go.taken.append(filed(import_id, file, result, detected.report))
    if result.newer is None:  # an older one lacks what came later
        on = result.exported or go.now().date()
        with go.database.read() as session:
            export = missing.export_of(session, go.firm_id, detected.report, read.rows, on)
        go.taken[-1].prints = export.prints or None
        go.exports.append(export)
    return result


def _moved(table: Table, detected: Detected) -> Refusal | None:
    """What on the way here made cells say something else than CaseEasy wrote."""
    shifted, left = shifted_row(table, detected), left_as_text(table, detected)
    if shifted is not None:
        return sentences.SHIFTED.said(row=f"{shifted:,}")
    return None if left is None else sentences.SWAPPED.said(day=left)


def _begun(go: _Go) -> int:
    if go.import_id is None:
        with go.database.write() as session:
            go.import_id = imports.begin(session, go.firm_id, go.asked_by, go.now())
    return go.import_id


def _question(go: _Go, file: IncomingFile, read: _Read, detected: Detected) -> Question | None:
    """What must be answered first, unless it was; looked up while no other import can change it."""
    with go.database.read() as session:
        last = imports.last_size(session, go.firm_id, detected.report)
        apart = cases_apart(session, go.firm_id, read.rows)
    asked = oddity(detected.form.title, read.size, last, apart=apart)
    return None if asked is None or asked.mark in file.answers else asked


def _stage(import_id: int, go: _Go, name: str, read: _Read, detected: Detected) -> FileResult:
    shelf = Shelf(
        firm_id=go.firm_id,
        import_id=import_id,
        report=detected.report,
        columns=frozenset(column for _, column in detected.columns),
    )
    with go.database.read() as session:
        newest = imports.newest_export(session, go.firm_id, detected.report)
        explained = {
            one.column.subject for one in columns_taught.all_columns(session, go.firm_id) if one.taught
        }
        before = shelf.standing(session)
    columns = own_columns(read.rows, detected)
    counts, done, rows = Counts(), 0, sum(map(len, read.rows.kept.values()))
    for batch in batches(read.rows.kept):
        compared = _compared(go, shelf, batch) if before else Compared.fresh(batch)
        counts += compared.counts
        _write(go, shelf, compared)
        done += sum(map(len, batch.values()))
        go.tell(Progress(name, done, rows))
    exported = read.size.exported
    return FileResult(
        name=name,
        report=detected.form.title,
        new=counts.new,
        changed=counts.changed,
        unchanged=counts.unchanged,
        unreadable=read.rows.problems,
        unknown_headers=tuple(one.header for one in columns if one.subject not in explained),
        absent=before - counts.met,
        withdrawn=counts.withdrawn,
        exported=exported,
        newer=newest if exported and newest and exported < newest else None,
        rows=read.size.rows,
        latest=read.size.latest,
        columns=columns,
    )


def _read(table: Table, detected: Detected, name: str, orders: Orders) -> _Read:
    rows = read_report(table, detected, orders)
    told = {text for column in DAYS for text in rows.said(column)}
    days = (found for text in told if isinstance(found := day(text), date))
    count = len(rows.numbers | {one.row for one in rows.problems})
    return _Read(rows, Size(count, imports.exported_on(name), max(days, default=None)))


def _compared(go: _Go, shelf: Shelf, batch: Mapping[str, Sequence[KeptRow]]) -> Compared:
    with go.database.read() as session:
        return shelf.compare(session, batch)


def _write(go: _Go, shelf: Shelf, compared: Compared) -> None:
    """Stage a batch; one that changes nothing keeps nobody waiting, save now and then to say that we live."""
    now = go.now()
    if not compared.writes and now - go.alive_at < STILL_ALIVE:
        return
    with go.database.write() as session:
        imports.keep_alive(session, shelf.import_id, now)
        shelf.write(session, compared)
    go.alive_at = now


def _lacked(go: _Go) -> tuple[Dropped, ...]:
    """What the exports of this go lack, each, and none of them has."""
    if go.import_id is None or not go.taken:
        return ()
    with go.database.read() as session:
        return missing.lacked_by(session, go.firm_id, go.exports, go.import_id)


def _apply(
    go: _Go, results: Iterable[FileResult], lacking: Sequence[Dropped]
) -> tuple[tuple[ColumnAsked, ...], tuple[str, ...]]:
    """Let all of it be seen, and ask what its columns mean, in one commit: what is open, and what is new.

    An import of which every file waits is none.
    """
    if go.import_id is None or not go.taken:
        return (), ()
    columns = {column.subject: column for one in results for column in one.columns}
    with go.database.write() as session:
        imports.apply(session, go.import_id, go.taken, go.now())
        anew = columns_taught.meet(session, go.firm_id, columns.values(), by=go.asked_by, now=go.now())
        gone = missing.ask(
            session, go.firm_id, lacking, missing.prints_here(go.exports), by=go.asked_by, now=go.now()
        )
        for report in {one.report for one in go.exports}:
            imports.forget_prints(session, go.firm_id, report)
        every = columns_taught.all_columns(session, go.firm_id) if columns else ()
    return tuple(one for one in every if one.is_open and one.column.subject in columns), (*anew, *gone)


def _met(go: _Go) -> tuple[tuple[Matter, ...], tuple[str, ...]]:
    """Ask what the records leave open now: all that waits, and what is new; missed by a crash, next time.

    Looked for where no writer waits; only an import changes it.
    """
    with go.database.read() as session:
        found = matters.left_open(session, go.firm_id)
    with go.database.write() as session:
        anew = matters.meet(session, go.firm_id, found, by=go.asked_by, now=go.now())
        every = matters.all_matters(session, go.firm_id)
    return tuple(one for one in every if one.is_open), anew
