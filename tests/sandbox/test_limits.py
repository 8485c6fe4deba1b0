"""Limits by the sandbox's own clock: calls, batches and metered reads."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from qb.sandbox import Fault, Sandbox, Switches
from tests.sandbox.client import Client, Json, Moment


@pytest.fixture
def limited(moment: Moment) -> Iterator[Client]:
    """A client of a sandbox that counts."""
    with Sandbox(clock=moment, switches=Switches(limits=True)) as sandbox:
        yield Client(sandbox)


def statuses(client: Client, count: int) -> list[int]:
    """What so many reads at once are answered."""
    return [client.send("GET", "customer/1").status_code for _ in range(count)]


def test_ten_a_second(limited: Client, moment: Moment) -> None:
    """The eleventh waits for the next second."""
    assert [200] * 10 + [429] == statuses(limited, 11)
    moment.pass_by(seconds=1)
    assert [200] == statuses(limited, 1)


def test_five_hundred_a_minute(limited: Client, moment: Moment) -> None:
    """Ten a second for fifty seconds, then none until the first are a minute old."""
    for _ in range(50):
        assert [200] * 10 == statuses(limited, 10)
        moment.pass_by(seconds=1)
    assert [429] == statuses(limited, 1)
    moment.pass_by(seconds=10)
    assert [200] == statuses(limited, 1)


def test_ten_at_once(limited: Client) -> None:
    """While ten are being answered the eleventh is throttled."""
    limited.sandbox.faults.add(Fault("latency", path="customer/1", seconds=30, times=10))
    with ThreadPoolExecutor(10) as threads:
        slow = [threads.submit(limited.send, "GET", "customer/1") for _ in range(10)]
        while limited.sandbox.faults.waiting():
            pass
        eleventh = limited.send("GET", "customer/2").status_code
        limited.sandbox.stop()
    assert 10 == len(slow)
    assert 429 == eleventh


def test_forty_batches_a_minute(limited: Client, moment: Moment) -> None:
    """The forty-first is throttled, single calls aren't."""
    item: Json = {"bId": "1", "Query": "select count(*) from Customer"}
    body = {"BatchItemRequest": [item]}
    for _ in range(40):
        assert 200 == limited.send("POST", "batch", body=body).status_code
        moment.pass_by(seconds=1)
    assert 429 == limited.send("POST", "batch", body=body).status_code
    assert [200] == statuses(limited, 1)


def test_reads_are_metered_by_the_month(moment: Moment) -> None:
    """Beyond the quota reads wait for next month; writes are free, and each query of a batch is a read."""
    with Sandbox(clock=moment, switches=Switches(monthly_reads=3)) as sandbox:
        client = Client(sandbox)
        items: list[Json] = [{"bId": str(n), "Query": "select count(*) from Customer"} for n in range(2)]
        client.batch(*items)
        assert [200, 429] == statuses(client, 2)
        assert "Id" in client.write("Customer", {"DisplayName": "Free of charge"})
        moment.pass_by(days=30)
        client.renew()
        assert [200] == statuses(client, 1)


def test_without_the_switch_nothing_is_counted(client: Client) -> None:
    """Tests and the demo go as fast as they can."""
    assert [200] * 30 == statuses(client, 30)
