"""What bookkeepers do to customers by hand: renamed, made inactive, merged, on their page or by a test."""

import pytest
import requests

from qb.sandbox.refusals import RefusedError
from tests.sandbox.client import Client, Json

STAYS = "Daniel Osei"
GOES = "Sofia Rossi"


def customer(client: Client, identity: str) -> Json:
    """As the books have it now."""
    (found,) = [one for one in client.sandbox.books.entities("Customer") if one["Id"] == identity]
    return found


@pytest.fixture
def owed(client: Client) -> Json:
    """An invoice of 1,695.00 of which 1,000.00 was paid."""
    ref = client.ref("Customer", GOES)
    invoice = client.invoice(client.line("1500.00"), CustomerRef=ref)
    client.payment("1000.00", (invoice, "1000.00"), CustomerRef=ref)
    return invoice


def test_a_merge_moves_everything(client: Client, owed: Json) -> None:
    """Sales, money and what is owed become the other's; the merged one is inactive, and the books add up."""
    sandbox = client.sandbox
    gone, stays = (client.ref("Customer", name)["value"] for name in (GOES, STAYS))
    before = sandbox.books.trial_balance()
    sandbox.merge(GOES, STAYS)
    invoice = client.read("Invoice", owed["Id"])
    assert (stays, "Daniel Osei") == (invoice["CustomerRef"]["value"], invoice["CustomerRef"]["name"])
    assert int(invoice["SyncToken"]) > int(owed["SyncToken"])
    assert [stays] == [one["CustomerRef"]["value"] for one in sandbox.books.entities("Payment")]
    assert ("695.00", "0.00") == (
        f"{customer(client, stays)['Balance']:.2f}",
        f"{customer(client, gone)['Balance']:.2f}",
    )
    assert ("Sofia Rossi (deleted)", False) == (
        customer(client, gone)["DisplayName"],
        customer(client, gone)["Active"],
    )
    assert before == sandbox.books.trial_balance()


def test_customers_of_two_currencies_are_not_merged(client: Client) -> None:
    """A customer keeps one currency for ever."""
    with pytest.raises(RefusedError):
        client.sandbox.merge(GOES, "Michael Brooks")
    assert customer(client, client.ref("Customer", GOES)["value"])["Active"]


def test_made_inactive_and_active_again(client: Client) -> None:
    """QuickBooks shows it behind the name; made active, it is called as before."""
    identity = client.ref("Customer", GOES)["value"]
    client.sandbox.retire(GOES)
    assert "Sofia Rossi (deleted)" == customer(client, identity)["DisplayName"]
    client.sandbox.revive("Sofia Rossi (deleted)")
    assert ("Sofia Rossi", True) == (
        customer(client, identity)["DisplayName"],
        customer(client, identity)["Active"],
    )


def test_the_page_does_the_same(client: Client) -> None:
    """Each form leads back to the customer's page."""
    identity = client.ref("Customer", GOES)["value"]
    for form, says in (
        ({"what": "rename", "name": "Sofia Rossi-Bianchi"}, "Sofia Rossi-Bianchi"),
        ({"what": "retire"}, "inactive"),
        ({"what": "revive"}, "Make Inactive"),
        ({"what": "merge", "into": client.ref("Customer", STAYS)["value"]}, "(deleted)"),
    ):
        page = _post(client, {"nameId": identity, **form})
        assert says in page.text


def test_the_page_says_no_as_quickbooks_does(client: Client) -> None:
    """A name that is taken, somebody who isn't there, a form of another site."""
    identity = client.ref("Customer", GOES)["value"]
    taken = _post(client, {"nameId": identity, "what": "rename", "name": STAYS})
    assert (400, True) == (taken.status_code, "6240" in taken.text)
    assert 400 == _post(client, {"nameId": "999999", "what": "retire"}).status_code
    foreign = _post(client, {"nameId": identity, "what": "retire"}, Origin="https://evil.example")
    assert 403 == foreign.status_code
    assert customer(client, identity)["Active"]


def _post(client: Client, form: dict[str, str], **headers: str) -> requests.Response:
    at = f"{client.sandbox.url}/app/customerdetail"
    return requests.post(at, data=form, headers=headers, timeout=10)
