"""Scripted trouble: what goes wrong with the n-th next call that fits, before or after the books change."""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from threading import Lock
from typing import Literal

Trouble = Literal[
    "latency",  # answers `seconds` later
    "cut",  # the connection breaks; with after=True once the books are changed
    "late",  # the connection breaks now, the books are changed `seconds` later
    "status",  # `status` with an empty or HTML body: 500, 502, 503
    "gateway",  # 504 with its XML
    "throttle",  # 429 in the shape the switches say
    "expired",  # 401, the access token has expired
    "refuse",  # 400 with `code`, `message`, `detail`
    "hidden",  # 200 that carries a Fault of `code`, `message`, `detail`
    "blind",  # a query that finds nothing, whatever is there
    "garbled",  # 200 with a body that is no JSON
]


@dataclass(frozen=True, slots=True)
class Fault:
    """One piece of trouble for `times` calls, after `skip` fitting ones went well.

    `path` is matched with wildcards against what follows the company's id ("invoice", "payment/*", "query"),
    against "batch/<entity>" for an item of a batch, and against the whole path elsewhere
    ("oauth2/v1/tokens/bearer"); `containing` against the body and query text. `status` 0 is the usual one of
    the trouble: 502 for "status", 400 for "refuse".
    """

    trouble: Trouble
    method: str = "*"
    path: str = "*"
    containing: str = ""
    skip: int = 0
    times: int = 1
    after: bool = False
    seconds: float = 0.0
    status: int = 0
    code: str = "6000"
    message: str = "A business validation error has occurred while processing your request"
    detail: str = "Business Validation Error: Scripted."
    kind: str = "ValidationFault"

    def fits(self, method: str, path: str, text: str) -> bool:
        """Whether a call is one of those meant."""
        return (
            fnmatchcase(method, self.method)
            and fnmatchcase(path, self.path)
            and self.containing.casefold() in text.casefold()
        )


class Faults:
    """The troubles waiting, each with how many fitting calls it has seen."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Fault, int]] = []
        self._lock = Lock()

    def add(self, *faults: Fault) -> None:
        """Let these happen."""
        with self._lock:
            self._waiting.extend((one, 0) for one in faults)

    def clear(self) -> None:
        """Let nothing more happen."""
        with self._lock:
            self._waiting.clear()

    def waiting(self) -> tuple[Fault, ...]:
        """What hasn't happened yet, or not often enough."""
        with self._lock:
            return tuple(fault for fault, _seen in self._waiting)

    def take(self, method: str, path: str, text: str) -> tuple[Fault, ...]:
        """The troubles of one call, which counts for every fault that it fits."""
        with self._lock:
            happening, left = _sorted_out(self._waiting, method, path, text)
            self._waiting = left
        return happening


def _sorted_out(
    waiting: Iterable[tuple[Fault, int]], method: str, path: str, text: str
) -> tuple[tuple[Fault, ...], list[tuple[Fault, int]]]:
    happening: list[Fault] = []
    left: list[tuple[Fault, int]] = []
    for fault, seen in waiting:
        count = seen + 1 if fault.fits(method, path, text) else seen
        if count > seen and count > fault.skip:
            happening.append(fault)
        if count < fault.skip + fault.times:
            left.append((fault, count))
    return tuple(happening), left
