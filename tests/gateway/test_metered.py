"""Reads are counted, as Intuit counts them: writes and errors are free."""

import pytest

from qb.gateway import Gateway, InDoubt, Pace, addresses, select
from tests.gateway.conftest import REALM, Clock, TokenKeeper
from tests.gateway.far_side import Cut, FarSide, say
from tests.gateway.test_company import rows


def test_reads_are_counted_and_nothing_else(far_side: FarSide, clock: Clock, tokens: TokenKeeper) -> None:
    """Three answered reads; a write and a lost read cost nothing."""
    counted: list[int] = []
    gateway = Gateway(
        client_id="app-id",
        client_secret="app-secret",
        redirect_uri="http://127.0.0.1:3000/quickbooks/callback",
        addresses=addresses("sandbox", api=far_side.url),
        clock=clock,
        sleep=clock.sleep,
        pace=Pace(),
        metered=lambda: counted.append(1),
    )
    company = gateway.company(REALM, tokens)
    far_side.will(
        rows(1),
        say({"Preferences": {"Id": "1"}}),
        say({"Invoice": {"Id": "7"}}),
        say({"Invoice": {"Id": "8"}}),
        Cut(),
    )
    company.select(select("Customer"))
    company.preferences()
    company.read("Invoice", "7")
    company.create("Invoice", b"{}", "request-1")
    with pytest.raises(InDoubt):
        company.preferences()
    assert 3 == len(counted)
