"""How things stand, on one screen, from a firm that has just begun to one with much to do."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from commands.views import overview as views
from commands.views.looked import Looked
from commands.views.overview import HeldGroup, NewestExport, Overview, RecentSync
from commands.views.standing import StoppedSync
from db.connections import Connection
from qb.hold import Mend, Reason
from tests.views.cast import LONG, NAMES, NOW, cad, usd
from tests.views.golden import same_as_kept
from tests.views.limits import check_modal, words
from tests.views.test_omens import OLD

CONNECTION = Connection(
    firm_id="F-1",
    realm_id="9130",
    company_name="Northgate Immigration Law",
    home_currency="CAD",
    state="ok",
    reason="",
    access_expires_at=NOW,
    refresh_expires_at=NOW,
    version=1,
    lease_until=None,
    connected_by="U0ALICE",
    connected_at=NOW,
)
BUSY = Overview(
    connection=CONNECTION,
    intuit_is_set=True,
    mapping_rows=9,
    mapping_open=2,
    newest=NewestExport(NOW, "U0MARIA", ("Invoices-export-2026-11-13.xlsx",), 9),
    ready=12,
    ready_totals=(cad("24500.00"), usd("900.00")),
    held=(
        HeldGroup(
            "no_contact",
            "Contact not found yet",
            4,
            (cad("9040.00"),),
            Mend.FIND_CONTACT,
            "Priya isn't linked yet.",
        ),
        HeldGroup(
            "short",
            "Payments short of the amounts listed",
            1,
            (cad("1300.00"),),
            Mend.IMPORT,
            "$56.00 short.",
        ),
    ),
    under_way=1,
    review=1,
    differing=2,
    booked=31,
    syncs=(RecentSync("U0MARIA", NOW, "done", 3, "Amélie Tremblay"),),
    may_check=True,
    checked=NOW,
    looked=Looked(NOW),
)
NEW = Overview(
    connection=None,
    intuit_is_set=True,
    mapping_rows=0,
    mapping_open=0,
    newest=None,
    ready=0,
    ready_totals=(),
    held=(),
    under_way=0,
    review=0,
    differing=0,
    booked=0,
    syncs=(),
)


def test_who_may_not_do_a_step_is_told_whose_it_is() -> None:
    """No button that only says no."""
    shown = words(views.screen(replace(NEW, connecting=("U0ALICE",)))["blocks"])
    assert "QuickBooks isn't connected yet. That is for <@U0ALICE>." in shown
    assert "Connect QuickBooks" not in shown
    mapped = words(views.screen(replace(BUSY, mapping=("U0BEN", "U0ALICE")))["blocks"])
    assert "2 mapping rows wait for a decision. That is for <@U0BEN> or <@U0ALICE>." in mapped


def test_the_screen_looks_as_agreed() -> None:
    """A firm in the middle of a month."""
    same_as_kept("overview", views.screen(BUSY))


def test_what_is_ready_says_when_quickbooks_was_looked_at() -> None:
    """Never, lately, or so long ago that somebody may have booked it since; without a company nothing."""
    at = "<!date^1778076120^{date_short_pretty} at {time}|6 May 2026 14:02 UTC>"
    lately = Looked(datetime(2026, 5, 6, 14, 2, tzinfo=UTC))
    for looked, told in (
        (lately, f"QuickBooks was last looked at {at}."),
        (
            replace(lately, is_old=True),
            f"QuickBooks was last looked at {at}: what others wrote there since isn't taken in.",
        ),
        (Looked(None), "QuickBooks wasn't looked at yet: what others booked there isn't taken in."),
    ):
        shown = words(views.screen(replace(BUSY, looked=looked)))
        assert f"*Ready*: 12 invoices · $24,500.00 + US$900.00\n{told}" in shown
    assert "looked at" not in words(views.screen(replace(BUSY, looked=None)))
    assert "looked at" not in words(views.screen(replace(BUSY, ready=0)))


def test_who_may_check_the_books_finds_the_button() -> None:
    """Others don't; and what a check found stands among what needs somebody."""
    assert "Check the Books" in words(views.screen(BUSY))
    assert "Check the Books" not in words(views.screen(replace(BUSY, may_check=False)))
    assert "Check the Books" not in words(views.screen(replace(NEW, may_check=True)))
    told = words(views.screen(replace(BUSY, not_as_booked=2)))
    assert "2 things in QuickBooks are not as booked, by the last check." in told


