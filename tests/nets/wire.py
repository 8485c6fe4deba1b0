"""The way from the real Company to the far side: in this process, or over HTTP to a frozen worker's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from qb.gateway import InDoubt
from qb.gateway.transport import Answer, Request, Transport
from tests.nets.remote import Call, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.nets.remote import Remote


class Troubling(Protocol):
    """Says what the next call meets."""

    def __call__(self, *, is_question: bool) -> Trouble | None:
        """None: all goes well."""


class Wire(Transport):
    """A transport that hands requests over without a network; ``at`` hears each before and after."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        remote: Remote,
        at: Callable[[str], None],
        trouble: Troubling,
    ) -> None:
        super().__init__(clock)
        self._now = clock
        self._remote = remote
        self._at = at
        self._next = trouble

    def send(self, request: Request) -> Answer:
        """The answer; InDoubt where the connection breaks or never was."""
        call = call_of(request)
        name = "look" if call.is_question else "send"
        self._at(f"before the {name}")
        trouble = self._next(is_question=call.is_question)
        if trouble is Trouble.UNREACHED:
            self._remote.met[trouble] += 1
            raise InDoubt("QuickBooks could not be reached; nothing was sent.", sent=False)
        said = self._remote.hear(call, trouble)
        self._at(f"after the {name}")
        if said is None:
            raise InDoubt("The connection broke.", sent=True)
        return Answer(said.status, {"intuit_tid": "tid"}, said.body, self._now())


def call_of(request: Request) -> Call:
    """The request as the far side sees it."""
    return Call(
        method=request.method,
        path=urlsplit(request.url).path.split("/", 4)[4],
        requestid=str(request.params.get("requestid", "")),
        token=request.headers["Authorization"].removeprefix("Bearer "),
        body=request.body or b"",
    )
