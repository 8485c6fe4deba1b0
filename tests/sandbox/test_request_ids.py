"""Request ids: the first reply again, byte for byte, and the ways it might be otherwise."""

from datetime import timedelta

import pytest
import requests

from qb.sandbox import Fault, Switches
from tests.sandbox.client import Client, Json, Moment, Refusal


def post(client: Client, name: str, requestid: str = "r-1") -> requests.Response:
    """Create a customer under a request id."""
    return client.send("POST", "customer", body={"DisplayName": name}, params={"requestid": requestid})


def count(client: Client) -> int:
    """How many customers there are."""
    total: int = client.query("select count(*) from Customer")["totalCount"]
    return total


def test_a_repeat_gives_the_first_reply_byte_for_byte(client: Client, moment: Moment) -> None:
    """Even later, and nothing is booked again; only the trace id is new."""
    first = post(client, "Once Only")
    before = count(client)
    moment.pass_by(minutes=7)
    again = post(client, "Once Only")
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert first.headers["intuit_tid"] != again.headers["intuit_tid"]
    assert before == count(client)


def test_another_id_is_another_request(client: Client) -> None:
    """The second one meets the rules like any other."""
    post(client, "Twice")
    assert 400 == post(client, "Twice", "r-2").status_code


def test_ids_may_be_ignored(client: Client) -> None:
    """Reported of payments: two from one id."""
    client.sandbox.switches = Switches(requestid="ignored")
    body = {"CustomerRef": client.ref("Customer", "Chen Wei"), "TotalAmt": 5}
    first = client.write("Payment", body, requestid="r-1")
    assert first["Id"] != client.write("Payment", body, requestid="r-1")["Id"]


def test_a_repeat_may_be_refused(client: Client) -> None:
    """600, as old tables have it."""
    client.sandbox.switches = Switches(requestid="refused")
    post(client, "Once Only")
    with pytest.raises(Refusal) as caught:
        client.good(post(client, "Once Only"))
    assert "600" == caught.value.code


def test_ids_may_be_forgotten(client: Client, moment: Moment) -> None:
    """After a day, say."""
    client.sandbox.switches = Switches(requestid_retention=timedelta(days=1))
    first = post(client, "Once Only")
    moment.pass_by(hours=24)
    client.renew()
    assert first.content == post(client, "Once Only").content
    moment.pass_by(seconds=1)
    assert 400 == post(client, "Once Only").status_code


def test_a_refused_first_try_may_count_or_not(client: Client) -> None:
    """By default a mended request may go under the same id; by switch it gets the old refusal."""
    assert 400 == post(client, "").status_code
    assert 200 == post(client, "Mended").status_code
    client.sandbox.switches = Switches(requestid_after_failure="replay")
    assert 400 == post(client, "", "r-2").status_code
    assert 400 == post(client, "Mended Too", "r-2").status_code


def test_the_same_id_with_another_body(client: Client) -> None:
    """The first reply by default; 600 by switch."""
    first = post(client, "One")
    assert first.content == post(client, "Other").content
    client.sandbox.switches = Switches(requestid_other_body="refuse")
    with pytest.raises(Refusal) as caught:
        client.good(post(client, "Other"))
    assert "600" == caught.value.code


def test_a_cut_after_the_commit_is_made_good_by_a_repeat(client: Client) -> None:
    """The one case that request ids are there for."""
    client.sandbox.faults.add(Fault("cut", path="customer", after=True))
    with pytest.raises(requests.ConnectionError):
        post(client, "Cut Off")
    before = count(client)
    made = client.good(post(client, "Cut Off"))["Customer"]
    assert ("Cut Off", before) == (made["DisplayName"], count(client))


def test_the_length_of_an_id(client: Client) -> None:
    """50 signs, 36 on a batch, and 10 for a batch item."""
    assert 200 == post(client, "Fifty", "r" * 50).status_code
    assert 400 == post(client, "Fifty-one", "r" * 51).status_code
    item: Json = {"bId": "1", "operation": "create", "Customer": {"DisplayName": "In a batch"}}
    assert "Customer" in client.batch(item, requestid="r" * 36)["1"]
    with pytest.raises(Refusal):
        client.batch(item, requestid="r" * 37)
    with pytest.raises(Refusal):
        client.batch({**item, "bId": "x" * 11}, requestid="r-9")


def test_a_header_does_nothing(client: Client) -> None:
    """Only the parameter counts."""
    body = {"CustomerRef": client.ref("Customer", "Chen Wei"), "TotalAmt": 5}
    replies = [client.send("POST", "payment", body=body, headers={"Request-Id": "r-1"}) for _ in range(2)]
    first, second = (client.good(reply)["Payment"]["Id"] for reply in replies)
    assert first != second
