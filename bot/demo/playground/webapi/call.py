"""One call of a Web API method: who calls, with what, on which workspace."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.demo.playground.refusal import SlackError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.demo.playground.wire import Json
    from bot.demo.playground.workspace import Workspace

ENCODED_ARGUMENTS = ("blocks", "view", "attachments", "metadata", "files")


@dataclass(frozen=True, slots=True)
class Call:
    """The arguments of a call, whether they came as JSON or as a form."""

    workspace: Workspace
    arguments: Json

    def text(self, name: str) -> str:
        """A required string; `invalid_arguments` where it is missing."""
        value = self.arguments.get(name)
        if value in (None, ""):
            raise SlackError("invalid_arguments", f"missing required field: {name}")
        return str(value)

    def optional(self, name: str) -> str | None:
        """A string, or None where it was left out."""
        value = self.arguments.get(name)
        return str(value) if value not in (None, "") else None

    def true(self, name: str) -> bool:
        """A flag, in any of the ways clients write one."""
        return str(self.arguments.get(name, "")).lower() in ("1", "true")


@dataclass(frozen=True, slots=True)
class Method:
    """A method: what answers it, and the scopes of which one is needed."""

    answer: Callable[[Call], Json]
    scopes: tuple[str, ...] = ()


def decoded(arguments: dict[str, Any]) -> Json:
    """Form arguments with the JSON ones read; `invalid_blocks_format` and its like where that fails."""
    found = dict(arguments)
    for name in ENCODED_ARGUMENTS:
        if isinstance(found.get(name), str):
            found[name] = _read(name, found[name])
    return found


def _read(name: str, value: str) -> object:
    try:
        return json.loads(value)
    except ValueError as wrong:
        code = "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
        raise SlackError(code) from wrong
