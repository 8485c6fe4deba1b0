"""Secrets at rest: sealed to the firm, column and row they belong to, and useless anywhere else."""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

VERSION = "v1"
KEY_BYTES = 32
NONCE_BYTES = 12  # NIST SP 800-38D: the length AES-GCM is made for
KEY_NAME = re.compile(r"[A-Za-z0-9_-]{1,32}")


class BadVaultKeyError(ValueError):
    """``VAULT_KEYS`` can't be used; the message names the place, never a key."""


class SealBrokenError(ValueError):
    """A sealed text was changed, or stands where it wasn't sealed for."""


class UnknownVaultKeyError(LookupError):
    """A text was sealed with a key that ``VAULT_KEYS`` doesn't hold (any more)."""


class Vault:
    """Seals with the first key, opens with any (AES-256-GCM)."""

    def __init__(self, keys: Sequence[tuple[str, bytes]], random_bytes: Callable[[int], bytes]) -> None:
        if not keys:
            raise BadVaultKeyError("VAULT_KEYS is empty: put there what `caseledger keys new` prints")
        self._newest = keys[0][0]
        self._ciphers = {name: AESGCM(key) for name, key in keys}
        self._random_bytes = random_bytes

    def seal(self, text: str, *, firm: str, column: str, row: str) -> str:
        """``v1.<key's name>.<base64 of nonce, text, tag>``, to be opened only for this firm, column, row."""
        nonce = self._random_bytes(NONCE_BYTES)
        place = _place(self._newest, firm, column, row)
        sealed = nonce + self._ciphers[self._newest].encrypt(nonce, text.encode(), place)
        return f"{VERSION}.{self._newest}.{base64.b64encode(sealed).decode()}"

    def open(self, sealed: str, *, firm: str, column: str, row: str) -> str:
        """The text; :class:`SealBrokenError`, or :class:`UnknownVaultKeyError` where the key is gone."""
        version, _, rest = sealed.partition(".")
        name, _, content = rest.partition(".")
        if version != VERSION or not content:
            raise SealBrokenError("this isn't a sealed text")
        if name not in self._ciphers:
            raise UnknownVaultKeyError(f"VAULT_KEYS has no key named {name}")
        raw = _decoded(content)
        try:
            place = _place(name, firm, column, row)
            return self._ciphers[name].decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place).decode()
        except (InvalidTag, ValueError) as error:
            raise SealBrokenError("a sealed text was changed, or isn't in its place") from error

    def holds_key_of(self, sealed: str) -> bool:
        """Whether the key it was sealed with is one of ours; not whether it opens."""
        return sealed.startswith(tuple(f"{VERSION}.{name}." for name in self._ciphers))

    def is_stale(self, sealed: str) -> bool:
        """Whether it was sealed with an older key than the newest, and wants sealing anew."""
        return not sealed.startswith(f"{VERSION}.{self._newest}.")


def parse_keys(text: str) -> tuple[tuple[str, bytes], ...]:
    """Read ``VAULT_KEYS``: ``name:base64key`` pairs, comma-separated, newest first.

    Raises :class:`BadVaultKeyError`.
    """
    keys = tuple(_key(place, pair) for place, pair in enumerate(text.split(","), start=1) if pair.strip())
    if not keys:
        raise BadVaultKeyError("VAULT_KEYS is empty: put there what `caseledger keys new` prints")
    if len({name for name, _ in keys}) < len(keys):
        raise BadVaultKeyError("two of VAULT_KEYS have the same name")
    return keys


def new_key(random_bytes: Callable[[int], bytes]) -> str:
    """A fresh ``name:base64key`` pair, to be put first in ``VAULT_KEYS``."""
    name = "k" + random_bytes(4).hex()
    return f"{name}:{base64.b64encode(random_bytes(KEY_BYTES)).decode()}"


def _key(place: int, pair: str) -> tuple[str, bytes]:
    name, _, encoded = pair.strip().partition(":")
    if not KEY_NAME.fullmatch(name):
        raise BadVaultKeyError(f"pair {place} of VAULT_KEYS doesn't begin with a name and a colon")
    try:
        key = base64.b64decode(encoded, altchars=b"-_" if {"-", "_"} & set(encoded) else None, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadVaultKeyError(f"the key in pair {place} of VAULT_KEYS isn't base64") from error
    if len(key) != KEY_BYTES:
        raise BadVaultKeyError(
            f"the key in pair {place} of VAULT_KEYS has {len(key)} bytes instead of {KEY_BYTES}"
        )
    return name, key


def _place(name: str, firm: str, column: str, row: str) -> bytes:
    return json.dumps(["caseledger", VERSION, name, firm, column, row]).encode()


def _decoded(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error as error:
        raise SealBrokenError("this isn't a sealed text") from error
