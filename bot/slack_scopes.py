"""Which of the app's scopes Slack hasn't granted, and what doesn't work without each."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NEEDED: Mapping[str, str] = MappingProxyType(
    {
        "commands": "nobody can type our commands",
        "chat:write": "nothing can be posted",
        "im:write": "nobody gets a direct message",
        "users:read": "guests and colleagues who left aren't recognised",
        "files:read": "no export can be read",
        "im:history": "exports dropped in the direct message with CaseLedger aren't noticed",
    }
)
"""Those of ``manifest.yml`` that aren't optional, and what is lost without each."""
HEADER = "x-oauth-scopes"
"""In which every answer of Slack's Web API lists what the token was granted (Slack: OAuth scopes)."""
REMEDY = (
    "Paste the newest manifest.yml into the app (Slack: App Manifest) and install it again. It also brings "
    "the event message.im, which can't be seen from here: without it dropped exports aren't noticed either."
)


def lost_without(granted: str) -> tuple[str, ...]:
    """A line for each scope that wasn't granted; ``granted`` is the header's text.

    Where Slack sent none nothing is known, so nothing is said.
    """
    scopes = {scope.strip() for scope in granted.split(",") if scope.strip()}
    if not scopes:
        return ()
    return tuple(f"{scope}: {lost}" for scope, lost in NEEDED.items() if scope not in scopes)
