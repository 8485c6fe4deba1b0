"""Canary tokens go through everything that can fail, and turn up in no log, error or address."""

import logging
import traceback
from collections.abc import Callable, Iterator

import pytest

from qb.gateway import Company, Gateway, GatewayError, Pace, addresses, encode, select
from qb.gateway.redaction import redact
from tests.gateway.conftest import REALM, Clock, TokenKeeper
from tests.gateway.far_side import Cut, FarSide, Say, SayRaw, say

CANARY = "canary-eyJhbGciOi"
LEAK = f"Token expired: {CANARY}-1; Bearer {CANARY}-1; {CANARY}-1"
ANSWERS = (
    say({"fault": {"error": [{"code": "3200", "message": LEAK, "detail": LEAK}]}}, 401),
    say({"fault": {"error": [{"code": "3100", "message": LEAK, "detail": LEAK}]}}, 403),
    say({"Fault": {"Error": [{"code": "6000", "Message": LEAK, "Detail": LEAK}]}}, 400),
    say({"Fault": {"Error": [{"code": "2010", "Message": LEAK, "Detail": LEAK}]}}, 400),
    say({"error": LEAK, "error_description": LEAK}, 400),
    say({"error": "invalid_grant", "error_description": LEAK}, 400),
    say({"access_token": f"{CANARY}-1"}),
    Say(400, LEAK.encode()),
    Say(500, LEAK.encode()),
    Say(200, LEAK.encode()),
    Say(302, b"", {"Location": f"http://127.0.0.1/{CANARY}"}),
    SayRaw(f"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{LEAK}".encode()),
    SayRaw(f"{LEAK}\r\n\r\n".encode()),
    Cut(),
)


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """All loggers at their most talkative."""
    with caplog.at_level(logging.DEBUG):
        for name in ("urllib3", "requests", "requests_oauthlib", "oauthlib", "intuitlib", "quickbooks", "qb"):
            caplog.set_level(logging.DEBUG, name)
        yield caplog


def held_by(error: BaseException | None) -> Iterator[str]:
    """Everything an error and those behind it could show to somebody who prints them."""
    while error is not None:
        yield "".join(traceback.format_exception(error))
        yield repr(error.args)
        yield repr(vars(error))
        error = error.__cause__ or error.__context__


@pytest.mark.parametrize("answer", ANSWERS, ids=[str(index) for index in range(len(ANSWERS))])
@pytest.mark.parametrize("call", ["create", "read", "select", "exchange", "renew", "revoke"])
def test_no_secret_in_any_log_or_error(
    far_side: FarSide, clock: Clock, everything_logged: pytest.LogCaptureFixture, answer: Say, call: str
) -> None:
    """Tokens, codes and the app's secret, whatever the far side repeats of what it was sent."""
    gateway = canary_gateway(far_side, clock)
    company = gateway.company(REALM, TokenKeeper(f"{CANARY}-1", f"{CANARY}-1"))
    far_side.will(answer, answer)
    calls: dict[str, Callable[[], object]] = {
        "create": lambda: company.create("Invoice", encode({}), "r1"),
        "read": lambda: company.read("Invoice", "1"),
        "select": lambda: company.select(select("Invoice")),
        "exchange": lambda: gateway.exchange(f"{CANARY}-1"),
        "renew": lambda: gateway.renew(f"{CANARY}-1"),
        "revoke": lambda: gateway.revoke(f"{CANARY}-1"),
    }
    shown: list[str] = []
    try:
        calls[call]()
    except GatewayError as error:
        shown.extend(held_by(error))
    shown.extend(record.getMessage() + repr(vars(record)) for record in everything_logged.records)
    shown.extend(heard.path + repr(heard.params) for heard in far_side.heard())
    assert shown
    assert [] == [text for text in shown if CANARY in text]


def canary_gateway(far_side: FarSide, clock: Clock) -> Gateway:
    """A gateway whose own secret is a canary too."""
    url = far_side.url
    return Gateway(
        client_id="app-id",
        client_secret=f"{CANARY}-2",
        redirect_uri="http://127.0.0.1:3000/quickbooks/callback",
        addresses=addresses("sandbox", api=url, authorize=url, token=f"{url}/token", revoke=f"{url}/revoke"),
        clock=clock,
        sleep=clock.sleep,
        pace=Pace(),
    )


def test_names_stay_out_of_addresses(
    company: Company, far_side: FarSide, everything_logged: pytest.LogCaptureFixture
) -> None:
    """A client's name is in the body only: no log of ours or of a proxy's holds it."""
    far_side.will(say({"QueryResponse": {}}))
    company.select(select("Customer").where("DisplayName", "=", "Amara Okafor"))
    assert "Amara" not in repr(far_side.heard()[0].params) + far_side.heard()[0].path
    assert [] == [record for record in everything_logged.records if "Amara" in repr(vars(record))]


def test_each_call_is_logged_with_intuits_number(
    company: Company, far_side: FarSide, everything_logged: pytest.LogCaptureFixture
) -> None:
    """So that Intuit's support can find it."""
    far_side.will(say({"Invoice": {"Id": "1"}}))
    company.read("Invoice", "1")
    logged = [vars(one) for one in everything_logged.records if one.name == "qb.gateway.transport"]
    assert [("GET", 200, "tid-1")] == [(one["method"], one["status"], one["intuit_tid"]) for one in logged]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Token expired: AB01736600abcdef", "Token expired: [redacted]"),
        ("token=AB01736600", "token=[redacted]"),
        ("Bearer AB01736600", "Bearer [redacted]"),
        ("see eyJlbmMiOiJBMTI4Q0JDLUhTMjU2In0..abc", "see [redacted]"),
        ("x AB11736600123456789012345678901234567890ab y", "x [redacted] y"),
        (
            "DocNumber=18696 is assigned to TxnType=Invoice with TxnId=6575",
            "DocNumber=18696 is assigned to TxnType=Invoice with TxnId=6575",
        ),
        (
            "Property Name:Unrecognized field (class com.intuit.schema.finance.v3.Invoice)",
            "Property Name:Unrecognized field (class com.intuit.schema.finance.v3.Invoice)",
        ),
        ("Invalid Reference Id : Accounts element id 7 not found", None),
        ('Encountered " <IDENTIFIER> "TxnDate "" at line 1, column 29.', None),
        ('René "Ané" O\'Brien \\ 马春梅 <!channel> & <https://evil|Approve>', None),
    ],
)
def test_tokens_are_taken_out_and_words_are_left(text: str, expected: str | None) -> None:
    """What looks like a token goes; what an accountant needs to read stays."""
    assert (expected or text) == redact(text)


def test_known_secrets_go_whatever_they_look_like() -> None:
    """And a text that never ends is cut."""
    assert "a [redacted] b" == redact("a short b", "short", "")
    assert 2000 == len(redact("x " * 5000))
