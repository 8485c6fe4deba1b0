"""The reads that Intuit meters add up in the database, whichever process made them."""

from datetime import UTC, datetime

from bot.metered import MeteredReads
from db import reads
from db.engine import open_database

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_reads_of_several_processes_add_up(sqlite_url: str) -> None:
    """Each writes down what it made since the last time, and no more."""
    database = open_database(sqlite_url)
    one, other = MeteredReads(), MeteredReads()
    for counter in (one, one, other):
        counter.one()
    for counter in (one, other, one):
        counter.keep(database, NOW)
    with database.read() as session:
        assert 3 == reads.this_month(session, NOW)
    database.close()
