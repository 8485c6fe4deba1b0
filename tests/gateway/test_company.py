"""What goes over the wire for each thing a company can be asked, and what comes back."""

from decimal import Decimal

import pytest

from qb.gateway import Company, Gateway, InDoubt, OurBug, Reconnect, encode, select
from tests.gateway.conftest import NOON, REALM, Clock, TokenKeeper
from tests.gateway.far_side import Cut, FarSide, Say, say

BODY = encode({"CustomerRef": {"value": "7"}, "TotalAmt": Decimal("113.1"), "PrivateNote": "René \\ 马春梅"})
EXPIRED = say({"fault": {"error": [{"code": "3200", "message": "x"}], "type": "AUTHENTICATION"}}, 401)


def test_create_posts_exactly_these_bytes_under_the_request_id(company: Company, far_side: FarSide) -> None:
    """The body is not touched; request id, minor version and token go along as QuickBooks wants them."""
    far_side.will(say({"Payment": {"Id": "73", "TotalAmt": 113.1}, "time": "x"}))
    reply = company.create("Payment", BODY, "9b2e6f0c-request")
    (heard,) = far_side.heard()
    assert heard.method == "POST"
    assert f"/v3/company/{REALM}/payment" == heard.path
    assert {"minorversion": "75", "requestid": "9b2e6f0c-request"} == heard.params
    assert BODY == heard.body
    assert "Bearer first-token" == heard.headers["authorization"]
    assert "application/json" == heard.headers["content-type"]
    assert "application/json" == heard.headers["accept"]
    assert {"Id": "73", "TotalAmt": Decimal("113.1")} == reply.entity
    assert isinstance(reply.entity["TotalAmt"], Decimal)
    assert "tid-1" == reply.tid
    assert NOON == reply.seen_at


def test_create_never_overwrites(company: Company, far_side: FarSide) -> None:
    """A new document with an Id would replace that document: it is not sent."""
    with pytest.raises(OurBug):
        company.create("Invoice", b'{"Id":"1","SyncToken":"0"}', "r1")
    assert () == far_side.heard()


def test_update_says_which_version(company: Company, far_side: FarSide) -> None:
    """A change without SyncToken is not sent; one with it is posted as it is."""
    with pytest.raises(OurBug):
        company.update("Invoice", b'{"Id":"1"}', "r1")
    far_side.will(say({"Invoice": {"Id": "1", "SyncToken": "3"}}))
    reply = company.update("Invoice", b'{"Id":"1","SyncToken":"2"}', "r2")
    (heard,) = far_side.heard()
    assert ("POST", b'{"Id":"1","SyncToken":"2"}') == (heard.method, heard.body)
    assert "r2" == heard.params["requestid"]
    assert "3" == reply.entity["SyncToken"]


@pytest.mark.parametrize("body", [b"", b"[]", b"not json", b"\xff"], ids=["empty", "list", "words", "bytes"])
def test_only_documents_are_sent(company: Company, far_side: FarSide, body: bytes) -> None:
    """What is no JSON object does not leave."""
    with pytest.raises(OurBug):
        company.create("Invoice", body, "r1")
    assert () == far_side.heard()


def test_read_fetches_one_document(company: Company, far_side: FarSide) -> None:
    """GET on the document's own address."""
    far_side.will(say({"Invoice": {"Id": "145", "Balance": 0}}))
    assert {"Id": "145", "Balance": 0} == company.read("Invoice", "145").entity
    (heard,) = far_side.heard()
    assert ("GET", f"/v3/company/{REALM}/invoice/145") == (heard.method, heard.path)


@pytest.mark.parametrize("id_", ["", "../../9/invoice/1", "1?x=y", "1/2", "\uff41"])
def test_an_id_cannot_change_the_address(company: Company, far_side: FarSide, id_: str) -> None:
    """Only what an Id is made of gets into an address."""
    with pytest.raises(OurBug):
        company.read("Invoice", id_)
    assert () == far_side.heard()


@pytest.mark.parametrize("request_id", ["", "x" * 51, "a b", "a&minorversion=1"])
def test_request_ids_are_short_and_plain(company: Company, far_side: FarSide, request_id: str) -> None:
    """QuickBooks takes 50 characters; nothing else is sent."""
    with pytest.raises(OurBug):
        company.create("Invoice", b"{}", request_id)
    assert () == far_side.heard()


def test_a_company_number_is_checked(gateway: Gateway, tokens: TokenKeeper) -> None:
    """A company number can't lead elsewhere."""
    with pytest.raises(OurBug):
        gateway.company("1/../2", tokens)


