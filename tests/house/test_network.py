"""A test reaches this machine and no other."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


def test_a_test_cannot_leave_this_machine() -> None:
    """An address elsewhere (one of those kept for documentation) is refused before a packet is sent."""
    with (
        socket.socket() as outward,
        pytest.warns(UserWarning, match="192.0.2.1"),
        pytest.raises(SocketConnectBlockedError),
    ):
        outward.connect(("192.0.2.1", 443))


def test_a_test_reaches_a_server_of_its_own() -> None:
    """Loopback is open."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())
