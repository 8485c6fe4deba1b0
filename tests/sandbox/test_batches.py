"""Batches: each item on its own, in no order, never seeing another."""

from typing import Any

import pytest

from qb.sandbox import Fault
from tests.sandbox.client import Client, Json, Refusal


def create(bid: str, kind: str, **body: Any) -> Json:  # noqa: ANN401  # a body's border
    """A batch item that creates."""
    return {"bId": bid, "operation": "create", kind: body}


def test_a_refused_item_leaves_the_others_alone(client: Client) -> None:
    """200 for the batch; each item has its entity or its Fault."""
    answers = client.batch(
        create("a", "Customer", DisplayName="Batched One"),
        create("b", "Customer", DisplayName="Chen Wei"),
        {"bId": "c", "Query": "select * from Customer where DisplayName = 'Batched One'"},
        {"bId": "d", "operation": "delete", "Invoice": {"Id": "129", "SyncToken": "0"}},
    )
    assert "Batched One" == answers["a"]["Customer"]["DisplayName"]
    assert "6240" == answers["b"]["Fault"]["Error"][0]["code"]
    assert "610" == answers["d"]["Fault"]["Error"][0]["code"]
    assert {} == answers["c"]["QueryResponse"]


def test_the_answers_come_in_no_order(client: Client) -> None:
    """Whoever reads them goes by bId."""
    items = [create(f"item{number}", "PaymentMethod", Name=f"Method {number}") for number in range(12)]
    body = {"BatchItemRequest": items}
    reply = client.good(client.send("POST", "batch", body=body))
    order = [answer["bId"] for answer in reply["BatchItemResponse"]]
    assert sorted(item["bId"] for item in items) == sorted(order)
    assert [item["bId"] for item in items] != order


def test_thirty_items_and_no_more(client: Client) -> None:
    """31 are refused whole."""
    items = [create(str(number), "PaymentMethod", Name=f"Method {number}") for number in range(31)]
    assert 30 == len(client.batch(*items[:30]))
    with pytest.raises(Refusal):
        client.batch(*items)
    assert {"totalCount": 37} == client.query("select count(*) from PaymentMethod")


def test_updates_deletes_and_voids(client: Client) -> None:
    """Void is an update with optionsData."""
    first, second, third = (client.invoice(client.line("10.00", "Exempt")) for _ in range(3))
    payment = client.payment("5.00")
    void = {"operation": "update", "optionsData": "void"}
    answers = client.batch(
        {
            "bId": "1",
            "operation": "update",
            "Invoice": {"Id": first["Id"], "SyncToken": "0", "sparse": True, "PrivateNote": "x"},
        },
        {"bId": "2", "operation": "delete", "Invoice": {"Id": second["Id"], "SyncToken": "0"}},
        {"bId": "3", **void, "Invoice": {"Id": third["Id"], "SyncToken": "0"}},
        {"bId": "4", **void, "Payment": {"Id": payment["Id"], "SyncToken": "0", "sparse": True}},
    )
    assert "x" == answers["1"]["Invoice"]["PrivateNote"]
    assert "Deleted" == answers["2"]["Invoice"]["status"]
    assert "Voided" == answers["3"]["Invoice"]["PrivateNote"]
    assert 0 == answers["4"]["Payment"]["TotalAmt"]


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ({"bId": "1", "operation": "create"}, "500"),
        ({"bId": "1", "operation": "conjure", "Customer": {"DisplayName": "A"}}, "500"),
        ({"bId": "1", "operation": "create", "Customer": {"DisplayName": "A", "Id": "1"}}, "6000"),
        ({"bId": "1", "operation": "update", "Customer": {"DisplayName": "A"}}, "2020"),
        ({"bId": "1", "operation": "create", "Customer": {"Nickname": "A"}}, "2010"),
        ({"bId": "1", "Query": "select everything"}, "4000"),
    ],
)
def test_items_that_make_no_sense(client: Client, item: Json, code: str) -> None:
    """Each gets the fault a call of its own would get."""
    assert code == client.batch(item)["1"]["Fault"]["Error"][0]["code"]


@pytest.mark.parametrize(
    "body", [{}, {"BatchItemRequest": []}, {"BatchItemRequest": [{"operation": "create"}]}]
)
def test_a_batch_that_is_none(client: Client, body: Json) -> None:
    """Without items or without ids: refused whole."""
    assert 400 == client.send("POST", "batch", body=body).status_code


def test_one_item_may_be_throttled(client: Client) -> None:
    """3001 inside a 200; the others went through."""
    client.sandbox.faults.add(Fault("throttle", path="batch/customer", containing="Unlucky"))
    answers = client.batch(
        create("a", "Customer", DisplayName="Lucky"), create("b", "Customer", DisplayName="Unlucky")
    )
    assert "Customer" in answers["a"]
    assert "3001" == answers["b"]["Fault"]["Error"][0]["code"]


def test_a_repeated_batch_is_answered_as_a_whole(client: Client) -> None:
    """The first reply, again."""
    item = create("a", "Customer", DisplayName="Batched Once")
    assert client.batch(item, requestid="b-1") == client.batch(item, requestid="b-1")
