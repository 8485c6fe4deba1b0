"""Snooze and Undo in a digest: who put what off, until when; the message or screen shows it at once."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from commands import speech
from commands.access import NotAllowedError, may_confirm, who_can
from commands.digest import show_list
from commands.digest_facts import items_of, moment_of, shown_of
from commands.errors import RefusedError
from commands.firm import asker_in
from commands.ids import Act, Screen, Task
from commands.rights import Right
from commands.speech import Posted
from commands.views import digest as messages
from commands.views import digest_list as views
from commands.views.digest_lines import CHANGE, DAY, TOMORROW, WEEK, put_off, what_in_words
from commands.views.digest_list import Place
from commands.views.text import clean
from commands.words.access import CONFIRMERS_ONLY
from commands.words.screens import DIGEST_OVERTAKEN
from db import digests, snoozes
from db.snoozes import EVERYTHING, Snooze

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_sdk import WebClient
    from sqlalchemy.orm import Session

    from commands.access import Asker
    from commands.call import Call
    from commands.context import Context
    from commands.views.digest import Shown
    from db.outbox import ClaimedTask
    from qb.digest import Item

ANSWERED = 4
"""Parts of a block's id before the one that says that the block is our answer, not the digest."""
LONGEST = timedelta(days=366)
NOT_A_DAY = "Choose a day after today, within a year."


def pressed(call: Call) -> None:
    """Snooze, behind the three dots: the worker puts it off, or a day is picked first."""
    choice, _, item = str((call.action.get("selected_option") or {}).get("value") or "").partition(":")
    content = {"item": item, "choice": choice, **_place(call)}
    if choice == DAY:
        call.ack()
        what = "Everything" if item == EVERYTHING else "What you snooze"
        call.open(views.pick_day(json.dumps(content, separators=(",", ":")), what))
        return
    with call.context.database.write() as session:
        call.later(session, Task.SNOOZE, content, call.once(Task.SNOOZE))
    call.ack()


def picked(call: Call) -> None:
    """The day until which it is put off."""
    text = str(call.typed(views.DAY_BLOCK, Act.SNOOZE_DAY).get("selected_date") or "")
    today = moment_of(call.context, call.asker.firm).today
    until = date.fromisoformat(text) if text else today
    if not today < until <= today + LONGEST:
        call.ack(response_action="errors", errors={views.DAY_BLOCK: NOT_A_DAY})
        return
    content = json.loads(call.draft_id) | {"until": until.isoformat()}
    with call.context.database.write() as session:
        call.later(session, Task.SNOOZE, content, call.once(Task.SNOOZE))
    call.ack()


def undo(call: Call) -> None:
    """Undo, beside what is put off."""
    with call.context.database.write() as session:
        content = {"item": call.value, **_place(call)}
        call.later(session, Task.UNSNOOZE, content, call.once(Task.UNSNOOZE))
    call.ack()


def snooze(context: Context, task: ClaimedTask) -> None:
    """Task: put it off, and show so where it was pressed."""
    client, content = context.slack(), task.content
    asker = asker_in(context, client, task)
    until = _until(content, moment_of(context, asker.firm).today)
    marks, about = _meant(context, asker, content)
    with context.database.write() as session:
        snoozes.put_off(
            session,
            firm_id=task.firm_id,
            marks=marks,
            until=until,
            by=asker.user_id,
            now=context.clock(),
            about=about,
        )
    off = Snooze(content["item"], until, "", asker.user_id, context.clock())
    _show_anew(context, client, asker, content, off)


def unsnooze(context: Context, task: ClaimedTask) -> None:
    """Task: bring it back, and show so where it was pressed; a second press changes nothing."""
    client, content = context.slack(), task.content
    asker = asker_in(context, client, task)
    marks, about = _meant(context, asker, content)
    with context.database.write() as session:
        snoozes.bring_back(
            session,
            firm_id=task.firm_id,
            marks=list(marks),
            by=asker.user_id,
            now=context.clock(),
            about=about,
        )
    _show_anew(context, client, asker, content)


def _place(call: Call) -> dict[str, Any]:
    """Where it was pressed: a posted digest, or the list with its page."""
    if call.view.get("callback_id") == Screen.DIGEST:
        return {"view": call.view["id"], "place": call.draft_id}
    digest = str(call.action.get("block_id") or "").split(":")
    if len(digest) > ANSWERED:  # our answer to a snooze, which says where the digest stands
        return {"digest": digest[1], "channel": digest[3], "ts": digest[4]}
    channel, ts = call.pressed_in
    return {"digest": digest[1] if len(digest) > 1 else "", "channel": channel, "ts": ts}


def _until(content: Mapping[str, Any], today: date) -> date | None:
    """The first day it is shown again; None: until it changes."""
    choice = content["choice"]
    if choice == CHANGE:
        return None
    if choice == TOMORROW:
        return today + timedelta(days=1)
    if choice == WEEK:
        return today + timedelta(days=7 - today.weekday())
    return date.fromisoformat(content["until"])


def _meant(context: Context, asker: Asker, content: Mapping[str, Any]) -> tuple[dict[str, str], str]:
    """The marks meant, with how each stands now, and what they are for the audit."""
    with context.database.read() as session:  # all of it is planned anew: no moment to hold up who writes
        if content["item"] == EVERYTHING:
            _must_decide(session, asker)
            return {EVERYTHING: ""}, "the whole digest"
        item = _item(_shown(session, context, asker, content), content["item"])
    if item is None:
        raise RefusedError(DIGEST_OVERTAKEN.said())
    numbers = ", ".join(one.number for one in item.invoices)
    return {one.mark: one.fingerprint for one in item.invoices}, clean(f"{numbers}, case {item.first.case}")


def _must_decide(session: Session, asker: Asker) -> None:
    """The whole digest concerns everybody: only an admin or approver puts it off."""
    if not may_confirm(asker):
        who, ask = who_can(session, asker.firm.id, Right.CONFIRM)
        raise NotAllowedError(CONFIRMERS_ONLY.said(what="snooze the whole digest", who=who, ask=ask))


def _item(shown: Shown, mark: str) -> Item | None:
    return next((one for one in items_of(shown.digest) if one.mark == mark), None)


def _shown(session: Session, context: Context, asker: Asker, content: Mapping[str, Any]) -> Shown:
    kept = digests.get(session, asker.firm.id, content.get("digest", ""))
    return shown_of(session, context, asker.firm, kept, content.get("digest", ""))


def _show_anew(
    context: Context,
    client: WebClient,
    asker: Asker,
    content: Mapping[str, Any],
    off: Snooze | None = None,
) -> None:
    """Where it was pressed; of what was just put ``off`` the person is told, with Undo beside it."""
    if "view" in content:
        just = off.mark if off else ""
        show_list(context, client, asker, content["view"], Place.unpacked(content["place"]), just)
    elif content["ts"]:
        with context.database.read() as session:
            shown = _shown(session, context, asker, content)
        speech.change(client, Posted(content["channel"], content["ts"]), messages.named(shown))
        if off is not None:
            item = _item(shown, off.mark)
            what = what_in_words(item) if item else "The whole digest"
            place = f"digest:{content['digest']}:{off.mark}:{content['channel']}:{content['ts']}"
            speech.whisper(client, content["channel"], asker.user_id, put_off(what, off, place))
