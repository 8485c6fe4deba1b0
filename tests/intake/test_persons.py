"""One identifier in the Client Listing is one client only where nothing says otherwise."""

import pytest

from db.intake.persons import Person, is_bare, print_of, several
from tests.intake.sheets import HOSTILE, LONG

JONAS = Person("-777", "Jonas Berg", "jonas@example.com")
CEDAR = Person("-777", "Cedar Ltd.", "office@cedar.example")
MARIA = Person("S-10002", "Maria Silva", "maria@example.com")


@pytest.mark.parametrize(
    ("identifier", "bare"), [("-777", True), ("777", True), ("", True), ("J-777", False), ("É-1", False)]
)
def test_an_identifier_is_bare_without_a_letter_in_front(identifier: str, bare: bool) -> None:  # noqa: FBT001 - a case
    """Whether the dash is left or not."""
    assert bare == is_bare(identifier)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(CEDAR, id="another name and e-mail"),
        pytest.param(Person("-777", "Cedar Ltd.", "jonas@example.com"), id="another name"),
        pytest.param(Person("-777", "Jonas Berg", "berg@example.com"), id="another e-mail"),
        pytest.param(Person("-777", "Jonas Berg", ""), id="no e-mail"),
        pytest.param(Person("-777", "Jonas Berg", "jonas@example.com", "11-22"), id="another UCI"),
        pytest.param(Person("-777", HOSTILE, ""), id="hostile"),
        pytest.param(Person("-777", LONG, ""), id="other letters"),
    ],
)
def test_whoever_differs_under_a_bare_identifier_may_be_another_client(other: Person) -> None:
    """What told them apart is lost, so everything else must be the same."""
    assert {"-777": tuple(sorted((JONAS, other)))} == several([JONAS, other, JONAS])


def test_a_name_written_otherwise_is_the_same_name() -> None:
    """Capitals, accents, order and blanks make nobody another."""
    same = Person("-777", "BERG, Jónas", "Jonas@Example.com ")
    assert ({}, print_of(JONAS)) == (several([JONAS, same]), print_of(same))


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        (Person("S-10002", "Maria Costa", "maria@example.com"), False),
        (Person("S-10002", "Silva Maria", "m.silva@example.com"), False),
        (Person("S-10002", "", ""), False),
        (Person("S-10002", "Sergey Petrov", "sergey@example.com"), True),
        (Person("S-10002", "Sergey Petrov", ""), True),
    ],
)
def test_under_a_whole_identifier_only_a_stranger_is_another(other: Person, differs: bool) -> None:  # noqa: FBT001 - a case
    """People marry and change their e-mail; one who shares nothing else may have lost a letter of two."""
    assert differs == bool(several([MARIA, other]))


def test_what_two_have_in_common_joins_a_third() -> None:
    """First the e-mail changed, then the name."""
    moved = Person("S-10002", "Maria Silva", "m.silva@example.com")
    married = Person("S-10002", "Maria Costa", "m.silva@example.com")
    assert {} == several([married, MARIA, moved])
    assert {"S-10002": (married, MARIA)} == several([MARIA, married])


def test_nobody_is_compared_with_another_identifiers_client() -> None:
    """And who has none is held for that."""
    assert {} == several([JONAS, MARIA, Person("", "A", ""), Person("", "B", "")])


def test_a_bare_identifier_alone_names_nobody() -> None:
    """Two such rows can't be told apart, nor said to be one."""
    assert [True, False, False] == [
        one.names_nobody for one in (Person("-777", " ", ""), Person("-777", "A", ""), Person("J-7", "", ""))
    ]
