"""The mapping's screen: what is confirmed, what is only suggested, and who may confirm."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from commands.views import mapping as views
from commands.views import mapping_history
from commands.views.blocks import View
from commands.views.mapping import Cards, Foreign, MappingScreen, Review
from commands.views.mapping_history import Change, RowHistory
from commands.views.mapping_refused import Overtaken, refused
from commands.views.mapping_row import MappingRow, RowState
from qb.entry import Named
from qb.mapping import Kind
from tests.views.cast import LONG, NAMES
from tests.views.golden import same_as_kept
from tests.views.limits import check_modal, words

AT = datetime(2026, 10, 30, 13, 5, tzinfo=UTC)
ROWS = (
    MappingRow(
        "method:e-Transfer",
        Kind.METHOD,
        "e-Transfer",
        RowState.CONFIRMED,
        Named("7", "e-Transfer"),
        by="U0BEN",
        on=date(2026, 11, 3),
    ),
    MappingRow("method:Carte", Kind.METHOD, "Carte", RowState.OPEN, None),
    MappingRow("deposit:CAD", Kind.DEPOSIT, "Payments in CAD", RowState.SUGGESTED, Named("35", "Chequing")),
    MappingRow(
        "item:fee",
        Kind.ITEM,
        "Professional fees",
        RowState.CONFIRMED,
        Named("1", "Fees"),
        "Fees is inactive.",
    ),
    MappingRow(
        "tax:fee@13",
        Kind.TAX,
        "Fees with 13 % tax",
        RowState.CHOSEN,
        Named("5", "HST ON"),
        by="U0BEN",
        on=date(2026, 11, 3),
        before="HST 13",
        hint="13 % is the rate of Ontario on these invoices' dates.",
    ),
)


def shown(rows: tuple[MappingRow, ...] = ROWS, *, may: bool = True, page: int = 0) -> MappingScreen:
    """The screen of these rows."""
    return MappingScreen("Northgate Immigration", rows, ("Client Trust CAD",), may, ("U0ALICE",), page)


def test_the_screen_looks_as_agreed() -> None:
    """A row of each kind and state."""
    same_as_kept("mapping", views.screen(shown(), "draft-3"))


def past(name: str, rows: int) -> View:
    """A history of so many rows, each changed six times."""
    changes = (Change("U0BEN", date(2026, 11, 3), name, name),) * 6
    return mapping_history.history([RowHistory(name, changes)] * rows, [("U0BEN", date(2026, 11, 3))])


@pytest.mark.parametrize("name", NAMES)
def test_slack_takes_a_full_page(name: str) -> None:
    """A page of rows with the longest labels, targets and problems."""
    rows = tuple(
        MappingRow(f"method:{n}", Kind.METHOD, name, RowState.SUGGESTED, Named(str(n), name), LONG)
        for n in range(45)
    )
    for page in range(4):
        check_modal(
            views.screen(
                MappingScreen(name, rows, (name,) * 9, may_confirm=True, confirmers=(), page=page), "draft-3"
            )
        )


def test_suggestions_are_marked_and_do_not_count() -> None:
    """The person sees which choices are ours."""
    told = words(views.screen(shown(), "d"))
    assert "_suggested_" in told
    assert "nothing counts until confirmed" in told
    assert "4 of 5 rows need a decision" in told


def test_trust_accounts_are_shown_but_not_selectable() -> None:
    """Marked as such."""
    assert "Client Trust CAD (trust: for client money only)" in words(views.screen(shown(), "d"))


def test_the_account_of_client_money_is_marked() -> None:
    """It reads as trust, and asks for a trust account."""
    row = MappingRow(
        "deposit@trust:CAD", Kind.DEPOSIT, "Client money in CAD", RowState.OPEN, None, is_trust=True
    )
    told = words(views.screen(shown((row,)), "d"))
    assert "*Client money in CAD*\nTrust · _please choose_" in told
    assert "Choose a trust account" in told


def test_only_those_who_may_confirm_get_the_button() -> None:
    """The others learn whom to ask."""
    view = views.screen(shown(may=False), "d")
    assert "submit" not in view
    assert "Please ask <@U0ALICE>" in words(view)


def test_what_went_wrong_with_a_choice_is_said() -> None:
    """An inactive target shows on its row."""
    assert "Fees is inactive." in words(views.screen(shown(), "d"))


def test_nothing_imported_yet_teaches_the_next_step() -> None:
    """Without exports there are no rows."""
    view = views.screen(shown(()), "d")
    check_modal(view)
    assert "Import Exports" in words(view)


def test_slack_takes_what_follows_confirming() -> None:
    """All confirmed, some open, some refused."""
    check_modal(views.confirmed_view(4, ()))
    check_modal(views.going_on_view(4))
    check_modal(views.confirmed_view(0, NAMES * 3))
    check_modal(refused([LONG] * 40, "draft-3"))
    check_modal(refused([], "draft-3", [Overtaken(LONG, LONG, "U0BEN", AT)] * 40))


def test_who_was_faster_is_said_with_when() -> None:
    """Names escaped, and no page's choice is half taken: nothing was confirmed."""
    told = words(refused([], "draft-3", [Overtaken("Payments in CAD by Visa", "A & <B>", "U0BEN", AT)]))
    assert "Nothing was confirmed." in told
    assert "Payments in CAD by Visa: <@U0BEN> chose A &amp; &lt;B&gt; <!date^1793365500^" in told


