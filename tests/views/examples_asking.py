"""An example of every screen and message that asks a colleague, an approver or an admin for something."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from commands.favour import AwayFor, Colleague, Favour, Wish
from commands.ids import Act
from commands.stand_ins import Absence
from commands.views import (
    alike,
    banking,
    columns,
    connect,
    contacts,
    duties,
    errands,
    going_live,
    people,
    places,
    policy,
    request,
    request_ended,
    request_turns,
    result,
    settings,
    trust,
    turned,
)
from commands.views.alike import AlikeScreen
from commands.views.asked_again import Rejection, rejected_before
from commands.views.blocks import actions, modal
from commands.views.duties import Duties
from commands.views.going_live import Change
from commands.views.settings import Section, SettingsScreen
from commands.views.text import name as escaped
from commands.views.trust import TrustInvoice, TrustScreen
from db.chosen import Banking, FirmSettings, Policy
from db.columns_taught import ColumnAsked
from db.intake.meanings import VALUES, Meaning, Taught
from tests.views import test_alike, test_columns, test_contacts_list, test_result
from tests.views.cast import NOW, cad, usd
from tests.views.examples import Example, Shown, odd_entries
from tests.views.test_overview import CONNECTION

VALUE = '{"s":"S-1","v":1}'
LATER = NOW + timedelta(hours=72)
PLACE = " in <#C0APPROVE>"
HANDED = request_turns.handed_over("U0ALICE", "U0BEN", NOW)
STRICT = FirmSettings(
    policy=Policy.BY_RISK,
    asks_over=1_240_050,
    filed_through=date(2026, 9, 30),
    away=(("U0BEN", "2026-12-04", "U0ALICE"),),
    alone_by="U0ALICE",
    alone_at=NOW,
)
LOOSE = FirmSettings(policy=Policy.TRUSTED, asks_over=None, asks_more_than=None, asks_older_days=None)
SAID = FirmSettings(banking=Banking.UNEARNED, banking_by="U0ALICE", banking_at=NOW, trust_approver="U0BEN")


def favours(name: str) -> list[Favour]:
    """Everything that can be asked of somebody so named."""
    of, rows = Colleague("U0ALICE", name), (f"method:{name}",)
    return [
        Favour(wish, of, name, rows, "D-1", away)
        for wish in Wish
        for away in (None, AwayFor("U0BEN", name, "Wednesday"))
    ]


def duties_with(name: str) -> Duties:
    """All that can wait with somebody."""
    asked = tuple(errands.wished(one) for one in favours(name))
    return Duties(2, asked, is_second=True, trust_waits=3, stands_for=("U0ZOE", "U0DORA"))


def _in_place(name: str) -> Sequence[Shown]:
    shown: list[Shown] = []
    for favour in favours(name):
        row = actions(errands.ask_button(favour), block_id="ask")
        below = modal("notice", "CaseLedger", [row])
        shown.extend(
            errands.in_place(below, "ask", errands.put(favour), control)
            for control in (None, errands.withdraw_button("E-1"))
        )
    return shown


def _requested(name: str) -> Sequence[Shown]:
    asked, rules = odd_entries(name), [f"The contact {name} was added today"] * 14
    return [
        *request.request(asked[:1], rules[:1], asked_by="U0MARIA", value=VALUE, expires=LATER),
        *request.request(asked, rules, asked_by="U0MARIA", value=VALUE, expires=LATER, turn=HANDED),
        *request.request(
            asked,
            rules,
            asked_by="U0MARIA",
            value=VALUE,
            expires=LATER,
            lead=rejected_before(Rejection("U0BEN", NOW, name, (name,) * 9)),
        ),
    ]


def _ended(name: str) -> Sequence[Shown]:
    why = f"Rejected by <@U0BEN>: “{escaped(name, 300)}”"
    asked = odd_entries(name)
    return [
        request_ended.ended(asked, why=why, asked_by="U0MARIA"),
        *(
            request_ended.ended(asked, why=why, asked_by="U0MARIA", again=VALUE, as_it_was=as_it_was)
            for as_it_was in (True, False)
        ),
    ]


def _with_who(name: str) -> Sequence[Shown]:
    (first, *_more) = result.result(test_result.story(test_result.booked(name), client=name))
    return [request.with_who(first, asked_by="U0MARIA", by="U0BEN", more=more) for more in (False, True)]


def trust_invoices(name: str, number: int) -> tuple[TrustInvoice, ...]:
    """So many that touch client money."""
    return tuple(
        TrustInvoice(f"{n:064}", name, name, cad("3000.00"), date(2026, 10, 9)) for n in range(number)
    )


def _trust(name: str) -> Sequence[Shown]:
    return [
        trust.screen(TrustScreen("U0BEN", second, trust_invoices(name, number), 3, 2, away), "V1")
        for second in (False, True)
        for away in (None, Absence("U0BEN", NOW.date(), "U0ALICE"))
        for number in (0, 1, 30)
    ]


def _people(_name: str) -> Sequence[Shown]:
    held = tuple(people.Holder(f"U0{n:04}", tuple(people.MEANS), "guest") for n in range(25))
    pages = [people.screen(people.PeopleScreen(held, page)) for page in range(3)]
    return [*pages, people.screen(people.PeopleScreen(()))]


def _settings(name: str) -> Sequence[Shown]:
    summary = places.summary("C0APPROVE", "", name)
    sections = tuple(Section(f"Page {n}", act, summary) for n in range(12) for act in (Act.OPEN_PLACES,))
    looked = tuple(replace(one, act=None) for one in sections)
    return [
        settings.screen(SettingsScreen(sections, ("U0ALICE",))),
        settings.screen(SettingsScreen(looked, ("U0ALICE", "U0ZOE"))),
    ]


def _alike(name: str) -> Sequence[Shown]:
    half = test_alike.unsent(replace(test_alike.DEPOSIT, told=name), number=name, client=name)
    one = test_alike.compared(replace(test_alike.THERE, told=name), test_alike.MONEY, client=name)
    shown = [half, *[one] * 12]
    return [
        alike.screen(AlikeScreen(tuple(shown[:number]), may, None if may else favours(name)[0]), "D-1")
        for may in (False, True)
        for number in (0, 1, 13)
    ]


def _columns(name: str) -> list[ColumnAsked]:
    """One of each meaning, and one nobody explained."""
    said = [Taught(one, name, name, None, {name: "trust"}) for one in Meaning]
    return [test_columns.asked(name, means, name, "x") for means in (None, *said)] * 2


EXAMPLES: Mapping[str, Example] = {
    "contacts.screen": lambda name: [
        contacts.screen(test_contacts_list.listed(name, total, page), "draft")
        for total, page in ((8, 0), (900, 3))
    ],
    "turned.turned": lambda name: [turned.turned(test_contacts_list.changes(name) * n) for n in (1, 9)],
    "alike.screen": _alike,
    "banking.page": lambda _name: [banking.page(one, "V1") for one in (SAID, FirmSettings())],
    "banking.saved": lambda _name: [banking.saved(replace(SAID, banking=way)) for way in Banking],
    "columns.screen": lambda name: (
        [
            columns.screen(test_columns.shown(*_columns(name), may=may, page=page))
            for may in (True, False)
            for page in range(2)
        ]
        + [columns.screen(test_columns.shown())]
    ),
    "columns.question": lambda name: [
        columns.question(one, [one] * times, "{}") for one in _columns(name) for times in (0, 9)
    ],
    "columns.which_tax": lambda name: [
        columns.which_tax(one, test_columns.CODES, "{}") for one in _columns(name)
    ],
    "columns.which_values": lambda name: [
        columns.which_values(one, meaning, "{}") for one in _columns(name) for meaning in VALUES
    ],
    "columns.saved": lambda name: [
        columns.saved(one, left=left) for one in _columns(name) for left in (0, 2)
    ],
    "connect.not_allowed": lambda name: [
        connect.not_allowed(["U0ALICE"], None),
        connect.not_allowed([], replace(CONNECTION, company_name=name, state="reconnect")),
        *(connect.not_allowed(["U0ALICE"], None, favour) for favour in favours(name)),
    ],
    "errands.asked": lambda name: [
        errands.asked(favour, "U0MARIA", number, name) for favour in favours(name) for number in (0, 1, 300)
    ],
    "errands.done": lambda name: [errands.done(favour, "U0MARIA", "U0ALICE") for favour in favours(name)],
    "errands.passed_on": lambda name: [
        errands.passed_on(favour, to) for favour in favours(name) for to in ("", "U0ZOE")
    ],
    "errands.withdrawn": lambda name: [errands.withdrawn(favour, "U0MARIA") for favour in favours(name)],
    "errands.in_place": _in_place,
    "going_live.page": lambda _name: [
        going_live.page(date(2026, 10, 1), Change(12, 1_000, 3, 2, 1), "V1", everything=False),
        going_live.page(None, None, "", everything=True),
    ],
    "going_live.saved": lambda _name: [
        going_live.saved(FirmSettings(go_live=date(2026, 10, 1))),
        going_live.saved(FirmSettings()),
    ],
    "policy.alone_page": lambda _name: [policy.alone_page(one, "V1") for one in (STRICT, FirmSettings())],
    "policy.away_page": lambda _name: [policy.away_page(one, "U0BEN", "V1") for one in (STRICT, LOOSE)],
    "policy.page": lambda _name: [policy.page(one, "CAD", "V1") for one in (STRICT, LOOSE, FirmSettings())],
    "people.screen": _people,
    "people.form": lambda name: [
        people.form(None, people.Below()),
        people.form(people.Holder("U0BEN", tuple(people.MEANS), "guest"), people.Below()),
        people.form(people.Holder("U0BEN", ()), people.Below(), duties.before(duties_with(name), "U0BEN")),
    ],
    "people.saved": lambda name: [
        people.saved("U0BEN", roles, went, changed=changed)
        for roles in ((), tuple(people.MEANS))
        for went in ("", duties.after(duties_with(name)))
        for changed in (False, True)
    ],
    "people.told": lambda _name: [people.told(roles, "U0ALICE") for roles in ((), tuple(people.MEANS))],
    "places.page": lambda _name: [
        places.page("C0APPROVE", "C0BOOKS", "America/Argentina/ComodRivadavia", "V1"),
        places.page("", "", "UTC", ""),
    ],
    "places.chosen_here": lambda _name: [places.chosen_here(what, "U0ALICE") for what in places.TELLS],
    "request.request": _requested,
    "request.waiting": lambda name: [
        request.waiting(
            odd_entries(name), value=VALUE, at=NOW, expires=LATER, place=place, who="<@U0ZOE>", turn=turn
        )
        for place in ("", PLACE)
        for turn in ("", HANDED)
    ],
    "request.look_again": lambda name: request.look_again(odd_entries(name), value=VALUE),
    "request.pausing": lambda name: [request.pausing(odd_entries(name))],
    "request.approved": lambda name: [
        request.approved(odd_entries(name), by="U0BEN", at=NOW, asked_by="U0MARIA")
    ],
    "request.alone": lambda name: [request.alone(odd_entries(name), at=NOW)],
    "request_ended.ended": _ended,
    "request_ended.told_below": lambda name: [
        request_ended.told_below(odd_entries(name), is_rejected=is_rejected) for is_rejected in (True, False)
    ],
    "request.told_approved": lambda name: [request.told_approved(odd_entries(name), "U0BEN")],
    "request.moved": lambda name: [request.moved(odd_entries(name), HANDED)],
    "request.over_meanwhile": lambda _name: [request.over_meanwhile(place) for place in ("", PLACE)],
    "request.reminder": lambda name: [
        request.reminder(odd_entries(name), asked_by="U0MARIA", at=NOW, expires=LATER, place=PLACE)
    ],
    "request.with_who": _with_who,
    "request.reject": lambda name: [request.reject(VALUE, f"3 invoices for {escaped(name)}")],
    "request.hand_over": lambda name: [request.hand_over(VALUE, f"3 invoices for {escaped(name)}")],
    "settings.screen": _settings,
    "trust.screen": _trust,
    "trust.done": lambda _name: [
        trust.done(number, "U0BEN", approved=approved) for number in (1, 30) for approved in (False, True)
    ],
    "trust.asked": lambda name: [
        trust.asked("U0MARIA", trust_invoices(name, 30), (cad("90000.00"), usd("1.00")), away)
        for away in (None, Absence("U0BEN", NOW.date(), "U0ALICE"))
    ],
    "trust.settled": lambda name: [trust.settled("U0MARIA", trust_invoices(name, one)) for one in (0, 30)],
    "trust.somebody_else_now": lambda _name: [trust.somebody_else_now("U0ALICE")],
    "trust.why_not": lambda _name: [trust.why_not(number, "D") for number in (1, 30)],
    "trust.turned_down": lambda _name: [trust.turned_down(number) for number in (0, 1, 30)],
    "trust.rejected": lambda name: [
        trust.rejected("U0BEN", f"{name} " * 200, trust_invoices(name, number)) for number in (1, 30)
    ],
    "trust.approved": lambda name: [trust.approved("U0BEN", trust_invoices(name, 30))],
}
