"""Finds what is left to somebody who may not do it any more: by their role, or as they left the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.access import is_admin
from commands.asking import others_who_approve
from commands.colleagues import approvers
from commands.second import lost_second
from commands.stand_ins import absence_of
from commands.views.vacancies import NONE, Vacancies
from db import requests

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from commands.access import Asker
    from db.chosen import FirmSettings


def vacancies_of(session: Session, asker: Asker, chosen: FirmSettings) -> Vacancies:
    """What an admin has to name somebody else for; nothing for others, whose it isn't."""
    if not is_admin(asker):
        return NONE
    firm_id, able = asker.firm.id, approvers(session, asker.firm.id)
    open_ones = [one for one in requests.open_ones(session, firm_id) if not one.alone]
    absent = [] if asker.today is None else [absence_of(one, chosen, asker.today) for one in able]
    return Vacancies(
        second=chosen.trust_approver if lost_second(session, firm_id, chosen) else "",
        absences=tuple(one for one in absent if one is not None and one.instead not in able),
        requests=sum(not others_who_approve(session, firm_id, one.asked_by) for one in open_ones),
    )
