"""Whose turn a request is: the one it was handed to, while they can decide it, else everybody's who may."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from commands.access import Asker
from commands.awaiting import to_decide_of
from db import decisions, firms, requests, syncs
from db.engine import open_database
from db.records import InvoiceKey

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.firms import Firm

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
EMPTY = '{"entries":[],"realm":"R1"}'


def test_a_request_is_handed_back_where_nobody_could_decide_it(sqlite_url: str) -> None:
    """Handed to Ben it is Ben's; once his role is taken it waits for Alice again, and never for Maria."""
    database = open_database(sqlite_url)
    with database.write() as session:
        firm = waiting(session)
        seen = [turns(session, firm)]
        firms.set_roles(session, firm_id=firm.id, user_id="U0BEN", roles=[], by="U0ALICE", now=NOW)
        seen.append(turns(session, firm))
    database.close()
    assert [["U0BEN"], ["U0ALICE"]] == seen


def turns(session: Session, firm: Firm) -> list[str]:
    """Of whom Home says that it is their turn."""
    people = ("U0MARIA", "U0BEN", "U0ALICE")
    askers = [Asker(firm, one, firms.roles_of(session, firm.id, one)) for one in people]
    return [one.user_id for one in askers if to_decide_of(session, one)]


def waiting(session: Session) -> Firm:
    """A firm in which Maria asked, and Alice handed it to Ben."""
    firm = firms.meet_firm(
        session, team_id="T1", name="Northgate", timezone="UTC", now=NOW, new_id=lambda: "F1"
    )
    for user_id, role in (("U0BEN", "approver"), ("U0ALICE", "admin")):
        firms.give_role(session, firm_id=firm.id, user_id=user_id, role=role, by="test", now=NOW)
    sync = syncs.propose(
        session,
        firm_id=firm.id,
        realm_id="R1",
        selection=[InvoiceKey("00002", "1001", "C-1")],
        plan=EMPTY,
        plan_sha256="0" * 64,
        asked_by="U0MARIA",
        now=NOW,
        new_id=lambda: "S1",
    )
    until = NOW + timedelta(days=1)
    asked = decisions.ask(
        session,
        firm_id=firm.id,
        sync_id=sync.id,
        version=1,
        by="U0MARIA",
        now=NOW,
        expires_at=until,
        rules=[("always", "Always")],
        new_id=lambda: "R1",
    )
    assert asked
    (request,) = requests.open_ones(session, firm.id)
    assert requests.hand_over(session, request, to="U0BEN", by="U0ALICE", now=NOW)
    return firm
