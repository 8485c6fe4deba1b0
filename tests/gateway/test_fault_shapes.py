"""The shapes in which QuickBooks and its gateway put their faults: recorded ones, and hostile ones."""

from decimal import Decimal
from pathlib import Path

import pytest

from qb.gateway import Company, GatewayError, InDoubt, OurBug, Reconnect, Refused, encode, select
from qb.gateway.shapes import Fault, content_of, faults_in
from tests.gateway.far_side import FarSide, Say, say

RECORDED = Path(__file__).parent / "recorded"
BODY = encode({})

GATEWAY_403: dict[str, object] = {
    "warnings": None,
    "intuitObject": None,
    "fault": {
        "error": [
            {
                "message": "message=ApplicationAuthorizationFailed; errorCode=003100; statusCode=403",
                "detail": None,
                "code": "3100",
                "element": None,
            }
        ],
        "type": "SERVICE",
    },
    "batchItemResponse": [],
}
GATEWAY_504 = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<IntuitResponse time="2017-07-30T22:45:22.933-07:00" xmlns="http://schema.intuit.com/finance/v3">'
    b'<Fault type="SERVICE"><Error code="6002">'
    b"<Message>message=GatewayTimeout; errorCode=006002; statusCode=504</Message></Error></Fault>"
    b"</IntuitResponse>"
)


@pytest.mark.parametrize(
    ("name", "status", "expected", "code"),
    [
        ("flowlink__400_2030_234688.xml", 400, Refused, "2030"),
        ("flowlink__400_4000_b7b056.xml", 400, OurBug, "4000"),
        ("flowlink__400_4000_b7e3e4.xml", 400, OurBug, "4000"),
        ("flowlink__400_4001_1cc11c.xml", 400, OurBug, "4001"),
        ("flowlink__400_4001_8436cb.xml", 400, OurBug, "4001"),
        ("flowlink__400_6240_1ef0b2.xml", 400, Refused, "6240"),
        ("flowlink__400_6240_c5a2ce.xml", 400, Refused, "6240"),
        ("flowlink__400_6270_779c3a.xml", 400, Refused, "6270"),
        ("fyle__6210_account_period_closed.json", 400, Refused, "6210"),
        ("minimul_qbo_api__error_400_1.json", 400, OurBug, "4001"),
        ("minimul_qbo_api__error_400_json.json", 400, OurBug, "2010"),
        ("minimul_qbo_api__error_401.json", 401, Reconnect, "3200"),
        ("minimul_qbo_api__error_500_0.json", 400, OurBug, "500"),
        ("minimul_qbo_api__error_500_1.json", 400, Refused, "2030"),
        ("minimul_qbo_api__error_validation.json", 400, Refused, "6240"),
        ("ruckus__customer_duplicate_error.xml", 400, Refused, "6240"),
        ("ruckus__query_validation_error.xml", 400, OurBug, "4001"),
        ("ruckus__tax_service_error_dup.json", 400, Refused, "6240"),
        ("ruckus__fault.xml", 400, OurBug, "2080"),
    ],
)
def test_recorded_faults(
    company: Company, far_side: FarSide, name: str, status: int, expected: type[GatewayError], code: str
) -> None:
    """What real companies were told, in JSON and in XML."""
    far_side.will(*[Say(status, (RECORDED / "fault" / name).read_bytes())] * 2)
    with pytest.raises(expected) as caught:
        company.create("Customer", BODY, "r1")
    assert code == getattr(caught.value, "code", None)


@pytest.mark.parametrize(
    ("name", "status", "rest"),
    [
        ("ruckus__throttle_exceeded_error.xml", 403, 60),
        ("ruckus__throttle_exceeded_error.xml", 200, 60),
        ("ruckus__too_many_requests_error.xml", 429, 60),
        ("ruckus__generic_error.xml", 500, None),
        ("ruckus__generic_error.xml", 400, None),
        ("minimul_qbo_api__attachment_error_estimate.json", 200, None),
    ],
)
def test_recorded_answers_that_leave_doubt(
    company: Company, far_side: FarSide, name: str, status: int, rest: int | None
) -> None:
    """Throttles in every dress, broken servers, and a 200 about something else."""
    far_side.will(Say(status, (RECORDED / "fault" / name).read_bytes()))
    with pytest.raises(InDoubt) as caught:
        company.create("Customer", BODY, "r1")
    assert (True, rest) == (caught.value.sent, caught.value.rest_seconds)


def test_a_refusal_inside_a_query_answer(company: Company, far_side: FarSide) -> None:
    """Rows beside a fault are no answer."""
    recorded = RECORDED / "fault" / "intuit-java-sdk__JSONSerializerTest_3.json"
    far_side.will(Say(200, recorded.read_bytes()))
    with pytest.raises(OurBug) as caught:
        company.select(select("Customer"))
    assert "500" == caught.value.code


