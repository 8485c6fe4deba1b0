"""The settings page *People*: who is admin, approver or trusted, given and taken in Slack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands import speech
from commands.access import Asker, NotAllowedError, day_of, may_name
from commands.colleagues import look_up
from commands.duties import duties_of, pass_on
from commands.errors import RefusedError
from commands.firm import asker_in, next_task
from commands.ids import Act, Task
from commands.page import below
from commands.views import people as views
from commands.views.duties import Duties, after, before
from commands.views.notices import loading
from commands.views.people import Below, Holder, PeopleScreen, below_of
from commands.views.text import people as named
from commands.views.text import person
from commands.words import access as words
from db import audit, firms, people
from db.firms import APPROVER, ROLES, LastAdminError
from db.people import Standing

if TYPE_CHECKING:
    from slack_sdk import WebClient
    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.context import Context
    from db.firms import Firm
    from db.outbox import ClaimedTask
    from db.people import Person

LOOKING = "Looking up who may what…"


def summary(session: Session, firm: Firm) -> str:
    """Who holds which role."""
    return views.summary({role: firms.people_with(session, firm.id, role) for role in ROLES})


def start(call: Call) -> None:
    """Open the page; the worker asks Slack whether this person may, as owners always do."""
    call.ack()
    view_id = call.open(loading(views.TITLE, LOOKING))
    with call.context.database.write() as session:
        call.later(session, Task.PEOPLE, {"view": view_id, "settings": below(call), "page": 0})


def paged(call: Call) -> None:
    """Another page."""
    with call.context.database.write() as session:
        content = {"view": call.view["id"], "settings": call.draft_id, "page": call.index}
        call.later(session, Task.PEOPLE, content)
    call.ack()


def fill(context: Context, task: ClaimedTask) -> None:
    """Task: the list of who holds roles; people Slack no longer knows are said to be absent."""
    client = context.slack()
    asker = asker_in(context, client, task)
    with context.database.read() as session:
        _must_name(session, asker)
        held = firms.everyone_with_roles(session, task.firm_id)
        known = people.known(session, task.firm_id, [user_id for user_id, _ in held])
    holders = tuple(_holder(user_id, roles, known.get(user_id)) for user_id, roles in held)
    shown = PeopleScreen(holders, settings=task.content["settings"])
    page = min(int(task.content["page"]), shown.pages - 1)
    shown = PeopleScreen(holders, page, task.content["settings"])
    speech.show(client, task.content["view"], views.screen(shown))


def change(call: Call) -> None:
    """Change Roles, or Add a Person: open the form, which the worker fills for those who may."""
    whom = "" if call.action["action_id"] == Act.ADD_PERSON else call.value
    call.ack()
    view_id = call.open(loading(views.FORM_TITLE, LOOKING))
    with call.context.database.write() as session:
        content = {"whom": whom, "people": call.view["id"], "settings": call.draft_id}
        call.later(session, Task.PERSON, {"view": view_id, **content})


def ask(context: Context, task: ClaimedTask) -> None:
    """Task: the form for one person, looked up in Slack at this moment."""
    client, content = context.slack(), task.content
    asker = asker_in(context, client, task)
    found = look_up(context, client, asker.firm, content["whom"]) if content["whom"] else None
    with context.database.read() as session:
        _must_name(session, asker)
        roles = firms.roles_of(session, task.firm_id, content["whom"])
        waits = duties_of(session, task.firm_id, content["whom"], day_of(asker.firm, context.clock()))
    whom = None if found is None else _holder(found.user_id, roles, found)
    lies = Below(content["people"], content["settings"], content["whom"])
    told = before(waits, content["whom"]) if content["whom"] else ""
    speech.show(client, content["view"], views.form(whom, lies, told))


def submitted(call: Call) -> None:
    """Save Roles: the worker asks Slack who both are before anything is changed."""
    lies = below_of(call.draft_id)
    whom = lies.whom or str(call.typed(views.WHO_BLOCK, Act.PERSON).get("selected_user") or "")
    ticked = call.typed(views.ROLES_BLOCK, Act.PERSON_ROLES).get("selected_options") or []
    roles = [one["value"] for one in ticked if one["value"] in ROLES]
    if not whom:
        call.ack(response_action="errors", errors={views.WHO_BLOCK: "Choose a person."})
        return
    with call.context.database.write() as session:
        content = {"view": call.view["id"], "whom": whom, "roles": roles}
        content |= {"people": lies.people, "settings": lies.settings}
        call.later(session, Task.ROLES, content, call.once(Task.ROLES))
    call.ack(response_action="update", view=loading(views.FORM_TITLE, "Saving…"))


def save(context: Context, task: ClaimedTask) -> None:
    """Task: set exactly these roles, in one transaction with the check of who sets them.

    :class:`RefusedError` for the last admin, for a guest who would be more than approver, and for somebody
    absent who would be given anything.
    """
    client, content = context.slack(), task.content
    asker = asker_in(context, client, task)
    whom = look_up(context, client, asker.firm, content["whom"])
    if firms.ADMIN not in content["roles"]:
        _meet_admins(context, client, asker, but=whom.user_id)
    changed, passed = _set(context, asker, whom, content["roles"])
    roles = [role for role in ROLES if role in content["roles"]]
    speech.show(client, content["view"], views.saved(whom.user_id, roles, after(passed), changed=changed))
    if changed:
        _pass_on(context, client, task, roles)


def _meet_admins(context: Context, client: WebClient, asker: Asker, *, but: str) -> None:
    """Ask Slack about the other admins now: one who has left since can't be the one who stays."""
    with context.database.read() as session:
        admins = firms.people_with(session, asker.firm.id, firms.ADMIN)
    for user_id in admins:
        if user_id != but:
            look_up(context, client, asker.firm, user_id)


