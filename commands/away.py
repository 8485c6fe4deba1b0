"""The settings pages for who works alone, and for who is away: whose turn it is meanwhile."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from commands.access import admit, may_confirm, must_admin
from commands.colleagues import approvers
from commands.ids import Act
from commands.page import below, saved
from commands.rights import AWAY
from commands.views import policy as views
from commands.views.text import clean
from commands.zones import zone_of
from db import firm_settings
from db.people import known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from commands.access import Asker
    from commands.call import Call
    from db.firms import Firm

DECLARE = "declare to work alone"
NOT_AN_APPROVER = "This person is no approver or admin, so nothing can wait for them. Choose {who}."
SAME = "Choose somebody else than who is away."
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
    return views.away_summary(firm_settings.settings_of(session, firm.id))


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
        problems = _problems(able, _named(session, firm_id, able), who, until, instead, hours)
        if not problems:
            before = firm_settings.settings_of(session, firm_id)
            today = now.astimezone(zone_of(call.asker.firm.timezone)).date().isoformat()
            others = tuple(one for one in before.away if one[0] != who and one[1] >= today)
            away = (*others, (who, date.fromisoformat(until).isoformat(), instead)) if until else others
            chosen = {"away": away, "request_hours": int(hours)}
            firm_settings.change(session, firm_id=firm_id, by=by, now=now, **chosen)
            saved(session, call, call.draft_id)
    if problems:
        call.ack(response_action="errors", errors=problems)
    else:
        call.ack()


def _named(session: Session, firm_id: str, able: Sequence[str]) -> str:
    """Who may approve, by name: no mention is drawn under a field."""
    found = known(session, firm_id, able)
    names = [clean(found[one].name)[:40] for one in able if one in found and found[one].name]
    return f"an approver or admin, such as {names[0]}" if names else "an approver or admin"


def _problems(
    able: tuple[str, ...], named: str, who: str, until: str, instead: str, hours: str
) -> dict[str, str]:
    problems = {}
    if who not in able:
        problems[views.WHO_BLOCK] = NOT_AN_APPROVER.format(who=named)
    if until and instead not in able:
        problems[views.INSTEAD_BLOCK] = NOT_AN_APPROVER.format(who=named)
    elif until and instead == who:
        problems[views.INSTEAD_BLOCK] = SAME
    if not (hours.isascii() and hours.isdigit() and 1 <= int(hours[:4]) <= MOST_HOURS and len(hours) <= 3):  # noqa: PLR2004 - three digits
        problems[views.HOURS_BLOCK] = HOURS
    return problems
