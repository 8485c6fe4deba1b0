"""What the sync's screen shows of a client's paid invoices, and which of them are chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from commands.colleagues import favours_for
from commands.narrowing import fits, narrow_of, ticked_of
from commands.views.choosing import pages
from commands.views.sync import PAGE, Contact, HeldInvoice, SyncScreen
from commands.views.taken import TakenInvoice
from commands.views.text import clean
from commands.views.ticks import Choice, Tick
from db import cases, requests
from db.money import NO_CURRENCY
from db.records import LineKind
from qb.books import ground
from qb.hold import Mend, Reason
from qb.plan import not_connected, plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from db.drafts import Draft
    from db.records import CaseFile, Invoice, InvoiceKey
    from db.requests import Taken
    from qb.entry import Held, Plan
    from qb.ground import Ground
    from qb.hold import Hold

WAITS_FOR_CONTACT = frozenset({Reason.NO_CONTACT, Reason.CONTACT_INACTIVE, Reason.CONTACT_CURRENCY})
STEPS = frozenset({Mend.MAP, Mend.FIND_CONTACT, Mend.CONTACTS})
"""What leads to the booking; the contact may be found before the mapping is done."""
SETTLED = frozenset({Reason.ALREADY_BOOKED})
PARTS = {
    LineKind.FEE: "fee",
    LineKind.EXEMPT_FEE: "tax-exempt fee",
    LineKind.EXPENSE: "expense",
    LineKind.SURCHARGE: "surcharge",
}
MARK = 16
EVERYBODY = "Every client"


@dataclass(frozen=True, slots=True)
class Payer:
    """Whose contact is needed in which currency (ISO 4217), and for which cases it is the same one."""

    client: str
    name: str
    email: str
    currency: str
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """The screen, the payers behind its contacts, and the invoices chosen."""

    screen: SyncScreen
    payers: tuple[Payer, ...]
    chosen: tuple[InvoiceKey, ...]
    missing_contact: str  # whose contact must be found before a preview, by name


def tick_value(subject: str) -> str:
    """A short stand-in for an invoice's subject, which may be longer than an option's value."""
    return sha256(subject.encode()).hexdigest()[:MARK]


def gravest_first(holds: Sequence[Hold]) -> tuple[Hold, ...]:
    """A missing contact is found in passing, so it is told last."""
    return tuple(sorted(holds, key=lambda hold: hold.reason in WAITS_FOR_CONTACT))


def scene_of(session: Session, draft: Draft, today: date | None = None) -> Scene:
    """The scene of a sync's draft, from the records and the books as they stand now.

    Who is away ``today``, the firm's day, isn't offered to be asked.
    """
    everything = bool(draft.content.get("everything"))
    files = [] if everything else _files(session, draft)
    invoices = _paid(session, draft, files, everything=everything)
    found, paid = ground(session, draft.firm_id), list(invoices.values())
    made = not_connected(paid) if found is None else plan(paid, found)
    taken = requests.taken(session, draft.firm_id)
    free = {subject: one for subject, one in invoices.items() if subject not in taken}
    ready = _ready(made, free, everything=everything)
    payers = () if everything else _payers([*ready, *_asking(made, invoices)], found)
    ticks = tuple(_tick(invoice) for invoice in ready)
    choice = _choice(draft, ticks) if everything or len(ticks) > PAGE else None
    ticked = choice.ticked if choice else ticked_of(draft.content, ticks)
    chosen = [invoice for invoice, tick in zip(ready, ticks, strict=True) if tick.value in ticked]
    held = tuple(
        _held(one, free[one.key.subject]) for one in made.held if _is_held(one) and one.key.subject in free
    )
    screen = SyncScreen(
        who=EVERYBODY if everything else _who(files),
        cases=tuple(dict.fromkeys(file.case.number for file in files)),
        contacts=tuple(_contact(payer, found, made) for payer in payers),
        ticks=ticks,
        ticked=ticked,
        held=() if everything else held,
        booked=sum(one.holds[0].reason in SETTLED for one in made.held),
        asks=()
        if everything
        else favours_for(session, draft.firm_id, draft.user_id, _holds(made), draft.id, today),
        choice=choice,
        taken=tuple(
            _taken(invoice, taken[subject]) for subject, invoice in invoices.items() if subject in taken
        ),
    )
    return Scene(
        screen=screen,
        payers=payers,
        chosen=tuple(invoice.key for invoice in chosen),
        missing_contact=_missing(chosen, made),
    )


def _choice(draft: Draft, ticks: tuple[Tick, ...]) -> Choice:
    """Those the draft's filter lets through, oldest paid first; a page no longer there is the last."""
    narrow = narrow_of(draft.content)
    fitting = sorted((tick for tick in ticks if fits(narrow, tick)), key=_oldest_first)
    choice = Choice(
        ticks=tuple(fitting),
        ticked=ticked_of(draft.content, fitting),
        of=len(ticks),
        narrow=narrow,
        currencies=tuple(sorted({tick.received.currency for tick in ticks})),
        draw=int(draft.content.get("draw", 0)),
        several=len({tick.client for tick in ticks}) > 1,
    )
    return replace(choice, page=min(int(draft.content["page"]), pages(choice) - 1))


