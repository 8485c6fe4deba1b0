"""`/qb-sync`: find a case or client, and tick the paid invoices to be booked."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from commands import speech
from commands.drafting import draft_of
from commands.firm import asker_in, today_of
from commands.ids import Act, Task
from commands.narrowing import with_ticks
from commands.scene import Scene, scene_of
from commands.views import sync as views
from commands.views.notices import loading
from commands.views.sync import CaseChoice
from commands.views.taken import untick
from commands.views.text import clean
from db import cases, drafts
from db.drafts import Draft
from db.intake.imports import newest_import

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from commands.call import Call
    from commands.context import Context
    from db.cases import CaseFound
    from db.outbox import ClaimedTask

MOST_FOUND = 20
LOOKING = "Looking in the records…"


def start(call: Call) -> None:
    """`/qb-sync` with or without words."""
    begin(call, clean(call.text))  # copied from a message of ours, a name brings its isolates


def pressed(call: Call) -> None:
    """A button that leads here."""
    begin(call, call.value)


def begin(call: Call, words: str) -> None:
    """Open what the words find; without words, the search."""
    call.ack()
    if not words:
        call.open(views.search("", [], searched=False))
        return
    view_id = call.open(loading(views.TITLE, LOOKING))
    with call.context.database.write() as session:
        call.later(session, Task.SYNC_FIND, {"view": view_id, "words": words})


def searched(call: Call) -> None:
    """Find, in the search."""
    words = clean(str(call.typed(views.SEARCH_BLOCK, Act.SEARCH_TEXT).get("value") or ""))
    if not words:
        message = "Type a case number, an invoice number or part of the client's name."
        call.ack(response_action="errors", errors={views.SEARCH_BLOCK: message})
        return
    with call.context.database.write() as session:
        content = {"view": call.view["id"], "words": words}
        call.later(session, Task.SYNC_FIND, content, call.once(Task.SYNC_FIND))
    call.ack(response_action="update", view=loading(views.TITLE, LOOKING))


def chose_case(call: Call) -> None:
    """Open, beside one of several cases."""
    with call.context.database.write() as session:
        call.later(session, Task.SYNC_FIND, {"view": call.view["id"], **json.loads(call.value)})
    call.ack()


def find(context: Context, task: ClaimedTask) -> None:
    """Task: one case or one client's cases open at once; else what was found is listed."""
    client, view_id = context.slack(), task.content["view"]
    asker = asker_in(context, client, task)
    words = str(task.content.get("words", ""))
    with context.database.read() as session:
        found = cases.find_cases(session, task.firm_id, words, MOST_FOUND) if words else ()
        imported = bool(found) or newest_import(session, task.firm_id) is not None
    scope = _scope(words, found) if words else task.content
    if scope is None:
        choices = [_choice(of_case) for of_case in _by_number(found)]
        speech.show(client, view_id, views.search(words, choices, searched=True, imported=imported))
        return
    draft = Draft(context.new_id(), task.firm_id, asker.user_id, "sync", content_for(scope))
    with context.database.read() as session:
        scene = scene_of(session, draft, asker.today)
    with context.database.write() as session:
        drafts.keep(session, draft, context.clock())
    speech.show(client, view_id, views.screen(scene.screen, draft.id))


def content_for(scope: Mapping[str, Any]) -> dict[str, Any]:
    """A draft's content to begin with: of one client all is ticked, among everything nothing is."""
    everything = bool(scope.get("everything"))
    begun = {"unticked": [], "ticked": [], "page": 0, "all": not everything, "everything": everything}
    return {"cases": scope.get("cases", []), "client": scope.get("client", ""), **begun}


def fill(context: Context, task: ClaimedTask) -> None:
    """Task: draw the screen anew, with every tick as the draft has it, until it has changed no more.

    Who ticks quickly leaves several of these: whichever draws last has drawn the newest.
    """
    drawn, client = None, context.slack()
    while (draft := _kept(context, task)) is not None and draft != drawn:
        with context.database.read() as session:
            scene = scene_of(session, draft, today_of(session, context, task.firm_id))
        if not speech.show(client, task.content["view"], views.screen(scene.screen, draft.id)):
            return
        drawn = draft


