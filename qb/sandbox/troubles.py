"""What scripted trouble looks like to the client, at the API and at the token endpoint."""

from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus

from qb.sandbox.faults import Fault
from qb.sandbox.refusals import Complaint, RefusedError
from qb.sandbox.replies import (
    CUT,
    JSON,
    Reply,
    bare,
    expired,
    fault_of,
    good,
    refusal,
    throttled,
    timed_out,
)
from qb.sandbox.switches import Switches
from qb.sandbox.wire import render

Shown = Callable[[Fault, Switches, datetime], Reply]


def api_trouble(fault: Fault, switches: Switches, now: datetime) -> Reply:
    """The reply of the API to a call that meets this trouble."""
    return API[fault.trouble](fault, switches, now)


def token_trouble(fault: Fault, switches: Switches, now: datetime) -> Reply:
    """The reply of the token endpoint."""
    return {**API, **TOKEN}[fault.trouble](fault, switches, now)


def _cut(_fault: Fault, _switches: Switches, _now: datetime) -> Reply:
    return CUT


def _garbled(_fault: Fault, _switches: Switches, _now: datetime) -> Reply:
    return Reply(200, b"{", JSON)


def _status(fault: Fault, _switches: Switches, _now: datetime) -> Reply:
    return bare(fault.status or HTTPStatus.BAD_GATEWAY)


def _gateway(_fault: Fault, _switches: Switches, now: datetime) -> Reply:
    return timed_out(now)


def _throttle(_fault: Fault, switches: Switches, now: datetime) -> Reply:
    return throttled(switches.throttle_shape, now, switches.throttle_retry_after)


def _expired(_fault: Fault, _switches: Switches, now: datetime) -> Reply:
    return expired("scripted", now)


def _blind(_fault: Fault, _switches: Switches, now: datetime) -> Reply:
    return good({"QueryResponse": {}}, now)


def _refuse(fault: Fault, _switches: Switches, now: datetime) -> Reply:
    return refusal(scripted(fault), now)


def _hidden(fault: Fault, _switches: Switches, now: datetime) -> Reply:
    return good({"Fault": fault_of(scripted(fault))}, now)


def _bare_throttle(_fault: Fault, _switches: Switches, _now: datetime) -> Reply:
    return bare(429)


def _bare_timeout(_fault: Fault, _switches: Switches, _now: datetime) -> Reply:
    return bare(504)


def _grant_refused(fault: Fault, _switches: Switches, _now: datetime) -> Reply:
    return Reply(400, render({"error": fault.code, "error_description": fault.detail}))


def scripted(fault: Fault) -> RefusedError:
    """The business fault a script chose."""
    complaint = Complaint(fault.code, fault.message, fault.detail)
    return RefusedError(complaint, kind=fault.kind, status=fault.status or HTTPStatus.BAD_REQUEST)


API: Mapping[str, Shown] = {
    "late": _cut,
    "cut": _cut,
    "status": _status,
    "gateway": _gateway,
    "throttle": _throttle,
    "expired": _expired,
    "refuse": _refuse,
    "hidden": _hidden,
    "blind": _blind,
    "garbled": _garbled,
}
TOKEN: Mapping[str, Shown] = {
    "throttle": _bare_throttle,
    "gateway": _bare_timeout,
    "refuse": _grant_refused,
}
