"""Connecting: the consent page, codes, tokens and their ends."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from qb.sandbox import Fault, Sandbox, Switches
from tests.sandbox.client import Client, Moment

CALLBACK = "http://127.0.0.1:3000/quickbooks/callback"
KEYS = ("sandbox-client", "sandbox-secret")
ASKED = {
    "client_id": "sandbox-client",
    "redirect_uri": CALLBACK,
    "response_type": "code",
    "scope": "com.intuit.quickbooks.accounting",
    "state": "s-1",
}


def decide(sandbox: Sandbox, decision: str = "connect", **asked: str) -> dict[str, list[str]]:
    """Press a button of the consent page; returns what comes back by the redirect."""
    form = {**ASKED, **asked, "decision": decision}
    reply = requests.post(f"{sandbox.url}/connect/oauth2", data=form, allow_redirects=False, timeout=10)
    assert 302 == reply.status_code
    assert reply.headers["Location"].startswith(CALLBACK)
    return parse_qs(urlsplit(reply.headers["Location"]).query)


def token(sandbox: Sandbox, keys: tuple[str, str] = KEYS, **form: str) -> requests.Response:
    """Ask the token endpoint."""
    return requests.post(f"{sandbox.url}/oauth2/v1/tokens/bearer", data=form, auth=keys, timeout=10)


def exchange(sandbox: Sandbox, code: str, redirect_uri: str = CALLBACK) -> requests.Response:
    """A code for tokens."""
    return token(sandbox, grant_type="authorization_code", code=code, redirect_uri=redirect_uri)


def refresh(sandbox: Sandbox, value: str) -> requests.Response:
    """A refresh token for tokens."""
    return token(sandbox, grant_type="refresh_token", refresh_token=value)


def reads(sandbox: Sandbox, access: str) -> int:
    """The status of a read with an access token."""
    headers = {"Authorization": f"Bearer {access}", "Accept": "application/json"}
    url = f"{sandbox.url}/v3/company/{sandbox.realm_id}/customer/1"
    return requests.get(url, headers=headers, timeout=10).status_code


def test_the_page_names_the_company_and_asks(sandbox: Sandbox) -> None:
    """Two buttons, the company's name, nothing from elsewhere."""
    page = requests.get(f"{sandbox.url}/connect/oauth2", params=ASKED, timeout=10)
    assert 200 == page.status_code
    for words in ("Northgate Immigration Law", ">Connect<", ">No thanks<"):
        assert words in page.text
    assert "src=" not in page.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": "another"},
        {"redirect_uri": f"{CALLBACK}/"},
        {"response_type": "token"},
        {"scope": "openid"},
    ],
)
def test_a_wrong_request_goes_nowhere(sandbox: Sandbox, wrong: dict[str, str]) -> None:
    """Said on the page, never by a redirect."""
    asked = {**ASKED, **wrong}
    assert 400 == requests.get(f"{sandbox.url}/connect/oauth2", params=asked, timeout=10).status_code
    pressed = {**asked, "decision": "connect"}
    reply = requests.post(f"{sandbox.url}/connect/oauth2", data=pressed, allow_redirects=False, timeout=10)
    assert 400 == reply.status_code


def test_no_thanks(sandbox: Sandbox) -> None:
    """access_denied, with the state."""
    assert {"error": ["access_denied"], "state": ["s-1"]} == decide(sandbox, "refuse")


def test_connect(sandbox: Sandbox) -> None:
    """A code, the state and the company; the code gives tokens that open it."""
    back = decide(sandbox)
    assert ["s-1"] == back["state"]
    assert [sandbox.realm_id] == back["realmId"]
    tokens = exchange(sandbox, back["code"][0]).json()
    assert ("bearer", 3600, 8726400) == (
        tokens["token_type"],
        tokens["expires_in"],
        tokens["x_refresh_token_expires_in"],
    )
    assert 200 == reads(sandbox, tokens["access_token"])


