"""Links the contact that was chosen; where it isn't plain, asks first who pays or which e-mail is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import speech
from commands.books import books_of
from commands.contact_draft import differs, link_to, search_of, with_
from commands.drafting import draft_of, same_company
from commands.errors import RefusedError
from commands.following import IMPATIENT, REFUSED, look_again
from commands.ids import Act, Task
from commands.views import payers as views
from commands.words import screens
from db import drafts, links
from db.effects import State
from qb.contact_links import bill_to
from qb.contact_orders import contact_asked, update_email
from qb.contacts import email_problem
from qb.orders import EmailOrder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.context import Context
    from commands.views.blocks import View
    from commands.views.contact import Candidate
    from db.drafts import Draft
    from db.outbox import ClaimedTask


def chose(session: Session, call: Call, draft: Draft, chosen: Candidate) -> View | None:
    """What is asked before the contact is linked; None where nothing is, and it is linked now.

    Who pays is asked once: whoever was said to be the client, or to pay for these cases, is so again, and
    who is chosen in place of who paid for them pays, too.
    """
    shown = search_of(draft)
    asks = None
    pays = draft.content["cases"] if draft.content.get("pays") and not chosen.same_name else ()
    if not pays and not chosen.same_name and not _said_before(session, draft, chosen):
        asks = views.who_pays(shown, chosen, draft.id)
    elif chosen.same_name and differs(shown, chosen):
        asks = views.which_email(shown, chosen, draft.id)
    drafts.keep(session, with_(draft, chosen=chosen.id), call.context.clock())
    if asks is None:
        link(session, call, draft, chosen, pays)
    return asks


def link(session: Session, call: Call, draft: Draft, chosen: Candidate, cases: Sequence[str] = ()) -> None:
    """Link the contact, to the client or to the cases it pays for; the screen below is drawn anew.

    Where it is the client's, nobody else pays for these cases any more.
    """
    firm_id = draft.firm_id
    realm = books_of(session, firm_id).connection.realm_id
    contact = link_to(draft, chosen.id, chosen.name, by=call.asker.user_id, now=call.context.clock())
    bill_to(session, firm_id, realm, contact, pays=cases, frees=draft.content.get("cases", ()))
    below = dict(draft.content["below"])
    call.later(session, below.pop("task", Task.SYNC_FILL), below)


def said_who_pays(call: Call) -> None:
    """Use This Contact, once it is said who that is."""
    answer = _answer(call, views.WHO_BLOCK, Act.WHO_PAYS)
    if answer not in {views.PAYER, views.CLIENT}:
        call.ack(response_action="errors", errors={views.WHO_BLOCK: "Say who that is."})
        return
    with call.context.database.write() as session:
        draft, chosen = _chosen(session, call)
        cases = draft.content.get("cases", ()) if answer == views.PAYER else ()
        link(session, call, draft, chosen, cases)
    call.ack()


def said_which_email(call: Call) -> None:
    """Use This Contact: linked, and where asked for the e-mail in QuickBooks is ordered, once."""
    answer = _answer(call, views.MAIL_BLOCK, Act.WHICH_EMAIL)
    with call.context.database.write() as session:
        draft, chosen = _chosen(session, call)
        email = draft.content["email"].strip()
        problem = email_problem(email) if answer == views.UPDATE else None
        if problem:
            call.ack(response_action="errors", errors={views.MAIL_BLOCK: problem})
            return
        link(session, call, draft, chosen)
        if answer == views.UPDATE:
            order = EmailOrder(chosen.id, chosen.name, chosen.version, email, chosen.email)
            now = call.context.clock()
            asked = update_email(session, firm_id=draft.firm_id, order=order, by=call.asker.user_id, now=now)
            follow = {"view": call.view["id"], "effect": asked.effect_id, "look": 0}
            call.later(session, Task.CONTACT_EMAIL, follow, call.once(Task.CONTACT_EMAIL))
    if answer == views.UPDATE:
        call.ack(response_action="update", view=views.updating(chosen.name))
    else:
        call.ack()


def email_updated(context: Context, task: ClaimedTask) -> None:
    """Task, again until it is settled: the e-mail is written, or why not."""
    content, client = task.content, context.slack()
    with context.database.read() as session:
        asked = contact_asked(session, task.firm_id, content["effect"])
    if asked is None:
        return
    if asked.state is State.CONFIRMED:
        speech.show(client, content["view"], views.updated(asked.name))
    elif asked.state in REFUSED:
        speech.show(client, content["view"], views.not_updated(asked.name, asked.sentence))
    else:
        if content["look"] == IMPATIENT:
            speech.show(client, content["view"], views.still_updating(asked.name))
        look_again(context, task, Task.CONTACT_EMAIL)


def _answer(call: Call, block: str, act: Act) -> str:
    return str((call.typed(block, act).get("selected_option") or {}).get("value") or "")


def _chosen(session: Session, call: Call) -> tuple[Draft, Candidate]:
    """The draft and the contact it is about; :class:`RefusedError` where it was searched anew since."""
    draft = draft_of(session, call)
    same_company(session, draft)
    wanted = draft.content.get("chosen")
    for one in search_of(draft).found:
        if one.id == wanted and not one.blocked:
            return draft, one
    raise RefusedError(screens.SCREEN_OVERTAKEN.said())


def _said_before(session: Session, draft: Draft, chosen: Candidate) -> bool:
    content = draft.content
    realm = books_of(session, draft.firm_id).connection.realm_id
    holding = links.current(session, draft.firm_id, realm, content["client"], content["currency"])
    return holding is not None and holding.customer_id == chosen.id
