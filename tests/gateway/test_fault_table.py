"""Every code of Intuit's tables and the kind of failure it is to us."""

import pytest

from qb.gateway import Company, CompanyLocked, GatewayError, InDoubt, OurBug, Reconnect, Refused, encode
from qb.gateway.verdict import KIND_OF_CODE
from tests.gateway.far_side import FarSide, say

# HTTP status, code, what it is to us. (Intuit: Error codes; Handling common errors.)
TABLE: tuple[tuple[int, int, type[GatewayError]], ...] = (
    (401, 3200, Reconnect),
    (403, 3100, Reconnect),
    (401, 120, Reconnect),
    (403, 120, Reconnect),
    (429, 3001, InDoubt),
    (400, 500, OurBug),
    (400, 600, Refused),
    (400, 610, Refused),
    (400, 620, Refused),
    (400, 2010, OurBug),
    (400, 2020, OurBug),
    (400, 2050, Refused),
    (400, 2080, OurBug),
    (400, 2170, OurBug),
    (400, 2210, Refused),
    (400, 2410, Refused),
    (400, 2500, Refused),
    (400, 4000, OurBug),
    (400, 4001, OurBug),
    (400, 5010, Refused),
    (400, 5020, Refused),
    (400, 5030, Refused),
    (400, 6000, Refused),
    (400, 6070, OurBug),
    (400, 6090, OurBug),
    (400, 6100, OurBug),
    (400, 6140, Refused),
    (400, 6190, CompanyLocked),
    (400, 6210, Refused),
    (400, 6240, Refused),
    (400, 6250, Refused),
    (400, 6560, Refused),
    (400, 6540, Refused),
    (500, 10000, InDoubt),
    (200, 10000, InDoubt),
    (502, 6002, InDoubt),
    (503, 6002, InDoubt),
    (504, 6002, InDoubt),
)
BODY = encode({})


def fault(*codes: int | str, message: str = "words", detail: str = "more words") -> dict[str, object]:
    """A fault as the API words it."""
    errors = [{"Message": message, "Detail": detail, "code": str(code), "element": ""} for code in codes]
    return {"Fault": {"Error": errors, "type": "ValidationFault"}, "time": "x"}


@pytest.mark.parametrize(("status", "code", "expected"), TABLE)
def test_each_code_is_one_kind(
    company: Company, far_side: FarSide, status: int, code: int, expected: type[GatewayError]
) -> None:
    """By status, then by code."""
    far_side.will(*[say(fault(code), status)] * 2)
    with pytest.raises(GatewayError) as caught:
        company.create("Invoice", BODY, "r1")
    assert expected is type(caught.value)
    assert "tid-1" == caught.value.tid


def test_the_table_names_every_code_we_know() -> None:
    """A code added here needs its row above."""
    assert {code for _, code, _ in TABLE} == set(KIND_OF_CODE)


@pytest.mark.parametrize(
    ("status", "codes", "expected"),
    [
        (200, [6240], Refused),  # a 200 can carry a fault
        (200, [3001], InDoubt),
        (200, [3200], Reconnect),
        (403, [3001], InDoubt),  # the throttle of 2016
        (400, [3001], InDoubt),
        (500, [6240], InDoubt),  # a broken server's word is no refusal
        (504, [], InDoubt),
        (408, [], InDoubt),
        (302, [], InDoubt),
        (201, [], InDoubt),
        (403, [], OurBug),
        (404, [], OurBug),
        (400, [], OurBug),
        (400, ["", "abc"], OurBug),
        (401, [], Reconnect),
        (400, [100], Reconnect),  # by its range
        (400, [599], OurBug),
        (400, [2030], Refused),
        (400, [6270], Refused),
        (400, [10001], InDoubt),
        (400, [0], InDoubt),
        (400, [6240, 6000], Refused),
        (400, [6240, 2020], OurBug),  # of several the most cautious counts
        (400, [6240, 10000, 2020], InDoubt),
        (400, [6190, 6000], CompanyLocked),
    ],
)
def test_what_the_table_does_not_name(
    company: Company, far_side: FarSide, status: int, codes: list[int], expected: type[GatewayError]
) -> None:
    """By the code's range, by the status alone, or by the most cautious of several."""
    far_side.will(*[say(fault(*codes) if codes else {}, status)] * 2)
    with pytest.raises(GatewayError) as caught:
        company.create("Invoice", BODY, "r1")
    assert expected is type(caught.value)


