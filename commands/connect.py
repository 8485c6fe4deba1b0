"""`/qb-connect`: the way to Intuit's consent, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from commands import errands, speech
from commands.colleagues import favour
from commands.comparing import look_after
from commands.favour import Wish
from commands.firm import next_task
from commands.ids import Screen, Task
from commands.omens import looked
from commands.views import connect as views
from commands.views.text import name
from db import connections, firms
from db.firm_settings import settings_of
from db.intake.imports import newest_import
from qb.connection import ask
from qb.consent import STATE_BYTES, Came

if TYPE_CHECKING:
    from commands.call import Call
    from commands.context import Context
    from commands.views.blocks import View
    from db.outbox import ClaimedTask
    from qb.consent import Consent


def start(call: Call) -> None:
    """Open the button to Intuit for an admin; for others, how it stands and who may."""
    view = _screen(call)
    call.ack()
    call.open(view)


def went(call: Call) -> None:
    """The button to Intuit was pressed: it worked once, so it gives way to a line."""
    call.ack()
    speech.show(call.context.slack_now(), str(call.view["id"]), views.at_intuit())


def _screen(call: Call) -> View:
    context, firm = call.context, call.asker.firm
    if context.intuit_missing:
        return views.not_set_up(context.intuit_missing)
    if context.environment == "production":
        return views.not_in_production()
    with context.database.write() as session:
        connection = connections.get(session, firm.id)
        if firms.ADMIN not in call.asker.roles:
            admins = firms.people_with(session, firm.id, firms.ADMIN)
            me, today = call.asker.user_id, call.asker.today
            asks = favour(session, firm.id, Wish.CONNECT, but=me, today=today)
            over = None if asks is None else replace(asks, draft=_over(call))
            return views.not_allowed(admins, connection, over)
        state = ask(
            session,
            firm_id=firm.id,
            user_id=call.asker.user_id,
            random=context.random_bytes(STATE_BYTES),
            now=context.clock(),
        )
    url = f"{context.public_url}/quickbooks/connect?{urlencode({'state': state})}"
    return views.offer(url, context.environment, connection)


def _over(call: Call) -> str:
    """The sync's draft under it, whose invoices wait."""
    return call.draft_id if call.view.get("callback_id") == Screen.SYNC else ""


def connected(context: Context, outcome: Consent) -> None:
    """Somebody came back from Intuit: leave it to the worker to tell the person who went."""
    if not outcome.firm_id:
        return
    with context.database.write() as session:
        content = {
            "user": outcome.user_id,
            "came": outcome.came,
            "company": outcome.company_name,
            "sentence": " ".join(outcome.sentences),
        }
        next_task(session, context, outcome.firm_id, Task.CONNECTED, content)


def tell(context: Context, task: ClaimedTask) -> None:
    """Task: read the company's lists, and say that it is connected; or why not."""
    content = task.content
    if content["came"] != Came.CONNECTED:
        speech.post(context.slack(), content["user"], views.not_connected(name(content["sentence"], 400)))
        return
    with context.database.write() as session:
        errands.settle(session, context, task.firm_id, Wish.CONNECT, by=content["user"])
    coming = looked(context, task.firm_id)
    look_after(context, task)
    with context.database.read() as session:
        chosen = settings_of(session, task.firm_id)
        imported = newest_import(session, task.firm_id) is not None
    told = views.connected(content["company"], content["user"], chosen, coming, imported=imported)
    speech.post(context.slack(), content["user"], told)
