"""Carries signed requests to the app, waits three seconds for its word, and remembers each one."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import requests

from bot.demo.playground.refusal import SlackError
from bot.demo.playground.wire import signature

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.demo.playground.wire import Json

ACK_SECONDS = 3.0
RETRY_SECONDS = (0.0, 60.0, 300.0)
OK = range(200, 300)
FORM = "application/x-www-form-urlencoded"
USER_AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request to the app and what came back; `failure` is `http_timeout` or `connection_failed`."""

    id: int
    kind: str
    body: bytes
    content_type: str
    headers: dict[str, str] = field(default_factory=dict)
    status: int | None = None
    answer: bytes = b""
    answer_type: str = ""
    failure: str = ""
    seconds: float = 0.0

    @property
    def accepted(self) -> bool:
        """Whether the app answered in time that it took the request."""
        return self.status in OK

    def json(self) -> Json | None:
        """The answer if it is a JSON object."""
        try:
            found = json.loads(self.answer)
        except ValueError:
            return None
        return found if isinstance(found, dict) else None


class Courier:
    """Sends what Slack would send; `twice` makes it send everything a second time at the same instant."""

    def __init__(self, app_url: str, signing_secret: str, clock: Callable[[], float]) -> None:
        self.twice = False
        self.ack_seconds = ACK_SECONDS
        self.retry_seconds: tuple[float, ...] = RETRY_SECONDS
        self._url = app_url.rstrip("/") + "/slack/events"
        self._secret = signing_secret
        self._clock = clock
        self._log: list[Delivery] = []
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def deliveries(self) -> list[Delivery]:
        """Everything that was sent, oldest first."""
        with self._lock:
            return list(self._log)

    def send_form(self, kind: str, fields: Json) -> Delivery:
        """Send a slash command, or an interaction as its `payload` field."""
        return self._send(kind, urlencode(fields).encode(), FORM)

    def send_interaction(self, payload: Json) -> Delivery:
        """Send an interactive payload."""
        return self.send_form(str(payload["type"]), {"payload": json.dumps(payload)})

    def send_event(self, payload: Json) -> Delivery:
        """Send an event; where it isn't accepted, retry as Slack does, later and in the background."""
        body = json.dumps(payload).encode()
        first = self._send("event", body, "application/json")
        if not first.accepted:
            threading.Thread(target=self._retry, args=(first,), daemon=True).start()
        return first

    def send_again(self, delivery_id: int) -> Delivery:
        """Send a past request once more, body unchanged, signed afresh; its answer changes nothing."""
        past = next((each for each in self.deliveries() if each.id == delivery_id), None)
        if past is None:
            raise SlackError("delivery_not_found")
        return self._send_once(past.kind, past.body, past.content_type, {})

    def stop(self) -> None:
        """Send no more retries."""
        self._stopped.set()

    def _send(self, kind: str, body: bytes, content_type: str) -> Delivery:
        if not self.twice:
            return self._send_once(kind, body, content_type, {})
        twin = threading.Thread(target=self._send_once, args=(kind, body, content_type, {}))
        twin.start()
        delivery = self._send_once(kind, body, content_type, {})
        twin.join()
        return delivery

    def _send_once(self, kind: str, body: bytes, content_type: str, extra: dict[str, str]) -> Delivery:
        timestamp = str(int(self._clock()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": USER_AGENT,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
            **extra,
        }
        began = time.monotonic()
        delivery = _attempt(self._url, Delivery(0, kind, body, content_type, headers), self.ack_seconds)
        with self._lock:
            numbered = replace(delivery, id=len(self._log) + 1, seconds=time.monotonic() - began)
            self._log.append(numbered)
        return numbered

    def _retry(self, delivery: Delivery) -> None:
        for number, seconds in enumerate(self.retry_seconds, start=1):
            if delivery.accepted or self._stopped.wait(seconds):
                return
            extra = {
                "X-Slack-Retry-Num": str(number),
                "X-Slack-Retry-Reason": delivery.failure or "http_error",
            }
            delivery = self._send_once(delivery.kind, delivery.body, delivery.content_type, extra)


def _attempt(url: str, delivery: Delivery, seconds: float) -> Delivery:
    try:
        answer = requests.post(
            url,
            data=delivery.body,
            headers=delivery.headers,
            timeout=seconds,
            allow_redirects=False,
        )
    except requests.Timeout:
        return replace(delivery, failure="http_timeout")
    except requests.RequestException:
        return replace(delivery, failure="connection_failed")
    return replace(
        delivery,
        status=answer.status_code,
        answer=answer.content,
        answer_type=answer.headers.get("Content-Type", ""),
    )
