"""Names of people and things: used once, of the right length, free again when somebody is made inactive."""

import pytest

from qb.sandbox import Sandbox, Switches
from tests.sandbox.client import Client, Json, Moment, Refusal

TAKEN = (
    "The name supplied already exists. : Another customer, vendor or employee is already using this \n"
    "name. Please use a different name."
)


def refused(client: Client, kind: str, **body: object) -> Refusal:
    """The refusal of a new thing."""
    with pytest.raises(Refusal) as caught:
        client.write(kind, body)
    return caught.value


@pytest.mark.parametrize("name", ["Chen Wei", "CHEN WEI", "Amara Okafor", "amara okafor", "Maria Santos"])
def test_a_name_is_used_once_by_customers_vendors_and_employees(client: Client, name: str) -> None:
    """6240 over all three, ignoring case."""
    refusal = refused(client, "Customer", DisplayName=name)
    assert ("6240", TAKEN) == (refusal.code, refusal.detail)


def test_an_accent_makes_another_name(client: Client) -> None:
    """The firm has both a Jose Garcia and a José García."""
    assert "Jose García" == client.write("Customer", {"DisplayName": "Jose García"})["DisplayName"]


def test_the_refusal_may_say_null(moment: Moment) -> None:
    """As recorded in 2020."""
    with Sandbox(clock=moment, switches=Switches(duplicate_name_detail="null")) as sandbox:
        refusal = refused(Client(sandbox), "Customer", DisplayName="Chen Wei")
        assert "The name supplied already exists. : null" == refusal.detail


def test_made_inactive_a_name_is_free_again(client: Client) -> None:
    """The old one is renamed "X (deleted)"; the second one to go gets a number."""
    for expected in ("Sofia Rossi (deleted)", "Sofia Rossi (deleted) 1"):
        identity = client.id_of("Customer", "Sofia Rossi")
        gone = client.write("Customer", {"Id": identity, "SyncToken": "0", "sparse": True, "Active": False})
        assert (expected, False) == (gone["DisplayName"], gone["Active"])
        client.write("Customer", {"DisplayName": "Sofia Rossi"})


def test_somebody_inactive_can_come_back(client: Client) -> None:
    """Active again, under the name that is sent."""
    identity = client.id_of("Customer", "Former Client Ltd. (deleted)")
    body = {
        "Id": identity,
        "SyncToken": "1",
        "sparse": True,
        "Active": True,
        "DisplayName": "Former Client Ltd.",
    }
    back = client.write("Customer", body)
    assert (True, "Former Client Ltd.") == (back["Active"], back["DisplayName"])


@pytest.mark.parametrize("name", ["A: B", "A\tB", "A\nB", "https://evil"])
def test_signs_that_no_name_may_hold(client: Client, name: str) -> None:
    """Colon, tab and new line."""
    assert "6000" == refused(client, "Customer", DisplayName=name).code


@pytest.mark.parametrize(
    "name", ["<!channel> & <https//evil|Approve>", 'René "Ané" O\'Brien \\ 马春梅', "X" * 500]
)
def test_any_other_sign_is_kept_as_it_is(client: Client, name: str) -> None:
    """Whatever it means elsewhere."""
    made = client.write("Customer", {"DisplayName": name})
    assert name == made["DisplayName"] == client.read("Customer", made["Id"])["FullyQualifiedName"]


def test_a_name_is_made_of_its_parts(client: Client) -> None:
    """Where DisplayName is missing; without either, 6080."""
    parts = {"Title": "Ms", "GivenName": "Thu", "FamilyName": "Lê"}
    assert "Ms Thu Lê" == client.write("Customer", parts)["DisplayName"]
    assert "6080" == refused(client, "Customer", CompanyName="Nameless Inc.").code
    assert "6080" == refused(client, "Customer", DisplayName="   ").code


@pytest.mark.parametrize(
    ("field", "value", "element"),
    [
        ("DisplayName", "X" * 501, "DisplayName"),
        ("GivenName", "X" * 101, "GivenName"),
        ("Title", "X" * 17, "Title"),
        ("PrimaryPhone", {"FreeFormNumber": "1" * 31}, "FreeFormNumber"),
        ("PrimaryEmailAddr", {"Address": "a" * 90 + "@example.com"}, "Address"),
        ("BillAddr", {"Line1": "X" * 501}, "Line1"),
        ("BillAddr", {"PostalCode": "X" * 31}, "PostalCode"),
    ],
)
def test_lengths(client: Client, field: str, value: object, element: str) -> None:
    """2050 names the field."""
    refusal = refused(client, "Customer", **{"DisplayName": "Somebody", field: value})
    assert ("2050", element) == (refusal.code, refusal.element)


