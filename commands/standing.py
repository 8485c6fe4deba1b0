"""Gathers how things stand with a firm, for Home and `/qb`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from commands.access import confirmers, may_confirm
from commands.amended import open_amended
from commands.awaiting import asked_of, asked_since, to_decide_of, turned_down_of
from commands.colleagues import approvers, favour_to
from commands.comparing import looked_of
from commands.favour import Wish
from commands.omens import omens_on
from commands.recent import done_of, recent_of, running_of, stopped_of
from commands.scene import gravest_first
from commands.stand_ins import absence_of, stands_in
from commands.vacancies import vacancies_of
from commands.views.standing import HeldGroup, NewestExport, Overview
from commands.waiting import asked_files
from commands.zones import zone_of
from db import cases, checks, connections, findings, firms, receipts
from db.chosen import Banking
from db.firm_settings import settings_of
from db.intake.imports import newest_import
from db.money import total
from qb.books import ground
from qb.hold import Reason
from qb.needed import rows_needed, rows_open
from qb.omens import newest_payment
from qb.plan import not_connected, plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from commands.access import Asker
    from commands.context import Context
    from commands.favour import Favour
    from commands.stand_ins import Absence
    from db.chosen import FirmSettings
    from db.money import Money
    from db.records import Invoice
    from qb.entry import Held, Plan
    from qb.ground import Ground

RECENT = 3
APART = frozenset({Reason.ALREADY_BOOKED, Reason.UNDER_WAY, Reason.NEEDS_REVIEW, Reason.BEFORE_GO_LIVE})
"""Told in lines of their own, not among what is held."""

WORDS = {
    Reason.NOT_CONNECTED: "QuickBooks isn't connected",
    Reason.NO_CONTACT: "Contact not found yet",
    Reason.CONTACT_INACTIVE: "Contact inactive in QuickBooks",
    Reason.CONTACT_CURRENCY: "Contact in another currency",
    Reason.METHOD_UNMAPPED: "Payment method not mapped",
    Reason.DEPOSIT_UNMAPPED: "Deposit account not mapped",
    Reason.ITEM_UNMAPPED: "Fee or expense not mapped",
    Reason.TAX_UNMAPPED: "Tax not mapped",
    Reason.TARGET_INACTIVE: "Mapped to something inactive",
    Reason.TAX_UNEXPLAINED: "Tax not explained by any rate",
    Reason.TAX_AMBIGUOUS: "Tax explained by two rates",
    Reason.SALES_TAX_OFF: "Sales tax is off in QuickBooks",
    Reason.SHORT: "Payments short of the amounts listed",
    Reason.NO_PAYMENT: "Payments not imported",
    Reason.PAYMENT_MISSING: "A payment seems to be missing",
    Reason.REFUND: "Refunds and credits",
    Reason.NOTHING_TO_BOOK: "Nothing to book (0.00)",
    Reason.FOREIGN_CURRENCY: "Foreign currency",
    Reason.TRUST: "Client money (trust)",
    Reason.NUMBER_TOO_LONG: "Invoice number too long",
    Reason.REFERENCE_TOO_LONG: "Payment reference too long",
    Reason.BOOKS_CLOSED: "Books closed for that date",
    Reason.RECORDS_UNCLEAR: "Records unclear",
    Reason.LOOKS_BOOKED: "Looks already booked",
    Reason.MARKED: "Void, draft or not paid",
    Reason.DISCOUNT: "Discounts",
    Reason.STATED: "Tax or total not as the exports state",
    Reason.UNDER_WAY: "Being booked now",
    Reason.NEEDS_REVIEW: "To be looked up in QuickBooks",
    Reason.BEFORE_GO_LIVE: "Before you began: taken as in the books already",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What is the same for everybody of a firm: what everything paid comes to as things stand."""

    paid: Sequence[Invoice]
    ground: Ground | None
    made: Plan


def standing_of(session: Session, firm_id: str) -> Standing:
    """The dearest part of how things stand: gathered once, shown to many."""
    return Standing(*planned(session, firm_id))


def overview_of(
    session: Session, context: Context, asker: Asker, standing: Standing | None = None
) -> Overview:
    """How things stand at this moment, for this person."""
    firm_id = asker.firm.id
    common = standing or standing_of(session, firm_id)
    made = common.made
    rows, still_open = _mapping(common.paid, common.ground)
    connection = connections.get(session, firm_id)
    realm_id = connection.realm_id if connection else ""
    chosen = settings_of(session, firm_id)
    shown = Overview(
        connection=connection,
        intuit_is_set=not context.intuit_missing,
        mapping_rows=rows,
        mapping_open=still_open,
        newest=newest_export(session, firm_id, common.paid, context.clock()),
        ready=len(made.entries),
        ready_totals=totals_of(entry.total for entry in made.entries),
        held=held_groups(made),
        looked=looked_of(session, firm_id, context.clock()),
        under_way=_count(made, Reason.UNDER_WAY),
        review=_count(made, Reason.NEEDS_REVIEW),
        differing=receipts.differing(session, firm_id),
        booked=len(common.ground.booked)
        if common.ground
        else 0,  # also what a later export says otherwise of
        syncs=recent_of(session, firm_id, RECENT),
        connecting=() if firms.ADMIN in asker.roles else firms.people_with(session, firm_id, firms.ADMIN),
        mapping=() if may_confirm(asker) else confirmers(session, firm_id),
        may_check=may_confirm(asker),
        checked=checks.last_read(session, firm_id, realm_id),
        not_as_booked=len(findings.open_ones(session, firm_id, realm_id)),
        amended=len(open_amended(session, firm_id)),
        before=_count(made, Reason.BEFORE_GO_LIVE),
        go_live_unsaid=connection is not None and not chosen.go_live_said,
        banking_unsaid=connection is not None and chosen.banking is Banking.UNSAID,
        omens=omens_on(session, context, firm_id, common.ground, made, common.paid),
        to_decide=to_decide_of(session, asker),
        asked=asked_of(session, asker),
        asked_for=len(asked_since(session, firm_id).keys() & {entry.subject for entry in made.entries}),
        asked_files=asked_files(session, asker),
        turned_down=turned_down_of(session, asker, made, context.clock()),
        stopped=stopped_of(session, asker, context.clock()),
        away=None if asker.today is None else absence_of(asker.user_id, chosen, asker.today),
        stands_for=_stands_for(session, asker, chosen),
        vacant=vacancies_of(session, asker, chosen),
    )
    return replace(shown, asks=tuple(_asks(session, asker, shown)))


