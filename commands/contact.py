"""Who the client is among QuickBooks' contacts: search, choose, or add last of all."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from commands import speech
from commands.books import books_of
from commands.drafting import company_now, draft_of, new_draft, same_company
from commands.errors import RefusedError
from commands.firm import asker_in, next_task
from commands.ids import Act, Task
from commands.scene import scene_of
from commands.sync import merged
from commands.views import contact as views
from commands.views.contact import ADD_NEW, Candidate, Search
from commands.views.text import clean
from commands.words import screens
from db import drafts, links
from db.effects import State
from db.links import ContactLink
from qb.adding import search as search_people
from qb.contact_orders import add_customer, contact_asked, customer_order
from qb.contacts import Sought, display_name, name_problem
from qb.wire import NAME_LIMIT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.context import Context
    from db.drafts import Draft
    from db.outbox import ClaimedTask
    from qb.contacts import Candidate as Found

SHOWN = 20
SAME_EMAIL = "Same e-mail"
ADDITION = " (client)"
SOON, LATER = timedelta(seconds=0.3), timedelta(seconds=20)
IMPATIENT = 30
"""After so many looks the person is told that it takes long."""
REFUSED = frozenset({State.REJECTED, State.REVIEW})


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
    content = {
        **asdict(payer),
        "realm": realm,
        "sync": sync.id,
        "below": call.view["id"],
        "words": "",
        "found": [],
        "refused": "",
    }
    draft = new_draft(call, "contact", content)
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
    drafts.keep(session, _with(draft, words=words), call.context.clock())
    call.later(session, Task.CONTACT_SEARCH, {"view": call.view["id"], "draft": draft.id})


def search(context: Context, task: ClaimedTask) -> None:
    """Task: ask QuickBooks, and show who was found and why."""
    asker_in(context, context.slack(), task)
    with context.database.read() as session:
        draft = drafts.get(session, task.firm_id, task.content["draft"])
        if draft is None:
            return
        books = books_of(session, task.firm_id)
        same_company(session, draft)
    sought = _sought(draft)
    found = search_people(context.company(task.firm_id), sought, books.directory.home_currency)
    draft = _with(
        draft, found=[asdict(_shown(one)) for one in found[:SHOWN]], refused=_no_adding(found, sought)
    )
    with context.database.write() as session:
        drafts.keep(session, draft, context.clock())
    speech.show(context.slack(), task.content["view"], views.results(_search(draft), draft.id))


def submitted(call: Call) -> None:
    """Use This Contact: linked at once, and back to the sync; or on to the new contact's details."""
    choice = (call.typed(views.CHOICE_BLOCK, Act.CONTACT_CHOICE).get("selected_option") or {}).get("value")
    with call.context.database.write() as session:
        draft = draft_of(session, call)
        same_company(session, draft)
        chosen = next((one for one in _search(draft).found if one.id == choice and not one.blocked), None)
        if chosen is not None:
            _link(session, call, draft, chosen)
        elif choice is None:
            _search_for(call, draft, session)
    if chosen is not None:
        call.ack()
    elif choice == ADD_NEW:
        call.ack(response_action="update", view=views.add_form(_search(draft), draft.id))
    else:
        call.ack(response_action="update", view=views.searching(draft.content["name"]))


def back(call: Call) -> None:
    """Back to Contacts Found, from the new contact's details: one step, to what was found."""
    with call.context.database.write() as session:
        content = {"view": call.view["id"], "draft": draft_of(session, call).id}
        call.later(session, Task.CONTACT_BACK, content, call.once(Task.CONTACT_BACK))
    call.ack()


def show_found(context: Context, task: ClaimedTask) -> None:
    """Task: what was found, once more."""
    with context.database.read() as session:
        draft = drafts.get(session, task.firm_id, task.content["draft"])
    if draft is not None:
        speech.show(context.slack(), task.content["view"], views.results(_search(draft), draft.id))


