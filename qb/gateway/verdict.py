"""Judges an answer: the clean content of a 200, or which of the four kinds of failure it is."""

import re
from collections.abc import Mapping, Sequence
from enum import IntEnum
from types import MappingProxyType
from typing import Any

from qb.gateway.faults import CompanyLocked, GatewayError, InDoubt, OurBug, Reconnect, Refused
from qb.gateway.redaction import redact
from qb.gateway.shapes import Fault, content_of, faults_in
from qb.gateway.transport import Answer

OK = 200
BAD_REQUEST = 400
UNAUTHORIZED = 401
TIMED_OUT = 408
TOO_MANY = 429
SERVER_FAILED = 500
REST_SECONDS = 60
LONGEST_REST_SECONDS = 3600

THROTTLED_CODE = 3001
DUPLICATE_NUMBER = 6140
NO_RIGHT = 120


class Kind(IntEnum):
    """The kinds of failure, the more cautious the higher: of several faults the most cautious one counts."""

    REFUSED = 1
    OUR_BUG = 2
    RECONNECT = 3
    LOCKED = 4
    IN_DOUBT = 5
    THROTTLED = 6


# Intuit: Error codes; Handling common errors. What is not listed falls to the ranges below.
KIND_OF_CODE: Mapping[int, Kind] = MappingProxyType(
    {
        NO_RIGHT: Kind.RECONNECT,  # the person who connected may not do this
        500: Kind.OUR_BUG,  # unsupported operation
        600: Kind.REFUSED,  # this request id was used before
        610: Kind.REFUSED,  # gone or made inactive
        620: Kind.REFUSED,  # these transactions can't be linked
        2010: Kind.OUR_BUG,  # unsupported property
        2020: Kind.OUR_BUG,  # required parameter missing
        2050: Kind.REFUSED,  # text too long or too short
        2080: Kind.OUR_BUG,  # illegal number format
        2170: Kind.OUR_BUG,  # invalid enumeration
        2210: Kind.REFUSED,  # not an e-mail address
        2410: Kind.REFUSED,  # currency or rate missing
        2500: Kind.REFUSED,  # reference to something that isn't there
        THROTTLED_CODE: Kind.THROTTLED,
        3100: Kind.RECONNECT,  # this app may not use this company
        3200: Kind.RECONNECT,  # the token is no longer accepted
        4000: Kind.OUR_BUG,  # the query can't be parsed
        4001: Kind.OUR_BUG,  # the query makes no sense
        5010: Kind.REFUSED,  # changed by somebody else meanwhile
        5020: Kind.REFUSED,  # no permission for this
        5030: Kind.REFUSED,  # not in this company's subscription
        6000: Kind.REFUSED,  # a business rule, in words
        6002: Kind.IN_DOUBT,  # the gateway gave up waiting
        6070: Kind.OUR_BUG,  # amount is not unit price times quantity
        6090: Kind.OUR_BUG,  # discount line incomplete
        6100: Kind.OUR_BUG,  # the line's tax code
        DUPLICATE_NUMBER: Kind.REFUSED,
        6190: Kind.LOCKED,  # subscription ended or unpaid
        6210: Kind.REFUSED,  # the books are closed for that date
        6240: Kind.REFUSED,  # the name is taken
        6250: Kind.REFUSED,  # invalid customer
        6540: Kind.REFUSED,  # already deposited
        6560: Kind.REFUSED,  # customer missing
        10000: Kind.IN_DOUBT,  # something broke at QuickBooks
    }
)
KIND_OF_RANGE = (
    (range(1, 500), Kind.RECONNECT),
    (range(500, 600), Kind.OUR_BUG),
    (range(600, 10000), Kind.REFUSED),
)

RECONNECT_REASONS: Mapping[int, str] = MappingProxyType(
    {
        NO_RIGHT: "The person who connected QuickBooks has no right to this there; "
        "an admin of the QuickBooks company needs to connect again.",
        3100: "QuickBooks does not let this app into the company. Connect again; if that doesn't help, "
        "check that the app's keys and the company are both sandbox or both production.",
        6190: "QuickBooks has locked this company: its subscription ended or a bill is unpaid. "
        "Nothing can be booked until that is settled with Intuit.",
    }
)
RECONNECT_REASON = (
    "QuickBooks no longer accepts our connection; an admin needs to connect this company again."
)

_TWIN = re.compile(r"TxnType=[\w ]+ with TxnId=([0-9A-Za-z:]+)")