def _stands_for(session: Session, asker: Asker, chosen: FirmSettings) -> tuple[Absence, ...]:
    """For whom this person decides today."""
    if asker.today is None or not chosen.away:
        return ()
    able = approvers(session, asker.firm.id)
    absent = [absence_of(one, chosen, asker.today) for one in able if one != asker.user_id]
    mine = asker.user_id
    return tuple(one for one in absent if one and stands_in(one.who, chosen, able, asker.today) == mine)


def _asks(session: Session, asker: Asker, shown: Overview) -> Iterator[Favour]:
    """What is open and isn't theirs to do, each with the colleague to ask; nothing once a firm is set up."""
    lost = shown.connection is None or shown.connection.state == connections.RECONNECT
    for wish, is_open, others in (
        (Wish.CONNECT, lost and shown.intuit_is_set, shown.connecting),
        (Wish.GO_LIVE, shown.go_live_unsaid, shown.connecting),
        (Wish.BANKING, shown.banking_unsaid, shown.connecting),
        (Wish.MAP, shown.mapping_open > 0, shown.mapping),
    ):
        asks = favour_to(session, asker, wish) if is_open and others else None
        if asks is not None:
            yield asks


def with_syncs(
    session: Session,
    shown: Overview,
    standing: Standing,
    asker: Asker,
    link: Callable[[str, str], str],
) -> Overview:
    """The same with what is on its way and what was booked lately; ``link`` leads into QuickBooks.

    Staff get no links: they mostly have no access there.
    """
    held = standing.made.held
    booked = {one.key.subject for one in held if one.holds[0].reason is Reason.ALREADY_BOOKED}
    leads = link if may_confirm(asker) else _nowhere
    return replace(
        shown,
        running=running_of(session, asker.firm.id, booked),
        done=done_of(session, asker.firm.id, leads),
    )


def _nowhere(_entity: str, _id: str) -> str:
    return ""


def planned(session: Session, firm_id: str) -> tuple[list[Invoice], Ground | None, Plan]:
    """Every paid invoice, the books' ground where there are any, and what is planned on it."""
    paid = [invoice for invoice in cases.all_invoices(session, firm_id) if invoice.paid is not None]
    found = ground(session, firm_id)
    return paid, found, not_connected(paid) if found is None else plan(paid, found)


def counts_as(held: Held) -> Reason:
    """The group it is told in: what it stands apart for, else the gravest reason."""
    first = held.holds[0].reason
    return first if first in APART else gravest_first(held.holds)[0].reason


def _mapping(paid: Sequence[Invoice], found: Ground | None) -> tuple[int, int]:
    if found is None:
        return 0, 0
    rows = rows_needed(paid, found.directory, found.client_money.banking, found.mapping)
    return len(rows), len(rows_open(rows, found.mapping, found.directory))


def _count(made: Plan, reason: Reason) -> int:
    return sum(one.holds[0].reason is reason for one in made.held)


def held_groups(made: Plan) -> tuple[HeldGroup, ...]:
    """By the gravest reason of each, the largest group first."""
    groups: dict[Reason, list[Held]] = {}
    for one in made.held:
        reason = counts_as(one)
        if reason not in APART:
            groups.setdefault(reason, []).append(one)
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    return tuple(_group(reason, held) for reason, held in ordered)


def _group(reason: Reason, held: Sequence[Held]) -> HeldGroup:
    first = held[0]
    hold = gravest_first(first.holds)[0]
    return HeldGroup(
        key=reason,
        reason=WORDS.get(reason, reason.value),
        invoices=len(held),
        totals=totals_of(one.amount for one in held),
        mend=hold.mend,
        example=f"{first.key.number}, {first.client_name}: {hold.sentence}",
    )


def totals_of(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """One total a currency, in the order they are met."""
    kept = list(amounts)
    currencies = dict.fromkeys(money.currency for money in kept)
    return tuple(total((money for money in kept if money.currency == one), one) for one in currencies)


def newest_export(
    session: Session, firm_id: str, paid: Iterable[Invoice], now: datetime
) -> NewestExport | None:
    """The newest export, how old it is in days of the firm's, and the newest payment of what is ``paid``."""
    newest, firm = newest_import(session, firm_id), firms.get_firm(session, firm_id)
    if newest is None or firm is None:
        return None
    zone = zone_of(firm.timezone)
    today = now.astimezone(zone).date()
    made_on = newest.exported or newest.at.astimezone(zone).date()
    return NewestExport(
        at=newest.at,
        by=newest.by,
        files=newest.files,
        days=max(0, (today - made_on).days),
        older_since=newest.older_since,
        exported=newest.exported,
        newest_payment=newest_payment(paid, today),
    )
