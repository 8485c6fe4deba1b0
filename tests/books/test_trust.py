"""Nothing that touches client money is booked, and each says what stands between it and the books."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.chosen import Banking
from qb.directory import Account
from qb.hold import Mend, Reason
from qb.mapping import Choice, Fund, Kind, Mapping, row, row_of_key
from qb.needed import rows_needed
from qb.offering import candidates, suggest
from qb.plan import plan
from qb.trust import ClientMoney, Word, seen_as, touches
from qb.trust_sentences import SENTENCES
from qb.usable import check
from tests.books.given import CHOICES, DIRECTORY, GROUND, invoice, mapped, paid

if TYPE_CHECKING:
    from db.records import Invoice
    from qb.entry import Held

TRANSFER = invoice(paid("2260.00", method="Trust transfer"), fee="2000.00")
ORDINARY = invoice(paid("1695.00"), fee="1500.00")
NAMED = ClientMoney(Banking.UNEARNED, has_second=True)


def held(found: Invoice, money: ClientMoney) -> Held:
    """The one invoice, held."""
    (one,) = plan([found], replace(GROUND, client_money=money)).held
    return one


def test_until_banking_is_said_an_admin_is_asked() -> None:
    """What touches trust waits for that; what doesn't is booked."""
    (hold,) = held(TRANSFER, ClientMoney()).holds
    assert (Reason.TRUST, Mend.BANKING) == (hold.reason, hold.mend)
    assert "nobody has said yet how your firm banks client money" in hold.sentence
    assert 1 == len(plan([ORDINARY], GROUND).entries)


@pytest.mark.parametrize("banking", [Banking.UNEARNED, Banking.ALL])
def test_without_a_second_person_nobody_can_be_asked(banking: Banking) -> None:
    """An admin names one."""
    (hold,) = held(TRANSFER, ClientMoney(banking)).holds
    assert Mend.BANKING is hold.mend
    assert "no second person is named" in hold.sentence


def test_a_firm_that_holds_none_is_told_that_one_of_the_two_is_wrong() -> None:
    """No second person can make it right."""
    (hold,) = held(TRANSFER, ClientMoney(Banking.NONE, has_second=True)).holds
    assert Mend.BANKING is hold.mend
    assert "your firm said that it holds no client money" in hold.sentence


def test_it_is_asked_then_approved_and_stays_held() -> None:
    """Each step has its words; none of them books."""
    asked = replace(NAMED, words={seen_as(TRANSFER): Word(date(2026, 5, 3))})
    approved = replace(NAMED, words={seen_as(TRANSFER): Word(date(2026, 5, 3), "Ben", date(2026, 5, 4))})
    said = [held(TRANSFER, money).holds[0].sentence for money in (NAMED, asked, approved)]
    assert said[0] == (
        "Trust: it was paid by “Trust transfer”, which is client money. Ask the second person named for it, "
        "under Review Trust. Until then your bookkeeper books it by hand."
    )
    assert said[1] == (
        "Trust: it was paid by “Trust transfer”, which is client money. The second person was asked on "
        "3 May 2026. It waits for that approval, under Review Trust. Until then your bookkeeper books it by "
        "hand."
    )
    assert said[2] == (
        "Trust: approved by Ben on 4 May 2026. It stays held, and is booked once trust booking is built. "
        "Until then your bookkeeper books it by hand."
    )


def test_a_word_counts_for_what_was_looked_at() -> None:
    """Another amount, another payment: asked anew."""
    changed = invoice(paid("2260.01", method="Trust transfer"), fee="2000.00")
    money = replace(NAMED, words={seen_as(TRANSFER): Word(date(2026, 5, 3), "Ben", date(2026, 5, 4))})
    assert "Ask the second person" in held(changed, money).holds[0].sentence


def test_with_everything_in_the_client_account_every_paid_invoice_is_held() -> None:
    """The exports don't tell what is earned, so nothing is taken for it."""
    (hold,) = held(ORDINARY, ClientMoney(Banking.ALL, has_second=True)).holds
    assert hold.sentence.startswith("Trust: your firm banks everything through the client account")
    assert () == plan([ORDINARY], replace(GROUND, client_money=ClientMoney(Banking.ALL))).entries


@pytest.mark.parametrize("banking", [Banking.UNSAID, Banking.UNEARNED, Banking.NONE])
def test_otherwise_ordinary_money_is_booked(banking: Banking) -> None:
    """To the operating account."""
    (entry,) = plan([ORDINARY], replace(GROUND, client_money=ClientMoney(banking))).entries
    assert ["Chequing"] == [payment.account.name for payment in entry.payments]


@pytest.mark.parametrize(
    ("method", "kind", "touched"),
    [
        ("e-Transfer", "Work Permit", False),
        ("Retainer", "Work Permit", True),
        ("Unearned fees", "", True),
        ("Provision (honoraires)", "", True),
        ("e-Transfer", "Study Permit - Retainer", True),
        ("Client account", "", True),
        ("Retainership", "", False),
    ],
)
def test_what_says_retainer_or_trust_is_recognised(method: str, kind: str, touched: bool) -> None:  # noqa: FBT001
    """By its payment method or its case type, whole words only."""
    found = invoice(paid("113.00", method=method), fee="100.00")
    found = replace(found, case=replace(found.case, kind=kind))
    assert touched is bool(touches(found, Banking.UNEARNED))


