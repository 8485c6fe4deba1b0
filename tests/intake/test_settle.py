"""What becomes of rows that claim one identity, decided without a database."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.intake.column import JSON
from db.intake.rows import KeptRow, digest
from db.intake.settle import Settled, Standing, settle

COLUMNS = frozenset({"Case Number", "Amount"})


def row(amount: str, **more: str) -> KeptRow:
    """An incoming row."""
    cells = {"Case Number": "00002-Silva", "Amount": amount, **more}
    return KeptRow(2, "key", "00002-Silva", None, digest(cells), JSON.encode(cells))


def decide(before: list[KeptRow], incoming: list[KeptRow], columns: frozenset[str] = COLUMNS) -> Settled:
    """What becomes of ``before`` when ``incoming`` comes."""
    standing = [Standing(at, at, one.sha256, mine=False) for at, one in enumerate(before, start=1)]
    return settle(standing, incoming, lambda old: before[old.id - 1].cells, columns)


def sizes(settled: Settled) -> tuple[int, int, int, int]:
    """How many are unchanged, changed, added and gone."""
    return len(settled.unchanged), len(settled.changed), len(settled.added), len(settled.gone)


@pytest.mark.parametrize(
    ("before", "incoming", "expected"),
    [
        pytest.param([], ["1"], (0, 0, 1, 0), id="new"),
        pytest.param(["1"], ["1"], (1, 0, 0, 0), id="the same"),
        pytest.param(["1,000.00"], ["1000"], (1, 0, 0, 0), id="the same, written otherwise"),
        pytest.param(["1"], ["2"], (0, 1, 0, 0), id="changed"),
        pytest.param(["1", "1"], ["1", "1"], (2, 0, 0, 0), id="twins"),
        pytest.param(["1"], ["1", "1"], (1, 0, 1, 0), id="a twin more"),
        pytest.param(["1", "1"], ["1"], (1, 0, 0, 1), id="a twin less"),
        pytest.param(["1", "2"], ["2", "1"], (2, 0, 0, 0), id="another order"),
        pytest.param(["1", "2"], ["2"], (1, 0, 0, 1), id="a conflict mended"),
        pytest.param(["1", "2"], ["3"], (0, 1, 0, 1), id="a conflict mended with a third"),
    ],
)
def test_rows_are_matched_by_content(
    before: list[str], incoming: list[str], expected: tuple[int, int, int, int]
) -> None:
    """Order and writing don't matter; what the file no longer has beside its twin is gone."""
    assert expected == sizes(decide([row(one) for one in before], [row(one) for one in incoming]))


def test_a_new_twin_takes_a_free_number() -> None:
    """Occurrences tell twins apart, and none is given twice."""
    settled = decide([row("1"), row("2")], [row("1"), row("2"), row("3"), row("4")])

    assert [3, 4] == [occurrence for occurrence, _ in settled.added]


def test_a_column_that_was_left_out_says_nothing() -> None:
    """What an earlier export said of it stays, and alone it is no change."""
    before = [row("1", Email="maria.silva@example.com")]

    assert (1, 0, 0, 0) == sizes(decide(before, [row("1")]))
    changed = decide(before, [row("2")]).changed
    assert "maria.silva@example.com" == changed[0][1].cells["Email"]


def test_a_header_written_otherwise_is_the_same_column() -> None:
    """GST and G st are taught as one: the old cell doesn't stand beside the new one, counted twice."""
    settled = decide([row("1", GST="5.00")], [row("1", **{"G st": "6.00"})], COLUMNS | {"G st"})

    ((_, merged),) = settled.changed
    assert {"Case Number": "00002-Silva", "Amount": "1", "G st": "6.00"} == merged.cells


def test_an_emptied_cell_is_a_change() -> None:
    """A column that is there and says nothing now says nothing."""
    before = [row("1", Email="maria.silva@example.com")]
    changed = decide(before, [row("1")], COLUMNS | {"Email"}).changed

    assert "Email" not in changed[0][1].cells


@given(st.lists(st.sampled_from("123"), max_size=6), st.lists(st.sampled_from("123"), min_size=1, max_size=6))
def test_afterwards_exactly_the_incoming_rows_stand(before: list[str], incoming: list[str]) -> None:
    """Each once, under occurrences that are all different."""
    settled = decide([row(one) for one in before], [row(one) for one in incoming])
    ended = {old.id for old in settled.gone} | {old.id for old, _ in settled.changed}
    kept = [(at, one) for at, one in enumerate(before, start=1) if at not in ended]
    fresh = [(old.occurrence, new.cells["Amount"]) for old, new in settled.changed]
    fresh += [(occurrence, new.cells["Amount"]) for occurrence, new in settled.added]

    assert Counter(incoming) == Counter(text for _, text in kept + fresh)
    assert len(incoming) == len({occurrence for occurrence, _ in kept + fresh})
