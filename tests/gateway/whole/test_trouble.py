"""Trouble at the other end, and one booking all the same."""

import pytest

from qb.gateway import (
    Company,
    GatewayError,
    InDoubt,
    Reconnect,
    Refused,
)
from qb.sandbox import Fault, Sandbox, Switches
from tests.gateway.conftest import Clock
from tests.gateway.whole.conftest import Connection, add_client, invoice_body


@pytest.mark.parametrize("trouble", ["cut", "status", "gateway", "throttle"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_trouble_then_the_same_request_again_books_once(
    company: Company, sandbox: Sandbox, clock: Clock, trouble: str, *, after: bool
) -> None:
    """Whether or not it had been booked: same bytes, same request id, one invoice."""
    body = invoice_body(sandbox, add_client(company, "A Client"))
    sandbox.faults.add(Fault(trouble, "POST", "invoice", after=after))  # type: ignore[arg-type]
    with pytest.raises(InDoubt) as caught:
        company.create("Invoice", body, "i-1")
    assert caught.value.sent is True
    assert (1 if after else 0) == len(sandbox.books.entities("Invoice"))
    clock.pass_seconds(caught.value.rest_seconds or 0)
    booked = company.create("Invoice", body, "i-1")
    assert [booked.entity["Id"]] == [one["Id"] for one in sandbox.books.entities("Invoice")]


@pytest.mark.parametrize("shape", ["A", "B", "C"])
def test_every_shape_of_throttle_means_rest(company: Company, sandbox: Sandbox, shape: str) -> None:
    """Business JSON, gateway JSON or XML."""
    sandbox.switches = Switches(throttle_shape=shape)  # type: ignore[arg-type]
    sandbox.faults.add(Fault("throttle"))
    with pytest.raises(InDoubt) as caught:
        company.company_info()
    assert 60 == caught.value.rest_seconds


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault("garbled"), InDoubt),
        (Fault("hidden", code="6240"), Refused),
        (Fault("hidden", code="10000"), InDoubt),
        (Fault("refuse", code="120"), Reconnect),
        (Fault("refuse", code="6190"), Reconnect),
        (Fault("status", status=503), InDoubt),
        (Fault("expired", path="companyinfo/*", times=2), Reconnect),
    ],
)
def test_other_trouble(
    company: Company, sandbox: Sandbox, fault: Fault, expected: type[GatewayError]
) -> None:
    """Each is one of the four kinds."""
    sandbox.faults.add(fault)
    with pytest.raises(expected):
        company.company_info()


def test_one_expired_token_is_nothing(company: Company, sandbox: Sandbox, connection: Connection) -> None:
    """Renewed and repeated; the caller sees the answer only."""
    sandbox.faults.add(Fault("expired"))
    assert add_client(company, "A Client", "c-1")
    assert 1 == connection.renewals
    asked = [seen.requestid for seen in sandbox.requests() if seen.entity == "customer"]
    assert ["c-1", "c-1"] == asked
