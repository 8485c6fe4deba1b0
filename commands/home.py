"""Home: published when a person opens it, and kept fresh for those who did while things change."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError

from commands.access import Asker, NotAllowedError, asker_of, day_of
from commands.firm import asker_in, next_task
from commands.ids import Task
from commands.standing import overview_of, standing_of, with_syncs
from commands.telling import links
from commands.views import home as views
from commands.views.home import Guide, Step
from db import firms, visits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from slack_bolt import App
    from slack_sdk import WebClient

    from commands.call import Call
    from commands.context import Context
    from commands.standing import Standing
    from commands.views.blocks import View
    from commands.views.standing import Overview
    from db.outbox import ClaimedTask
    from db.visits import Visit

BETWEEN = timedelta(seconds=5)
"""A person's Home is published at most this often while things change."""
SHARE = 20
"""And so many times as long as it took: a firm of many thousand invoices must not keep us busy with it."""
OPEN_FOR = timedelta(hours=12)
"""So long after somebody opened it we take it for perhaps still open; Slack doesn't tell."""
MOST_TRIES = 3
UNREACHABLE = frozenset({"user_not_found", "user_not_visible", "not_enabled", "account_inactive"})
"""Of this person nothing is to be expected any more; others get theirs all the same."""
CONFLICT = "hash_conflict"
log = logging.getLogger("home")


@dataclass(frozen=True, slots=True)
class Common:
    """What is the same on everybody's Home, of which state of the records, and since when it was gathered."""

    state: str
    standing: Standing
    begun: datetime


@dataclass(frozen=True, slots=True)
class Drawn:
    """A Home ready to be published, and whether the guide has no step left."""

    visit: Visit
    common: Common
    view: View
    done: bool


def register_home(app: App, context: Context) -> None:
    """Hear of everybody who opens Home; Bolt answers Slack before it calls us."""

    @app.event("app_home_opened")
    def opened(body: dict[str, Any]) -> None:
        with suppress(NotAllowedError):  # of another workspace: nothing of ours is shown there
            _opened(context, body)


def _opened(context: Context, body: Mapping[str, Any]) -> None:
    """Leave it to the worker; the same event twice is one task. The Messages tab needs nothing."""
    event = body["event"]
    if event.get("tab") != "home":
        return
    with context.database.write() as session:
        asker = asker_of(session, {"team_id": body["team_id"], "user_id": event["user"]})
        content, key = {"user": asker.user_id, "opened": True}, f"{Task.HOME}:{body['event_id']}"
        next_task(session, context, asker.firm.id, Task.HOME, content, key=key)


def hide_guide(call: Call) -> None:
    """Hide This Guide: never shown again to this person."""
    call.ack()
    with call.context.database.write() as session:
        visits.end_guide(session, call.asker.firm.id, call.asker.user_id, call.context.clock())
        call.later(session, Task.HOME, {}, call.once(Task.HOME))


def publish(context: Context, task: ClaimedTask) -> None:
    """Task: one person's Home, as things stand now; guests and strangers get one plain sentence."""
    client, user = context.slack(), task.content["user"]
    try:
        asker = asker_in(context, client, task)
    except NotAllowedError:
        client.views_publish(user_id=user, view=views.closed())
        return
    if task.content.get("opened"):
        with context.database.write() as session:
            visits.opened(session, task.firm_id, user, context.clock())
    _publish(context, client, asker)


def freshen(context: Context, left: set[tuple[str, str]]) -> int:
    """Leave a task for each firm of which somebody sees an older state; how many were left.

    ``left`` remembers what this process has left already, so that a tick that finds the same writes nothing.
    """
    now = context.clock()
    with context.database.read() as session:
        found = set(visits.outdated(session, now, now - OPEN_FOR).items())
    new = found - left
    if new:
        with context.database.write() as session:
            for firm_id, waiting in new:
                next_task(session, context, firm_id, Task.HOMES, {}, key=f"{Task.HOMES}:{waiting}")
    left.intersection_update(found)
    left.update(new)
    return len(new)


