"""Sends one effect at a time: written down before, looked for where in doubt, put down with its outcome."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from db import audit, connections, effects
from db.effects import (
    CHECK_BEFORE_SENDING,
    FOR_ANOTHER,
    LEASE,
    LOOK_FIRST,
    OTHER_COMPANY,
    SETTLE,
    Await,
    Change,
    Confirm,
    Doubt,
    Overtaken,
    Park,
    Reject,
    Release,
    Review,
    marker,
)
from qb import refusal_sentences as sentences
from qb.adding import refuse_adding
from qb.contact_links import bill_to_added
from qb.deposits import TRUST, objection
from qb.gateway import BadBody, BadLiteral, CompanyLocked, GatewayError, InDoubt, OurBug, Reconnect, Refused
from qb.last_look import is_overdue
from qb.looking import look
from qb.orders import CustomerOrder, EmailOrder, bytes_of, order_of
from qb.outcomes import NAME_TAKEN, answered, in_doubt, misunderstood, refused, unsent
from qb.turn import Turn
from qb.unchanged import already_settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.connections import Connection
    from db.effects import Claimed, Effect
    from db.engine import Database
    from qb.gateway import Company, Turns

MOST_ATTEMPTS = 12
LONGEST_DOUBT = timedelta(hours=72)
TOO_LONG_IN_DOUBT = sentences.TOO_LONG_IN_DOUBT.said().short
UNSOUND = (ArithmeticError, AttributeError, BadBody, BadLiteral, LookupError, TypeError, ValueError)
"""What putting a document together or reading an answer can raise where one of the two isn't as we think."""
UNSENDABLE = sentences.UNSENDABLE.said().short
STUMBLED = sentences.STUMBLED.said().short
MAYBE_IN_ANOTHER = sentences.MAYBE_IN_ANOTHER.said().short


_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Unsendable:
    """An effect that was claimed and can't be put together or mustn't be sent now, and what becomes of it."""

    effect: Effect
    change: Review | Reject | Await


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """What came of one step; where not ``kept``, another had taken over and nothing was changed."""

    effect: Effect
    change: Change
    kept: bool


def step(
    database: Database,
    books: Callable[[str], Company],
    now: Callable[[], datetime],
    monotonic: Callable[[], float],
    turns: Turns | None = None,
) -> StepOutcome | None:
    """Take the effect whose turn it is as far as it goes today; None where there is none.

    ``books`` gives a firm's company by firm id; by ``turns`` the work of companies that can't be called now
    is left for later, so that nobody waits for them with an effect in hand. Two commits, and no transaction
    open while QuickBooks is asked; whoever dies in between leaves the effect in doubt, and the next step
    looks for it.
    """
    turn = _claim(database, now, monotonic, turns)
    if turn is None:
        return None
    if isinstance(turn, Unsendable):
        return _set_aside(database, turn, now())
    change, state = _tried(turn, books)
    with database.write(record_of=turn.effect.firm_id) as session:
        audit.hold(session, turn.effect.firm_id)  # nobody connects between our look and what we write
        change = _unless_connected_anew(session, turn, change)
        kept = effects.close(session, turn.effect, change, now())
        if kept:
            _follow_up(session, turn, change, state, now())
    return StepOutcome(turn.effect, change, kept)


def _claim(
    database: Database, now: Callable[[], datetime], monotonic: Callable[[], float], turns: Turns | None
) -> Turn | Unsendable | None:
    """Claim and freeze in one commit: what is sent is written down before it is."""
    began, avoid = monotonic(), turns.busy() if turns else frozenset[str]()
    with database.write() as session:
        moment = now()
        claimed = effects.claim(session, moment, avoid=avoid, at_once=turns.at_once if turns else None)
        if claimed is None:
            return None
        effect = claimed.effect
        mark = marker(effect.firm_id, effect.subject, effect.operation, effect.generation)
        try:
            order = order_of(effect.operation, effect.content)
            body = effect.body or bytes_of(order, mark, _parent_id(session, effect))
        except UNSOUND:
            _log.exception("effect can't be put together", extra={"effect": effect.id})
            return Unsendable(effect, Review(STUMBLED if claimed.doubt else UNSENDABLE))
        told = objection(session, effect.firm_id, effect.realm_id, order)
        if told is not None and _surely_unsent(claimed):
            return Unsendable(effect, Reject({"code": TRUST}, told.short, absent=claimed.doubt))
        connection = connections.get(session, effect.firm_id)
        if is_overdue(session, claimed, order, connection, moment):
            return Unsendable(effect, Await(LOOK_FIRST))
        if effect.body is None:
            effects.freeze(session, effect.id, effect.fence, body)
        consent = _consent(connection)
        elsewhere = connection is not None and connection.realm_id != effect.realm_id
    against = "" if told is None else told.short
    return Turn(effect, claimed.doubt, order, mark, body, consent, elsewhere, began, monotonic, against)


def _surely_unsent(claimed: Claimed) -> bool:
    """Nothing left us: no bytes are written down, here or in a memory that a restore lost, or no doubt is."""
    effect = claimed.effect
    return not claimed.doubt or (effect.body is None and effect.unknown_since is None)


