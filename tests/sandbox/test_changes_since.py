"""Change data capture: what changed since a moment, the deleted included."""

import pytest

from tests.sandbox.client import Client, Json, Moment


def since(client: Client, moment: str, entities: str = "Invoice,Payment") -> list[Json]:
    """The answers per kind."""
    params = {"entities": entities, "changedSince": moment}
    reply = client.good(client.send("GET", "cdc", params=params))
    answers: list[Json] = reply["CDCResponse"][0]["QueryResponse"]
    return answers


def test_only_what_changed_and_stubs_of_what_is_gone(client: Client, moment: Moment) -> None:
    """Full documents, deletions by their id, nothing for a kind at rest; a payment changes its invoice."""
    old, gone = client.invoice(client.line("1.00", "Exempt")), client.invoice(client.line("2.00", "Exempt"))
    moment.pass_by(minutes=10)
    assert [{}, {}] == since(client, moment().isoformat())
    client.write("Invoice", {"Id": gone["Id"], "SyncToken": "0"}, operation="delete")
    new = client.payment("1.00", (old, "1.00"))
    invoices, payments = since(client, moment().isoformat())
    assert [(old["Id"], None), (gone["Id"], "Deleted")] == [
        (one["Id"], one.get("status")) for one in invoices["Invoice"]
    ]
    assert (1, 2, 2) == (invoices["startPosition"], invoices["maxResults"], invoices["totalCount"])
    assert 0 == invoices["Invoice"][0]["Balance"]
    assert [new["Id"]] == [one["Id"] for one in payments["Payment"]]


@pytest.mark.parametrize(
    "params",
    [
        {"entities": "Invoice", "changedSince": "2026-01-30T00:00:00Z"},
        {"entities": "Invoice", "changedSince": "yesterday"},
        {"entities": "Invoice"},
        {"changedSince": "2026-03-01T00:00:00Z"},
        {"entities": "Unicorn", "changedSince": "2026-03-01T00:00:00Z"},
    ],
)
def test_what_can_not_be_asked(client: Client, params: dict[str, str]) -> None:
    """More than thirty days, no moment, no kinds, or a kind that isn't one."""
    assert 400 == client.send("GET", "cdc", params=params).status_code