def test_an_email_must_look_like_one(client: Client) -> None:
    """2210; several may be given."""
    both = {"Address": "a@example.com, b@example.com"}
    assert (
        both == client.write("Customer", {"DisplayName": "Two", "PrimaryEmailAddr": both})["PrimaryEmailAddr"]
    )
    refusal = refused(
        client, "Customer", DisplayName="None", PrimaryEmailAddr={"Address": "someone at example"}
    )
    assert "2210" == refusal.code


def test_people_can_not_be_deleted(client: Client) -> None:
    """Only made inactive."""
    with pytest.raises(Refusal) as caught:
        client.write("Customer", {"Id": "1", "SyncToken": "0"}, operation="delete")
    assert "500" == caught.value.code


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("Account", {"Name": "Chequing", "AccountType": "Bank"}, "6240"),
        ("Account", {"Name": "A:B", "AccountType": "Bank"}, "6000"),
        ("Account", {"Name": 'A"B', "AccountType": "Bank"}, "6000"),
        ("Account", {"Name": "No type"}, "2020"),
        ("Account", {"Name": "Odd", "AccountType": "Shoebox"}, "2170"),
        ("Account", {"Name": "X" * 101, "AccountType": "Bank"}, "2050"),
        ("Item", {"Name": "Professional Fees", "Type": "Service"}, "6240"),
        ("Item", {"Name": "No account", "Type": "Service"}, "2020"),
        ("PaymentMethod", {"Name": "visa"}, "6240"),
        ("PaymentMethod", {"Name": "X" * 32}, "2050"),
        ("PaymentMethod", {"Name": "Odd", "Type": "SHELLS"}, "2170"),
        ("TaxCode", {"Name": "Mine"}, "500"),
    ],
)
def test_things_in_lists(client: Client, kind: str, body: Json, code: str) -> None:
    """Names once, kinds known, what is needed there; tax codes are made elsewhere."""
    assert code == refused(client, kind, **body).code


def test_a_bank_account_made_by_its_subtype(client: Client) -> None:
    """TrustAccounts is a bank, TrustAccountsLiabilities another current liability."""
    for subtype, kind in (
        ("TrustAccounts", "Bank"),
        ("TrustAccountsLiabilities", "Other Current Liability"),
        ("UndepositedFunds", "Other Current Asset"),
    ):
        made = client.write("Account", {"Name": f"New {subtype}", "AccountSubType": subtype})
        assert (kind, subtype) == (made["AccountType"], made["AccountSubType"])


def test_an_item_sells_into_its_account(client: Client) -> None:
    """An account of what is owed to others will do (retainers are kept so); a bank won't."""
    item = {"Name": "Retainer", "Type": "Service"}
    liability = client.ref("Account", "Trust Liability CAD")
    made = client.write("Item", {**item, "IncomeAccountRef": liability})
    assert "Trust Liability CAD" == made["IncomeAccountRef"]["name"]
    bank = client.ref("Account", "Chequing")
    assert "6000" == refused(client, "Item", Name="Odd", Type="Service", IncomeAccountRef=bank).code


def test_multicurrency_can_not_be_turned_off(client: Client) -> None:
    """Nor on, by the API."""
    preferences = client.sandbox.books.entities("Preferences")[0]
    same = {"Id": preferences["Id"], "SyncToken": preferences["SyncToken"]}
    after = client.write("Preferences", {**same, "CurrencyPrefs": {"MultiCurrencyEnabled": False}})
    assert after["CurrencyPrefs"]["MultiCurrencyEnabled"]
    assert "CAD" == after["CurrencyPrefs"]["HomeCurrency"]["value"]


def test_the_company_says_who_it_is(client: Client) -> None:
    """Country and home currency, at the two addresses for it."""
    info = client.read("CompanyInfo", client.sandbox.realm_id)
    assert ("Northgate Immigration Law", "CA") == (info["CompanyName"], info["Country"])
    preferences = client.good(client.send("GET", "preferences"))["Preferences"]
    assert preferences["SalesFormsPrefs"]["CustomTxnNumbers"]
