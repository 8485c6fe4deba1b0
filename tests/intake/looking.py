"""What the intake's tests look at when an import has ended."""

from sqlalchemy import func, select

from db import cases
from db.engine import Database
from db.intake.questions import TAKE
from db.intake.stage import FileResult, IncomingFile
from db.records import Invoice
from db.tables import SourceRow
from tests.intake.conftest import Importing


def counts(result: FileResult) -> tuple[int, int, int, int]:
    """New, changed, unchanged and unreadable rows."""
    return result.new, result.changed, result.unchanged, result.unreadable_rows


def anyway(take: Importing, file: IncomingFile, asked: FileResult) -> FileResult:
    """What comes of the same file with its question answered."""
    assert asked.question is not None
    (result,) = take(IncomingFile(file.name, file.content, {asked.question.mark: TAKE})).files
    return result


def rows_kept(database: Database) -> int:
    """How many rows the table holds, seen or not."""
    with database.read() as session:
        return session.execute(select(func.count()).select_from(SourceRow)).scalar_one()


def seen(database: Database, firm_id: str) -> tuple[int, int]:
    """How many invoices can be seen, and how many of them are paid."""
    with database.read() as session:
        found = cases.all_invoices(session, firm_id)
    return len(found), sum(one.paid is not None for one in found)


def only_invoice(database: Database, firm_id: str) -> Invoice:
    """The one invoice that is seen."""
    with database.read() as session:
        (found,) = cases.all_invoices(session, firm_id)
    return found