def test_recorded_answers_that_are_clean(company: Company, far_side: FarSide) -> None:
    """Documents, rows, counts and nothing at all, as real companies gave them."""
    for name in (
        "invoice/minimul_qbo_api__create_invoice.json",
        "customer/minimul_qbo_api__get_id.json",
        "query/minimul_qbo_api__misc_ampersand.json",
        "query/minimul_qbo_api__all_alt_select_1.json",
        "query/minimul_qbo_api__all_alt_select_4.json",
        "query/minimul_qbo_api__all_alt_select_0.json",
    ):
        far_side.will(Say(200, (RECORDED / name).read_bytes()))
    invoice = company.create("Invoice", BODY, "r1")
    assert ("266", Decimal("100.0")) == (invoice.entity["Id"], invoice.entity["TotalAmt"])
    assert "1" == company.read("Customer", "5").entity["SyncToken"]
    (vendor,) = company.select(select("Vendor").where("DisplayName", "=", "Robertson & Associates"))
    assert "49" == vendor["Id"]
    assert 2 == len(company.select(select("Customer")))
    assert () == company.select(select("Customer"))
    assert 6 == company.count(select("Customer"))


def test_the_gateways_own_fault_in_lower_case(company: Company, far_side: FarSide) -> None:
    """403 with code 3100: this app may not use this company."""
    far_side.will(say(GATEWAY_403, 403))
    with pytest.raises(Reconnect) as caught:
        company.create("Invoice", BODY, "r1")
    assert "3100" == caught.value.code


def test_a_gateway_time_out_in_xml(company: Company, far_side: FarSide) -> None:
    """504 with code 6002 and no detail: perhaps booked."""
    far_side.will(Say(504, GATEWAY_504))
    with pytest.raises(InDoubt) as caught:
        company.create("Invoice", BODY, "r1")
    assert (True, None) == (caught.value.sent, caught.value.rest_seconds)


@pytest.mark.parametrize("status", [200, 500, 502, 503, 504])
@pytest.mark.parametrize(
    "body", [b"", b"<html><body>Bad Gateway</body></html>", b"\x00\xff", b'{"Invoice": {"Id": "1"'], ids=repr
)
def test_an_unreadable_answer_leaves_doubt(
    company: Company, far_side: FarSide, status: int, body: bytes
) -> None:
    """Nothing, HTML, garbage or half a document: perhaps booked."""
    far_side.will(Say(status, body))
    with pytest.raises(InDoubt) as caught:
        company.create("Invoice", BODY, "r1")
    assert caught.value.sent is True


def test_html_instead_of_a_refusal_is_our_bug(company: Company, far_side: FarSide) -> None:
    """A 404 page says that our address is wrong."""
    far_side.will(Say(404, b"<html><body>Not Found</body></html>"))
    with pytest.raises(OurBug):
        company.create("Invoice", BODY, "r1")


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><Fault><Error code="3001">&b;</Error></Fault>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hosts">]><Fault><Error code="610">&a;</Error></Fault>',
        b'<Fault><Error code="6240">',
        b"<" * 10_000,
    ],
    ids=["bomb", "outside", "cut", "noise"],
)
def test_hostile_xml_is_read_as_nothing(body: bytes) -> None:
    """No entity is ever expanded."""
    assert () == faults_in(body, None)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({}, ()),
        ({"Fault": None}, ()),
        ({"Fault": {}}, (Fault(None),)),
        ({"Fault": {"Error": []}}, (Fault(None),)),
        ({"Fault": "broken"}, (Fault(None),)),
        ({"Fault": {"Error": ["x", {"code": 6210}]}}, (Fault(None), Fault(6210))),
        ({"Fault": {"Error": [{"code": "003200", "Message": 7}]}}, (Fault(3200),)),
        ({"Fault": {"Error": [{"code": "1" * 5000}]}}, (Fault(None),)),
        ({"QueryResponse": []}, ()),
        ([], ()),
    ],
)
def test_odd_faults_are_faults_all_the_same(content: object, expected: tuple[Fault, ...]) -> None:
    """A fault without a code is never taken for success."""
    assert expected == faults_in(b"", content)


def test_a_fault_element_without_errors(company: Company, far_side: FarSide) -> None:
    """In XML as in JSON."""
    assert (Fault(None),) == faults_in(b"<IntuitResponse><Fault type='SERVICE'/></IntuitResponse>", None)
    far_side.will(say({"Invoice": {"Id": "1"}, "Fault": {}}))
    with pytest.raises(InDoubt):
        company.create("Invoice", BODY, "r1")


def test_xml_content_is_no_json() -> None:
    """The two readers don't mix."""
    assert content_of(GATEWAY_504) is None
    assert (6002,) == tuple(fault.code for fault in faults_in(GATEWAY_504, None))
