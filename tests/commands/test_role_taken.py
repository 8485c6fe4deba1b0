"""A role is looked at behind the firm's record: who lost it a moment before decides nothing."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from bot.demo.playground.hands import wait_for
from db import firms, requests
from db.requests import RequestState
from tests.commands.house import PATIENCE, firm_of, seen_notice
from tests.commands.putting_up import standing_house
from tests.commands.test_approvals import asked

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.house import House


@pytest.mark.postgres
def test_who_loses_the_role_meanwhile_approves_nothing(postgres_url: str, tmp_path: Path) -> None:
    """Alice takes Ben's role; his press came before her commit, waits for it, and is refused."""
    with standing_house(postgres_url, tmp_path, trusting=False) as house:
        house.ready_to_sync()
        request = asked(house, "00037", "Fatima Hassan")
        pressing = threading.Thread(target=house.ben.click, args=(request.buttons[0], request), daemon=True)
        now, firm = house.program.context.clock(), firm_of(house)
        with house.program.database.write() as session:
            firms.set_roles(session, firm_id=firm, user_id="U0BEN", roles=[], by="U0ALICE", now=now)
            pressing.start()
            wait_for(lambda: waits_for_the_record(house), PATIENCE)
        seen_notice(house.ben, "Only an approver or an admin decides what is booked.")
        pressing.join(PATIENCE)
        with house.program.database.read() as session:
            (left,) = requests.open_ones(session, firm)
        assert RequestState.OPEN is left.state
    house.program.database.close()


def waits_for_the_record(house: House) -> bool:
    """Whether somebody stands behind Alice's transaction."""
    with house.program.database.engine.connect() as connection:
        waiting = connection.exec_driver_sql(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(waiting.scalar_one())
