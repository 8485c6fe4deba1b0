"""Writes the sample exports into a folder: ``python -m bot.demo.samples FOLDER [--today YYYY-MM-DD]``."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click

from bot.demo.samples import write_samples


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--today", help="the day to count back from, YYYY-MM-DD (default: today)")
def main(folder: Path, today: str | None) -> None:
    """Write the sample exports into FOLDER."""
    day = date.fromisoformat(today) if today else datetime.now(UTC).date()
    for path in write_samples(folder, today=day):
        click.echo(path.name)


if __name__ == "__main__":
    main()
