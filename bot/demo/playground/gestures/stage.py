"""Where gestures happen: the workspace, the courier to the app, and what comes of a gesture."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from bot.demo.playground.controls import Values, state_values
from bot.demo.playground.payloads import view_json
from bot.demo.playground.refusal import SlackError
from bot.demo.playground.shelf import file_json
from bot.demo.playground.views import View

if TYPE_CHECKING:
    from bot.demo.playground.conversations import Message
    from bot.demo.playground.courier import Courier, Delivery
    from bot.demo.playground.roster import AppIdentity, Person
    from bot.demo.playground.wire import Json
    from bot.demo.playground.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a gesture: whether the app took it, and what the person is told."""

    ok: bool = True
    notice: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    options: list[Json] = field(default_factory=list)
    delivery: int = 0
    status: int = 0
    seconds: float = 0.0

    def json(self) -> Json:
        """The outcome for the browser."""
        return asdict(self)


def outcome(delivery: Delivery, notice: str = "", **parts: object) -> Outcome:
    """The outcome of one delivered request."""
    shown: Json = {
        "ok": delivery.accepted and not notice,
        "notice": notice,
        "delivery": delivery.id,
        "status": delivery.status or 0,
        "seconds": delivery.seconds,
    }
    return Outcome(**{**shown, **parts})


@dataclass(frozen=True, slots=True)
class Stage:
    """What every gesture needs."""

    workspace: Workspace
    courier: Courier

    @property
    def app(self) -> AppIdentity:
        """The app under test."""
        return self.workspace.roster.app

    def interact(self, payload: Json) -> Delivery:
        """Send an interactive payload; `interactivity_disabled` where the manifest has none."""
        if not self.workspace.manifest.interactive:
            raise SlackError("interactivity_disabled")
        return self.courier.send_interaction(payload)

    def person(self, person_id: str) -> Person:
        """Who makes the gesture; `account_inactive` for whoever can't sign in any more."""
        person = self.workspace.roster.person(person_id)
        if person.deactivated:
            raise SlackError("account_inactive")
        return person

    def own_view(self, person: Person, view_id: str) -> View:
        """An open view of this person; `not_found` where it is closed or somebody else's."""
        view = self.workspace.views.find(view_id)
        if view.person_id != person.id:
            raise SlackError("not_found")
        return view

    def must_reach(self, person: Person, channel: str) -> None:
        """`channel_not_found` where this person isn't in the conversation."""
        if channel not in self.workspace.roster.reaches(person):
            raise SlackError("channel_not_found")

    def place(self, channel_id: str) -> Json:
        """A conversation as payloads name it."""
        return {"id": channel_id, "name": self.workspace.roster.channel_label(channel_id)}

    def response_url(self, person_id: str, channel: str, message_ts: str | None = None) -> str:
        """A new response URL."""
        token = self.workspace.tickets.response_url(person_id, channel, message_ts)
        return f"{self.workspace.base_url}/response/{token}"

    def file(self, file_id: str) -> Json:
        """An uploaded file as payloads show it."""
        return file_json(self.workspace.shelf.find(file_id), self.workspace.base_url)

    def values(self, person: Person, surface: View | Message) -> Values:
        """What the controls of a view or message hold for this person."""
        return state_values(surface.blocks, self.workspace.given(person.id, surface_name(surface)))

    def view(self, view: View) -> Json:
        """A view as apps see it, with what its person put in."""
        return view_json(view, self.app, self.values(self.workspace.roster.person(view.person_id), view))


def surface_name(surface: View | Message) -> str:
    """The name under which a person's answers on a surface are kept."""
    return surface.id if isinstance(surface, View) else f"{surface.channel}:{surface.ts}"
