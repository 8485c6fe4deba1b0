"""What a query finds: conditions, escapes, pages, order and counts."""

import pytest

from tests.sandbox.client import Client, Refusal


def names(client: Client, condition: str) -> list[str]:
    """The display names of the customers a condition finds."""
    found = client.query(f"select * from Customer where {condition} orderby DisplayName")  # noqa: S608 - QuickBooks\' language, and a test
    return [one["DisplayName"] for one in found.get("Customer", [])]


def test_inactive_people_are_left_out_unless_asked_for(client: Client) -> None:
    """Active only, unless the query says Active IN (true, false)."""
    assert ["Priya Sharma", "Priya Sharma (Brampton)"] == names(client, "DisplayName like 'Priya%'")
    every = names(client, "DisplayName like 'Priya%' and Active in (true, false)")
    assert ["Priya Sharma", "Priya Sharma (Brampton)", "Priya Sharma 2019 (deleted)"] == every
    assert ["Priya Sharma 2019 (deleted)"] == names(client, "DisplayName like 'Priya%' and Active = false")


def test_keywords_names_and_values_ignore_case(client: Client) -> None:
    """As QuickBooks has it, down to the values; accents are not case."""
    found = client.query("SeLeCt * FrOm customer WHERE displayname = 'CHEN WEI'")
    assert ["Chen Wei"] == [one["DisplayName"] for one in found["Customer"]]
    assert ["Jose Garcia"] == names(client, "DisplayName = 'jose garcia'")


@pytest.mark.parametrize(
    "name", ['René "Ané" O\'Brien \\ 马春梅', "<!channel> & <https//evil|Approve>", "100%"]
)
def test_a_name_with_any_sign_is_found_by_its_escaped_self(client: Client, name: str) -> None:
    """A backslash before a backslash and before a quote is all a value needs."""
    client.write("Customer", {"DisplayName": name})
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    assert [name] == names(client, f"DisplayName = '{escaped}'")


def test_an_unescaped_quote_ends_the_value(client: Client) -> None:
    """What follows it is no query any more."""
    with pytest.raises(Refusal) as caught:
        client.query("select * from Customer where DisplayName = 'O'Brien'")
    assert "4000" == caught.value.code


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("GivenName in ('Priya', 'Sofia')", ["Priya Sharma", "Priya Sharma (Brampton)", "Sofia Rossi"]),
        ("PrimaryEmailAddr = 'chen.wei@EXAMPLE.com'", ["Chen Wei"]),
        ("PrimaryEmailAddr = ' ' and GivenName = 'Priya'", ["Priya Sharma (Brampton)"]),
        ("DisplayName like '%Garc_a'", []),
        ("DisplayName like 'priya sharma (%'", ["Priya Sharma (Brampton)"]),
        ("DisplayName like '%garc%'", ["Jose Garcia", "José García"]),
        ("DisplayName >= 'Sofia' and DisplayName < 'Sofic'", ["Sofia Rossi"]),
        ("Id in ('1', '7')", ["Amélie Tremblay", "Chen Wei"]),
        ("MetaData.CreateTime >= '2026-03-02T15:00:00Z' and GivenName = 'Sofia'", ["Sofia Rossi"]),
        ("MetaData.CreateTime > '2026-03-02T07:00:00-08:00'", []),
    ],
)
def test_conditions(client: Client, condition: str, expected: list[str]) -> None:
    """Equality, lists, patterns, order, empties and moments in any zone."""
    assert expected == names(client, condition)


def test_numbers_and_dates_compare_as_such(client: Client) -> None:
    """A total of 1,000 is more than one of 999, whatever their texts say."""
    client.invoice(client.line("1000.00", "Exempt"), DocNumber="A", TxnDate="2026-02-01")
    client.invoice(client.line("999.00", "Exempt"), DocNumber="B", TxnDate="2026-02-10")
    found = client.query("select * from Invoice where TotalAmt > '999.00'")["Invoice"]
    assert ["A"] == [one["DocNumber"] for one in found]
    found = client.query("select * from Invoice where TxnDate > '2026-02-01'")["Invoice"]
    assert ["B"] == [one["DocNumber"] for one in found]
    found = client.query("select * from Invoice where Balance > '0' orderby TotalAmt desc")["Invoice"]
    assert ["A", "B"] == [one["DocNumber"] for one in found]


def test_a_customers_documents_are_found_by_its_id(client: Client) -> None:
    """CustomerRef compares with the customer's id."""
    mine = client.invoice(client.line("10.00"))
    client.invoice(client.line("10.00"), customer="Sofia Rossi")
    found = client.query(f"select * from Invoice where CustomerRef = '{mine['CustomerRef']['value']}'")  # noqa: S608 - QuickBooks\' language, and a test
    assert [mine["Id"]] == [one["Id"] for one in found["Invoice"]]


