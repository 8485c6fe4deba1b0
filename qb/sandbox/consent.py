"""The page where a firm says whether the app may use its books (Intuit: OAuth 2.0, authorization request)."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Flask, Response, redirect, render_template, request
from werkzeug.wrappers import Response as Answer

from qb.sandbox.gate import Company
from qb.sandbox.oauth import ACCOUNTING

ASKED = ("client_id", "redirect_uri", "response_type", "scope", "state")


def add_consent(app: Flask, company: Company) -> None:
    """The authorization address: a page with two buttons, and what each does."""

    @app.get("/connect/oauth2")
    def ask() -> Response:
        wrong = _wrong(company, request.args)
        name = company.books.all("CompanyInfo")[0]["CompanyName"]
        asked = {key: request.args.get(key, "") for key in ASKED}
        page = render_template("consent.html", company=name, wrong=wrong, asked=asked)
        return Response(page, status=400 if wrong else 200)

    @app.post("/connect/oauth2")
    def decide() -> Answer:
        wrong = _wrong(company, request.form)
        if wrong:
            return Response(wrong, status=400, content_type="text/plain; charset=utf-8")
        return redirect(_onward(company, request.form), 302)


def _wrong(company: Company, asked: Mapping[str, str]) -> str:
    """Why the request can't be answered by a redirect, or nothing."""
    if asked.get("client_id") != company.grants.client_id:
        return "This app is not known to QuickBooks: its client id is wrong."
    if asked.get("redirect_uri") not in company.grants.redirect_uris:
        return "The redirect address is not one of those registered for this app."
    if asked.get("response_type") != "code":
        return "The response type must be 'code'."
    if ACCOUNTING not in asked.get("scope", "").split():
        return "The app doesn't ask for accounting."
    return ""


def _onward(company: Company, form: Mapping[str, str]) -> str:
    """Where the browser goes: back with a code and the company, or with the refusal."""
    address, state = form["redirect_uri"], form.get("state", "")
    if form.get("decision") != "connect":
        return f"{address}?{urlencode({'error': 'access_denied', 'state': state})}"
    with company.books.lock:
        code = company.grants.consent(company.realm, form["scope"], address)
    return f"{address}?{urlencode({'code': code, 'state': state, 'realmId': company.realm})}"
