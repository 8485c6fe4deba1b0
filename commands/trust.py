"""Client money: anybody asks the named second person about it, who approves it; it stays held even so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from commands import speech
from commands.drafting import company_now, draft_of, same_company
from commands.firm import asker_in, next_task, today_of
from commands.ids import Act, Task
from commands.second import second_for
from commands.speech import Posted
from commands.standing import planned, totals_of
from commands.views import trust as views
from commands.views.notices import loading
from commands.views.trust import TrustInvoice, TrustScreen
from db import cases, client_money, direct_messages, drafts, firm_settings
from db.client_money import TrustApproval
from db.direct_messages import DirectMessage
from db.drafts import Draft
from qb.hold import Reason
from qb.trust import seen_as, touches

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlalchemy.orm import Session

    from commands.access import Asker
    from commands.call import Call
    from commands.context import Context
    from commands.second import Second
    from commands.views.blocks import Message
    from db.outbox import ClaimedTask
    from db.records import Invoice

ABOUT = "trust"
"""What the messages to a second person are about."""


def start(call: Call) -> None:
    """Open what touches client money; the worker fills it in."""
    call.ack()
    view_id = call.open(loading(views.TITLE, "Looking what touches client money…"))
    with call.context.database.write() as session:
        call.later(session, Task.TRUST, {"view": view_id})


def fill(context: Context, task: ClaimedTask) -> None:
    """Task: show this person what there is to ask about, or to approve."""
    client = context.slack()
    asker = asker_in(context, client, task, approving=True)
    with context.database.read() as session:
        second = second_for(session, task.firm_id, asker.today)
        shown, subjects = _screen(session, asker, second)
        content = {"realm": company_now(session, task.firm_id), "subjects": subjects}
    draft = Draft(context.new_id(), task.firm_id, asker.user_id, "trust", content)
    with context.database.write() as session:
        drafts.keep(session, draft, context.clock())
    speech.show(client, task.content["view"], views.screen(shown, draft.id))


def submitted(call: Call) -> None:
    """Ask for Approval, or Approve as Trust: written down, and whoever waits for it hears; nothing is booked.

    Who may approve is looked up now. The same submission, delivered again, gets the same answer.
    """
    ticked = ticked_on(call)
    if not ticked:
        block = f"{views.TICKS_BLOCK_}0"
        call.ack(response_action="errors", errors={block: "Tick at least one invoice."})
        return
    with call.context.database.write() as session:
        draft = draft_of(session, call)
        same_company(session, draft)
        second = second_for(session, call.asker.firm.id, call.asker.today)
        decides = second.is_of(call.asker)
        decide = _approve if decides else _ask
        said = decide(session, call, str(draft.content["realm"]), chosen_of(draft, ticked))
        if said:
            kind = Task.TRUST_APPROVED if decides else Task.TRUST_ASKED
            call.later(session, kind, {"seen": said}, call.once(kind))
    call.ack(
        response_action="update",
        view=views.done(len(said), second.asked_by(call.asker.user_id), approved=decides),
    )


def asked(context: Context, task: ClaimedTask) -> None:
    """Task: the second person hears who asks, and about what; who was asked before needs to do nothing."""
    by = task.content["user"]
    with context.database.read() as session:
        second = second_for(session, task.firm_id, today_of(session, context, task.firm_id))
        waits = _waiting(session, task.firm_id, task.content["seen"])
        found = seen_in(session, task.firm_id, waits)
    to = second.asked_by(by)
    for message in _told(context, task.firm_id):
        if message.user_id not in {second.named, second.acting}:
            _end(context, message, views.somebody_else_now(to))
    if not found:
        return
    totals = totals_of(invoice.received for invoice in found)
    instead = second.away if to == second.acting else None
    told = views.asked(by, [shown_as(one) for one in found], totals, instead)
    posted = speech.sent(context.slack(), to, told)
    if posted is not None:
        content = {"seen": waits, "by": by}
        message = DirectMessage(
            context.new_id(), task.firm_id, ABOUT, to, posted.channel, posted.ts, context.clock(), content
        )
        with context.database.write() as session:
            direct_messages.keep(session, message)
        follow(context, task.firm_id)


def follow(context: Context, firm_id: str) -> None:
    """What was put to a second person says what became of it; its button stays while some of it waits."""
    for message in _told(context, firm_id):
        with context.database.read() as session:
            left = _waiting(session, firm_id, message.content["seen"])
            found = seen_in(session, firm_id, left)
        if found and len(left) < len(message.content["seen"]):
            totals = totals_of(invoice.received for invoice in found)
            told = views.asked(message.content["by"], [shown_as(one) for one in found], totals)
            speech.change(context.slack(), Posted(message.channel, message.message_ts), told)
        elif not found:
            with context.database.read() as session:
                was = seen_in(session, firm_id, message.content["seen"])
            _end(context, message, views.settled(message.content["by"], [shown_as(one) for one in was]))


def offer_anew(session: Session, context: Context, firm_id: str) -> None:
    """Somebody else was named: what waits is put to them, for each who asked; in the naming's transaction."""
    waits: dict[str, list[str]] = {}
    for one in client_money.all_of(session, firm_id, company_now(session, firm_id)):
        if one.approved_at is None and one.rejected_at is None:
            waits.setdefault(one.asked_by, []).append(one.fingerprint)
    for user, seen in waits.items():
        content = {"user": user, "seen": seen}
        next_task(session, context, firm_id, Task.TRUST_ASKED, content)


def _told(context: Context, firm_id: str) -> tuple[DirectMessage, ...]:
    with context.database.read() as session:
        return direct_messages.about(session, firm_id, ABOUT)


