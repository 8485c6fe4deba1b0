"""The mapping was closed with choices that nobody confirmed: who closed it hears so, and can go on."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING

from commands.books import books_of
from commands.drafting import draft_of, same_company
from commands.errors import RefusedError
from commands.ids import Task
from commands.mapping_screen import unconfirmed
from commands.views.notices import mapping_button
from commands.views.text import name, some
from commands.words import screens

if TYPE_CHECKING:
    from commands.call import Call

SHOWN = 3


def closed(call: Call) -> None:
    """The X, or Close: what was chosen counts for nothing, and that is said once, with the way back to it."""
    call.ack()
    left = _left(call)
    if not left:
        return
    rows = some([name(label, 80) for label in left], SHOWN)
    told = asdict(screens.MAPPING_CLOSED.said(rows=rows))
    content = {"refusal": told, "controls": [mapping_button("Go On", call.draft_id)]}
    key = f"{Task.NOTICE}:closed:{call.view['id']}:{call.view.get('hash', '')}"
    with call.context.database.write() as session:
        call.later(session, Task.NOTICE, content, key)


def _left(call: Call) -> tuple[str, ...]:
    """What wasn't confirmed; nothing where the screen is too old, or of another company."""
    with suppress(RefusedError), call.context.database.read() as session:
        draft = draft_of(session, call)
        same_company(session, draft)
        return unconfirmed(books_of(session, call.asker.firm.id), draft)
    return ()
