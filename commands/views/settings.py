"""The list of what a firm can choose: a section a page, with what holds now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.ids import Screen
from commands.views.blocks import button, context, modal, section
from commands.views.text import people

if TYPE_CHECKING:
    from commands.ids import Act
    from commands.views.blocks import Block, View

TITLE = "Settings"


@dataclass(frozen=True, slots=True)
class Section:
    """One page: its title, what its button sends (None: this person may only look), what holds now."""

    title: str
    act: Act | None
    summary: str


@dataclass(frozen=True, slots=True)
class SettingsScreen:
    """Every page, and who is an admin."""

    sections: tuple[Section, ...]
    admins: tuple[str, ...]


def screen(shown: SettingsScreen) -> View:
    """The list; whoever may change nothing learns who can."""
    blocks = [_section(one) for one in shown.sections]
    if not any(one.act for one in shown.sections):
        blocks.append(context(_who_can(shown.admins)))
    return modal(Screen.SETTINGS, TITLE, blocks, close="Done")


def _section(one: Section) -> Block:
    change = None if one.act is None else button("Change", one.act)
    if change is not None:
        change["accessibility_label"] = f"Change {one.title}"
    return section(f"*{one.title}*\n{one.summary}", change)


def _who_can(admins: tuple[str, ...]) -> str:
    if not admins:
        return "You can look. No admin is named; a workspace owner can name one on the People page."
    return f"You can look; only an admin can change these. Please ask {people(admins)}."
