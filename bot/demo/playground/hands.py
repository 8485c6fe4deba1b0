"""Hands for tests: what a person does in the browser, as typed calls that wait for the app's word."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import requests

from bot.demo.playground.controls import all_controls, options_of
from bot.demo.playground.gestures.stage import Outcome
from bot.demo.playground.seen import Seen, SeenMessage, SeenView, names_of, seen_message, seen_view

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.demo.playground.wire import Json

Found = TypeVar("Found")
WAIT_SECONDS = 5.0
LOOK_AGAIN_SECONDS = 0.02
CALL_SECONDS = 30.0
OWN_HEADER = {"X-Playground": "hands"}


class NotSeenError(AssertionError):
    """What a test reached for is not on the screen."""


def wait_for(look: Callable[[], Found | None], seconds: float = WAIT_SECONDS) -> Found:
    """Look until there is something to see, and return it; `NotSeenError` after `seconds`."""
    until = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > until:
            raise NotSeenError(f"nothing within {seconds} s")
        time.sleep(LOOK_AGAIN_SECONDS)
    return found


class Hands:
    """The playground at `url`, to be used by several people."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    def as_(self, person_id: str) -> PersonsHands:
        """The hands of one person."""
        return PersonsHands(self, person_id)

    def deliveries(self) -> list[Json]:
        """Every request that was sent to the app, oldest first."""
        found: list[Json] = self.get("deliveries")
        return found

    def redeliver(self, delivery: int) -> int:
        """Send a past request again, freshly signed; returns the HTTP status."""
        return int(self.post("redeliver", {"id": delivery})["status"] or 0)

    def switch(self, **switches: object) -> None:
        """Set `twice`, `rate_limits`, `ack_seconds` or `retry_seconds`."""
        self.post("switches", dict(switches))

    def get(self, path: str, **query: str) -> Any:  # noqa: ANN401 (JSON of any shape)
        """One GET of the browser's API."""
        answer = requests.get(f"{self._url}/ui/{path}", params=query, timeout=CALL_SECONDS)
        return _checked(answer)

    def post(self, path: str, body: Json) -> Json:
        """One POST of the browser's API."""
        url = f"{self._url}/ui/{path}"
        found: Json = _checked(requests.post(url, json=body, headers=OWN_HEADER, timeout=CALL_SECONDS))
        return found

    def upload(self, person_id: str, name: str, content: bytes) -> Json:
        """Upload a file in a person's name; returns Slack's file object."""
        answer = requests.post(
            f"{self._url}/ui/upload",
            params={"as": person_id, "name": name},
            data=content,
            headers=OWN_HEADER,
            timeout=CALL_SECONDS,
        )
        found: Json = _checked(answer)["file"]
        return found


def _checked(answer: requests.Response) -> Any:  # noqa: ANN401 (JSON of any shape)
    if not answer.ok:
        raise NotSeenError(f"{answer.request.method} {answer.request.path_url}: {answer.text}")
    return answer.json()


