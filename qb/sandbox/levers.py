"""From what a tester posts to a fault or to switches, refusing names and words that mean nothing."""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import timedelta
from typing import Literal, get_args, get_origin, get_type_hints

from qb.sandbox.faults import Fault
from qb.sandbox.switches import Switches
from qb.sandbox.wire import Json

LENGTHS = ("requestid_retention", "old_refresh_token_lives")
FLOATS = ("seconds", "batch_seconds")


class LeverError(Exception):
    """There is no such lever, or it has no such place."""


def fault_from(wanted: Mapping[str, object]) -> Fault:
    """The fault a tester describes by its fields. Raises LeverError."""
    if "trouble" not in wanted:
        raise LeverError("A fault needs its trouble.")
    return Fault(**_checked(Fault, wanted))


def switched(old: Switches, wanted: Mapping[str, object]) -> Switches:
    """The switches with some set anew; lengths of time are seconds. Raises LeverError."""
    return replace(old, **_checked(Switches, wanted))


def spelled(switches: Switches) -> Json:
    """The switches as they are posted."""
    values = asdict(switches)
    return {key: one.total_seconds() if isinstance(one, timedelta) else one for key, one in values.items()}


def _checked(kind: type[Fault] | type[Switches], wanted: Mapping[str, object]) -> Json:
    known = {one.name for one in fields(kind)}
    hints = get_type_hints(kind)
    for name, value in wanted.items():
        if name not in known:
            raise LeverError(f"There is no {name}.")
        words = get_args(hints[name]) if get_origin(hints[name]) is Literal else ()
        if words and value not in words:
            raise LeverError(f"{name} is one of {', '.join(words)}.")
    return {name: _value(name, value) for name, value in wanted.items()}


def _value(name: str, value: object) -> object:
    if name in FLOATS:
        return float(str(value))
    if name in LENGTHS and value is not None:
        return timedelta(seconds=float(str(value)))
    return value
