"""Who the client is among QuickBooks' contacts: search, choose, or add last of all."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from commands import speech
from commands.books import books_of
from commands.drafting import draft_of, new_draft
from commands.errors import RefusedError
from commands.ids import Act, Task
from commands.scene import scene_of
from commands.sync import merged
from commands.views import contact as views
from commands.views.contact import ADD_NEW, Candidate, Search
from commands.views.text import clean
from db import drafts, links
from db.links import ContactLink
from qb.adding import search as search_people
from qb.contacts import Sought, display_name

if TYPE_CHECKING:
    from commands.call import Call
    from commands.context import Context
    from db.drafts import Draft
    from db.outbox import ClaimedTask
    from qb.contacts import Candidate as Found

SHOWN = 20


def find(call: Call) -> None:
    """Find Contact, in the sync: search for the client by e-mail and name; the ticks are kept."""
    with call.context.database.write() as session:
        sync = merged(call, draft_of(session, call))
        drafts.keep(session, sync, call.context.clock())
        payer = scene_of(session, sync).payers[call.index]
    call.ack()
    view_id = call.open(views.searching(payer.name))
    content = {
        **asdict(payer),
        "sync": sync.id,
        "below": call.view["id"],
        "words": "",
        "found": [],
        "refused": "",
    }
    draft = new_draft(call, "contact", content)
    with call.context.database.write() as session:
        drafts.keep(session, draft, call.context.clock())
        call.later(session, Task.CONTACT_SEARCH, {"view": view_id, "draft": draft.id})


def search_again(call: Call) -> None:
    """Other words."""
    with call.context.database.write() as session:
        _search_for(call, draft_of(session, call), session)
    call.ack()


def _search_for(call: Call, draft: Draft, session: Any) -> None:  # noqa: ANN401 - the open session
    words = clean(str(call.typed(views.SEARCH_BLOCK, Act.CONTACT_TEXT).get("value") or ""))
    drafts.keep(session, _with(draft, words=words), call.context.clock())
    call.later(session, Task.CONTACT_SEARCH, {"view": call.view["id"], "draft": draft.id})


def search(context: Context, task: ClaimedTask) -> None:
    """Task: ask QuickBooks, and show who was found and why."""
    with context.database.read() as session:
        draft = drafts.get(session, task.firm_id, task.content["draft"])
        books = books_of(session, task.firm_id)
    if draft is None:
        return
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


def _link(session: Any, call: Call, draft: Draft, chosen: Candidate) -> None:  # noqa: ANN401 - the open session
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
    call.later(session, Task.SYNC_FILL, {"view": content["below"], "draft": content["sync"]})


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
        adding_refused=content["refused"],
    )


def _shown(found: Found) -> Candidate:
    person = found.person
    return Candidate(
        person.id, person.name, person.email, person.currency, ", ".join(found.why), found.blocked
    )


def _no_adding(found: tuple[Found, ...], sought: Sought) -> str:
    """An exact same e-mail, name and currency can't be added past."""
    for one in found:
        same_name = any(reason.startswith("Same name") for reason in one.why)
        is_customer = one.person.kind == "Customer" and one.person.currency == sought.currency
        if same_name and is_customer and "Same e-mail" in one.why:
            return f"{one.person.name} is in QuickBooks already, with the same name and e-mail. Choose that contact."
    return ""


__all__ = ["RefusedError", "display_name"]
