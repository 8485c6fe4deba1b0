"""Whether a press may book at once, judged at that moment; and asking a second person where it may not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from commands.access import may_confirm
from commands.colleagues import approvers
from commands.errors import RefusedError
from commands.ids import Task
from commands.views.preview import SecondPerson
from commands.views.text import moment, name, people, person, some
from commands.views.whom import for_whom
from commands.words import approvals as words
from commands.zones import zone_of
from db import decisions, effects, requests
from db.requests import RequestState
from qb.canonical import from_canonical
from qb.policy import Rule, RuleKind, Verdict, judge
from qb.weighing import read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from commands.access import Asker
    from commands.call import Call
    from db.chosen import FirmSettings
    from db.records import InvoiceKey
    from db.refusal import Refusal
    from db.requests import Request
    from db.syncs import Sync

UNNEEDED = Rule(RuleKind.ALWAYS, "It was asked for, though by now your firm's rules would let it through")
UNWEIGHED = Rule(RuleKind.ALWAYS, "This preview was made before your firm's rules were looked at")


def judged(
    session: Session, asker: Asker, sync_id: str, now: datetime
) -> tuple[Verdict, FirmSettings] | None:
    """Whether this person needs a second one for what they were shown, by what holds ``now`` (UTC).

    None: there is no such sync. What was shown before anything was weighed always needs somebody.
    """
    found = decisions.to_judge(session, asker.firm.id, sync_id)
    if found is None:
        return None
    if found.weighed is None:
        return Verdict(needs=True, rules=(UNWEIGHED,), must=False), found.settings
    local = now.astimezone(zone_of(asker.firm.timezone))
    return judge(read(found.weighed), found.settings, asker.roles, local), found.settings


def second_person(session: Session, asker: Asker, sync_id: str, now: datetime) -> SecondPerson | None:
    """Why somebody else must approve, and who can; None where nobody must."""
    found = judged(session, asker, sync_id, now)
    if found is None or not found[0].needs:
        return None
    verdict, chosen = found
    others = others_who_approve(session, asker.firm.id, asker.user_id)
    alone = not others and not verdict.must and declared_alone(asker, chosen)
    return SecondPerson(tuple(rule.sentence for rule in verdict.rules), others, alone)


def others_who_approve(session: Session, firm_id: str, asked_by: str) -> tuple[str, ...]:
    """Who may approve what this person asks for, an outside bookkeeper too; nobody known to be gone."""
    return tuple(one for one in approvers(session, firm_id) if one != asked_by)


def refuse_asked_already(session: Session, sync: Sync) -> None:
    """:class:`RefusedError` where some of it waits already: two people would decide on one invoice."""
    found = requests.asked_for_already(session, sync)
    if found is not None:
        asked_by, both = found
        told = _in_words(sync, both)
        raise RefusedError(words.ASKED_ALREADY.said(invoices=told, asked=person(asked_by)))


def refuse_booked_since(session: Session, sync: Sync) -> None:
    """:class:`RefusedError` where some of it was begun by another sync: nobody is asked for what is done."""
    subjects = [key.subject for key in sync.selection]
    begun = effects.invoices_begun(session, sync.firm_id, sync.realm_id, subjects)
    gone = [key for key in sync.selection if key.subject in begun.booked | begun.under_way]
    if gone:
        raise RefusedError(words.BOOKED_SINCE.said(invoices=_in_words(sync, gone)))


def _in_words(sync: Sync, keys: Sequence[InvoiceKey]) -> str:
    """Whose they are, then their numbers; markup."""
    entries = [one for one in from_canonical(sync.plan).entries if one.key in set(keys)]
    numbers = some([name(key.number, 40) for key in keys], 3)
    return f"{name(for_whom(entries), 60)}, {numbers}" if entries else numbers


def declared_alone(asker: Asker, chosen: FirmSettings) -> bool:
    """Whether this person, who may approve, said that nobody else is there: it holds for nobody else."""
    return chosen.alone_by == asker.user_id and may_confirm(asker)


def ask(
    session: Session, call: Call, shown: Mapping[str, str], verdict: Verdict, chosen: FirmSettings
) -> bool:
    """Ask a second person; False where it is decided already.

    Where there is nobody else, who declared to work alone looks a second time instead, but never for what
    always needs somebody else; :class:`RefusedError` says who else could be named.
    """
    firm_id, by, now = call.asker.firm.id, call.asker.user_id, call.context.clock()
    alone = not others_who_approve(session, firm_id, by)
    if alone and verdict.must:
        raise RefusedError(words.NOBODY_FOR_THIS.said())
    if alone and not declared_alone(call.asker, chosen):
        raise RefusedError(words.NOBODY_ELSE.said())
    sync_id, version = shown["s"], int(shown["v"])
    asked = decisions.ask(
        session,
        firm_id=firm_id,
        sync_id=sync_id,
        version=version,
        by=by,
        now=now,
        expires_at=now + timedelta(hours=chosen.request_hours),
        rules=[(rule.kind, rule.sentence) for rule in verdict.rules or (UNNEEDED,)],
        new_id=call.context.new_id,
        alone=alone,
    )
    if asked:
        call.later(session, Task.REQUESTED, {"sync": sync_id}, f"{Task.REQUESTED}:{sync_id}:{version}")
    return asked


def needs_one_now(session: Session, call: Call, verdict: Verdict) -> Refusal:
    """What is said to somebody who pressed Book on a preview that by now needs a second person."""
    others = others_who_approve(session, call.asker.firm.id, call.asker.user_id)
    why = "; ".join(name(rule.sentence, 200) for rule in verdict.rules[:3])
    who = people(others) if others else "you, by looking a second time"
    return words.NEEDS_ONE_NOW.said(why=why, who=who)


def what_happened(request: Request) -> Refusal:
    """What is said to whoever presses on a request that isn't theirs to decide any more; markup."""
    who, asked = person(request.decided_by or request.asked_by), person(request.asked_by)
    match request.state:
        case RequestState.APPROVED:
            return words.APPROVED.said(who=who)
        case RequestState.REJECTED:
            return words.REJECTED.said(who=who, reason=name(request.reason, 300), asked=asked)
        case RequestState.WITHDRAWN:
            return words.WITHDRAWN.said(asked=asked)
        case RequestState.SUPERSEDED:
            return words.SUPERSEDED.said(asked=asked)
        case RequestState.EXPIRED | RequestState.OPEN:  # past its time, and not yet ended
            return words.EXPIRED.said(asked=asked)


def asked_before(session: Session, sync: Sync, now: datetime) -> Refusal | None:
    """What became of this sync's request, for who presses on its preview; None where nobody was asked."""
    request = requests.of_sync(session, sync.firm_id, sync.id)
    if request is None:
        return None
    if request.state is not RequestState.OPEN or request.expires_at <= now:
        return what_happened(request)
    return words.LOOK_TWICE.said() if request.alone else words.OPEN.said(at=moment(request.asked_at))