def _kept(context: Context, task: ClaimedTask) -> Draft | None:
    with context.database.read() as session:
        return drafts.get(session, task.firm_id, task.content["draft"])


def paged(call: Call) -> None:
    """Another page, with every tick kept."""
    with call.context.database.write() as session:
        draft = merged(call, draft_of(session, call))
        draft = replace(draft, content={**draft.content, "page": call.index})
        drafts.keep(session, draft, call.context.clock())
        call.later(session, Task.SYNC_FILL, {"view": call.view["id"], "draft": draft.id})
    call.ack()


def ticked(call: Call) -> None:
    """A tick among many: remembered, and counted on the screen."""
    with call.context.database.write() as session:
        draft = merged(call, draft_of(session, call))
        drafts.keep(session, draft, call.context.clock())
        call.later(session, Task.SYNC_FILL, {"view": call.view["id"], "draft": draft.id})
    call.ack()


def submitted(call: Call) -> None:
    """Preview Booking: the screens close, and the worker posts what exactly would be booked."""
    with call.context.database.read() as session:
        draft = merged(call, draft_of(session, call))
        scene = scene_of(session, draft)
    problem = _problem(scene, _ticked_on(call))
    with call.context.database.write() as session:
        drafts.keep(session, draft, call.context.clock())
        if not problem:
            content = {"invoices": [key.plain for key in scene.chosen]}
            call.later(session, Task.PREVIEW, content, call.once(Task.PREVIEW))
    if problem:
        call.ack(response_action="errors", errors={views.ticks_block(scene.screen): problem})
        return
    call.ack(response_action="clear")


def merged(call: Call, draft: Draft) -> Draft:
    """The draft with the ticks of the page that was shown."""
    content: Mapping[str, Any] = draft.content
    for block in call.view.get("blocks", []):
        element = block.get("element") or {}
        if element.get("action_id") != Act.TICK:
            continue
        shown = {option["value"] for option in element["options"]}
        state = call.typed(block["block_id"], Act.TICK)
        kept = {option["value"] for option in state.get("selected_options") or []}
        content = with_ticks(content, shown, kept)
    return replace(draft, content=content)


def _ticked_on(call: Call) -> set[str]:
    """What is ticked on the page that was shown."""
    state = call.view.get("state", {}).get("values", {})
    ticks = [controls.get(Act.TICK) or {} for controls in state.values()]
    return {option["value"] for one in ticks for option in one.get("selected_options") or []}


def _problem(scene: Scene, ticked: set[str]) -> str:
    overtaken = [one for one in scene.screen.taken if one.value in ticked]
    if overtaken:
        return untick(overtaken)
    if not scene.chosen:
        return "Tick at least one invoice."
    if scene.missing_contact:
        return f"First find {scene.missing_contact} in QuickBooks: press Find Contact above."
    return ""


def _scope(words: str, found: Sequence[CaseFound]) -> dict[str, Any] | None:
    """What to open at once: the one case meant, or all cases of the one client meant."""
    exact = [one for one in found if one.number == words]
    if exact:
        return _case(exact)
    clients = {one.client_identifier for one in found}
    if len(clients) == 1:
        return {"cases": [one.number for one in found], "client": found[0].client_identifier}
    return None


def _by_number(found: Sequence[CaseFound]) -> list[list[CaseFound]]:
    """By case, as clients who share a number share its invoices: they are listed and counted once."""
    cases: dict[str, list[CaseFound]] = {}
    for one in found:
        cases.setdefault(one.number, []).append(one)
    return list(cases.values())


def _case(clients: Sequence[CaseFound]) -> dict[str, Any]:
    """One case, of one client or of all who share its number."""
    only = clients[0].client_identifier if len(clients) == 1 else ""
    return {"cases": [clients[0].number], "client": only}


def _choice(clients: Sequence[CaseFound]) -> CaseChoice:
    names = dict.fromkeys(one.client_name or "(no client named)" for one in clients)
    paid = max(one.paid_count for one in clients)
    return CaseChoice(json.dumps(_case(clients)), clients[0].number, " / ".join(names), paid)
