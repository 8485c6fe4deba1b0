"""`caseledger keys rotate`: what it does, told in sentences for an operator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.engine import ProcessLock, check_schema, open_database
from db.resealing import reseal
from db.vault import Vault, parse_keys

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from db.resealing import Resealed

BY = "command line"


@dataclass(frozen=True, slots=True)
class Rotated:
    """What was done, in words; ``whole`` if the older keys are of no use any more."""

    text: str
    whole: bool


def rotate(url: str, keys: str, now: datetime, random_bytes: Callable[[int], bytes]) -> Rotated:
    """Seal everything with the first of ``keys`` (as in VAULT_KEYS).

    Raises ``BadVaultKeyError``, ``AlreadyRunningError``, ``SchemaMismatchError``; nothing was changed then.
    """
    named = parse_keys(keys)
    with ProcessLock(url):
        database = open_database(url)
        try:
            check_schema(database)
            done = reseal(database, Vault(named, random_bytes), by=BY, now=now)
        finally:
            database.close()
    return Rotated(_told(done, named[0][0], len(named)), not done.unreadable)


def _told(done: Resealed, newest: str, keys: int) -> str:
    told = [f"Sealed anew with the key {newest}: the QuickBooks tokens of {_firms(done.anew)}."]
    if done.already:
        told.append(f"Sealed with it already: those of {_firms(done.already)}.")
    if done.unreadable:
        told.append(
            f"None of the keys in VAULT_KEYS opens the tokens of {_firms(done.unreadable)}: they stay as "
            "they were. Put the key they were sealed with back and run this again; if it is lost, an admin "
            "types /qb-connect in Slack and connects QuickBooks again."
        )
    elif keys > 1:
        told.append(
            "The older keys can be taken out of VAULT_KEYS now; restart the program afterwards. Keep them as "
            "long as you keep backups made before today."
        )
    return "\n".join(told)


def _firms(number: int) -> str:
    return f"{number} firm{'' if number == 1 else 's'}"
