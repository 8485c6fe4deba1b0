"""`caseledger check` names for each way to lose QuickBooks the remedy that helps, and no other."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.check import _inside, _sealed
from db import connections, firms
from db.connections import SealedPair
from db.engine import open_database
from db.vault import Vault, new_key, parse_keys

NOW = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "remedy"),
    [
        (connections.RECONNECT, "/qb-connect"),
        (connections.LOCKED, "Whoever pays for QuickBooks"),
        (connections.APP_REFUSED, "INTUIT_CLIENT_SECRET"),
    ],
)
def test_each_loss_has_its_own_remedy(sqlite_url: str, state: str, remedy: str) -> None:
    """With the reason that QuickBooks gave."""
    database = open_database(sqlite_url)
    with database.write() as session:
        firm = firms.meet_firm(
            session, team_id="T1", name="Firm", timezone="UTC", now=NOW, new_id=lambda: "an id"
        )
        connections.connect(
            session,
            firm_id=firm.id,
            realm_id="9130",
            company_name="Northgate",
            home_currency="CAD",
            pair=SealedPair("access", "refresh", NOW, NOW),
            by="U0ALICE",
            now=NOW,
        )
        connections.mark(session, firm.id, state, "so it is", now=NOW)
    (found,) = [one for one in _inside(database) if "has ended" in str(one)]
    database.close()
    assert "so it is" in str(found)
    assert remedy in str(found)


def test_a_key_that_is_not_there_is_said(sqlite_url: str) -> None:
    """While it is missing nothing is sent; with it nothing is said."""
    old, new = new_key(lambda size: b"o" * size), new_key(lambda size: b"n" * size)
    sealed = Vault(parse_keys(new), lambda size: b"x" * size).seal("a", firm="f", column="access", row="9130")
    database = open_database(sqlite_url)
    with database.write() as session:
        firms.meet_firm(session, team_id="T1", name="Firm", timezone="UTC", now=NOW, new_id=lambda: "f")
        connections.connect(
            session,
            firm_id="f",
            realm_id="9130",
            company_name="Northgate",
            home_currency="CAD",
            pair=SealedPair(sealed, sealed, NOW, NOW),
            by="U0ALICE",
            now=NOW,
        )
    (found,) = _sealed(database, old)
    assert "VAULT_KEYS" in found.remedy
    assert [] == list(_sealed(database, f"{old},{new}"))
    assert [] == list(_sealed(database, "nonsense"))
    database.close()
