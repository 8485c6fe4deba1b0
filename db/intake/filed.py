"""What is kept of a file that was taken in: its name, its report, and what it brought."""

from __future__ import annotations

from dataclasses import asdict
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from db.tables import ImportFile

if TYPE_CHECKING:
    from db.intake.forms import Report
    from db.intake.result import FileResult, IncomingFile

PROBLEMS_KEPT = 20


def filed(import_id: int, file: IncomingFile, result: FileResult, report: Report) -> ImportFile:
    """The row of a file that was taken in, with what came of it."""
    summary: dict[str, Any] = {
        "new": result.new,
        "changed": result.changed,
        "unchanged": result.unchanged,
        "unreadable_rows": result.unreadable_rows,
        "unreadable": [asdict(problem) for problem in result.unreadable[:PROBLEMS_KEPT]],
        "unknown_headers": list(result.unknown_headers),
        "absent": result.absent,
        "withdrawn": result.withdrawn,
        "exported": result.exported.isoformat() if result.exported else None,
        "rows": result.rows,
        "latest": result.latest.isoformat() if result.latest else None,
    }
    return ImportFile(
        import_id=import_id,
        name=result.name,
        report=report,
        sha256=sha256(file.content).hexdigest(),
        summary=summary,
    )
