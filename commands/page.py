"""What a page of `/qb-settings` is, and how one leads back to the list of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.access import Asker, is_admin
from commands.ids import Act, Screen, Task

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from commands.call import Call
    from db.firms import Firm


@dataclass(frozen=True, slots=True)
class Page:
    """One section of the settings: its title, what [Change] sends, what holds now in one line of markup.

    ``may`` says who gets [Change]; the page's own handlers check again, at the click and at the submission.
    """

    title: str
    act: Act
    summary: Callable[[Session, Firm], str]
    may: Callable[[Asker], bool] = is_admin


def below(call: Call) -> str:
    """The list of pages under the one that is opened, to be kept in its metadata; empty from elsewhere."""
    return str(call.view["id"]) if call.view.get("callback_id") == Screen.SETTINGS else ""


def saved(session: Session, call: Call, settings: str) -> None:
    """Something was chosen on a page: have the list under it (:func:`below`) say so."""
    if settings:
        call.later(session, Task.SETTINGS, {"view": settings}, call.once(Task.SETTINGS))