@pytest.mark.parametrize("name", NAMES)
def test_slack_takes_the_screen(name: str) -> None:
    """Whatever companies, files, clients and reasons are called."""
    group = HeldGroup("short", name, 3, (cad("1.00"),) * 3, Mend.MAP, LONG)
    odd = replace(
        BUSY,
        connection=replace(CONNECTION, company_name=name, reason=name, state="reconnect"),
        newest=NewestExport(NOW, name, (name,) * 10, 400),
        held=(group,) * 20,
        stopped=(StoppedSync("S-1", name, name, 3, 9, may=True),) * 9,
        syncs=tuple(RecentSync(name, NOW, "running", 3, name) for _ in range(9)),
    )
    check_modal(views.screen(odd))
    coming = (replace(OLD, sentence=f"{name} {LONG}"),) * 9
    check_modal(views.screen(replace(odd, before=12_000, omens=coming)))
    unsaid = replace(odd, held=(group,) * 12, go_live_unsaid=True, banking_unsaid=True, omens=coming)
    check_modal(views.screen(unsaid))


def test_what_an_admin_has_not_said_yet_comes_first() -> None:
    """Since when we book, and how client money is banked; others learn who says it."""
    unsaid = replace(BUSY, go_live_unsaid=True, banking_unsaid=True)
    told = words(views.screen(unsaid))
    assert told.index("since when you book here") < told.index("can be booked")
    assert "Say How Client Money Is Banked" in told
    others = words(views.screen(replace(unsaid, connecting=("U0ALICE",))))
    assert "Trust money is held until then. That is for <@U0ALICE>." in others
    assert "Say How Client Money Is Banked" not in others


def test_what_is_coming_is_told_with_its_button() -> None:
    """A line each."""
    told = words(views.screen(replace(BUSY, omens=(OLD,))))
    assert "*Before it holds you up:* The newest export is 9 days old." in told


def test_what_was_paid_before_the_firm_began_stands_apart() -> None:
    """Counted, and a press away; never among what is held."""
    told = words(views.screen(replace(BUSY, before=12)))
    assert "*Before you began*: 12 invoices, taken as in the books already" in told
    assert "Before you began" not in words(views.screen(BUSY))


def test_a_new_firm_is_led_step_by_step() -> None:
    """Connect and import, each with its button; nothing that can't be done yet."""
    view = views.screen(NEW)
    check_modal(view)
    told = words(view)
    for part in (
        "QuickBooks isn't connected yet.",
        "Connect QuickBooks",
        "No export was imported",
        "Import Exports",
    ):
        assert part in told, part
    assert "Sync a Case" not in told


def test_what_is_unsynced_is_counted_and_summed_by_currency() -> None:
    """One total a currency, never mixed."""
    assert "*Ready*: 12 invoices · $24,500.00 + US$900.00" in words(views.screen(BUSY))


def test_held_invoices_are_grouped_with_an_example() -> None:
    """Why, how many, how much, and the mend."""
    told = words(views.screen(BUSY))
    assert "*Contact not found yet*: 4 invoices · $9,040.00" in told
    assert "$56.00 short." in told


def test_every_reason_is_shown_with_all_its_invoices_a_press_away() -> None:
    """The largest by name, the others behind one button; what is ready and being booked can be listed too."""
    short = BUSY.held[1]
    many = replace(BUSY, held=tuple(replace(short, key=reason, reason=reason) for reason in Reason))
    view = views.screen(many)
    check_modal(view)
    shown = [block["accessory"]["value"] for block in view["blocks"] if "open_listing" in str(block)]
    assert ["needs_review", "ready", *list(Reason)[:12], "reasons", "under_way"] == shown
    left = len(Reason) - 12
    assert f"*and {left} more reasons*: {left} invoices · " in words(view)
    few = views.screen(replace(many, held=many.held[:13]))
    assert "more reason" not in words(few)