def publish_all(context: Context, task: ClaimedTask) -> None:
    """Task: everybody of the firm who may have Home open gets it anew; what is dear is gathered once."""
    now, client = context.clock(), context.slack()
    with context.database.read() as session:
        firm = firms.get_firm(session, task.firm_id)
        state = visits.state_of(session, task.firm_id)
        waiting = [
            one
            for one in visits.visitors(session, task.firm_id, now - OPEN_FOR)
            if one.shown != state and one.rests_until <= now
        ]
        roles = {one.user_id: firms.roles_of(session, task.firm_id, one.user_id) for one in waiting}
        standing = standing_of(session, task.firm_id)
    if firm is None:
        return
    common = Common(state, standing, now)
    for one in waiting:
        _publish(
            context, client, Asker(firm, one.user_id, roles[one.user_id], today=day_of(firm, now)), common
        )


def _publish(context: Context, client: WebClient, asker: Asker, common: Common | None = None) -> None:
    """Publish, unless somebody else did meanwhile: theirs may be newer, so it is drawn anew on top of it."""
    for _ in range(MOST_TRIES):
        drawn = _drawn(context, asker, common)
        try:
            answer = client.views_publish(
                user_id=asker.user_id, view=drawn.view, hash=drawn.visit.view_hash or None
            )
        except SlackApiError as error:
            if error.response["error"] == CONFLICT:
                common = None
                _forget_hash(context, drawn.visit)
                continue
            if error.response["error"] not in UNREACHABLE:
                raise
            log.warning("Home can't be shown to %s: %s", asker.user_id, error.response["error"])
            _remember(context, drawn, "")
        else:
            _remember(context, drawn, str(answer["view"].get("hash") or ""))
        return


def _drawn(context: Context, asker: Asker, common: Common | None) -> Drawn:
    """One person's Home; the state is read first, so that what changes meanwhile puts it out of date."""
    firm_id, now, link = asker.firm.id, context.clock(), links(context, asker.firm.id)
    with context.database.read() as session:
        if common is None:
            common = Common(visits.state_of(session, firm_id), standing_of(session, firm_id), now)
        visit = visits.get(session, firm_id, asker.user_id)
        shown = overview_of(session, context, asker, common.standing)
        shown = with_syncs(session, shown, common.standing, asker, link)
    visit = visit or visits.Visit(firm_id, asker.user_id, now, now, None, "", now, "")
    left = steps_left(shown)
    guide = Guide(left) if left and visit.guide_ended_at is None else None
    return Drawn(visit, common, views.home(shown, guide, now), done=not left)


def steps_left(shown: Overview) -> tuple[Step, ...]:
    """What is still to be done until a firm's first booking, in order."""
    done = {
        Step.CONNECT: shown.connection is not None,
        Step.IMPORT: shown.newest is not None,
        Step.MAP: shown.mapping_open < shown.mapping_rows,  # what is left is among what needs somebody
        Step.SYNC: bool(shown.booked),
    }
    return tuple(step for step in Step if not done[step])


def _remember(context: Context, drawn: Drawn, view_hash: str) -> None:
    now, visit = context.clock(), drawn.visit
    with context.database.write() as session:
        visits.published(
            session,
            visit.firm_id,
            visit.user_id,
            shown=drawn.common.state,
            view_hash=view_hash,
            rests_until=now + max(BETWEEN, (now - drawn.common.begun) * SHARE),
        )
        if drawn.done and visit.guide_ended_at is None:
            visits.end_guide(session, visit.firm_id, visit.user_id, now)


def _forget_hash(context: Context, visit: Visit) -> None:
    with context.database.write() as session:
        visits.forget_hash(session, visit.firm_id, visit.user_id, visit.view_hash)
