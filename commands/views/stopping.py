"""What is said about a sync that was stopped, and one that goes on."""

from __future__ import annotations

from commands.views.text import count, verb

NOTHING_TO_STOP = (
    "Nothing more was left to stop: everything of it is stopped already, booked, or being booked right now. "
    "Its message shows how it ends."
)


def what_follows(ordered: int, changed: int) -> str:
    """What Resume brought about."""
    if not ordered and not changed:
        return "Nothing is left to go on with here: it is booked, or another sync books it."
    lines = []
    if ordered:
        goes = verb(ordered, "goes", "go")
        lines.append(f"{count(ordered, 'invoice')} {goes} on; the message shows how far it is.")
    if changed:
        lines.append(
            f"{count(changed, 'invoice')} would be booked otherwise by now, or not at all. "
            "A new preview follows; nothing of it is booked until it is approved there."
        )
    return " ".join(lines)
