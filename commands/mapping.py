"""`/qb-mapping`: review what each CaseEasy value becomes in QuickBooks, and confirm it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from commands import speech
from commands.access import must_confirm
from commands.books import books_of, read_lists
from commands.drafting import company_now, draft_of, new_draft, same_company
from commands.firm import asker_in
from commands.ids import Act, Screen, Task
from commands.mapping_draft import drawn, held_now, merged, weighed, with_changes
from commands.mapping_screen import screen
from commands.views import mapping as views
from commands.views.blocks import OPTIONS
from commands.views.mapping import pages_of
from commands.views.mapping_row import choice_option
from commands.views.notices import loading
from commands.views.text import clean
from db import drafts, firm_settings
from qb.likeness import is_meant, is_part
from qb.mapping import Kind, row_of_key
from qb.offering import candidates, suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.context import Context
    from commands.views.mapping import MappingScreen
    from db.drafts import Draft
    from db.outbox import ClaimedTask
    from qb.mapping import Row


UNSEEN = "*"
"""Shows the first page with a row that nobody has seen yet."""
SOON = timedelta(minutes=1)
"""Whoever reviews the mapping sees what was changed in QuickBooks a moment ago."""


def start(call: Call) -> None:
    """Open the mapping; the worker reads QuickBooks' lists and fills it in."""
    call.ack()
    view_id = call.open(loading(views.TITLE, "Reading QuickBooks' lists…"))
    below = {"view": call.view["id"], "draft": call.draft_id} if _over_sync(call) else {}
    with call.context.database.write() as session:
        realm = company_now(session, call.asker.firm.id)
        content = {"page": 0, "chosen": {}, "added": [], "seen": [], "rows": [], "addable": []}
        content |= {"below": below, "realm": realm}
        draft = _left(session, call, realm) or new_draft(call, "mapping", content)
        drafts.keep(session, draft, call.context.clock())
        call.later(session, Task.MAPPING, {"view": view_id, "draft": draft.id, "refresh": True})


def _left(session: Session, call: Call, realm: str) -> Draft | None:
    """What this person chose and closed without confirming, where they go on with it."""
    wanted = call.value if call.body.get("actions") else ""
    kept = drafts.get(session, call.asker.firm.id, wanted) if wanted else None
    if kept is None or kept.user_id != call.asker.user_id or kept.content.get("realm") != realm:
        return None
    added = kept.content["added"]
    return with_changes(kept, below={}, page=0, show=added[-1] if added else "")


def fill(context: Context, task: ClaimedTask) -> None:
    """Task: draw the page the draft is on, from fresh lists where asked."""
    client = context.slack()
    asker = asker_in(context, client, task)
    if task.content.get("refresh"):
        read_lists(context, task.firm_id, older_than=SOON)
    with context.database.read() as session:
        draft = drafts.get(session, task.firm_id, task.content["draft"])
        if draft is None:
            return
        same_company(session, draft)
        held = held_now(session, draft)
        draft = weighed(draft, held).draft
        whole = screen(session, asker, books_of(session, task.firm_id), draft)
    shown = replace(whole, page=_page(whole, draft))
    with context.database.write() as session:
        now = drafts.get(session, task.firm_id, draft.id) or draft  # something was chosen while we drew
        if all(now.content.get(what) == draft.content.get(what) for what in ("page", "show")):
            now = with_changes(now, page=shown.page, show="")
        seen = list(dict.fromkeys([*now.content["seen"], *(row.id for row in shown.on_page)]))
        now = with_changes(now, seen=seen, rows=[row.id for row in shown.rows], addable=list(shown.addable))
        drafts.keep(session, drawn(now, shown.on_page, held), context.clock())
    speech.show(client, task.content["view"], views.screen(shown, draft.id))


def _page(shown: MappingScreen, draft: Draft) -> int:
    """The page of the row that was asked for; going on, the first with a row nobody saw; else the draft's."""
    wanted, seen = draft.content.get("show"), draft.content["seen"]
    for number, page in enumerate(pages_of(shown.rows)):
        if any(row.id == wanted or (wanted == UNSEEN and row.id not in seen) for row in page):
            return number
    return min(int(draft.content["page"]), shown.pages - 1)


def chosen(call: Call) -> None:
    """Somebody chose in one row: remembered, not confirmed; what it would change is shown."""
    with call.context.database.write() as session:
        before = draft_of(session, call)
        draft = merged(call, before)
        drafts.keep(session, draft, call.context.clock())
        if _changes_anything(session, before, draft):
            call.later(session, Task.MAPPING, {"view": call.view["id"], "draft": draft.id})
    call.ack()


