"""`caseledger import`: the exports taken in without Slack, and the same answer in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import unescape
from typing import TYPE_CHECKING

from bot import clock
from bot.running import prepared_database
from commands.views.importing import answer_message
from db import firms
from db.engine import ProcessLock
from db.intake.questions import ODD, TAKE
from db.intake.stage import ImportResult, IncomingFile, Progress, import_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from bot.settings import Settings
    from db.engine import Database

BY_HAND = "command line"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, in words; ``taken`` if no file was refused."""

    text: str
    taken: bool


def import_by_hand(
    settings: Settings,
    paths: Sequence[Path],
    *,
    anyway: bool = False,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Answer:
    """Take the files in for the one firm there is, or for one whose Slack will be met later.

    Odd ones (far fewer rows than the last, or older) are left out unless ``anyway``; ``tell`` hears how far
    it is.

    Raises ``CannotStartError`` and ``AlreadyRunningError``; nothing was changed then.
    """
    database = prepared_database(settings.database_url)
    with ProcessLock(settings.database_url):
        with database.write() as session:
            firm = firms.meet_firm(
                session,
                team_id=None,
                name="",
                timezone=settings.timezone,
                now=clock.now(),
                new_id=clock.new_id,
            )
        files = [IncomingFile(path.name, path.read_bytes()) for path in paths]
        result = import_files(
            database, firm_id=firm.id, files=files, asked_by=BY_HAND, now=clock.now, tell=tell
        )
        if anyway:
            result = _again(database, firm.id, files, result)
    database.close()
    told = [unescape(answer_message(result).text), *_problems(result)]
    return Answer("\n".join(told), all(file.is_taken for file in result.files))


def _again(
    database: Database, firm_id: str, files: Sequence[IncomingFile], before: ImportResult
) -> ImportResult:
    """The same with what was odd taken in too."""
    odd = {
        at: replace(files[at], answers={told.question.mark: TAKE})
        for at, told in enumerate(before.files)
        if told.question is not None and told.question.kind == ODD
    }
    taken = import_files(database, firm_id=firm_id, files=list(odd.values()), asked_by=BY_HAND, now=clock.now)
    results = dict(enumerate(before.files)) | dict(zip(odd, taken.files, strict=True))
    return ImportResult(taken.import_id or before.import_id, tuple(results.values()))


def _problems(result: ImportResult) -> Iterator[str]:
    for file in result.files:
        if file.question is not None:
            way = (
                "To take it in all the same, add --anyway."
                if file.question.kind == ODD
                else "Export its dates as year-month-day, or send it in Slack, where you are asked."
            )
            yield f"{file.name}: nothing of it was taken in. {way}"
        for problem in file.unreadable:
            yield (
                f"{file.name}, row {problem.row}, {problem.column}: “{problem.text}”. "
                f"{problem.reason} {problem.remedy}"
            )
        if file.unknown_headers:
            yield (
                f"{file.name}: columns we don't know, left alone until an approver "
                f"says in Slack (/qb-mapping) what they mean: {', '.join(file.unknown_headers)}"
            )
