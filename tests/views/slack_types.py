"""What Slack's published types say of a screen or message: right kinds, all that is needed, nothing else."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

SCHEMA = Path(__file__).parents[1] / "commands" / "slack_schema" / "types.schema.3.2.0.json"
UNTYPED = frozenset({"data_visualization"})
"""Blocks the types don't have; tests/views/charts.py looks at those."""


@cache
def _schema() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return found


@cache
def _kinds() -> Mapping[str, str]:
    """Which definition describes a block of which type."""
    definitions = _schema()["definitions"]
    return {
        one["properties"]["type"]["const"]: name
        for name, one in definitions.items()
        if name.endswith("Block") and "const" in one.get("properties", {}).get("type", {})
    }


@cache
def _validator(definition: str) -> Draft7Validator:
    return Draft7Validator({"$ref": f"#/definitions/{definition}", "definitions": _schema()["definitions"]})


def check_block(block: Mapping[str, Any]) -> None:
    """The block is one of Slack's; ``AssertionError`` says what isn't."""
    if block["type"] in UNTYPED:
        return
    assert block["type"] in _kinds(), f"Slack has no block {block['type']}"
    _check(_kinds()[block["type"]], block)


def check_view_types(view: Mapping[str, Any]) -> None:
    """The modal or Home tab, and each block in it."""
    _check({"modal": "ModalView", "home": "HomeView"}[view["type"]], {**view, "blocks": []})
    for block in view["blocks"]:
        check_block(block)


def _check(definition: str, thing: Mapping[str, Any]) -> None:
    plain = json.loads(json.dumps(thing))
    wrong = [
        f"{error.json_path}: {error.message[:300]}" for error in _validator(definition).iter_errors(plain)
    ]
    assert [] == wrong
