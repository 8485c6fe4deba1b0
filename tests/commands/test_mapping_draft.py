"""Of an old page only what a person chose is written, and nothing over what others settled meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from commands.mapping_draft import drawn_anew, weighed
from db.drafts import Draft
from db.mappings import Choice

ROW = "deposit:CAD"


def draft(chosen: str, touched: tuple[str, ...], held: str) -> Draft:
    """One row, drawn while ``held`` was confirmed for it."""
    how = {"held": held, "shown": held or "35", "settled": bool(held)}
    content: dict[str, Any] = {"chosen": {ROW: chosen}, "touched": list(touched), "drawn": {ROW: how}}
    return Draft("d", "firm-1", "U0ALICE", "mapping", content)


def holds(target: str) -> dict[str, Choice]:
    """What Ben confirmed."""
    return {ROW: Choice("deposit", "CAD", target, "Any", "U0BEN", datetime(2026, 5, 4, 12, tzinfo=UTC))}


@pytest.mark.parametrize(
    ("chosen", "touched", "held", "now", "written", "refused"),
    [
        ("36", (ROW,), "35", "35", {ROW: "36"}, ()),  # nobody else changed it
        ("36", (ROW,), "35", "40", {ROW: "36"}, (ROW,)),  # both did, otherwise
        ("40", (ROW,), "35", "40", {}, ()),  # both did, the same
        ("35", (), "", "40", {}, ()),  # our suggestion, left as it stood; somebody chose meanwhile
        ("36", (ROW,), "", "40", {ROW: "36"}, (ROW,)),
    ],
)
def test_what_others_settled_meanwhile_stays(
    chosen: str,
    touched: tuple[str, ...],
    held: str,
    now: str,
    written: dict[str, str],
    refused: tuple[str, ...],
) -> None:
    """Whoever was second is refused where both chose, and overruled nowhere in silence."""
    found = weighed(draft(chosen, touched, held), holds(now))
    assert (written, refused) == (found.draft.content["chosen"], found.overtaken)


def test_a_row_drawn_anew_was_never_seen() -> None:
    """Its choice, its touch and how it stood are gone together."""
    content = drawn_anew(draft("36", (ROW,), "35"), [ROW]).content
    assert ({}, [], {}) == (content["chosen"], content["touched"], content["drawn"])
