"""Intuit's identity addresses: token, revocation, userinfo and the discovery document (Intuit: OAuth 2.0)."""

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import asdict

from flask import Flask, Response, request

from qb.sandbox.calls import RequestSeen
from qb.sandbox.gate import Company
from qb.sandbox.oauth import GrantRefusedError
from qb.sandbox.replies import JSON, Reply, expired
from qb.sandbox.troubles import token_trouble
from qb.sandbox.wire import Json, NotJsonError, parse, render

HARD = "x-include-refresh-token-hard-expires-in"
Send = Callable[[Reply], Response]


def add_tokens(app: Flask, company: Company, send: Send) -> None:
    """The addresses a client's OAuth library calls."""

    @app.post("/oauth2/v1/tokens/bearer")
    def bearer() -> Response:
        return send(_logged(company, lambda: _bearer(company, request.form.to_dict(), dict(request.headers))))

    @app.post("/v2/oauth2/tokens/revoke")
    def revoke() -> Response:
        return send(_logged(company, lambda: _revoke(company, request.get_data(), dict(request.headers))))

    @app.get("/v1/openid_connect/userinfo")
    def userinfo() -> Response:
        return send(_logged(company, lambda: _userinfo(company, request.headers.get("Authorization", ""))))

    @app.get("/.well-known/openid_configuration")
    @app.get("/.well-known/openid_configuration/")
    @app.get("/.well-known/openid_sandbox_configuration/")
    def discovery() -> Response:
        return send(Reply(200, render(_discovery(request.host_url.rstrip("/")))))

    @app.get("/op/v1/jwks")
    def keys() -> Response:
        return send(Reply(200, render({"keys": []})))


def _logged(company: Company, work: Callable[[], Reply]) -> Reply:
    """Do the work under whatever trouble is scripted for this address, and note the call."""
    path = request.path.lstrip("/")
    text = request.get_data(as_text=True)
    troubles = company.faults.take(request.method, path, text)
    company.wait(company.latency + sum(one.seconds for one in troubles if one.trouble == "latency"))
    shown = [one for one in troubles if one.trouble != "latency"]
    reply = work() if all(one.after for one in shown) else Reply(0)
    now = company.books.clock()
    if shown:
        reply = token_trouble(shown[0], company.books.switches, now)
    kind = request.form.get("grant_type", "")
    company.seen.append(RequestSeen(request.method, path, "oauth", "", reply.status, now, query=kind))
    return reply


def _client(company: Company, headers: Mapping[str, str]) -> None:
    """Raises GrantRefusedError where Basic authentication doesn't name the app."""
    scheme, _, encoded = headers.get("Authorization", "").partition(" ")
    try:
        name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        name, secret = "", ""
    if scheme.lower() != "basic" or not company.grants.knows(name, secret):
        raise GrantRefusedError("invalid_client", status=401)


def _bearer(company: Company, form: Mapping[str, str], headers: Mapping[str, str]) -> Reply:
    try:
        _client(company, headers)
        return Reply(200, render(_tokens(company, form, headers)), JSON, {"Cache-Control": "no-store"})
    except GrantRefusedError as refused:
        words = {"error_description": refused.description} if refused.description else {}
        return Reply(refused.status, render({**words, "error": refused.error}))


def _tokens(company: Company, form: Mapping[str, str], headers: Mapping[str, str]) -> Json:
    with company.books.lock:
        match form.get("grant_type"):
            case "authorization_code":
                tokens = company.grants.exchange(form.get("code", ""), form.get("redirect_uri", ""))
            case "refresh_token":
                tokens = company.grants.refresh(form.get("refresh_token", ""), company.books.switches)
            case _:
                raise GrantRefusedError("unsupported_grant_type")
        content: Json = {"token_type": "bearer", **asdict(tokens)}
        if any(name.lower() == HARD and value.lower() == "true" for name, value in headers.items()):
            content["x_refresh_token_hard_expires_in"] = company.grants.hard_life(tokens.refresh_token)
        return content


def _revoke(company: Company, body: bytes, headers: Mapping[str, str]) -> Reply:
    try:
        _client(company, headers)
        company.grants.revoke(str(parse(body).get("token", "")))
    except GrantRefusedError as refused:
        return Reply(refused.status, render({"error": refused.error}))
    except NotJsonError:
        return Reply(400, render({"error": "invalid_request"}))
    return Reply(200)


def _userinfo(company: Company, authorization: str) -> Reply:
    grant = company.grants.grant_of(authorization.partition(" ")[2].strip())
    if grant is None or "openid" not in grant.scope.split():
        return expired("", company.books.clock())
    return Reply(
        200,
        render({"sub": "b053d994-07d5-468d-b7ee-22e349d2e739", "email": "ben@northgate.example.com"}),
    )


def _discovery(base: str) -> Json:
    return {
        "issuer": f"{base}/op/v1",
        "authorization_endpoint": f"{base}/connect/oauth2",
        "token_endpoint": f"{base}/oauth2/v1/tokens/bearer",
        "userinfo_endpoint": f"{base}/v1/openid_connect/userinfo",
        "revocation_endpoint": f"{base}/v2/oauth2/tokens/revoke",
        "jwks_uri": f"{base}/op/v1/jwks",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "scopes_supported": ["openid", "email", "profile", "address", "phone"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
        "claims_supported": ["aud", "exp", "iat", "iss", "realmid", "sub"],
    }
