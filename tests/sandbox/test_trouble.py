"""Scripted trouble: what the client meets, and whether the books were changed."""

import time

import pytest
import requests
import simplejson
from defusedxml import ElementTree

from qb.sandbox import Fault, Sandbox, Switches
from tests.sandbox.client import Client, Json, Moment

SCHEMA = "{http://schema.intuit.com/finance/v3}"
BODY = {"DisplayName": "Troubled"}


def booked(client: Client) -> bool:
    """Whether the customer is in the books."""
    found = client.sandbox.books.entities("Customer")
    return any(one["DisplayName"] == "Troubled" for one in found)


def post(client: Client) -> requests.Response:
    """Create the customer."""
    return client.send("POST", "customer", body=BODY)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault("status", status=500), 500),
        (Fault("status", status=502), 502),
        (Fault("status", status=503), 503),
        (Fault("gateway"), 504),
        (Fault("throttle"), 429),
        (Fault("expired"), 401),
        (Fault("refuse", code="6190"), 400),
        (Fault("hidden", code="10000", kind="SystemFault"), 200),
        (Fault("garbled"), 200),
    ],
    ids=lambda value: value.trouble if isinstance(value, Fault) else "",
)
def test_trouble_before_or_after_the_books(client: Client, fault: Fault, status: int, *, after: bool) -> None:
    """The same reply; before, nothing is booked, after, all is; the next call goes well."""
    client.sandbox.faults.add(Fault(**{**as_fields(fault), "path": "customer", "after": after}))
    assert status == post(client).status_code
    assert after == booked(client)
    assert 200 == client.send("GET", "customer/1").status_code


def as_fields(fault: Fault) -> Json:
    """A fault's fields, to make another with some changed."""
    return {name: getattr(fault, name) for name in Fault.__slots__}


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_cut_connection(client: Client, *, after: bool) -> None:
    """No status, no byte."""
    client.sandbox.faults.add(Fault("cut", path="customer", after=after))
    with pytest.raises(requests.ConnectionError):
        post(client)
    assert after == booked(client)
    assert 0 == client.sandbox.requests()[-1].status


def test_a_late_write(client: Client, moment: Moment) -> None:
    """The connection breaks at once, the books change a minute later, and nobody is told."""
    client.sandbox.faults.add(Fault("late", path="customer", seconds=60))
    with pytest.raises(requests.ConnectionError):
        post(client)
    moment.pass_by(seconds=59)
    assert not booked(client)
    moment.pass_by(seconds=1)
    assert booked(client)


def test_a_late_write_keeps_its_request_id(client: Client, moment: Moment) -> None:
    """A repeat after it gets its reply; a repeat before it makes the late one the repeat."""
    client.sandbox.faults.add(Fault("late", path="payment", seconds=60))
    body = {"CustomerRef": client.ref("Customer", "Chen Wei"), "TotalAmt": 5}
    with pytest.raises(requests.ConnectionError):
        client.write("Payment", body, requestid="p-1")
    client.write("Payment", body, requestid="p-1")
    moment.pass_by(seconds=60)
    assert 1 == len(client.sandbox.books.entities("Payment"))


def test_a_blind_look(client: Client) -> None:
    """A query that finds nothing, though it is there."""
    post(client)
    client.sandbox.faults.add(Fault("blind", path="query", containing="from customer"))
    query = "select * from Customer where DisplayName = 'Troubled'"
    assert {} == client.query(query)
    assert 1 == client.query(query)["maxResults"]


def test_the_nth_call_that_fits(client: Client) -> None:
    """After two good ones two bad ones, then good ones again; other calls don't count."""
    client.sandbox.faults.add(Fault("throttle", method="GET", path="customer/*", skip=2, times=2))
    statuses = []
    for _ in range(5):
        statuses.append(client.send("GET", "customer/1").status_code)
        assert 200 == client.send("GET", "preferences").status_code
    assert [200, 200, 429, 429, 200] == statuses
    assert () == client.sandbox.faults.waiting()


def test_latency_is_real(client: Client) -> None:
    """A call that takes a twentieth of a second takes it."""
    client.sandbox.faults.add(Fault("latency", seconds=0.05))
    began = time.monotonic()
    client.read("Customer", "1")
    assert time.monotonic() - began >= 0.05


def test_a_throttle_is_xml_whatever_was_asked_for(client: Client) -> None:
    """As recorded, word for word but the time."""
    client.sandbox.faults.add(Fault("throttle"))
    reply = client.send("GET", "customer/1")
    assert "application/xml" == reply.headers["Content-Type"]
    fault = ElementTree.fromstring(reply.content).find(f"{SCHEMA}Fault")
    assert fault is not None
    error = fault.find(f"{SCHEMA}Error")
    assert error is not None
    assert ("SERVICE", "3001") == (fault.get("type"), error.get("code"))
    assert "message=ThrottleExceeded; errorCode=003001; statusCode=429" == error.findtext(f"{SCHEMA}Message")
    assert "The request limit was reached.  Try again later" == error.findtext(f"{SCHEMA}Detail")


@pytest.mark.parametrize(("shape", "key"), [("A", "Fault"), ("B", "fault")])
def test_a_throttle_may_be_json(moment: Moment, shape: str, key: str) -> None:
    """No JSON one was ever found: switches."""
    with Sandbox(clock=moment, switches=Switches(throttle_shape=shape, throttle_retry_after=30)) as sandbox:  # type: ignore[arg-type]  # from the table
        client = Client(sandbox)
        sandbox.faults.add(Fault("throttle"))
        reply = client.send("GET", "customer/1")
        assert (429, "30") == (reply.status_code, reply.headers["Retry-After"])
        assert key in simplejson.loads(reply.text)


def test_a_time_out_at_the_gateway(client: Client) -> None:
    """XML with 6002 and no detail."""
    client.sandbox.faults.add(Fault("gateway"))
    reply = client.send("GET", "customer/1")
    error = ElementTree.fromstring(reply.content).find(f"{SCHEMA}Fault/{SCHEMA}Error")
    assert error is not None
    assert "6002" == error.get("code")
    assert [f"{SCHEMA}Message"] == [child.tag for child in error]


def test_every_reply_has_a_trace_id_of_its_own(client: Client) -> None:
    """Troubled ones too."""
    client.sandbox.faults.add(Fault("status", status=502, skip=1))
    tids = [client.send("GET", "customer/1").headers["intuit_tid"] for _ in range(3)]
    assert 3 == len(set(tids))
    assert tids == [seen.tid for seen in client.sandbox.requests()]