def test_a_code_twice_kills_what_it_gave(sandbox: Sandbox) -> None:
    """invalid_grant, and the first tokens are dead."""
    code = decide(sandbox)["code"][0]
    tokens = exchange(sandbox, code).json()
    again = exchange(sandbox, code)
    assert (400, "invalid_grant") == (again.status_code, again.json()["error"])
    assert 401 == reads(sandbox, tokens["access_token"])
    assert 400 == refresh(sandbox, tokens["refresh_token"]).status_code


def test_a_code_is_for_its_address_and_ten_minutes(sandbox: Sandbox, moment: Moment) -> None:
    """invalid_grant otherwise."""
    code = decide(sandbox)["code"][0]
    assert 400 == exchange(sandbox, code, "http://127.0.0.1:3000/elsewhere").status_code
    moment.pass_by(minutes=10, seconds=1)
    assert 400 == exchange(sandbox, code).status_code


def test_wrong_keys(sandbox: Sandbox) -> None:
    """invalid_client: connecting again won't help."""
    reply = token(sandbox, ("sandbox-client", "wrong"), grant_type="refresh_token", refresh_token="x")
    assert (401, {"error": "invalid_client"}) == (reply.status_code, reply.json())
    assert {"error": "unsupported_grant_type"} == token(sandbox, grant_type="password").json()


def test_an_access_token_lives_an_hour(sandbox: Sandbox, moment: Moment) -> None:
    """Then 401 in the gateway's own shape."""
    client = Client(sandbox)
    moment.pass_by(seconds=3599)
    assert 200 == client.send("GET", "customer/1").status_code
    moment.pass_by(seconds=1)
    reply = client.send("GET", "customer/1")
    fault = reply.json()["fault"]
    assert (401, "AUTHENTICATION", "3200") == (reply.status_code, fault["type"], fault["error"][0]["code"])
    assert 'Bearer realm="Intuit", error="invalid_token"' == reply.headers["www-authenticate"]
    assert client.token in fault["error"][0]["detail"]


def test_a_refresh_gives_a_new_pair_and_the_old_one_dies(sandbox: Sandbox) -> None:
    """At once: the strictest reading."""
    first = sandbox.grant()
    second = refresh(sandbox, first.refresh_token).json()
    assert first.refresh_token != second["refresh_token"]
    assert 200 == reads(sandbox, second["access_token"])
    dead = refresh(sandbox, first.refresh_token)
    expected = {"error": "invalid_grant", "error_description": "Incorrect or invalid refresh token"}
    assert (400, expected) == (dead.status_code, dead.json())
    assert 200 == refresh(sandbox, second["refresh_token"]).status_code


def test_rotation_may_be_daily(sandbox: Sandbox, moment: Moment) -> None:
    """As Intuit says: a new one on the first refresh after about 24 hours."""
    sandbox.switches = Switches(refresh_rotation="daily")
    first = sandbox.grant().refresh_token
    assert first == refresh(sandbox, first).json()["refresh_token"]
    moment.pass_by(hours=24)
    assert first != refresh(sandbox, first).json()["refresh_token"]


def test_reuse_may_kill_the_winner(sandbox: Sandbox) -> None:
    """Third parties report it of two who refresh at once."""
    sandbox.switches = Switches(reuse_revokes_grant=True)
    first = sandbox.grant()
    second = refresh(sandbox, first.refresh_token).json()
    assert 400 == refresh(sandbox, first.refresh_token).status_code
    assert 401 == reads(sandbox, second["access_token"])


def test_a_refresh_token_dies_of_disuse_and_of_age(sandbox: Sandbox, moment: Moment) -> None:
    """101 days untouched; five years however often refreshed."""
    value = sandbox.grant().refresh_token
    moment.pass_by(days=101)
    assert 400 == refresh(sandbox, value).status_code
    value = sandbox.grant().refresh_token
    for _ in range(18):
        value = refresh(sandbox, value).json()["refresh_token"]
        moment.pass_by(days=100)
    hard = requests.post(
        f"{sandbox.url}/oauth2/v1/tokens/bearer",
        data={"grant_type": "refresh_token", "refresh_token": value},
        auth=KEYS,
        headers={"x-include-refresh-token-hard-expires-in": "true"},
        timeout=10,
    ).json()
    assert (1825 - 1800) * 86400 == hard["x_refresh_token_hard_expires_in"]
    moment.pass_by(days=26)
    assert 400 == refresh(sandbox, hard["refresh_token"]).status_code


