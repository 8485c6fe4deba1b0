"""The gateway against a whole QuickBooks: connect, book, look, and come through trouble with one booking."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from qb.gateway import (
    BadLiteral,
    Company,
    Gateway,
    GatewayError,
    InDoubt,
    OurBug,
    Pace,
    Reconnect,
    Refused,
    Tokens,
    addresses,
    containing,
    encode,
    select,
    starting,
)
from qb.gateway.query import page_text
from qb.sandbox import Fault, Sandbox, Switches
from qb.sandbox.language import statement_of
from tests.gateway.conftest import NOON, Clock

CALLBACK = "http://127.0.0.1:3000/quickbooks/callback"
# QuickBooks takes no colon in a name; everything else may come.
HOSTILE = (
    "<!channel> & <https//evil|Approve>",
    'René "Ané" O\'Brien \\ 马春梅',
    "100% Legal_",
    "a' OR Id > '0",
)
INVOICE_CENTS = Decimal("565.00")  # 500.00 and 13 % HST


class Connection:
    """A firm's tokens, kept the way the product keeps them: the newest pair, renewed when one is refused."""

    def __init__(self, gateway: Gateway, tokens: Tokens) -> None:
        self._gateway = gateway
        self.tokens = tokens
        self.renewals = 0

    def __call__(self, stale: str | None) -> str:
        """The access token in force."""
        if stale == self.tokens.access:
            self.tokens = self._gateway.renew(self.tokens.refresh)
            self.renewals += 1
        return self.tokens.access


@pytest.fixture
def sandbox(clock: Clock) -> Iterator[Sandbox]:
    """A Canadian firm's books."""
    with Sandbox(clock=clock) as running:
        yield running


@pytest.fixture
def gateway(sandbox: Sandbox, clock: Clock) -> Gateway:
    """A gateway to that QuickBooks."""
    url = sandbox.url
    return Gateway(
        client_id="sandbox-client",
        client_secret="sandbox-secret",
        redirect_uri=CALLBACK,
        addresses=addresses(
            "sandbox",
            api=url,
            authorize=f"{url}/connect/oauth2",
            token=f"{url}/oauth2/v1/tokens/bearer",
            revoke=f"{url}/v2/oauth2/tokens/revoke",
        ),
        clock=clock,
        sleep=clock.sleep,
        pace=Pace(),
    )


def consent(gateway: Gateway, decision: str) -> dict[str, list[str]]:
    """What comes back when a person presses that button on Intuit's page."""
    parts = urlsplit(gateway.consent_url("our-state"))
    form = {**{key: value[0] for key, value in parse_qs(parts.query).items()}, "decision": decision}
    page = f"{parts.scheme}://{parts.netloc}{parts.path}"
    answer = requests.post(page, data=form, allow_redirects=False, timeout=5)
    assert answer.headers["Location"].startswith(CALLBACK)
    return parse_qs(urlsplit(answer.headers["Location"]).query)


@pytest.fixture
def connection(gateway: Gateway) -> Connection:
    """The firm has said yes."""
    return Connection(gateway, gateway.exchange(consent(gateway, "connect")["code"][0]))


@pytest.fixture
def company(gateway: Gateway, sandbox: Sandbox, connection: Connection) -> Company:
    """The connected company."""
    return gateway.company(sandbox.realm_id, connection)


def add_client(company: Company, name: str, request_id: str = "c-1") -> str:
    """A new customer's Id."""
    body = encode({"DisplayName": name, "CurrencyRef": {"value": "CAD"}})
    return str(company.create("Customer", body, request_id).entity["Id"])


def invoice_body(sandbox: Sandbox, customer: str, number: str = "INV-1") -> bytes:
    """Five hundred dollars of fees with HST."""
    line = {
        "DetailType": "SalesItemLineDetail",
        "Amount": Decimal(500),
        "Description": "<!channel> & <https://evil|Approve>",
        "SalesItemLineDetail": {
            "ItemRef": {"value": sandbox.books.id_of("Item", "Professional Fees")},
            "TaxCodeRef": {"value": sandbox.books.id_of("TaxCode", "HST ON")},
        },
    }
    return encode(
        {
            "CustomerRef": {"value": customer},
            "CurrencyRef": {"value": "CAD"},
            "DocNumber": number,
            "GlobalTaxCalculation": "TaxExcluded",
            "PrivateNote": f"[rec:abc] {HOSTILE[1]}",
            "Line": [line],
        }
    )


def test_consent_connects_a_company(gateway: Gateway, sandbox: Sandbox) -> None:
    """Our state comes back, with the company's number and a code that becomes tokens."""
    returned = consent(gateway, "connect")
    assert (["our-state"], [sandbox.realm_id]) == (returned["state"], returned["realmId"])
    connection = Connection(gateway, gateway.exchange(returned["code"][0]))
    assert NOON < connection.tokens.access_expires_at < connection.tokens.refresh_expires_at
    company = gateway.company(sandbox.realm_id, connection)
    assert "Northgate Immigration Law" == company.company_info()["CompanyName"]
    assert company.preferences()["CurrencyPrefs"]["MultiCurrencyEnabled"] is True


