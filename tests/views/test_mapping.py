"""The mapping's screen: what is confirmed, what is only suggested, and who may confirm."""

import pytest

from commands.views import mapping as views
from commands.views.mapping import MappingRow, MappingScreen, RowState
from qb.entry import Named
from qb.mapping import Kind
from tests.views.cast import LONG, NAMES
from tests.views.golden import same_as_kept
from tests.views.limits import check_modal, words

ROWS = (
    MappingRow("method:e-Transfer", Kind.METHOD, "e-Transfer", RowState.CONFIRMED, Named("7", "e-Transfer")),
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
    MappingRow("tax:fee@13", Kind.TAX, "Fees with 13 % tax", RowState.CHOSEN, Named("5", "HST ON")),
)


def shown(rows: tuple[MappingRow, ...] = ROWS, *, may: bool = True, page: int = 0) -> MappingScreen:
    """The screen of these rows."""
    return MappingScreen("Northgate Immigration", rows, ("Client Trust CAD",), may, ("U0ALICE",), page)


def test_the_screen_looks_as_agreed() -> None:
    """A row of each kind and state."""
    same_as_kept("mapping", views.screen(shown(), "draft-3"))


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
    check_modal(views.refused_view([LONG] * 40, "draft-3"))


def test_rows_left_open_are_named() -> None:
    """So that nobody has to look for them."""
    told = words(views.confirmed_view(1, ("Interac", "HST 13 %")))
    assert "2 rows still open: Interac, HST 13 %." in told


def test_all_confirmed_is_said() -> None:
    """A calm screen."""
    assert "Everything seen in the exports is mapped" in words(views.screen(shown(ROWS[:1]), "d"))
