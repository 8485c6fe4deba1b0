"""Whatever QuickBooks answers is content or one of our kinds of failure, never an exception nobody named."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st

from qb.gateway import GatewayError
from qb.gateway.oauth import _error, _tokens
from qb.gateway.transport import Answer
from qb.gateway.verdict import judge, rest_after, token_was_refused
from tests.fuzz.fuzzing import fuzz, prove

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RECORDED = sorted(
    path.read_bytes()
    for path in (Path(__file__).parents[1] / "gateway" / "recorded").rglob("*")
    if path.suffix in {".json", ".xml"}
)
ODD = (
    b"",
    b"\xef\xbb\xbf",
    b"\xff\xfe<\x00a\x00/\x00>\x00",
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b"<a>" * 20_000,
    b'<?xml version="1.0" encoding="nonsense"?><Fault/>',
    b'<?xml version="1.0" encoding="utf-32"?><Fault/>',
    b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><Fault>&c;</Fault>',
    b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><Fault/>',
    b'<Fault><Error code="\xd9\xa1\xd9\xa2"><Message/></Error></Fault>',
    b'{"Fault":{"Error":[{"code":1e999999,"Message":NaN}]}}',
    b'{"Fault":{"Error":[{"code":' + b"9" * 5000 + b"}]}}",
    b'{"Fault":{"Error":[{"code":"' + b"9" * 5000 + b'"}]}}',
    b'{"Fault":{"Error":[{"code":"6140","Detail":"TxnType=Invoice with TxnId=\\ud800"}]}}',
    b'{"QueryResponse":{"Fault":[]},"Fault":7,"fault":{"error":{"error":[]}}}',
    b'{"error":{"error":"invalid_grant"}}',
)
KEYS = (
    *("Fault", "fault", "Error", "error", "code", "Code", "Message", "message", "Detail", "detail", "type"),
    *("QueryResponse", "Invoice", "access_token", "refresh_token", "expires_in", "error_description"),
)
CODES = (
    "120",
    "500",
    "600",
    "3001",
    "3100",
    "3200",
    "6000",
    "6140",
    "6190",
    "10000",
    "-1",
    "\uff19",
    "",
    "x",
)
HEADERS = ("retry-after", "intuit_tid", "content-type", "www-authenticate")


def mutated(whole: SearchStrategy[bytes]) -> SearchStrategy[bytes]:
    """The same with a piece cut out, doubled or replaced."""

    @st.composite
    def mutation(draw: st.DrawFn) -> bytes:
        content = draw(whole)
        for _ in range(draw(st.integers(1, 3))):
            start = draw(st.integers(0, len(content)))
            end = draw(st.integers(start, min(len(content), start + 40)))
            piece = draw(st.one_of(st.just(b""), st.binary(max_size=12), st.just(content[start:end] * 2)))
            content = content[:start] + piece + content[end:]
        return content

    return mutation()


def in_json() -> SearchStrategy[bytes]:
    """JSON of the words Intuit uses, put together in any way."""
    leaves = st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.sampled_from(CODES)
    )
    values = st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
        ),
        max_leaves=25,
    )
    return values.map(lambda value: json.dumps(value).encode())


def answers() -> SearchStrategy[Answer]:
    """Any status, any headers, any body."""
    statuses = st.one_of(
        st.sampled_from((200, 400, 401, 403, 404, 408, 429, 500, 503, 504)), st.integers(100, 599)
    )
    waits = st.one_of(st.text(max_size=20), st.integers().map(str), st.just("Wed, 21 Oct 2026 07:28:00 GMT"))
    bodies = st.one_of(
        st.binary(max_size=300), st.sampled_from(ODD), in_json(), mutated(st.sampled_from(RECORDED))
    )
    headers = st.dictionaries(st.sampled_from(HEADERS), waits, max_size=4)
    return st.builds(Answer, status_code=statuses, headers=headers, body=bodies, seen_at=st.just(NOW))


def one_of_our_kinds(answer: Answer) -> None:
    """Judged as an answer of the API and as one of the sign-in, each in one of the ways we know."""
    ways: tuple[Callable[[], Any], ...] = (
        lambda: judge(answer, "a-token"),
        lambda: _tokens(answer, NOW, "refresh", "a-token"),
    )
    for way in ways:
        with suppress(GatewayError):
            way()
    if answer.status_code != 200:
        assert isinstance(_error(answer, "a-token"), GatewayError)
    rest = rest_after(answer)
    assert rest is None or 0 < rest <= 3600
    assert token_was_refused(answer) in {True, False}


def never_a_clean_answer(answer: Answer) -> None:
    """What isn't a 200 is a failure, whatever it says."""
    if answer.status_code != 200:
        with pytest.raises(GatewayError):
            judge(answer)


@pytest.mark.parametrize("check", [one_of_our_kinds, never_a_clean_answer])
def test_any_answer_is_one_of_our_kinds(check: Callable[[Answer], None]) -> None:
    """Any status, headers and bytes, real faults mutated among them."""
    fuzz(check, answers(), 200)


@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("status", [200, 400, 401, 429, 500])
def test_each_odd_body_is_one_of_our_kinds(status: int, body: bytes) -> None:
    """Deep, wide, half, in another alphabet or encoding, or out to read a file."""
    one_of_our_kinds(Answer(status, {}, body, NOW))


@pytest.mark.prove
def test_any_answer_at_length() -> None:
    """Twenty thousand of them."""
    prove("QuickBooks' answers through the fault parser", one_of_our_kinds, answers())