@pytest.mark.parametrize(
    "content",
    [{}, {"Payment": {}}, {"Payment": None}, {"Payment": {"Id": 7}}, {"Invoice": {"Id": "1"}}, [], "x", None],
)
def test_a_200_without_the_document_is_in_doubt(company: Company, far_side: FarSide, content: object) -> None:
    """It may have been booked: the caller must look."""
    far_side.will(say(content))
    with pytest.raises(InDoubt) as caught:
        company.create("Payment", b"{}", "r1")
    assert caught.value.sent is True
    assert "tid-1" == caught.value.tid


def test_a_refused_token_is_renewed_and_the_same_request_repeated(
    company: Company, far_side: FarSide, tokens: TokenKeeper
) -> None:
    """A 401 surely booked nothing: same bytes, same request id, new token."""
    far_side.will(EXPIRED, say({"Payment": {"Id": "73"}}))
    company.create("Payment", BODY, "r1")
    first, second = far_side.heard()
    assert [None, "first-token"] == tokens.asked
    assert "Bearer second-token" == second.headers["authorization"]
    assert (first.body, first.params, first.path) == (second.body, second.params, second.path)


def test_a_second_401_means_connect_again(company: Company, far_side: FarSide, tokens: TokenKeeper) -> None:
    """Asked once more and no oftener."""
    far_side.will(EXPIRED, EXPIRED, say({"Payment": {"Id": "73"}}))
    with pytest.raises(Reconnect) as caught:
        company.create("Payment", BODY, "r1")
    assert "3200" == caught.value.code
    assert [None, "first-token"] == tokens.asked
    assert 2 == len(far_side.heard())


def test_no_right_is_not_a_matter_of_tokens(company: Company, far_side: FarSide, tokens: TokenKeeper) -> None:
    """Code 120 says that this person may not: a fresh token would not help."""
    far_side.will(say({"Fault": {"Error": [{"code": "120", "Message": "Authorization Failure"}]}}, 401))
    with pytest.raises(Reconnect) as caught:
        company.read("Invoice", "1")
    assert "120" == caught.value.code
    assert [None] == tokens.asked


def test_a_renewal_in_doubt_leaves_the_booking_unsent(gateway: Gateway, far_side: FarSide) -> None:
    """When the token could not be renewed, the refused request was surely not carried out."""

    def access_token(stale: str | None) -> str:
        if stale is None:
            return "first-token"
        raise InDoubt("Intuit's sign-in gave no clear answer.", sent=True)

    far_side.will(EXPIRED)
    with pytest.raises(InDoubt) as caught:
        gateway.company(REALM, access_token).create("Payment", BODY, "r1")
    assert caught.value.sent is False


def test_a_renewal_that_is_our_mistake_leaves_the_booking_unsent(gateway: Gateway, far_side: FarSide) -> None:
    """A wrong client secret says nothing about the invoice: it waits, with that reason."""

    def unknown_app(stale: str | None) -> str:
        raise OurBug("Intuit does not know our app.", code="invalid_client")

    with pytest.raises(InDoubt, match="does not know our app") as caught:
        gateway.company("9130", unknown_app).create("Invoice", b"{}", "r1")
    assert caught.value.sent is False
    assert () == far_side.heard()


def test_a_write_leaves_at_once_or_not_at_all(gateway: Gateway, far_side: FarSide, clock: Clock) -> None:
    """If renewing took longer than five seconds the repeat is left to the caller, whose lease may be over."""

    def slow_renewal(stale: str | None) -> str:
        if stale is not None:
            clock.pass_seconds(6)
        return "a-token"

    far_side.will(EXPIRED)
    with pytest.raises(InDoubt) as caught:
        gateway.company(REALM, slow_renewal).create("Payment", BODY, "r1")
    assert caught.value.sent is False
    assert 1 == len(far_side.heard())


def test_a_token_with_a_line_break_goes_nowhere(gateway: Gateway, far_side: FarSide) -> None:
    """Nothing can be smuggled into the headers."""
    with pytest.raises(OurBug) as caught:
        gateway.company(REALM, lambda _: "canary\r\nX: y").read("Invoice", "1")
    assert "canary" not in str(caught.value)
    assert () == far_side.heard()


def rows(*ids: int) -> Say:
    """A page of customers with these Ids."""
    customers = [{"Id": str(id_)} for id_ in ids]
    return say({"QueryResponse": {"Customer": customers, "startPosition": 1, "maxResults": len(customers)}})


def test_select_posts_the_question_as_text(company: Company, far_side: FarSide) -> None:
    """Names stay out of addresses, which every proxy writes down; UTF-8 throughout."""
    far_side.will(rows(5))
    question = select("Customer").where("DisplayName", "=", 'René "Ané" O\'Brien \\ 马春梅')
    assert ({"Id": "5"},) == company.select(question)
    (heard,) = far_side.heard()
    assert ("POST", f"/v3/company/{REALM}/query") == (heard.method, heard.path)
    assert "application/text" == heard.headers["content-type"]
    assert {"minorversion": "75"} == heard.params
    expected = (
        "SELECT * FROM Customer WHERE DisplayName = 'René \"Ané\" O\\'Brien \\\\ 马春梅'"
        " ORDERBY Id STARTPOSITION 1 MAXRESULTS 1000"
    )
    assert expected == heard.body.decode()


