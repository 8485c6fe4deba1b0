"""What an operator needs to know as numbers (Prometheus' text format), and nothing about clients."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from importlib.metadata import version
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from db import gauges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from prometheus_client import Metric

    from db.engine import Database
    from db.gauges import Gauges

ACK_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0)
"""Slack gives up at three."""
MINUTE_SECONDS = 60.0
HTTP, SOCKET = "http", "socket"


class Metrics:
    """The numbers of one process, and those of the database that every process gives alike.

    ``stopwatch`` gives seconds that only go up; ``workers`` how many of the worker's threads live, and of
    how many. No label ever names a firm, a person or a company.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        stopwatch: Callable[[], float],
        workers: Callable[[], tuple[int, int]],
    ) -> None:
        self.stopwatch = stopwatch
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "caseledger_http_requests_total",
            "Answers this process gave over HTTP.",
            ["route", "status"],
            registry=self._registry,
        )
        self._acknowledged = Histogram(
            "caseledger_acknowledgement_seconds",
            "From Slack's request to our answer, what was decided committed.",
            ["way"],
            buckets=ACK_SECONDS,
            registry=self._registry,
        )
        self._throttles = Counter(
            "caseledger_quickbooks_throttles_total",
            "Times QuickBooks wanted a rest from this process.",
            registry=self._registry,
        )
        self._calls = Counter(
            "caseledger_quickbooks_calls_total", "Calls this process made.", registry=self._registry
        )
        self._pace = _Pace(stopwatch)
        self._of_this_process(workers)
        self._registry.register(_OfTheDatabase(database, clock))
        ProcessCollector(registry=self._registry)

    def _of_this_process(self, workers: Callable[[], tuple[int, int]]) -> None:
        about = Info("caseledger_build", "What runs here.", registry=self._registry)
        about.info({"version": version("caseledger")})
        for name, words, look in (
            ("caseledger_worker_threads_alive", "Worker threads that live.", lambda: workers()[0]),
            ("caseledger_worker_threads", "Worker threads there should be.", lambda: workers()[1]),
            (
                "caseledger_quickbooks_calls_last_minute",
                "Calls in the last minute to the company this process called most.",
                self._pace.busiest,
            ),
        ):
            Gauge(name, words, registry=self._registry).set_function(look)
        for way in (HTTP, SOCKET):
            self._acknowledged.labels(way)

    def watch_line(self, lost: Callable[[], bool]) -> None:
        """Tell of Socket Mode's line too, where there is one."""
        words = "Whether the line by which Slack speaks to us stands."
        Gauge("caseledger_slack_line_up", words, registry=self._registry).set_function(lambda: not lost())

    def answered(self, route: str, status: int) -> None:
        """An HTTP request was answered; ``route`` is the rule it met, never the address asked."""
        self._requests.labels(route, str(status)).inc()

    def acknowledged(self, way: str, seconds: float) -> None:
        """Slack got its answer after so many seconds."""
        self._acknowledged.labels(way).observe(seconds)

    def called(self, realm_id: str) -> None:
        """A call to this company begins."""
        self._calls.inc()
        self._pace.called(realm_id)

    def throttled(self) -> None:
        """A company wants no calls for a while."""
        self._throttles.inc()

    def page(self) -> bytes:
        """All numbers, as text."""
        return generate_latest(self._registry)


class _Pace:
    """How often each company was called in the last minute; only the highest number is told."""

    def __init__(self, stopwatch: Callable[[], float]) -> None:
        self._stopwatch = stopwatch
        self._begins: defaultdict[str, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def called(self, realm_id: str) -> None:
        with self._lock:
            self._begins[realm_id].append(self._stopwatch())
            self._forget()

    def busiest(self) -> float:
        with self._lock:
            self._forget()
            return float(max((len(begins) for begins in self._begins.values()), default=0))

    def _forget(self) -> None:
        before = self._stopwatch() - MINUTE_SECONDS
        for realm_id, begins in list(self._begins.items()):
            while begins and begins[0] <= before:
                begins.popleft()
            if not begins:
                del self._begins[realm_id]


class _OfTheDatabase(Collector):
    """What the database says at the moment of the scrape; only that it is down, where it is."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def describe(self) -> Iterator[Metric]:
        """Nothing beforehand: registering must not ask the database."""
        yield from ()

    def collect(self) -> Iterator[Metric]:
        """One query, then its numbers."""
        try:
            with self._database.read() as session:
                found = gauges.read(session, self._clock())
        except SQLAlchemyError:
            yield _gauge("caseledger_database_up", "Whether the database answers.", 0)
            return
        yield _gauge("caseledger_database_up", "Whether the database answers.", 1)
        yield from _told(found)


def _told(found: Gauges) -> Iterator[Metric]:
    yield _by_state("caseledger_writes", "Writes to QuickBooks that aren't done.", found.writes)
    yield _gauge(
        "caseledger_oldest_write_seconds",
        "How long the oldest write waits that needs no person but perhaps a connection.",
        found.oldest_write,
    )
    yield _by_state("caseledger_tasks", "Messages, searches, imports that wait, run or failed.", found.tasks)
    yield _gauge("caseledger_oldest_task_seconds", "How long the oldest task is overdue.", found.oldest_task)
    yield _by_state("caseledger_connections", "Connections to QuickBooks.", found.connections)
    yield CounterMetricFamily(
        "caseledger_token_pairs",
        "Pairs of QuickBooks tokens stored, by consent or refresh.",
        value=found.tokens_stored,
    )
    if found.worker_seen is not None:
        yield _gauge(
            "caseledger_worker_seen_seconds", "How long ago a worker was last seen.", found.worker_seen
        )


def _gauge(name: str, words: str, number: float) -> Metric:
    return GaugeMetricFamily(name, words, value=number)


def _by_state(name: str, words: str, numbers: Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(name, words, labels=["state"])
    for state, number in numbers.items():
        family.add_metric([state], number)
    return family
