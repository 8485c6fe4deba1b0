"""Reads Intuit's XSDs and says where a JSON body departs from them: names, nesting, lists, words, kinds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import ElementTree

FOLDER = Path(__file__).parent / "xsd"
XS = "{http://www.w3.org/2001/XMLSchema}"
REFERENCE = frozenset({"value", "name", "type"})
# In Intuit's reference, though no schema has it.
BESIDE = {("Payment", "TaxExemptionRef")}
ANYTHING = "IntuitAnyType"
NUMBERS = frozenset({"decimal", "int", "integer", "positiveInteger", "BigDecimal"})


@dataclass(frozen=True)
class Property:
    """A field of a type: of which type it is, and whether it is a list."""

    type: str
    many: bool


def local(name: str | None) -> str:
    """A name without its prefix."""
    return (name or "").rpartition(":")[2]


class Schema:
    """All types of all files, with inheritance and substitution worked out."""

    def __init__(self, folder: Path) -> None:
        tops = [
            node
            for file in sorted(folder.glob("*.xsd"))
            for node in ElementTree.fromstring(file.read_bytes())
        ]
        self._complex = {node.get("name", ""): node for node in tops if node.tag == f"{XS}complexType"}
        self._simple = {node.get("name", ""): node for node in tops if node.tag == f"{XS}simpleType"}
        self._elements = {node.get("name", ""): node for node in tops if node.tag == f"{XS}element"}
        self._stand_ins: dict[str, list[str]] = {}
        for name, node in self._elements.items():
            self._stand_ins.setdefault(local(node.get("substitutionGroup")), []).append(name)

    @cache  # noqa: B019  # one schema for the whole run
    def properties(self, name: str) -> dict[str, Property]:
        """The fields of a type, its ancestors' included."""
        node = self._complex.get(name)
        if node is None:
            return {}
        found: dict[str, Property] = {}
        for extension in node.iter(f"{XS}extension"):
            found |= self.properties(local(extension.get("base")))
        for attribute in node.iter(f"{XS}attribute"):
            found[attribute.get("name", "")] = Property(local(attribute.get("type")), many=False)
        for element, repeated in self._held(node, repeated=False):
            found |= self._field(element, repeated=repeated)
        return found

    def _held(self, node: Element, *, repeated: bool) -> Iterator[tuple[Element, bool]]:
        """The elements inside a type, and whether they or what holds them may repeat."""
        for child in node:
            again = repeated or child.get("maxOccurs", "1") not in {"0", "1"}
            if child.tag == f"{XS}element":
                yield child, again
            else:
                yield from self._held(child, repeated=again)

    def _field(self, element: Element, *, repeated: bool) -> dict[str, Property]:
        name = local(element.get("ref") or element.get("name"))
        declared = self._elements.get(name) if element.get("ref") else element
        kind = local(declared.get("type")) if declared is not None else ""
        stand_ins = {
            other: Property(local(self._elements[other].get("type")), many=repeated)
            for other in self._stand_ins.get(name, ())
        }
        return {name: Property(kind, many=repeated), **stand_ins}

    def words(self, name: str) -> frozenset[str]:
        """The words of an enumeration, none for another type."""
        node = self._simple.get(name)
        values = node.iter(f"{XS}enumeration") if node is not None else ()
        return frozenset(value.get("value", "") for value in values)

    def problems(self, name: str, value: Any, path: str) -> Iterator[str]:  # noqa: ANN401  # a body's border
        """Where a value of type `name` departs from the schema."""
        known = self.properties(name)
        if name == ANYTHING:
            return
        if not isinstance(value, dict):
            yield from self._plain(name, value, path)
        elif known and not name.endswith("ReferenceType") and name != "MemoRef":
            for key, inner in value.items():
                if (name, key) not in BESIDE:
                    yield from self._inner(name, key, inner, f"{path}.{key}")
        else:
            yield from (f"{path}.{key} is unknown" for key in value if key not in REFERENCE)

    def _inner(self, name: str, key: str, value: Any, path: str) -> Iterator[str]:  # noqa: ANN401
        known = self.properties(name).get(key)
        if known is None:
            yield f"{path} is unknown to {name}"
            return
        if isinstance(value, list) != known.many:
            yield f"{path} should{'' if known.many else ' not'} be a list"
        for item in value if isinstance(value, list) else [value]:
            yield from self.problems(known.type, item, path)

    def _plain(self, name: str, value: Any, path: str) -> Iterator[str]:  # noqa: ANN401
        words = self.words(name)
        if words and value not in words:
            yield f"{path} may not be {value!r}"
        if name == "boolean" and not isinstance(value, bool):
            yield f"{path} should be true or false, not {value!r}"
        if name in NUMBERS and (isinstance(value, bool | str) or value is None):
            yield f"{path} should be a number, not {value!r}"
        if name in {"id", "string"} and not isinstance(value, str):
            yield f"{path} should be a text, not {value!r}"
        if name == "date" and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", value):
            yield f"{path} should be a date, not {value!r}"


INTUIT = Schema(FOLDER)


def departures(body: dict[str, Any]) -> list[str]:
    """Where the entities of a reply depart from Intuit's schemas."""
    return [problem for name, value, path in entities(body) for problem in INTUIT.problems(name, value, path)]


def entities(body: Any, path: str = "") -> Iterator[tuple[str, Any, str]]:  # noqa: ANN401  # a reply's border
    """The entities of a reply, wherever its wrappers put them; none inside a fault."""
    if isinstance(body, list):
        for item in body:
            yield from entities(item, path)
        return
    for key, value in body.items() if isinstance(body, dict) else ():
        if key in {"QueryResponse", "CDCResponse", "BatchItemResponse"}:
            yield from entities(value, f"{path}{key}/")
        elif key != "Fault" and INTUIT.properties(key):
            yield from ((key, one, path + key) for one in (value if isinstance(value, list) else [value]))
