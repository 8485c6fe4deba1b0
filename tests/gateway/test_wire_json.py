"""Numbers on the wire: decimal digits in, the same decimal digits out, never a float."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qb.gateway import BadBody, Unreadable, decode, encode

NAME = 'René "Ané" O\'Brien \\ 马春梅 <!channel> & <https://evil|Approve>'


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("113.10", b'{"A":113.10}'),
        ("113.1", b'{"A":113.10}'),
        ("100", b'{"A":100.00}'),
        ("1E+2", b'{"A":100.00}'),
        ("0", b'{"A":0.00}'),
        ("-0.00", b'{"A":0.00}'),
        ("-5.5", b'{"A":-5.50}'),
        ("1.400374", b'{"A":1.400374}'),
        ("1.37000000", b'{"A":1.37}'),
        ("0.000001", b'{"A":0.000001}'),
        ("9999999999999.99", b'{"A":9999999999999.99}'),
    ],
)
def test_amounts_are_written_to_the_cent_and_rates_to_six_places(amount: str, expected: bytes) -> None:
    """A JSON number with two decimals at least and six at most."""
    assert expected == encode({"A": Decimal(amount)})


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal("0.0000001"),
        Decimal("1E+400"),
        b"bytes",
        {1: "a"},
        {"a"},
        "half a \ud83d",
    ],
    ids=repr,
)
def test_what_has_no_place_in_a_document_is_refused_by_place(value: object) -> None:
    """Floats above all; the message says where it stands."""
    with pytest.raises(BadBody, match=r"body\.Line\[0\]"):
        encode({"Line": [value]})


def test_there_is_one_spelling_of_a_body() -> None:
    """Sorted keys, no spaces, UTF-8: the same document always has the same bytes."""
    body = {"b": [True, None, 7], "a": {"d": NAME, "c": Decimal(1)}}
    expected = (
        '{"a":{"c":1.00,"d":"René \\"Ané\\" O\'Brien \\\\ 马春梅 <!channel> & <https://evil|Approve>"},'
        '"b":[true,null,7]}'
    )
    assert expected.encode() == encode(body)
    assert encode(body) == encode({"a": {"c": Decimal("1.0"), "d": NAME}, "b": (True, None, 7)})


def test_decoding_makes_no_floats() -> None:
    """Whole numbers are int, all others Decimal with the digits that were there."""
    content = decode(b'\xef\xbb\xbf{"a":0.1,"b":[1e2,3,-0.30],"c":true}')
    assert {"a": Decimal("0.1"), "b": [Decimal(100), 3, Decimal("-0.30")], "c": True} == content
    assert "-0.30" == str(content["b"][2])
    assert [Decimal, int, Decimal] == [type(number) for number in content["b"]]


@pytest.mark.parametrize(
    "raw",
    [b"", b"<html>", b'{"a":', b"\xff\xfe", b"NaN", b'{"a":Infinity}', b"[" * 100_000, b"9" * 5000],
    ids=["empty", "html", "cut", "not utf-8", "nan", "infinity", "deep", "long number"],
)
def test_what_is_not_json_is_unreadable(raw: bytes) -> None:
    """One error for all of it, which does not carry the content along."""
    with pytest.raises(Unreadable) as caught:
        decode(raw)
    assert caught.value.__cause__ is None


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_every_cent_survives_the_wire(amount: Decimal) -> None:
    """Any amount of money reads back as itself, here and in a reader that uses doubles."""
    raw = encode({"A": amount})
    assert {"A": amount} == decode(raw)
    assert amount == Decimal(repr(json.loads(raw)["A"]))


@given(st.decimals(min_value=0, max_value=10**6, places=6))
def test_every_rate_survives_the_wire(rate: Decimal) -> None:
    """Any rate of six places reads back as itself."""
    assert {"A": rate} == decode(encode({"A": rate}))


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), json_values))
def test_any_document_survives_the_wire(body: dict[str, object]) -> None:
    """Whatever the texts hold."""
    assert body == decode(encode(body))
