"""`/qb-mapping`: review what each CaseEasy value becomes in QuickBooks, and confirm it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from commands import errands, speech
from commands.access import confirmers, may_confirm, must_confirm
from commands.books import Books, books_of, read_lists
from commands.colleagues import favour
from commands.drafting import company_now, draft_of, new_draft, same_company
from commands.errors import RefusedError
from commands.favour import Wish
from commands.firm import asker_in
from commands.ids import Act, Screen, Task
from commands.views import mapping as views
from commands.views.blocks import OPTIONS
from commands.views.mapping import MappingRow, MappingScreen, RowState
from commands.views.notices import loading
from commands.views.text import clean, some
from commands.words import screens
from db import audit, cases, columns_taught, drafts, mappings
from db.firm_settings import settings_of
from qb.entry import Named
from qb.mapping import Fund, Kind, row_of_key
from qb.needed import rows_needed, rows_open
from qb.offering import candidates, suggest
from qb.usable import check

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from commands.access import Asker
    from commands.call import Call
    from commands.context import Context
    from commands.favour import Favour
    from commands.views.blocks import View
    from db.drafts import Draft
    from db.outbox import ClaimedTask
    from qb.directory import Directory
    from qb.mapping import Row


SOON = timedelta(minutes=1)
"""Whoever reviews the mapping sees what was changed in QuickBooks a moment ago."""


def start(call: Call) -> None:
    """Open the mapping; the worker reads QuickBooks' lists and fills it in."""
    call.ack()
    view_id = call.open(loading(views.TITLE, "Reading QuickBooks' lists…"))
    below = {"view": call.view["id"], "draft": call.draft_id} if _over_sync(call) else {}
    with call.context.database.write() as session:
        realm = company_now(session, call.asker.firm.id)
        content = {"page": 0, "chosen": {}, "seen": [], "rows": [], "below": below, "realm": realm}
        draft = new_draft(call, "mapping", content)
        drafts.keep(session, draft, call.context.clock())
        call.later(session, Task.MAPPING, {"view": view_id, "draft": draft.id, "refresh": True})


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
        shown = _screen(session, asker, books_of(session, task.firm_id), draft)
    seen = list(dict.fromkeys([*draft.content["seen"], *(row.id for row in shown.on_page)]))
    draft = _with(draft, seen=seen, rows=[row.id for row in shown.rows], page=shown.page)
    with context.database.write() as session:
        drafts.keep(session, draft, context.clock())
    speech.show(client, task.content["view"], views.screen(shown, draft.id))


def chosen(call: Call) -> None:
    """Somebody chose in one row: remembered, not confirmed."""
    with call.context.database.write() as session:
        drafts.keep(session, _merged(call, draft_of(session, call)), call.context.clock())
    call.ack()


def paged(call: Call) -> None:
    """Another page, with every choice kept."""
    with call.context.database.write() as session:
        draft = _with(_merged(call, draft_of(session, call)), page=call.index)
        drafts.keep(session, draft, call.context.clock())
        call.later(session, Task.MAPPING, {"view": call.view["id"], "draft": draft.id})
    call.ack()


def offered(call: Call) -> None:
    """The options of one row, from the lists kept here, narrowed by what is typed."""
    with call.context.database.read() as session:
        directory = books_of(session, call.asker.firm.id).directory
    typed = clean(str(call.body.get("value") or "")).casefold()
    found = [
        candidate.target
        for candidate in candidates(row_of_key(str(call.body["block_id"])), directory)
        if candidate.selectable and typed in candidate.target.name.casefold()
    ]
    call.ack(options=[views.choice_option(target) for target in found[:OPTIONS]])


def confirmed(call: Call) -> None:
    """Confirm Mapping: the rows looked at become the firm's choices, or nothing changes and it says why.

    The same submission, delivered again, gets the same answer.
    """
    with call.context.database.write() as session:
        must_confirm(session, call.asker)
        audit.hold(session, call.asker.firm.id)  # one after the other, so that a repeat finds the first
        draft = draft_of(session, call)
        if draft.content.get("answered") != call.once(Task.MAPPING):
            same_company(session, draft)
            draft = _merged(call, draft)
            books = books_of(session, call.asker.firm.id)
            problems = _problems(draft, books.directory)
            if problems:
                call.ack(response_action="update", view=views.refused_view(problems, draft.id))
                return
            draft = _confirmed(session, call, draft, books)
            drafts.keep(session, draft, call.context.clock())
    call.ack(response_action="update", view=_answer(draft))


def _confirmed(session: Session, call: Call, draft: Draft, books: Books) -> Draft:
    """The draft after its page was confirmed: on the next page, or at the end."""
    count = _confirm(session, call, draft, books)
    needed = [row_of_key(key) for key in draft.content["rows"]]
    mapped = books_of(session, call.asker.firm.id).mapping
    still_open = rows_open(needed, mapped, books.directory)

    def is_done(wanted: Favour) -> bool:
        rows = [row_of_key(key) for key in wanted.rows] or needed
        return not rows_open(rows, mapped, books.directory)

    errands.settle(session, call.context, draft.firm_id, Wish.MAP, by=call.asker.user_id, is_done=is_done)
    going_on = any(row.key not in draft.content["seen"] for row in still_open)
    if going_on:
        call.later(session, Task.MAPPING, {"view": call.view["id"], "draft": draft.id})
    elif draft.content["below"]:
        call.later(session, Task.SYNC_FILL, draft.content["below"])
    return _with(
        draft,
        page=int(draft.content["page"]) + going_on,
        answered=call.once(Task.MAPPING),
        count=count,
        still_open=None if going_on else [row.label for row in still_open],
    )


