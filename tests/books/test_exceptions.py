"""One method, one case type, goes elsewhere than the rest; what can't be used any more never falls back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qb.canonical import canonical, from_canonical, plan_hash
from qb.entry import Entry, Held, Named
from qb.hold import Reason
from qb.mapping import AS_DEFAULT, Choice, Fund, Kind, Mapping, row, row_of_key
from qb.needed import exceptions_seen, rows_needed
from qb.offering import candidates, clearing_account, suggest
from qb.plan import plan
from qb.usable import check
from tests.books.given import CHOICES, DIRECTORY, GROUND, invoice, mapped, paid

CARDS = Choice(Kind.DEPOSIT, "CAD/Credit Card", "40", "Card Clearing")
SPLIT = invoice(paid("1260.00"), paid("1000.00", transaction="T-2", method="Credit Card"), fee="2000.00")
NAMES = ("<!channel> & <https://evil|Approve>", 'René "Ané" O\'Brien \\ 马春梅', "a/b:c@d", "x" * 300)


def entry(mapping: Mapping) -> Entry:
    """What is booked of the split invoice."""
    (found,) = plan([SPLIT], replace(GROUND, mapping=mapping)).entries
    return found


def held(mapping: Mapping) -> Held:
    """Why it isn't booked."""
    (found,) = plan([SPLIT], replace(GROUND, mapping=mapping)).held
    return found


def accounts(mapping: Mapping) -> list[tuple[str, str]]:
    """Where each payment goes, and by which exception."""
    return [(payment.account.name, payment.by) for payment in entry(mapping).payments]


def test_a_methods_own_account_takes_its_payments() -> None:
    """Cards to clearing, the rest to the default; the entry says by which row."""
    assert [("Chequing", ""), ("Chequing", "")] == accounts(Mapping(CHOICES))
    assert [("Chequing", ""), ("Card Clearing", "Payments in CAD by Credit Card")] == accounts(mapped(CARDS))


def test_an_exception_taken_back_goes_as_the_default() -> None:
    """It stays as history, and decides nothing."""
    back = replace(CARDS, target_id=AS_DEFAULT, target_name="Same as Payments in CAD")
    assert [("Chequing", ""), ("Chequing", "")] == accounts(mapped(back))
    assert check(back, DIRECTORY) is None


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("39", Reason.TARGET_INACTIVE),  # inactive
        ("99", Reason.TARGET_INACTIVE),  # gone
        ("37", Reason.TARGET_INACTIVE),  # another currency
        ("38", Reason.TRUST),
    ],
)
def test_an_exception_that_cannot_be_used_holds(target: str, reason: Reason) -> None:
    """Nothing falls back to the default in silence."""
    (hold,) = held(mapped(replace(CARDS, target_id=target))).holds
    assert (reason, "deposit:CAD/Credit Card") == (hold.reason, hold.row)


def test_an_exception_does_not_stand_in_for_the_default() -> None:
    """Without a default for the currency, what has no exception waits."""
    only = Mapping(tuple(one for one in mapped(CARDS).choices if one.row != "deposit:CAD"))
    assert ["deposit:CAD"] == [hold.row for hold in held(only).holds]


def test_a_case_types_own_item_takes_its_lines() -> None:
    """By line kind and case type; other case types keep the default."""
    consult = Choice(Kind.ITEM, "fee/Study Permit", "3", "Card Surcharge")
    study = replace(SPLIT, case=replace(SPLIT.case, kind="Study Permit"))
    other = replace(SPLIT, case=replace(SPLIT.case, kind="Express Entry"))
    items = [
        plan([one], replace(GROUND, mapping=mapped(consult))).entries[0].lines[0].item.name
        for one in (study, other, SPLIT)
    ]
    assert ["Card Surcharge", "Professional Fees", "Professional Fees"] == items


def test_the_plan_says_by_which_exception_and_reads_back() -> None:
    """A plan without exceptions keeps the text and hash it had before there were any."""
    plain, special = plan([SPLIT], GROUND), plan([SPLIT], replace(GROUND, mapping=mapped(CARDS)))
    assert '"by"' not in canonical(plain)
    assert plan_hash(plain) != plan_hash(special)
    assert special.entries == from_canonical(canonical(special)).entries
    assert plain.entries == from_canonical(canonical(plain)).entries


def test_a_plan_keeps_caseeasys_word_for_a_method_and_the_hash_it_had() -> None:
    """What an earlier version showed lacks the word: it is approved all the same, and reads back without."""
    made = plan([SPLIT], GROUND)
    (entry,) = from_canonical(canonical(made)).entries
    assert ["e-Transfer", "Credit Card"] == [one.said for one in entry.payments]
    wordless = replace(entry, payments=tuple(replace(one, said="") for one in entry.payments))
    before = replace(made, entries=(wordless,))
    assert '"said"' not in canonical(before)
    assert plan_hash(before) == plan_hash(made)


