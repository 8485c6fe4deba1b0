"""Told to leave, the server answers whoever has asked, lets nobody in any more, and says if it couldn't."""

from __future__ import annotations

import http.client
import threading
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from bot.demo.playground.hands import wait_for
from bot.serving import THREADS, Door
from tests.stage import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator


class Stand:
    """A door with one slow address behind it, served by a thread."""

    def __init__(self) -> None:
        self.port = free_port()
        self.begun, self.go_on, self.leaving = threading.Semaphore(0), threading.Event(), threading.Event()
        self.answers: list[int] = []
        self.door = Door(self._web(), host="127.0.0.1", port=self.port)
        self.serving = threading.Thread(target=self.door.serve, args=(self.leaving,))
        self.serving.start()

    def ask(self, path: str = "/slow") -> threading.Thread:
        """Somebody asks, in a thread of their own."""
        asking = threading.Thread(target=self._ask, args=(path,))
        asking.start()
        return asking

    def leave(self, seconds: float) -> bool:
        """What the program does at SIGTERM."""
        self.leaving.set()
        self.serving.join()
        return self.door.close(seconds=seconds)

    def _ask(self, path: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            self.answers.append(connection.getresponse().status)
        except (ConnectionError, http.client.HTTPException):
            self.answers.append(0)
        finally:
            connection.close()

    def _web(self) -> Flask:
        web = Flask(__name__, static_folder=None)

        @web.get("/slow")
        def slow() -> str:
            self.begun.release()
            self.go_on.wait(20)
            return "done"

        return web


@pytest.fixture
def stand() -> Iterator[Stand]:
    """It serves."""
    made = Stand()
    yield made
    made.go_on.set()
    made.leave(10)


def test_requests_under_way_are_answered_and_nothing_new_is_taken(stand: Stand) -> None:
    """Also those that wait for a thread: more than there are threads have asked."""
    asked = [stand.ask() for _ in range(THREADS + 4)]
    for _ in range(THREADS):
        stand.begun.acquire()
    closing = threading.Thread(target=stand.leave, args=(20,))
    closing.start()
    wait_for(lambda: refused(stand.port), 10)
    stand.go_on.set()
    for one in asked:
        one.join()
    closing.join()
    assert [200] * (THREADS + 4) == stand.answers


def test_who_takes_too_long_is_left_without_an_answer(stand: Stand) -> None:
    """And it is said."""
    asked = stand.ask()
    stand.begun.acquire()
    assert not stand.leave(0.3)
    asked.join()
    assert [0] == stand.answers


def test_with_nobody_there_it_closes_at_once(stand: Stand) -> None:
    """Whoever comes is refused, so that a proxy asks another process."""
    assert stand.leave(20)
    assert refused(stand.port)


def test_an_address_that_is_taken_says_so(stand: Stand) -> None:
    """Before anything is served."""
    with pytest.raises(OSError, match="in use"):
        Door(Flask(__name__), host="127.0.0.1", port=stand.port)


def refused(port: int) -> bool:
    """Whether nobody lets us in there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.connect()
    except ConnectionRefusedError:
        return True
    finally:
        connection.close()
    return False
