"""One name is known again in another order, without accents, in another script; another name isn't."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qb.latin import latin, steady_part
from qb.resemblance import best_match, is_same_name, match

IN_OTHER_LETTERS = "Same name in other letters"


@pytest.mark.parametrize(
    ("name", "other", "how"),
    [
        ("Wei Chen", "Wei Chen", "Same name"),
        ("Wei Chen", "CHEN, Wei", "Same name in another order"),
        ("Nguyễn Thị Hoa", "Nguyen Thi Hoa", "Same name without accents"),
        ("Nguyễn Thị Hoa", "Hoa Nguyen Thi", "Same name in another order, without accents"),
        ("Nguyễn Văn Đức", "Nguyen Van Duc", IN_OTHER_LETTERS),
        ("Łukasz Wójcik", "Lukasz Wojcik", IN_OTHER_LETTERS),
        ("Иван Петров", "Ivan Petrov", IN_OTHER_LETTERS),
        ("Иван Петров", "Petrov Ivan", IN_OTHER_LETTERS),
        ("Сергей Алексеев", "Sergey Alexeyev", IN_OTHER_LETTERS),
        ("Юлия Щербак", "Yulia Shcherbak", IN_OTHER_LETTERS),
        ("Γιώργος Παπάς", "Papas Giorgos", IN_OTHER_LETTERS),
        ("马春梅", "Ma Chunmei (马春梅)", "Same name"),
        ("Ma Chunmei", "Chunmei Ma (马春梅)", "Same name in another order"),
        ("马春梅", "Ma Chunmei", ""),
        ("Ольга Ковальчук", "Olha Kovalchuk", "Similar name"),
        ("Иван Петров", "Ivan Sidorov", ""),
        ("Sergei", "Sergey", "Similar name"),
        ("", "", ""),
        ("%", "'", ""),
    ],
)
def test_the_strongest_reason_is_told(name: str, other: str, how: str) -> None:
    """As written, in another order, without accents, in other letters; at last what is merely similar."""
    assert how == best_match(name, [other])[1]


def test_what_is_merely_similar_is_not_the_same_name() -> None:
    """Sergei and Sergey in Latin letters may be two people; Сергей is either."""
    assert not is_same_name("Sergei Ivanov", "Sergey Ivanova")
    assert is_same_name("Сергей Иванов", "Sergey Ivanov")


@pytest.mark.parametrize(
    ("word", "part"), [("Юлия", "ul"), ("Петров", "petrov"), ("Щербак", "shcherbak"), ("马春梅", "")]
)
def test_the_steady_part_is_in_every_spelling(word: str, part: str) -> None:
    """Yulia, Iuliia and Julia have it in common: QuickBooks is asked for that."""
    assert part == steady_part(word)


@given(st.text(), st.text())
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    """Whatever the names: the same one way is the same the other way."""
    assert is_same_name(one, other) == is_same_name(other, one)
    assert 0 <= match(one, other)[0] <= 100


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz"))
def test_plain_latin_letters_stay(word: str) -> None:
    """Nothing is spelled anew that needn't be."""
    assert word == latin(word)
