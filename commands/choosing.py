"""Choosing among many: everything that is ready, all or none at once, and a filter that narrows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from commands import speech
from commands.drafting import draft_of
from commands.ids import Act, Task
from commands.narrowing import all_of, amount_of, kept_as, narrow_of, none_of
from commands.scene import scene_of
from commands.sync import LOOKING, merged
from commands.views import choosing as views
from commands.views import sync as screens
from commands.views.notices import loading
from commands.views.ticks import Narrow
from db import drafts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.context import Context
    from db.drafts import Draft
    from db.outbox import ClaimedTask

NO_AMOUNT = "Type an amount such as 1500 or 1,500.00, or leave it empty."
BACKWARDS = "This is before the day above. Change one of the two."
TOO_LITTLE = "This is less than the amount above. Change one of the two."


def start(call: Call) -> None:
    """Choose Among All: every client's invoices that are ready, none ticked yet."""
    call.ack()
    view_id = call.open(loading(screens.TITLE, LOOKING))
    with call.context.database.write() as session:
        call.later(session, Task.SYNC_FIND, {"view": view_id, "everything": True})


def select_all(call: Call) -> None:
    """Select All: what the filter lets through, also what comes to it until Preview."""
    _chosen(call, all_of)


def clear(call: Call) -> None:
    """Clear: nothing is ticked."""
    _chosen(call, none_of)


def _chosen(call: Call, change: Callable[[Mapping[str, Any]], dict[str, Any]]) -> None:
    with call.context.database.write() as session:
        draft = draft_of(session, call)
        _keep(call, session, replace(draft, content=change(draft.content)), call.view["id"])
    call.ack()


def ask(call: Call) -> None:
    """Narrow: the filter's form, over the screen; at Slack's deepest level in its place."""
    with call.context.database.write() as session:
        draft = merged(call, draft_of(session, call))
        draft = replace(draft, content={**draft.content, "below": call.view["id"]})
        drafts.keep(session, draft, call.context.clock())
    call.ack()
    view_id = call.open(loading(views.TITLE))
    with call.context.database.write() as session:
        call.later(session, Task.NARROW_FILL, {"view": view_id, "draft": draft.id})


def fill(context: Context, task: ClaimedTask) -> None:
    """Task: the form with what holds now."""
    with context.database.read() as session:
        draft = drafts.get(session, task.firm_id, task.content["draft"])
        choice = None if draft is None else scene_of(session, draft).screen.choice
    if draft is not None:
        currencies = choice.currencies if choice else ()
        form = views.form(narrow_of(draft.content), currencies, draft.id)
        speech.show(context.slack(), task.content["view"], form)


def narrowed(call: Call) -> None:
    """Show These: the filter is kept, and the screen below shows what it lets through, from page one."""
    narrow, problems = _typed(call)
    if problems:
        call.ack(response_action="errors", errors=problems)
        return
    with call.context.database.write() as session:
        draft = draft_of(session, call)
        below = draft.content["below"]
        content = {**draft.content, "narrow": kept_as(narrow), "page": 0}
        content["draw"] = content.get("draw", 0) + 1
        _keep(call, session, replace(draft, content=content), below)
    if below == call.view["id"]:
        call.ack(response_action="update", view=loading(screens.TITLE, LOOKING))
    else:
        call.ack()


def _keep(call: Call, session: Session, draft: Draft, view_id: str) -> None:
    drafts.keep(session, draft, call.context.clock())
    call.later(session, Task.SYNC_FILL, {"view": view_id, "draft": draft.id})


def _typed(call: Call) -> tuple[Narrow, dict[str, str]]:
    """What was typed, and what is wrong with it, all at once."""
    problems: dict[str, str] = {}
    narrow = Narrow(
        client=_text(call, views.CLIENT),
        paid_from=_day(call, views.PAID_FROM),
        paid_to=_day(call, views.PAID_TO),
        currency=_selected(call),
        least=_amount(call, views.LEAST, problems),
        most=_amount(call, views.MOST, problems),
    )
    if narrow.paid_from and narrow.paid_to and narrow.paid_to < narrow.paid_from:
        problems[views.PAID_TO] = BACKWARDS
    if narrow.least is not None and narrow.most is not None and narrow.most < narrow.least:
        problems[views.MOST] = TOO_LITTLE
    return narrow, problems


def _text(call: Call, block: str) -> str:
    return str(call.typed(block, Act.NARROW).get("value") or "").strip()


def _day(call: Call, block: str) -> date | None:
    chosen = call.typed(block, Act.NARROW).get("selected_date")
    return date.fromisoformat(chosen) if chosen else None


def _selected(call: Call) -> str:
    return str((call.typed(views.CURRENCY, Act.NARROW).get("selected_option") or {}).get("value") or "")


def _amount(call: Call, block: str, problems: dict[str, str]) -> Decimal | None:
    try:
        return amount_of(_text(call, block))
    except ValueError:
        problems[block] = NO_AMOUNT
        return None
