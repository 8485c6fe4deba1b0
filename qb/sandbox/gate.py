"""The door of the API: trouble, tokens, pace and repeats, in the order a call meets them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count

from qb.sandbox.batches import reads_in, run_batch
from qb.sandbox.books import Books
from qb.sandbox.calls import Call, RequestSeen
from qb.sandbox.clock import Clock
from qb.sandbox.faults import Fault, Faults
from qb.sandbox.lint import manners
from qb.sandbox.oauth import Grants
from qb.sandbox.pace import IN_FLIGHT, Pace
from qb.sandbox.refusals import RefusedError
from qb.sandbox.replay import Replays
from qb.sandbox.replies import JSON, XML, Reply, expired, forbidden, good, refusal, throttled
from qb.sandbox.service import answer, body_of
from qb.sandbox.troubles import api_trouble
from qb.sandbox.wire import Json, NotJsonError, parse, stamp
from qb.sandbox.xml import document


@dataclass(slots=True)
class Company:
    """One company as the API serves it: its books and what happened at its door."""

    realm: str
    books: Books
    grants: Grants
    faults: Faults
    wait: Callable[[float], None]
    clock: Clock
    latency: float = 0.0
    replays: Replays = field(default_factory=Replays)
    pace: Pace = field(default_factory=Pace)
    seen: list[RequestSeen] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    pending: list[tuple[datetime, Call]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def serve(self, call: Call) -> Reply:
        """The reply to one call, with whatever trouble was scripted for it."""
        self.settle()
        with self.pace.flight() as flying:
            troubles = self.faults.take(call.method, call.path, call.text)
            self.wait(self.latency + sum(one.seconds for one in troubles if one.trouble == "latency"))
            crowded = self.books.switches.limits and flying > IN_FLIGHT
            reply = self._throttled() if crowded else self._through(call, troubles)
        tid = self._tid()
        self._log(call, reply, tid)
        return Reply(reply.status, reply.body, reply.content, {**reply.headers, "intuit_tid": tid}, reply.cut)

    def settle(self) -> None:
        """Do the writes whose connection was cut and whose time has come."""
        with self.books.lock:
            now = self.books.clock()
            due = [call for at, call in self.pending if at <= now]
            self.pending = [one for one in self.pending if one[0] > now]
            for call in due:
                self._kept(call)

    def _through(self, call: Call, troubles: Sequence[Fault]) -> Reply:
        """The reply, or the first trouble that shows: before the books are touched, or after."""
        before = next((one for one in troubles if one.trouble != "latency" and not one.after), None)
        if before is not None:
            return self._trouble(before, call)
        reply = self._admitted(call)
        after = next((one for one in troubles if one.trouble != "latency"), None)
        return reply if after is None else self._trouble(after, call)

    def _trouble(self, fault: Fault, call: Call) -> Reply:
        now = self.books.clock()
        if fault.trouble == "late":
            self.pending.append((now + timedelta(seconds=fault.seconds), call))
        return self._dressed(call, api_trouble(fault, self.books.switches, now))

    def _admitted(self, call: Call) -> Reply:
        """The reply of a call with a good token that comes at a good pace."""
        now = self.books.clock()
        grant = self.grants.grant_of(call.token)
        if grant is None:
            return expired(call.token, now)
        if grant.realm != call.realm or call.realm != self.realm:
            return forbidden(now)
        switches = self.books.switches
        batch = call.resource == "batch"
        if not self.pace.allows(now, batch=batch, reads=_reads(call), switches=switches):
            return self._throttled()
        if batch:
            self.wait(switches.batch_seconds)
        with self.books.lock:
            return self._dressed(call, self._kept(call))

    def _throttled(self) -> Reply:
        switches = self.books.switches
        return throttled(switches.throttle_shape, self.books.clock(), switches.throttle_retry_after)

    def _kept(self, call: Call) -> Reply:
        """The reply, the same again for a repeated request id."""
        now = self.books.clock()
        switches = self.books.switches
        if call.method != "POST" or call.resource == "query":
            return self._answered(call)
        try:
            first = self.replays.find(call, switches, now)
        except RefusedError as refused:
            return refusal(refused, now)
        if first is not None:
            return first
        reply = self._answered(call)
        self.replays.keep(call, reply, switches, now)
        return reply

    def _answered(self, call: Call) -> Reply:
        now = self.books.clock()
        self.warnings += manners(call)
        try:
            return good(self._content(call), now)
        except RefusedError as refused:
            return refusal(refused, now)

    def _content(self, call: Call) -> Json:
        if call.resource == "batch" and call.method == "POST":
            body, repeatable = body_of(call), "requestid" in call.args
            return run_batch(self.books, body, self.faults, self.warnings, repeatable=repeatable)
        return answer(self.books, call, self.warnings)

    def _dressed(self, call: Call, reply: Reply) -> Reply:
        """XML for a client that didn't ask for JSON."""
        if call.wants_json or reply.cut or reply.content != JSON or not reply.body.endswith(b"}"):
            return reply
        content = parse(reply.body)
        time = str(content.pop("time", stamp(self.books.clock())))
        return Reply(reply.status, document(content, time), XML, reply.headers)

    def _tid(self) -> str:
        seed = f"{self.realm}|{next(self.numbers)}|{self.books.clock().isoformat()}"
        digest = sha256(seed.encode()).hexdigest()
        return f"1-{digest[:8]}-{digest[8:32]}"

    def _log(self, call: Call, reply: Reply, tid: str) -> None:
        self.seen.append(
            RequestSeen(
                method=call.method,
                path=call.path,
                entity=call.resource,
                requestid=call.args.get("requestid", ""),
                status=reply.status,
                at=self.books.clock(),
                query=call.text if call.resource == "query" else "",
                body=call.body,
                tid=tid,
            )
        )


def _reads(call: Call) -> int:
    """How many metered reads a call is; writes are free (Intuit: App Partner Program)."""
    if call.resource == "batch":
        try:
            return reads_in(parse(call.body))
        except NotJsonError:
            return 0
    return 1 if call.method == "GET" or call.resource == "query" else 0


def as_row(seen: RequestSeen) -> Json:
    """A line of the log for the control plane."""
    return {**asdict(seen), "at": seen.at.isoformat(), "body": seen.body.decode("utf-8", "replace")}
