"""The composition root: settings in, a running program out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import clock
from bot.across import Across
from bot.bell import Bell
from bot.consent import ConsentPages
from bot.metered import MeteredReads
from bot.metrics import Metrics
from bot.outbound import SlackFiles
from bot.pace import CountedTurns, turns_of
from bot.readiness import Readiness
from bot.slack import SlackAccess, create_bolt
from bot.socket_mode import Line
from bot.tasks import TaskRunner
from bot.web import Web, create_web
from bot.worker import Worker
from commands import TASKS, register
from commands.context import Context
from commands.errors import give_up
from db.vault import Vault, parse_keys
from qb.connection import Connections
from qb.gateway import Gateway, addresses
from qb.post import step

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from slack_bolt import App

    from bot.clock import Time
    from bot.settings import Settings
    from bot.slack import Workspace
    from db.engine import Database
    from qb.gateway import Turns

TASK_THREADS = 4
BOOKING_THREADS = 20  # 12 of one busy company leave some for others


@dataclass(frozen=True, slots=True)
class Crew:
    """How many threads do the worker's tasks, and how many book."""

    tasks: int = TASK_THREADS
    booking: int = BOOKING_THREADS


WHOLE_CREW = Crew()


@dataclass(frozen=True, slots=True)
class Program:
    """Everything wired; nothing runs yet."""

    database: Database
    context: Context
    web: Flask
    worker: Worker
    tasks: TaskRunner
    bell: Bell
    across: Across
    readiness: Readiness
    metrics: Metrics
    reads: MeteredReads
    line: Line | None  # to Slack, where it speaks to us by Socket Mode


def access_of(settings: Settings) -> SlackAccess:
    """How these settings reach Slack."""
    return SlackAccess(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)


def assemble(
    settings: Settings,
    database: Database,
    workspace: Workspace,
    *,
    time: Time = clock.REAL,
    crew: Crew = WHOLE_CREW,
) -> Program:
    """Wire the program for one workspace; ``BadAddress`` and ``BadVaultKeyError`` name bad settings."""
    access, bell = access_of(settings), Bell()
    across = Across(database, bell)
    database.give_way = bell.let_answers_go_first
    worker = Worker(bell=bell)
    metrics = Metrics(database, time.now, time.monotonic, lambda: worker.living)
    turns, reads = CountedTurns(turns_of(settings.pace, database, time), metrics), MeteredReads()
    connections = Connections(
        database=database,
        gateway=gateway_of(settings, time, turns, reads.one),
        vault=Vault(parse_keys(settings.vault_keys.get_secret_value()), clock.random_bytes),
        clock=time.now,
    )
    context = _context(settings, database, access, connections, time)
    secret = settings.slack_signing_secret.get_secret_value()
    bolt = create_bolt(access=access, signing_secret=secret, workspace=workspace)
    register(bolt, context)
    line = _line(settings, bolt, across, metrics)
    readiness = Readiness(database, time.now, _lost(line))
    web = create_web(
        Web(
            bolt=bolt,
            signing_secret=secret,
            clock=time.now,
            consent=ConsentPages(context, connections),
            ready=readiness.troubles,
            answering=across.answering,
            metrics=metrics,
            is_https=settings.is_https,
        )
    )
    tasks = TaskRunner(context, TASKS, give_up)
    worker.add("task", tasks.work, threads=crew.tasks)
    worker.add(
        "booking",
        lambda: step(database, context.company, time.now, time.monotonic, turns) is not None,
        threads=crew.booking,
        quiet=True,  # hundreds in a row: waking everyone after each takes longer than booking it
    )
    if line is not None:
        metrics.watch_line(_lost(line))
    return Program(database, context, web, worker, tasks, bell, across, readiness, metrics, reads, line)


def _context(
    settings: Settings, database: Database, access: SlackAccess, connections: Connections, time: Time
) -> Context:
    return Context(
        database=database,
        clock=time.now,
        new_id=clock.new_id,
        random_bytes=clock.random_bytes,
        slack=access.for_worker,
        slack_now=access.for_listener,
        company=connections.company,
        download=SlackFiles(access.api_url, access.token).download,
        public_url=settings.address,
        environment=settings.intuit_environment,
        intuit_missing=settings.intuit_missing,
        knock=connections.knock,
    )


def _line(settings: Settings, bolt: App, across: Across, metrics: Metrics) -> Line | None:
    token = settings.slack_app_token.get_secret_value()
    if not token:
        return None
    return Line(
        bolt, app_token=token, api_url=settings.slack_api_url, answering=across.answering, metrics=metrics
    )


def _lost(line: Line | None) -> Callable[[], bool]:
    return lambda: line is not None and line.lost


def gateway_of(
    settings: Settings,
    time: Time = clock.REAL,
    turns: Turns | None = None,
    metered: Callable[[], None] = lambda: None,
) -> Gateway:
    """The gateway these settings describe; without ``turns`` it keeps its pace alone."""
    return Gateway(
        client_id=settings.intuit_client_id,
        client_secret=settings.intuit_client_secret.get_secret_value(),
        redirect_uri=f"{settings.address}/quickbooks/callback",
        addresses=addresses(
            settings.intuit_environment,
            api=settings.quickbooks_api_url,
            authorize=settings.intuit_authorize_url,
            token=settings.intuit_token_url,
            revoke=settings.intuit_revoke_url,
        ),
        clock=time.now,
        sleep=time.sleep,
        pace=settings.pace,
        turns=turns,
        metered=metered,
    )
