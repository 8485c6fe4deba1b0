"""Asking a colleague for what one may not do oneself, and what follows once it is done."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from commands import speech
from commands.asked_of import wanted_now
from commands.colleagues import favours_for
from commands.favour import AwayFor, Colleague, Favour, Wish
from commands.firm import asker_in, next_task
from commands.ids import Screen, Task
from commands.scene import scene_of
from commands.speech import Posted
from commands.sync import merged
from commands.views import errands as views
from commands.views.blocks import Message, actions, section
from commands.views.notices import sync_button
from db import drafts, errands
from db.drafts import Draft
from db.errands import Errand, ErrandState
from qb.hold import Mend

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from commands.access import Asker
    from commands.call import Call
    from commands.context import Context
    from commands.views.blocks import Element
    from db.outbox import ClaimedTask
    from qb.entry import Held

MENDS = {Wish.MAP: Mend.MAP, Wish.CONNECT: Mend.CONNECT, Wish.ALIKE: Mend.ALIKE}
"""Which held invoices wait for a wish."""
WAITING = "waiting"
"""The kind of a draft that keeps which invoices wait for a colleague."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Invoices that can be previewed at once, how many wait in all, whose, and where it goes on by hand.

    ``about``: case and number of those that wait for what is wished.
    """

    ready: tuple[list[str], ...] = ()
    held: int = 0
    client: str = ""
    case: str = ""
    about: tuple[tuple[str, str], ...] = ()


NOTHING = Waiting()


def ask(session: Session, call: Call) -> None:
    """Ask a colleague (a decision): written down once, told to them by the worker, always answered."""
    wanted = wanted_now(session, call)
    errand = Errand(
        id=call.context.new_id(),
        firm_id=call.asker.firm.id,
        asked_by=call.asker.user_id,
        asked_of=wanted.of.user_id,
        wish=wanted.wish,
        subject=wanted.subject,
        content=content_of(wanted, _waits(session, call, wanted)),
        state=ErrandState.OPEN,
        asked_at=call.context.clock(),
    )
    standing = errands.ask(session, errand)
    before = errands.asked_first(session, errand)
    if standing is not None:
        told = views.asked_already(wanted, standing.asked_at)
    elif before is not None:
        told = views.asked_by_another(wanted, before.asked_by, before.asked_at)
    else:
        told = views.put(wanted)
    content = {"errand": (standing or errand).id, "told": told, "put": standing is None and before is None}
    call.later(session, Task.ERRAND, {**content, **place_of(call)}, call.once(Task.ERRAND))


def content_of(wanted: Favour, waits: Mapping[str, Any] | None) -> dict[str, Any]:
    """What an errand keeps of a favour, and of what waits for it, as plain JSON."""
    away = None if wanted.away is None else asdict(wanted.away)
    return {"thing": wanted.thing, "rows": list(wanted.rows), "waits": waits, "away": away}


def offer(
    context: Context, asker: Asker, invoices: Sequence[list[str]], held: Sequence[Held]
) -> tuple[Favour, ...]:
    """What this person can ask of whom so that invoices held for it can be booked; they are kept waiting."""
    content = {"invoices": list(invoices), "client": held[0].client_name if held else ""}
    waits = Draft(context.new_id(), asker.firm.id, asker.user_id, WAITING, content)
    with context.database.write() as session:
        holds = [hold for one in held for hold in one.holds]
        asks = favours_for(session, asker.firm.id, asker.user_id, holds, waits.id, asker.today)
        if asks:
            drafts.keep(session, waits, context.clock())
    return asks


def put(context: Context, task: ClaimedTask) -> None:
    """Task: put it to the colleague, once, and tell who asked so, in the place of the button."""
    client, content = context.slack(), task.content
    asker_in(context, client, task)
    with context.database.read() as session:
        errand = errands.get(session, task.firm_id, content["errand"])
    if errand is None:
        return
    told = content["told"]
    if content["put"] and not errand.message_ts:
        told = told if put_to(context, errand) else _taken_back(context, errand)
    if told:  # else it was asked on behalf of somebody who is told of it elsewhere
        answer(context, task, told, _withdrawal(context, errand))


def put_to(context: Context, errand: Errand) -> bool:
    """Put it to the colleague. Whether it reached them; where it stands is remembered."""
    with context.database.read() as session:
        waiting = _waiting(session, context, errand)
    about = waiting.about if errand.wish == Wish.ALIKE else ()
    message = views.asked(favour_in(errand), errand.asked_by, waiting.held, waiting.client, about)
    posted = speech.sent(context.slack(), errand.asked_of, message)
    if posted is None:
        return False
    place = {"firm_id": errand.firm_id, "channel": posted.channel, "ts": posted.ts}
    with context.database.write() as session:
        errands.set_message(session, errand.id, **place)
    return True


def _withdrawal(context: Context, errand: Errand) -> Element | None:
    """The button to take it back, while it is asked."""
    with context.database.read() as session:
        now = errands.get(session, errand.firm_id, errand.id)
    is_open = now is not None and now.state is ErrandState.OPEN
    return views.withdraw_button(errand.id) if is_open else None


def settle(
    session: Session,
    context: Context,
    firm_id: str,
    wish: Wish,
    *,
    by: str,
    is_done: Callable[[Favour], bool] = lambda _favour: True,
) -> None:
    """Somebody did what was wished: end the open errands it answers; each asker hears, and goes on.

    Called in the transaction of the deed itself; cheap where nothing is asked.
    """
    for errand in errands.open_ones(session, firm_id, wish=wish):
        if is_done(favour_in(errand)) and errands.end(
            session, errand, state=ErrandState.DONE, by=by, now=context.clock()
        ):
            content = {"errand": errand.id, "user": errand.asked_by}
            key = f"{Task.ERRAND_DONE}:{errand.id}"
            next_task(session, context, firm_id, Task.ERRAND_DONE, content, key=key)


def tell(context: Context, task: ClaimedTask) -> None:
    """Task: who asked hears that it is done, and the invoices that waited get a fresh preview."""
    client = context.slack()
    asker_in(context, client, task)
    with context.database.read() as session:
        errand = errands.get(session, task.firm_id, task.content["errand"])
        waiting = NOTHING if errand is None else _waiting(session, context, errand)
    if errand is None:
        return
    wanted = favour_in(errand)
    if errand.message_ts:
        done = views.done(wanted, errand.asked_by, errand.done_by)
        speech.change(client, Posted(errand.channel, errand.message_ts), done)
    if waiting.ready:
        content = {"user": errand.asked_by, "invoices": list(waiting.ready), "fresh": True}
        with context.database.write() as session:
            run = f"{Task.PREVIEW}:{errand.id}"
            next_task(session, context, task.firm_id, Task.PREVIEW, content, key=run)
    told = views.heard(wanted, errand.done_by, len(waiting.ready))
    again = [actions(sync_button("Open the Sync", waiting.case))] if waiting.case else []
    speech.post(client, errand.asked_by, Message(told, (section(told), *again)))


def _waits(session: Session, call: Call, wanted: Favour) -> Mapping[str, Any] | None:
    """What waits for it: a sync as ticked at this moment, or invoices; kept though the screen goes on."""
    found = drafts.get(session, call.asker.firm.id, wanted.draft or call.draft_id)
    if found is not None and found.kind == "mapping" and found.content.get("below"):
        found = drafts.get(session, call.asker.firm.id, found.content["below"]["draft"])
    if found is None or found.user_id != call.asker.user_id or found.kind not in {"sync", WAITING}:
        return None
    on_it = call.view.get("callback_id") == Screen.SYNC and call.draft_id == found.id
    return {"kind": found.kind, "content": (merged(call, found) if on_it else found).content}


def _waiting(session: Session, context: Context, errand: Errand) -> Waiting:
    """What waits for the errand, as it stands now."""
    waits = errand.content.get("waits")
    if waits is None:
        return NOTHING
    content = waits["content"]
    if waits["kind"] == WAITING:
        about = tuple((case, number) for case, number, *_ in content["invoices"])
        return Waiting(tuple(content["invoices"]), len(content["invoices"]), content["client"], about=about)
    scene = scene_of(session, Draft(context.new_id(), errand.firm_id, errand.asked_by, "sync", content))
    mend = MENDS.get(Wish(errand.wish))
    held = [one for one in scene.screen.held if any(hold.mend is mend for hold in one.holds)]
    chosen = tuple(key.plain for key in scene.chosen)
    ready = () if scene.missing_contact else chosen
    case = "" if ready or not scene.screen.cases else scene.screen.cases[0]
    about = tuple((one.case, one.number) for one in held)
    return Waiting(ready, len(chosen) + len(held), scene.screen.who, case, about)


def favour_in(errand: Errand) -> Favour:
    """What was asked, as its messages word it."""
    content, away = errand.content, errand.content.get("away")
    return Favour(
        Wish(errand.wish),
        Colleague(errand.asked_of),
        content["thing"],
        tuple(content["rows"]),
        away=None if away is None else AwayFor(**away),
    )


def _taken_back(context: Context, errand: Errand) -> str:
    with context.database.write() as session:
        now = context.clock()
        errands.end(session, errand, state=ErrandState.WITHDRAWN, by=errand.asked_by, now=now)
    return views.unreachable(favour_in(errand))


def place_of(call: Call) -> dict[str, Any]:
    """Where the answer goes: into the screen, in the button's place, or beside the message."""
    if call.view.get("type") == "modal":
        kept = {key: call.view[key] for key in views.KEPT if call.view.get(key)}
        place = {"id": call.view["id"], "hash": call.view["hash"], "block": call.action["block_id"]}
        return {"screen": {**place, "view": kept}}
    return {"channel": call.pressed_in[0]}


def answer(context: Context, task: ClaimedTask, told: str, control: Element | None = None) -> None:
    """Say it where the button was pressed, in its place where that is a screen; with a button beside it."""
    client, screen = context.slack(), task.content.get("screen")
    if screen is not None:
        shown = views.in_place(screen["view"], screen["block"], told, control)
        if speech.show_over(client, screen["id"], shown, screen["hash"]):
            return
    message = Message(told, (section(told, control),))
    channel, user = task.content.get("channel"), task.content["user"]
    if not channel or not speech.whisper(client, channel, user, message):
        speech.post(client, user, message)
