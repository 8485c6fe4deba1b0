"""What a person chose on the mapping's screen, kept apart from what merely stood there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from commands.ids import Act
from commands.views.mapping_row import RowState
from db import mappings
from qb.books import choice_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.views.mapping_row import MappingRow
    from db.drafts import Draft

    Held = Mapping[str, mappings.Choice]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A draft without what others settled meanwhile, and the rows where they chose otherwise than it does."""

    draft: Draft
    overtaken: tuple[str, ...]


def with_changes(draft: Draft, **changes: Any) -> Draft:  # noqa: ANN401 - the draft's content is JSON
    """The draft with these parts of its content changed."""
    return replace(draft, content={**draft.content, **changes})


def held_now(session: Session, draft: Draft) -> Held:
    """The choices that hold in the draft's company, by row."""
    kept = mappings.current(session, draft.firm_id, str(draft.content["realm"]))
    return {choice_of(one).row: one for one in kept}


def drawn(draft: Draft, rows: Iterable[MappingRow], held: Held) -> Draft:
    """The draft with how these rows stood when they were first drawn.

    Drawn again, a row keeps that: Slack keeps in a select what stood there before.
    """
    first = {
        row.id: {
            "held": _target(held, row.id),
            "shown": row.chosen.id if row.chosen else "",
            "settled": row.state is RowState.CONFIRMED,
        }
        for row in rows
    }
    return with_changes(draft, drawn={**first, **_drawn(draft)})


def merged(call: Call, draft: Draft) -> Draft:
    """The draft with what was chosen on the screen, and what was suggested there for a row that is open.

    Slack sends what stands in every select: a confirmed choice that nobody touched isn't chosen anew.
    """
    was, touched = _drawn(draft), {*draft.content.get("touched", ())}
    if call.body.get("actions") and call.action["action_id"] == Act.MAP_CHOOSE:
        touched.add(str(call.action["block_id"]))
    picked = dict(draft.content["chosen"])
    for row, target in _in_selects(call):
        if row in was and target != was[row]["shown"]:
            touched.add(row)
        if row in touched or (row in was and not was[row]["settled"]):
            picked[row] = target
    return with_changes(draft, chosen=picked, touched=sorted(touched))


def weighed(draft: Draft, held: Held) -> Weighed:
    """What of the draft may be written, by what holds now.

    Where another choice was confirmed since a row was drawn, that stays: a row that was left as it stood is
    left out, and one that was changed here must be refused and drawn anew.
    """
    was, touched, chosen = _drawn(draft), draft.content.get("touched", ()), draft.content["chosen"]
    late = {row for row in chosen if row in was and was[row]["held"] != _target(held, row)}
    refused = {row for row in late if row in touched and chosen[row] != _target(held, row)}
    kept = {row: target for row, target in chosen.items() if row not in late - refused}
    return Weighed(with_changes(draft, chosen=kept), tuple(row for row in chosen if row in refused))


def drawn_anew(draft: Draft, rows: Iterable[str]) -> Draft:
    """The draft with these rows as if nobody had chosen them; for a screen that shows none of them."""
    gone = set(rows)
    return with_changes(
        draft,
        chosen={row: target for row, target in draft.content["chosen"].items() if row not in gone},
        touched=[row for row in draft.content.get("touched", ()) if row not in gone],
        drawn={row: how for row, how in _drawn(draft).items() if row not in gone},
    )


def _drawn(draft: Draft) -> Mapping[str, Any]:
    found: Mapping[str, Any] = draft.content.get("drawn", {})
    return found


def _target(held: Held, row: str) -> str:
    return held[row].target_id if row in held else ""


def _in_selects(call: Call) -> Iterator[tuple[str, str]]:
    for row, controls in call.view.get("state", {}).get("values", {}).items():
        option = (controls.get(Act.MAP_CHOOSE) or {}).get("selected_option")
        if option:
            yield row, str(option["value"])
