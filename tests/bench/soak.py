"""People without end: sends signed requests over a few open connections from a process of its own."""

from __future__ import annotations

import http.client
import json
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.bench.press import signed_headers

CONNECTIONS = 8


def send(url: str, secret: str, bodies: list[str], times: int) -> Counter[int]:
    """Send the bodies round and round, ``times`` in all; how often each status came back."""
    statuses: list[Counter[int]] = [Counter() for _ in range(CONNECTIONS)]

    def one(place: int) -> None:
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        for number in range(place, times, CONNECTIONS):
            body = bodies[number % len(bodies)].encode()
            connection.request("POST", "/slack/events", body, signed_headers(secret, body))
            answer = connection.getresponse()
            answer.read()
            statuses[place][answer.status] += 1
        connection.close()

    threads = [threading.Thread(target=one, args=(place,)) for place in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(statuses, Counter())


def main() -> None:
    """Read ``{"url", "secret", "bodies", "times"}`` from the file named, print the statuses as JSON."""
    asked: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    json.dump(send(asked["url"], asked["secret"], asked["bodies"], asked["times"]), sys.stdout)


if __name__ == "__main__":
    main()
