"""The sandbox's own levers, for tests and the demo, reachable from this machine only."""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import timedelta
from ipaddress import ip_address

from flask import Flask, Response, abort, request

from qb.sandbox.faults import Fault
from qb.sandbox.gate import Company, as_row
from qb.sandbox.inspection import Inspector
from qb.sandbox.replies import JSON
from qb.sandbox.switches import Switches
from qb.sandbox.wire import Json, parse, render

SECONDS = ("requestid_retention", "old_refresh_token_lives")


def add_control(app: Flask, company: Company) -> None:
    """The `/_sandbox/...` addresses."""
    _add_near_only(app)
    _add_script(app, company)
    _add_looks(app, company)
    _add_identity(app, company)


def _add_near_only(app: Flask) -> None:
    """Nobody from elsewhere pulls a lever."""

    @app.before_request
    def near_only() -> None:
        far = not ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104  # an address to refuse
        if request.path.startswith("/_sandbox/") and far:
            abort(403)


def _add_script(app: Flask, company: Company) -> None:
    """What shall go wrong, when it is, and how open questions are answered."""

    @app.route("/_sandbox/faults", methods=["GET", "POST", "DELETE"])
    def faults() -> Response:
        if request.method == "DELETE":
            company.faults.clear()
        if request.method == "POST":
            company.faults.add(Fault(**parse(request.get_data())))
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
        return _json(_spelled(company.books.switches))


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
        return _json({"trial_balance": inspector.trial_balance(), "journal": inspector.journal()})


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


def switched(old: Switches, wanted: Mapping[str, object]) -> Switches:
    """The switches with some set anew; lengths of time are seconds. Raises ValueError for an unknown one."""
    known = {one.name for one in fields(Switches)}
    strange = sorted(set(wanted) - known)
    if strange:
        raise ValueError(f"no such switch: {', '.join(strange)}")
    values = {key: _length(value) if key in SECONDS else value for key, value in wanted.items()}
    return replace(old, **values)  # type: ignore[arg-type]  # the names were checked, the values are the tester's


def _length(value: object) -> timedelta | None:
    return None if value is None else timedelta(seconds=float(str(value)))


def _spelled(switches: Switches) -> Json:
    values = asdict(switches)
    return {key: one.total_seconds() if isinstance(one, timedelta) else one for key, one in values.items()}


def _json(value: object) -> Response:
    return Response(render(value), content_type=JSON)
