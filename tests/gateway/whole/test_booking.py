"""Looking and booking, against a whole QuickBooks that shares no code with us."""

from collections.abc import Callable
from decimal import Decimal

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from qb.gateway import (
    BadLiteral,
    Company,
    OurBug,
    Refused,
    containing,
    encode,
    select,
    starting,
)
from qb.gateway.query import page_text
from qb.sandbox import Sandbox
from qb.sandbox.language import statement_of
from tests.gateway.whole.conftest import HOSTILE, INVOICE_TOTAL, add_client, invoice_body


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
    assert INVOICE_TOTAL == invoice["TotalAmt"]
    assert f"[rec:abc] {HOSTILE[1]}" == invoice["PrivateNote"]
    applied = {"Amount": INVOICE_TOTAL, "LinkedTxn": [{"TxnId": invoice["Id"], "TxnType": "Invoice"}]}
    payment = {
        "CustomerRef": {"value": customer},
        "CurrencyRef": {"value": "CAD"},
        "TotalAmt": INVOICE_TOTAL,
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
    assert ("new", INVOICE_TOTAL) == (changed["PrivateNote"], changed["TotalAmt"])
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
