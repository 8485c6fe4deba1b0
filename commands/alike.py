"""Invoices that look as if they were in QuickBooks already: an approver or admin says what they are."""

from __future__ import annotations

import json
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from commands.drafting import draft_of, same_company
from commands.ids import Act, Screen, Task
from commands.views import alike as views
from commands.views.notices import loading
from db.said import Said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session

    from commands.call import Call


def start(call: Call) -> None:
    """Compare: the screen opens at once, the worker fills it; from an invoice with that one alone."""
    call.ack()
    again = call.view.get("callback_id") == Screen.ALIKE
    view_id = str(call.view["id"]) if again else call.open(loading(views.TITLE, "Looking what looks alike…"))
    with call.context.database.write() as session:
        call.later(session, Task.ALIKE, {"view": view_id, "about": json.loads(call.value or "[]")})


def _answered(session: Session, call: Call, said: Said) -> None:
    """A press: left to the worker with what its screen showed, in one commit.

    Whether that is still so takes all that is known of others' documents: seconds where a firm has many, and
    Slack waits for three. The answer counts from the press on, once, whenever it is worked off.
    """
    draft, pressed = draft_of(session, call), json.loads(call.value)
    same_company(session, draft)
    content = {
        "view": str(call.view["id"]),
        "realm": draft.content["realm"],
        "about": draft.content.get("about", []),
        "invoice": draft.content["invoices"][pressed["i"]],
        "documents": pressed["d"],
        "drawn": draft.content.get("answered", {}).get(pressed["i"], ""),
        "said": said,
        "at": call.context.clock().isoformat(),
    }
    call.later(session, Task.ALIKE_SAID, content, call.once(Task.ALIKE_SAID))


DECISIONS: Mapping[Act, Callable[[Session, Call], None]] = MappingProxyType(
    {
        Act.LINK_IT: partial(_answered, said=Said.LINK),
        Act.ITS_ANOTHER: partial(_answered, said=Said.ANOTHER),
        Act.HOLD_IT: partial(_answered, said=Said.HOLD),
        Act.UNDO_ANSWER: partial(_answered, said=Said.NOTHING),
    }
)
