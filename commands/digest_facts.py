"""Gathers what a digest tells of a firm at this moment: what waits, what came, what is put off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from commands.amended import open_amended
from commands.awaiting import asked_since
from commands.comparing import looked_of
from commands.omens import omens_on
from commands.scene import gravest_first
from commands.standing import WORDS, counts_as, newest_export, planned
from commands.views.digest import Shown
from commands.views.digest_news import News
from commands.zones import zone_of
from db import audit, connections, digests, findings, snoozes
from db.snoozes import EVERYTHING
from qb import digest as pure
from qb.canonical import money_of
from qb.digest import ASKED, READY, Waiting
from qb.hold import Mend, Reason
from qb.omens import Sign, Whose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from commands.context import Context
    from commands.views.standing import NewestExport
    from db.digests import Kept
    from db.firms import Firm
    from db.records import Invoice
    from db.snoozes import Snooze
    from qb.digest import Digest
    from qb.entry import Held, Plan
    from qb.omens import Omen

LEFT_OUT = frozenset({Reason.ALREADY_BOOKED, Reason.UNDER_WAY, Reason.BEFORE_GO_LIVE, Reason.NOTHING_TO_BOOK})
"""Reasons for which nothing waits: it is in the books or on its way there, or there is nothing to book."""
TITLES = {READY: "Ready", ASKED: "Waiting for approval"} | {str(key): words for key, words in WORDS.items()}
TURNS = {
    Mend.CONNECT: Whose.ADMIN,
    Mend.MAP: Whose.CONFIRMER,
    Mend.FIND_CONTACT: Whose.STAFF,
    Mend.CONTACTS: Whose.STAFF,
    Mend.IMPORT: Whose.STAFF,
    Mend.BANKING: Whose.ADMIN,
    Mend.TRUST: Whose.CONFIRMER,
    Mend.GO_LIVE: Whose.ADMIN,
    Mend.ALIKE: Whose.CONFIRMER,
    Mend.COLUMNS: Whose.CONFIRMER,
    Mend.NONE: Whose.BOOKKEEPER,
}
TOLD_APART = frozenset({Sign.EXPORT_OLD})
"""Signs that the digest has words of its own for."""
LONGEST = timedelta(days=7)
"""What came of the days before is told of so many at most."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, and the firm's day and zone."""

    now: datetime
    today: date
    midnight: datetime  # with which the day before began, UTC


def moment_of(context: Context, firm: Firm) -> Moment:
    """Now, where the firm is."""
    now, zone = context.clock(), zone_of(firm.timezone)
    today = now.astimezone(zone).date()
    yesterday = datetime.combine(today - timedelta(days=1), time(), tzinfo=zone)
    return Moment(now, today, yesterday.astimezone(UTC))


def shown_of(session: Session, context: Context, firm: Firm, kept: Kept | None, name: str) -> Shown:
    """What the digest ``kept`` (or one that is shown to a person now) tells; ``name`` is its id."""
    moment = moment_of(context, firm)
    paid, found, made = planned(session, firm.id)
    off = {one.mark: one for one in snoozes.of_firm(session, firm.id)}
    waiting = waiting_of(paid, made, asked_since(session, firm.id))
    digest = pure.digest(waiting, off, moment.today)
    last = digests.last_told(session, firm.id, kept.began_at if kept else moment.now)
    coming = omens_on(session, context, firm.id, found, made, paid)
    zone = zone_of(firm.timezone)
    news = _news(session, firm, moment, last, coming)
    newest = newest_export(session, firm.id, paid, moment.now)
    return Shown(
        id=name,
        digest=digest,
        today=moment.today,
        titles=TITLES,
        news=replace(_with_export(news, newest), under_way=under_way_of(made)),
        change=pure.change(digest.marks, last.content["marks"]) if last else None,
        last=last.began_at.astimezone(zone).date() if last else None,
        everything=_everything(off, moment.today),
        record=_record(session, firm, kept),
        looked=looked_of(session, firm.id, moment.now),
    )