def test_pages_follow_each_other_and_end(client: Client) -> None:
    """STARTPOSITION counts from one; beyond the last row there is nothing at all."""
    first = client.query("select * from Customer orderby Id startposition 1 maxresults 5")
    assert (1, 5) == (first["startPosition"], first["maxResults"])
    third = client.query("select * from Customer maxresults 5 startposition 11")
    assert (11, 2) == (third["startPosition"], third["maxResults"])
    assert {} == client.query("select * from Customer startposition 13")


def test_a_query_without_limit_gives_a_hundred(client: Client) -> None:
    """And a thousand at most, on asking."""
    for number in range(101):
        client.write("PaymentMethod", {"Name": f"Method {number}"})
    assert 100 == client.query("select * from PaymentMethod")["maxResults"]
    assert 108 == client.query("select * from PaymentMethod maxresults 1000")["maxResults"]
    assert {"totalCount": 108} == client.query("select count(*) from PaymentMethod")


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("select * from Customer startposition 0", "value 0 is too small. Min allowed value is 1"),
        ("select * from Customer maxresults 1001", "value 1001 is too large. Max allowed value is 1000"),
        ("select * from Payment where DocNumber = '1'", "property 'DocNumber' is not queryable"),
        ("select * from Payment where PrivateNote like '%rec%'", "property 'PrivateNote' is not queryable"),
        ("select * from Purchase where NoSuchField = '1'", ""),
        ("select * from Nothing", "invalid context declaration: Nothing"),
        ("select NoSuchField from Customer", "Property NoSuchField not found for Entity Customer"),
        ("select * from Customer orderby NoSuchField", "Property NoSuchField not found for Entity Customer"),
        ("select * from Customer where Id > '3'", "Operator > is not supported for property Id"),
        ("select * from Invoice where TotalAmt > 'much'", "value much is not a number"),
    ],
)
def test_what_cannot_be_asked(client: Client, query: str, detail: str) -> None:
    """4001 with the reason; a kind this firm keeps none of has no columns to miss."""
    if not detail:
        assert {} == client.query(query)
        return
    with pytest.raises(Refusal) as caught:
        client.query(query)
    assert ("4001", f"QueryValidationError: {detail}") == (caught.value.code, caught.value.detail)


@pytest.mark.parametrize(
    "query",
    [
        "select * from Customer where DisplayName = 'A' or DisplayName = 'B'",
        "select * from Customer where DisplayName != 'A'",
        "select * from Customer where (DisplayName = 'A')",
        "select * from Customer where Balance > 0",
        "select * from Customer where DisplayName = unquoted",
        "select * from Customer where DisplayName = 'never ends",
        "select * from Customer where DisplayName",
        "select * from Customer; drop table Customer",
        "update Customer",
        "",
    ],
)
def test_what_is_no_query(client: Client, query: str) -> None:
    """No OR, no !=, no parentheses, no bare values, and nothing else that isn't in the language: 4000."""
    with pytest.raises(Refusal) as caught:
        client.query(query)
    assert "4000" == caught.value.code
    assert caught.value.detail.startswith("QueryParserError: ")


def test_chosen_fields_come_alone_with_the_id(client: Client) -> None:
    """A projection leaves the rest out and says that it is sparse."""
    found = client.query("select DisplayName, MetaData.CreateTime from Customer where Id = '7'")
    assert [
        {
            "domain": "QBO",
            "sparse": True,
            "Id": "7",
            "DisplayName": "Chen Wei",
            "MetaData": {"CreateTime": "2026-03-02T07:00:00-08:00"},
        }
    ] == found["Customer"]


def test_a_long_query_may_be_posted(client: Client) -> None:
    """As application/text; another content type is refused."""
    ids = ", ".join(f"'{number}'" for number in range(1, 1500))
    text = f"select * from Customer where Id in ({ids}) and Active in (true, false) maxresults 1000"  # noqa: S608
    reply = client.send("POST", "query", data=text, headers={"Content-Type": "application/text"})
    assert 14 == client.good(reply)["QueryResponse"]["maxResults"]
    refused = client.send("POST", "query", data=text, headers={"Content-Type": "application/xml"})
    assert 400 == refused.status_code


def test_transactions_come_latest_change_first(client: Client) -> None:
    """Seen in recorded replies: without ORDERBY it is not the order of ids; in one second the later leads."""
    oldest = [client.invoice(client.line("3.00"))["Id"] for _ in range(2)]
    client.sandbox.clock.advance(5)
    first = client.invoice(client.line("1.00"))
    client.sandbox.clock.advance(5)
    second = client.invoice(client.line("2.00"))
    client.sandbox.clock.advance(5)
    client.payment("1.00", (first, "1.00"))
    found = client.query("select * from Invoice")["Invoice"]
    assert [first["Id"], second["Id"], *reversed(oldest)] == [one["Id"] for one in found]