def test_what_could_be_an_exception_is_what_the_invoices_show() -> None:
    """Methods by currency and case types by line kind; client money isn't among them."""
    study = replace(SPLIT, case=replace(SPLIT.case, kind="Study Permit"))
    trust = invoice(paid("50.00", method="Trust transfer"), expense="50.00")
    unpaid = replace(invoice(paid("5.00", method="Barter"), exempt_fee="5.00"), paid=None)
    assert [
        "deposit:CAD/Credit Card",
        "deposit:CAD/e-Transfer",
        "item:fee/Study Permit",
    ] == [one.key for one in exceptions_seen([study, trust, unpaid])]


def test_a_confirmed_exception_is_a_row_below_its_default() -> None:
    """For invoices that show it; others don't rest on it."""
    rows = [one.key for one in rows_needed([SPLIT], DIRECTORY, mapping=mapped(CARDS))]
    assert ["deposit:CAD", "deposit:CAD/Credit Card"] == [key for key in rows if key.startswith("deposit")]
    transfer = invoice(paid("2260.00"), fee="2000.00")
    rows = [one.key for one in rows_needed([transfer], DIRECTORY, mapping=mapped(CARDS))]
    assert ["deposit:CAD"] == [key for key in rows if key.startswith("deposit")]


def test_cards_are_suggested_the_clearing_account() -> None:
    """Where there is just one that says so; other methods are suggested nothing."""
    cards, wires = row(Kind.DEPOSIT, "CAD/Visa"), row(Kind.DEPOSIT, "CAD/Wire")
    assert Named("40", "Card Clearing") == suggest(cards, DIRECTORY) == clearing_account(cards, DIRECTORY)
    assert suggest(wires, DIRECTORY) is None
    assert suggest(row(Kind.ITEM, "fee/Study Permit"), DIRECTORY) is None


def test_an_exception_may_be_taken_back() -> None:
    """The first thing offered; a default has nothing to go back to."""
    offered = candidates(row(Kind.DEPOSIT, "CAD/Visa"), DIRECTORY)
    assert Named("=", "Same as Payments in CAD") == offered[0].target
    assert "=" not in [one.target.id for one in candidates(row(Kind.DEPOSIT, "CAD"), DIRECTORY)]


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_makes_an_exception_like_any_other(name: str) -> None:
    """Its row reads back, is short enough to be kept, and decides for this name alone."""
    payment = paid("50.00", method=name)
    (seen,) = exceptions_seen([invoice(payment, expense="50.00")])
    assert seen == row_of_key(seen.key)
    assert len(seen.source) <= 200
    mapping = Mapping((Choice(Kind.DEPOSIT, seen.source, "40", "Card Clearing"),))
    assert seen.source == mapping.deciding(Kind.DEPOSIT, "CAD", name)
    assert mapping.deciding(Kind.DEPOSIT, "CAD", name + "y") == "CAD"


@pytest.mark.parametrize(
    ("choice", "without", "with_it"),
    [
        (
            Choice(Kind.DEPOSIT, "USD", "35", "Chequing"),
            "Chequing is kept in CAD, not in USD.",
            None,
        ),
        (Choice(Kind.DEPOSIT, "USD/Wire", "35", "Chequing"), "Chequing is kept in CAD, not in USD.", None),
        (
            Choice(Kind.DEPOSIT, "CAD", "37", "USD Chequing"),
            "USD Chequing is kept in USD, not in CAD.",
            "USD Chequing is kept in USD, not in CAD.",
        ),
        (
            Choice(Kind.DEPOSIT, "USD", "38", "Client Trust CAD", Fund.TRUST),
            "Client Trust CAD is kept in CAD, not in USD.",
            "Client Trust CAD is kept in CAD, not in USD.",
        ),
    ],
)
def test_the_home_currencys_account_takes_foreign_money_only_where_the_bank_converts(
    choice: Choice, without: str | None, with_it: str | None
) -> None:
    """As the firm has said; never the other way round, and never for client money."""
    assert without == check(choice, DIRECTORY)
    assert with_it == check(choice, DIRECTORY, converts=True)


def test_home_accounts_are_offered_for_foreign_money_only_where_the_bank_converts() -> None:
    """The suggestion stays the currency's own account."""
    dollars = row(Kind.DEPOSIT, "USD")
    assert ["USD Chequing"] == [one.target.name for one in candidates(dollars, DIRECTORY)]
    offered = candidates(dollars, DIRECTORY, converts=True)
    assert ["Card Clearing", "Chequing", "Client Trust CAD", "Savings", "USD Chequing"] == [
        one.target.name for one in offered
    ]
    assert ["Client Trust CAD"] == [one.target.name for one in offered if not one.selectable]
    assert Named("37", "USD Chequing") == suggest(dollars, DIRECTORY, converts=True)
    clients = row(Kind.DEPOSIT, "USD", Fund.TRUST)
    assert () == candidates(clients, DIRECTORY, converts=True)