def test_the_age_of_the_newest_export_is_said() -> None:
    """By its own date where that is known, beside the day of the import; and the newest payment in it."""
    undated = words(views.screen(BUSY))
    assert "Newest export: imported 9 days ago by <@U0MARIA> (Invoices-export-2026-11-13.xlsx)" in undated
    assert BUSY.newest is not None
    newest = replace(BUSY.newest, exported=date(2026, 11, 13), newest_payment=date(2026, 11, 3))
    dated = words(views.screen(replace(BUSY, newest=newest)))
    assert "Newest export: of 13 Nov 2026 (9 days ago), imported by <@U0MARIA> (Inv" in dated
    assert "2026-11-13.xlsx); newest payment of a paid invoice: 3 Nov 2026" in dated


def test_an_older_export_that_was_imported_last_is_said() -> None:
    """What it says counts, though it isn't the newest."""
    assert BUSY.newest is not None
    told = words(views.screen(replace(BUSY, newest=replace(BUSY.newest, older_since=date(2026, 11, 6)))))
    assert "*An older one, of 6 Nov 2026, was imported after it: what it says counts.*" in told


def test_help_lists_every_command() -> None:
    """On the same screen."""
    told = words(views.screen(NEW))
    for command in ("/qb-import", "/qb-connect", "/qb-mapping", "/qb-sync", "/qb"):
        assert command in told


def test_a_lost_connection_comes_first() -> None:
    """With the button that mends it."""
    lost = replace(BUSY, connection=replace(CONNECTION, state="reconnect"))
    told = words(views.screen(lost))
    assert told.index("no longer lets us in") < told.index("Paid, not yet in QuickBooks")
    assert "Reconnect" in told


def test_missing_settings_are_said() -> None:
    """Nobody in Slack can connect while Intuit's app isn't known."""
    assert "Intuit's app isn't in the settings" in words(views.screen(replace(NEW, intuit_is_set=False)))


def test_nothing_to_do_says_so() -> None:
    """A calm screen."""
    calm = replace(
        BUSY, ready=0, held=(), mapping_open=0, review=0, differing=0, ready_totals=(), under_way=0, syncs=()
    )
    told = words(views.screen(calm))
    assert "Nothing right now." in told
    assert "Nothing is waiting." in told


def test_what_was_asked_for_is_said_and_not_asked_for_again() -> None:
    """It can't be booked by anybody's Sync a Case: somebody has to approve it."""
    told = words(views.screen(replace(BUSY, asked_for=3)))
    assert "12 invoices ($24,500.00 + US$900.00) can be booked, of which 3 wait for approval." in told
    assert "*Ready*: 12 invoices · $24,500.00 + US$900.00, of which 3 wait for approval" in told
    all_asked = words(views.screen(replace(BUSY, asked_for=12)))
    assert "can be booked" not in all_asked
    assert "of which all wait for approval" in all_asked


def test_what_is_held_is_not_called_booked() -> None:
    """Nothing needs this person, but something paid isn't in the books."""
    group = HeldGroup("short", "Paid short", 1, (), Mend.NONE, "")
    told = words(
        views.screen(
            replace(BUSY, ready=0, ready_totals=(), mapping_open=0, review=0, differing=0, held=(group,))
        )
    )
    assert "Nothing right now. What is paid and held stands below" in told
    assert "in the books or on its way" not in told


def test_contacts_to_be_found_need_somebody() -> None:
    """They are the usual reason why nothing is ready in a new firm."""
    told = words(views.screen(replace(BUSY, ready=0, ready_totals=(), under_way=0)))
    assert "4 invoices wait for somebody to say who the client is in QuickBooks." in told


def test_what_is_ready_can_be_previewed_at_once() -> None:
    """As from the digest; not where all of it waits for an approver already."""
    assert "Sync All Ready" in words(views.screen(BUSY)["blocks"])
    for shown in (replace(BUSY, asked_for=12), replace(BUSY, ready=0)):
        assert "Sync All Ready" not in words(views.screen(shown)["blocks"])


def test_what_is_coming_and_not_shown_is_a_press_away() -> None:
    """So many more, and the list that has them all."""
    view = views.screen(replace(BUSY, omens=(OLD,) * 8))
    (line,) = [one for one in view["blocks"] if "5 more things to see to soon." in str(one)]
    assert ("Show All", "open_digest_list") == (
        line["accessory"]["text"]["text"],
        line["accessory"]["action_id"],
    )
