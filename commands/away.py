"""The settings pages for who works alone, and for who is away: whose turn it is meanwhile."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from commands.access import admit, day_of, may_confirm, must_admin
from commands.colleagues import approvers
from commands.ids import Act, Screen, Task
from commands.page import below, saved
from commands.rights import AWAY
from commands.stand_ins import absence_of
from commands.views import policy as views
from commands.views.text import clean
from db import firm_settings
from db.people import known

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.orm import Session

    from commands.access import Asker
    from commands.call import Call
    from db.chosen import FirmSettings
    from db.firms import Firm

DECLARE = "declare to work alone"
NOT_AN_APPROVER = "This person is no approver or admin, so nothing can wait for them. Choose one who is."
NOT_ABLE = "This person is no approver or admin."
AWAY_TOO = "This person is away too."
SAME = "This is who is away."
OVER = "Choose today or a later day; left empty: they are back."
HOURS = "Write a whole number of hours from 1 to 720."
MOST_HOURS = 720


def may_say_away(asker: Asker) -> bool:
    """Approvers and admins say who is away."""
    return may_confirm(asker)


def alone_summary(session: Session, firm: Firm) -> str:
    """Whether somebody declared to work alone."""
    chosen = firm_settings.settings_of(session, firm.id)
    return views.alone_summary(chosen, approvers(session, firm.id))


def start_alone(call: Call) -> None:
    """Open the declaration, for an admin."""
    with call.context.database.read() as session:
        must_admin(session, call.asker, DECLARE)
        chosen = firm_settings.settings_of(session, call.asker.firm.id)
    call.ack()
    call.open(views.alone_page(chosen, below(call)))


def declared(call: Call) -> None:
    """Save who declared it and when, or that it was taken back: audited."""
    ticked = call.typed(views.ALONE_BLOCK, Act.ALONE).get("selected_options") or []
    firm_id, by, now = call.asker.firm.id, call.asker.user_id, call.context.clock()
    with call.context.database.write() as session:
        must_admin(session, call.asker, DECLARE)
        before = firm_settings.settings_of(session, firm_id)
        if bool(ticked) != bool(before.alone_by):
            said = {"alone_by": by if ticked else "", "alone_at": now if ticked else None}
            firm_settings.change(session, firm_id=firm_id, by=by, now=now, **said)
        saved(session, call, call.draft_id)
    call.ack()


def away_summary(session: Session, firm: Firm) -> str:
    """Who is away, as long as it was saved: whoever is back is taken off with the next one."""
    return views.away_summary(firm_settings.settings_of(session, firm.id), approvers(session, firm.id))


def start_away(call: Call) -> None:
    """Open the page, for approvers and admins."""
    with call.context.database.read() as session:
        admit(session, call.asker, AWAY)
        chosen = firm_settings.settings_of(session, call.asker.firm.id)
    call.ack()
    call.open(views.away_page(chosen, call.asker.user_id, below(call)))


def said_away(call: Call) -> None:
    """Save who is away until when and who decides meanwhile: audited; what is over is forgotten."""
    firm_id, by, now = call.asker.firm.id, call.asker.user_id, call.context.clock()
    who = str(call.typed(views.WHO_BLOCK, Act.AWAY_WHO).get("selected_user") or "")
    instead = str(call.typed(views.INSTEAD_BLOCK, Act.AWAY_INSTEAD).get("selected_user") or "")
    until = str(call.typed(views.UNTIL_BLOCK, Act.AWAY_UNTIL).get("selected_date") or "")
    hours = str(call.typed(views.HOURS_BLOCK, Act.REQUEST_HOURS).get("value") or "").strip()
    with call.context.database.write() as session:
        admit(session, call.asker, AWAY)
        able = approvers(session, firm_id)
        before, today = firm_settings.settings_of(session, firm_id), day_of(call.asker.firm, now)
        here = [one for one in able if one != who and absence_of(one, before, today) is None]
        problems = _who_problems(able, here, _advice(session, firm_id, here), who, until, instead)
        problems |= _when_problems(until, today, hours)
        if not problems:
            others = _still(before, today, but=who)
            away = (*others, (who, until, instead)) if until else others
            chosen = {"away": away, "request_hours": int(hours)}
            firm_settings.change(session, firm_id=firm_id, by=by, now=now, **chosen)
            saved(session, call, call.draft_id)
    if problems:
        call.ack(response_action="errors", errors=problems)
    else:
        call.ack()


def back(session: Session, call: Call) -> None:
    """I'm Back (a decision): who presses isn't away any more; where they pressed it says so."""
    firm_id, me, now = call.asker.firm.id, call.asker.user_id, call.context.clock()
    before = firm_settings.settings_of(session, firm_id)
    away = _still(before, day_of(call.asker.firm, now), but=me)
    firm_settings.change(session, firm_id=firm_id, by=me, now=now, away=away)
    if call.view.get("callback_id") == Screen.OVERVIEW:
        call.later(session, Task.OVERVIEW, {"view": call.view["id"]}, call.once(Task.OVERVIEW))
    else:
        call.later(session, Task.HOME, {}, call.once(Task.HOME))


def _still(before: FirmSettings, today: date, *, but: str) -> tuple[tuple[str, str, str], ...]:
    """Who stays away beside one; what is over is forgotten."""
    return tuple(one for one in before.away if one[0] != but and one[1] >= today.isoformat())


def _advice(session: Session, firm_id: str, here: Sequence[str]) -> str:
    """Whom to choose, by name: no mention is drawn under a field."""
    if not here:
        return "Nobody else who is here can: an admin makes somebody approver under People."
    found = known(session, firm_id, here)
    names = [clean(found[one].name)[:40] for one in here if one in found and found[one].name]
    return f"Choose an approver or admin{f', such as {names[0]}' if names else ''}."


def _who_problems(
    able: Collection[str], here: Collection[str], advice: str, who: str, until: str, instead: str
) -> dict[str, str]:
    problems = {}
    if who not in able:
        problems[views.WHO_BLOCK] = NOT_AN_APPROVER
    if until and instead == who:
        problems[views.INSTEAD_BLOCK] = f"{SAME} {advice}"
    elif until and instead not in able:
        problems[views.INSTEAD_BLOCK] = f"{NOT_ABLE} {advice}"
    elif until and instead not in here:
        problems[views.INSTEAD_BLOCK] = f"{AWAY_TOO} {advice}"
    return problems


def _when_problems(until: str, today: date, hours: str) -> dict[str, str]:
    problems = {}
    if until and date.fromisoformat(until) < today:
        problems[views.UNTIL_BLOCK] = OVER
    if not (hours.isascii() and hours.isdigit() and 1 <= int(hours[:4]) <= MOST_HOURS and len(hours) <= 3):  # noqa: PLR2004 - three digits
        problems[views.HOURS_BLOCK] = HOURS
    return problems
