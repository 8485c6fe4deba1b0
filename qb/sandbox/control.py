"""The sandbox's own levers, for tests and the demo, reachable from this machine only."""

from dataclasses import asdict
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

from qb.sandbox.gate import Company, as_row
from qb.sandbox.inspection import Inspector
from qb.sandbox.levers import LeverError, fault_from, spelled, switched
from qb.sandbox.replies import JSON
from qb.sandbox.wire import NotJsonError, parse, render

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def add_control(app: Flask, company: Company) -> None:
    """The `/_sandbox/...` addresses."""
    _add_near_only(app)
    _add_script(app, company)
    _add_looks(app, company)
    _add_identity(app, company)


def _add_near_only(app: Flask) -> None:
    """Nobody from elsewhere pulls a lever, nor a foreign site that points its name here."""

    @app.before_request
    def near_only() -> None:
        if not request.path.startswith("/_sandbox/"):
            return
        near = request.remote_addr is not None and ip_address(request.remote_addr).is_loopback
        if not near or urlsplit(f"//{request.host}").hostname not in LOOPBACK:
            abort(403)

    @app.errorhandler(LeverError)
    @app.errorhandler(NotJsonError)
    def refused(error: Exception) -> Response:
        return Response(str(error), status=400, content_type="text/plain; charset=utf-8")


def _add_script(app: Flask, company: Company) -> None:
    """What shall go wrong, when it is, and how open questions are answered."""

    @app.route("/_sandbox/faults", methods=["GET", "POST", "DELETE"])
    def faults() -> Response:
        if request.method == "DELETE":
            company.faults.clear()
        if request.method == "POST":
            company.faults.add(fault_from(parse(request.get_data())))
        return _json([asdict(one) for one in company.faults.waiting()])

    @app.route("/_sandbox/clock", methods=["GET", "POST"])
    def clock() -> Response:
        if request.method == "POST":
            company.clock.advance(float(parse(request.get_data())["advance"]))
            company.settle()
        return _json({"now": company.books.clock().isoformat()})

    @app.route("/_sandbox/switches", methods=["GET", "POST"])
    def switches() -> Response:
        if request.method == "POST":
            company.books.switches = switched(company.books.switches, parse(request.get_data()))
        return _json(spelled(company.books.switches))


def _add_looks(app: Flask, company: Company) -> None:
    """What was called and what the books say."""
    inspector = Inspector(company)

    @app.get("/_sandbox/requests")
    def requests() -> Response:
        return _json([as_row(one) for one in company.seen])

    @app.get("/_sandbox/warnings")
    def warnings() -> Response:
        return _json(company.warnings)

    @app.get("/_sandbox/books")
    def books() -> Response:
        balances = {"trial_balance": inspector.trial_balance(), "owed": inspector.owed()}
        return _json({**balances, "tax": inspector.tax_by_rate(), "journal": inspector.journal()})


def _add_identity(app: Flask, company: Company) -> None:
    """What happens to the connection behind the app's back."""

    @app.post("/_sandbox/revoke")
    def disconnect() -> Response:
        company.grants.disconnect_all()
        return _json({"revoked": True})

    @app.post("/_sandbox/expire")
    def expire() -> Response:
        company.grants.expire_access()
        return _json({"expired": True})


def _json(value: object) -> Response:
    return Response(render(value), content_type=JSON)
