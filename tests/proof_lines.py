"""Says what a proof or a measurement found, and puts it into docs/proof.md where a command asks for that."""

from __future__ import annotations

import fcntl
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

PAGE = "PROOF_PAGE"
"""The variable that names the page; `make prove` and `make bench` set it."""
COMMAND = "PROOF_COMMAND"


def say(section: str, what: str, found: str) -> None:
    """Print one line, and put it on the page under ``section`` in place of what ``what`` said before."""
    sys.stdout.write(f"\n{section}: {what}: {found}\n")
    page = os.environ.get(PAGE)
    if not page:
        return
    line = f"{found} (`{os.environ.get(COMMAND, 'pytest')}`, {datetime.now(UTC):%Y-%m-%d})"
    with Path(page).open("r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # several workers say something at once
        written = put(file.read(), section, what, line)
        file.seek(0)
        file.truncate()
        file.write(written)


def put(page: str, section: str, what: str, line: str) -> str:
    """The page with this line under its section's heading; what is new goes to the end."""
    lines, heading, start = page.rstrip("\n").split("\n"), f"## {section}", f"- **{what}**: "
    if heading not in lines:
        lines += ["", heading]
    first = lines.index(heading) + 1
    end = next((n for n in range(first, len(lines)) if lines[n].startswith("## ")), len(lines))
    while end > first and not lines[end - 1]:
        end -= 1
    same = [n for n in range(first, end) if lines[n].startswith(start)]
    if same:
        lines[same[0]] = start + line
    else:
        lines[end:end] = ([""] if end == first else []) + [start + line]
    return "\n".join(lines) + "\n"