def test_revoking(sandbox: Sandbox) -> None:
    """200 and nothing; then the tokens are dead, and a second time is an error."""
    tokens = sandbox.grant()
    url = f"{sandbox.url}/v2/oauth2/tokens/revoke"
    reply = requests.post(url, json={"token": tokens.refresh_token}, auth=KEYS, timeout=10)
    assert (200, b"") == (reply.status_code, reply.content)
    assert 401 == reads(sandbox, tokens.access_token)
    assert 400 == requests.post(url, json={"token": "unknown"}, auth=KEYS, timeout=10).status_code


def test_disconnecting_inside_quickbooks_is_silent(sandbox: Sandbox) -> None:
    """401 on the next call, and the refresh fails."""
    tokens = sandbox.grant()
    sandbox.disconnect()
    assert 401 == reads(sandbox, tokens.access_token)
    assert 400 == refresh(sandbox, tokens.refresh_token).status_code


def test_a_company_the_app_is_not_connected_to(sandbox: Sandbox) -> None:
    """403 with 3100, and no detail."""
    headers = {"Authorization": f"Bearer {sandbox.grant().access_token}", "Accept": "application/json"}
    reply = requests.get(f"{sandbox.url}/v3/company/1/customer/1", headers=headers, timeout=10)
    fault = reply.json()["fault"]
    assert (403, "SERVICE", "3100", None) == (
        reply.status_code,
        fault["type"],
        fault["error"][0]["code"],
        fault["error"][0]["detail"],
    )


@pytest.mark.parametrize("fault", [Fault("status", status=503), Fault("throttle"), Fault("gateway")])
def test_the_token_endpoint_has_trouble_too(sandbox: Sandbox, fault: Fault) -> None:
    """Before the rotation: the old token still works."""
    tokens = sandbox.grant()
    sandbox.faults.add(Fault(fault.trouble, path="oauth2/v1/tokens/bearer", status=fault.status))
    assert refresh(sandbox, tokens.refresh_token).status_code in {429, 503, 504}
    assert 200 == refresh(sandbox, tokens.refresh_token).status_code


def test_a_reply_lost_after_the_rotation(sandbox: Sandbox) -> None:
    """The worst: the old token is dead and nobody has the new one."""
    tokens = sandbox.grant()
    sandbox.faults.add(Fault("cut", path="oauth2/v1/tokens/bearer", after=True))
    with pytest.raises(requests.ConnectionError):
        refresh(sandbox, tokens.refresh_token)
    assert 400 == refresh(sandbox, tokens.refresh_token).status_code


def test_who_is_asking(sandbox: Sandbox) -> None:
    """Userinfo needs openid."""
    for scope, status in (("com.intuit.quickbooks.accounting", 401), ("openid email", 200)):
        headers = {"Authorization": f"Bearer {sandbox.grant(scope).access_token}"}
        reply = requests.get(f"{sandbox.url}/v1/openid_connect/userinfo", headers=headers, timeout=10)
        assert status == reply.status_code


def test_the_discovery_document_points_here(sandbox: Sandbox) -> None:
    """Every address is on this server and answers."""
    found = requests.get(f"{sandbox.url}/.well-known/openid_configuration/", timeout=10).json()
    for key in (
        "authorization_endpoint",
        "token_endpoint",
        "revocation_endpoint",
        "userinfo_endpoint",
        "jwks_uri",
    ):
        assert found[key].startswith(sandbox.url)
        assert 404 != requests.get(found[key], timeout=10).status_code