def test_rows_left_open_are_named() -> None:
    """So that nobody has to look for them."""
    told = words(views.confirmed_view(1, ("Interac", "HST 13 %")))
    assert "2 rows still open: Interac, HST 13 %." in told


def test_all_confirmed_is_said() -> None:
    """A calm screen."""
    assert "Everything seen in the exports is mapped" in words(views.screen(shown(ROWS[:1]), "d"))


def test_what_is_chosen_anew_says_what_holds_and_since_when() -> None:
    """Who confirmed it, on which day; and beside it what helps to answer."""
    told = words(views.screen(shown(), "d"))
    assert "_confirmed_ by <@U0BEN>, 3 Nov 2026" in told
    assert "_chosen, not confirmed yet_ · now HST 13, confirmed by <@U0BEN>, 3 Nov 2026" in told
    assert "13 % is the rate of Ontario on these invoices' dates." in told


def test_what_confirming_would_do_is_said_before_it_is_done() -> None:
    """In the words of who sees the invoices; long lists are cut, and say so."""
    effect = "3 ready invoices would deposit to Clearing instead of Chequing."
    told = words(views.screen(replace(shown(), effects=(effect,) * 8), "d"))
    assert f"*If you confirm this:*\n• {effect}" in told
    assert "and 4 more effects" in told


def test_the_review_has_a_name_and_a_date() -> None:
    """Once nothing is open."""
    done = replace(shown(ROWS[:1]), reviewed=Review("U0BEN", date(2026, 11, 3)))
    assert "Reviewed by <@U0BEN> on 3 Nov 2026." in words(views.screen(done, "d"))
    assert "Reviewed by" not in words(views.screen(replace(done, rows=ROWS), "d"))


@pytest.mark.parametrize(
    ("converts", "says", "buttons"),
    [
        (None, "Does your bank turn USD into CAD as it comes in?", ["bank_converts_1", "bank_converts_0"]),
        (True, "Your bank turns USD into CAD", ["bank_converts_0"]),
        (False, "Your bank doesn't turn USD into CAD", ["bank_converts_1"]),
    ],
)
def test_whether_the_bank_converts_is_asked_where_it_matters(
    converts: bool | None,  # noqa: FBT001 - a case of the table
    says: str,
    buttons: list[str],
) -> None:
    """Of who may confirm; the others read the answer."""
    screen = replace(shown(), foreign=Foreign(("USD",), "CAD", converts))
    view = views.screen(screen, "d")
    ids = [e["action_id"] for b in view["blocks"] for e in b.get("elements", []) if "action_id" in e]
    assert says in words(view)
    assert buttons == [one for one in ids if one.startswith("bank_converts")]
    looking = views.screen(replace(screen, may_confirm=False), "d")
    assert "bank_converts" not in str(looking)
    assert "map_except" not in str(looking)


def test_cards_are_pointed_to_the_clearing_account() -> None:
    """Said, not chosen for anybody."""
    told = words(views.screen(replace(shown(), cards=Cards(("Visa",), "Card Clearing")), "d"))
    assert "Card payments (Visa) mostly reach the bank later" in told
    assert "sends them to Card Clearing." in told


def test_the_history_says_who_when_before_and_after() -> None:
    """Newest first, row by row."""
    first = Change("U0ALICE", date(2026, 11, 1), "", "Chequing")
    then = Change("U0BEN", date(2026, 11, 3), "Chequing", "<!channel>")
    told = words(mapping_history.history([RowHistory("Payments in CAD", (then, first))], []))
    assert "*Payments in CAD*\n• 3 Nov 2026, <@U0BEN>: Chequing → &lt;!channel&gt;\n• 1 Nov 2026" in told
    assert "more rows changed longer ago" in words(past("x", 60))
    assert "2 earlier changes" in words(past("x", 1))
    assert "Nothing is confirmed yet" in words(past("x", 0))


def test_a_long_key_fits_an_option() -> None:
    """Slack takes 150 characters; a longer one is told by its hash."""
    assert views.short("deposit:CAD/Visa") == "deposit:CAD/Visa"
    assert len(views.short("x" * 151)) == 64
