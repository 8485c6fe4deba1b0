"""`/qb-digest`: what is paid and not in the books, for one person; and the list behind a posted one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands import speech
from commands.access import is_admin
from commands.comparing import look_again
from commands.digest_facts import shown_of
from commands.firm import asker_in
from commands.ids import Task
from commands.views import digest_list as views
from commands.views import digest_settings
from commands.views.digest_list import Place
from commands.views.notices import loading
from db import digests, firm_settings, firms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_sdk import WebClient

    from commands.access import Asker
    from commands.call import Call
    from commands.context import Context
    from commands.views.blocks import View
    from db.outbox import ClaimedTask

LOOKING = "Looking what is paid and not in the books…"


def start(call: Call) -> None:
    """Open all of it, with names: whoever asks is a full member, which the worker makes sure of."""
    _open(call, {"digest": "", "group": ""})


def see(call: Call) -> None:
    """Show the List, See All, Show All: the digest's id and a group, if one is meant."""
    digest, _, group = call.value.partition("|")
    _open(call, {"digest": digest, "group": group})


def paged(call: Call) -> None:
    """Another page."""
    digest, _, group = call.value.partition("|")
    with call.context.database.write() as session:
        content = {"view": call.view["id"], "digest": digest, "group": group, "page": call.index}
        call.later(session, Task.DIGEST_SHOW, content)
    call.ack()


def show(context: Context, task: ClaimedTask) -> None:
    """Task: show a page of it; where it was just opened, anew once QuickBooks was looked at.

    What is known is shown at once, and nobody is taken back who has gone on meanwhile.
    """
    client = context.slack()
    asker, content = asker_in(context, client, task), task.content
    place = Place(content["digest"] or task.id, content["group"], content.get("page", 0))
    seen = speech.filled(client, content["view"], _screen(context, asker, place))
    if seen is not None and "page" not in content and look_again(context, task.firm_id):
        speech.show_over(client, content["view"], _screen(context, asker, place), seen)


def show_list(
    context: Context, client: WebClient, asker: Asker, view_id: str, place: Place, just: str = ""
) -> None:
    """Fill the list in, as it stands now; ``just`` is the mark of what was just snoozed."""
    speech.show(client, view_id, _screen(context, asker, place, just))


def _screen(context: Context, asker: Asker, place: Place, just: str = "") -> View:
    firm = asker.firm
    with context.database.read() as session:
        kept = digests.get(session, firm.id, place.digest)
        shown = shown_of(session, context, firm, kept, place.digest)
        chosen = firm_settings.settings_of(session, firm.id)
        admins = () if is_admin(asker) else firms.people_with(session, firm.id, firms.ADMIN)
    posted = digest_settings.posted(chosen, firm.timezone, admins)
    return views.screen(shown, place, posted, may_set=is_admin(asker), just=just)


def _open(call: Call, content: Mapping[str, Any]) -> None:
    call.ack()
    view_id = call.open(loading(views.TITLE, LOOKING))
    with call.context.database.write() as session:
        call.later(session, Task.DIGEST_SHOW, {"view": view_id, **content})