def test_no_thanks_brings_no_code(gateway: Gateway) -> None:
    """The refusal has our state too."""
    expected = {"error": ["access_denied"], "state": ["our-state"]}
    assert expected == consent(gateway, "no")


def test_a_code_used_twice_ends_the_connection(gateway: Gateway, sandbox: Sandbox) -> None:
    """Both consent and tokens are gone: connect again."""
    code = consent(gateway, "connect")["code"][0]
    connection = Connection(gateway, gateway.exchange(code))
    with pytest.raises(Reconnect):
        gateway.exchange(code)
    with pytest.raises(Reconnect):
        gateway.company(sandbox.realm_id, connection).company_info()


def test_our_keys_are_checked(sandbox: Sandbox, clock: Clock, gateway: Gateway) -> None:
    """A wrong secret is a matter of settings, not of the firm's consent."""
    code = consent(gateway, "connect")["code"][0]
    wrong = Gateway(
        client_id="sandbox-client",
        client_secret="wrong",
        redirect_uri=CALLBACK,
        addresses=addresses("sandbox", api=sandbox.url, token=f"{sandbox.url}/oauth2/v1/tokens/bearer"),
        clock=clock,
        sleep=clock.sleep,
        pace=Pace(),
    )
    with pytest.raises(OurBug, match="INTUIT_CLIENT_SECRET"):
        wrong.exchange(code)


def test_an_hour_later_the_token_is_renewed(company: Company, connection: Connection, clock: Clock) -> None:
    """Once, and the pair that came is the one that is kept."""
    old = connection.tokens
    clock.pass_seconds(3601)
    assert company.company_info()
    assert company.company_info()
    assert 1 == connection.renewals
    assert old.refresh != connection.tokens.refresh


def test_a_firm_that_disconnects_must_connect_again(
    company: Company, sandbox: Sandbox, gateway: Gateway, connection: Connection
) -> None:
    """In QuickBooks or here."""
    sandbox.disconnect()
    with pytest.raises(Reconnect):
        company.company_info()
    again = Connection(gateway, gateway.exchange(consent(gateway, "connect")["code"][0]))
    gateway.revoke(again.tokens.refresh)
    with pytest.raises(Reconnect):
        gateway.company(sandbox.realm_id, again).company_info()
    gateway.revoke(connection.tokens.refresh)


def test_another_company_stays_closed(gateway: Gateway, connection: Connection) -> None:
    """A consent opens one company."""
    with pytest.raises(Reconnect):
        gateway.company("1234567890", connection).company_info()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_go_through_unharmed(company: Company, name: str) -> None:
    """Added, found by exactly this name and by its middle, and nobody else with it."""
    id_ = add_client(company, name)
    by_name = company.select(select("Customer").where("DisplayName", "=", name))
    assert [(id_, name)] == [(row["Id"], row["DisplayName"]) for row in by_name]
    for pattern in (containing(name[2:9]), starting(name[:6]), containing(name)):
        found = company.select(select("Customer").where("DisplayName", "like", pattern))
        assert name in [row["DisplayName"] for row in found]


def test_inactive_ones_answer_when_asked(company: Company) -> None:
    """By default only the active."""
    everybody = select("Customer").where("Active", "in", (True, False))
    assert company.count(select("Customer")) < company.count(everybody)
    assert company.count(everybody) == len(company.select(everybody))


def test_an_invoice_and_its_payment_are_booked_to_the_cent(company: Company, sandbox: Sandbox) -> None:
    """Created, applied, and read back with nothing left to pay."""
    customer = add_client(company, HOSTILE[1])
    invoice = company.create("Invoice", invoice_body(sandbox, customer), "i-1").entity
    assert INVOICE_CENTS == invoice["TotalAmt"]
    assert f"[rec:abc] {HOSTILE[1]}" == invoice["PrivateNote"]
    applied = {"Amount": INVOICE_CENTS, "LinkedTxn": [{"TxnId": invoice["Id"], "TxnType": "Invoice"}]}
    payment = {
        "CustomerRef": {"value": customer},
        "CurrencyRef": {"value": "CAD"},
        "TotalAmt": INVOICE_CENTS,
        "DepositToAccountRef": {"value": sandbox.books.id_of("Account", "Chequing")},
        "Line": [applied],
    }
    booked = company.create("Payment", encode(payment), "p-1")
    assert Decimal(0) == booked.entity["UnappliedAmt"]
    assert booked.tid
    assert Decimal(0) == company.read("Invoice", invoice["Id"]).entity["Balance"]
    assert () == sandbox.warnings()


def test_a_change_needs_the_newest_version(company: Company, sandbox: Sandbox) -> None:
    """Whoever comes second is refused with 5010."""
    invoice = company.create("Invoice", invoice_body(sandbox, add_client(company, "A Client")), "i-1").entity
    change = {"Id": invoice["Id"], "SyncToken": invoice["SyncToken"], "sparse": True, "PrivateNote": "new"}
    changed = company.update("Invoice", encode(change), "u-1").entity
    assert ("new", INVOICE_CENTS) == (changed["PrivateNote"], changed["TotalAmt"])
    with pytest.raises(Refused) as caught:
        company.update("Invoice", encode(change), "u-2")
    assert "5010" == caught.value.code


