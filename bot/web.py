"""The addresses of the running program, over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from flask import Flask, Response, jsonify, redirect, request
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4
from slack_bolt import BoltRequest
from slack_bolt.adapter.flask.handler import to_flask_response

from bot.front import is_from_slack
from bot.metrics import HTTP
from bot.pages import Pages
from bot.shape import is_certificate_check, read_request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from slack_bolt import App
    from werkzeug.wrappers import Response as AnyResponse

    from bot.metrics import Metrics

MAX_BODY_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Departure:
    """Where the browser goes from our connect page: to Intuit with a cookie, or nowhere with a reason."""

    location: str = ""
    cookie: str = ""
    title: str = ""
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the person is told who comes back from Intuit."""

    title: str
    sentences: tuple[str, ...]
    ok: bool


class Consent(Protocol):
    """The way to Intuit's consent and back."""

    def depart(self, state: str) -> Departure:
        """From the button in Slack to Intuit."""

    def arrive(self, answer: Mapping[str, str], cookie: str) -> Arrival:
        """From Intuit back to us; ``answer`` is the query it sent."""


@dataclass(frozen=True, slots=True)
class Web:
    """What the addresses need."""

    bolt: App
    signing_secret: str
    clock: Callable[[], datetime]
    consent: Consent
    ready: Callable[[], Sequence[str]]  # what stands in the way of serving; nothing when all is well
    answering: Callable[[], AbstractContextManager[None]]  # around each request that may leave work
    metrics: Metrics
    is_https: bool


def create_web(web: Web) -> Flask:
    """The Flask app with every address that works."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    _serve_slack(app, web)
    _serve_quickbooks(app, web)
    _serve_health(app, web)

    @app.after_request
    def _harden(response: Response) -> Response:
        rule = request.url_rule.rule if request.url_rule else "none"
        web.metrics.answered(rule, response.status_code)
        response.headers.setdefault("Content-Security-Policy", "default-src 'none'")
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Content-Type-Options"] = "nosniff"
        if web.is_https:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response

    return app


def _serve_slack(app: Flask, web: Web) -> None:
    @app.post("/slack/events")
    def slack_events() -> AnyResponse:
        if not is_from_slack(
            timestamp=request.headers.get("X-Slack-Request-Timestamp"),
            signature=request.headers.get("X-Slack-Signature"),
            body=request.get_data(cache=True),
            secret=web.signing_secret,
            now=web.clock(),
        ):
            return Response("not signed by Slack", status=401, mimetype="text/plain")
        began = web.metrics.stopwatch()
        with web.answering():
            asked = read_request(request.get_data(cache=True), request.headers.get("Content-Type", ""))
            if asked is None and is_certificate_check(request.get_data(cache=True)):
                return Response("", status=200, mimetype="text/plain")
            if asked is None:
                return Response("not a request we know", status=400, mimetype="text/plain")
            # Read and known to be Slack's, as what comes by Socket Mode is: Bolt needn't do either again.
            response = to_flask_response(web.bolt.dispatch(BoltRequest(mode="socket_mode", body=asked)))
        web.metrics.acknowledged(HTTP, web.metrics.stopwatch() - began)
        return response


def _serve_quickbooks(app: Flask, web: Web) -> None:
    pages = Pages()
    cookie_name = "__Host-consent" if web.is_https else "consent"

    @app.get("/quickbooks/connect")
    def connect() -> AnyResponse:
        departure = web.consent.depart(request.args.get("state", ""))
        if not departure.location:
            return pages.show(departure.title, departure.sentences, status=400)
        response = redirect(departure.location, code=302)
        response.set_cookie(
            cookie_name,
            departure.cookie,
            max_age=600,
            secure=web.is_https,
            httponly=True,
            samesite="Lax",
            path="/",
        )
        return response

    @app.get("/quickbooks/callback")
    def callback() -> AnyResponse:
        arrival = web.consent.arrive(dict(request.args), request.cookies.get(cookie_name, ""))
        with web.answering():  # not around the question to Intuit, which may take long
            response = pages.show(arrival.title, arrival.sentences, status=200 if arrival.ok else 400)
        response.delete_cookie(cookie_name, path="/", secure=web.is_https, httponly=True, samesite="Lax")
        return response


def _serve_health(app: Flask, web: Web) -> None:
    @app.get("/health")
    def health() -> Response:
        return jsonify(status="ok")

    @app.get("/ready")
    def ready() -> tuple[Response, int]:
        troubles = list(web.ready())
        return jsonify(ready=not troubles, troubles=troubles), 503 if troubles else 200

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(web.metrics.page(), content_type=CONTENT_TYPE_PLAIN_0_0_4)
