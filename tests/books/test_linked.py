"""What became of a linked customer: the same one renamed, or one that can't be booked to any more."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from db.links import ContactLink
from qb.entry import Named
from qb.linked import Customer, Health, can_follow, health_of, link_of, merged_into, turns

MARIA = Customer("58", "Maria Silva", active=True, currency="CAD", version="1")
RETIRED = replace(MARIA, name="Maria Silva (deleted)", active=False, version="2")
MERGED = replace(RETIRED, merged_into="71")
SURVIVOR = Customer("71", "Silva Holding", active=True, currency="CAD")
AT = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
LINK = ContactLink("C-1", "CAD", "58", "Maria Silva", "U0MARIA", AT, "chosen")


@pytest.mark.parametrize(
    ("customer", "health"),
    [
        (None, Health.FINE),
        (MARIA, Health.FINE),
        (replace(MARIA, name="Maria Silva-Roy"), Health.RENAMED),
        (RETIRED, Health.INACTIVE),
        (MERGED, Health.MERGED),
        (replace(MARIA, currency="USD"), Health.CURRENCY),
        (replace(RETIRED, gone=True), Health.GONE),
    ],
)
def test_a_customer_stands_as_it_was_read(customer: Customer | None, health: Health) -> None:
    """What was never read is taken as it was linked."""
    assert health is health_of(customer, "CAD", "Maria Silva")


@pytest.mark.parametrize(
    ("owners", "into"),
    [
        (["71", "71"], "71"),
        (["71"], "71"),
        (["58", "58"], ""),
        (["71", "58"], ""),
        (["71", "72"], ""),
        ([], ""),
    ],
)
def test_a_merge_is_what_all_documents_say(owners: list[str], into: str) -> None:
    """One that somebody moved by hand proves nothing, nor do none."""
    assert into == merged_into("58", owners)


@pytest.mark.parametrize(
    "survivor",
    [
        replace(SURVIVOR, active=False),
        replace(SURVIVOR, currency="USD"),
        replace(SURVIVOR, gone=True, active=False),
    ],
)
def test_nobody_is_led_to_who_cannot_be_booked_to(survivor: Customer) -> None:
    """Who has the documents now must be active and of the invoices' currency."""
    assert SURVIVOR == can_follow(MERGED, "CAD", {"71": SURVIVOR})
    assert can_follow(MERGED, "CAD", {"71": survivor}) is None
    assert can_follow(MERGED, "CAD", {}) is None
    assert can_follow(replace(MERGED, active=True), "CAD", {"71": SURVIVOR}) is None


def test_a_link_goes_by_the_name_of_now() -> None:
    """Renamed, it is shown so; made inactive, without what QuickBooks puts behind it."""
    assert Named("58", "Maria Roy") == link_of(LINK, {"58": replace(MARIA, name="Maria Roy")}).customer
    lost = link_of(LINK, {"58": MERGED, "71": SURVIVOR})
    assert (Named("58", "Maria Silva"), Named("71", "Silva Holding"), False) == (
        lost.customer,
        lost.merged_into,
        lost.active,
    )
    gone = link_of(LINK, {"58": Customer("58", "", active=False, currency="", gone=True)})
    assert (Named("58", "Maria Silva"), True) == (gone.customer, gone.gone)


def told(before: Customer | None, after: Customer) -> list[tuple[Health, str, str, str]]:
    """What is news."""
    known = {} if before is None else {"58": before}
    found = turns([LINK, replace(LINK, case="00002")], known, {"58": after, "71": SURVIVOR})
    assert all(one.payers == ("C-1",) for one in found)
    return [(one.health, one.was, one.now, one.into) for one in found]


def test_what_is_as_before_is_no_news() -> None:
    """Neither fine nor broken is told twice; nor that one is active again under its name."""
    assert [] == told(None, MARIA)
    assert [] == told(MARIA, replace(MARIA, version="9"))
    assert [] == told(RETIRED, replace(RETIRED, version="9"))
    assert [] == told(RETIRED, MARIA)


def test_each_change_is_news() -> None:
    """Renamed once, renamed again; inactive; and then found to be merged."""
    renamed = replace(MARIA, name="Maria Roy")
    assert [(Health.RENAMED, "Maria Silva", "Maria Roy", "")] == told(None, renamed)
    assert [(Health.RENAMED, "Maria Roy", "Maria Silva", "")] == told(renamed, MARIA)
    assert [(Health.INACTIVE, "Maria Silva", "Maria Silva", "")] == told(MARIA, RETIRED)
    assert [(Health.MERGED, "Maria Silva", "Maria Silva", "Silva Holding")] == told(RETIRED, MERGED)
