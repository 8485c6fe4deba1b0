"""`caseledger keys rotate`, in an operator's words."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

import pytest

from bot.rotating import rotate
from db import connections, firms
from db.connections import SealedPair
from db.engine import AlreadyRunningError, ProcessLock, SchemaMismatchError, open_database
from db.vault import BadVaultKeyError, Vault, new_key, parse_keys

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NUMBERS = count(1)


def chance(size: int) -> bytes:
    """Bytes that never repeat."""
    return next(NUMBERS).to_bytes(size, "big")


def connect(url: str, keys: str) -> None:
    """One connected firm, sealed with these keys."""
    sealing, database = Vault(parse_keys(keys), chance), open_database(url)
    with database.write() as session:
        firm = firms.meet_firm(session, team_id="T1", name="F", timezone="UTC", now=NOW, new_id=lambda: "f")
        pair = SealedPair(
            sealing.seal("access", firm="f", column="access", row="1"),
            sealing.seal("refresh", firm="f", column="refresh", row="1"),
            NOW,
            NOW,
        )
        connections.connect(
            session,
            firm_id=firm.id,
            realm_id="1",
            company_name="C",
            home_currency="CAD",
            pair=pair,
            by="U1",
            now=NOW,
        )
    database.close()


def test_the_operator_is_told_when_the_old_key_can_go(database_url: str) -> None:
    """And that older backups still want it."""
    old, new = new_key(chance), new_key(chance)
    connect(database_url, old)
    done = rotate(database_url, f"{new},{old}", NOW, chance)
    assert done.whole
    assert f"Sealed anew with the key {new.split(':')[0]}: the QuickBooks tokens of 1 firm." in done.text
    assert "The older keys can be taken out of VAULT_KEYS now" in done.text
    assert "Sealed with it already: those of 1 firm." in rotate(database_url, new, NOW, chance).text


def test_a_lost_key_ends_in_connecting_again(database_url: str) -> None:
    """It is said, and the exit code tells a script."""
    connect(database_url, new_key(chance))
    done = rotate(database_url, new_key(chance), NOW, chance)
    assert not done.whole
    assert "None of the keys in VAULT_KEYS opens the tokens of 1 firm" in done.text
    assert "/qb-connect" in done.text


def test_on_sqlite_it_refuses_while_the_program_runs(sqlite_url: str) -> None:
    """Two processes at one file is one too many."""
    with ProcessLock(sqlite_url), pytest.raises(AlreadyRunningError):
        rotate(sqlite_url, new_key(chance), NOW, chance)


def test_keys_that_cant_be_read_change_nothing(sqlite_url: str) -> None:
    """The message names the place, never the key."""
    with pytest.raises(BadVaultKeyError, match="pair 1") as refused:
        rotate(sqlite_url, "k1:canary", NOW, chance)
    assert "canary" not in str(refused.value)


def test_another_schema_is_refused(tmp_path: Path) -> None:
    """With the command that mends it."""
    with pytest.raises(SchemaMismatchError, match="caseledger migrate"):
        rotate(f"sqlite:///{tmp_path}/empty.db", new_key(chance), NOW, chance)
