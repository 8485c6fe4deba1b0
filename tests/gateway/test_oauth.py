"""Consent and tokens: what Intuit is asked, and what its answers and refusals mean."""

import base64
import json
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from qb.gateway import Gateway, GatewayError, InDoubt, OurBug, Reconnect, Tokens
from tests.gateway.conftest import NOON, Clock
from tests.gateway.far_side import Cut, FarSide, Say, say

RECORDED = Path(__file__).parent / "recorded" / "oauth"
PAIR = {
    "token_type": "bearer",
    "access_token": "new-access",
    "expires_in": 3600,
    "refresh_token": "new-refresh",
    "x_refresh_token_expires_in": 8726400,
}


def test_building_a_gateway_asks_nobody(gateway: Gateway, far_side: FarSide) -> None:
    """No discovery, no token call: the first request is the first thing it is asked for."""
    gateway.consent_url("a-state")
    assert () == far_side.heard()


def test_the_consent_address_carries_our_state(gateway: Gateway, far_side: FarSide) -> None:
    """Accounting only, a code, and back to our own address."""
    parts = urlsplit(gateway.consent_url("state & <=> 马"))
    assert f"{far_side.url}/connect/oauth2" == f"{parts.scheme}://{parts.netloc}{parts.path}"
    expected = {
        "client_id": ["app-id"],
        "response_type": ["code"],
        "scope": ["com.intuit.quickbooks.accounting"],
        "redirect_uri": ["http://127.0.0.1:3000/quickbooks/callback"],
        "state": ["state & <=> 马"],
    }
    assert expected == parse_qs(parts.query)


def test_a_code_becomes_tokens(gateway: Gateway, far_side: FarSide) -> None:
    """Basic authentication, a form, and times counted from when we asked."""
    far_side.will(say(PAIR))
    tokens = gateway.exchange("the-code")
    (heard,) = far_side.heard()
    assert ("POST", "/oauth2/v1/tokens/bearer") == (heard.method, heard.path)
    assert b"app-id:app-secret" == base64.b64decode(heard.headers["authorization"].removeprefix("Basic "))
    assert "application/x-www-form-urlencoded" == heard.headers["content-type"]
    assert "application/json" == heard.headers["accept"]
    form = {
        "grant_type": ["authorization_code"],
        "code": ["the-code"],
        "redirect_uri": ["http://127.0.0.1:3000/quickbooks/callback"],
    }
    assert form == parse_qs(heard.body.decode())
    expected = Tokens(
        access="new-access",
        refresh="new-refresh",
        access_expires_at=NOON + timedelta(seconds=3600),
        refresh_expires_at=NOON + timedelta(seconds=8726400),
    )
    assert expected == tokens


def test_a_refresh_token_becomes_a_new_pair(gateway: Gateway, far_side: FarSide) -> None:
    """The old one may be dead from here on."""
    far_side.will(say(PAIR))
    assert "new-refresh" == gateway.renew("old-refresh").refresh
    form = {"grant_type": ["refresh_token"], "refresh_token": ["old-refresh"]}
    assert form == parse_qs(far_side.heard()[0].body.decode())


@pytest.mark.parametrize(
    "name", ["intuit-dotnet__success_token_response.json", "intuit-oauth-jsclient__bearer-token.json"]
)
def test_recorded_pairs(gateway: Gateway, far_side: FarSide, name: str) -> None:
    """With an id token beside, which we don't want and don't follow."""
    body = (RECORDED / name).read_bytes()
    far_side.will(Say(200, body))
    tokens = gateway.exchange("the-code")
    assert json.loads(body)["access_token"] == tokens.access
    assert json.loads(body)["refresh_token"] == tokens.refresh
    assert 1 == len(far_side.heard())


def test_nothing_in_a_reply_bends_the_next_call(gateway: Gateway, far_side: FarSide) -> None:
    """A reply is read for four things; its other keys reach no session, no address and no other firm."""
    hostile = {
        "headers": {"X-Evil": "1"},
        "proxies": {},
        "token_endpoint": "http://evil.example",
        "auth": "x",
    }
    far_side.will(say(PAIR | hostile), say(PAIR))
    gateway.exchange("the-code")
    gateway.renew("old-refresh")
    assert "x-evil" not in far_side.heard()[1].headers
    assert "/oauth2/v1/tokens/bearer" == far_side.heard()[1].path


