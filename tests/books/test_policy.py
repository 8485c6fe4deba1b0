"""The policy: every rule is told, tightening lets nothing more through, and what must be asked is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.chosen import FirmSettings, Policy
from db.money import Money
from qb.entry import Named
from qb.policy import MUST, ChangedRow, NewContact, RuleKind, Weighed, judge, weigh
from qb.weighing import read, written
from tests.views.cast import CHANNEL, RENE, entry, two_payments, usd

TORONTO = ZoneInfo("America/Toronto")
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=TORONTO)
LATE = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)  # still the 21st in Toronto
BY_RISK = FirmSettings(policy=Policy.BY_RISK)
PLAIN = Weighed("CAD", 1, (Money.of("2330.00", "CAD"),), date(2026, 11, 2), date(2026, 11, 2), "INV-1001")


def told(weighed: Weighed, settings: FirmSettings = BY_RISK, *roles: str) -> list[str]:
    """Every sentence of the verdict."""
    return [rule.sentence for rule in judge(weighed, settings, roles, NOW).rules]


def test_without_risk_nobody_is_asked() -> None:
    """By risk, and nothing of it met."""
    verdict = judge(PLAIN, BY_RISK, (), NOW)
    assert (False, (), False) == (verdict.needs, verdict.rules, verdict.must)


@pytest.mark.parametrize(
    ("weighed", "settings", "sentence"),
    [
        (
            replace(PLAIN, new_contacts=(NewContact("Daniel Osei", NOW, added=True),)),
            BY_RISK,
            "The contact Daniel Osei was added to QuickBooks today",
        ),
        (
            replace(PLAIN, new_contacts=(NewContact(CHANNEL, LATE, added=False),)),
            BY_RISK,
            f"The contact {CHANNEL} was chosen yesterday, and nothing was booked to it yet",
        ),
        (
            replace(PLAIN, changed=(ChangedRow("Interac", NOW - timedelta(days=9)),)),
            BY_RISK,
            "The mapping of Interac was confirmed on 13 Nov 2026, and nothing was booked with it yet",
        ),
        (
            replace(PLAIN, oldest_paid=date(2026, 9, 9)),
            BY_RISK,
            "Paid 74 days ago; your firm asks beyond 60",
        ),
        (
            replace(PLAIN, earliest=date(2024, 1, 5), oldest_paid=date(2026, 11, 21)),
            BY_RISK,
            "INV-1001 is dated 1,052 days ago; your firm asks beyond 60",
        ),
        (
            replace(PLAIN, earliest=date(2026, 9, 12)),
            replace(BY_RISK, filed_through=date(2026, 9, 30), asks_older_days=None),
            "INV-1001 is dated 12 Sep 2026, and HST/QST is filed through 30 Sep 2026",
        ),
        (
            replace(PLAIN, earliest=date(2024, 1, 5), oldest_paid=None, earliest_client="Daniel Osei"),
            BY_RISK,
            "Daniel Osei: INV-1001 is dated 1,052 days ago; your firm asks beyond 60",
        ),
        (
            replace(PLAIN, totals=(Money.of("12400.00", "CAD"),)),
            BY_RISK,
            "$12,400.00 in all; your firm asks over $10,000.00",
        ),
        (
            replace(PLAIN, totals=(usd("900.00"),)),
            BY_RISK,
            "We don't know what US$900.00 is worth in CAD; your firm asks over $10,000.00",
        ),
        (replace(PLAIN, invoices=23), BY_RISK, "23 invoices at once; your firm asks beyond 20"),
        (
            replace(PLAIN, touches=(RuleKind.TRUST,)),
            BY_RISK,
            "It touches trust money, which always needs a second person",
        ),
        (PLAIN, FirmSettings(), "Your firm has a second person approve everything that is booked"),
        (
            PLAIN,
            FirmSettings(policy=Policy.TRUSTED),
            "In your firm only trusted people book without a second person's approval",
        ),
    ],
)
def test_a_rule_that_is_met_is_told(weighed: Weighed, settings: FirmSettings, sentence: str) -> None:
    """In the accountant's words, with the firm's own numbers."""
    assert [sentence] == told(weighed, settings)


@pytest.mark.parametrize(
    "weighed",
    [
        replace(PLAIN, oldest_paid=date(2026, 9, 23)),  # 60 days
        replace(PLAIN, totals=(Money.of("10000.00", "CAD"),)),
        replace(PLAIN, invoices=20),
        replace(PLAIN, earliest=date(2026, 10, 1)),
    ],
)
def test_the_limit_itself_is_let_through(weighed: Weighed) -> None:
    """Beyond sixty is sixty-one; over ten thousand is a cent more."""
    assert [] == told(weighed, replace(BY_RISK, filed_through=date(2026, 9, 30)))


def test_always_tells_the_risks_too() -> None:
    """The second person looks there; but nothing of limits, which nobody in the firm may have chosen."""
    risky = replace(PLAIN, invoices=23, oldest_paid=date(2026, 9, 9), totals=(Money.of("90000.00", "CAD"),))
    assert [
        "Your firm has a second person approve everything that is booked",
        "Paid 74 days ago",
        "$90,000.00 in all",
        "23 invoices at once",
    ] == told(risky, FirmSettings())


def test_the_trusted_book_alone_whatever_the_risk() -> None:
    """Only where the policy says so."""
    risky = replace(PLAIN, invoices=500, oldest_paid=date(2020, 1, 1))
    assert [] == told(risky, FirmSettings(policy=Policy.TRUSTED), "trusted")
    assert [] != told(risky, BY_RISK, "trusted")
    assert [] != told(risky, FirmSettings(), "trusted")


def test_rows_confirmed_on_one_day_are_one_sentence() -> None:
    """A first sync isn't buried under its mapping."""
    rows = tuple(ChangedRow(label, NOW) for label in ("Cash", "Interac", "Wire", "Cheque", "Visa", RENE))
    shown = "The mapping of Cash, Interac, Wire, Cheque and 2 more was confirmed today, "
    assert [shown + "and nothing was booked with it yet"] == told(replace(PLAIN, changed=rows))


