"""The addresses of the sandbox, as a Flask application; each only carries words to and fro."""

import socket
from collections.abc import Callable

from flask import Flask, Request, Response, request

from qb.sandbox.calls import Call
from qb.sandbox.consent import add_consent
from qb.sandbox.control import add_control
from qb.sandbox.gate import Company
from qb.sandbox.pages import add_pages
from qb.sandbox.replies import Reply
from qb.sandbox.tidying_page import add_tidying
from qb.sandbox.tokens import add_tokens

METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")
Send = Callable[[Reply], Response]


def make_app(company: Company) -> Flask:
    """The application that serves one company."""
    app = Flask("qb.sandbox")
    add_api(app, company)
    add_tokens(app, company, send)
    add_consent(app, company)
    add_pages(app, company)
    add_tidying(app, company)
    add_control(app, company)
    return app


def add_api(app: Flask, company: Company) -> None:
    """The accounting API."""

    @app.route("/v3/company/<realm>/<path:rest>", methods=METHODS)
    def api(realm: str, rest: str) -> Response:
        return send(company.serve(call_of(request, realm, rest)))


def call_of(asked: Request, realm: str, path: str) -> Call:
    """The call as the API reads it."""
    headers = {name.lower(): value for name, value in asked.headers.items()}
    return Call(asked.method, realm, path, asked.args.to_dict(), headers, asked.get_data())


def send(reply: Reply) -> Response:
    """The reply over the wire; one that is cut takes the connection with it."""
    if reply.cut:
        hang_up()
    response = Response(reply.body, status=reply.status or 500, content_type=reply.content)
    response.headers.update(reply.headers)
    return response


def hang_up() -> None:
    """Break the current request's connection before a byte of the answer is sent.

    waitress lends a method of its channel, to ask if the client is still there; the channel has the socket.
    """
    there = request.environ.get("waitress.client_disconnected")
    channel = getattr(there, "__self__", None)
    line = getattr(channel, "socket", None)
    if isinstance(line, socket.socket):
        line.shutdown(socket.SHUT_RDWR)
