"""The vault: sealed texts open in their place and nowhere else."""

import base64
import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.vault import BadVaultKeyError, SealBrokenError, UnknownVaultKeyError, Vault, new_key, parse_keys

OLD = ("k1", b"1" * 32)
NEW = ("k2", b"2" * 32)
TOKEN = "eyJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.马春梅"


def counting() -> Callable[[int], bytes]:
    """Bytes that never repeat, as randomness does."""
    numbers = itertools.count(1)
    return lambda count: next(numbers).to_bytes(count, "big")


def vault(*keys: tuple[str, bytes]) -> Vault:
    """A vault of these keys."""
    return Vault(keys, counting())


def seal(into: Vault) -> str:
    """The token sealed for a firm's refresh token."""
    return into.seal(TOKEN, firm="F1", column="sealed_refresh", row="R1")


def test_a_sealed_text_opens_in_its_place() -> None:
    """The very text, and nothing of it in the sealed form."""
    sealed = seal(vault(NEW))

    assert sealed.startswith("v1.k2.")
    assert "eyJ" not in sealed
    assert TOKEN == vault(NEW).open(sealed, firm="F1", column="sealed_refresh", row="R1")


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    """Of any script and length."""
    sealed = vault(NEW).seal(text, firm="F", column="c", row="r")

    assert text == vault(NEW).open(sealed, firm="F", column="c", row="r")


@pytest.mark.parametrize(
    ("firm", "column", "row"),
    [
        ("F2", "sealed_refresh", "R1"),
        ("F1", "sealed_access", "R1"),
        ("F1", "sealed_refresh", "R2"),
        ("F1|sealed_refresh", "", "R1"),
    ],
    ids=["another firm", "another column", "another row", "the same letters, otherwise cut"],
)
def test_a_sealed_text_opens_nowhere_else(firm: str, column: str, row: str) -> None:
    """Copied into another firm's row it is worthless."""
    with pytest.raises(SealBrokenError):
        vault(NEW).open(seal(vault(NEW)), firm=firm, column=column, row=row)


@pytest.mark.parametrize("place", range(6, 60, 7))
def test_a_changed_seal_is_broken(place: int) -> None:
    """One character is enough."""
    sealed = seal(vault(NEW))
    changed = sealed[:place] + ("A" if sealed[place] != "A" else "B") + sealed[place + 1 :]

    with pytest.raises(SealBrokenError):
        vault(NEW).open(changed, firm="F1", column="sealed_refresh", row="R1")


@pytest.mark.parametrize(
    "text", ["", "v1", "v1.k2", "v1.k2.", "v2.k2.AAAA", "v1.k2.no base64", "v1.k2.AA==", TOKEN]
)
def test_what_was_never_sealed_does_not_open(text: str) -> None:
    """A token left in the clear isn't taken for one."""
    with pytest.raises(SealBrokenError):
        vault(NEW).open(text, firm="F1", column="sealed_refresh", row="R1")


def test_equal_texts_are_sealed_differently() -> None:
    """Nobody learns that two firms share a token."""
    one = vault(NEW)

    assert seal(one) != seal(one)


def test_older_keys_open_and_the_newest_seals() -> None:
    """After a rotation nothing is lost, and what wants sealing anew is known."""
    sealed, rotated = seal(vault(OLD)), vault(NEW, OLD)

    assert TOKEN == rotated.open(sealed, firm="F1", column="sealed_refresh", row="R1")
    assert rotated.is_stale(sealed)
    assert not rotated.is_stale(seal(rotated))


def test_a_lost_key_is_named() -> None:
    """Its name, so that the person who rotates knows what is missing."""
    with pytest.raises(UnknownVaultKeyError, match="k1"):
        vault(NEW).open(seal(vault(OLD)), firm="F1", column="sealed_refresh", row="R1")


def test_a_key_can_not_pass_for_another() -> None:
    """The key's name is sealed too: an attacker can't choose which key opens."""
    twin = vault(("k2", b"2" * 32), ("k9", b"2" * 32))
    sealed = seal(twin).replace("v1.k2.", "v1.k9.")

    with pytest.raises(SealBrokenError):
        twin.open(sealed, firm="F1", column="sealed_refresh", row="R1")


def test_a_new_key_can_be_read() -> None:
    """What `caseledger keys new` prints goes into the settings as it is."""
    pair = new_key(lambda count: b"\x07" * count)

    assert (("k07070707", b"\x07" * 32),) == parse_keys(pair)


def test_keys_are_read_newest_first() -> None:
    """In the order they stand, spaces and a last comma allowed."""
    text = ", ".join(f"{name}:{base64.b64encode(key).decode()}" for name, key in (NEW, OLD)) + ","

    assert (NEW, OLD) == parse_keys(text)


@pytest.mark.parametrize("key", [b"\xfb" * 32, b"\xff" * 32])
def test_both_alphabets_of_base64_are_read(key: bytes) -> None:
    """Password keepers print either."""
    assert (("k", key),) == parse_keys("k:" + base64.b64encode(key).decode())
    assert (("k", key),) == parse_keys("k:" + base64.urlsafe_b64encode(key).decode())


@pytest.mark.parametrize(
    "text",
    [
        "",
        " , ",
        "AAAA",
        "k1:",
        "k1:SECRETSECRET",
        "k.1:" + "A" * 43 + "=",
        "k1:" + "?" * 43 + "=",
        "k1:" + "A" * 40,
        f"k1:{'A' * 43}=,k1:{'B' * 42}A=",
    ],
    ids=["none", "commas", "no name", "no key", "short", "a dot", "no base64", "30 bytes", "same name"],
)
def test_bad_keys_are_refused_without_showing_them(text: str) -> None:
    """The message names the place; a key never reaches a log."""
    with pytest.raises(BadVaultKeyError) as refusal:
        parse_keys(text)

    assert "SECRET" not in str(refusal.value)


def test_a_vault_without_keys_is_refused() -> None:
    """Before anything could be kept in the clear."""
    with pytest.raises(BadVaultKeyError):
        Vault((), counting())
