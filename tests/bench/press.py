"""Fifty people who press at one instant: sends signed requests from a process of its own, and times them."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import sys
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


def signed_headers(secret: str, body: bytes) -> dict[str, str]:
    """Slack's headers over this body, now."""
    timestamp = str(int(time.time()))
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": f"v0={digest}",
    }


def press_together(url: str, secret: str, bodies: list[bytes]) -> list[tuple[int, float]]:
    """Send all bodies at one instant, each on a connection of its own that is already open.

    Returns status and seconds until the whole answer was there, for each.
    """
    parts = urlsplit(url)
    together = threading.Barrier(len(bodies))
    answers: list[tuple[int, float]] = [(0, 0.0)] * len(bodies)

    def press(place: int, body: bytes) -> None:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        connection.connect()
        headers = signed_headers(secret, body)
        together.wait()
        begun = time.perf_counter()
        connection.request("POST", "/slack/events", body, headers)
        answer = connection.getresponse()
        answer.read()
        answers[place] = (answer.status, time.perf_counter() - begun)
        connection.close()

    people = [threading.Thread(target=press, args=pair) for pair in enumerate(bodies)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return answers


def main() -> None:
    """Read ``{"url", "secret", "rounds": [[body, …], …]}`` from the file named, print the answers as JSON."""
    asked: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    answers = []
    for bodies in asked["rounds"]:
        answers.append(press_together(asked["url"], asked["secret"], [body.encode() for body in bodies]))
        time.sleep(asked.get("pause", 0.2))
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
