"""intuit-oauth, unmodified, as a client: from its discovery to its revocation."""

import re

import pytest
import requests
from intuitlib.client import AuthClient
from intuitlib.enums import Scopes
from intuitlib.exceptions import AuthClientError

from qb.sandbox import Sandbox
from tests.sandbox.client import Client

CALLBACK = "http://127.0.0.1:3000/quickbooks/callback"


@pytest.fixture
def library(sandbox: Sandbox) -> AuthClient:
    """The library; any address will do for its environment."""
    discovery = f"{sandbox.url}/.well-known/openid_configuration"
    return AuthClient("sandbox-client", "sandbox-secret", CALLBACK, discovery)


def connect(library: AuthClient) -> None:
    """Go where the library sends people, press Connect, and give it what comes back."""
    page = requests.get(library.get_authorization_url([Scopes.ACCOUNTING, Scopes.OPENID]), timeout=10)
    hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
    form = {**hidden, "decision": "connect"}
    reply = requests.post(page.url.partition("?")[0], data=form, allow_redirects=False, timeout=10)
    back = dict(re.findall(r"[?&](\w+)=([^&]*)", reply.headers["Location"]))
    assert library.state_token == back["state"]
    library.get_bearer_token(back["code"], realm_id=back["realmId"])


def test_the_whole_way(sandbox: Sandbox, library: AuthClient) -> None:
    """Consent, tokens, a call, a refresh, the person, the end."""
    connect(library)
    assert (sandbox.realm_id, 3600, 8726400) == (
        library.realm_id,
        library.expires_in,
        library.x_refresh_token_expires_in,
    )
    client = Client(sandbox)
    client.token = library.access_token
    assert "Chen Wei" == client.read("Customer", "7")["DisplayName"]
    old = library.refresh_token
    library.refresh()
    assert old != library.refresh_token
    assert 200 == library.get_user_info().status_code
    assert library.revoke(token=library.refresh_token)
    with pytest.raises(AuthClientError) as caught:
        library.refresh()
    assert 400 == caught.value.status_code