class PersonsHands:
    """One person at the playground."""

    def __init__(self, hands: Hands, person_id: str) -> None:
        self._hands = hands
        self.id = person_id
        self.direct = "D" + person_id[1:]

    # What is on the screen.

    def screen(self) -> Json:
        """Everything this person sees, as the browser gets it."""
        found: Json = self._hands.get("state", whole="yes", **{"as": self.id})
        return found

    def messages(self, channel: str = "dm") -> list[SeenMessage]:
        """The messages of a channel (by name or id), oldest first; `dm` is the app's direct messages."""
        room_id = self._room(channel)
        for room in self.screen()["rooms"]:
            if room["id"] == room_id:
                return [seen_message(each) for each in room["messages"]]
        raise NotSeenError(f"{self.id} is not in {channel}")

    def modal(self) -> SeenView | None:
        """The modal in front, if one is open."""
        stack = self.modals()
        return stack[-1] if stack else None

    def modals(self) -> list[SeenView]:
        """All open modals, the one in front last."""
        return [seen_view(each) for each in self.screen()["modals"]]

    def home(self) -> SeenView | None:
        """The app's Home tab, once it was published."""
        shown = self.screen()["home"]
        return seen_view(shown) if shown else None

    def notices(self) -> list[str]:
        """What only this person sees in any conversation: ephemeral messages and Slackbot's errors."""
        return [
            seen_message(each).words
            for room in self.screen()["rooms"]
            for each in room["messages"]
            if each["ephemeral"]
        ]

    # What the person does.

    def command(self, name: str, text: str = "", channel: str | None = None) -> Outcome:
        """Type a slash command, in the app's direct messages unless a channel is named."""
        place = self._room(channel or "dm")
        return self._do("command", command=name, text=text, channel=place)

    def say(self, text: str, channel: str = "dm", files: Sequence[Path] = ()) -> Outcome:
        """Write a message, with files if any."""
        uploaded = [self._upload(each)["id"] for each in files]
        return self._do("say", text=text, channel=self._room(channel), files=uploaded)

    def open_home(self) -> Outcome:
        """Open the app's Home tab."""
        return self._do("home", tab="home")

    def open_messages(self) -> Outcome:
        """Open the app's Messages tab."""
        return self._do("home", tab="messages")

    def click(self, what: str, in_: Seen | None = None, choice: str = "", *, sure: bool = True) -> Outcome:
        """Press a button by action id or text; `choice` is an overflow option's text or value.

        Looks in the modal in front, then the newest message that has it, then Home, unless told where.
        Where it asks first, `sure` answers; who isn't sends nothing.
        """
        seen, block_id, control = self._find(what, in_)
        if control.get("confirm") and not sure:
            return Outcome(ok=False)
        if control["type"] == "overflow":
            choice = str(_option(control, choice).get("value", ""))
        names = {"block_id": block_id, "action_id": control["action_id"]}
        return self._do("press", where=seen.where, choice=choice, **names)

    def question(self, what: str, in_: Seen | None = None) -> str:
        """What a control asks before it does anything; empty where it asks nothing."""
        asked = self._find(what, in_)[2].get("confirm") or {}
        return "\n".join(asked[key]["text"] for key in ("title", "text") if key in asked)

    def fill(self, what: str, value: str | None, in_: Seen | None = None) -> Outcome:
        """Type into a field or set a date, time or number; `what` is `block/action`, an id or a label."""
        seen, block_id, control = self._find(what, in_)
        keys = {"datepicker": "selected_date", "timepicker": "selected_time"}
        return self._answer(seen, block_id, control, {keys.get(control["type"], "value"): value})

    def choose(self, what: str, *options: str, search: str = "", in_: Seen | None = None) -> Outcome:
        """Choose by an option's text or value, or by a person's or channel's id; `search` asks the app."""
        seen, block_id, control = self._find(what, in_)
        kind = control["type"]
        several = kind.startswith("multi_") or kind == "checkboxes"
        if "users" in kind or "conversations" in kind or "channels" in kind:
            key = f"selected_{kind.removeprefix('multi_').removesuffix('s_select')}"
            answer = {f"{key}s": list(options)} if several else {key: options[0] if options else None}
            return self._answer(seen, block_id, control, answer)
        listed = dict(control)
        if "external" in kind:
            listed = {"options": self.search_options(what, search or options[0], in_)}
        chosen = [_option(listed, each) for each in options]
        single = {"selected_option": chosen[0] if chosen else None}
        return self._answer(seen, block_id, control, {"selected_options": chosen} if several else single)

    def tick(self, what: str, *options: str, in_: Seen | None = None) -> Outcome:
        """Tick checkboxes besides those ticked already."""
        return self._tick(what, options, in_, on=True)

    def untick(self, what: str, *options: str, in_: Seen | None = None) -> Outcome:
        """Take ticks away."""
        return self._tick(what, options, in_, on=False)

    def attach(
        self, paths: Sequence[Path] | Path, what: str = "file_input", in_: Seen | None = None
    ) -> Outcome:
        """Upload files into a file input, in place of what was there."""
        several = [paths] if isinstance(paths, Path) else list(paths)
        return self._put_files([self._upload(each) for each in several], what, in_)

    def attach_samples(
        self, names: Sequence[str], what: str = "file_input", in_: Seen | None = None
    ) -> Outcome:
        """Choose sample files in a file input, in place of what was there."""
        taken = [self._hands.post("sample", {"as": self.id, "name": each})["file"] for each in names]
        return self._put_files(taken, what, in_)

    def search_options(self, what: str, text: str, in_: Seen | None = None) -> list[Json]:
        """Type into a searching select; returns the options the app answered, groups flattened."""
        seen, block_id, control = self._find(what, in_)
        names = {"block_id": block_id, "action_id": control["action_id"]}
        found = self._do("options", where=seen.where, value=text, **names).options
        return [each for option in found for each in option.get("options", [option])]

    def submit(self) -> Outcome:
        """Submit the modal in front."""
        return self._do("submit", view_id=self._front().id)

    def close(self) -> Outcome:
        """Close the modal in front."""
        return self._do("close", view_id=self._front().id)

    # How.

    def _do(self, gesture: str, **body: object) -> Outcome:
        return Outcome(**self._hands.post(gesture, {"as": self.id, **body}))

    def _answer(self, seen: Seen, block_id: str, control: Json, answer: Json) -> Outcome:
        names = {"block_id": block_id, "action_id": control["action_id"]}
        return self._do("answer", where=seen.where, answer=answer, **names)

    def _tick(self, what: str, options: Sequence[str], in_: Seen | None, *, on: bool) -> Outcome:
        seen, block_id, control = self._find(what, in_)
        held = seen.values[block_id][control["action_id"]]["selected_options"]
        named = [_option(control, each) for each in options]
        wanted = [*held, *named] if on else [each for each in held if each not in named]
        answer = {"selected_options": [each for each in options_of(control) if each in wanted]}
        return self._answer(seen, block_id, control, answer)

    def _put_files(self, files: list[Json], what: str, in_: Seen | None) -> Outcome:
        seen, block_id, control = self._find(what, in_)
        return self._answer(seen, block_id, control, {"files": files})

    def _upload(self, path: Path) -> Json:
        return self._hands.upload(self.id, path.name, path.read_bytes())

    def _front(self) -> SeenView:
        modal = self.modal()
        if modal is None:
            raise NotSeenError("no modal is open")
        return modal

    def _room(self, channel: str) -> str:
        if channel in ("dm", self.direct):
            return self.direct
        for room in self.screen()["rooms"]:
            if channel.removeprefix("#") in (room["id"], room["name"]) and room["kind"] != "direct":
                return str(room["id"])
        raise NotSeenError(f"{self.id} is not in {channel}")

    def _find(self, what: str, in_: Seen | None) -> tuple[Seen, str, Json]:
        for seen in [in_] if in_ is not None else self._everything():
            for block, control in all_controls(seen.blocks):
                if what in names_of(block, control):
                    return seen, block["block_id"], control
        raise NotSeenError(f"no control {what!r} on the screen")

    def _everything(self) -> list[Seen]:
        modal, home = self.modal(), self.home()
        if modal is not None:
            return [modal]
        rooms = self.screen()["rooms"]
        messages = [seen_message(each) for room in rooms for each in room["messages"]]
        newest_first = sorted(messages, key=lambda each: each.ts, reverse=True)
        return [*newest_first, *([home] if home else [])]


def _option(control: Json, wanted: str) -> Json:
    for each in options_of(control):
        if wanted in (each["text"]["text"], each.get("value")):
            return each
    offered = [each["text"]["text"] for each in options_of(control)]
    raise NotSeenError(f"no option {wanted!r} among {offered}")
