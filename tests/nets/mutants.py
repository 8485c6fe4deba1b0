"""The core with one of its nets cut, by the seams it has: its company, its commits, its statements.

Nothing of the product is replaced: a mutant gives ``step`` another company to talk to, changes rows inside
the product's own transactions just before they commit, or rewrites a condition on its way to the database.
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, update

from db import tables
from db.effects import State
from qb.gateway import Company, InDoubt, Refused

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from db.engine import Database
    from qb.gateway import Reply, Select
    from qb.gateway.company import Entity

FENCE = re.compile(r"(effects\.fence = (?:\?|%\(\w+\)s)(?:::\w+)?)")


class Mutant:
    """The program as it is; each mutant changes one thing."""

    company: type[Company] = Company

    def attach(self, engine: Engine) -> None:
        """Change what goes to the database."""

    def before_commit(self, session: Session) -> None:
        """Change what is about to be committed."""

    def snapshot(self, database: Database) -> bytes:  # noqa: ARG002 - for a mutant
        """What a step that dies falls back to."""
        return b""

    def restore(self, database: Database, snapshot: bytes) -> None:
        """Fall back to it."""


NONE = Mutant()


class Blindfolded(Company):
    """Never sees what is there already: looking is switched off."""

    def select(self, question: Select) -> tuple[Entity, ...]:  # noqa: ARG002 - the product's own words
        """Nothing."""
        return ()


class Renaming(Company):
    """Sends every attempt under an id of its own."""

    attempts = itertools.count(1)

    def create(self, entity: str, body: bytes, request_id: str) -> Reply:
        """Under another id than the one written down."""
        return super().create(entity, body, f"{request_id}-{next(self.attempts)}")


class RenamingBlindfolded(Renaming, Blindfolded):
    """Both."""


class Pessimist(Company):
    """Takes no clear answer for a no."""

    def create(self, entity: str, body: bytes, request_id: str) -> Reply:
        """Refused where it is in doubt."""
        try:
            return super().create(entity, body, request_id)
        except InDoubt as doubt:
            raise Refused("610", "no answer", doubt.reason) from doubt


class M1(Mutant):
    """No look, the request id only; also what looking switched off means."""

    company = Blindfolded


class M2(Mutant):
    """A fresh id for each attempt, and no look."""

    company = RenamingBlindfolded


class M3(Mutant):
    """No settling: what is in doubt is due at once."""

    def before_commit(self, session: Session) -> None:
        """Nobody waits until a request must be over."""
        row = tables.Effect
        session.execute(
            update(row)
            .where(row.state == State.SENDING, row.lease_until.is_(None))
            .values(due_at=row.last_sent)
            .execution_options(synchronize_session=False)
        )


class M4(Mutant):
    """The intent isn't durable before the send: who dies leaves no trace of it (SQLite)."""

    def snapshot(self, database: Database) -> bytes:
        """The file as it was."""
        return _file(database).read_bytes()

    def restore(self, database: Database, snapshot: bytes) -> None:
        """The file as it was."""
        database.engine.dispose()
        _file(database).write_bytes(snapshot)


class M5(Mutant):
    """A time-out is a failure."""

    company = Pessimist


class M6(Mutant):
    """The lease is ignored, as it would be in both conditions that keep it: held until, and due at."""

    def before_commit(self, session: Session) -> None:
        """A claim that holds nothing."""
        row = tables.Effect
        session.execute(
            update(row)
            .where(row.state == State.SENDING, row.lease_until.is_not(None))
            .values(lease_until=row.last_sent, due_at=row.last_sent)
            .execution_options(synchronize_session=False)
        )


class M7(Mutant):
    """The fence is ignored: whoever comes late writes its outcome over the other's hold."""

    def attach(self, engine: Engine) -> None:
        """Every condition on the fence is always true."""

        def unfenced(*execution: Any) -> tuple[str, Any]:  # noqa: ANN401 - SQLAlchemy's event
            _, _, statement, parameters, *_ = execution
            return FENCE.sub(r"(\1 OR 1 = 1)", statement), parameters

        event.listen(engine, "before_cursor_execute", unfenced, retval=True)


class M8(Mutant):
    """A fresh id for each attempt, looking kept."""

    company = Renaming


def _file(database: Database) -> Path:
    return Path(database.url.removeprefix("sqlite:///"))
