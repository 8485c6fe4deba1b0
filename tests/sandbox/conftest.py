"""A fresh QuickBooks for every test, at a time that stands still."""

from collections.abc import Iterator

import pytest

from qb.sandbox import Sandbox
from tests.sandbox.client import Client, Moment


@pytest.fixture
def moment() -> Moment:
    """The clock: 2 March 2026, ten in the morning in Toronto."""
    return Moment()


@pytest.fixture
def sandbox(moment: Moment) -> Iterator[Sandbox]:
    """A served sandbox; when the test is over its debits are its credits."""
    with Sandbox(clock=moment) as served:
        yield served
        assert 0 == sum(served.books.trial_balance().values())


@pytest.fixture
def client(sandbox: Sandbox) -> Client:
    """A connected client."""
    return Client(sandbox)
