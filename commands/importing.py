"""`/qb-import`: CaseEasy's exports go in, and the answer says what was found in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands import columns, speech
from commands.amended import in_the_answer, noticed
from commands.comparing import look_after
from commands.errors import RefusedError
from commands.firm import asker_in
from commands.ids import Act, Task
from commands.omens import looked
from commands.taking import Taking
from commands.views import importing as views
from commands.waiting import ask_about, waits_its_turn
from commands.words import files as words
from db.intake import sentences as intake_sentences
from db.intake.imports import ImportGivenUpError, ImportUnderWayError
from db.intake.stage import IncomingFile, import_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from commands.call import Call
    from commands.context import Context
    from db.outbox import ClaimedTask


def ask(call: Call) -> None:
    """Open the screen for the files."""
    call.ack()
    call.open(views.ask())


def submitted(call: Call) -> None:
    """Take the list of files; the worker fetches and reads them."""
    files = [named(file) for file in call.typed(views.FILES_BLOCK, Act.FILES).get("files") or []]
    if not files:
        call.ack(response_action="errors", errors={views.FILES_BLOCK: "Please add at least one export."})
        return
    with call.context.database.write() as session:
        call.later(session, Task.IMPORT, {"view": call.view["id"], "files": files}, call.once(Task.IMPORT))
    call.ack(response_action="update", view=views.working(len(files)))


def read(context: Context, task: ClaimedTask) -> None:
    """Task: fetch the files, import them, and answer on the screen, where there is one, and directly."""
    client, user = context.slack(), task.content["user"]
    asker = asker_in(context, client, task)
    if len(task.content["files"]) > views.MOST_FILES:
        raise RefusedError(words.TOO_MANY.said())
    files = [IncomingFile(file["name"], context.download(file["url"])) for file in task.content["files"]]
    told = Taking(context, client, task)
    try:
        result = import_files(
            context.database, firm_id=task.firm_id, files=files, asked_by=user, now=context.clock, tell=told
        )
    except ImportUnderWayError as busy:
        if "view" not in task.content and waits_its_turn(context, task, Task.IMPORT):
            return  # files dropped one by one come at once, and nobody waits at a screen
        raise RefusedError(intake_sentences.UNDER_WAY.said()) from busy
    except ImportGivenUpError as overtaken:
        raise RefusedError(intake_sentences.GIVEN_UP.said()) from overtaken
    differs = ""
    if result.import_id is not None:
        differs = in_the_answer(noticed(context, task))
        look_after(context, task)
    found = looked(context, task.firm_id), columns.put_to(context, asker, result), differs
    if "view" in task.content:  # else the files were dropped in a direct message
        speech.show(client, task.content["view"], views.answer_view(result, *found))
    told.answer(views.answer_message(result, *found))
    ask_about(context, task, files, result)


def named(file: Mapping[str, Any]) -> dict[str, str]:
    """A file of Slack's as a task keeps it; what Slack doesn't hand out has no address, and is refused."""
    url = str(file.get("url_private_download") or "")
    return {"name": str(file.get("name") or "export"), "url": url}