def test_refusals_say_what_is_wrong(company: Company, sandbox: Sandbox) -> None:
    """The name is taken; the number is taken, and by whom; the document is not there."""
    customer = add_client(company, "A Client")
    with pytest.raises(Refused) as name_taken:
        add_client(company, "a client", "c-2")
    assert "6240" == name_taken.value.code
    first = company.create("Invoice", invoice_body(sandbox, customer), "i-1")
    with pytest.raises(Refused) as number_taken:
        company.create("Invoice", invoice_body(sandbox, customer), "i-2")
    assert ("6140", first.entity["Id"]) == (number_taken.value.code, number_taken.value.twin)
    with pytest.raises(Refused) as gone:
        company.read("Invoice", "999999")
    assert "610" == gone.value.code
    with pytest.raises(OurBug):
        company.create("Invoice", encode({"NoSuchField": 1}), "i-3")


@pytest.mark.parametrize("trouble", ["cut", "status", "gateway", "throttle"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_trouble_then_the_same_request_again_books_once(
    company: Company, sandbox: Sandbox, clock: Clock, trouble: str, *, after: bool
) -> None:
    """Whether or not it had been booked: same bytes, same request id, one invoice."""
    body = invoice_body(sandbox, add_client(company, "A Client"))
    sandbox.faults.add(Fault(trouble, "POST", "invoice", after=after))  # type: ignore[arg-type]
    with pytest.raises(InDoubt) as caught:
        company.create("Invoice", body, "i-1")
    assert caught.value.sent is True
    assert (1 if after else 0) == len(sandbox.books.entities("Invoice"))
    clock.pass_seconds(caught.value.rest_seconds or 0)
    booked = company.create("Invoice", body, "i-1")
    assert [booked.entity["Id"]] == [one["Id"] for one in sandbox.books.entities("Invoice")]


@pytest.mark.parametrize("shape", ["A", "B", "C"])
def test_every_shape_of_throttle_means_rest(company: Company, sandbox: Sandbox, shape: str) -> None:
    """Business JSON, gateway JSON or XML."""
    sandbox.switches = Switches(throttle_shape=shape)  # type: ignore[arg-type]
    sandbox.faults.add(Fault("throttle"))
    with pytest.raises(InDoubt) as caught:
        company.company_info()
    assert 60 == caught.value.rest_seconds


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault("garbled"), InDoubt),
        (Fault("hidden", code="6240"), Refused),
        (Fault("hidden", code="10000"), InDoubt),
        (Fault("refuse", code="120"), Reconnect),
        (Fault("refuse", code="6190"), Reconnect),
        (Fault("status", status=503), InDoubt),
        (Fault("expired", path="companyinfo/*", times=2), Reconnect),
    ],
)
def test_other_trouble(
    company: Company, sandbox: Sandbox, fault: Fault, expected: type[GatewayError]
) -> None:
    """Each is one of the four kinds."""
    sandbox.faults.add(fault)
    with pytest.raises(expected):
        company.company_info()


def test_one_expired_token_is_nothing(company: Company, sandbox: Sandbox, connection: Connection) -> None:
    """Renewed and repeated; the caller sees the answer only."""
    sandbox.faults.add(Fault("expired"))
    assert add_client(company, "A Client", "c-1")
    assert 1 == connection.renewals
    asked = [seen.requestid for seen in sandbox.requests() if seen.entity == "customer"]
    assert ["c-1", "c-1"] == asked


@pytest.mark.parametrize(
    "page",
    [
        lambda company, id_: company.link("Invoice", id_),
        lambda company, _: company.link("TaxCode", "1"),
    ],
    ids=["invoice", "home"],
)
def test_links_lead_somewhere(
    company: Company, sandbox: Sandbox, page: Callable[[Company, str], str]
) -> None:
    """A person who follows one sees a page."""
    invoice = company.create("Invoice", invoice_body(sandbox, add_client(company, "A Client")), "i-1")
    assert 200 == requests.get(page(company, invoice.entity["Id"]), timeout=5).status_code


@given(st.text(max_size=60))
def test_any_text_is_read_by_quickbooks_as_itself_or_refused_here(text: str) -> None:
    """The other side's parser, which shares no code with ours, gets back exactly what was asked."""
    try:
        question = select("Customer").where("DisplayName", "=", text).where("Active", "in", (True, False))
    except BadLiteral:
        return
    statement = statement_of(page_text(question, 1, 1000))
    name, active = statement.conditions
    assert ("DisplayName", "=", (text,)) == (name.path, name.operator, name.values)
    assert ("in", (True, False)) == (active.operator, active.values)
    assert ("Customer", 1, 1000) == (statement.entity, statement.start, statement.most)


@given(st.text(alphabet="\\'\"%_ aé马", max_size=12))
def test_the_worst_letters_too(text: str) -> None:
    """Backslashes and quotes in every order."""
    statement = statement_of(page_text(select("Item").where("Name", "=", text), 1, 10))
    assert [(text,)] == [condition.values for condition in statement.conditions]
