"""What `caseledger check` looks at: each thing that is missing, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlalchemy.exc import SQLAlchemyError

from db import audit, connections, firms
from db.engine import Database, open_database, schema_state
from db.vault import BadVaultKeyError, parse_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; ``remedy`` is empty where all is well."""

    subject: str
    sentence: str
    remedy: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing needs mending."""
        return not self.remedy


def check(settings: Settings) -> tuple[Finding, ...]:
    """Look at settings, database, Slack, QuickBooks and the audit chain, in that order."""
    return (*_settings(settings), *_database(settings), *_slack(settings))


def _settings(settings: Settings) -> Iterator[Finding]:
    yield _vault(settings)
    yield _timezone(settings)
    if settings.intuit_environment == "production":
        yield Finding("Intuit", PRODUCTION_REFUSED, "Set INTUIT_ENVIRONMENT=sandbox.")
    elif settings.intuit_is_set:
        yield Finding("Intuit", "The Intuit app is set, for sandbox companies.")
    else:
        yield Finding(
            "Intuit",
            "The Intuit app isn't set, so nobody can connect QuickBooks.",
            "Put INTUIT_CLIENT_ID and INTUIT_CLIENT_SECRET into .env: Intuit's Keys page has them.",
        )
    if not settings.is_https and settings.host not in {"127.0.0.1", "localhost", "::1"}:
        yield Finding(
            "Address",
            f"{settings.address} isn't https, so Slack and Intuit won't reach it safely.",
            "Set PUBLIC_URL to the https address that leads here.",
        )
    if not settings.admins:
        yield Finding(
            "People",
            "Nobody is named as admin, so nobody may connect QuickBooks.",
            "Put your Slack member ID into ADMINS (in Slack: your profile, ⋮, Copy member ID).",
        )


PRODUCTION_REFUSED = (
    "INTUIT_ENVIRONMENT=production is refused: this version books into Intuit's sandbox companies only."
)


def _vault(settings: Settings) -> Finding:
    remedy = "Run caseledger keys new and put what it prints into .env as VAULT_KEYS."
    text = settings.vault_keys.get_secret_value()
    if not text:
        return Finding("Vault", "There is no key to seal QuickBooks' tokens with.", remedy)
    try:
        keys = parse_keys(text)
    except BadVaultKeyError as error:
        return Finding("Vault", f"VAULT_KEYS can't be read: {error}", remedy)
    return Finding("Vault", f"{len(keys)} key{'s' if len(keys) > 1 else ''} to seal QuickBooks' tokens with.")


def _timezone(settings: Settings) -> Finding:
    try:
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        return Finding(
            "Time zone",
            f"There is no time zone called {settings.timezone!r}.",
            "Set TIMEZONE to a name like America/Toronto.",
        )
    return Finding("Time zone", f"Days are counted in {settings.timezone}.")


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        database = open_database(settings.database_url)
    except (SQLAlchemyError, ValueError, OSError) as error:
        yield Finding(
            "Database", f"DATABASE_URL can't be opened ({type(error).__name__}).", "Mend DATABASE_URL."
        )
        return
    try:
        yield from _inside(database)
    except SQLAlchemyError as error:
        yield Finding(
            "Database",
            f"The database doesn't answer ({type(error).__name__}).",
            "See that it runs, that DATABASE_URL leads to it, and that we may write there.",
        )
    finally:
        database.close()


def _inside(database: Database) -> Iterator[Finding]:
    state = schema_state(database)
    if not state.fits:
        yield Finding("Database", "Its tables are of another version.", "Run caseledger migrate.")
        return
    yield Finding("Database", f"{database.dialect}, its tables are up to date.")
    with database.read() as session:
        firm = firms.only_firm(session)
        if firm is None:
            yield Finding("QuickBooks", "Not connected yet: type /qb-connect in Slack.")
            return
        connection = connections.get(session, firm.id)
        breaks = audit.verify(session, firm.id)
    if connection is None:
        yield Finding("QuickBooks", "Not connected yet: type /qb-connect in Slack.")
    elif connection.state == "ok":
        yield Finding("QuickBooks", f"Connected to {connection.company_name}.")
    else:
        yield Finding(
            "QuickBooks",
            f"The connection to {connection.company_name} has ended: {connection.reason}",
            "An admin types /qb-connect in Slack and connects again.",
        )
    if breaks:
        yield Finding(
            "Audit",
            f"The audit chain doesn't hold at line {breaks[0].number}: {breaks[0].trouble}.",
            "Somebody changed the record by hand. Restore a backup beside it and compare before you go on.",
        )
    else:
        yield Finding("Audit", "The audit chain holds.")


def _slack(settings: Settings) -> Iterator[Finding]:
    if not settings.slack_is_set:
        yield Finding(
            "Slack",
            "The Slack app isn't set.",
            "Put SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN into .env; the README says where they are.",
        )
        return
    token = settings.slack_bot_token.get_secret_value()
    yield asked_slack(
        lambda: WebClient(token=token, base_url=settings.slack_api_url, timeout=10, retry_handlers=[])
    )


def asked_slack(client: Callable[[], WebClient]) -> Finding:
    """Ask Slack who we are."""
    try:
        answer = client().auth_test()
    except SlackApiError as error:
        return Finding(
            "Slack",
            f"Slack refuses our token ({error.response['error']}).",
            "Install the app again (Slack: OAuth & Permissions) and copy its bot token into SLACK_BOT_TOKEN.",
        )
    except (SlackClientError, OSError) as error:
        return Finding(
            "Slack",
            f"Slack can't be reached ({type(error).__name__}).",
            "Look at this machine's network, then try again.",
        )
    return Finding("Slack", f"We are {answer['user']} in {answer['team']}.")
