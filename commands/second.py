"""The second person for client money: who was named, and who acts for them while they are away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.access import may_confirm
from commands.colleagues import approvers
from commands.errors import RefusedError
from commands.stand_ins import absence_of, stands_in
from commands.views.text import person
from commands.words import trust as words
from db import firm_settings
from qb.mapping import HOLDING

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from commands.access import Asker
    from commands.stand_ins import Absence
    from db.chosen import FirmSettings


@dataclass(frozen=True, slots=True)
class Second:
    """Who was ``named``, who is ``acting`` (the same while they are here), and that absence."""

    named: str
    acting: str
    away: Absence | None = None

    def asked_by(self, user_id: str) -> str:
        """Whom this person's question goes to: never themselves, who may stand in."""
        return self.named if self.acting == user_id else self.acting

    def is_of(self, asker: Asker) -> bool:
        """Whether this person may decide: named or acting, and still an approver or admin at this moment."""
        return asker.user_id in {self.named, self.acting} and may_confirm(asker)


def second_for(session: Session, firm_id: str, today: date | None) -> Second:
    """Whom the firm named, by what holds ``today`` (its own day; None: absences aren't looked at).

    :class:`RefusedError` while an admin has to say more first, or to name somebody else.
    """
    chosen = firm_settings.settings_of(session, firm_id)
    if chosen.banking not in HOLDING:
        raise RefusedError(words.SAY_FIRST.said())
    if not chosen.trust_approver:
        raise RefusedError(words.NAME_SECOND.said())
    if lost_second(session, firm_id, chosen):
        raise RefusedError(words.NAME_ANOTHER.said(who=person(chosen.trust_approver)))
    named = chosen.trust_approver
    if today is None:
        return Second(named, named)
    acting = stands_in(named, chosen, approvers(session, firm_id), today)
    return Second(named, acting, absence_of(named, chosen, today))


def lost_second(session: Session, firm_id: str, chosen: FirmSettings) -> bool:
    """Whether who was named may approve nothing any more, or is gone."""
    holds = chosen.banking in HOLDING and bool(chosen.trust_approver)
    return holds and chosen.trust_approver not in approvers(session, firm_id)