def test_client_money_asks_nobody_to_map() -> None:
    """It waits whatever is mapped."""
    bare = replace(GROUND, mapping=Mapping(), links=(), client_money=NAMED)
    (one,) = plan([TRANSFER], bare).held
    assert [Reason.TRUST] == [hold.reason for hold in one.holds]


def test_every_sentence_begins_with_trust() -> None:
    """Wherever a hold is shown, it shows as such."""
    assert all(str(one.shown).startswith("Trust: ") for one in SENTENCES)
    (hold,) = plan([ORDINARY], replace(GROUND, mapping=mapped(IN_TRUST))).held[0].holds
    assert hold.sentence.startswith("Trust: ")


IN_TRUST = Choice(Kind.DEPOSIT, "CAD", "38", "Client Trust CAD")


def test_each_fund_has_its_own_account() -> None:
    """Both hold at once, and neither stands in for the other."""
    both = Mapping((*CHOICES, replace(IN_TRUST, fund=Fund.TRUST)))
    own = both.choice(Kind.DEPOSIT, "CAD")
    clients = both.choice(Kind.DEPOSIT, "CAD", Fund.TRUST)
    assert own is not None
    assert clients is not None
    assert ("Chequing", "Client Trust CAD") == (own.target_name, clients.target_name)
    assert ("deposit:CAD", "deposit@trust:CAD") == (own.row, clients.row)
    assert row(Kind.DEPOSIT, "CAD", Fund.TRUST) == row_of_key("deposit@trust:CAD")


@pytest.mark.parametrize("banking", Banking)
def test_firms_that_hold_client_money_are_asked_for_its_account(banking: Banking) -> None:
    """In each currency that QuickBooks has a trust account for."""
    shown = [ORDINARY, invoice(paid("9.00", currency="USD"), fee="9.00", currency="USD")]
    rows = [one.key for one in rows_needed(shown, DIRECTORY, banking) if one.kind is Kind.DEPOSIT]
    asked = ["deposit@trust:CAD"] if banking in {Banking.ALL, Banking.UNEARNED} else []
    assert ["deposit:CAD", *asked, "deposit:USD"] == rows


def test_the_trust_fund_takes_trust_accounts_only() -> None:
    """And the firm's own money none of them."""
    needed = row(Kind.DEPOSIT, "CAD", Fund.TRUST)
    assert [("Client Trust CAD", True)] == [
        (one.target.name, one.selectable) for one in candidates(needed, DIRECTORY)
    ]
    assert "Client money in CAD" == needed.label
    suggested = suggest(needed, DIRECTORY)
    assert suggested is not None
    assert "Client Trust CAD" == suggested.name
    own = check(Choice(Kind.DEPOSIT, "CAD", "35", "Chequing", Fund.TRUST), DIRECTORY)
    assert "Chequing isn't a trust account in QuickBooks." == own
    assert check(replace(IN_TRUST, fund=Fund.TRUST), DIRECTORY) is None
    assert check(IN_TRUST, DIRECTORY) is not None


TRUST_ACCOUNTS = (
    Account("38", "Client Trust CAD", "Bank", "TrustAccounts", "CAD", active=True),
    Account("51", "Rents", "Bank", "RentsHeldInTrust", "CAD", active=True),
    Account("52", "Compte en fiducie", "Bank", "Checking", "CAD", active=True),
    Account("53", "Funds held", "Other Current Asset", "TrustAccountsLiabilities", "CAD", active=True),
)
WIDE = replace(DIRECTORY, accounts=(*DIRECTORY.accounts, *TRUST_ACCOUNTS[1:]))
deposits = st.builds(
    Choice,
    st.just(Kind.DEPOSIT),
    st.just("CAD"),
    st.sampled_from([account.id for account in WIDE.accounts]),
    st.just("Whatever it was called"),
    st.sampled_from(Fund),
)
monies = st.builds(
    ClientMoney,
    st.sampled_from(Banking),
    st.booleans(),
    st.dictionaries(
        st.sampled_from([seen_as(TRANSFER), seen_as(ORDINARY)]),
        st.builds(Word, st.just(date(2026, 5, 3)), st.just("Ben"), st.none() | st.just(date(2026, 5, 4))),
    ),
)


@given(st.lists(deposits, max_size=3), monies, st.none() | st.dates())
def test_nothing_leads_to_a_deposit_in_trust(
    chosen: list[Choice], money: ClientMoney, go_live: date | None
) -> None:
    """Whatever is mapped, said, approved or set: no entry's deposit account holds client money."""
    mapping = Mapping((*chosen, *CHOICES))
    ground = replace(GROUND, directory=WIDE, mapping=mapping, client_money=money, go_live=go_live)
    trust = {account.id for account in TRUST_ACCOUNTS}
    made = plan([ORDINARY, replace(TRANSFER, key=replace(TRANSFER.key, number="INV-2"))], ground)
    assert not [p for entry in made.entries for p in entry.payments if p.account.id in trust]
    assert all("INV-2" != entry.key.number for entry in made.entries)
