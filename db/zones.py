"""Time zones by their names: which there are, and what counts where a firm's isn't one."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from datetime import tzinfo


def known_zone(name: str) -> tzinfo | None:
    """The time zone of this IANA name; None where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of them, or of none
        return None


def zone_of(name: str) -> tzinfo:
    """The time zone of this IANA name, UTC where there is none: a wrong name must not stop a firm's work."""
    return known_zone(name) or UTC