def judge(answer: Answer, *secrets: str) -> Any:  # noqa: ANN401 - the JSON border
    """The decoded content of a clean 200; otherwise raises the kind of failure this answer is.

    Judged by HTTP status, then by code, never by wording: a 200 can carry a fault, and a throttle comes as
    403, 429 or 200, in JSON or XML. ``secrets`` are kept out of the error's words.
    """
    content = content_of(answer.body)
    faults = faults_in(answer.body, content)
    if answer.status_code == OK and content is not None and not faults:
        return content
    raise _error(answer, tuple(_redacted(fault, secrets) for fault in faults))


def token_was_refused(answer: Answer) -> bool:
    """Whether a fresh access token may help: a 401 that doesn't say the person has no right to it."""
    if answer.status_code != UNAUTHORIZED:
        return False
    codes = {fault.code for fault in faults_in(answer.body, content_of(answer.body))}
    return not codes & {NO_RIGHT, THROTTLED_CODE}


def kind_of(status: int, codes: Sequence[int | None]) -> Kind:
    """The kind of failure that this HTTP status with these fault codes is."""
    if status == TOO_MANY or THROTTLED_CODE in codes:
        return Kind.THROTTLED
    if status == UNAUTHORIZED:
        return Kind.RECONNECT
    if status >= SERVER_FAILED or status == TIMED_OUT:
        return Kind.IN_DOUBT
    known = [_kind_of_code(code) for code in codes if code is not None]
    if known:
        return max(known)
    return Kind.OUR_BUG if status >= BAD_REQUEST else Kind.IN_DOUBT


def rest_after(answer: Answer) -> int | None:
    """How many seconds the company is to be left alone after this answer, None if it isn't throttled."""
    faults = faults_in(answer.body, content_of(answer.body))
    throttled = kind_of(answer.status_code, [fault.code for fault in faults]) == Kind.THROTTLED
    return rest_seconds(answer) if throttled else None


def rest_seconds(answer: Answer) -> int:
    """How long a throttled company is to be left alone: what it says, else a minute."""
    said = answer.headers.get("retry-after", "")
    if said.isascii() and said.isdecimal() and len(said) <= len(str(LONGEST_REST_SECONDS)):
        return min(max(int(said), 1), LONGEST_REST_SECONDS)
    return REST_SECONDS


def _kind_of_code(code: int) -> Kind:
    if code in KIND_OF_CODE:
        return KIND_OF_CODE[code]
    return next((kind for codes, kind in KIND_OF_RANGE if code in codes), Kind.IN_DOUBT)


def _redacted(fault: Fault, secrets: Sequence[str]) -> Fault:
    return Fault(fault.code, redact(fault.message, *secrets), redact(fault.detail, *secrets))


def _error(answer: Answer, faults: tuple[Fault, ...]) -> GatewayError:
    kind = kind_of(answer.status_code, [fault.code for fault in faults])
    first = _deciding(answer.status_code, kind, faults)
    code = "" if first.code is None else str(first.code)
    match kind:
        case Kind.REFUSED:
            return Refused(code, first.message, _details(faults), answer.tid, _twin(faults))
        case Kind.RECONNECT:
            return Reconnect(RECONNECT_REASONS.get(first.code or 0, RECONNECT_REASON), code, answer.tid)
        case Kind.LOCKED:
            return CompanyLocked(RECONNECT_REASONS[6190], code, answer.tid)
        case Kind.THROTTLED:
            rest = rest_seconds(answer)
            reason = f"QuickBooks has had too many calls and wants a rest of {rest} s."
            return InDoubt(reason, sent=True, rest_seconds=rest, tid=answer.tid)
        case Kind.IN_DOUBT:
            reason = f"QuickBooks gave no clear answer (status {answer.status_code}, {code or 'no code'})."
            return InDoubt(reason, sent=True, tid=answer.tid)
        case Kind.OUR_BUG:
            words = " ".join(filter(None, (first.message, _details(faults))))
            reason = f"QuickBooks could not make sense of our request (status {answer.status_code}): {words}"
            return OurBug(reason, code=code, tid=answer.tid)


def _deciding(status: int, kind: Kind, faults: tuple[Fault, ...]) -> Fault:
    """The fault that made it this kind; the status alone may have, then the first one stands for all."""
    ours = (fault for fault in faults if kind_of(status, [fault.code]) == kind)
    return next(ours, faults[0] if faults else Fault(None))


def _details(faults: tuple[Fault, ...]) -> str:
    return "; ".join(fault.detail for fault in faults if fault.detail)


def _twin(faults: tuple[Fault, ...]) -> str | None:
    """The id of the document that has the number: the last one named, as our own number comes before it."""
    details = (fault.detail for fault in faults if fault.code == DUPLICATE_NUMBER)
    ids = [twin for detail in details for twin in _TWIN.findall(detail)]
    return ids[-1] if ids else None
