"""Which addresses may be QuickBooks."""

import pytest

from qb.gateway import Addresses, BadAddress, addresses


def test_sandbox_and_production_are_intuits() -> None:
    """Both sign in at the same place; their books and their app differ."""
    sandbox = Addresses(
        api="https://sandbox-quickbooks.api.intuit.com",
        authorize="https://appcenter.intuit.com/connect/oauth2",
        token="https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer",
        revoke="https://developer.api.intuit.com/v2/oauth2/tokens/revoke",
        app="https://app.sandbox.qbo.intuit.com",
    )
    assert sandbox == addresses("sandbox")
    production = addresses("production")
    assert "https://quickbooks.api.intuit.com" == production.api
    assert "https://app.qbo.intuit.com" == production.app
    assert (sandbox.authorize, sandbox.token, sandbox.revoke) == (
        production.authorize,
        production.token,
        production.revoke,
    )


@pytest.mark.parametrize("environment", ["", "Sandbox", "prod", "https://quickbooks.api.intuit.com"])
def test_there_is_no_third_environment(environment: str) -> None:
    """A misspelt one is not taken for production."""
    with pytest.raises(BadAddress, match="INTUIT_ENVIRONMENT"):
        addresses(environment)


def test_links_follow_an_api_of_ones_own() -> None:
    """A QuickBooks that lives elsewhere shows its pages there; Intuit's own, written out, stays Intuit's."""
    assert "http://127.0.0.1:4010" == addresses("sandbox", api="http://127.0.0.1:4010/").app
    assert "http://127.0.0.1:4010" == addresses("sandbox", api="http://127.0.0.1:4010/").api
    written_out = addresses("sandbox", api="https://quickbooks.api.intuit.com")
    assert "https://app.qbo.intuit.com" == written_out.app


@pytest.mark.parametrize(
    "address", ["http://localhost:8000", "http://127.0.0.1:1", "http://127.9.9.9", "http://[::1]:80"]
)
def test_plain_http_to_this_very_machine(address: str) -> None:
    """For the sandbox that lives here."""
    assert address == addresses("sandbox", api=address).api


@pytest.mark.parametrize(
    "address",
    [
        "http://quickbooks.api.intuit.com",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://10.0.0.1",
        "http://[::ffff:10.0.0.1]",
        "ftp://127.0.0.1",
        "https://",
        "quickbooks.api.intuit.com",
        "https://user:canary@quickbooks.api.intuit.com",
        "https://quickbooks.api.intuit.com/v3",
        "https://quickbooks.api.intuit.com?x=1",
        "https://quickbooks.api.intuit.com#x",
        "https://quickbooks.api.intuit.com:port",
        "https://[quickbooks",
    ],
)
def test_tokens_go_nowhere_else(address: str) -> None:
    """Refused in words that name the setting and never repeat the address."""
    with pytest.raises(BadAddress, match="QUICKBOOKS_API_URL") as caught:
        addresses("sandbox", api=address)
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("authorize", "INTUIT_AUTHORIZE_URL"),
        ("token", "INTUIT_TOKEN_URL"),
        ("revoke", "INTUIT_REVOKE_URL"),
    ],
)
def test_the_sign_in_addresses_are_checked_too(name: str, setting: str) -> None:
    """Each is named by its own setting."""
    with pytest.raises(BadAddress, match=setting):
        addresses("sandbox", **{name: "http://evil.example/token"})
    kept = addresses("sandbox", **{name: "https://elsewhere.example/token"})
    assert "https://elsewhere.example/token" == getattr(kept, name)