def waiting_of(paid: Sequence[Invoice], made: Plan, asked: Mapping[str, datetime]) -> tuple[Waiting, ...]:
    """Every paid invoice that isn't in the books or on its way there; ``asked`` by subject, since when."""
    sure = {one.key.subject: None if one.paid_unclear else one.paid for one in paid}
    return (*_ready(made, sure, asked), *_held(made, sure))


def under_way_of(made: Plan) -> int:
    """How many are being booked."""
    return sum(counts_as(held) is Reason.UNDER_WAY for held in made.held)


def items_of(digest: Digest) -> Iterator[pure.Item]:
    """Every line of it, what is put off included."""
    for group in digest.groups:
        yield from group.items
    yield from digest.snoozed


def _ready(made: Plan, sure: Mapping[str, date | None], asked: Mapping[str, datetime]) -> Iterator[Waiting]:
    for entry in made.entries:
        since = asked.get(entry.subject)
        group = READY if since is None else ASKED
        yield Waiting(
            mark=pure.short(entry.subject),
            fingerprint=pure.short(group, str(entry.total)),
            case=entry.key.case,
            number=entry.key.number,
            client=entry.key.client,
            client_name=entry.client_name,
            amount=entry.total,
            paid=sure.get(entry.subject),
            group=group,
            sentence="",
            mend=Mend.NONE,
            whose=Whose.STAFF if since is None else Whose.CONFIRMER,
            since=since,
        )


def _held(made: Plan, sure: Mapping[str, date | None]) -> Iterator[Waiting]:
    for held in made.held:
        group = counts_as(held)
        if group in LEFT_OUT:
            continue
        hold = gravest_first(held.holds)[0]
        yield Waiting(
            mark=pure.short(held.key.subject),
            fingerprint=_fingerprint(held),
            case=held.key.case,
            number=held.key.number,
            client=held.key.client,
            client_name=held.client_name,
            amount=held.amount,
            paid=sure.get(held.key.subject),
            group=group,
            sentence=hold.sentence,
            mend=hold.mend,
            whose=Whose.CONFIRMER if group is Reason.NEEDS_REVIEW else TURNS[hold.mend],
        )


def _fingerprint(held: Held) -> str:
    """Another one once a reason comes or goes, or the amount changes."""
    return pure.short(*sorted(hold.reason for hold in held.holds), str(held.amount))


def _everything(off: Mapping[str, Snooze], today: date) -> Snooze | None:
    snooze = off.get(EVERYTHING)
    if snooze is None or pure.is_month_end(today):
        return None
    return snooze if pure.holds(snooze, "", today) else None


def _record(session: Session, firm: Firm, kept: Kept | None) -> tuple[int, str] | None:
    """The audit's last line when it was posted; of one that isn't posted yet, now."""
    if kept is not None and "record" in kept.content:
        number, sha256 = kept.content["record"] or (0, "")
        return (number, sha256) if number else None
    return audit.head(session, firm.id)


def _news(session: Session, firm: Firm, moment: Moment, last: Kept | None, coming: Sequence[Omen]) -> News:
    """Since the digest before, of a week at most; of yesterday on where there was none."""
    since = max(last.began_at, moment.now - LONGEST) if last else moment.midnight
    came = digests.came_since(session, firm.id, since)
    connection = connections.get(session, firm.id)
    realm_id = connection.realm_id if connection else ""
    return News(
        since=since.astimezone(zone_of(firm.timezone)).date(),
        booked=len(came.booked),
        booked_totals=pure.totals_of(money_of(text) for text in came.booked),
        refused=came.refused,
        rejected=came.rejected,
        findings=len(findings.open_ones(session, firm.id, realm_id)),
        amended=len(open_amended(session, firm.id)),
        omens=tuple(one for one in coming if one.sign not in TOLD_APART),
    )


def _with_export(news: News, newest: NewestExport | None) -> News:
    if newest is None:
        return news
    dated = newest.exported is not None
    return replace(news, export_days=newest.days, export_dated=dated, newest_payment=newest.newest_payment)
