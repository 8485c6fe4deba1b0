"""The settings page *How client money is banked*: an admin says it, and names the second person for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import errands, page, trust
from commands.access import must_admin
from commands.favour import Wish
from commands.ids import Act
from commands.second import lost_second
from commands.views import banking as views
from db import firm_settings, firms
from db.chosen import Banking
from qb.mapping import HOLDING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from commands.call import Call
    from db.firms import Firm

WHAT = "say how client money is banked"


def summary(session: Session, firm: Firm) -> str:
    """What was said, and who is the second person, if that still holds."""
    chosen = firm_settings.settings_of(session, firm.id)
    return views.summary(chosen, is_lost=lost_second(session, firm.id, chosen))


def is_said(session: Session, firm_id: str) -> bool:
    """Whether an admin has said how client money is banked; until then it is an admin's next step."""
    return firm_settings.settings_of(session, firm_id).banking is not Banking.UNSAID


def start(call: Call) -> None:
    """Open the page, for an admin."""
    with call.context.database.read() as session:
        must_admin(session, call.asker, WHAT, Wish.BANKING)
        chosen = firm_settings.settings_of(session, call.asker.firm.id)
    call.ack()
    call.open(views.page(chosen, page.below(call)))


def submitted(call: Call) -> None:
    """Save Answer: who, when, before and after are kept; nothing is booked by it."""
    firm_id, by, now = call.asker.firm.id, call.asker.user_id, call.context.clock()
    banking = Banking(_picked(call) or Banking.UNSAID)
    second = str(call.typed(views.SECOND_BLOCK, Act.TRUST_APPROVER).get("selected_user") or "")
    with call.context.database.write() as session:
        must_admin(session, call.asker, WHAT, Wish.BANKING)
        problem = _problem(session, firm_id, banking, second)
        if problem:
            call.ack(response_action="errors", errors=problem)
            return
        before = firm_settings.settings_of(session, firm_id)
        said = {} if before.banking is banking else {"banking_by": by, "banking_at": now}
        chosen = firm_settings.change(
            session, firm_id=firm_id, by=by, now=now, banking=banking, trust_approver=second, **said
        )
        errands.settle(session, call.context, firm_id, Wish.BANKING, by=by)
        if second and second != before.trust_approver and banking in HOLDING:
            trust.offer_anew(session, call.context, firm_id)
        page.saved(session, call, call.draft_id)
    if call.draft_id:
        call.ack()
    else:
        call.ack(response_action="update", view=views.saved(chosen))


def _picked(call: Call) -> str:
    option = call.typed(views.BANKING_BLOCK, Act.BANKING).get("selected_option") or {}
    return str(option.get("value") or "")


def _problem(session: Session, firm_id: str, banking: Banking, second: str) -> dict[str, str]:
    if banking is Banking.UNSAID:
        return {views.BANKING_BLOCK: "Choose one of the three."}
    if second and not {firms.ADMIN, firms.APPROVER} & firms.roles_of(session, firm_id, second):
        return {
            views.SECOND_BLOCK: "Choose somebody who is an approver or admin here; an admin gives roles under"
            " People in the settings."
        }
    return {}
