"""The command `caseledger`: run, demo, import, check, messages, migrate, backup, restore, keys."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from bot import check as checks
from bot import clock, keeping, messages
from bot.by_hand import import_by_hand
from bot.rotating import rotate
from bot.running import CannotStartError, run_program
from bot.settings import Settings, read_settings
from db.engine import AlreadyRunningError, migrate
from db.intake.imports import ImportGivenUpError, ImportUnderWayError
from db.intake.orders import DAY_FIRST, MONTH_FIRST
from db.schema import SchemaMismatchError
from db.vault import BadVaultKeyError, new_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.intake.stage import Progress

REFUSED = 2
DATES = {"dmy": DAY_FIRST, "mdy": MONTH_FIRST}


class Refusal(click.ClickException):
    """Said to the operator in one sentence; nothing was changed."""

    exit_code = REFUSED


def _settings() -> Settings:
    try:
        return read_settings()
    except ValidationError as error:
        lines = [f"{str(item['loc'][0]).upper()}: {item['msg']}" for item in error.errors()]
        raise Refusal("These settings can't be read:\n  " + "\n  ".join(lines)) from error


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="caseledger", prog_name="caseledger")
def main() -> None:
    """CaseLedger carries paid invoices from CaseEasy to QuickBooks, from inside Slack."""
    os.umask(0o077)  # what we write is the firm's: nobody else on this machine reads it


@main.command()
@click.option("--role", type=click.Choice(["all", "web", "worker"]), default="all", show_default=True)
def run(role: str) -> None:
    """Serve Slack and do the work."""
    try:
        run_program(_settings(), role=role)
    except (CannotStartError, AlreadyRunningError) as error:
        raise Refusal(str(error)) from error


@main.command()
@click.option("--port", default=3100, show_default=True, help="Where the demo's Slack is served.")
@click.option(
    "--folder", default=".demo", type=click.Path(path_type=Path, file_okay=False), show_default=True
)
def demo(port: int, folder: Path) -> None:
    """Start a Slack and a QuickBooks that live here, and the product between them."""
    from bot.demo.launcher import DemoRefusedError, run_demo  # a firm's start needn't wait for the demo

    try:
        run_demo(folder=folder, port=port, environment=dict(os.environ))
    except DemoRefusedError as error:
        raise Refusal(str(error)) from error


@main.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--anyway",
    is_flag=True,
    help="Also what is older or far smaller than the last, or of cases nobody knows here.",
)
@click.option("--dates", type=click.Choice(list(DATES)), help="How days are written that read two ways.")
def import_files(files: tuple[Path, ...], *, anyway: bool, dates: str | None) -> None:
    """Take in CaseEasy's exports (.xlsx, .csv)."""
    try:
        answer = import_by_hand(
            _settings(), files, anyway=anyway, order=DATES.get(dates or "", ""), tell=_progress
        )
    except (CannotStartError, AlreadyRunningError, ImportUnderWayError, ImportGivenUpError) as error:
        raise Refusal(str(error)) from error
    click.echo(answer.text)
    sys.exit(0 if answer.taken else 1)


def _progress(progress: Progress) -> None:
    """One line that is written over, for whoever sits before it; a file or a pipe gets none."""
    if sys.stderr.isatty():
        end = "\n" if progress.done == progress.rows else ""
        line = f"\r{progress.name}: {progress.done:,} of {progress.rows:,} rows read{end}"
        click.echo(line, nl=False, err=True)


@main.command()
def check() -> None:
    """Name what is missing and how to mend it."""
    findings = checks.check(_settings())
    for finding in findings:
        click.echo(f"{'ok ' if finding.ok else 'FIX'}  {finding.subject}: {finding.sentence}")
        if not finding.ok:
            click.echo(f"     {finding.remedy}")
    sys.exit(0 if all(finding.ok for finding in findings) else 1)


@main.command("messages")
@click.option("--markdown", is_flag=True, help="As docs/messages.md has it.")
def list_messages(*, markdown: bool) -> None:
    """List every refusal a person can meet, with an example."""
    click.echo(messages.markdown() if markdown else messages.plain(), nl=False)


@main.command("migrate")
@click.option("--to", "target", help="Move everything to this empty PostgreSQL: postgresql+psycopg://…")
def migrate_database(target: str | None) -> None:
    """Bring the database's tables to this version, or move everything to PostgreSQL."""
    url = _settings().database_url
    with _refusals():
        if target is not None:
            _tell(keeping.move_to(url, target, clock.now()))
            return
        migrate(url)
    click.echo("The database's tables are up to date.")


@main.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write a backup to FILE, while the program runs or not."""
    with _refusals():
        told = keeping.back_up_to(_settings().database_url, file, clock.now())
    _tell(told)


@main.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Keep the SQLite database that is there under another name.")
def restore(file: Path, *, replace: bool) -> None:
    """Put the backup in FILE to work; nothing is sent before it was looked for."""
    with _refusals():
        told = keeping.restore_from(_settings().database_url, file, clock.now(), replace=replace)
    _tell(told)


def _tell(told: keeping.Told) -> None:
    click.echo(told.text)
    for doubt in told.doubts:
        click.echo(f"{doubt} {keeping.LOOK_INTO_IT}", err=True)
    if told.doubts:
        sys.exit(1)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except keeping.REFUSALS as error:
        raise Refusal(str(error)) from error
    except OperationalError as error:
        raise Refusal(keeping.UNREACHABLE) from error
    except OSError as error:
        raise Refusal(keeping.UNWRITABLE.format(error=error)) from error


@main.group()
def keys() -> None:
    """Keys that seal QuickBooks' tokens."""


@keys.command("new")
def new() -> None:
    """Print a new key for VAULT_KEYS."""
    click.echo(new_key(os.urandom))


@keys.command("rotate")
def rotate_keys() -> None:
    """Seal everything kept with the first key of VAULT_KEYS."""
    settings = _settings()
    try:
        done = rotate(
            settings.database_url, settings.vault_keys.get_secret_value(), clock.now(), clock.random_bytes
        )
    except (AlreadyRunningError, BadVaultKeyError, SchemaMismatchError) as error:
        raise Refusal(str(error)) from error
    click.echo(done.text)
    sys.exit(0 if done.whole else 1)


if __name__ == "__main__":
    main()
