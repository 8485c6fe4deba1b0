"""Screens as they were last looked at and found good; `GOLDEN=write` keeps today's instead."""

import json
import os
from pathlib import Path

FOLDER = Path(__file__).parent / "kept"


def same_as_kept(name: str, shown: object) -> None:
    """The screen equals the one kept under this name."""
    path = FOLDER / f"{name}.json"
    text = json.dumps(shown, indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(text)
