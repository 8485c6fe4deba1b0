"""`caseledger run` from start to stop: prepare, serve, drain."""

from __future__ import annotations

import signal
import sys
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.exc import OperationalError

from bot import clock
from bot.app import WHOLE_CREW, access_of, assemble
from bot.check import PRODUCTION_REFUSED, ZONE_REMEDY
from bot.housekeeping import EVERY, tidy
from bot.logs import configure_logs
from bot.readiness import WORKER
from bot.schedule import start_clock
from bot.serving import Door
from bot.slack import SlackRefusedError, SlackUnreachableError, Workspace
from bot.socket_mode import ForeignLineError
from commands import home, mornings, nightly, reminding, resuming
from commands.lost import Alarm
from commands.zones import known_zone
from db import backups, effects, epochs, firm_settings, firms, outbox
from db.engine import ProcessLock, damage, migrate, open_database, schema_state
from db.intake.imports import abandon_unfinished
from db.schema import SchemaMismatchError
from db.vault import BadVaultKeyError
from qb.gateway import BadAddress

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.app import Crew, Program
    from bot.clock import Time
    from bot.settings import Settings
    from bot.socket_mode import Line, OpenLine
    from db.engine import Database

DRAIN_SECONDS = 30  # since we were told to leave: more than one call to QuickBooks can last
ANSWER_SECONDS = 10
HANG_UP_SECONDS = 5  # Slack itself gives up after three
BEAT = timedelta(seconds=15)
TURN_SECONDS = 0.0005
"""How long a busy thread keeps Python to itself. An answer to Slack asks the database ten things, gives
Python away each time, and would wait for CPython's 5 ms as often while others expand and book."""
log = structlog.get_logger("run")


class CannotStartError(Exception):
    """The program can't start; the message says why and how to mend it. Nothing was changed."""


def run_program(settings: Settings, *, role: str, time: Time = clock.REAL, crew: Crew = WHOLE_CREW) -> None:
    """Serve until SIGTERM or SIGINT, then let what is under way finish.

    Raises :class:`CannotStartError`, or ``AlreadyRunningError`` where SQLite's file is held.
    """
    configure_logs()
    sys.setswitchinterval(TURN_SECONDS)
    refuse_bad_settings(settings, role)
    database = prepared_database(settings.database_url, given_clock=time.is_common)
    with ProcessLock(settings.database_url):
        workspace = met_workspace(settings, database, time)
        try:
            program = assemble(settings, database, workspace, time=time, crew=crew)
        except (BadAddress, BadVaultKeyError) as error:
            raise CannotStartError(f"{error} Run caseledger check.") from error
        take_over(database, time)
        _serve(settings, program, role, time)
    database.close()


def refuse_bad_settings(settings: Settings, role: str) -> None:
    """Raise :class:`CannotStartError` for what can't work, before anything is touched."""
    if settings.intuit_environment == "production":
        raise CannotStartError(f"{PRODUCTION_REFUSED} Set INTUIT_ENVIRONMENT=sandbox.")
    if not settings.slack_is_set:
        raise CannotStartError(
            "SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN aren't both set. Put them into .env (the README says "
            "where Slack shows them), or try the demo: make demo."
        )
    if not settings.vault_keys.get_secret_value():
        raise CannotStartError(
            "VAULT_KEYS isn't set. Run caseledger keys new and put what it prints into .env."
        )
    if known_zone(settings.timezone) is None:
        raise CannotStartError(f"There is no time zone called {settings.timezone!r}. {ZONE_REMEDY}")
    if role != "all" and settings.database_url.startswith("sqlite"):
        raise CannotStartError(
            "On SQLite one process does everything: leave out --role, or set DATABASE_URL to PostgreSQL."
        )


def prepared_database(url: str, *, given_clock: bool = False) -> Database:
    """The database, its tables made where it is empty; :class:`CannotStartError` where they don't fit."""
    database = open_database(url, given_clock=given_clock)
    try:
        state = schema_state(database)
        if state.current is None:
            migrate(url)
        elif not state.fits:
            raise CannotStartError(str(SchemaMismatchError(state)))
        broken = damage(database)
        place = None if broken else _moved_to(database)
    except OperationalError as error:
        raise CannotStartError(
            "The database can't be opened. See that DATABASE_URL is right and that it runs; "
            "caseledger check tells more."
        ) from error
    if broken:
        raise CannotStartError(
            f"The database file is damaged ({broken[0]}). Nothing was changed. "
            "Keep it, and go on with a backup: caseledger restore."
        )
    if place:
        raise CannotStartError(
            f"The firm's records have moved from here to {place}. Nothing was changed. Set DATABASE_URL to "
            "that. If the move was cut, run the same caseledger migrate --to again first: it goes on or "
            "says that all has moved. To go on here after all, restore a backup."
        )
    return database


def _moved_to(database: Database) -> str | None:
    with database.read() as session:
        return epochs.moved_to(session)