def _end(context: Context, message: DirectMessage, told: Message) -> None:
    speech.change(context.slack(), Posted(message.channel, message.message_ts), told)
    with context.database.write() as session:
        direct_messages.end(session, message, context.clock())


def _waiting(session: Session, firm_id: str, seen: Collection[str]) -> list[str]:
    """Those of them that are still to be decided."""
    said = client_money.all_of(session, firm_id, company_now(session, firm_id))
    waits = {one.fingerprint for one in said if one.approved_at is None and one.rejected_at is None}
    return [one for one in seen if one in waits]


def approved(context: Context, task: ClaimedTask) -> None:
    """Task: each who asked gets a message of their own that it was approved, and stays held."""
    with context.database.write() as session:
        realm = company_now(session, task.firm_id)
        words_said = client_money.all_of(session, task.firm_id, realm)
        by_asker: dict[str, list[str]] = {}
        for one in words_said:
            if one.fingerprint in task.content["seen"]:
                by_asker.setdefault(one.asked_by, []).append(one.fingerprint)
        for user, seen in by_asker.items():
            content = {"user": user, "by": task.content["user"], "seen": seen}
            key = f"{Task.TRUST_TOLD}:{task.id}:{user}"
            next_task(session, context, task.firm_id, Task.TRUST_TOLD, content, key=key)
    follow(context, task.firm_id)


def tell(context: Context, task: ClaimedTask) -> None:
    """Task: one who asked hears that it was approved."""
    with context.database.read() as session:
        found = seen_in(session, task.firm_id, task.content["seen"])
    if found:
        told = views.approved(task.content["by"], [shown_as(one) for one in found])
        speech.post(context.slack(), task.content["user"], told)


def _screen(session: Session, asker: Asker, named: Second) -> tuple[TrustScreen, dict[str, str]]:
    """The screen, and for each invoice on it the subject it is known by."""
    firm_id, user_id = asker.firm.id, asker.user_id
    realm, second = company_now(session, firm_id), named.is_of(asker)
    said = {one.fingerprint: one for one in client_money.all_of(session, firm_id, realm)}
    tickable, others, done = [], 0, 0
    for invoice in _touching(session, firm_id):
        word = said.get(seen_as(invoice))
        waits_for = word.asked_by if word is not None and word.rejected_at is None else ""
        if word is not None and word.approved_at is not None:
            done += 1
        elif (waits_for and waits_for != user_id) if second else not waits_for:
            tickable.append(invoice)
        else:
            others += 1
    to = named.asked_by(user_id)
    away = named.away if to == named.acting else None
    shown = TrustScreen(to, second, tuple(shown_as(one) for one in tickable), others, done, away)
    return shown, {seen_as(one): one.key.subject for one in tickable[: views.MOST]}


def _touching(session: Session, firm_id: str) -> list[Invoice]:
    """Paid invoices that are held as client money, oldest first."""
    settings = firm_settings.settings_of(session, firm_id)
    paid, _, made = planned(session, firm_id)
    held = {one.key.subject for one in made.held if any(h.reason is Reason.TRUST for h in one.holds)}
    found = [one for one in paid if one.key.subject in held and touches(one, settings.banking)]
    return sorted(found, key=lambda one: (one.paid or date.max, one.key.case, one.key.number))


def seen_in(session: Session, firm_id: str, seen: Collection[str]) -> list[Invoice]:
    """The invoices that are still what was looked at."""
    return [one for one in cases.all_invoices(session, firm_id) if one.paid and seen_as(one) in seen]


def shown_as(found: Invoice) -> TrustInvoice:
    """The invoice as screens and messages name it."""
    return TrustInvoice(seen_as(found), found.key.number, found.case.client.name, found.received, found.paid)


def ticked_on(call: Call) -> list[str]:
    """The fingerprints that are ticked on the screen, whoever put them there."""
    state = call.view.get("state", {}).get("values", {})
    return [
        str(option["value"])
        for block, controls in state.items()
        if block.startswith(views.TICKS_BLOCK_)
        for option in (controls.get(Act.TRUST_TICK) or {}).get("selected_options") or []
    ]


def chosen_of(draft: Draft, ticked: Iterable[str]) -> dict[str, str]:
    """What was ticked of what the screen showed, by fingerprint, with its subject."""
    return {seen: draft.content["subjects"][seen] for seen in ticked if seen in draft.content["subjects"]}


def _ask(session: Session, call: Call, realm: str, chosen: Mapping[str, str]) -> list[str]:
    firm_id, by, now = call.asker.firm.id, call.asker.user_id, call.context.clock()
    for seen, subject in chosen.items():
        client_money.ask(session, firm_id, realm, TrustApproval(subject, seen, by, now))
    held = client_money.all_of(session, firm_id, realm)
    return [one.fingerprint for one in held if one.fingerprint in chosen and one.asked_by == by]


def _approve(session: Session, call: Call, realm: str, chosen: Mapping[str, str]) -> list[str]:
    firm_id, by, now = call.asker.firm.id, call.asker.user_id, call.context.clock()
    called = str((call.body.get("user") or {}).get("name") or "the second person")
    for one in client_money.all_of(session, firm_id, realm):
        if one.fingerprint in chosen:
            word = replace(one, approved_by=by, approved_name=called, approved_at=now)
            client_money.approve(session, firm_id, realm, word)
    held = client_money.all_of(session, firm_id, realm)
    return [one.fingerprint for one in held if one.fingerprint in chosen and one.approved_by == by]
