"""`/qb-settings`: one screen that lists what a firm can choose, a page each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import away, banking, digest_settings, going_live, people, places, policy, speech
from commands.access import may_name
from commands.firm import asker_in
from commands.ids import Act, Task
from commands.page import Page
from commands.views import settings as views
from commands.views.notices import loading
from commands.views.settings import Section, SettingsScreen
from db import firms

if TYPE_CHECKING:
    from commands.call import Call
    from commands.context import Context
    from db.outbox import ClaimedTask

PAGES: tuple[Page, ...] = (
    Page("People", Act.OPEN_PEOPLE, people.summary, may_name),
    Page("Channels and time zone", Act.OPEN_PLACES, places.summary),
    Page("When a second person approves", Act.OPEN_POLICY, policy.summary),
    Page("While an approver is away", Act.OPEN_AWAY, away.away_summary, away.may_say_away),
    Page("Working alone", Act.OPEN_ALONE, away.alone_summary),
    Page("How client money is banked", Act.OPEN_BANKING, banking.summary),
    Page("Go-live date", Act.OPEN_GOING_LIVE, going_live.summary),
    Page("Daily digest", Act.OPEN_DIGEST_SETTINGS, digest_settings.summary),
)
"""In the order they are shown; each page lives in its own module."""


def start(call: Call) -> None:
    """Open the settings; the worker fills them in."""
    call.ack()
    view_id = call.open(loading(views.TITLE, "Looking up what your firm chose…"))
    with call.context.database.write() as session:
        call.later(session, Task.SETTINGS, {"view": view_id})


def fill(context: Context, task: ClaimedTask) -> None:
    """Task: each page with what holds now, and [Change] for whoever may."""
    client = context.slack()
    asker = asker_in(context, client, task)
    with context.database.read() as session:
        shown = SettingsScreen(
            sections=tuple(
                Section(page.title, page.act if page.may(asker) else None, page.summary(session, asker.firm))
                for page in PAGES
            ),
            admins=firms.people_with(session, task.firm_id, firms.ADMIN),
        )
    speech.show(client, task.content["view"], views.screen(shown))
