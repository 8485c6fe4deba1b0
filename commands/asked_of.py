"""Of whom a favour is asked at the moment of the press: a button may be older than an absence, or a role."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from commands.access import NotAllowedError
from commands.colleagues import favour, favour_to
from commands.errors import RefusedError
from commands.favour import Favour, Wish, favour_of
from commands.stand_ins import absence_of
from commands.views import errands as views
from commands.views.text import person
from commands.words import access as words
from commands.words import screens
from db import firm_settings, firms

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from commands.access import Asker
    from commands.call import Call
    from db.errands import Errand


def wanted_now(session: Session, call: Call) -> Favour:
    """What the pressed button wishes, of who is here and may still do it.

    :class:`RefusedError` for a button that isn't ours, :class:`NotAllowedError` where nobody of these may.
    """
    wanted = _of_who_is_here(session, call.asker, _wanted(call))
    _still_may(session, call.asker, wanted)
    return wanted


def _wanted(call: Call) -> Favour:
    try:
        return favour_of(call.value)
    except (ValueError, KeyError) as unknown:
        raise RefusedError(screens.OLDER_CONTROL.said()) from unknown


def somebody_else(session: Session, asker: Asker, errand: Errand) -> str:
    """Who is asked once somebody lost the role: who is here first, never who asked; or nobody."""
    wish = Wish(errand.wish)
    found = favour(session, errand.firm_id, wish, but=errand.asked_by, today=asker.today)
    return "" if found is None else found.of.user_id


def _of_who_is_here(session: Session, asker: Asker, wanted: Favour) -> Favour:
    """Who is away by now is stood in for: a button may be older than that."""
    chosen = firm_settings.settings_of(session, asker.firm.id)
    found = favour_to(session, asker, wanted.wish)
    if found is None or asker.today is None:
        return wanted
    is_away = absence_of(wanted.of.user_id, chosen, asker.today) is not None
    return (
        replace(wanted, of=found.of, away=found.away)
        if is_away or found.of.user_id == wanted.of.user_id
        else wanted
    )


def _still_may(session: Session, asker: Asker, wanted: Favour) -> None:
    """The colleague may still do it; else :class:`NotAllowedError` offers to ask somebody else."""
    if set(wanted.deed.roles) & firms.roles_of(session, asker.firm.id, wanted.of.user_id):
        return
    found = favour_to(session, asker, wanted.wish)
    other = None if found is None else replace(wanted, of=found.of, away=found.away)
    refusal = words.CANT_ANY_MORE.said(
        who=person(wanted.of.user_id),
        what=views.wished(wanted),
        others=words.NOBODY_NAMED if other is None else person(other.of.user_id),
    )
    raise NotAllowedError(refusal, other)