def test_wording_decides_nothing(company: Company, far_side: FarSide) -> None:
    """A refusal that talks of throttles, tokens and time-outs is still a refusal."""
    words = "ThrottleExceeded; errorCode=003001; statusCode=429 Token expired GatewayTimeout"
    far_side.will(say(fault(6000, message=words, detail=words), 400))
    with pytest.raises(Refused) as caught:
        company.create("Invoice", BODY, "r1")
    assert "6000" == caught.value.code


def test_a_refusal_keeps_quickbooks_own_words(company: Company, far_side: FarSide) -> None:
    """Code, message and every detail, for the person who can mend it."""
    content = fault(6000, message="A business validation error", detail="Make sure\n all have a rate")
    content["Fault"]["Error"] += fault(610, detail="Made inactive")["Fault"]["Error"]  # type: ignore[index]
    far_side.will(say(content, 400))
    with pytest.raises(Refused) as caught:
        company.create("Invoice", BODY, "r1")
    assert ("6000", "A business validation error") == (caught.value.code, caught.value.message)
    assert "Make sure all have a rate; Made inactive" == caught.value.detail
    assert caught.value.twin is None


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        ("DocNumber=18696 is assigned to TxnType=Invoice with TxnId=6575", "6575"),
        ("DocNumber=18696 is assigned to TxnType=Sales Receipt with TxnId=6575 : null", "6575"),
        ("DocNumber=TxnType=A with TxnId=1 is assigned to TxnType=Invoice with TxnId=6575", "6575"),
        ("This number has already been used.", None),
    ],
)
def test_a_duplicate_number_names_its_twin(
    company: Company, far_side: FarSide, detail: str, expected: str | None
) -> None:
    """The document that has it already, whatever our own number pretends."""
    far_side.will(say(fault(6140, detail=detail), 400))
    with pytest.raises(Refused) as caught:
        company.create("Invoice", BODY, "r1")
    assert expected == caught.value.twin


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (None, 60),
        ("7", 7),
        ("0", 1),
        ("86400", 60),
        ("9999", 3600),
        ("-5", 60),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 60),
        ("\u0667", 60),
    ],
)
def test_a_throttle_says_how_long_to_rest(
    company: Company, far_side: FarSide, said: str | None, expected: int
) -> None:
    """Retry-After in seconds if it is sound, a minute otherwise, an hour at most."""
    header = {} if said is None else {"Retry_After": said.encode().decode("latin-1")}
    far_side.will(say(fault(3001), 429, **header))
    with pytest.raises(InDoubt) as caught:
        company.create("Invoice", BODY, "r1")
    assert expected == caught.value.rest_seconds


def test_only_a_duplicate_number_has_a_twin(company: Company, far_side: FarSide) -> None:
    """Another refusal may speak of documents too."""
    far_side.will(say(fault(6000, detail="linked to TxnType=Invoice with TxnId=6575"), 400))
    with pytest.raises(Refused) as caught:
        company.create("Invoice", BODY, "r1")
    assert caught.value.twin is None


@pytest.mark.parametrize("status", [200, 400, 401, 403, 429, 500, 503])
def test_a_throttle_is_one_whatever_its_status(company: Company, far_side: FarSide, status: int) -> None:
    """Code 3001 means a rest, and nothing is repeated before it."""
    far_side.will(say(fault(3001), status))
    with pytest.raises(InDoubt) as caught:
        company.create("Invoice", BODY, "r1")
    assert (True, 60) == (caught.value.sent, caught.value.rest_seconds)
    assert 1 == len(far_side.heard())


def test_people_learn_what_to_do_about_the_connection(company: Company, far_side: FarSide) -> None:
    """Each reason to reconnect has its own sentence."""
    reasons = []
    for status, code in ((401, 120), (403, 3100), (403, 3200), (400, 6190)):
        far_side.will(say(fault(code), status))
        with pytest.raises(Reconnect) as caught:
            company.read("Invoice", "1")
        reasons.append(caught.value.reason)
    assert 4 == len(set(reasons))
    assert "no right" in reasons[0]
    assert "both sandbox or both production" in reasons[1]
    assert "no longer accepts" in reasons[2]
    assert "subscription" in reasons[3]