def _set_aside(database: Database, found: Unsendable, now: datetime) -> StepOutcome:
    """Closed at once: at the head of the queue it would stop all.

    A commit of its own, as everywhere the firm's record is taken before an effect's row.
    """
    with database.write(record_of=found.effect.firm_id) as session:
        return StepOutcome(
            found.effect, found.change, effects.close(session, found.effect, found.change, now)
        )


def _parent_id(session: Session, effect: Effect) -> str:
    parent = effects.parent_of(session, effect)
    return parent.remote_id or "" if parent else ""


def _tried(turn: Turn, books: Callable[[str], Company]) -> tuple[Change, str]:
    """What came of it; an answer we stumble over is doubt, and after too many of them for a person."""
    if turn.elsewhere:
        return _of_another_company(turn), ""
    try:
        return _carry_out(turn, books)
    except UNSOUND:
        _log.exception("effect stumbled", extra={"effect": turn.effect.id})
        return (Review(STUMBLED) if _is_over(turn) else Doubt(turn.at(SETTLE), STUMBLED)), ""


def _of_another_company(turn: Turn) -> Change:
    """What was ordered for one company is never sent to another one."""
    return Reject({"code": OTHER_COMPANY}, FOR_ANOTHER) if turn.is_first else Review(MAYBE_IN_ANOTHER)


def _carry_out(turn: Turn, books: Callable[[str], Company]) -> tuple[Change, str]:
    """The change to write, and the connection's state where it has changed."""
    try:
        company = books(turn.effect.firm_id)
        seen = _look(turn, company) if turn.doubt else None
        return (seen or _send(turn, company)), ""
    except CompanyLocked as locked:
        return Park(locked.reason), connections.LOCKED
    except Reconnect as lost:
        return Park(lost.reason), connections.RECONNECT
    except GatewayError as trouble:
        return _not_sent(turn, trouble), ""


def _look(turn: Turn, company: Company) -> Change | None:
    """What the books say of an effect in doubt; None: it isn't there and may be sent.

    What mustn't be sent again is a person's: it was sent once, and may still come to light.
    """
    found = look(company, turn.effect, turn.order, turn.mark)
    if found is not None:
        return found
    if turn.against:
        return Review(turn.against)
    return Review(TOO_LONG_IN_DOUBT) if _is_over(turn) else None


def _not_sent(turn: Turn, trouble: GatewayError) -> Change:
    """A question before sending got no clean answer: again later, unless that goes on for too long."""
    if turn.doubt and _is_over(turn):
        return Review(TOO_LONG_IN_DOUBT)
    if isinstance(trouble, InDoubt):
        return unsent(turn, trouble)
    return Release(turn.at(turn.pause), str(trouble))


def _is_over(turn: Turn) -> bool:
    return turn.effect.attempt > MOST_ATTEMPTS or turn.age > LONGEST_DOUBT


def _settled_before(turn: Turn, company: Company) -> Change | None:
    """What is the matter with a write about a person, by what QuickBooks says at the last moment."""
    if isinstance(turn.order, EmailOrder):
        return already_settled(company, turn.order)
    if not isinstance(turn.order, CustomerOrder):
        return None
    told = refuse_adding(company, turn.order)
    restored = turn.effect.unknown_since is not None and not turn.effect.taken_before
    return None if told is None else Reject({"code": NAME_TAKEN}, told, absent=restored)


def _send(turn: Turn, company: Company) -> Change:
    """Send the frozen bytes under the frozen request id, if enough of the lease is left to hear of it."""
    settled = _settled_before(turn, company)
    if settled is not None:
        return settled
    if LEASE - turn.held < CHECK_BEFORE_SENDING:
        return Release(turn.at(timedelta()))
    write = company.update if isinstance(turn.order, EmailOrder) else company.create
    try:
        reply = write(turn.effect.entity, turn.body, turn.effect.request_id)
    except Refused as refusal:
        return refused(turn, company, refusal)
    except OurBug as bug:
        return misunderstood(turn, bug)
    except InDoubt as doubt:
        return in_doubt(turn, doubt)
    return answered(turn, reply)


def _unless_connected_anew(session: Session, turn: Turn, change: Change) -> Change:
    """Nothing is parked for a consent that has been given anew meanwhile: it is tried with that one.

    Tokens that were merely renewed don't count: where QuickBooks refuses those too, a person must help.
    """
    connection = connections.get(session, turn.effect.firm_id)
    anew = connection and connection.state == connections.OK and _consent(connection) != turn.consent
    return Release(turn.at(turn.pause), change.reason) if isinstance(change, Park) and anew else change


def _consent(connection: Connection | None) -> datetime | None:
    """Which consent a connection rests on: when it was given."""
    return None if connection is None else connection.connected_at


def _follow_up(session: Session, turn: Turn, change: Change, state: str, now: datetime) -> None:
    """What an outcome brings with it, in the same commit."""
    effect = turn.effect
    if isinstance(change, Park):
        connections.mark(session, effect.firm_id, state, change.reason, now=now)
        effects.park(session, effect.firm_id, change.reason, now)
    if isinstance(change, Overtaken):
        effects.again(session, effect.id, audit.PROGRAM, now, firm_id=effect.firm_id)
    if isinstance(change, Confirm) and isinstance(turn.order, CustomerOrder):
        firm_id, realm_id = effect.firm_id, effect.realm_id
        added, since = change.remote_id, effect.created_at
        bill_to_added(session, firm_id, realm_id, turn.order, added, effect.asked_by, ordered=since, now=now)
