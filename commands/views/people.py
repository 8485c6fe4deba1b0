"""The page for people: who holds which role, and the form that changes one person's."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import (
    Message,
    actions,
    alert,
    button,
    checkboxes,
    context,
    field,
    modal,
    option,
    section,
    user_select,
)
from commands.views.text import count, person, some

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from commands.views.blocks import Block, View

TITLE = "People"
FORM_TITLE = "Roles"
PAGE = 10
SHOWN = 3
WHO_BLOCK = "who"
ROLES_BLOCK = "roles"
MEANS = {
    "admin": "Connects QuickBooks, changes settings, gives roles; may approve",
    "approver": "Approves what others ask to book, and confirms the mapping",
    "trusted": "Books without asking, where your firm's policy says so",
}
CAN = {
    "admin": "connect QuickBooks, change the settings, give roles and approve bookings",
    "approver": "approve what others ask to book, and confirm the mapping",
    "trusted": "book without asking, where your firm's policy says so",
}
HEADINGS = {"admin": "Admins", "approver": "Approvers", "trusted": "Trusted"}


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with roles; ``standing`` is ``member``, ``guest`` or ``absent``."""

    user_id: str
    roles: tuple[str, ...]
    standing: str = "member"


@dataclass(frozen=True, slots=True)
class PeopleScreen:
    """Everyone who holds a role; the page shown counts from 0; ``settings`` is the screen under it."""

    holders: tuple[Holder, ...]
    page: int = 0
    settings: str = ""

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-len(self.holders) // PAGE))


@dataclass(frozen=True, slots=True)
class Below:
    """What lies under the form: the list of people, and the settings under that; empty where nothing does."""

    people: str = ""
    settings: str = ""
    whom: str = ""  # whose roles the form is about; empty: the form asks

    @property
    def metadata(self) -> str:
        """As the form carries it."""
        return json.dumps({"p": self.people, "s": self.settings, "w": self.whom})


def below_of(metadata: str) -> Below:
    """What a form carries."""
    kept = json.loads(metadata)
    return Below(str(kept["p"]), str(kept["s"]), str(kept["w"]))


def summary(holders: Mapping[str, Sequence[str]]) -> str:
    """One line: who holds which role, by role."""
    return " · ".join(
        f"{heading}: {some([person(one) for one in holders.get(role, ())], SHOWN) or 'nobody'}"
        for role, heading in HEADINGS.items()
    )


def screen(shown: PeopleScreen) -> View:
    """The list, a row each; everyone else is staff."""
    start = shown.page * PAGE
    blocks: list[Block] = [
        section(
            "Everyone here may import, find contacts and ask for bookings. Beyond that, these people may:"
        )
    ]
    blocks.extend(_row(index, one) for index, one in enumerate(shown.holders[start : start + PAGE]))
    if not shown.holders:
        blocks.append(section("Nobody holds a role yet. Add an admin first."))
    controls = [button("Add a Person", Act.ADD_PERSON, primary=not shown.holders)]
    if shown.page > 0:
        controls.append(button("Previous Page", f"{Act.PEOPLE_PAGE_}{shown.page - 1}"))
    if shown.page < shown.pages - 1:
        controls.append(button("Next Page", f"{Act.PEOPLE_PAGE_}{shown.page + 1}"))
    blocks.append(actions(*controls))
    page = f"Page {shown.page + 1} of {shown.pages} · " if shown.pages > 1 else ""
    blocks.append(context(f"{page}{count(len(shown.holders), 'person', 'people')} with roles"))
    return modal(Screen.PEOPLE, TITLE, blocks, close="Back", metadata=shown.settings)


def form(whom: Holder | None, below: Below, waits: str = "") -> View:
    """One person's roles, ticked as they hold them; without ``whom`` it asks who it is.

    ``waits`` is what waits with them and where it goes, as markup.
    """
    choices = [option(role.capitalize(), role, means) for role, means in MEANS.items()]
    blocks: list[Block] = []
    if whom is None:
        hint = "An outside bookkeeper may be a guest: then they can approve, and nothing else."
        blocks.append(field("Person", user_select(Act.PERSON, "Choose a person"), WHO_BLOCK, hint=hint))
    else:
        blocks.append(section(f"*{person(whom.user_id)}*{_standing(whom)}"))
    if waits:
        blocks.append(section(waits))
    ticked = () if whom is None else whom.roles
    boxes = checkboxes(Act.PERSON_ROLES, choices, ticked)
    blocks.append(field("May", boxes, ROLES_BLOCK, hint="Without a tick they are staff.", optional=True))
    return modal(
        Screen.PERSON, FORM_TITLE, blocks, submit="Save Roles", close="Cancel", metadata=below.metadata
    )


def saved(user_id: str, roles: Sequence[str], went: str = "", *, changed: bool) -> View:
    """After Save Roles; ``went`` is what became of what waited with them, as markup."""
    told = f"{person(user_id)} is {listed(roles)} now."
    if not changed:
        told = f"Nothing was changed: {person(user_id)} is {listed(roles)}."
    blocks = [alert(told, "success"), *([section(went)] if went else [])]
    return modal(Screen.NOTICE, FORM_TITLE, blocks, close="Done")


def told(roles: Sequence[str], by: str) -> Message:
    """What the person hears: who changed it, and what they can do now."""
    what = f"{person(by)} changed your role in CaseLedger: you are {listed(roles)} now."
    can = "; ".join(CAN[role] for role in roles)
    after = f" You can {can}." if can else " You can import, find contacts and ask for bookings."
    return Message(what + after, (section(what + after),))


def listed(roles: Sequence[str]) -> str:
    """``admin and approver``; without any, staff."""
    if not roles:
        return "staff"
    return " and ".join(filter(None, (", ".join(roles[:-1]), roles[-1])))


def _row(index: int, one: Holder) -> Block:
    change = button("Change Roles", f"{Act.CHANGE_PERSON_}{index}", value=one.user_id)
    return section(f"*{person(one.user_id)}*{_standing(one)}\n{listed(one.roles).capitalize()}", change)


def _standing(one: Holder) -> str:
    if one.standing == "absent":
        return " · _absent: deactivated, or not of this workspace any more_"
    return " · _guest: can approve, and nothing else_" if one.standing == "guest" else ""
