"""The answer to a confirmation of the mapping that changed nothing: why, and the way back to the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import actions, button, modal, section
from commands.views.mapping import TITLE
from commands.views.text import moment, name, person

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from commands.views.blocks import View

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A row for which ``by`` confirmed ``target`` after it was drawn for somebody who chose otherwise."""

    label: str
    target: str
    by: str
    at: datetime


def refused(problems: Sequence[str], metadata: str, late: Sequence[Overtaken] = ()) -> View:
    """Some choices no longer hold, or somebody else was faster (``late``): which, and back to the rows."""
    told = [*(_overtaken(one) for one in late), *(name(problem, 200) for problem in problems)]
    listed = "\n".join(f"• {one}" for one in told[:SHOWN])
    left = len(told) - SHOWN
    listed += f"\n• and {left} more" if left > 0 else ""
    return modal(
        Screen.NOTICE,
        TITLE,
        [
            section(f"*Nothing was confirmed.*\n{listed}"),
            actions(button("Choose Again", f"{Act.MAP_PAGE_}0")),
        ],
        metadata=metadata,
    )


def _overtaken(one: Overtaken) -> str:
    who, when = person(one.by), moment(one.at)
    return (
        f"{name(one.label, 80)}: {who} chose {name(one.target, 60)} {when}, after your page was drawn. "
        "That stays; choose again if it should be another."
    )
