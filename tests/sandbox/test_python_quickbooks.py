"""python-quickbooks, unmodified, as a client: what it sends is taken or refused as QuickBooks would."""

from decimal import Decimal

import pytest
import requests
from quickbooks.batch import batch_create
from quickbooks.client import QuickBooks
from quickbooks.exceptions import (
    AuthorizationException,
    ObjectNotFoundException,
    QuickbooksException,
    ValidationException,
)
from quickbooks.objects.base import Address, EmailAddress, LinkedTxn, Ref
from quickbooks.objects.customer import Customer
from quickbooks.objects.detailline import SalesItemLine, SalesItemLineDetail
from quickbooks.objects.invoice import Invoice
from quickbooks.objects.payment import Payment, PaymentLine

from qb.sandbox import Fault, Sandbox
from tests.sandbox.client import Client


class Session:
    """The seam the library has for plain http: an access token and a way to ask."""

    def __init__(self, token: str) -> None:
        self.access_token = token

    def request(self, method: str, url: str, **options: object) -> requests.Response:
        """One call."""
        return requests.request(method, url, timeout=10, **options)  # type: ignore[arg-type]  # the library's own


@pytest.fixture
def library(sandbox: Sandbox) -> QuickBooks:
    """The library, connected to the sandbox."""
    quickbooks = QuickBooks(company_id=sandbox.realm_id, minorversion=75)
    quickbooks.session = Session(sandbox.grant().access_token)
    quickbooks.api_url_v3 = f"{sandbox.url}/v3"
    return quickbooks


def ref(client: Client, kind: str, name: str) -> Ref:
    """The library's reference to a thing of the seed."""
    made = Ref()
    made.value = client.id_of(kind, name)
    return made


def invoice(client: Client, amount: float) -> Invoice:
    """The library's invoice of one line."""
    detail = SalesItemLineDetail()
    detail.ItemRef = ref(client, "Item", "Professional Fees")
    detail.TaxCodeRef = ref(client, "TaxCode", "HST ON")
    line = SalesItemLine()
    line.Amount = amount
    line.SalesItemLineDetail = detail
    made = Invoice()
    made.CustomerRef = ref(client, "Customer", "Chen Wei")
    made.Line = [line]
    return made


def test_a_customer_goes_in_and_is_found(client: Client, library: QuickBooks) -> None:
    """Saved, read, queried, changed."""
    customer = Customer()
    customer.DisplayName = "Ana Lima"
    customer.PrimaryEmailAddr = EmailAddress()
    customer.PrimaryEmailAddr.Address = "ana.lima@example.com"
    customer.BillAddr = Address()
    customer.BillAddr.Line1 = "1 Front Street"
    customer.save(qb=library)
    assert "Ana Lima" == Customer.get(customer.Id, qb=library).DisplayName
    assert [customer.Id] == [one.Id for one in Customer.filter(DisplayName="Ana Lima", qb=library)]
    customer.Notes = "met"
    customer.save(qb=library)
    after = client.read("Customer", customer.Id)
    assert ("met", "1") == (after["Notes"], after["SyncToken"])
    assert 13 == Customer.count(qb=library)


def test_an_invoice_and_its_payment(client: Client, library: QuickBooks) -> None:
    """With all the empty fields and zeroes that the library adds."""
    made = invoice(client, 1500)
    made.save(qb=library)
    payment = Payment()
    payment.CustomerRef = made.CustomerRef
    payment.TotalAmt = 1695
    line, linked = PaymentLine(), LinkedTxn()
    linked.TxnId, linked.TxnType = made.Id, "Invoice"
    line.Amount, line.LinkedTxn = 1695, [linked]
    payment.Line = [line]
    payment.save(qb=library)
    after = client.read("Invoice", made.Id)
    assert (Decimal("1695.00"), 0) == (after["TotalAmt"], after["Balance"])
    assert "Deleted" == payment.delete(qb=library)["Payment"]["status"]


def test_a_float_is_rounded_with_a_warning(client: Client, library: QuickBooks) -> None:
    """0.1 + 0.2 is thirty cents and a note on the client."""
    made = invoice(client, 0.1 + 0.2)
    made.save(qb=library)
    assert Decimal("0.30") == client.read("Invoice", made.Id)["Line"][0]["Amount"]
    assert "Invoice was sent with parts of a cent" in client.sandbox.warnings()


def test_its_dollars_are_booked_at_one(client: Client, library: QuickBooks) -> None:
    """The library sends ExchangeRate 1: taken, noted, and wrong."""
    made = invoice(client, 1800)
    made.CustomerRef = ref(client, "Customer", "Michael Brooks")
    made.CurrencyRef = Ref()
    made.CurrencyRef.value = "USD"
    made.save(qb=library)
    assert Decimal("2034.00") == client.read("Invoice", made.Id)["HomeTotalAmt"]
    assert "Invoice in USD was sent at rate 1" in client.sandbox.warnings()


def test_a_batch(client: Client, library: QuickBooks) -> None:
    """Whose ids are 36 signs long: taken, as no request id is with them."""
    people = []
    for name in ("Batch One", "Chen Wei"):
        person = Customer()
        person.DisplayName = name
        people.append(person)
    done = batch_create(people, qb=library)
    assert ["Batch One"] == [one.DisplayName for one in done.successes]
    assert ["6240"] == [one.Error[0].code for one in done.faults]
    assert "Id" in client.query("select * from Customer where DisplayName = 'Batch One'")["Customer"][0]


def test_its_errors(client: Client, library: QuickBooks) -> None:
    """Each fault becomes the class the library has for its code."""
    twin = Customer()
    twin.DisplayName = "Chen Wei"
    with pytest.raises(QuickbooksException, match="Duplicate Name") as caught:
        twin.save(qb=library)
    assert 6240 == caught.value.error_code
    with pytest.raises(ObjectNotFoundException):
        Invoice.get(999, qb=library)
    with pytest.raises(ValidationException):
        Customer.where("NoSuchField = '1'", qb=library)
    client.sandbox.faults.add(Fault("throttle"))
    with pytest.raises(QuickbooksException, match="Error reading json response"):
        Invoice.get(1, qb=library)
    client.sandbox.disconnect()
    with pytest.raises(AuthorizationException):
        Invoice.get(1, qb=library)
