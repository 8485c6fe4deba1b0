"""Words for what a transaction writes, by which a commit has the same name in every run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

UNTOLD = frozenset({"audit_heads", "audit_lines", "alembic_version"})
ENTITIES = {"add_customer": "customer", "add_invoice": "invoice", "add_payment": "payment"}


class Phrases:
    """Remembers which id is which effect or task, as updates name only ids."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def meet_effect(self, identity: str, subject: str, operation: str) -> None:
        """An effect was read: from now on it is known by what it books."""
        self._known[identity] = label(operation, subject)

    def meet_task(self, identity: str, kind: str) -> None:
        """A task was read."""
        self._known[identity] = f"task {kind}"

    def of(self, verb: str, table: str, row: Mapping[str, Any]) -> str:
        """What one statement does to one row; empty where nobody needs to know."""
        if table in UNTOLD:
            return ""
        if table == "effects":
            return self._effect(verb, row)
        if table == "tasks":
            return self._task(verb, row)
        if table == "syncs":
            return f"sync {row.get('state', 'noted')}"
        return table

    def _effect(self, verb: str, row: Mapping[str, Any]) -> str:
        if verb == "INSERT":
            self.meet_effect(row["id"], row["subject"], row["operation"])
            return f"{label(row['operation'], row['subject'])} ordered"
        which = self._which(row, "effects")
        if "fence" in row:  # a claim; QuickBooks may have it already where its state doesn't change
            return f"{which} {'sending' if 'state' in row else 'taken up'}"
        if row.get("body") is not None:
            return f"{which} sending"  # frozen together with its first claim
        if "state" not in row:
            return f"{which} in doubt"
        return f"{which} {'put back' if row['state'] in {'sending', 'ready'} else row['state']}"

    def _task(self, verb: str, row: Mapping[str, Any]) -> str:
        if verb == "INSERT":
            self.meet_task(row["id"], row["kind"])
            return f"task {row['kind']} left"
        state = "running" if "fence" in row else row.get("state", "noted")
        return f"{self._which(row, 'tasks')} {'gone' if verb == 'DELETE' else state}"

    def _which(self, row: Mapping[str, Any], table: str) -> str:
        known = (
            self._known[value] for value in row.values() if isinstance(value, str) and value in self._known
        )
        return next(known, table)


def label(operation: str, subject: str) -> str:
    """An effect by what it books: "invoice INV-1001", "payment T-2", "customer"."""
    parts = subject.split("|")
    which = {"add_invoice": parts[-1], "add_payment": parts[min(1, len(parts) - 1)]}
    return f"{ENTITIES.get(operation, operation)} {which.get(operation, '')}".strip()
