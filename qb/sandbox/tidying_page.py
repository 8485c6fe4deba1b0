"""The forms of a customer's page: what bookkeepers do to customers, by hand, in the browser."""

from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, abort, redirect, request
from werkzeug.wrappers import Response as Answer

from qb.sandbox import tidying
from qb.sandbox.gate import Company
from qb.sandbox.refusals import RefusedError


def add_tidying(app: Flask, company: Company) -> None:
    """The forms of the customer's page; each leads back to it."""

    @app.post("/app/customerdetail")
    def tidy() -> Answer:
        _refuse_foreign()
        identity, what = request.form["nameId"], request.form["what"]
        try:
            with company.books.lock:
                company.settle()
                _do(company, identity, what)
        except RefusedError as refused:
            return Response(str(refused), status=400, content_type="text/plain; charset=utf-8")
        return redirect(f"/app/customerdetail?{urlencode({'nameId': identity})}", 303)


def _refuse_foreign() -> None:
    """A form on another site can't tidy up here."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(403)


def _do(company: Company, identity: str, what: str) -> None:
    match what:
        case "rename":
            tidying.rename(company.books, identity, request.form["name"])
        case "retire":
            tidying.retire(company.books, identity)
        case "revive":
            tidying.revive(company.books, identity)
        case "merge":
            tidying.merge(company.books, identity, request.form["into"])
        case _:
            abort(400)
