"""The levers and looks of the sandbox over HTTP, and its life as a process of its own."""

import signal
import subprocess
import sys
from typing import Any

import pytest
import requests

from qb.sandbox import Sandbox
from tests.sandbox.client import Client, Json


def lever(sandbox: Sandbox, name: str, body: Json | None = None, method: str = "GET") -> Any:  # noqa: ANN401
    """Pull a lever, or look."""
    url = f"{sandbox.url}/_sandbox/{name}"
    reply = requests.request("POST" if body is not None else method, url, json=body, timeout=10)
    assert 200 == reply.status_code
    return reply.json()


def test_faults_are_set_and_cleared(client: Client) -> None:
    """As in Python, by their fields."""
    lever(client.sandbox, "faults", {"trouble": "status", "status": 503, "path": "customer/*"})
    assert ["status"] == [one["trouble"] for one in lever(client.sandbox, "faults")]
    assert 503 == client.send("GET", "customer/1").status_code
    lever(client.sandbox, "faults", {"trouble": "cut", "times": 5})
    assert [] == lever(client.sandbox, "faults", method="DELETE")
    assert 200 == client.send("GET", "customer/1").status_code


@pytest.mark.parametrize("body", [{"trouble": "earthquake"}, {"trouble": "cut", "colour": "red"}, {}])
def test_a_fault_that_is_none(sandbox: Sandbox, body: Json) -> None:
    """400, with the reason."""
    reply = requests.post(f"{sandbox.url}/_sandbox/faults", json=body, timeout=10)
    assert 400 == reply.status_code
    assert reply.text


def test_switches_are_turned(client: Client) -> None:
    """Lengths of time are seconds; an unknown one is refused."""
    after = lever(client.sandbox, "switches", {"requestid": "refused", "requestid_retention": 60})
    assert ("refused", 60.0) == (after["requestid"], after["requestid_retention"])
    assert 60 == (client.sandbox.switches.requestid_retention or 0).total_seconds()  # type: ignore[union-attr]
    reply = requests.post(f"{client.sandbox.url}/_sandbox/switches", json={"gravity": False}, timeout=10)
    assert 400 == reply.status_code


def test_calls_are_logged(client: Client) -> None:
    """Method, path, kind, request id, status and time; the body beside."""
    client.write("Customer", {"DisplayName": "Logged"}, requestid="r-9")
    client.query("select count(*) from Customer")
    first, second = lever(client.sandbox, "requests")
    assert ("POST", "customer", "customer", "r-9", 200) == tuple(
        first[key] for key in ("method", "path", "entity", "requestid", "status")
    )
    assert "Logged" in first["body"]
    assert "select count(*) from Customer" == second["query"]


def test_the_books_can_be_looked_at(client: Client) -> None:
    """The trial balance comes to nothing; the journal says who did what."""
    client.invoice(client.line("100.00"))
    books = lever(client.sandbox, "books")
    assert 0 == round(sum(books["trial_balance"].values()), 2)
    assert ({"Chen Wei": 113.0}, {"HST ON": 13.0}) == (books["owed"], books["tax"])
    last = [one for one in books["journal"] if one["transaction"].startswith("Invoice")]
    assert [
        ("Accounts Receivable (A/R)", 113.0),
        ("Professional Fees", -100.0),
        ("GST/HST Payable", -13.0),
    ] == [(one["account"], one["amount"]) for one in last]


def test_time_can_be_put_forward(client: Client) -> None:
    """An hour and the access token is dead."""
    lever(client.sandbox, "clock", {"advance": 3600})
    assert 401 == client.send("GET", "customer/1").status_code


@pytest.mark.parametrize("name", ["revoke", "expire"])
def test_connections_can_be_ended(client: Client, name: str) -> None:
    """As if the firm, or the hour, had done it."""
    lever(client.sandbox, name, {})
    assert 401 == client.send("GET", "customer/1").status_code


def test_levers_answer_to_this_machine_only(sandbox: Sandbox) -> None:
    """Neither another name pointing here nor, of course, another machine."""
    headers = {"Host": "evil.example"}
    assert 403 == requests.get(f"{sandbox.url}/_sandbox/books", headers=headers, timeout=10).status_code


def test_a_process_of_its_own() -> None:
    """Prints its address, serves, and ends when it is told to."""
    command = [sys.executable, "-m", "qb.sandbox", "--port", "0", "--client-id", "mine"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert 200 == requests.get(f"{url}/app/homepage", timeout=10).status_code
        process.send_signal(signal.SIGTERM)
        assert 0 == process.wait(timeout=10)
