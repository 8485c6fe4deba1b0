"""The five shapes of a QuickBooks reply gone wrong, and the plain good one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from xml.sax.saxutils import escape, quoteattr

from qb.sandbox.refusals import Complaint, RefusedError
from qb.sandbox.wire import Json, render, stamp

JSON = "application/json;charset=UTF-8"
XML = "application/xml"
HTML = "text/html"
THROTTLED = "message=ThrottleExceeded; errorCode=003001; statusCode=429"
REACHED = "The request limit was reached.  Try again later"
TIMED_OUT = "message=GatewayTimeout; errorCode=006002; statusCode=504"


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back over the wire; `cut` sends nothing and breaks the connection."""

    status: int
    body: bytes = b""
    content: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False


def good(content: Json, now: datetime) -> Reply:
    """200 with the time QuickBooks adds."""
    return Reply(200, render({**content, "time": stamp(now)}))


def fault_of(refused: RefusedError) -> Json:
    """Shape A's inside: Fault with its errors."""
    return {"Error": [_error(one) for one in refused.complaints], "type": refused.kind}


def _error(complaint: Complaint) -> Json:
    error = {"Message": complaint.message, "Detail": complaint.detail, "code": complaint.code}
    return error if complaint.element is None else {**error, "element": complaint.element}


def refusal(refused: RefusedError, now: datetime) -> Reply:
    """Shape A: business JSON."""
    return Reply(refused.status, render({"Fault": fault_of(refused), "time": stamp(now)}))


def gateway(status: int, code: str, name: str, now: datetime, detail: str | None = None) -> Reply:
    """Shape B: the gateway's lower-case JSON for 401, 403 and, by switch, 429."""
    kinds = {401: "AUTHENTICATION", 403: "SERVICE", 429: "SERVICE"}
    message = f"message={name}; errorCode={int(code):06}; statusCode={status}"
    error = {"message": message, "detail": detail, "code": code, "element": None}
    body: Json = {
        "warnings": None,
        "intuitObject": None,
        "fault": {"error": [error], "type": kinds[status]},
        "report": None,
        "queryResponse": None,
        "batchItemResponse": [],
        "attachableResponse": [],
        "syncErrorResponse": None,
        "requestId": None,
        "time": int(now.timestamp() * 1000),
        "status": None,
        "cdcresponse": [],
    }
    header = (
        {"WWW-Authenticate": 'Bearer realm="Intuit", error="invalid_token"'}
        if status == HTTPStatus.UNAUTHORIZED
        else {}
    )
    return Reply(status, render(body), "application/json", header)


def expired(token: str, now: datetime) -> Reply:
    """401 for a token that isn't good, in shape B, with the token in it as the real one has."""
    return gateway(401, "3200", "AuthenticationFailed", now, f"Token expired: {token}")


def forbidden(now: datetime) -> Reply:
    """403 for a company the app isn't connected to."""
    return gateway(403, "3100", "ApplicationAuthorizationFailed", now)


def service_xml(status: int, code: str, message: str, detail: str, now: datetime) -> Reply:
    """Shape C: XML whatever was asked for."""
    inner = f"<Detail>{escape(detail)}</Detail>" if detail else ""
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<IntuitResponse time={quoteattr(stamp(now))} "
        'xmlns="http://schema.intuit.com/finance/v3">'
        f'<Fault type="SERVICE"><Error code={quoteattr(code)}><Message>{escape(message)}</Message>'
        f"{inner}</Error>"
        "</Fault></IntuitResponse>"
    )
    return Reply(status, text.encode(), XML)


def throttled(shape: str, now: datetime, retry_after: int | None) -> Reply:
    """429 in shape A, B or C."""
    if shape == "A":
        reply = refusal(
            RefusedError(Complaint("3001", THROTTLED, REACHED, None), kind="SERVICE", status=429), now
        )
    elif shape == "B":
        reply = gateway(429, "3001", "ThrottleExceeded", now, REACHED)
    else:
        reply = service_xml(429, "3001", THROTTLED, REACHED, now)
    header = {"Retry-After": str(retry_after)} if retry_after is not None else {}
    return Reply(reply.status, reply.body, reply.content, {**reply.headers, **header})


def timed_out(now: datetime) -> Reply:
    """504 in shape C, without a detail."""
    return service_xml(504, "6002", TIMED_OUT, "", now)


def bare(status: int) -> Reply:
    """Shape E: nothing, or a page, from something in front."""
    if status == HTTPStatus.BAD_GATEWAY:
        return Reply(status, b"", HTML)
    return Reply(status, f"<html><body><h1>{status}</h1></body></html>".encode(), HTML)


CUT = Reply(0, cut=True)
