"""Cuts what is asked for into as much as one question may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Asked = TypeVar("Asked")

AT_ONCE = 500
"""Values in one question: every database takes so many, and nobody waits long for it."""


def portions(asked: Sequence[Asked], at_once: int = AT_ONCE) -> Iterator[Sequence[Asked]]:
    """The same in order, so many at once; nothing of nothing."""
    return (asked[start : start + at_once] for start in range(0, len(asked), at_once))