def test_select_of_nothing_is_empty(company: Company, far_side: FarSide) -> None:
    """QuickBooks says nothing by an empty object."""
    far_side.will(say({"QueryResponse": {}, "time": "x"}))
    assert () == company.select(select("Customer"))


def test_select_reads_every_page(company: Company, far_side: FarSide) -> None:
    """Each page begins with the last row of the one before, and no row is given twice."""
    far_side.will(rows(*range(1, 1001)), rows(*range(1000, 2000)), rows(1999, 2000))
    found = company.select(select("Customer"))
    assert [str(id_) for id_ in range(1, 2001)] == [row["Id"] for row in found]
    asked = [heard.body.decode().partition("STARTPOSITION ")[2] for heard in far_side.heard()]
    assert ["1 MAXRESULTS 1000", "1000 MAXRESULTS 1000", "1999 MAXRESULTS 1000"] == asked


def test_exactly_one_full_page(company: Company, far_side: FarSide) -> None:
    """A thousand rows: the second page holds only the row they share."""
    far_side.will(rows(*range(1, 1001)), rows(1000))
    assert 1000 == len(company.select(select("Customer")))


@pytest.mark.parametrize("second", [rows(1001, 1002), rows()], ids=["moved up", "gone"])
def test_rows_that_move_while_read_are_in_doubt(company: Company, far_side: FarSide, second: Say) -> None:
    """A row that left the first page would make one on the second be missed."""
    far_side.will(rows(*range(1, 1001)), second)
    with pytest.raises(InDoubt):
        company.select(select("Customer"))


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"QueryResponse": None},
        {"QueryResponse": {"Customer": {"Id": "1"}}},
        {"QueryResponse": {"Customer": ["1"]}},
        {"QueryResponse": {"maxResults": 2}},
        {"QueryResponse": {"Customer": [{"Id": "1"}], "maxResults": 2}},
    ],
)
def test_only_a_complete_answer_means_nothing_there(
    company: Company, far_side: FarSide, content: object
) -> None:
    """A strange 200 is not an empty one."""
    far_side.will(say(content))
    with pytest.raises(InDoubt):
        company.select(select("Customer"))


def test_a_cut_page_fails_the_whole_question(company: Company, far_side: FarSide) -> None:
    """Half the rows are no answer."""
    far_side.will(rows(*range(1, 1001)), Cut())
    with pytest.raises(InDoubt):
        company.select(select("Customer"))


def test_count_asks_for_the_number_only(company: Company, far_side: FarSide) -> None:
    """SELECT count(*)."""
    far_side.will(say({"QueryResponse": {"totalCount": 41}}))
    assert 41 == company.count(select("Customer").where("Active", "in", (True, False)))
    (heard,) = far_side.heard()
    assert b"SELECT count(*) FROM Customer WHERE Active IN (true, false)" == heard.body


def test_count_without_a_number_is_in_doubt(company: Company, far_side: FarSide) -> None:
    """Nothing is not zero."""
    far_side.will(say({"QueryResponse": {}}))
    with pytest.raises(InDoubt):
        company.count(select("Customer"))


def test_company_and_preferences(company: Company, far_side: FarSide) -> None:
    """Each has its own address."""
    far_side.will(say({"CompanyInfo": {"CompanyName": "Northgate"}}), say({"Preferences": {"Id": "1"}}))
    assert "Northgate" == company.company_info()["CompanyName"]
    assert "1" == company.preferences()["Id"]
    paths = [heard.path.removeprefix(f"/v3/company/{REALM}") for heard in far_side.heard()]
    assert [f"/companyinfo/{REALM}", "/preferences"] == paths


@pytest.mark.parametrize(
    ("entity", "expected"),
    [
        ("Invoice", f"/app/invoice?txnId=145&companyId={REALM}"),
        ("Payment", f"/app/recvpayment?txnId=145&companyId={REALM}"),
        ("SalesReceipt", f"/app/salesreceipt?txnId=145&companyId={REALM}"),
        ("Customer", f"/app/customerdetail?nameId=145&companyId={REALM}"),
        ("TaxCode", "/app/homepage"),
    ],
)
def test_links_lead_people_to_the_document(
    company: Company, far_side: FarSide, entity: str, expected: str
) -> None:
    """In the app at hand; without asking anybody."""
    assert far_side.url + expected == company.link(entity, "145")
    assert () == far_side.heard()