@pytest.mark.parametrize("left_out", ["expires_in", "x_refresh_token_expires_in"])
@pytest.mark.parametrize("value", [None, "soon", -1, 0, True, 10**15])
def test_a_pair_without_sound_times_is_not_thrown_away(
    gateway: Gateway, far_side: FarSide, left_out: str, value: object
) -> None:
    """The old token is dead: better the documented lifetime than no token."""
    far_side.will(say(PAIR | {"expires_in": 3600, "x_refresh_token_expires_in": 8640000, left_out: value}))
    tokens = gateway.renew("old-refresh")
    assert NOON + timedelta(hours=1) == tokens.access_expires_at
    assert NOON + timedelta(days=100) == tokens.refresh_expires_at


def test_the_old_refresh_token_stays_if_no_new_one_comes(gateway: Gateway, far_side: FarSide) -> None:
    """As the standard has it; a first consent must bring one."""
    alone = {"access_token": "new-access", "expires_in": 3600}
    far_side.will(say(alone), say(alone))
    assert "old-refresh" == gateway.renew("old-refresh").refresh
    with pytest.raises(InDoubt):
        gateway.exchange("the-code")


@pytest.mark.parametrize("content", [{}, [], {"access_token": 7}, {"access_token": ""}, "x", None])
def test_a_reply_without_tokens_leaves_doubt(gateway: Gateway, far_side: FarSide, content: object) -> None:
    """Nothing is taken for connected that isn't."""
    far_side.will(say(content))
    with pytest.raises(InDoubt):
        gateway.renew("old-refresh")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Say(400, (RECORDED / "intuit-readme__invalid_grant.json").read_bytes()), Reconnect),
        (
            say({"error": "invalid_grant", "error_description": "Incorrect or invalid refresh token"}, 400),
            Reconnect,
        ),
        (say({"error": "invalid_client"}, 400), OurBug),
        (say({"error": "invalid_client"}, 401), OurBug),
        (say({"error": "invalid_request"}, 400), OurBug),
        (Say(400, (RECORDED / "intuit-dotnet__failure_token_response.json").read_bytes()), OurBug),
        (Say(404, b"<html>"), OurBug),
        (Say(500, b""), InDoubt),
        (Say(503, b"<html>"), InDoubt),
        (Say(408, b""), InDoubt),
        (Say(302, b"", {"Location": "/"}), InDoubt),
        (Say(429, b""), InDoubt),
        (Cut(), InDoubt),
    ],
)
def test_refusals_of_the_sign_in(
    gateway: Gateway, far_side: FarSide, answer: Say | Cut, expected: type[GatewayError]
) -> None:
    """Only a refused grant means connect again; a broken line never throws a token away."""
    far_side.will(answer, answer)
    with pytest.raises(expected):
        gateway.renew("old-refresh")
    with pytest.raises(expected):
        gateway.exchange("the-code")


def test_wrong_keys_name_the_settings(gateway: Gateway, far_side: FarSide) -> None:
    """Reconnecting would not help: the IT helper must look at these two."""
    far_side.will(say({"error": "invalid_client"}, 401))
    with pytest.raises(OurBug, match="INTUIT_CLIENT_ID and INTUIT_CLIENT_SECRET"):
        gateway.exchange("the-code")


def test_a_busy_sign_in_says_how_long(gateway: Gateway, far_side: FarSide) -> None:
    """Like the books."""
    far_side.will(Say(429, b"", {"Retry-After": "7"}))
    with pytest.raises(InDoubt) as caught:
        gateway.renew("old-refresh")
    assert 7 == caught.value.rest_seconds


def test_revoking_ends_the_connection(gateway: Gateway, far_side: FarSide) -> None:
    """JSON, Basic authentication; 200 says nothing more."""
    far_side.will(Say(200, b""))
    gateway.revoke("old-refresh")
    (heard,) = far_side.heard()
    assert ("POST", "/v2/oauth2/tokens/revoke") == (heard.method, heard.path)
    assert {"token": "old-refresh"} == json.loads(heard.body)
    assert heard.headers["authorization"].startswith("Basic ")


def test_revoking_what_is_gone_is_fine(gateway: Gateway, far_side: FarSide) -> None:
    """The firm wanted it gone; wrong keys and a broken line are another matter."""
    gone = (RECORDED / "intuit-dotnet__failure_token_revocation_response.json").read_bytes()
    far_side.will(Say(400, gone), say({"error": "invalid_client"}, 400), Say(401, b""), Cut())
    gateway.revoke("old-refresh")
    with pytest.raises(OurBug, match="INTUIT_CLIENT_ID"):
        gateway.revoke("old-refresh")
    with pytest.raises(OurBug):
        gateway.revoke("old-refresh")
    with pytest.raises(InDoubt):
        gateway.revoke("old-refresh")


def test_printing_tokens_shows_no_token(clock: Clock) -> None:
    """Only when they end."""
    printed = repr(Tokens("canary-access", "canary-refresh", clock(), clock()))
    assert "canary" not in printed
    assert "2026" in printed
