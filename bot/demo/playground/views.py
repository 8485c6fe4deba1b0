"""The modals and Home tabs people have open: stacks, hashes and the rules around them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.demo.playground.refusal import SlackError

if TYPE_CHECKING:
    from bot.demo.playground.numbering import Numbering
    from bot.demo.playground.wire import Json

STACK_DEPTH = 3


@dataclass(frozen=True, slots=True)
class View:
    """One modal or Home tab as it is shown; `versions` counts what it showed before.

    `opened_from` is the conversation its person was looking at.
    """

    id: str
    person_id: str
    content: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    versions: int = 0
    opened_from: str = ""

    @property
    def external_id(self) -> str:
        """The name the app gave it, unique in the workspace."""
        return str(self.content.get("external_id") or "")

    @property
    def blocks(self) -> list[Json]:
        """What it shows."""
        blocks: list[Json] = self.content["blocks"]
        return blocks


class Views:
    """Everybody's open modals, top one last, and everybody's Home."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._stacks: dict[str, tuple[View, ...]] = {}
        self._homes: dict[str, View] = {}

    def stack(self, person_id: str) -> tuple[View, ...]:
        """The person's modals, the visible one last."""
        return self._stacks.get(person_id, ())

    def home(self, person_id: str) -> View | None:
        """The person's Home tab, once it was published."""
        return self._homes.get(person_id)

    def open(self, person_id: str, content: Json, opened_from: str = "") -> View:
        """Show a modal, in place of whatever modals were open."""
        self._check_external_id(content, None)
        view = replace(self._new(person_id, content), opened_from=opened_from)
        self._stacks[person_id] = (view,)
        return view

    def push(self, person_id: str, content: Json) -> View:
        """Show a modal on top of the others; `push_limit_reached` on the fourth."""
        stack = self.stack(person_id)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= STACK_DEPTH:
            raise SlackError("push_limit_reached")
        self._check_external_id(content, None)
        fresh = self._new(person_id, content)
        view = replace(
            fresh, root_id=stack[0].id, previous_id=stack[-1].id, opened_from=stack[-1].opened_from
        )
        self._stacks[person_id] = (*stack, view)
        return view

    def publish(self, person_id: str, content: Json, hash_given: str | None) -> View:
        """Show a Home tab; `hash_conflict` where it changed since the app looked."""
        shown = self._homes.get(person_id)
        if shown is None:
            self._check_external_id(content, None)
            view = self._new(person_id, content)
        else:
            view = self._changed(shown, content, hash_given)
        self._homes[person_id] = view
        return view

    def update(self, view: View, content: Json, hash_given: str | None = None) -> View:
        """Change an open view in place; `hash_conflict` where it changed since the app looked."""
        changed = self._changed(view, content, hash_given)
        home = self.home(view.person_id)
        if home is not None and home.id == view.id:
            self._homes[view.person_id] = changed
        else:
            stack = self.stack(view.person_id)
            self._stacks[view.person_id] = tuple(changed if each.id == view.id else each for each in stack)
        return changed

    def find(self, view_id: str = "", external_id: str = "") -> View:
        """The open view of this id or this name of the app's; `not_found` after it was closed."""
        for view in self._all():
            if (view_id and view.id == view_id) or (external_id and view.external_id == external_id):
                return view
        raise SlackError("not_found")

    def pop(self, view: View) -> None:
        """Close one modal and whatever lies on top of it."""
        stack = self.stack(view.person_id)
        kept = [each.id for each in stack].index(view.id)
        self._stacks[view.person_id] = stack[:kept]

    def clear(self, person_id: str) -> None:
        """Close all of a person's modals."""
        self._stacks[person_id] = ()

    def _all(self) -> list[View]:
        open_ones = [view for stack in self._stacks.values() for view in stack]
        return [*open_ones, *self._homes.values()]

    def _new(self, person_id: str, content: Json) -> View:
        view_id = self._numbering.id("V")
        return View(view_id, person_id, content, self._numbering.hash(), root_id=view_id)

    def _changed(self, view: View, content: Json, hash_given: str | None) -> View:
        if hash_given and hash_given != view.hash:
            raise SlackError("hash_conflict")
        self._check_external_id(content, view.id)
        new_hash = self._numbering.hash()
        return replace(view, content=content, hash=new_hash, versions=view.versions + 1)

    def _check_external_id(self, content: Json, own_id: str | None) -> None:
        name = content.get("external_id")
        if name and any(each.external_id == name and each.id != own_id for each in self._all()):
            raise SlackError("duplicate_external_id")