def _oldest_first(tick: Tick) -> tuple[date, str, str]:
    return tick.paid or date.max, tick.case, tick.number


def _paid(
    session: Session, draft: Draft, files: Sequence[CaseFile], *, everything: bool
) -> dict[str, Invoice]:
    if everything:
        found = cases.all_invoices(session, draft.firm_id)
    else:  # one of a shared case number stands in the file of each client
        found = tuple({(i.key.case, i.key.number): i for f in reversed(files) for i in f.invoices}.values())
    return {invoice.key.subject: invoice for invoice in found if invoice.paid is not None}


def _holds(made: Plan) -> list[Hold]:
    return [hold for one in made.held for hold in one.holds]


def _files(session: Session, draft: Draft) -> list[CaseFile]:
    numbers, client = draft.content["cases"], draft.content["client"]
    found = cases.case_files(session, draft.firm_id, numbers)
    files = [file for number in numbers for file in found[number]]
    return [file for file in files if not client or file.case.client.identifier == client]


def _ready(plan: Plan, invoices: dict[str, Invoice], *, everything: bool) -> list[Invoice]:
    """What can be ticked: ready to book; of one client also what waits for nothing but its contact."""
    subjects = {entry.subject for entry in plan.entries}
    if not everything:
        subjects |= {one.key.subject for one in plan.held if _waits_for_contact(one)}
    return [invoice for subject, invoice in invoices.items() if subject in subjects]


def _asking(plan: Plan, invoices: dict[str, Invoice]) -> list[Invoice]:
    """Held for the mapping too: whoever can't map may at least find the contact."""
    return [
        invoices[one.key.subject]
        for one in plan.held
        if one.amount.currency != NO_CURRENCY and any(hold.mend in STEPS for hold in one.holds)
    ]


def _waits_for_contact(held: Held) -> bool:
    return all(hold.reason in WAITS_FOR_CONTACT for hold in held.holds)


def _is_held(held: Held) -> bool:
    return not _waits_for_contact(held) and held.holds[0].reason not in SETTLED


def _payers(ready: Sequence[Invoice], found: Ground | None) -> tuple[Payer, ...]:
    """One for each client and currency, and one more for each other payer of some of their cases."""
    together: dict[tuple[Payer, str], dict[str, None]] = {}
    for invoice in ready:
        client, case = invoice.case.client, invoice.case
        payer = Payer(client.identifier, client.name, client.email, case.currency)
        link = None if found is None else found.link(payer.client, payer.currency, case.number)
        pays = link.customer.id if link is not None and link.case else ""
        together.setdefault((payer, pays), {})[case.number] = None
    return tuple(replace(payer, cases=tuple(numbers)) for (payer, _), numbers in together.items())


def _contact(payer: Payer, found: Ground | None, plan: Plan) -> Contact:
    link = None if found is None else found.link(payer.client, payer.currency, payer.cases[0])
    holds = (
        hold
        for one in plan.held
        if one.key.client == payer.client and one.amount.currency == payer.currency
        if one.key.case in payer.cases
        for hold in one.holds
    )
    broken = WAITS_FOR_CONTACT - {Reason.NO_CONTACT}
    problem = next((hold.sentence for hold in holds if hold.reason in broken), "")
    customer = "" if link is None else link.customer.name
    pays = payer.cases if link is not None and link.case else ()
    return Contact(payer.client, payer.name, payer.currency, customer, problem, pays)


def _missing(chosen: Sequence[Invoice], plan: Plan) -> str:
    waiting = {one.key.subject for one in plan.held}
    return next((clean(i.case.client.name) for i in chosen if i.key.subject in waiting), "")


def _tick(invoice: Invoice) -> Tick:
    parts = [PARTS[line.kind] for line in invoice.lines if line.amount]
    if invoice.listed < invoice.received:
        parts.insert(1, "tax")
    return Tick(
        value=tick_value(invoice.key.subject),
        number=invoice.key.number,
        case=invoice.key.case,
        paid=invoice.paid,
        received=invoice.received,
        parts=" + ".join(dict.fromkeys(parts)),
        client=invoice.case.client.name,
    )


def _taken(invoice: Invoice, by: Taken) -> TakenInvoice:
    value = tick_value(invoice.key.subject)
    return TakenInvoice(invoice.key.number, invoice.received, by.asked_by, by.at, by.approved_by, value)


def _held(one: Held, invoice: Invoice) -> HeldInvoice:
    return HeldInvoice(
        number=one.key.number,
        case=one.key.case,
        paid=one.paid,
        received=one.amount,
        holds=gravest_first(one.holds),
        paid_unclear=invoice.paid_unclear,
    )


def _who(files: Sequence[CaseFile]) -> str:
    names = dict.fromkeys(file.case.client.name for file in files)
    return " / ".join(name for name in names if name) or "No client named"
