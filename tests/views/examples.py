"""An example of every screen and message about connecting, mapping, importing, syncing and checking."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from commands.views import (
    add_contact,
    checking,
    choosing,
    connect,
    contact,
    direct,
    importing,
    listing,
    lost,
    mapping,
    mapping_refused,
    notices,
    overview,
    payers,
    preview,
    refusals,
    result,
    sync,
    waiting,
)
from commands.views.blocks import Message, View
from commands.views.checking import Came
from commands.views.listing import Listed, Listing
from commands.views.mapping_row import MappingRow, RowState
from commands.views.overview import HeldGroup, NewestExport, RecentSync
from commands.views.sync import CaseChoice
from commands.views.text import name as escaped
from commands.views.ticks import Narrow
from db.chosen import FirmSettings
from db.intake.stage import ImportResult, Progress
from db.refusal import Refusal
from qb.entry import Entry, Named
from qb.hold import Mend, Reason
from qb.mapping import Kind
from qb.omens import Omen, Sign, Whose
from tests.views import (
    cast,
    test_checking,
    test_choosing,
    test_import,
    test_mapping,
    test_overview,
    test_result,
    test_sync,
    test_waiting,
)
from tests.views.cast import LONG, NOW, cad, entry, held, two_payments, usd
from tests.views.test_contact import candidate, search
from tests.views.test_overview import CONNECTION

Shown: TypeAlias = View | Message
Example: TypeAlias = Callable[[str], Sequence[Shown]]
"""What a builder shows of somebody or something so named; names come short, long and hostile."""
URL = "https://caseledger.example.com/quickbooks/connect?state=abc"
FILES = 10
OMEN = Omen(Sign.EXPORT_OLD, "The newest export is 9 days old.", "Import a fresh one.", Whose.STAFF)


def _lost_connection(name: str) -> Sequence[Shown]:
    return [lost.message(state, name, name) for state in ("reconnect", "locked", "app")]


def _offers(name: str) -> Sequence[Shown]:
    odd = replace(CONNECTION, company_name=name, reason=name, state="reconnect")
    return [connect.offer(URL, "sandbox", one) for one in (None, CONNECTION, odd)]


def _mapping(name: str) -> Sequence[Shown]:
    rows = tuple(
        MappingRow(f"method:{n}", Kind.METHOD, name, RowState.SUGGESTED, Named(str(n), name), LONG)
        for n in range(45)
    )
    shown = replace(
        test_mapping.shown(rows),
        company=name,
        effects=(name * 9,) * 9,
        cards=mapping.Cards((name,) * 9, name),
        foreign=mapping.Foreign((name,) * 9, name, converts=None),
    )
    return [mapping.screen(replace(shown, page=page, may_confirm=page == 0), "draft") for page in range(3)]


def _imported(name: str) -> ImportResult:
    odd = replace(test_import.INVOICES, name=name, unknown_headers=(name,) * 9)
    refused = replace(test_import.ROTA, name=name, refused=name)
    return ImportResult(1, (odd, refused) * (FILES // 2))


def _listing(name: str) -> Sequence[Shown]:
    invoices = tuple(Listed(f"1{n:03}", name, name, cad("1800.00"), date(2026, 11, 3)) for n in range(200))
    shown = Listing("short", name, (cad("360000.00"), usd("2.00")), name, Mend.IMPORT, invoices)
    return [listing.screen(shown, page) for page in range(5)]


def _reasons(name: str) -> Sequence[Shown]:
    groups = [HeldGroup(one, name, 3, (cad("1.00"), usd("2.00")), Mend.NONE, name) for one in Reason]
    return [listing.reasons(groups, page) for page in range(3)]


def _overview(name: str) -> Sequence[Shown]:
    odd = replace(
        test_overview.BUSY,
        connection=replace(CONNECTION, company_name=name),
        newest=NewestExport(NOW, "U0MARIA", (name,) * FILES, 400),
        syncs=tuple(RecentSync("U0MARIA", NOW, "running", 3, name) for _ in range(9)),
    )
    return [overview.screen(odd), overview.screen(test_overview.NEW)]


def odd_entries(name: str) -> list[Entry]:
    """More than one message shows."""
    one = replace(entry(name, number=name), customer=Named("58", name))
    return [one, two_payments(name), *(entry(name, f"INV-{n}") for n in range(12))]


def _previewed(name: str) -> Sequence[Shown]:
    second = preview.SecondPerson((name,) * 12, ("U0BEN", "U0ALICE"))
    return [
        message
        for asks in (None, second)
        for taken in ((), test_sync.asked_for(name, 30))
        for message in preview.preview(
            odd_entries(name),
            [held(name)] * 9,
            sync_id="S",
            version=1,
            changes=[name] * 9,
            second=asks,
            taken=taken,
        )
    ]


def _searched(name: str) -> Sequence[Shown]:
    found = [CaseChoice(name, name, name, n) for n in range(30)]
    return [
        sync.search(name, found, searched=True),
        sync.search("", [], searched=False),
        sync.search(name, [], searched=True, imported=False),
    ]


def _synced(name: str) -> Sequence[Shown]:
    few = [sync.screen(test_sync.shown(name, ticks, ticks), "draft") for ticks in (0, 1, 10)]
    return [
        *few,
        test_choosing.screen(replace(test_choosing.choice(12, 12), ticks=test_choosing.ticks(12, name))),
    ]


def _refusal(name: str) -> Refusal:
    told = cast.told(f"QuickBooks said no: {escaped(name, 200)}.")
    return replace(told, remedy="Put it right there, then try again.", reference="7F3A12BC")


def _results(name: str) -> Sequence[Shown]:
    refused = test_result.refused(name, name)
    told = test_result.story(*[test_result.booked(name)] * 40, refused, client=name)
    return result.result(told)


EXAMPLES: Mapping[str, Example] = {
    "checking.looking": lambda _name: [checking.looking(), checking.looking(400, 12_000)],
    "checking.under_way": lambda _name: [checking.under_way()],
    "checking.report": lambda _name: [checking.report(Came(12_000, 3, 1, NOW))],
    "checking.all_well": lambda _name: [checking.all_well(Came(12_000, 0, 1, NOW))],
    "checking.findings": lambda name: checking.findings(
        [replace(one, id=f"F-{n}", client=name, case=name) for n, one in enumerate(test_checking.KINDS * 8)],
        NOW,
    ),
    "connect.offer": _offers,
    "connect.not_set_up": lambda _name: [connect.not_set_up(["INTUIT_CLIENT_ID", "INTUIT_CLIENT_SECRET"])],
    "connect.not_in_production": lambda _name: [connect.not_in_production()],
    "connect.at_intuit": lambda _name: [connect.at_intuit()],
    "connect.connected": lambda name: [
        connect.connected(name, "U0ALICE", FirmSettings(), imported=False),
        connect.connected(name, "U0ALICE", FirmSettings(), (replace(OMEN, sentence=name),) * 9),
    ],
    "connect.not_connected": lambda name: [connect.not_connected(escaped(name, 200))],
    "contact.searching": lambda name: [contact.searching(name)],
    "contact.results": lambda name: [contact.results(search(name, found), "d") for found in (0, 2, 30)],
    "add_contact.add_form": lambda name: [
        add_contact.add_form(replace(search(name, found), pays=pays), "d", problem)
        for found, pays in ((0, False), (30, False), (2, True))
        for problem in ("", name)
    ],
    "add_contact.adding": lambda name: [add_contact.adding(name)],
    "add_contact.added": lambda name: [add_contact.added(name)],
    "add_contact.still_adding": lambda name: [add_contact.still_adding(name)],
    "direct.hint": lambda _name: [direct.hint()],
    "importing.ask": lambda _name: [importing.ask()],
    "importing.still_working": lambda name: [importing.still_working(Progress(name, 41_000, 100_000))],
    "importing.on_its_way": lambda name: [importing.on_its_way(Progress(name, 41_000, 100_000))],
    "importing.working": lambda _name: [importing.working(1), importing.working(FILES)],
    "waiting.message": lambda name: [waiting.message(one) for one in test_waiting.asked(name)],
    "waiting.screen": lambda name: [waiting.screen(one) for one in test_waiting.asked(name)],
    "waiting.taking_in": lambda name: [waiting.taking_in(test_waiting.asked(name)[0], "U0BEN")],
    "waiting.taken_in": lambda name: [waiting.taken_in(test_waiting.asked(name)[0], "U0BEN")],
    "waiting.left": lambda name: [waiting.left(test_waiting.asked(name)[0], "U0BEN")],
    "waiting.over": lambda name: [waiting.over(waiting.left(test_waiting.asked(name)[0], "U0BEN"))],
    "importing.answer_view": lambda name: [importing.answer_view(_imported(name))],
    "importing.answer_message": lambda name: [importing.answer_message(_imported(name))],
    "payers.who_pays": lambda name: [payers.who_pays(search(name), candidate(1, name), "d")],
    "payers.which_email": lambda name: [payers.which_email(search(name), candidate(1, name), "d")],
    "payers.updating": lambda name: [payers.updating(name)],
    "payers.updated": lambda name: [payers.updated(name)],
    "payers.not_updated": lambda name: [payers.not_updated(name, name)],
    "payers.still_updating": lambda name: [payers.still_updating(name)],
    "listing.reasons": _reasons,
    "listing.screen": _listing,
    "lost.message": _lost_connection,
    "mapping.screen": _mapping,
    "mapping.going_on_view": lambda _name: [mapping.going_on_view(12)],
    "mapping.confirmed_view": lambda name: [
        mapping.confirmed_view(1, []),
        mapping.confirmed_view(12, [name] * 30),
    ],
    "mapping_history.history": lambda name: [test_mapping.past(name, rows) for rows in (0, 1, 60)],
    "mapping_refused.refused": lambda name: [
        mapping_refused.refused([name] * 20, "draft"),
        mapping_refused.refused([name], "draft", [mapping_refused.Overtaken(name, name, "U0BEN", NOW)] * 12),
    ],
    "notices.loading": lambda name: [notices.loading("CaseLedger"), notices.loading(name)],
    "notices.trouble": lambda name: [notices.trouble("CaseLedger", escaped(name, 200))],
    "overview.screen": _overview,
    "preview.preview": _previewed,
    "preview.nothing_to_book": lambda name: [preview.nothing_to_book([held(name)] * 30)],
    "preview.cancelled": lambda name: [preview.cancelled(odd_entries(name), "U0MARIA")],
    "preview.superseded": lambda name: [preview.superseded(odd_entries(name))],
    "refusals.above": lambda name: [
        refusals.above(
            refusals.screen("CaseLedger", _refusal(name)), _refusal(name), notices.connect_button()
        )
    ],
    "refusals.message": lambda name: [refusals.message(_refusal(name), notices.connect_button())],
    "refusals.screen": lambda name: [refusals.screen("CaseLedger", _refusal(name))],
    "result.result": _results,
    "choosing.form": lambda name: [choosing.form(Narrow(name), ("CAD", "USD"), "draft")],
    "sync.search": _searched,
    "sync.screen": _synced,
}
