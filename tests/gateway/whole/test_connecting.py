"""Consent, tokens and their ends, against a whole QuickBooks."""

import pytest

from qb.gateway import (
    Company,
    Gateway,
    OurBug,
    Pace,
    Reconnect,
    addresses,
)
from qb.sandbox import Sandbox
from tests.gateway.conftest import NOON, Clock
from tests.gateway.whole.conftest import CALLBACK, Connection, consent


def test_consent_connects_a_company(gateway: Gateway, sandbox: Sandbox) -> None:
    """Our state comes back, with the company's number and a code that becomes tokens."""
    returned = consent(gateway, "connect")
    assert (["our-state"], [sandbox.realm_id]) == (returned["state"], returned["realmId"])
    connection = Connection(gateway, gateway.exchange(returned["code"][0]))
    assert NOON < connection.tokens.access_expires_at < connection.tokens.refresh_expires_at
    company = gateway.company(sandbox.realm_id, connection)
    assert "Northgate Immigration Law" == company.company_info()["CompanyName"]
    assert company.preferences()["CurrencyPrefs"]["MultiCurrencyEnabled"] is True


def test_no_thanks_brings_no_code(gateway: Gateway) -> None:
    """The refusal has our state too."""
    expected = {"error": ["access_denied"], "state": ["our-state"]}
    assert expected == consent(gateway, "no")


def test_a_code_used_twice_ends_the_connection(gateway: Gateway, sandbox: Sandbox) -> None:
    """Both consent and tokens are gone: connect again."""
    code = consent(gateway, "connect")["code"][0]
    connection = Connection(gateway, gateway.exchange(code))
    with pytest.raises(Reconnect):
        gateway.exchange(code)
    with pytest.raises(Reconnect):
        gateway.company(sandbox.realm_id, connection).company_info()


def test_our_keys_are_checked(sandbox: Sandbox, clock: Clock, gateway: Gateway) -> None:
    """A wrong secret is a matter of settings, not of the firm's consent."""
    code = consent(gateway, "connect")["code"][0]
    wrong = Gateway(
        client_id="sandbox-client",
        client_secret="wrong",
        redirect_uri=CALLBACK,
        addresses=addresses("sandbox", api=sandbox.url, token=f"{sandbox.url}/oauth2/v1/tokens/bearer"),
        clock=clock,
        sleep=clock.sleep,
        pace=Pace(),
    )
    with pytest.raises(OurBug, match="INTUIT_CLIENT_SECRET"):
        wrong.exchange(code)


def test_an_hour_later_the_token_is_renewed(company: Company, connection: Connection, clock: Clock) -> None:
    """Once, and the pair that came is the one that is kept."""
    old = connection.tokens
    clock.pass_seconds(3601)
    assert company.company_info()
    assert company.company_info()
    assert 1 == connection.renewals
    assert old.refresh != connection.tokens.refresh


def test_a_firm_that_disconnects_must_connect_again(
    company: Company, sandbox: Sandbox, gateway: Gateway, connection: Connection
) -> None:
    """In QuickBooks or here."""
    sandbox.disconnect()
    with pytest.raises(Reconnect):
        company.company_info()
    again = Connection(gateway, gateway.exchange(consent(gateway, "connect")["code"][0]))
    gateway.revoke(again.tokens.refresh)
    with pytest.raises(Reconnect):
        gateway.company(sandbox.realm_id, again).company_info()
    gateway.revoke(connection.tokens.refresh)


def test_another_company_stays_closed(gateway: Gateway, connection: Connection) -> None:
    """A consent opens one company."""
    with pytest.raises(Reconnect):
        gateway.company("1234567890", connection).company_info()
