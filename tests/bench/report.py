"""Prints a figure as it is measured."""

from __future__ import annotations

import sys


def say(what: str, figures: str) -> None:
    """One line for docs/measured.md."""
    sys.stdout.write(f"\n{what}: {figures}\n")
