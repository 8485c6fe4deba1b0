"""What `caseledger check` looks at: each thing that is missing, and how to mend it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from secrets import token_bytes
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlalchemy.exc import SQLAlchemyError

from bot.outbound import modern_tls
from bot.settings import LOOPBACK
from bot.slack_scopes import HEADER, REMEDY, lost_without
from commands.zones import known_zone
from db import audit, connections, epochs, firms
from db.dialect import dialect_of, read_url, sqlite_file
from db.engine import Database, open_database, schema_state
from db.vault import BadVaultKeyError, Vault, parse_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from bot.settings import Settings


MEMBER_ID = re.compile(r"[UW][A-Z0-9]{2,20}")


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
    elif not settings.intuit_missing:
        yield Finding("Intuit", "The Intuit app is set, for sandbox companies.")
    else:
        yield Finding(
            "Intuit",
            "The Intuit app isn't set, so nobody can connect QuickBooks.",
            "Put INTUIT_CLIENT_ID and INTUIT_CLIENT_SECRET into .env: Intuit's Keys page has them.",
        )
    yield _address(settings)
    yield from _people(settings)


MENDED_BY = {
    connections.LOCKED: "Whoever pays for QuickBooks settles it there; what waits goes on by itself then.",
    connections.APP_REFUSED: "Set INTUIT_CLIENT_ID and INTUIT_CLIENT_SECRET anew, then restart.",
}
"""How a lost connection is mended where a new consent doesn't help."""
ZONE_REMEDY = "Set TIMEZONE to a name like America/Toronto."
PRODUCTION_REFUSED = (
    "INTUIT_ENVIRONMENT=production is refused: this version books into Intuit's sandbox companies only."
)


def _address(settings: Settings) -> Finding:
    remedy = "Set PUBLIC_URL to the https address that leads here from outside."
    host = urlsplit(settings.address).hostname or ""
    if host.endswith("example.com"):
        return Finding("Address", f"{settings.address} is the example's.", remedy)
    if not settings.is_https and host not in LOOPBACK:
        return Finding(
            "Address", f"{settings.address} isn't https: neither Slack nor Intuit will call it.", remedy
        )
    if host in LOOPBACK:
        return Finding("Address", f"{settings.address} is this machine only: good for trying, not for Slack.")
    return Finding("Address", f"Browsers and Slack reach us at {settings.address}.")


def _people(settings: Settings) -> Iterator[Finding]:
    remedy = "Put Slack member IDs there (in Slack: profile, ⋮, Copy member ID), with commas between."
    for name, listed, lacking in (
        ("ADMINS", settings.admins, "nobody may connect QuickBooks"),
        ("APPROVERS", settings.approvers, "only admins may confirm the mapping"),
    ):
        odd = [one for one in listed if not MEMBER_ID.fullmatch(one)]
        if odd:
            yield Finding(
                "People",
                f"{name} has {', '.join(odd)}, which isn't a Slack member ID like U012AB3CD.",
                remedy,
            )
        elif listed:
            yield Finding("People", f"{name}: {', '.join(listed)}.")
        else:
            yield Finding("People", f"{name} is empty: {lacking}.", remedy if name == "ADMINS" else "")


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
    if known_zone(settings.timezone) is None:
        return Finding("Time zone", f"There is no time zone called {settings.timezone!r}.", ZONE_REMEDY)
    return Finding("Time zone", f"Days are counted in {settings.timezone}.")


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        read = read_url(settings.database_url)
        file = sqlite_file(read) if dialect_of(read) == "sqlite" else None
        database = open_database(settings.database_url)
    except (SQLAlchemyError, ValueError, OSError) as error:
        yield Finding(
            "Database", f"DATABASE_URL can't be opened ({type(error).__name__}).", "Mend DATABASE_URL."
        )
        return
    if file is not None and not file.exists():
        yield Finding("Database", f"There is none yet: caseledger run makes {file}.")
        return
    try:
        yield from _inside(database)
        yield from _sealed(database, settings.vault_keys.get_secret_value())
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
    if state.current is None:
        yield Finding("Database", "It has no tables yet: caseledger run makes them.")
        return
    if not state.fits:
        yield Finding("Database", "Its tables are of another version.", "Run caseledger migrate.")
        return
    yield Finding("Database", f"{database.dialect}, its tables are up to date.")
    with database.read() as session:
        yield from _copied(session)
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
            MENDED_BY.get(connection.state, "An admin types /qb-connect in Slack and connects again."),
        )
    if breaks:
        yield Finding(
            "Audit",
            f"The audit chain doesn't hold at line {breaks[0].number}: {breaks[0].trouble}.",
            "Somebody changed the record by hand. Restore a backup beside it and compare before you go on.",
        )
    else:
        yield Finding("Audit", "The audit chain holds.")


