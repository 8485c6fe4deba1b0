"""The addresses of the program, from outside."""

from __future__ import annotations

import hashlib
import hmac
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.metrics import Metrics
from bot.slack import SlackAccess, Workspace, create_bolt
from bot.web import Arrival, Departure, Web, create_web
from db.engine import open_database

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.testing import FlaskClient

SECRET = "a-signing-secret"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOSTILE = '<script>alert(1)</script> "O\'Brien"'


class Consent:
    """A consent that leads to Intuit for one state and comes back for one cookie."""

    def depart(self, state: str) -> Departure:
        """Only the state "good" leads on."""
        if state == "good":
            return Departure(
                location="https://appcenter.intuit.com/connect/oauth2?state=good", cookie="crumb"
            )
        return Departure(title="This link doesn't work", sentences=(HOSTILE,))

    def arrive(self, answer: Mapping[str, str], cookie: str) -> Arrival:
        """Only the browser with the cookie is connected."""
        ok = answer.get("state") == "good" and cookie == "crumb"
        return Arrival("Connected" if ok else "Not connected", (HOSTILE,), ok)


def client_of(*, is_https: bool = False, troubles: tuple[str, ...] = ()) -> FlaskClient:
    """A browser or Slack in front of the addresses."""
    access = SlackAccess("xoxb-test", "http://127.0.0.1:9/api/")
    workspace = Workspace("T1", "Northgate", "UBOT", "BBOT")
    web = Web(
        bolt=create_bolt(access=access, signing_secret=SECRET, workspace=workspace),
        signing_secret=SECRET,
        clock=lambda: NOW,
        consent=Consent(),
        ready=lambda: troubles,
        answering=nullcontext,
        metrics=Metrics(
            open_database("sqlite:////nowhere/at/all.db"), lambda: NOW, lambda: 0.0, lambda: (0, 0)
        ),
        is_https=is_https,
    )
    return create_web(web).test_client()


def headers(body: bytes, timestamp: str) -> dict[str, str]:
    """Slack's headers over a body."""
    signed = b"v0:" + timestamp.encode() + b":" + body
    return {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": "v0=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest(),
        "Content-Type": "application/x-www-form-urlencoded",
    }


@pytest.mark.parametrize("timestamp", ["soon", "", "-1", "9" * 400, "1790000000.5"])
def test_a_timestamp_that_is_no_number_is_refused_not_a_crash(timestamp: str) -> None:
    """Bolt alone answers 500 here; Slack and attackers get a plain 401."""
    answer = client_of().post("/slack/events", data=b"x", headers=headers(b"x", timestamp))
    assert answer.status_code == 401


def test_an_old_request_is_refused() -> None:
    """A signature of more than five minutes ago is no longer good."""
    old = str(int(NOW.timestamp()) - 301)
    assert client_of().post("/slack/events", data=b"x", headers=headers(b"x", old)).status_code == 401


@pytest.mark.parametrize(("body", "status"), [(b"ssl_check=1&token=x", 200), (b"ssl_check=0", 400)])
def test_slacks_look_at_our_certificate_is_answered(body: bytes, status: int) -> None:
    """It is no command, and nothing else of that shape is taken for it."""
    now = str(int(NOW.timestamp()))
    assert status == client_of().post("/slack/events", data=body, headers=headers(body, now)).status_code


def test_a_body_over_a_mebibyte_is_refused() -> None:
    """Nobody fills our memory from outside."""
    body = b"x" * ((1 << 20) + 1)
    now = str(int(NOW.timestamp()))
    assert client_of().post("/slack/events", data=body, headers=headers(body, now)).status_code == 413


def test_the_connect_page_leads_to_intuit_with_a_cookie_for_this_browser() -> None:
    """The state alone isn't enough to finish: the browser that left must be the one that returns."""
    answer = client_of(is_https=True).get("/quickbooks/connect?state=good")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("https://appcenter.intuit.com/")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-consent=crumb;")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))


def test_another_browser_is_not_connected() -> None:
    """A callback without the cookie is refused."""
    answer = client_of().get("/quickbooks/callback?state=good&code=c&realmId=1")
    assert answer.status_code == 400
    assert "Not connected" in answer.text


@pytest.mark.parametrize("address", ["/quickbooks/connect?state=bad", "/quickbooks/callback?state=good"])
def test_pages_escape_what_comes_from_outside(address: str) -> None:
    """A company's or error's text can't become markup, and no script may run at all."""
    answer = client_of().get(address)
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("address", ["/health", "/ready", "/quickbooks/connect", "/slack/events", "/nowhere"])
def test_no_answer_is_kept_by_caches(address: str) -> None:
    """Nothing of ours stays in a browser or proxy."""
    answer = client_of().get(address)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_ready_says_what_stands_in_the_way() -> None:
    """Operators read the reason; the status is 503 until it is gone."""
    answer = client_of(troubles=("no worker was seen in the last minute",)).get("/ready")
    assert answer.status_code == 503
    assert answer.json == {"ready": False, "troubles": ["no worker was seen in the last minute"]}
    assert client_of().get("/ready").status_code == 200


@pytest.mark.parametrize("address", ["/slack/install", "/quickbooks/webhook", "/"])
def test_addresses_that_dont_work_yet_arent_there(address: str) -> None:
    """An address appears when it works, not before."""
    assert client_of().get(address).status_code == 404
    assert client_of().post(address).status_code == 404
