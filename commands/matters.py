"""Whose a case number is, who one client is, which currency a word means: asked of who may, once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from commands.access import must_explain
from commands.errors import RefusedError
from commands.ids import Act
from commands.questions import answered, carried, open_over, refuse
from commands.views import matters as views
from commands.words import columns as words
from db import cases, matters
from db.intake.amounts import known_currency
from db.matters import BookedForAnotherError
from db.questions import QuestionKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.views.blocks import View
    from db.matters import Matter


def answer(call: Call) -> None:
    """Open the question."""
    call.ack()
    below = str(call.view.get("id") or "")
    with call.context.database.read() as session:
        view = question(session, call.asker.firm.id, call.value, below)
    open_over(call, view, {"subject": call.value, "below": below})


def question(session: Session, firm_id: str, subject: str, below: str) -> View:
    """Its screen, as things stand."""
    matter = _matter(session, firm_id, subject)
    past = matters.history(session, firm_id, matter)
    metadata = json.dumps({"subject": subject, "below": below, "mark": matter.mark})
    if matter.kind is QuestionKind.CASE:
        return views.whose(matter, past, metadata)
    if matter.is_client:
        return views.one_client(matter, past, metadata)
    if matter.lacking is not None:
        return views.still_counts(matter, past, metadata)
    return views.which_currency(matter, cases.currencies_seen(session, firm_id), past, metadata)


def said_whose(call: Call) -> None:
    """Whose the case is, that they are one client, that it still counts; or that it all stays held."""
    chosen = call.typed(views.WHOSE_BLOCK, Act.MATTER_CLIENT).get("selected_option")
    with call.context.database.read() as session:
        matter = _matter(session, call.asker.firm.id, carried(call)["subject"])
    said = views.client_chosen(matter, str(chosen["value"])) if chosen else None
    if said is None:
        missing = "Choose whose case it is." if matter.is_case else "Choose one of the answers."
        refuse(call, views.WHOSE_BLOCK, missing)
    else:
        _save(call, said)


def said_currency(call: Call) -> None:
    """Which currency it is: one of the Client Listing's, another by its code, or that the cases stay held."""
    chosen = call.typed(views.CURRENCY_BLOCK, Act.MATTER_CURRENCY).get("selected_option")
    typed = str(call.typed(views.OTHER_BLOCK, Act.MATTER_OTHER).get("value") or "").strip().upper()
    if bool(chosen) == bool(typed):
        refuse(call, views.OTHER_BLOCK, "Choose a currency or type its code: one of the two.")
    elif typed and not known_currency(typed):
        refuse(call, views.OTHER_BLOCK, "This isn't a currency's code. Such as CAD, USD or EUR.")
    else:
        picked = str(chosen["value"]) if chosen else typed
        _save(call, "" if picked == views.HELD else picked)


def _save(call: Call, said: str) -> None:
    firm_id, by = call.asker.firm.id, call.asker.user_id
    with call.context.database.write() as session:
        must_explain(session, call.asker)
        matter = _matter(session, firm_id, carried(call)["subject"])
        if matter.mark != carried(call)["mark"]:
            raise RefusedError(words.MATTER_CHANGED.said())
        try:
            matters.settle(session, firm_id, matter, said, by=by, now=call.context.clock())
        except BookedForAnotherError as booked:
            told = words.BOOKED_FOR_ANOTHER.said(client=views.who(booked.client))
            raise RefusedError(told) from booked
        left = answered(session, call)
        matter = _matter(session, firm_id, matter.subject)
    call.ack(response_action="update", view=views.saved(matter, left=left))


def _matter(session: Session, firm_id: str, subject: str) -> Matter:
    for one in matters.all_matters(session, firm_id):
        if one.subject == subject:
            return one
    raise RefusedError(words.MATTER_CHANGED.said())
