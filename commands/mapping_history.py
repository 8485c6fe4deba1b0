"""See History on the mapping's screen: who chose what for each row, when, and what it was before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.drafting import company_now
from commands.views import mapping_history as views
from commands.zones import zone_of
from db import mappings
from qb.books import choice_of
from qb.mapping import row_of_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import tzinfo

    from commands.call import Call
    from db.mappings import PastChoice


def start(call: Call) -> None:
    """Open the history over the mapping."""
    firm_id, zone = call.asker.firm.id, zone_of(call.asker.firm.timezone)
    with call.context.database.read() as session:
        realm = company_now(session, firm_id)
        past = mappings.history(session, firm_id, realm)
        review = mappings.last_review(session, firm_id, realm)
    reviewed = [] if review is None else [(review.by, review.at.astimezone(zone).date())]
    call.ack()
    call.open(views.history(_rows(past, zone), reviewed))


def _rows(past: Iterable[PastChoice], zone: tzinfo) -> Sequence[views.RowHistory]:
    """Each row's changes, the row changed last first."""
    rows: dict[str, list[PastChoice]] = {}
    for one in past:
        rows.setdefault(choice_of(one.choice).row, []).append(one)
    newest = sorted(rows.items(), key=lambda found: found[1][-1].choice.confirmed_at, reverse=True)
    return [views.RowHistory(row_of_key(key).label, _changes(changes, zone)) for key, changes in newest]


def _changes(past: Sequence[PastChoice], zone: tzinfo) -> tuple[views.Change, ...]:
    names = ["", *(one.choice.target_name for one in past)]
    told = [
        views.Change(one.choice.confirmed_by, one.choice.confirmed_at.astimezone(zone).date(), before, after)
        for one, before, after in zip(past, names, names[1:], strict=False)
    ]
    return tuple(reversed(told))
