"""The XML QuickBooks answers with when nobody asked for JSON."""

from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from qb.sandbox.wire import Json

ATTRIBUTES = (
    "domain",
    "sparse",
    "status",
    "startPosition",
    "maxResults",
    "totalCount",
    "type",
    "code",
    "element",
)
SCHEMA = "http://schema.intuit.com/finance/v3"


def document(content: Json, time: str) -> bytes:
    """A whole reply: `content` inside IntuitResponse."""
    inner = "".join(_element(key, value) for key, value in content.items())
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}<IntuitResponse xmlns="{SCHEMA}" time={quoteattr(time)}>{inner}</IntuitResponse>'.encode()


def _element(name: str, value: object) -> str:
    if isinstance(value, list):
        return "".join(_element(name, one) for one in value)
    if not isinstance(value, dict):
        return f"<{name}>{escape(_text(value))}</{name}>"
    if "value" in value and set(value) <= {"value", "name", "type"}:
        return _reference(name, value)
    attributes = "".join(
        f" {key}={quoteattr(_text(one))}"
        for key, one in value.items()
        if key in ATTRIBUTES and not isinstance(one, dict)
    )
    inner = "".join(_element(key, one) for key, one in value.items() if key not in ATTRIBUTES)
    return f"<{name}{attributes}>{inner}</{name}>" if inner else f"<{name}{attributes}/>"


def _reference(name: str, value: Json) -> str:
    known = "".join(f" {key}={quoteattr(str(value[key]))}" for key in ("name", "type") if key in value)
    return f"<{name}{known}>{escape(str(value['value']))}</{name}>"


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
