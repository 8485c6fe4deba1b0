"""Time zones as commands name them; they live with the records, which have days too."""

from __future__ import annotations

from db.zones import known_zone, zone_of

__all__ = ["known_zone", "zone_of"]
