"""The mapping asks for what the paid invoices show, suggests by likeness, and checks what was confirmed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from qb.directory import Account, says_trust
from qb.entry import Named
from qb.mapping import Choice, Fund, Kind, Mapping, row, row_of_key
from qb.needed import rows_needed, rows_open
from qb.offering import candidates, suggest
from qb.usable import check
from tests.books.given import CHOICES, DIRECTORY, GROUND, LINK, invoice, mapped, paid

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN = (
    invoice(paid("2330.00"), fee="1500.00", expense="635.00"),
    invoice(paid("33.90", method="Credit Card"), surcharge="33.90"),
    invoice(paid("50.00", method="Trust transfer"), expense="50.00"),
    invoice(paid("1800.00", currency="USD", method="Wire"), fee="1800.00", currency="USD"),
    replace(invoice(paid("5.00", method="Barter"), exempt_fee="5.00"), paid=None),
)


def test_the_rows_are_what_the_paid_invoices_show() -> None:
    """Methods, then currencies with the home one first, then lines, then taxes; no trust, nothing unpaid."""
    assert [
        "method:Credit Card",
        "method:e-Transfer",
        "method:Wire",
        "deposit:CAD",
        "deposit:USD",
        "item:fee",
        "item:expense",
        "item:surcharge",
        "tax:fee@13",
        "tax:expense",
        "tax:surcharge",
    ] == [needed.key for needed in rows_needed(SHOWN, DIRECTORY)]


def test_a_row_stays_open_until_its_choice_can_be_used() -> None:
    """Confirmed and usable closes a row; an inactive target opens it again."""
    rows = rows_needed(SHOWN, DIRECTORY)
    assert ["method:Wire", "deposit:USD"] == [r.key for r in rows_open(rows, Mapping(CHOICES), DIRECTORY)]
    gone = mapped(Choice(Kind.ITEM, "fee", "5", "Old Fees"))
    assert ["method:Wire", "deposit:USD", "item:fee"] == [r.key for r in rows_open(rows, gone, DIRECTORY)]


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("method:Wire", ["Cash", "Cheque", "E-Transfer", "Visa"]),
        ("deposit:CAD", ["Card Clearing", "Chequing", "Client Trust CAD", "Savings"]),
        ("deposit:USD", ["USD Chequing"]),
        ("item:fee", ["Card Surcharge", "Disbursements", "Professional Fees"]),
        ("tax:fee@13", ["HST ON"]),
        ("tax:fee@14.975", ["GST/QST QC"]),
        ("tax:fee@0", ["Exempt", "Out of Scope", "Zero-rated"]),
        ("tax:expense", ["Exempt", "Out of Scope", "Zero-rated"]),
    ],
)
def test_only_what_can_be_used_is_offered(key: str, names: list[str]) -> None:
    """Active things of the right kind, currency and rate, by name."""
    assert names == [candidate.target.name for candidate in candidates(row_of_key(key), DIRECTORY)]


def test_a_trust_account_is_shown_and_cannot_be_chosen() -> None:
    """It is named, with the reason beside it."""
    shown = {c.target.name: (c.selectable, c.note) for c in candidates(row(Kind.DEPOSIT, "CAD"), DIRECTORY)}
    assert (False, "trust: for client money only") == shown["Client Trust CAD"]
    assert (True, "") == shown["Chequing"]


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("method:Interac e-Transfer", "E-Transfer"),
        ("method:EMT", "E-Transfer"),
        ("method:Check", "Cheque"),
        ("method:CREDIT CARD", "Visa"),
        ("method:cash", "Cash"),
        ("method:Bitcoin", None),
        ("deposit:CAD", "Chequing"),
        ("deposit:USD", "USD Chequing"),
        ("deposit:EUR", None),
        ("item:fee", "Professional Fees"),
        ("item:exempt_fee", None),
        ("item:expense", "Disbursements"),
        ("item:surcharge", "Card Surcharge"),
        ("tax:fee@13", "HST ON"),
        ("tax:fee@5", "GST"),
        ("tax:fee@0", "Zero-rated"),
        ("tax:fee@99", None),
        ("tax:expense", "Out of Scope"),
        ("tax:exempt_fee", "Exempt"),
        ("tax:surcharge", "Exempt"),
    ],
)
def test_likeness_suggests(key: str, name: str | None) -> None:
    """The likeliest of what is offered; nothing where nothing is like it."""
    suggested = suggest(row_of_key(key), DIRECTORY)
    assert name == (suggested.name if suggested else None)


def test_a_trust_account_is_never_suggested() -> None:
    """Not even where it is the only account of its currency."""
    trust = tuple(account for account in DIRECTORY.accounts if account.is_trust)
    assert suggest(row(Kind.DEPOSIT, "CAD"), replace(DIRECTORY, accounts=trust)) is None


@pytest.mark.parametrize(
    ("choice", "problem"),
    [
        (CHOICES[0], None),
        (Choice(Kind.METHOD, "x", "5", "Barter"), "Barter is inactive in QuickBooks."),
        (Choice(Kind.METHOD, "x", "99", "Gone"), "Gone is no longer in QuickBooks."),
        (Choice(Kind.DEPOSIT, "CAD", "35", "Chequing"), None),
        (Choice(Kind.DEPOSIT, "CAD", "37", "USD"), "USD Chequing is kept in USD, not in CAD."),
        (Choice(Kind.DEPOSIT, "CAD", "41", "Fees"), "Fees can't take deposits in QuickBooks."),
        (
            Choice(Kind.DEPOSIT, "CAD", "38", "Trust"),
            "Client Trust CAD is a trust account, which can take client money only.",
        ),
        (Choice(Kind.ITEM, "fee", "4", "Services"), "Services is a category, not something that is sold."),
        (Choice(Kind.TAX, "expense", "16", "Adj"), "Adjustment has no sales rate in QuickBooks."),
        (Choice(Kind.TAX, "expense", "10", "HST"), "HST ON is 13 % in QuickBooks, not 0 %."),
        (Choice(Kind.TAX, "fee@13", "11", "GST"), "GST is 5 % in QuickBooks, not 13 %."),
    ],
)
def test_a_confirmed_choice_is_checked(choice: Choice, problem: str | None) -> None:
    """Gone, inactive, of another currency or rate, or trust: said in a sentence."""
    assert problem == check(choice, DIRECTORY)


@pytest.mark.parametrize("method", ["Trust transfer", "From Trust", "Transfer (trust)", "Client account"])
def test_client_money_is_recognised_by_its_method(method: str) -> None:
    """Whole words, whatever the case and the punctuation."""
    assert says_trust(method)


@pytest.mark.parametrize("method", ["e-Transfer", "Trusted Payments Inc", "Cash", ""])
def test_other_methods_are_not_client_money(method: str) -> None:
    """A word that merely holds the letters is another word."""
    assert not says_trust(method)


def test_a_hostile_method_is_mapped_like_any_other() -> None:
    """Whatever a method is called, its row reads back."""
    for name in ("<!channel> & <https://evil|Approve>", 'René "Ané" O\'Brien \\ 马春梅', "a:b@13"):
        needed = row(Kind.METHOD, name)
        assert needed == row_of_key(needed.key)
        chosen = Mapping((Choice(Kind.METHOD, name, "2", "Cheque"),)).choice(Kind.METHOD, name)
        assert chosen is not None
        assert Named("2", "Cheque") == Named(chosen.target_id, chosen.target_name)


def test_a_bank_account_named_trust_takes_no_deposits() -> None:
    """Many firms keep client money in an ordinary bank account: its name alone says so."""
    account = Account("900", "Client Trust Account (CAD)", "Bank", "Checking", "CAD", active=True)
    only = replace(DIRECTORY, accounts=(account,))
    assert account.is_trust
    assert [False] == [one.selectable for one in candidates(row(Kind.DEPOSIT, "CAD"), only)]
    assert suggest(row(Kind.DEPOSIT, "CAD"), only) is None
    assert check(Choice(Kind.DEPOSIT, "CAD", "900", account.name), only) is not None


class Walked(tuple[Any, ...]):
    """Says how often somebody went through it."""

    __slots__ = ()
    walks: ClassVar[Counter[int]] = Counter()

    def __iter__(self) -> Iterator[Any]:
        self.walks[id(self)] += 1
        return super().__iter__()


def test_a_choice_is_found_without_going_through_all() -> None:
    """Thousands of clients have a province and a contact, and each invoice asks for several choices."""
    choices, links = Walked(CHOICES), Walked([LINK, replace(LINK, case="00002-Silva", payer="C-9")])
    ground = replace(GROUND, mapping=Mapping(choices), links=links)
    for _ in range(3):
        assert CHOICES[2] is ground.mapping.choice(Kind.DEPOSIT, "CAD")
        assert ground.mapping.choice(Kind.DEPOSIT, "CAD", Fund.TRUST) is None
        assert LINK is ground.link("C-00002", "CAD", "00002-Silva")
        assert ground.link("C-9", "CAD", "00002-Silva") is links[1]
        assert ground.link("C-9", "CAD") is None
    assert (1, 1) == (Walked.walks[id(choices)], Walked.walks[id(links)])
