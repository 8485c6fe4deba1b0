"""Confirm Mapping: what was looked at becomes the firm's choices, page by page, until all is reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import errands
from commands.access import must_confirm
from commands.books import books_of
from commands.drafting import draft_of, same_company
from commands.errors import RefusedError
from commands.favour import Wish
from commands.ids import Task
from commands.mapping import UNSEEN
from commands.mapping_draft import drawn_anew, held_now, merged, weighed, with_changes
from commands.mapping_screen import target_of
from commands.views import mapping as views
from commands.views.mapping_refused import Overtaken, refused
from commands.words import screens
from db import audit, drafts, mappings
from qb.mapping import BY_CLIENT, Fund, Kind, row_of_key
from qb.mapping import row as row_of
from qb.needed import rows_open
from qb.usable import rests_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from commands.books import Books
    from commands.call import Call
    from commands.favour import Favour
    from commands.views.blocks import View
    from db.drafts import Draft
    from qb.mapping import Mapping as Confirmed
    from qb.mapping import Row


def confirmed(call: Call) -> None:
    """Confirm Mapping: the rows looked at become the firm's choices, or nothing changes and it says why.

    The same submission, delivered again, gets the same answer.
    """
    with call.context.database.write() as session:
        must_confirm(session, call.asker)
        audit.hold(session, call.asker.firm.id)  # one after the other, so that a repeat finds the first
        draft = draft_of(session, call)
        if draft.content.get("answered") != call.once(Task.MAPPING):
            same_company(session, draft)
            found = weighed(merged(call, draft), held := held_now(session, draft))
            draft, books = found.draft, books_of(session, call.asker.firm.id)
            problems, late = _problems(draft, books), [_overtaken(held[row]) for row in found.overtaken]
            if problems or late:
                draft = with_changes(drawn_anew(draft, found.overtaken), show=next(iter(found.overtaken), ""))
                drafts.keep(session, draft, call.context.clock())
                call.ack(response_action="update", view=refused(problems, draft.id, late))
                return
            draft = _confirmed(session, call, draft, books)
            drafts.keep(session, draft, call.context.clock())
    call.ack(response_action="update", view=_answer(draft))


def _confirmed(session: Session, call: Call, draft: Draft, books: Books) -> Draft:
    """The draft after its page was confirmed: on the next page, or at the end."""
    here = _confirm(session, call, draft, books)
    in_all = int(draft.content.get("in_all", 0)) + here
    needed = [row_of_key(key) for key in draft.content["rows"]]
    mapped = books_of(session, call.asker.firm.id).mapping
    still_open = rows_open(needed, mapped, books.directory)

    def is_done(wanted: Favour) -> bool:
        rows = [row_of_key(key) for key in wanted.rows] or needed
        return not rows_open(rows, mapped, books.directory)

    errands.settle(session, call.context, draft.firm_id, Wish.MAP, by=call.asker.user_id, is_done=is_done)
    unseen = any(row.key not in draft.content["seen"] for row in needed)
    going_on = unseen or _asks_more(draft, books, mapped)
    if not going_on and not still_open:
        firm_id, by, now = call.asker.firm.id, call.asker.user_id, call.context.clock()
        realm = books.connection.realm_id
        mappings.reviewed(session, firm_id, realm, by=by, now=now, rows=len(needed))
    if going_on:
        call.later(session, Task.MAPPING, {"view": call.view["id"], "draft": draft.id})
    elif draft.content["below"]:
        call.later(session, Task.SYNC_FILL, draft.content["below"])
    return with_changes(
        drawn_anew(draft, draft.content["seen"]),
        show=UNSEEN if going_on else "",
        answered=call.once(Task.MAPPING),
        count=here if going_on else in_all,
        in_all=in_all,
        still_open=None if going_on else [row.label for row in still_open],
    )


def _answer(draft: Draft) -> View:
    count, still_open = draft.content["count"], draft.content["still_open"]
    return views.going_on_view(count) if still_open is None else views.confirmed_view(count, still_open)


def _overtaken(held: mappings.Choice) -> Overtaken:
    needed = row_of(Kind(held.kind), held.source, Fund(held.fund))
    return Overtaken(needed.label, held.target_name, held.confirmed_by, held.confirmed_at)


def _looked_at(draft: Draft) -> Sequence[tuple[Row, str]]:
    """Rows that were on the screen, with what stood in them; rows nobody saw are not confirmed."""
    picked: Mapping[str, str] = draft.content["chosen"]
    return [(row_of_key(key), picked[key]) for key in draft.content["seen"] if key in picked]


def _problems(draft: Draft, books: Books) -> list[str]:
    return [
        f"{row.label}: what you chose can no longer be used. Please choose again."
        for row, target_id in _looked_at(draft)
        if target_of(row, target_id, books) is None
    ]


def _asks_more(draft: Draft, books: Books, mapped: Confirmed) -> bool:
    """Whether what was just confirmed calls for rows that weren't there: a client's province, its code."""
    rows = [row for row, _ in _looked_at(draft) if row.kind in {Kind.TAX, Kind.PLACE}]
    return any(
        books.mapping.choice(row.kind, row.source) != (choice := mapped.choice(row.kind, row.source))
        and choice is not None
        and (choice.target_id == BY_CLIENT or row.kind is Kind.PLACE)
        for row in rows
    )


def _confirm(session: Session, call: Call, draft: Draft, books: Books) -> int:
    """How many rows were changed or confirmed for the first time."""
    changed = 0
    for row, target_id in _looked_at(draft):
        target = target_of(row, target_id, books)
        if target is None:
            raise RefusedError(screens.SCREEN_OVERTAKEN.said())
        choice = mappings.Choice(
            kind=Kind(row.kind),
            source=row.source,
            target_id=target.id,
            target_name=target.name,
            confirmed_by=call.asker.user_id,
            confirmed_at=call.context.clock(),
            fund=row.fund,
            rests_on=dict(rests_on(row.kind, target.id, books.directory)),
        )
        changed += mappings.confirm(session, call.asker.firm.id, books.connection.realm_id, choice)
    return changed