def _answer(draft: Draft) -> View:
    count, still_open = draft.content["count"], draft.content["still_open"]
    return views.going_on_view(count) if still_open is None else views.confirmed_view(count, still_open)


def _over_sync(call: Call) -> bool:
    return call.view.get("callback_id") == Screen.SYNC


def _screen(session: Session, asker: Asker, books: Books, draft: Draft) -> MappingScreen:
    directory = books.directory
    banking = settings_of(session, asker.firm.id).banking
    rows = rows_needed(cases.all_invoices(session, asker.firm.id), directory, banking)
    drawn = tuple(_drawn(row, books, draft.content["chosen"].get(row.key)) for row in rows)
    columns = columns_taught.all_columns(session, asker.firm.id)
    screen = MappingScreen(
        company=books.connection.company_name,
        rows=drawn,
        trust_accounts=tuple(
            account.name for account in directory.accounts if account.is_trust and account.takes_deposits
        ),
        may_confirm=may_confirm(asker),
        confirmers=confirmers(session, asker.firm.id),
        asks=None if may_confirm(asker) else _asks(session, asker, drawn),
        columns_waiting=sum(one.is_open for one in columns),
        columns_known=len(columns),
    )
    return replace(screen, page=min(int(draft.content["page"]), screen.pages - 1))


def _asks(session: Session, asker: Asker, rows: Sequence[MappingRow]) -> Favour | None:
    """Whom somebody who only looks may ask, where anything is open."""
    waiting = [row for row in rows if row.state is not RowState.CONFIRMED or row.problem]
    if not waiting:
        return None
    thing = some([row.label for row in waiting], 1)
    keys = [row.id for row in waiting]
    return favour(session, asker.firm.id, Wish.MAP, but=asker.user_id, thing=thing, rows=keys)


def _drawn(row: Row, books: Books, picked: str | None) -> MappingRow:
    """A row with the choice made on this screen, else the confirmed one, else our suggestion."""
    state, chosen, problem = _stands(row, books, picked)
    return MappingRow(row.key, row.kind, row.label, state, chosen, problem, is_trust=row.fund is Fund.TRUST)


def _stands(row: Row, books: Books, picked: str | None) -> tuple[RowState, Named | None, str]:
    directory = books.directory
    target = _target(row, picked, directory) if picked else None
    choice = books.mapping.choice(row.kind, row.source, row.fund)
    if target is not None and (choice is None or choice.target_id != target.id):
        return RowState.CHOSEN, target, ""
    problem = "" if choice is None else check(choice, directory) or ""
    if choice is not None and not problem:
        return RowState.CONFIRMED, Named(choice.target_id, choice.target_name), ""
    suggestion = suggest(row, directory)
    return RowState.OPEN if suggestion is None else RowState.SUGGESTED, suggestion, problem


def _target(row: Row, target_id: str, directory: Directory) -> Named | None:
    found = (
        one.target for one in candidates(row, directory) if one.selectable and one.target.id == target_id
    )
    return next(found, None)


def _merged(call: Call, draft: Draft) -> Draft:
    """The draft with what stands in the selects of the screen now."""
    picked = dict(draft.content["chosen"])
    for block_id, controls in call.view.get("state", {}).get("values", {}).items():
        option = (controls.get(Act.MAP_CHOOSE) or {}).get("selected_option")
        if option:
            picked[block_id] = option["value"]
    return _with(draft, chosen=picked)


def _with(draft: Draft, **changes: Any) -> Draft:  # noqa: ANN401 - the draft's content is JSON
    return replace(draft, content={**draft.content, **changes})


def _looked_at(draft: Draft) -> Sequence[tuple[Row, str]]:
    """Rows that were on the screen, with what stood in them; rows nobody saw are not confirmed."""
    picked: Mapping[str, str] = draft.content["chosen"]
    return [(row_of_key(key), picked[key]) for key in draft.content["seen"] if key in picked]


def _problems(draft: Draft, directory: Directory) -> list[str]:
    return [
        f"{row.label}: what you chose can no longer be used. Please choose again."
        for row, target_id in _looked_at(draft)
        if _target(row, target_id, directory) is None
    ]


def _confirm(session: Session, call: Call, draft: Draft, books: Books) -> int:
    """How many rows were changed or confirmed for the first time."""
    changed = 0
    for row, target_id in _looked_at(draft):
        target = _target(row, target_id, books.directory)
        if target is None:
            raise RefusedError(screens.SCREEN_OVERTAKEN.said())
        choice = mappings.Choice(
            kind=Kind(row.kind),
            source=row.source,
            target_id=target.id,
            target_name=target.name,
            confirmed_by=call.asker.user_id,
            confirmed_at=call.context.clock(),
            fund=row.fund,
        )
        changed += mappings.confirm(session, call.asker.firm.id, books.connection.realm_id, choice)
    return changed
