"""What every question about the exports has in common: who is asked, and what an answer sets in motion."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from commands import errands
from commands.colleagues import favour_to
from commands.favour import Wish
from commands.ids import Task
from db import columns_taught, matters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from commands.access import Asker
    from commands.call import Call
    from commands.favour import Favour
    from commands.views.blocks import View


def open_over(call: Call, view: View, drawn: Mapping[str, Any]) -> None:
    """Push it; at Slack's deepest level the worker draws it on the screen that is there."""
    if call.open(view) == call.view.get("id"):
        with call.context.database.write() as session:
            call.later(session, Task.COLUMNS, {"view": call.view["id"], **drawn})


def asked_of(session: Session, asker: Asker, columns: Sequence[str], others: Sequence[str]) -> Favour | None:
    """Whom somebody who may not answer can ask about these; None where there is nothing, or nobody.

    ``columns`` are subjects of columns, ``others`` of other questions.
    """
    rows = (*columns, *others)
    if not rows:
        return None
    thing = f"{len(rows)} columns" if not others else f"{len(rows)} questions"
    if len(rows) == 1:
        thing = "1 question" if others else f"“{_header(session, asker.firm.id, rows[0])}”"
    return favour_to(session, asker, Wish.COLUMNS, thing=thing, rows=rows)


def answered(session: Session, call: Call) -> int:
    """After an answer: others' wishes are settled, the list below is drawn anew; how many still wait."""
    firm_id = call.asker.firm.id
    waiting = set(waiting_subjects(session, firm_id))

    def is_done(wanted: Favour) -> bool:
        return not waiting & set(wanted.rows or waiting)

    errands.settle(session, call.context, firm_id, Wish.COLUMNS, by=call.asker.user_id, is_done=is_done)
    below = carried(call)["below"]
    if below:
        call.later(session, Task.COLUMNS, {"view": below, "page": 0})
    return len(waiting)


def waiting_subjects(session: Session, firm_id: str) -> tuple[str, ...]:
    """Everything that waits for an answer, by its subject."""
    return (
        *(one.column.subject for one in columns_taught.all_columns(session, firm_id) if one.is_open),
        *(one.subject for one in matters.all_matters(session, firm_id) if one.is_open),
    )


def carried(call: Call) -> dict[str, str]:
    """What the screen of a question carries: its subject, and the list below it."""
    found: dict[str, str] = json.loads(call.draft_id)
    return found


def refuse(call: Call, block: str, why: str) -> None:
    """Mark a control with what is wrong with it."""
    call.ack(response_action="errors", errors={block: why})


def _header(session: Session, firm_id: str, subject: str) -> str:
    found = (one.column for one in columns_taught.all_columns(session, firm_id))
    return next((one.header for one in found if one.subject == subject), "1 column")
