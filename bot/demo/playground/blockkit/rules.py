"""The small rules that Block Kit's tables are written in: each yields what is wrong, with a JSON pointer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Problems = Iterator[str]
Rule = Callable[[object, str], Problems]
URL_MOST = 3000
URL = re.compile(r"(https?|slack)://[^\s/]\S*|mailto:\S+")


def problem(what: str, at: str) -> str:
    """One line as Slack writes it."""
    return f"{what} [json-pointer:{at}]"


def string(most: int | None = None, least: int = 1) -> Rule:
    """A string of `least` to `most` characters."""

    def check(value: object, at: str) -> Problems:
        if not isinstance(value, str):
            yield problem("must provide a string", at)
        elif len(value) < least:
            yield problem(f"must be more than {least - 1} characters", at)
        elif most is not None and len(value) > most:
            yield problem(f"must be less than {most + 1} characters", at)

    return check


def url(value: object, at: str) -> Problems:
    """An address Slack can open."""
    wrong = list(string(URL_MOST)(value, at))
    yield from wrong
    if not wrong and not URL.fullmatch(str(value)):
        yield problem(f"must be a valid url: {value}", at)


def flag(value: object, at: str) -> Problems:
    """True or false."""
    if not isinstance(value, bool):
        yield problem("must provide a boolean", at)


def whole(least: int, most: int | None = None) -> Rule:
    """An integer within bounds, both allowed."""

    def check(value: object, at: str) -> Problems:
        if not isinstance(value, int) or isinstance(value, bool):
            yield problem("must provide an integer", at)
        elif value < least:
            yield problem(f"must be greater than or equal to {least}", at)
        elif most is not None and value > most:
            yield problem(f"must be less than or equal to {most}", at)

    return check


def number(value: object, at: str) -> Problems:
    """A JSON number."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield problem("must provide a number", at)


def one_of(*allowed: object) -> Rule:
    """One of a few values."""

    def check(value: object, at: str) -> Problems:
        if value not in allowed:
            yield problem(f"must be a valid enum value: {', '.join(map(str, allowed))}", at)

    return check


def many(rule: Rule, least: int = 1, most: int | None = None) -> Rule:
    """An array of `least` to `most` items that each keep a rule."""

    def check(value: object, at: str) -> Problems:
        if not isinstance(value, list):
            yield problem("must provide an array", at)
            return
        if len(value) < least:
            yield problem(f"no fewer than {least} items allowed", at)
        if most is not None and len(value) > most:
            yield problem(f"no more than {most} items allowed", at)
        for index, item in enumerate(value):
            yield from rule(item, f"{at}/{index}")

    return check


def record(required: dict[str, Rule], optional: dict[str, Rule], *checks: Rule) -> Rule:
    """An object with exactly these keys; `checks` look at it whole once its keys are right."""
    known = required | optional

    def check(value: object, at: str) -> Problems:
        if not isinstance(value, dict):
            yield problem("must provide an object", at)
            return
        wrong = [problem(f"invalid additional property: {key}", at) for key in value if key not in known]
        wrong += [problem(f"missing required field: {key}", at) for key in required if key not in value]
        for key, rule in known.items():
            if key in value:
                wrong += rule(value[key], f"{at}/{key}")
        yield from wrong
        if not wrong:
            for whole_check in checks:
                yield from whole_check(value, at)

    return check


def by_type(table: dict[str, Rule]) -> Rule:
    """An object whose `type` names its rule."""

    def check(value: object, at: str) -> Problems:
        if not isinstance(value, dict):
            yield problem("must provide an object", at)
        elif str(value.get("type")) not in table:
            yield problem(f"unsupported type: {value.get('type')}", f"{at}/type")
        else:
            yield from table[str(value["type"])](value, at)

    return check


def exactly_one(*keys: str) -> Rule:
    """One of these keys, not several."""

    def check(value: object, at: str) -> Problems:
        if isinstance(value, dict) and sum(key in value for key in keys) != 1:
            yield problem(f"must provide exactly one of: {', '.join(keys)}", at)

    return check


def at_least_one(*keys: str) -> Rule:
    """One of these keys or several."""

    def check(value: object, at: str) -> Problems:
        if isinstance(value, dict) and not any(key in value for key in keys):
            yield problem(f"must provide at least one of: {', '.join(keys)}", at)

    return check


def either(*rules: Rule) -> Rule:
    """Whatever one of the rules accepts; else what the first has to say."""

    def check(value: object, at: str) -> Problems:
        found = [list(rule(value, at)) for rule in rules]
        if all(found):
            yield from found[0]

    return check
