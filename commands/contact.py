"""Who the client is among QuickBooks' contacts: search, choose, or add last of all."""

from __future__ import annotations

from dataclasses import asdict
from types import MappingProxyType
from typing import TYPE_CHECKING

from commands import add_contact, payers, speech
from commands.books import books_of
from commands.contact_draft import (
    client_of,
    fresh_content,
    search_of,
    sought_by,
    with_,
    with_found,
)
from commands.drafting import company_now, draft_of, new_draft, same_company
from commands.errors import RefusedError, known
from commands.firm import asker_in
from commands.ids import Act, Task
from commands.scene import scene_of
from commands.sync import merged
from commands.views import add_contact as add_views
from commands.views import contact as views
from commands.views.contact import ADD_NEW, ADD_TWIN
from commands.views.text import clean
from commands.words import screens
from db import drafts
from qb.adding import last_invoices, people
from qb.contacts import rank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.context import Context
    from commands.listening import Handler, Work
    from db.drafts import Draft
    from db.outbox import ClaimedTask


def find(call: Call) -> None:
    """Find Contact, in the sync: search for the client by e-mail and name; the ticks are kept."""
    with call.context.database.read() as session:
        sync = merged(call, draft_of(session, call))
        payers, realm = scene_of(session, sync).payers, company_now(session, sync.firm_id)
    if call.index >= len(payers):
        raise RefusedError(screens.SCREEN_OVERTAKEN.said())
    payer = payers[call.index]
    call.ack()
    view_id = call.open(views.searching(payer.name))
    below = {"task": Task.SYNC_FILL, "view": call.view["id"], "draft": sync.id}
    draft = new_draft(call, "contact", fresh_content(asdict(payer), realm, below))
    with call.context.database.write() as session:
        drafts.keep(session, sync, call.context.clock())
        drafts.keep(session, draft, call.context.clock())
        call.later(session, Task.CONTACT_SEARCH, {"view": view_id, "draft": draft.id})


def search_again(call: Call) -> None:
    """Other words."""
    with call.context.database.write() as session:
        _search_for(call, draft_of(session, call), session)
    call.ack()


def _search_for(call: Call, draft: Draft, session: Session) -> None:
    words = clean(str(call.typed(views.SEARCH_BLOCK, Act.CONTACT_TEXT).get("value") or ""))
    drafts.keep(session, with_(draft, words=words), call.context.clock())
    call.later(session, Task.CONTACT_SEARCH, {"view": call.view["id"], "draft": draft.id})


def search(context: Context, task: ClaimedTask) -> None:
    """Task: ask QuickBooks, and show who was found and why."""
    asker_in(context, context.slack(), task)
    with context.database.read() as session:
        draft = drafts.get(session, task.firm_id, task.content["draft"])
        if draft is None:
            return
        directory = books_of(session, task.firm_id).directory
        same_company(session, draft)
    company, sought = context.company(task.firm_id), sought_by(draft)
    found = people(company, sought, directory.home_currency)
    if draft.content["words"]:  # nobody is added past who is there, whatever else was searched for
        found += people(company, client_of(draft), directory.home_currency)
    found = tuple({(one.kind, one.id): one for one in found}.values())
    last = last_invoices(company, rank(sought, found))
    draft = with_found(draft, found, last, multicurrency=directory.multicurrency)
    with context.database.write() as session:
        if not _is_current(drafts.get(session, task.firm_id, draft.id), draft):
            return
        drafts.keep(session, draft, context.clock())
    speech.show(context.slack(), task.content["view"], views.results(search_of(draft), draft.id))


def _is_current(now: Draft | None, searched: Draft) -> bool:
    """Whether the screen still waits for this search: no newer words, and nothing was chosen meanwhile."""
    if now is None or now.content.get("moved_on"):
        return False
    return bool(now.content["words"] == searched.content["words"])


def submitted(call: Call) -> None:
    """Use This Contact: linked at once, or asked first who pays; or on to the new contact's details."""
    choice = (call.typed(views.CHOICE_BLOCK, Act.CONTACT_CHOICE).get("selected_option") or {}).get("value")
    with call.context.database.write() as session:
        draft = draft_of(session, call)
        same_company(session, draft)
        draft = with_(draft, moved_on=True, as_twin=choice == ADD_TWIN)
        shown = search_of(draft)
        chosen = next((one for one in shown.found if one.id == choice and not one.blocked), None)
        if chosen is not None:
            question = payers.chose(session, call, draft, chosen)
        elif choice == ADD_TWIN and shown.twin is not None:
            question = add_contact.order_twin(session, call, draft, shown.twin)
        elif choice == ADD_NEW:
            drafts.keep(session, draft, call.context.clock())
            question = add_views.add_form(shown, draft.id)
        else:
            _search_for(call, with_(draft, moved_on=False), session)
            question = views.searching(draft.content["name"])
    if question is None:
        call.ack()
    else:
        call.ack(response_action="update", view=question)


def back(call: Call) -> None:
    """Back to Contacts Found, from what follows them: one step, to what was found."""
    with call.context.database.write() as session:
        draft = with_(draft_of(session, call), moved_on=False)
        drafts.keep(session, draft, call.context.clock())
        content = {"view": call.view["id"], "draft": draft.id}
        call.later(session, Task.CONTACT_BACK, content, call.once(Task.CONTACT_BACK))
    call.ack()


def show_found(context: Context, task: ClaimedTask) -> None:
    """Task: what was found, once more."""
    with context.database.read() as session:
        draft = drafts.get(session, task.firm_id, task.content["draft"])
    if draft is not None:
        speech.show(context.slack(), task.content["view"], views.results(search_of(draft), draft.id))


ACTIONS: Mapping[Act, Handler] = MappingProxyType(
    {
        Act.FIND_CONTACT_: find,
        Act.CONTACT_TEXT: search_again,
        Act.CONTACT_SEARCH: search_again,
        Act.CONTACT_BACK: back,
    }
)
TASKS: Mapping[str, Work] = MappingProxyType(
    {Task.CONTACT_SEARCH: known(search), Task.CONTACT_BACK: known(show_found)}
)
