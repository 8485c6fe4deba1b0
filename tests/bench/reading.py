"""One import of a large export in a process of its own: what it costs beside only reading the file."""

from __future__ import annotations

import csv
import json
import random
import resource
import sys
import time
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from python_calamine import load_workbook

from db import firms
from db.engine import open_database
from db.intake.stage import IncomingFile, import_files
from tests.intake.sheets import INVOICES

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = ("Silva", "Haddad", "Osei", "Garcia", "Tremblay", "Nguyen", "O'Brien", "Yilmaz")


def invoices(count: int) -> Iterator[tuple[object, ...]]:
    """An Invoices export of so many rows, three to a case: the same every time."""
    chosen = random.Random(7)  # noqa: S311 - figures, no secrets
    yield INVOICES
    for number in range(count):
        issued = date(2023, 1, 1) + timedelta(days=chosen.randrange(1300))
        paid = issued + timedelta(days=chosen.randrange(30))
        case = f"{number // 3:05}-{NAMES[number // 3 % len(NAMES)]}"
        fee, expense = chosen.randrange(5000, 500000) / 100, chosen.choice((0, 155.0, 635.0, 85.0))
        yield case, str(100_000 + number), issued, paid, 0, fee, 0, expense, "Yes"


def workbook_of(count: int) -> bytes:
    """The same as CaseEasy's .xlsx."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for row in invoices(count):
        sheet.append(row)
    written = BytesIO()
    workbook.save(written)
    return written.getvalue()


def text_of(count: int) -> bytes:
    """The same as a .csv."""
    written = StringIO(newline="")
    csv.writer(written).writerows(invoices(count))
    return written.getvalue().encode()


def only_read(content: bytes) -> None:
    """Every row into memory, with the library that the import reads it with."""
    if content.startswith(b"PK"):
        with load_workbook(BytesIO(content)) as workbook:
            list(workbook.get_sheet_by_index(0).iter_rows())
    else:
        list(csv.reader(StringIO(content.decode(), newline="")))


def main() -> None:
    """Read ``{"file", "database"}`` from the file named; print CPU seconds and MiB as JSON."""
    asked: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    content = Path(asked["file"]).read_bytes()
    database = open_database(asked["database"])
    with database.write() as session:
        firms.meet_firm(session, team_id="T1", name="F", timezone="UTC", now=_now(), new_id=lambda: "firm")
    told = {"read": _seconds(lambda: only_read(content))}
    files = [IncomingFile(asked["file"], content)]
    for go in ("first", "again"):
        told[go] = _seconds(
            lambda: import_files(database, firm_id="firm", files=files, asked_by="bench", now=_now)
        )
    told["mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    database.close()
    sys.stdout.write(json.dumps(told))


def _seconds(work: Any) -> float:  # noqa: ANN401 - whatever is measured
    began = time.process_time()
    work()
    return time.process_time() - began


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    main()