def _changes_anything(session: Session, before: Draft, after: Draft) -> bool:
    """Whether a row that was confirmed before, or an exception, is chosen otherwise than a moment ago."""
    then, now = before.content["chosen"], after.content["chosen"]
    held = {row: one.target_id for row, one in held_now(session, after).items()}
    keys = [key for key in now if now[key] != then.get(key, held.get(key))]
    return any(key in held or row_of_key(key).special for key in keys)


def excepted(call: Call) -> None:
    """Somebody wants an exception: its row is drawn behind its default, with what we suggest."""
    with call.context.database.write() as session:
        draft = merged(call, draft_of(session, call))
        same_company(session, draft)
        wanted = str((call.action.get("selected_option") or {}).get("value") or "")
        books = books_of(session, call.asker.firm.id)
        found = {views.short(one.key): one for one in _addable(draft)}.get(wanted)
        if found is not None:
            target = suggest(found, books.directory, converts=books.mapping.converts)
            picked = {} if target is None else {found.key: target.id}
            added = [*draft.content["added"], found.key]
            draft = with_changes(
                draft, added=added, chosen={**draft.content["chosen"], **picked}, show=found.key
            )
            drafts.keep(session, draft, call.context.clock())
            call.later(session, Task.MAPPING, {"view": call.view["id"], "draft": draft.id})
    call.ack()


def exceptions_offered(call: Call) -> None:
    """What could be an exception, as the exports show it, narrowed by what is typed."""
    with call.context.database.read() as session:
        found = _addable(draft_of(session, call))
    typed = _typed(call)
    fitting = [one for one in found if _is_sought(typed, one)]
    call.ack(options=[views.exception_option(one) for one in fitting[:OPTIONS]])


def _is_sought(typed: str, one: Row) -> bool:
    """By its label; a payment method also by another word for it: a case type may be a visa too."""
    return is_part(typed, one.label) or (one.kind is Kind.DEPOSIT and is_meant(typed, one.special))


def _addable(draft: Draft) -> tuple[Row, ...]:
    """As the worker found them in all invoices when it drew the screen: too many to go through here."""
    added, found = draft.content["added"], draft.content.get("addable", ())
    return tuple(row_of_key(key) for key in found if key not in added)


def _typed(call: Call) -> str:
    return clean(str(call.body.get("value") or ""))


def said_converting(session: Session, call: Call) -> None:
    """Our Bank Converts, or doesn't: what accounts may be chosen, and what is held, follows from it."""
    must_confirm(session, call.asker)
    draft = draft_of(session, call)
    firm_settings.change(
        session,
        firm_id=call.asker.firm.id,
        by=call.asker.user_id,
        now=call.context.clock(),
        bank_converts=bool(call.index),
    )
    content = {"view": call.view["id"], "draft": draft.id}
    call.later(session, Task.MAPPING, content, call.once(Task.MAPPING))


def paged(call: Call) -> None:
    """Another page, with every choice kept."""
    with call.context.database.write() as session:
        draft = with_changes(merged(call, draft_of(session, call)), page=call.index)
        drafts.keep(session, draft, call.context.clock())
        call.later(session, Task.MAPPING, {"view": call.view["id"], "draft": draft.id})
    call.ack()


def offered(call: Call) -> None:
    """The options of one row, from the lists kept here, narrowed by what is typed."""
    with call.context.database.read() as session:
        books = books_of(session, call.asker.firm.id)
    typed, needed = _typed(call), row_of_key(str(call.body["block_id"]))
    fits = is_meant if needed.kind is Kind.METHOD else is_part
    found = [
        candidate.target
        for candidate in candidates(needed, books.directory, converts=books.mapping.converts)
        if candidate.selectable and fits(typed, candidate.target.name)
    ]
    call.ack(options=[choice_option(target) for target in found[:OPTIONS]])


def _over_sync(call: Call) -> bool:
    return call.view.get("callback_id") == Screen.SYNC


ACTIONS: Mapping[Act, Callable[[Call], None]] = MappingProxyType(
    {
        Act.OPEN_MAPPING: start,
        Act.MAP_CHOOSE: chosen,
        Act.MAP_PAGE_: paged,
        Act.MAP_EXCEPT: excepted,
    }
)
