"""The whole workspace in one place: its state, the lock around it and the news of its changes."""

from __future__ import annotations

import copy
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.demo.playground.controls import Values, all_controls
from bot.demo.playground.conversations import Conversations, Message
from bot.demo.playground.numbering import Numbering
from bot.demo.playground.shelf import Shelf
from bot.demo.playground.tickets import Tickets
from bot.demo.playground.views import Views

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.demo.playground.manifest import Manifest
    from bot.demo.playground.roster import Roster
    from bot.demo.playground.wire import Json

SLACKBOT = "USLACKBOT"


class Workspace:
    """State shared by the Web API and the browser; `base_url` is set once the server listens."""

    def __init__(
        self, roster: Roster, manifest: Manifest, samples: Path | None, clock: Callable[[], float]
    ) -> None:
        self.roster = roster
        self.manifest = manifest
        self.numbering = Numbering(clock)
        self.conversations = Conversations()
        self.views = Views(self.numbering)
        self.tickets = Tickets(self.numbering)
        self.shelf = Shelf(self.numbering, samples)
        self.answers: dict[tuple[str, str], Values] = {}
        self.base_url = ""
        self.version = 1
        self._changes = threading.Condition(threading.RLock())
        self._stopped = False

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Change something: alone, and told to everybody who waits, also when it was refused halfway."""
        with self._changes:
            try:
                yield
            finally:
                self.version += 1
                self._changes.notify_all()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read several things that belong together."""
        with self._changes:
            yield

    def wait_for_change(self, since: int, seconds: float) -> None:
        """Return when something changed after version `since`, the time is up or the workspace stops."""
        with self._changes:
            self._changes.wait_for(lambda: self.version > since or self._stopped, seconds)

    def stop_waiting(self) -> None:
        """Let go of everybody who waits for a change."""
        with self._changes:
            self._stopped = True
            self._changes.notify_all()

    def named(self, blocks: list[Json]) -> list[Json]:
        """A copy of the blocks in which each has its id and each control its own, as Slack adds them."""
        copied = copy.deepcopy(blocks)
        for block in copied:
            block.setdefault("block_id", self.numbering.id("b"))
        for block, control in all_controls(copied):
            block.setdefault("block_id", self.numbering.id("b"))
            control.setdefault("action_id", self.numbering.id("a"))
        return copied

    def give(self, person_id: str, surface: str, names: tuple[str, str], answer: Json) -> None:
        """Keep what a person put into a control of a view or message; `names` are its block's and its own."""
        block_id, action_id = names
        self.answers.setdefault((person_id, surface), {}).setdefault(block_id, {})[action_id] = answer

    def given(self, person_id: str, surface: str) -> Values:
        """What a person put into the controls of a view or message so far."""
        return self.answers.get((person_id, surface), {})

    def tell(self, person_id: str, channel: str, text: str) -> None:
        """Slackbot's word to one person, where they are."""
        note = Message(channel, self.numbering.ts(), SLACKBOT, text, only_for=person_id, from_slack=True)
        self.conversations.put(note)
