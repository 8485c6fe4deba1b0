"""Which transaction settles which, and by how much."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from qb.sandbox.money import ZERO

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """`amount` of `target` settled, in the transaction's currency and, at the target's own rate, at home."""

    target: Key
    amount: Decimal
    home: Decimal


class Links:
    """All links, found from either end."""

    def __init__(self) -> None:
        self._by_source: dict[Key, tuple[Link, ...]] = {}
        self._by_target: dict[Key, dict[Key, tuple[Link, ...]]] = {}

    def put(self, source: Key, links: Iterable[Link]) -> None:
        """`source` links exactly these from now on."""
        for old in self._by_source.pop(source, ()):
            self._by_target.get(old.target, {}).pop(source, None)
        now = tuple(links)
        if not now:
            return
        self._by_source[source] = now
        for target in {link.target for link in now}:
            mine = tuple(link for link in now if link.target == target)
            self._by_target.setdefault(target, {})[source] = mine

    def of(self, source: Key) -> tuple[Link, ...]:
        """What `source` settles."""
        return self._by_source.get(source, ())

    def to(self, target: Key, kind: str) -> dict[Key, tuple[Link, ...]]:
        """What settles `target`, by transactions of one kind."""
        return {
            source: links for source, links in self._by_target.get(target, {}).items() if source[0] == kind
        }

    def settled(self, target: Key, *, but: Key | None = None) -> tuple[Decimal, Decimal]:
        """How much of `target` payments have settled, in its currency and at home, leaving out one source."""
        parts = [
            link for source, links in self.to(target, "Payment").items() if source != but for link in links
        ]
        return sum((one.amount for one in parts), ZERO), sum((one.home for one in parts), ZERO)
