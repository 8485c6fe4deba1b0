"""JSON as QuickBooks takes and gives it: numbers are numbers, and none of them is ever a float."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NoReturn

import simplejson

MONEY_PLACES = 2
RATE_PLACES = 6
# Beyond this a reader that uses doubles would no longer see every cent.
LARGEST_EXPONENT = 12


class BadBody(TypeError):  # noqa: N818 - named as the things it is about
    """This value has no place in a QuickBooks document; the message says where it stands."""


class Unreadable(ValueError):  # noqa: N818 - named as the things it is about
    """These bytes are not JSON."""


def encode(body: Mapping[str, Any]) -> bytes:
    """The one spelling of this body: UTF-8, keys sorted, amounts with two decimals, rates with up to six.

    Raises BadBody for floats, for numbers that need more places, and for anything JSON does not know.
    """
    plain = _plain(body, "body")
    text = simplejson.dumps(
        plain, use_decimal=True, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def decode(raw: bytes) -> Any:  # noqa: ANN401 - the JSON border
    """The value these bytes spell, whole numbers as int, others as Decimal; raises Unreadable."""
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse_constant)
    except (ValueError, ArithmeticError, RecursionError):
        # The original would carry the whole document along.
        raise Unreadable("not JSON") from None


def _refuse_constant(name: str) -> NoReturn:
    raise Unreadable(name)


def _plain(value: object, where: str) -> object:
    """The same value made of what JSON knows, or BadBody naming the place."""
    match value:
        case None | bool() | int():
            return value
        case str():
            return _text(value, where)
        case Decimal():
            return _number(value, where)
        case Mapping():
            return {_key(key, where): _plain(item, f"{where}.{key}") for key, item in value.items()}
        case list() | tuple():
            return [_plain(item, f"{where}[{index}]") for index, item in enumerate(value)]
        case _:
            raise BadBody(
                f"{where} is a {type(value).__name__}; only text, Decimal, int and bool can be sent"
            )


def _key(key: object, where: str) -> str:
    if not isinstance(key, str):
        raise BadBody(f"{where} has a key that is not text: {key!r}")
    return key


def _text(value: str, where: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BadBody(f"{where} holds half a character") from None
    return value


def _number(value: Decimal, where: str) -> Decimal:
    """The same amount with two to six decimals, made without arithmetic, so that nothing can be rounded."""
    if not value.is_finite() or value.adjusted() > LARGEST_EXPONENT:
        raise BadBody(f"{where} is no amount: {value}")
    whole, _, fraction = format(value.copy_abs(), "f").partition(".")
    fraction = fraction.rstrip("0").ljust(MONEY_PLACES, "0")
    if len(fraction) > RATE_PLACES:
        raise BadBody(f"{where} has more than {RATE_PLACES} decimals: {value}")
    sign = "-" if value < 0 else ""
    return Decimal(f"{sign}{whole}.{fraction}")