def test_what_is_weighed_comes_from_the_entries() -> None:
    """Totals by currency, the earliest days, and whether a trust account is touched."""
    first, second = entry(), two_payments()
    found = weigh([first, second], home="CAD", trust_accounts=["35"])
    assert (Money.of("5155.00", "CAD"),) == found.totals
    assert (date(2026, 5, 3), date(2026, 10, 5), "INV-1001", 2) == (
        found.oldest_paid,
        found.earliest,
        found.earliest_number,
        found.invoices,
    )
    assert (RuleKind.TRUST,) == found.touches
    other = replace(first.payments[0], account=Named("99", "Savings"))
    assert () == weigh([replace(first, payments=(other,))], home="CAD", trust_accounts=["35"]).touches


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda one: one.replace(tzinfo=UTC))  # noqa: DTZ001 - made aware here
days = st.dates(date(2025, 1, 1), date(2026, 12, 31))
amounts = st.builds(Money.from_minor, st.integers(0, 10**9), st.sampled_from(["CAD", "USD", "EUR"]))
weighings = st.builds(
    Weighed,
    home=st.just("CAD"),
    invoices=st.integers(1, 300),
    totals=st.lists(amounts, max_size=3, unique_by=lambda one: one.currency).map(tuple),
    oldest_paid=st.none() | days,
    earliest=st.none() | days,
    earliest_number=st.text(max_size=20),
    earliest_client=st.text(max_size=20),
    new_contacts=st.lists(st.builds(NewContact, st.text(), moments, st.booleans()), max_size=3).map(tuple),
    changed=st.lists(st.builds(ChangedRow, st.text(), moments), max_size=3).map(tuple),
    touches=st.lists(st.sampled_from(MUST), max_size=2, unique=True).map(tuple),
)
settings_ = st.builds(
    FirmSettings,
    policy=st.sampled_from(Policy),
    asks_new_contact=st.booleans(),
    asks_changed_mapping=st.booleans(),
    asks_over=st.none() | st.integers(0, 10**8),
    asks_more_than=st.none() | st.integers(0, 300),
    asks_older_days=st.none() | st.integers(0, 900),
    filed_through=st.none() | days,
)
roles = st.sets(st.sampled_from(["admin", "approver", "trusted"]))


@st.composite
def tighter(draw: st.DrawFn, before: FirmSettings) -> FirmSettings:
    """The same or stricter in each thing it says."""

    def lower(limit: int | None) -> int | None:
        return draw(st.none() | st.integers(0, 10**6)) if limit is None else draw(st.integers(0, limit))

    filed = before.filed_through
    return replace(
        before,
        policy=draw(st.sampled_from([before.policy, Policy.ALWAYS])),
        asks_new_contact=before.asks_new_contact or draw(st.booleans()),
        asks_changed_mapping=before.asks_changed_mapping or draw(st.booleans()),
        asks_over=lower(before.asks_over),
        asks_more_than=lower(before.asks_more_than),
        asks_older_days=lower(before.asks_older_days),
        filed_through=draw(st.none() | days) if filed is None else draw(st.dates(filed, date(2027, 1, 1))),
    )


@given(st.data(), weighings, settings_, roles)
def test_tightening_never_lets_more_through(
    data: st.DataObject, weighed: Weighed, settings: FirmSettings, held: set[str]
) -> None:
    """What needed a second person before still does, and every kind of risk told before is told still."""
    before = judge(weighed, settings, held, NOW)
    after = judge(weighed, data.draw(tighter(settings)), held, NOW)
    assert after.needs or not before.needs
    assert {rule.kind for rule in before.rules} - {RuleKind.NOT_TRUSTED} <= {
        rule.kind for rule in after.rules
    }


@given(weighings, settings_, roles, st.sampled_from(MUST))
def test_no_policy_and_no_role_outranks_what_must_be_asked(
    weighed: Weighed, settings: FirmSettings, held: set[str], touch: RuleKind
) -> None:
    """Trust, refunds, write-offs and bank charges."""
    verdict = judge(replace(weighed, touches=(touch,)), settings, held, NOW)
    assert verdict.needs
    assert verdict.must
    assert touch in {rule.kind for rule in verdict.rules}


@given(weighings, settings_, roles)
def test_who_needs_somebody_is_told_why(weighed: Weighed, settings: FirmSettings, held: set[str]) -> None:
    """Never without a rule, and never a rule without the need."""
    verdict = judge(weighed, settings, held, NOW)
    assert verdict.needs == bool(verdict.rules)


@given(weighings)
def test_what_was_weighed_is_kept_as_it_was(weighed: Weighed) -> None:
    """The click is judged by exactly what the preview showed."""
    assert weighed == read(written(weighed))
