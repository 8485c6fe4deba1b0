"""Intuit's schemas and recorded bodies judge the sandbox's shapes, and are themselves shown to judge."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import simplejson

from qb.sandbox.forms import form_shapes
from qb.sandbox.kinds import KINDS
from qb.sandbox.outlines import list_shapes
from qb.sandbox.shapes import Shape
from tests.sandbox.client import Client
from tests.sandbox.schema import INTUIT, departures

RECORDED = Path(__file__).parent / "recorded"
# The schema has one word for what JSON calls value; Intuit's reference has one reference more.
KNOWN_EXTRAS = {("MemoRef", "value"), ("Payment", "TaxExemptionRef")}


def reachable(outline: Shape) -> Iterator[Shape]:
    """A shape and every shape inside it, but for lines inside lines."""
    yield outline
    for known in outline.fields.values():
        if known.shape is not None:
            yield from reachable(known.shape)


SHAPES = {one.name: one for top in (*list_shapes(), *form_shapes()) for one in reachable(top)}


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_has_exactly_the_fields_of_intuits_schema(name: str) -> None:
    """An unknown property is refused, a known one never is."""
    extras = {field for shape, field in KNOWN_EXTRAS if shape == name}
    assert set(INTUIT.properties(name)) | extras == set(SHAPES[name].fields)


@pytest.mark.parametrize("name", SHAPES)
def test_a_choice_offers_exactly_the_words_of_intuits_schema(name: str) -> None:
    """Where the schema enumerates words, so does the shape."""
    for field, known in SHAPES[name].fields.items():
        words = INTUIT.words(INTUIT.properties(name)[field].type) if known.choices else frozenset()
        if words:
            assert words == set(known.choices)


@pytest.mark.parametrize("kind", KINDS)
def test_everything_the_firm_is_seeded_with_passes(client: Client, kind: str) -> None:
    """Each document of the seed is as Intuit's schema has it, read one by one."""
    for document in client.sandbox.books.entities(kind):
        assert document["Id"] == client.read(kind, document["Id"])["Id"]


@pytest.mark.parametrize("path", sorted(RECORDED.glob("*/minimul*.json")), ids=lambda path: path.stem)
def test_the_checker_lets_real_replies_pass(path: Path) -> None:
    """What QuickBooks really sent has nothing that the checker would refuse."""
    assert [] == departures(simplejson.loads(path.read_text(), use_decimal=True))


@pytest.mark.parametrize(
    ("spoilt", "problem"),
    [
        ({"Balanse": 1}, "Invoice.Balanse is unknown to Invoice"),
        ({"Line": {"Amount": 1}}, "Invoice.Line should be a list"),
        ({"TotalAmt": "113.10"}, "Invoice.TotalAmt should be a number, not '113.10'"),
        ({"Id": 7}, "Invoice.Id should be a text, not 7"),
        ({"EmailStatus": "Sent"}, "Invoice.EmailStatus may not be 'Sent'"),
        ({"ApplyTaxAfterDiscount": "no"}, "Invoice.ApplyTaxAfterDiscount should be true or false, not 'no'"),
        ({"CustomerRef": {"id": "1"}}, "Invoice.CustomerRef.id is unknown"),
        ({"TxnDate": "2/3/2026"}, "Invoice.TxnDate should be a date, not '2/3/2026'"),
    ],
)
def test_the_checker_sees_what_is_wrong(spoilt: dict[str, Any], problem: str) -> None:
    """A name, a list, a kind or a word that the schema doesn't have is reported where it stands."""
    assert [problem] == departures({"Invoice": spoilt})
