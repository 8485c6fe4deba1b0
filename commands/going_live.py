"""The settings page *Go-live date*: since when the firm books here; what was paid before isn't ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from commands import errands, page, speech
from commands.access import must_admin
from commands.digest_facts import moment_of
from commands.favour import Wish
from commands.firm import asker_in
from commands.ids import Act, Task
from commands.scene import WAITS_FOR_CONTACT
from commands.standing import planned
from commands.views import going_live as views
from commands.views.going_live import Change
from commands.views.notices import loading
from db import firm_settings
from qb.hold import Reason
from qb.plan import plan

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.context import Context
    from db.firms import Firm
    from db.outbox import ClaimedTask
    from qb.entry import Plan

FARTHEST = timedelta(days=31)
"""So far ahead a firm may begin: a mistyped year would hold everything back unnoticed."""
WHAT = "say since when invoices are booked"


def summary(session: Session, firm: Firm) -> str:
    """Since when we book."""
    return views.summary(firm_settings.settings_of(session, firm.id))


def is_said(session: Session, firm_id: str) -> bool:
    """Whether an admin has said since when we book; until then it is an admin's next step."""
    return firm_settings.settings_of(session, firm_id).go_live_said


def start(call: Call) -> None:
    """Open the page, for an admin; the worker reckons what holds now."""
    with call.context.database.read() as session:
        must_admin(session, call.asker, WHAT, Wish.GO_LIVE)
        chosen = firm_settings.settings_of(session, call.asker.firm.id)
    call.ack()
    view_id = call.open(loading(views.TITLE, "Looking what was paid when…"))
    _reckon(
        call, view_id, page.below(call), chosen.go_live, everything=chosen.go_live_said and not chosen.go_live
    )


def picked(call: Call) -> None:
    """Another day, before it is saved: the worker reckons what it would change."""
    _reckon(call, str(call.view["id"]), call.draft_id, _day(call), everything=_everything(call))
    call.ack()


def _reckon(call: Call, view_id: str, metadata: str, day: date | None, *, everything: bool) -> None:
    content = {
        "view": view_id,
        "metadata": metadata,
        "day": day.isoformat() if day else "",
        "everything": everything,
    }
    with call.context.database.write() as session:
        call.later(session, Task.GOING_LIVE, content)


def fill(context: Context, task: ClaimedTask) -> None:
    """Task: draw the page with what its day would change."""
    client, content = context.slack(), task.content
    asker = asker_in(context, client, task)
    day = date.fromisoformat(content["day"]) if content["day"] else None
    with context.database.read() as session:
        must_admin(session, asker, WHAT, Wish.GO_LIVE)
        change = changed_by(session, task.firm_id, None if content["everything"] else day)
    ahead = day is not None and day > moment_of(context, asker.firm).today
    view = views.page(day, change, content["metadata"], everything=content["everything"], ahead=ahead)
    speech.show(client, content["view"], view)


def changed_by(session: Session, firm_id: str, go_live: date | None) -> Change | None:
    """What another go-live date would make of the paid invoices; None without a company to book in."""
    paid, found, now = planned(session, firm_id)
    if found is None or not paid:
        return None
    then = plan(paid, replace(found, go_live=go_live))
    before, after = _ready(now), _ready(then)
    old = _old(then)
    return Change(
        old=len(old),
        ready=len(after),
        unfound=sum(all(hold.reason in WAITS_FOR_CONTACT for hold in one.holds) for one in then.held),
        more=len(after - before),
        waiting=len(_old(now) - old - after),
        fewer=len(before - after),
    )


def submitted(call: Call) -> None:
    """Save Date: kept with who, when, before and after."""
    day, everything = _day(call), _everything(call)
    problem = _problem(day, moment_of(call.context, call.asker.firm).today, everything=everything)
    if problem:
        call.ack(response_action="errors", errors={views.DAY_BLOCK: problem})
        return
    asker, now = call.asker, call.context.clock()
    with call.context.database.write() as session:
        must_admin(session, asker, WHAT, Wish.GO_LIVE)
        chosen = firm_settings.change(
            session, firm_id=asker.firm.id, by=asker.user_id, now=now, go_live=day, go_live_said=True
        )
        errands.settle(session, call.context, asker.firm.id, Wish.GO_LIVE, by=asker.user_id)
        page.saved(session, call, call.draft_id)
    if call.draft_id:
        call.ack()
    else:
        call.ack(response_action="update", view=views.saved(chosen))


def _problem(day: date | None, today: date, *, everything: bool) -> str:
    if day is not None and day > today + FARTHEST:
        return views.TOO_FAR
    if day is not None and everything:
        return "Choose a day, or everything, not both: clear one of them."
    if day is None and not everything:
        return "Choose a day, or tick that everything is booked from the beginning."
    return ""


def _day(call: Call) -> date | None:
    chosen = str(call.typed(views.DAY_BLOCK, Act.GO_LIVE_DAY).get("selected_date") or "")
    return date.fromisoformat(chosen) if chosen else None


def _everything(call: Call) -> bool:
    return bool(call.typed(views.ALL_BLOCK, Act.GO_LIVE_ALL).get("selected_options"))


def _old(made: Plan) -> frozenset[str]:
    return frozenset(held.key.subject for held in made.held if held.holds[0].reason is Reason.BEFORE_GO_LIVE)


def _ready(made: Plan) -> frozenset[str]:
    return frozenset(entry.subject for entry in made.entries)
