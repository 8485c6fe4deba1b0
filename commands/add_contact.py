"""Adds a contact to QuickBooks: the client, the client's twin in another currency, or who else pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import speech
from commands.contact_draft import search_of
from commands.drafting import draft_of, same_company
from commands.errors import RefusedError
from commands.firm import next_task
from commands.following import IMPATIENT, REFUSED, look_again
from commands.ids import Act, Task
from commands.views import add_contact as views
from commands.views.text import clean
from commands.views.text import name as escaped
from commands.words import contacts as words
from db import drafts
from db.effects import State
from qb.contact_orders import StillAddingError, add_customer, contact_asked, customer_order
from qb.contacts import email_problem, name_problem

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.context import Context
    from commands.views.blocks import View
    from commands.views.contact import Search, Twin
    from db.drafts import Draft
    from db.outbox import ClaimedTask


def add(call: Call) -> None:
    """Add Contact: ordered once, before Slack is answered; checked again at the last moment."""
    typed = clean(str(call.typed(views.NAME_BLOCK, Act.ADD_NAME).get("value") or ""))
    email = clean(str(call.typed(views.EMAIL_BLOCK, Act.ADD_EMAIL).get("value") or ""))
    with call.context.database.write() as session:
        draft = draft_of(session, call)
        same_company(session, draft)
        shown = search_of(draft)
        problems = _problems(call, shown, typed, email)
        if problems:
            call.ack(response_action="errors", errors=problems)
            return
        _order(session, call, draft, name=typed, email=email, pays=_who(call) == views.PAYER)
    call.ack(response_action="update", view=views.adding(typed))


def order_twin(session: Session, call: Call, draft: Draft, twin: Twin) -> View:
    """Order the same client in another currency, in one tap; gives the screen that waits for it.

    Where QuickBooks has another e-mail, or can't take this one, nothing is ordered yet: the form shows it.
    """
    if twin.differs or email_problem(twin.email):
        drafts.keep(session, draft, call.context.clock())
        return views.add_form(search_of(draft), draft.id)
    _order(session, call, draft, name=twin.name, email=twin.email)
    return views.adding(twin.name)


def added(context: Context, task: ClaimedTask) -> None:
    """Task, again until it is settled: the contact is added and linked, or why not."""
    content, client = task.content, context.slack()
    with context.database.read() as session:
        draft = drafts.get(session, task.firm_id, content["draft"])
        asked = contact_asked(session, task.firm_id, content["effect"])
    if draft is None or asked is None:
        return
    if asked.state is State.CONFIRMED:
        speech.show(client, content["view"], views.added(asked.name))
        below = {**draft.content["below"], "user": content["user"]}
        with context.database.write() as session:
            next_task(session, context, task.firm_id, below.pop("task", Task.SYNC_FILL), below)
    elif asked.state in REFUSED:
        speech.show(client, content["view"], views.add_form(search_of(draft), draft.id, asked.sentence))
    else:
        if content["look"] == IMPATIENT:
            speech.show(client, content["view"], views.still_adding(asked.name))
        look_again(context, task, Task.CONTACT_ADD)


def _order(session: Session, call: Call, draft: Draft, *, name: str, email: str, pays: bool = False) -> None:
    """Order it, as the client or as who ``pays`` for these cases; the screen is told what becomes of it."""
    drafts.keep(session, draft, call.context.clock())
    content, firm_id = draft.content, draft.firm_id
    cases = content.get("cases", ())
    order = customer_order(
        session,
        firm_id,
        payer=content["client"],
        name=name,
        email=email,
        currency=content["currency"],
        cases=cases if pays else (),
        frees=() if pays else cases,
        apart=_apart(search_of(draft)),
    )
    now, by = call.context.clock(), call.asker.user_id
    try:
        asked = add_customer(session, firm_id=firm_id, order=order, by=by, now=now)
    except StillAddingError as other:
        told = words.STILL_ADDING.said(other=escaped(other.name, 60), contact=escaped(name, 60))
        raise RefusedError(told) from None
    follow = {"view": call.view["id"], "draft": draft.id, "effect": asked.effect_id, "look": 0}
    call.later(session, Task.CONTACT_ADD, follow, call.once(Task.CONTACT_ADD))


def _problems(call: Call, shown: Search, typed: str, email: str) -> dict[str, str]:
    """What is wrong with the form, by block."""
    found: dict[str, str] = {}
    problem = name_problem(typed) or _taken(typed, shown)
    if problem:
        found[views.NAME_BLOCK] = problem
    too_long = email_problem(email)
    if too_long:
        found[views.EMAIL_BLOCK] = too_long
    if shown.cases and _who(call) not in {views.CLIENT, views.PAYER}:
        found[views.WHO_BLOCK] = "Say who that is."
    said = call.typed(views.APART_BLOCK, Act.ADD_APART).get("selected_options")
    if views.shares_email(shown) and not said:
        found[views.APART_BLOCK] = "Tick this if it is somebody else; if not, go back and choose that contact"
    return found


def _who(call: Call) -> str:
    chosen = call.typed(views.WHO_BLOCK, Act.ADD_WHO).get("selected_option") or {}
    return str(chosen.get("value") or "")


def _apart(shown: Search) -> tuple[str, ...]:
    """Ids of those with the same e-mail, whom the person saw and said to be somebody else."""
    return tuple(one.id for one in views.shares_email(shown))


def _taken(typed: str, search: Search) -> str:
    for one in search.found:
        if one.name.casefold() == typed.casefold():
            return (
                f"QuickBooks already has {one.name}, and a name can be used only once. "
                "Add something to the name, such as “(client)”, or go back and choose that contact."
            )
    return ""
