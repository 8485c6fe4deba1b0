"""`caseledger import`: the exports taken in without Slack, and the same answer in words."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from bot import clock
from bot.running import prepared_database
from commands.views.importing import answer_message
from db import firms
from db.engine import ProcessLock
from db.intake.stage import IncomingFile, import_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.settings import Settings
    from db.intake.stage import ImportResult

BY_HAND = "command line"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, in words; ``taken`` if no file was refused."""

    text: str
    taken: bool


def import_by_hand(settings: Settings, paths: Sequence[Path]) -> Answer:
    """Take the files in for the one firm there is, or for one whose Slack will be met later.

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
        result = import_files(database, firm_id=firm.id, files=files, asked_by=BY_HAND, now=clock.now)
    database.close()
    told = [unescape(answer_message(result).text), *_problems(result)]
    return Answer("\n".join(told), all(file.refused is None for file in result.files))


def _problems(result: ImportResult) -> Iterator[str]:
    for file in result.files:
        for problem in file.unreadable:
            yield (
                f"{file.name}, row {problem.row}, {problem.column}: “{problem.text}”. "
                f"{problem.reason} {problem.remedy}"
            )
        if file.unknown_headers:
            yield f"{file.name}: columns we don't know, left alone: {', '.join(file.unknown_headers)}"