def _sealed(database: Database, keys: str) -> Iterator[Finding]:
    """Silent where the tokens' key is there, and where it was said already what is wrong with the keys."""
    try:
        vault = Vault(parse_keys(keys), token_bytes)
    except BadVaultKeyError:
        return
    if not schema_state(database).fits:
        return
    with database.read() as session:
        firm = firms.only_firm(session)
        if firm is None or connections.get(session, firm.id) is None:
            return
        pair = connections.sealed_pair(session, firm.id)
    if not vault.holds_key_of(pair.access):
        yield Finding(
            "Vault",
            "QuickBooks' tokens are sealed with a key that VAULT_KEYS doesn't hold: nothing is sent.",
            "Put that key into VAULT_KEYS and restart; if it is lost, an admin types /qb-connect in Slack.",
        )


def _copied(session: Session) -> Iterator[Finding]:
    place, epoch = epochs.moved_to(session), epochs.current(session)
    if place is not None:
        yield Finding("Database", f"The firm's records have moved to {place}.", "Set DATABASE_URL to that.")
    if epoch is not None:
        yield Finding(
            "Backup",
            f"Restored on {epoch.began_at:%Y-%m-%d} as it was on {epoch.unknown_since:%Y-%m-%d %H:%M} UTC: "
            "everything is looked for in QuickBooks before it is sent.",
        )


def _slack(settings: Settings) -> Iterator[Finding]:
    if not settings.slack_is_set:
        yield Finding(
            "Slack",
            "The Slack app isn't set.",
            "Put SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN into .env; the README says where they are.",
        )
        return
    token = settings.slack_bot_token.get_secret_value()

    def client() -> WebClient:
        return WebClient(
            token=token, base_url=settings.slack_api_url, timeout=10, retry_handlers=[], ssl=modern_tls()
        )

    yield asked_slack(client)
    app_token = settings.slack_app_token.get_secret_value()
    if app_token:
        yield asked_for_a_line(client, app_token)


def asked_for_a_line(client: Callable[[], WebClient], app_token: str) -> Finding:
    """Ask Slack where a line for Socket Mode would be opened; none is."""
    try:
        client().apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        return Finding(
            "Socket Mode",
            f"Slack refuses our app token ({error.response['error']}).",
            "Switch Socket Mode on in the app and put a token with connections:write into SLACK_APP_TOKEN; "
            "or leave that empty, and Slack calls PUBLIC_URL.",
        )
    except (SlackClientError, OSError) as error:
        return Finding(
            "Socket Mode",
            f"Slack can't be reached ({type(error).__name__}).",
            "Look at this machine's network, then try again.",
        )
    return Finding("Socket Mode", "Slack hands out a line: its requests come down that, not to PUBLIC_URL.")


def asked_slack(client: Callable[[], WebClient]) -> Finding:
    """Ask Slack who we are, and what its answer says we were granted."""
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
    headers = {key.lower(): value for key, value in answer.headers.items()}
    lost = lost_without(headers.get(HEADER, ""))
    if lost:
        return Finding("Slack", f"The app lacks scopes. {'; '.join(lost)}.", REMEDY)
    return Finding("Slack", f"We are {answer['user']} in {answer['team']}.")
