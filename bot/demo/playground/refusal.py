"""The one way this Slack says no: an error code of Slack's with what explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.demo.playground.wire import Json


class SlackError(Exception):
    """A request that Slack answers with `ok: false`."""

    def __init__(self, code: str, *messages: str, **extra: str) -> None:
        super().__init__(code, *messages)
        self.code = code
        self.messages = messages
        self.extra = extra

    def body(self) -> Json:
        """The answer as Slack shapes it; each message also stands in `errors`, without its level."""
        answer: Json = {"ok": False, "error": self.code, **self.extra}
        if self.messages:
            answer["errors"] = list(self.messages)
            answer["response_metadata"] = {"messages": [f"[ERROR] {each}" for each in self.messages]}
        return answer
