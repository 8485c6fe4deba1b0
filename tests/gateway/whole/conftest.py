"""A firm's QuickBooks at the other end, a consent to it, and what the tests book there."""

from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from qb.gateway import (
    Company,
    Gateway,
    Pace,
    Tokens,
    addresses,
    encode,
)
from qb.sandbox import Sandbox
from tests.gateway.conftest import Clock

CALLBACK = "http://127.0.0.1:3000/quickbooks/callback"
# QuickBooks takes no colon in a name; everything else may come.
HOSTILE = (
    "<!channel> & <https//evil|Approve>",
    'René "Ané" O\'Brien \\ 马春梅',
    "100% Legal_",
    "a' OR Id > '0",
)
INVOICE_TOTAL = Decimal("565.00")  # 500.00 and 13 % HST


class Connection:
    """A firm's tokens, kept the way the product keeps them: the newest pair, renewed when one is refused."""

    def __init__(self, gateway: Gateway, tokens: Tokens) -> None:
        self._gateway = gateway
        self.tokens = tokens
        self.renewals = 0

    def __call__(self, stale: str | None) -> str:
        """The access token in force."""
        if stale == self.tokens.access:
            self.tokens = self._gateway.renew(self.tokens.refresh)
            self.renewals += 1
        return self.tokens.access


@pytest.fixture
def sandbox(clock: Clock) -> Iterator[Sandbox]:
    """A Canadian firm's books."""
    with Sandbox(clock=clock) as running:
        yield running


@pytest.fixture
def gateway(sandbox: Sandbox, clock: Clock) -> Gateway:
    """A gateway to that QuickBooks."""
    url = sandbox.url
    return Gateway(
        client_id="sandbox-client",
        client_secret="sandbox-secret",
        redirect_uri=CALLBACK,
        addresses=addresses(
            "sandbox",
            api=url,
            authorize=f"{url}/connect/oauth2",
            token=f"{url}/oauth2/v1/tokens/bearer",
            revoke=f"{url}/v2/oauth2/tokens/revoke",
        ),
        clock=clock,
        sleep=clock.sleep,
        pace=Pace(),
    )


def consent(gateway: Gateway, decision: str) -> dict[str, list[str]]:
    """What comes back when a person presses that button on Intuit's page."""
    parts = urlsplit(gateway.consent_url("our-state"))
    form = {**{key: value[0] for key, value in parse_qs(parts.query).items()}, "decision": decision}
    page = f"{parts.scheme}://{parts.netloc}{parts.path}"
    answer = requests.post(page, data=form, allow_redirects=False, timeout=5)
    assert answer.headers["Location"].startswith(CALLBACK)
    return parse_qs(urlsplit(answer.headers["Location"]).query)


@pytest.fixture
def connection(gateway: Gateway) -> Connection:
    """The firm has said yes."""
    return Connection(gateway, gateway.exchange(consent(gateway, "connect")["code"][0]))


@pytest.fixture
def company(gateway: Gateway, sandbox: Sandbox, connection: Connection) -> Company:
    """The connected company."""
    return gateway.company(sandbox.realm_id, connection)


def add_client(company: Company, name: str, request_id: str = "c-1") -> str:
    """A new customer's Id."""
    body = encode({"DisplayName": name, "CurrencyRef": {"value": "CAD"}})
    return str(company.create("Customer", body, request_id).entity["Id"])


def invoice_body(sandbox: Sandbox, customer: str, number: str = "INV-1") -> bytes:
    """Five hundred dollars of fees with HST."""
    line = {
        "DetailType": "SalesItemLineDetail",
        "Amount": Decimal(500),
        "Description": "<!channel> & <https://evil|Approve>",
        "SalesItemLineDetail": {
            "ItemRef": {"value": sandbox.books.id_of("Item", "Professional Fees")},
            "TaxCodeRef": {"value": sandbox.books.id_of("TaxCode", "HST ON")},
        },
    }
    return encode(
        {
            "CustomerRef": {"value": customer},
            "CurrencyRef": {"value": "CAD"},
            "DocNumber": number,
            "GlobalTaxCalculation": "TaxExcluded",
            "PrivateNote": f"[rec:abc] {HOSTILE[1]}",
            "Line": [line],
        }
    )
