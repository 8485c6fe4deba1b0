"""Rows are read column by column, and come out as if each had been read alone."""

from hypothesis import given
from hypothesis import strategies as st

from db.intake.cells import text_of
from db.intake.reports import Detected, detect
from db.intake.rows import ReportRows, digest, read_report
from db.intake.table import Cell, Table
from tests.intake.sheets import CASE, HOSTILE, INVOICE, INVOICES, LONG, PAYMENT, PAYMENTS
from tests.intake.test_cells import CELLS

HEADER = (*INVOICES, "Lawyer")


def read(header: tuple[str, ...], *rows: tuple[Cell, ...]) -> ReportRows:
    """What is read of these rows."""
    detected = detect(header)
    assert isinstance(detected, Detected)
    return read_report(Table(header, rows, 2), detected)


@given(st.lists(st.tuples(*[CELLS] * 9), max_size=6))
def test_a_row_is_kept_and_known_as_if_it_stood_alone(rows: list[tuple[Cell, ...]]) -> None:
    """The cells that say something, and a hash of what they mean, whatever stands in the other rows."""
    found = read(HEADER, *((CASE, *row) for row in rows))

    for row in (row for twins in found.kept.values() for row in twins):
        cells = (CASE, *rows[row.number - 2])
        texts = {name: text_of(cell) for name, cell in zip(HEADER, cells, strict=True)}
        said = {name: text for name, text in texts.items() if text}
        assert (said, digest(said)) == (row.cells, row.sha256)


def test_a_hash_is_the_same_in_every_version() -> None:
    """What an earlier version kept must be found unchanged by this one."""
    ((kept,),) = read(INVOICES, INVOICE).kept.values()
    assert "359f22ba3e5da3b5cd676eb2ca4e2ca70f500b376f069d7f9885270540241b90" == kept.sha256


def test_one_and_true_are_two_things() -> None:
    """A column may hold both, as a spreadsheet does; Python takes one for the other."""
    found = read(HEADER, (*INVOICE, 1.0), (*INVOICE[:1], "1002", *INVOICE[2:], True))
    assert ["1", "TRUE"] == [row.cells["Lawyer"] for (row,) in found.kept.values()]


def test_identities_are_spelt_out() -> None:
    """Hostile names, marks within numbers, and the words by which a row is found."""
    found = read(PAYMENTS, (HOSTILE, LONG, "a|b", *PAYMENT[3:]))
    ((row,),) = found.kept.values()
    assert ('René "Ané" O\'Brien \\\\ 马春梅|a\\|b|<!channel> & <https://evil\\|Approve>', LONG) == (
        row.key,
        row.found_by,
    )


def test_parts_too_long_together_are_left_out() -> None:
    """Each would do alone; an index takes no more than 500 letters."""
    found = read(PAYMENTS, ("1" * 190, "2" * 190, "3" * 190, *PAYMENT[3:]))
    assert ({}, ["This row's numbers are longer than any we know, so it was left out."]) == (
        found.kept,
        [problem.reason for problem in found.problems],
    )
