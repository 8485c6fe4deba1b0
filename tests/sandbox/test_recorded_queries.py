"""The query language is judged by 166 recorded queries and what QuickBooks said to each."""

import csv
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from defusedxml import ElementTree

from tests.sandbox.client import Client, Refusal

RECORDED = Path(__file__).parent / "recorded"
SCHEMA = "{http://schema.intuit.com/finance/v3}"


def rows() -> Iterator[tuple[str, int, str, str]]:
    """Each recorded query, its status, code and detail."""
    with (RECORDED / "query/recorded_queries.tsv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield row["query"], int(row["http_status"]), row["fault_code"], uncut(row["fault_detail"])


def uncut(detail: str) -> str:
    """The detail as it was sent; the record breaks long ones off, here and there inside a sign."""
    return unescape(re.sub(r"&\w*$", "", detail))


def answer(client: Client, query: str) -> tuple[int, str, str]:
    """Status, code and detail of a query."""
    try:
        client.query(query)
    except Refusal as refusal:
        return refusal.reply.status_code, refusal.code, refusal.detail
    return 200, "", ""


def test_every_recorded_query_is_taken_or_refused_as_recorded(client: Client) -> None:
    """The same status, the same code and the same words, as far as the record holds them."""
    for query, status, code, detail in rows():
        ours = answer(client, query)
        assert (status, code) == ours[:2], query
        flat = " ".join(ours[2].split())
        assert flat.startswith(" ".join(detail.split())), query


@pytest.mark.parametrize(
    ("file", "query"),
    [
        ("400_4000_b7e3e4", "select * from Customer where PrimayEmailAddr>Address = 'test@gmail.com'"),
        ("400_4000_b7b056", "select * from Customer where PrimayEmailAddr in Address = 'test@gmail.com'"),
        ("400_4001_8436cb", "select * from Vendor where PrimaryEmailAddr = 'orders@example.com'"),
        ("400_4001_98ccfa", "select * from Customer where PrimayEmailAddr = 'test@gmail.com'"),
        ("400_2030_234688", "select * from Vendor where Id = ''"),
    ],
)
def test_a_refusal_has_the_recorded_words(client: Client, file: str, query: str) -> None:
    """Message, detail and code are those of the recorded fault, to the last space of its lists."""
    error = ElementTree.parse(RECORDED / f"fault/flowlink__{file}.xml").find(f"{SCHEMA}Fault/{SCHEMA}Error")
    assert error is not None
    with pytest.raises(Refusal) as caught:
        client.query(f"{query} STARTPOSITION 1 MAXRESULTS 20")
    wanted = (error.get("code"), words(error.findtext(f"{SCHEMA}Detail", "")))
    assert wanted == (caught.value.code, words(caught.value.detail))


def words(detail: str) -> set[str]:
    """The distinct lines of a detail: QuickBooks' parser lists what it expects with repeats."""
    return {line.strip() for line in detail.splitlines() if line.strip()}