def add(call: Call) -> None:
    """Add Contact: ordered once, before Slack is answered; checked again at the last moment."""
    typed = clean(str(call.typed(views.NAME_BLOCK, Act.ADD_NAME).get("value") or ""))
    email = clean(str(call.typed(views.EMAIL_BLOCK, Act.ADD_EMAIL).get("value") or ""))
    with call.context.database.write() as session:
        draft = draft_of(session, call)
        same_company(session, draft)
        problem = name_problem(typed) or _taken(typed, _search(draft))
        if problem:
            call.ack(response_action="errors", errors={views.NAME_BLOCK: problem})
            return
        content, firm_id = draft.content, draft.firm_id
        order = customer_order(
            session,
            firm_id,
            payer=content["client"],
            name=typed,
            email=email,
            currency=content["currency"],
        )
        asked = add_customer(
            session, firm_id=firm_id, order=order, by=call.asker.user_id, now=call.context.clock()
        )
        follow = {"view": call.view["id"], "draft": draft.id, "effect": asked.effect_id, "look": 0}
        call.later(session, Task.CONTACT_ADD, follow, call.once(Task.CONTACT_ADD))
    call.ack(response_action="update", view=views.adding(typed))


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
        with context.database.write() as session:
            below = {**_below(draft), "user": content["user"]}
            next_task(session, context, task.firm_id, Task.SYNC_FILL, below)
    elif asked.state in REFUSED:
        speech.show(client, content["view"], views.add_form(_search(draft), draft.id, asked.sentence))
    else:
        if content["look"] == IMPATIENT:
            speech.show(client, content["view"], views.still_adding(asked.name))
        _look_again(context, task)


def _look_again(context: Context, task: ClaimedTask) -> None:
    content = {**task.content, "look": task.content["look"] + 1}
    after = SOON if content["look"] < IMPATIENT else LATER
    key = f"{Task.CONTACT_ADD}:{content['effect']}:{content['view']}:{content['look']}"
    with context.database.write() as session:
        next_task(session, context, task.firm_id, Task.CONTACT_ADD, content, key=key, after=after)


def _taken(typed: str, search: Search) -> str:
    for one in search.found:
        if one.name.casefold() == typed.casefold():
            return (
                f"QuickBooks already has {one.name}, and a name can be used only once. "
                "Add something to the name, such as “(client)”, or go back and choose that contact."
            )
    return ""


def _below(draft: Draft) -> dict[str, str]:
    """The sync's screen under this one."""
    return {"view": draft.content["below"], "draft": draft.content["sync"]}


def _link(session: Session, call: Call, draft: Draft, chosen: Candidate) -> None:
    content = draft.content
    link = ContactLink(
        payer=content["client"],
        currency=content["currency"],
        customer_id=chosen.id,
        customer_name=chosen.name,
        linked_by=call.asker.user_id,
        linked_at=call.context.clock(),
        how="chosen",
    )
    links.link(session, draft.firm_id, books_of(session, draft.firm_id).connection.realm_id, link)
    call.later(session, Task.SYNC_FILL, _below(draft))


def _with(draft: Draft, **changes: Any) -> Draft:  # noqa: ANN401 - the draft's content is JSON
    return replace(draft, content={**draft.content, **changes})


def _sought(draft: Draft) -> Sought:
    """The client by e-mail and name, or whoever the typed words mean."""
    content = draft.content
    words = content["words"]
    if not words:
        return Sought(content["name"], content["email"], content["currency"])
    if "@" in words:
        return Sought("", words, content["currency"])
    return Sought(words, "", content["currency"])


def _search(draft: Draft) -> Search:
    content = draft.content
    return Search(
        client_name=content["name"],
        client_email=content["email"],
        currency=content["currency"],
        words=content["words"] or content["name"],
        found=tuple(Candidate(**one) for one in content["found"]),
        new_name=_free_name(content),
        adding_refused=content["refused"],
    )


def _free_name(content: Mapping[str, Any]) -> str:
    """The client's name; with an addition where somebody found has it, as QuickBooks takes a name once."""
    wanted = display_name(content["name"])
    taken = {one["name"].casefold() for one in content["found"]}
    if wanted.casefold() not in taken:
        return wanted
    return wanted[: NAME_LIMIT - len(ADDITION)].rstrip() + ADDITION


def _shown(found: Found) -> Candidate:
    person = found.person
    return Candidate(
        id=person.id,
        name=person.name,
        email=person.email,
        currency=person.currency,
        why=", ".join(found.why),
        blocked=found.blocked,
        same_email=SAME_EMAIL in found.why,
    )


def _no_adding(found: tuple[Found, ...], sought: Sought) -> str:
    """An exact same e-mail, name and currency can't be added past."""
    for one in found:
        same_name = any(reason.startswith("Same name") for reason in one.why)
        is_customer = one.person.kind == "Customer" and one.person.currency == sought.currency
        if same_name and is_customer and SAME_EMAIL in one.why:
            return f"{one.person.name} is in QuickBooks with the same name and e-mail. Choose that contact."
    return ""