def met_workspace(settings: Settings, database: Database, time: Time = clock.REAL) -> Workspace:
    """Who we are in Slack; asks Slack, and writes the firm down. :class:`CannotStartError`."""
    try:
        workspace = access_of(settings).workspace()
    except SlackRefusedError as error:
        raise CannotStartError(
            f"Slack refuses SLACK_BOT_TOKEN ({error}). Install the app again and copy its bot token."
        ) from error
    except SlackUnreachableError as error:
        raise CannotStartError(
            f"Slack can't be reached ({error}). Look at the network, then start again."
        ) from error
    with database.write() as session:
        firm = firms.meet_firm(
            session,
            team_id=workspace.team_id,
            name=workspace.name,
            timezone=settings.timezone,
            now=time.now(),
            new_id=clock.new_id,
        )
        firms.begin_roles(session, firm.id, settings.admins, settings.approvers, time.now())
        firm_settings.begin(
            session,
            firm_id=firm.id,
            now=time.now(),
            approval_channel=settings.approval_channel,
            digest_channel=settings.digest_channel,
            digest_at=settings.digest_at,
        )
    return workspace


def take_over(database: Database, time: Time = clock.REAL) -> None:
    """On SQLite we are alone, so what an earlier process held is free; its waits stay.

    A backup that somebody put in place by hand is put to work as if it had been restored.
    """
    with database.write() as session:
        if backups.begin(session, time.now()) is not None:
            log.warning("this database is a backup: everything is looked for before it is sent")
    if database.dialect != "sqlite":
        return
    with database.write() as session:
        effects.void_leases(session, time.now())
        outbox.void_task_leases(session)
        known = firms.all_firms(session)
    for firm in known:
        abandon_unfinished(database, firm.id, time.now(), silent=timedelta(0))


def _serve(settings: Settings, program: Program, role: str, time: Time) -> None:
    leaving = _leaving_on_signals()
    door = _door(settings, program) if role != "worker" else None
    line = _opened(program.line) if program.line is not None and role != "worker" else None
    stop_worker = start_worker(program, time) if role != "web" else None
    program.across.start(calls=role != "worker", hears=role != "web")
    try:
        if door is None:
            log.info("working")
            leaving.wait()
        else:
            log.info("serving", address=settings.address)
            door.serve(leaving)
        log.info("leaving")
    finally:
        program.worker.leave()  # while we answer what was asked, the worker ends what it holds
        if line is not None:
            line.hang_up(seconds=HANG_UP_SECONDS)
        if door is not None and not door.close(seconds=ANSWER_SECONDS):
            log.warning("left without answering everybody")
        program.across.stop()
        if stop_worker is not None and not stop_worker():
            program.tasks.let_go()
            log.warning("left in the middle of something; whoever comes next goes on with it")
    log.info("stopped")


def _leaving_on_signals() -> threading.Event:
    """Set at the first SIGTERM or SIGINT; at the second we leave at once, which loses nothing either."""
    leaving = threading.Event()

    def leave(*_: object) -> None:
        if leaving.is_set():
            raise SystemExit(1)
        leaving.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave)
    return leaving


def _door(settings: Settings, program: Program) -> Door:
    try:
        return Door(program.web, host=settings.host, port=settings.port)
    except OSError as error:
        raise CannotStartError(
            f"{settings.host}:{settings.port} can't be opened ({error.strerror}). Is CaseLedger running "
            "already? Else set HOST and PORT to an address of this machine that is free."
        ) from error


def _opened(line: Line) -> OpenLine:
    try:
        opened = line.open()
    except SlackRefusedError as error:
        raise CannotStartError(
            f"Slack refuses SLACK_APP_TOKEN ({error}). Switch Socket Mode on in the app, and make "
            "a token under Basic Information → App-Level Tokens, with connections:write."
        ) from error
    except (SlackUnreachableError, ForeignLineError) as error:
        raise CannotStartError(
            f"Slack's line for Socket Mode can't be opened ({error}). Look at the network, then start again."
        ) from error
    log.info("listening to Slack by Socket Mode")
    return opened


def start_worker(program: Program, time: Time = clock.REAL) -> Callable[[], bool]:
    """Start the worker and its clock; returns how to stop both, and whether all under way was finished."""
    program.worker.start()
    stop_clock = start_clock(_tick(program, time), seconds=time.tick_seconds)

    def stop() -> bool:
        stop_clock()
        return program.worker.stop(seconds=DRAIN_SECONDS)

    return stop


def _tick(program: Program, time: Time) -> Callable[[], None]:
    """Wake the worker where something is due; now and then say that we live, take up what was left, tidy."""
    last_beat, last_tidy = time.now() - BEAT, time.now()
    last_resume, alarm = time.now() - resuming.EVERY, Alarm()
    homes: set[tuple[str, str]] = set()

    def tick() -> None:
        with program.bell.at_leisure():
            look()

    def look() -> None:
        nonlocal last_beat, last_resume, last_tidy
        now = time.now()
        with program.database.read() as session:
            due = [effects.next_due(session), outbox.next_task_due(session)]
        if any(moment is not None and moment <= now for moment in due):
            program.bell.ring()
        alarm.ring(program.context)
        home.freshen(program.context, homes)
        if now - last_beat >= BEAT and program.worker.whole:
            program.readiness.beat(WORKER)
            last_beat = now
        if now - last_resume >= resuming.EVERY:
            resuming.resume(program.context)
            nightly.check_due(program.context)
            mornings.post_due(program.context)
            reminding.look(program.context)
            last_resume = now
        if now - last_tidy >= EVERY:
            tidy(program.database, now)
            program.reads.keep(program.database, now)
            last_tidy = now

    return tick
