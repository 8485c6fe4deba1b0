"""What is coming, a line each with its remedy and its button, at the end of a message or screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.ids import Command
from commands.views.blocks import context, section
from commands.views.notices import mend_control
from commands.views.text import count, name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.views.blocks import Block
    from qb.omens import Omen

SHOWN = 4
LINE = 500


def omen_blocks(omens: Sequence[Omen], shown: int = SHOWN) -> list[Block]:
    """The first few, each with the button that leads to its remedy; the others in the digest's list."""
    blocks = [
        section(f"*Before it holds you up:* {line(one)}", mend_control(one.mend)) for one in omens[:shown]
    ]
    if len(omens) > shown:
        blocks.append(context(f"{_more(omens, shown)} `{Command.DIGEST}` lists them."))
    return blocks


def omen_words(omens: Sequence[Omen], shown: int = SHOWN) -> list[str]:
    """The same without blocks."""
    lines = [f"Before it holds you up: {line(one)}" for one in omens[:shown]]
    return [*lines, f"{_more(omens, shown)} {Command.DIGEST} lists them."] if len(omens) > shown else lines


def line(omen: Omen) -> str:
    """What is so, what to do, who can; names escaped."""
    return name(omen.line, LINE)


def _more(omens: Sequence[Omen], shown: int) -> str:
    return f"{count(len(omens) - shown, 'more thing')} to see to."
