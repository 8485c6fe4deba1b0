"""Whatever earlier version a firm comes from, after `caseledger migrate` all it had is there and readable."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData, Table, update

from db import audit, tables
from db.columns import Base
from db.dialect import make_engine, read_url
from db.engine import check_schema, migrate, open_database
from tests.upgrades.earlier import brought_up_to, emptied_since, empty_places, left_by, revisions, rows_now
from tests.upgrades.firm_rows import FIRMS_AND_RECORDS, HOSTILE
from tests.upgrades.rows import BROUGHT


def test_every_revision_has_rows_for_what_it_brought() -> None:
    """Whoever adds a revision adds rows that fill its tables and columns to tests/upgrades/rows.py."""
    assert [] == [revision for revision in revisions() if not BROUGHT.get(revision)]


@pytest.mark.parametrize("revision", revisions())
def test_nothing_is_empty_before_the_upgrade(sqlite_folder_url: str, revision: str) -> None:
    """An empty table or column would be upgraded without proving anything."""
    left_by(sqlite_folder_url, revision)
    assert [] == empty_places(sqlite_folder_url)


def test_answers_of_before_hold_for_the_documents_as_they_are_kept(bare_database_url: str) -> None:
    """Before, an answer named a document by its id alone: from now on it is for what that one says."""
    there = {
        "entity": "Invoice",
        "id": "7",
        "number": "1042",
        "date": "2026-04-20",
        "total": "2330.00 CAD",
        "customer": {"id": "58", "name": "Maria Silva"},
        "account": "",
        "applied": [],
        "line": "",
    }
    money = there | {"entity": "Deposit", "id": "9", "line": "1", "number": ""}
    left_by(bare_database_url, "0018")
    engine = make_engine(read_url(bare_database_url))
    with engine.begin() as connection:
        connection.execute(update(tables.OthersRead).values(documents=[there, money]))
        dismissed = ["Deposit:9:1", "Payment:8"]
        connection.execute(update(tables.BookedAnswer).values(dismissed=dismissed))
    migrate(bare_database_url)
    with engine.connect() as connection:
        (kept,) = rows_now(connection, "booked_answers")
    engine.dispose()
    assert "Invoice:7@20340115b6b3" == kept["linked_seen"]
    assert ["Deposit:9:1@24dff9eafc0c", "Payment:8"] == kept["dismissed"]


def test_whose_the_listings_rows_are_is_known_of_rows_taken_in_before(bare_database_url: str) -> None:
    """Else two clients under one identifier would go unseen until the next import."""
    left_by(bare_database_url, "0019")
    (row,) = FIRMS_AND_RECORDS["source_rows"]
    engine = make_engine(read_url(bare_database_url))
    with engine.begin() as connection:
        listed = Table("source_rows", MetaData(), autoload_with=connection)
        said = ("-777", HOSTILE, "", None)
        for number, text in enumerate(said):
            cells = {"Full Name": "Jonas Berg"} if text is None else {"Client Identifier": text}
            values = {"id": 900 + number, "report": "client_listing", "key": str(number), "cells": cells}
            connection.execute(listed.insert(), [{**row, **values}])
    migrate(bare_database_url)
    with engine.connect() as connection:
        known = {one["id"]: one["client"] for one in rows_now(connection, "source_rows")}
    engine.dispose()
    assert {row["id"]: None, 900: "-777", 901: HOSTILE, 902: None, 903: None} == known


@pytest.mark.parametrize("revision", revisions())
def test_all_that_was_there_is_there_after_the_upgrade(bare_database_url: str, revision: str) -> None:
    """Each row, each value, but what is read anew; the audit chain holds; the tables are the program's."""
    left_by(bare_database_url, revision)
    migrate(bare_database_url)
    database = open_database(bare_database_url)
    check_schema(database)
    with database.engine.connect() as connection:
        compared = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert [] == compare_metadata(compared, Base.metadata)
        emptied = emptied_since(revision)
        assert [] == [row for table in emptied for row in rows_now(connection, table)]
        for table, row in brought_up_to(revision):
            assert table in emptied or row in [
                {name: one[name] for name in row if name in one} for one in rows_now(connection, table)
            ]
    with database.read() as session:
        assert () == audit.verify(session, "firm-1")
    database.close()
