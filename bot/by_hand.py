"""`caseledger import`: the exports taken in without Slack, and the same answer in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import unescape
from typing import TYPE_CHECKING

from bot import clock
from bot.running import prepared_database
from commands.views.importing import answer_message
from commands.views.matters import asks
from commands.views.text import some
from db import firms
from db.engine import ProcessLock
from db.intake.questions import ODD, ORDER, TAKE
from db.intake.stage import ImportResult, IncomingFile, Progress, import_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from bot.settings import Settings
    from db.engine import Database

BY_HAND = "command line"
MOST_ASKED = 10
WAYS = {
    ODD: "To take it in all the same, add --anyway.",
    ORDER: "Say how its days are written: add --dates dmy (day first) or --dates mdy (month first).",
}


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
    order: str = "",
    tell: Callable[[Progress], None] = lambda _: None,
) -> Answer:
    """Take the files in for the one firm there is, or for one whose Slack will be met later.

    Odd ones (far fewer rows than the last, older, or of unknown cases) are left out unless ``anyway``, those
    whose days read two ways unless an ``order`` is given (:mod:`db.intake.orders`). ``tell`` hears how far
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
        said = {kind: answer for kind, answer in ((ODD, TAKE if anyway else ""), (ORDER, order)) if answer}
        for _ in said:  # whose days were read may turn out to be odd
            result = _again(database, firm.id, files, result, said)
    database.close()
    told = [unescape(answer_message(result).text), *_problems(result)]
    return Answer("\n".join(told), all(file.is_taken for file in result.files))


def _again(
    database: Database,
    firm_id: str,
    files: list[IncomingFile],
    before: ImportResult,
    said: Mapping[str, str],
) -> ImportResult:
    """The same with those taken in whose question is answered; ``files`` keep their answers."""
    answered = []
    for at, told in enumerate(before.files):
        question = told.question
        if question is not None and question.kind in said:
            answers = {**files[at].answers, question.mark: said[question.kind]}
            files[at] = replace(files[at], answers=answers)
            answered.append(at)
    again = [files[at] for at in answered]
    taken = import_files(database, firm_id=firm_id, files=again, asked_by=BY_HAND, now=clock.now)
    results = dict(enumerate(before.files)) | dict(zip(answered, taken.files, strict=True))
    matters = taken.matters or before.matters
    return ImportResult(taken.import_id or before.import_id, tuple(results.values()), matters=matters)


def _problems(result: ImportResult) -> Iterator[str]:
    if result.matters:
        asked = unescape(some([asks(one) for one in result.matters], MOST_ASKED))
        yield f"An approver is asked in Slack (/qb-mapping, Columns): {asked}"
    for file in result.files:
        if file.question is not None:
            yield f"{file.name}: nothing of it was taken in. {WAYS[file.question.kind]}"
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
