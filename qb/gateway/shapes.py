"""Finds the faults in an answer, in whichever of Intuit's shapes they come."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from qb.gateway.wire_json import Unreadable, decode


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault as Intuit worded it; ``code`` is None when it has no number."""

    code: int | None
    message: str = ""
    detail: str = ""


def faults_in(body: bytes, content: object) -> tuple[Fault, ...]:
    """All faults of an answer with this body; ``content`` is the decoded body, None if it is not JSON.

    Shapes: ``Fault`` of the API, ``fault`` of the gateway, XML of the throttle, ``error`` of the token
    address. Anything else (HTML, nothing at all) holds none.
    """
    if isinstance(content, Mapping):
        return tuple(_in_json(content))
    return tuple(_in_xml(body))


def content_of(body: bytes) -> Any:  # noqa: ANN401 - the JSON border
    """The decoded body, None if it is not JSON."""
    try:
        return decode(body)
    except Unreadable:
        return None


def _in_json(content: Mapping[str, Any]) -> Iterator[Fault]:
    for holder in (content, content.get("QueryResponse")):
        if not isinstance(holder, Mapping):
            continue
        for key in ("Fault", "fault"):
            if holder.get(key) is not None:
                yield from _in_fault(holder[key])


def _in_fault(fault: object) -> Iterator[Fault]:
    lowered = _lowered(fault)
    errors = lowered.get("error")
    if not isinstance(errors, list) or not errors:
        yield Fault(None)
        return
    for error in errors:
        words = _lowered(error)
        yield Fault(_code(words.get("code")), _text(words.get("message")), _text(words.get("detail")))


def _in_xml(body: bytes) -> Iterator[Fault]:
    root = _root(body)
    if root is None:
        return
    for fault in (node for node in root.iter() if _tag(node) == "Fault"):
        errors = [node for node in fault if _tag(node) == "Error"]
        if not errors:
            yield Fault(None)
        for error in errors:
            words = {_tag(node): _text(node.text) for node in error}
            yield Fault(_code(error.get("code")), words.get("Message", ""), words.get("Detail", ""))


def _root(body: bytes) -> Element | None:
    try:
        return fromstring(body)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return None


def _tag(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _lowered(value: object) -> dict[str, Any]:
    """The same object with its keys in lower case: the API writes Message, the gateway message."""
    return {str(key).lower(): item for key, item in value.items()} if isinstance(value, Mapping) else {}


def _code(code: object) -> int | None:
    text = str(code).strip()
    # Real codes have at most five digits.
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None  # noqa: PLR2004


def _text(text: object) -> str:
    return " ".join(text.split()) if isinstance(text, str) else ""