def _set(context: Context, asker: Asker, whom: Person, roles: list[str]) -> tuple[bool, Duties]:
    """Whether anything changed, and what went to others by it."""
    firm_id, now = asker.firm.id, context.clock()
    today = day_of(asker.firm, now)
    with context.database.write() as session:
        audit.hold(session, firm_id)  # whose role is taken at this moment may give none any more
        held = firms.roles_of(session, firm_id, asker.user_id)
        _must_name(session, Asker(asker.firm, asker.user_id, held, asker.standing, asker.owns))
        _refuse_odd(whom, set(roles) - firms.roles_of(session, firm_id, whom.user_id))
        passed = duties_of(session, firm_id, whom.user_id, today, roles)
        try:
            changed = firms.set_roles(
                session, firm_id=firm_id, user_id=whom.user_id, roles=roles, by=asker.user_id, now=now
            )
        except LastAdminError as last:
            raise RefusedError(words.LAST_ADMIN.said(who=person(whom.user_id))) from last
        if changed:
            pass_on(session, context, asker, whom.user_id, roles)
    return changed, passed if changed else Duties()


def _refuse_odd(whom: Person, given: set[str]) -> None:
    if given and whom.standing is Standing.ABSENT:
        raise RefusedError(words.ABSENT.said(who=person(whom.user_id)))
    if given - {APPROVER} and whom.standing is Standing.GUEST:
        raise RefusedError(words.GUESTS_ONLY_APPROVE.said(who=person(whom.user_id)))


def _pass_on(context: Context, client: WebClient, task: ClaimedTask, roles: list[str]) -> None:
    """The screens below show it, and the person hears."""
    content, user = task.content, task.content["user"]
    below: list[tuple[Task, dict[str, Any]]] = []
    if content["people"]:
        page = {"view": content["people"], "settings": content["settings"], "page": 0}
        below.append((Task.PEOPLE, page))
    if content["settings"]:
        below.append((Task.SETTINGS, {"view": content["settings"]}))
    with context.database.write() as session:
        for kind, shown in below:
            next_task(session, context, task.firm_id, kind, {"user": user, **shown})
    if content["whom"] != user:
        speech.reach(client, content["whom"], views.told(roles, user))


def _must_name(session: Session, asker: Asker) -> None:
    """Only admins and the workspace's owners give roles."""
    if not may_name(asker):
        admins = firms.people_with(session, asker.firm.id, firms.ADMIN)
        who = f"{named(admins)}, or a workspace owner" if admins else "any owner of the workspace"
        raise NotAllowedError(words.NAMERS_ONLY.said(who=who))


def _holder(user_id: str, roles: frozenset[str], known: Person | None) -> Holder:
    standing = Standing.MEMBER if known is None else known.standing
    return Holder(user_id, tuple(role for role in ROLES if role in roles), standing)
