"""Keys are changed without a person connecting anew, and can be changed back from any place in between."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from db import audit, connections, tables
from db.connections import SealedPair
from db.engine import Database
from db.firms import Firm
from db.resealing import Resealed, reseal
from db.vault import UnknownVaultKeyError, Vault
from tests.db.conftest import NOW
from tests.db.test_vault import NEW, OLD, counting

HOUR = timedelta(hours=1)
REALMS = ("4620816365", "4620816366")
BY = "command line"
COLUMNS = {"sealed_access": "access", "sealed_refresh": "refresh", "sealed_previous": "refresh"}


def vault(*keys: tuple[str, bytes]) -> Vault:
    """A vault of these keys, newest first."""
    return Vault(keys, counting())


def connect(database: Database, firm: Firm, realm: str, sealing: Vault) -> None:
    """Connect the firm, and renew its tokens once."""

    def pair(mark: str) -> SealedPair:
        access = sealing.seal(f"access-{mark}-{firm.id}", firm=firm.id, column="access", row=realm)
        refresh = sealing.seal(f"refresh-{mark}-{firm.id}", firm=firm.id, column="refresh", row=realm)
        return SealedPair(access, refresh, NOW + HOUR, NOW + 100 * HOUR)

    with database.write() as session:
        connections.connect(
            session,
            firm_id=firm.id,
            realm_id=realm,
            company_name="René",
            home_currency="CAD",
            pair=pair("old"),
            by="U1",
            now=NOW,
        )
        assert connections.store_pair(session, firm.id, 1, pair("new"))


def opened(database: Database, firm: Firm, opening: Vault) -> list[str]:
    """The firm's three sealed texts, open."""
    with database.read() as session:
        row = session.scalars(select(tables.Connection).where(tables.Connection.firm_id == firm.id)).one()
        return [
            opening.open(getattr(row, column), firm=firm.id, column=purpose, row=row.realm_id)
            for column, purpose in COLUMNS.items()
        ]


@pytest.fixture
def two(database: Database, firm: Firm, other_firm: Firm) -> tuple[Firm, Firm]:
    """Two connected firms, sealed with the old key."""
    for each, realm in zip((firm, other_firm), REALMS, strict=True):
        connect(database, each, realm, vault(OLD))
    return firm, other_firm


def test_afterwards_the_newest_key_opens_everything(database: Database, two: tuple[Firm, Firm]) -> None:
    """And the older one can go: access token, refresh token and the one before it, of every firm."""
    assert Resealed(anew=2) == reseal(database, vault(NEW, OLD), by=BY, now=NOW)
    for firm in two:
        expected = [f"access-new-{firm.id}", f"refresh-new-{firm.id}", f"refresh-old-{firm.id}"]
        assert expected == opened(database, firm, vault(NEW))


def test_a_second_time_changes_nothing(database: Database, two: tuple[Firm, Firm]) -> None:
    """So it can be run again whenever somebody isn't sure."""
    reseal(database, vault(NEW, OLD), by=BY, now=NOW)
    assert Resealed(already=2) == reseal(database, vault(NEW, OLD), by=BY, now=NOW)
    with database.read() as session:
        lines = audit.lines(session, two[0].id)
    assert 1 == len([line for line in lines if line.verb == "tokens.resealed"])


class PowerCutError(Exception):
    """The machine went dark."""


def dark_after(calls: int) -> Callable[[int], bytes]:
    """Randomness that ends after so many seals."""
    numbers = counting()
    left = [calls]

    def give(count: int) -> bytes:
        left[0] -= 1
        if left[0] < 0:
            raise PowerCutError
        return numbers(count)

    return give


@pytest.mark.parametrize("seals", range(6))
def test_stopped_anywhere_it_goes_on_where_it_was(
    database: Database, two: tuple[Firm, Firm], seals: int
) -> None:
    """Every text opens at every moment with both keys, and the rest is done the next time."""
    with pytest.raises(PowerCutError):
        reseal(database, Vault((NEW, OLD), dark_after(seals)), by=BY, now=NOW)
    assert all(len(opened(database, firm, vault(NEW, OLD))) == 3 for firm in two)
    done = reseal(database, vault(NEW, OLD), by=BY, now=NOW)
    assert (2, 0) == (done.anew + done.already, done.unreadable)
    assert all(len(opened(database, firm, vault(NEW))) == 3 for firm in two)


def test_what_no_key_opens_is_left_for_a_person(database: Database, two: tuple[Firm, Firm]) -> None:
    """The other firms are sealed anew all the same."""
    firm, broken = two
    with database.write() as session:
        change = update(tables.Connection).where(tables.Connection.firm_id == broken.id)
        session.execute(change.values(sealed_refresh="v1.lost.AAAA"))
    assert Resealed(anew=1, unreadable=1) == reseal(database, vault(NEW, OLD), by=BY, now=NOW)
    assert 3 == len(opened(database, firm, vault(NEW)))
    with pytest.raises(UnknownVaultKeyError):
        opened(database, broken, vault(NEW, OLD))


def test_the_version_of_the_tokens_stays(database: Database, two: tuple[Firm, Firm]) -> None:
    """A renewal under way at that moment still finds the tokens it began with."""
    firm = two[0]
    with database.read() as session:
        before = connections.get(session, firm.id)
    reseal(database, vault(NEW, OLD), by=BY, now=NOW)
    with database.read() as session:
        assert before == connections.get(session, firm.id)
        assert () == audit.verify(session, firm.id)


def test_every_sealed_column_is_sealed_anew() -> None:
    """One added later must be thought of here and there."""
    sealed = {
        f"{table.name}.{column.name}"
        for table in tables.Base.metadata.tables.values()
        for column in table.columns
        if column.name.startswith("sealed_")
    }
    assert {f"connections.{column}" for column in COLUMNS} == sealed
