"""`/qb-contacts`: who clients are in QuickBooks, how those contacts stand, and choosing or following them."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from commands import speech
from commands.access import may_confirm
from commands.books import books_of
from commands.contact_draft import fresh_content, with_
from commands.contact_rows import rows_of
from commands.drafting import draft_of, new_draft, same_company
from commands.errors import RefusedError, known
from commands.firm import asker_in
from commands.ids import Act, Task
from commands.linked import look, tell
from commands.telling import links as leads
from commands.views import contact as searches
from commands.views import contacts as views
from commands.views.contacts import PAGE, ContactsScreen
from commands.views.notices import loading
from commands.views.text import clean, count, name
from commands.words import contacts as words
from commands.words import screens
from commands.zones import zone_of
from db import drafts, firms, links
from db.drafts import Draft
from db.links import ContactLink
from qb.contact_links import bill_to
from qb.gateway import InDoubt
from qb.linked import can_follow
from qb.linked_read import KIND, Books, customers_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.contact_rows import Linked
    from commands.context import Context
    from commands.listening import Decision, Handler, Work
    from db.outbox import ClaimedTask

SEARCHING = "Searching…"
LOOKING = "Looking how your contacts stand in QuickBooks…"
EVERYBODY, UNREAD = "everybody", "unread"
"""Whom to look up in QuickBooks before the screen is drawn: all linked, those never read, or one by id."""


def start(call: Call) -> None:
    """`/qb-contacts` with or without words."""
    _begin(call, clean(call.text))


def pressed(call: Call) -> None:
    """A button that leads here."""
    _begin(call, call.value)


def _begin(call: Call, sought: str) -> None:
    call.ack()
    view_id = call.open(loading(views.TITLE, LOOKING))
    with call.context.database.write() as session:
        call.later(session, Task.CONTACTS, {"view": view_id, "words": sought, "look": EVERYBODY})


def searched(call: Call) -> None:
    """Search: other words, or none for everybody."""
    sought = clean(str(call.typed(views.SEARCH_BLOCK, Act.CONTACTS_TEXT).get("value") or ""))
    with call.context.database.write() as session:
        content = {"view": call.view["id"], "words": sought}
        call.later(session, Task.CONTACTS, content, call.once(Task.CONTACTS))
    call.ack(response_action="update", view=loading(views.TITLE, SEARCHING))


def paged(call: Call) -> None:
    """Another page of the same."""
    with call.context.database.read() as session:
        content = draft_of(session, call).content
    _draw(call, {"words": content["words"], "page": call.index})


def look_again(call: Call) -> None:
    """Look Again, at one contact: QuickBooks is asked anew how it stands."""
    draft, row = _row(call)
    content = {"words": draft.content["words"], "page": draft.content["page"], "look": row["customer"]}
    _draw(call, content)


def _draw(call: Call, content: Mapping[str, Any]) -> None:
    with call.context.database.write() as session:
        shown = {"view": call.view["id"], **content}
        call.later(session, Task.CONTACTS, shown, call.once(Task.CONTACTS))
    call.ack()


def choose(call: Call) -> None:
    """Find Contact, or Choose Again: the search, over the list; who pays for a case stays who pays."""
    draft, row = _row(call)
    call.ack()
    view_id = call.open(searches.searching(row["name"]))
    below = {"task": Task.CONTACTS, "view": call.view["id"], "words": draft.content["words"]}
    below["page"] = draft.content["page"]
    payer = {key: row[key] for key in ("client", "name", "email", "currency", "cases", "pays")}
    search = new_draft(call, "contact", fresh_content(payer, draft.content["realm"], below))
    if row["pays"]:
        search = with_(search, words=row["called"])
    with call.context.database.write() as session:
        drafts.keep(session, search, call.context.clock())
        call.later(session, Task.CONTACT_SEARCH, {"view": view_id, "draft": search.id})


def follow(session: Session, call: Call) -> None:
    """Use the one it was merged into: a person says that this is who pays, for every link to the merged one.

    By what was read last: it is looked up in QuickBooks again before anything is booked.
    """
    draft = draft_of(session, call)
    same_company(session, draft)
    row = _row_in(draft, call.value)
    firm_id, realm_id, currency = draft.firm_id, draft.content["realm"], row["currency"]
    customers = customers_in(session, firm_id, realm_id)
    merged = customers.get(row["customer"])
    into = can_follow(merged, currency, customers) if merged else None
    theirs = [
        link
        for link in links.all_current(session, firm_id, realm_id)
        if link.customer_id == row["customer"] and link.currency == currency
    ]
    if into is None or into.id != row["into"] or not theirs:
        raise RefusedError(words.MERGE_MOVED_ON.said(contact=name(row["called"], 60)))
    by, now = call.asker.user_id, call.context.clock()
    for one in theirs:
        confirmed = ContactLink(one.payer, currency, into.id, into.name, by, now, links.MERGED)
        bill_to(session, firm_id, realm_id, confirmed, pays=(one.case,) if one.case else ())
    told = f"{name(into.name, 60)} is used now, for {count(len(theirs), 'link')}."
    content = {"view": str(call.view["id"]), "words": draft.content["words"], "told": told}
    call.later(session, Task.CONTACTS, content, call.once(Task.CONTACTS))


def fill(context: Context, task: ClaimedTask) -> None:
    """Task: what stands now, looked up in QuickBooks where that was asked for."""
    client, firm_id, content = context.slack(), task.firm_id, task.content
    asker = asker_in(context, client, task)
    silent = not _looked(context, firm_id, content.get("look", UNREAD))
    with context.database.read() as session:
        realm = books_of(session, firm_id).connection.realm_id
        found = rows_of(session, firm_id, realm, content["words"], _zone(session, firm_id))
    page = min(int(content.get("page", 0)), max(0, len(found) - 1) // PAGE)
    rows = found[page * PAGE : (page + 1) * PAGE]
    kept = {one.shown.mark: _kept(one) for one in rows}
    listed = {"realm": realm, "words": content["words"], "page": page, "rows": kept}
    draft = Draft(context.new_id(), firm_id, asker.user_id, "contacts", listed)
    with context.database.write() as session:
        drafts.keep(session, draft, context.clock())
    lead = leads(context, firm_id) if may_confirm(asker) else _nowhere
    shown = ContactsScreen(
        rows=tuple(replace(one.shown, link=lead(KIND, one.customer_id)) for one in rows),
        total=len(found),
        broken=sum(one.shown.needs_somebody for one in found),
        page=page,
        words=content["words"],
        told=content.get("told", ""),
        silent=silent,
    )
    speech.show(client, content["view"], views.screen(shown, draft.id))


def _looked(context: Context, firm_id: str, whom: str) -> bool:
    """Look up who was asked for; False where QuickBooks gave no answer. NotConnectedError, Reconnect."""
    with context.database.read() as session:
        books = books_of(session, firm_id)
        realm = books.connection.realm_id
        linked = {link.customer_id for link in links.all_current(session, firm_id, realm)}
        unread = linked - customers_in(session, firm_id, realm).keys()
    only = {EVERYBODY: None, UNREAD: unread}.get(whom, {whom})
    if only is not None and not only:
        return True
    try:
        anew = whom not in {EVERYBODY, UNREAD}
        look(context, Books(firm_id, realm, books.directory), only=only, anew=anew)
    except InDoubt:
        return False
    return True


def _kept(one: Linked) -> dict[str, Any]:
    """What the row's buttons need."""
    return {
        "client": one.client,
        "name": one.shown.client_name,
        "email": one.email,
        "currency": one.shown.currency,
        "cases": list(one.cases),
        "pays": one.pays,
        "customer": one.customer_id,
        "called": one.shown.customer,
        "into": one.into_id,
    }


