"""A refusal is told in four parts, the same everywhere."""

import pytest

from db.refusal import Refusal, Sentence

OLD = Sentence(
    "screen.old",
    "This screen of {company} is too old.",
    "Nothing was changed.",
    "Please open it again.",
    "{who}",
    {"company": "Northstar", "who": "you"},
)


def test_a_refusal_reads_what_booked_remedy_who() -> None:
    """In this order, in one line."""
    told = "This screen of Northstar is too old. Nothing was changed. Please open it again. Who can: you."
    assert told == str(OLD.shown)


def test_a_reference_number_comes_last() -> None:
    """Whoever reads needs it least."""
    assert str(OLD.shown.referring("7F3A")).endswith("Who can: you. Reference 7F3A.")


def test_a_list_shows_what_happened_and_what_to_do() -> None:
    """What was booked stands above the list."""
    assert (
        "It is short. Import the rest."
        == Refusal("It is short.", "Not booked.", "Import the rest.", "x").short
    )


def test_a_sentence_without_its_values_is_an_error_of_ours() -> None:
    """Rather than a place shown to a person."""
    with pytest.raises(KeyError):
        OLD.said(company="Northstar")


def test_a_value_with_braces_stays_as_it_is() -> None:
    """Names from outside are put in, never read."""
    assert "This screen of {who} is too old." == OLD.said(company="{who}", who="you").what


def test_a_sentence_knows_its_places() -> None:
    """So that its example can be checked."""
    assert {"company", "who"} == OLD.places
