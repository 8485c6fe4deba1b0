"""Who a payload comes from: a member of a workspace we know, or nobody."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from commands.access import Asker, NotAllowedError, asker_of, may_mend
from db import firms
from db.engine import open_database

NOW = datetime(2026, 11, 22, tzinfo=UTC)
CLICK = {"type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U0MARIA", "team_id": "T1"}}
COMMAND = {"command": "/qb", "team_id": "T1", "user_id": "U0MARIA"}


@pytest.fixture
def session(sqlite_url: str) -> Iterator[Session]:
    """Two firms; Maria is an admin of the second."""
    database = open_database(sqlite_url)
    with database.write() as opened:
        for number in ("1", "2"):
            firms.meet_firm(
                opened,
                team_id=f"T{number}",
                name=f"Firm {number}",
                timezone="UTC",
                now=NOW,
                new_id=lambda number=number: f"F{number}",  # type: ignore[misc]
            )
        firms.give_role(opened, firm_id="F2", user_id="U0MARIA", role="admin", by="test", now=NOW)
        yield opened
    database.close()


@pytest.mark.parametrize("body", [CLICK, COMMAND])
def test_a_member_is_known_with_the_roles_held_here(session: Session, body: dict[str, Any]) -> None:
    """Being an admin elsewhere means nothing."""
    asker = asker_of(session, body)
    assert ("F1", "U0MARIA", frozenset()) == (asker.firm.id, asker.user_id, asker.roles)


def test_somebody_of_another_workspace_is_refused(session: Session) -> None:
    """The click came from a shared channel: the workspace is ours, the person isn't."""
    with pytest.raises(NotAllowedError, match="Only members of this workspace"):
        asker_of(session, {**CLICK, "user": {"id": "U0EVE", "team_id": "T2"}})


@pytest.mark.parametrize(
    "body", [{**CLICK, "team": {"id": "T9"}, "user": {"id": "U1"}}, {**COMMAND, "team_id": "T9"}]
)
def test_a_workspace_we_do_not_know_is_refused(session: Session, body: dict[str, Any]) -> None:
    """It has no firm here."""
    with pytest.raises(NotAllowedError, match="isn't set up for this workspace"):
        asker_of(session, body)


@pytest.mark.parametrize(
    ("user_id", "role", "may"),
    [
        ("U0MARIA", None, True),
        ("U0BEN", firms.APPROVER, True),
        ("U0ALICE", firms.ADMIN, True),
        ("U0STAFF", None, False),
    ],
)
def test_who_may_mend_a_sync(session: Session, user_id: str, role: str | None, *, may: bool) -> None:
    """Who asked for it; and admins and approvers, for whoever asked may be on leave."""
    firm = firms.get_firm(session, "F1")
    assert firm is not None
    assert may is may_mend(Asker(firm, user_id, frozenset({role} if role else ())), "U0MARIA")