def _row(call: Call) -> tuple[Draft, dict[str, Any]]:
    """The draft of the list and the row that was pressed; :class:`RefusedError` where it holds no longer."""
    with call.context.database.read() as session:
        draft = draft_of(session, call)
        same_company(session, draft)
    return draft, _row_in(draft, call.value)


def _row_in(draft: Draft, mark: str) -> dict[str, Any]:
    row: dict[str, Any] | None = draft.content["rows"].get(mark)
    if row is None:
        raise RefusedError(screens.SCREEN_OVERTAKEN.said())
    return row


def _zone(session: Session, firm_id: str) -> tzinfo:
    firm = firms.get_firm(session, firm_id)
    return zone_of(firm.timezone if firm else "")


def _nowhere(_entity: str, _id: str) -> str:
    return ""


DECISIONS: Mapping[Act, Decision] = MappingProxyType({Act.FOLLOW_MERGE: follow})
ACTIONS: Mapping[Act, Handler] = MappingProxyType(
    {
        Act.OPEN_CONTACTS: pressed,
        Act.CONTACTS_PAGE_: paged,
        Act.CHOOSE_CONTACT: choose,
        Act.LOOK_CONTACT: look_again,
    }
)
TASKS: Mapping[str, Work] = MappingProxyType({Task.CONTACTS: known(fill), Task.TURNED: tell})
