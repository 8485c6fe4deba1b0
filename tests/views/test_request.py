"""A request shows who asks, what for, and every rule, whoever the client is and however much it is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from commands.views import policy, preview, request, request_ended, request_turns
from commands.views.asked_again import Rejection, rejected_before
from commands.views.blocks import Message
from commands.views.preview import SecondPerson
from db.chosen import FirmSettings, Policy
from qb.entry import Entry
from tests.views.cast import LONG, NAMES, NOW, RENE, entry, two_payments
from tests.views.golden import same_as_kept
from tests.views.limits import check_message, check_modal, words

VALUE = '{"s":"7d0c4f5e-52c4-5b39-8a55-3b6d3f0c9a11","v":1}'
RULES = (
    "Your firm has a second person approve everything that is booked",
    "The contact Daniel Osei was added to QuickBooks today",
)
LATER = NOW + timedelta(hours=72)
HANDED = request_turns.handed_over("U0ALICE", "U0BEN", NOW)


def shown(
    *entries: Entry, rules: tuple[str, ...] = RULES, before: Rejection | None = None
) -> tuple[Message, ...]:
    """The request for these entries."""
    lead = "" if before is None else rejected_before(before)
    return request.request(entries, rules, asked_by="U0MARIA", value=VALUE, expires=LATER, lead=lead)


def test_the_request_looks_as_agreed() -> None:
    """Who asks, totals by account, every rule, what is booked, and three buttons."""
    first, *more = shown(entry(RENE), two_payments(RENE))
    assert [] == more
    same_as_kept("request", [first.text, *first.blocks])


def test_every_rule_is_there_however_many() -> None:
    """What the message doesn't hold follows in its thread."""
    rules = tuple(
        f"The contact {number:03} {LONG[:60]} was added to QuickBooks today" for number in range(95)
    )
    messages = shown(entry(), rules=rules)
    for message in messages:
        check_message(message)
    told = "\n".join(words(message.blocks) for message in messages)
    assert all(f"The contact {number:03}" in told for number in range(95))


@pytest.mark.parametrize("number", [1, 60, 200])
def test_no_row_is_lost_however_many(number: int) -> None:
    """More than a message holds goes on in its thread."""
    messages = shown(*(entry(RENE, f"INV-{n:05}") for n in range(number)))
    for message in messages:
        check_message(message)
    told = "\n".join(words(message.blocks) for message in messages)
    assert number == told.count("Payment of 12 Oct 2026")


def test_a_request_asked_again_tells_its_rejection_first() -> None:
    """By whom, when, why, and what is otherwise by now; or that nothing is."""
    for changes, since in (
        ((), "Unchanged since: the same invoices, contact and amounts."),
        (
            ("INV-1001: the contact (Maria Silva → Sofia) changed.", "INV-9 is new."),
            "Changed since: INV-1001: the contact (Maria Silva → Sofia) changed. INV-9 is new.",
        ),
        (("A.", "B.", "C.", "D.", "E.", "F."), "Changed since: A. B. C. D. And 2 more changes."),
    ):
        before = Rejection("U0BEN", NOW, "Wrong <contact>", changes)
        (message,) = shown(entry(), before=before)
        told = "*Rejected before* by <@U0BEN> · <!date^1795359840^{date_short_pretty} at {time}"
        for where in (message.text, message.blocks[1]["text"]["text"]):
            assert told in where
            assert f"Wrong &lt;contact&gt;\n{since}" in where


def test_the_buttons_say_that_they_stand_before_the_end() -> None:
    """A table that goes on in the thread is read before it is decided."""
    (short,) = shown(entry())
    long = shown(*(entry(RENE, f"INV-{n:05}") for n in range(60)))
    assert "This is not all of it" not in words(short.blocks)
    assert f"{len(long) - 1} more messages follow in the thread below." in words(long[0].blocks[-2:])
    first, *more = request.look_again([entry(RENE, f"INV-{n:05}") for n in range(60)], value=VALUE)
    assert f"{len(more)} more messages follow in the thread below." in words(first.blocks)


def test_what_nobody_minded_is_previewed_as_it_was() -> None:
    """Rejected or withdrawn, something is to be chosen otherwise: the sync opens instead."""
    for as_it_was, named in ((True, "Preview Again"), (False, "Sync Again")):
        message = request_ended.ended(
            [entry()], why="*Over*", asked_by="U0MARIA", again=VALUE, as_it_was=as_it_was
        )
        assert named in words(message.blocks)


def test_totals_are_told_by_account() -> None:
    """Two accounts, each with what goes into it."""
    first, second = entry(), two_payments()
    paid = tuple(replace(one, account=replace(one.account, name="Savings")) for one in second.payments)
    told = words(shown(first, replace(second, payments=paid))[0].blocks)
    assert "Deposited to *Chequing*: $2,330.00\nDeposited to *Savings*: $2,825.00" in told


@pytest.mark.parametrize("client", NAMES)
def test_slack_takes_every_message_of_a_request(client: str) -> None:
    """No name, reason or rule, however hostile or long, breaks one."""
    entries = [replace(entry(client, number=client), customer=replace(entry().customer, name=client))] * 3
    who = "<@U0BEN> or <@U0ALICE>"
    why = request_ended.rejected("U0BEN", NOW, client * 9)
    messages = [
        *request.request(entries, [client] * 30, asked_by="U0MARIA", value=VALUE, expires=LATER, turn=HANDED),
        *request.request(
            entries,
            [client] * 30,
            asked_by="U0MARIA",
            value=VALUE,
            expires=LATER,
            lead=rejected_before(Rejection("U0BEN", NOW, client * 9, (client * 9,) * 30)),
        ),
        *request.look_again(entries, value=VALUE),
        request.waiting(entries, value=VALUE, at=NOW, expires=LATER, place="", who=who),
        request.waiting(entries, value=VALUE, at=NOW, expires=LATER, place="", who=who, turn=HANDED),
        request.pausing(entries),
        request.approved(entries, by="U0BEN", at=NOW, asked_by="U0MARIA"),
        request.alone(entries, at=NOW),
        request_ended.ended(entries, why=why, asked_by="U0MARIA", again=VALUE),
        request_ended.ended(entries, why=request_ended.withdrawn("U0MARIA", NOW), asked_by="U0MARIA"),
        request_ended.ended(entries, why=request_ended.expired(NOW), asked_by="U0MARIA"),
        request_ended.ended(
            entries, why=request_ended.superseded([client] * 9, "U0MARIA"), asked_by="U0MARIA"
        ),
        request_ended.told_below(entries, is_rejected=True),
        request.told_approved(entries, "U0BEN"),
        request.moved(entries, HANDED),
        request.over_meanwhile(" in <#C0APPROVE>"),
        request.reminder(entries, asked_by="U0MARIA", at=NOW, expires=LATER, place=""),
        request.with_who(Message("Booked", ()), asked_by="U0MARIA", by="U0BEN", more=True),
    ]
    for message in messages:
        check_message(message)
    what = request.what_in_words(entries)
    check_modal(request.reject(VALUE, what))
    check_modal(request.hand_over(VALUE, what))


def test_the_preview_asks_where_a_second_person_is_needed() -> None:
    """Its button says so, and why, and who can."""
    second = SecondPerson(RULES, ("U0BEN", "U0ALICE"))
    (message,) = preview.preview([entry()], [], sync_id="S-1", version=1, second=second)
    told = words(message.blocks)
    check_message(message)
    assert "Ask to Book 1 Invoice" in told
    assert "<@U0BEN> or <@U0ALICE> must approve, because:" in told
    assert "Nothing is booked until somebody else approves it." in told
    assert all(rule in told and rule in message.text for rule in RULES)


def test_who_works_alone_is_told_that_they_look_twice() -> None:
    """Nobody else is waited for, and nothing is called asked."""
    second = SecondPerson(RULES, (), alone=True)
    (message,) = preview.preview([entry()], [], sync_id="S-1", version=1, second=second)
    told = words(message.blocks)
    check_message(message)
    assert "Check Once More: 1 Invoice" in told
    assert (
        "You work alone, so you are shown it once more, in a message of its own, and book it there:" in told
    )
    assert "Nothing is booked until you have checked it once more." in told
    assert "somebody else" not in told


def test_a_preview_of_the_longest_rules_is_taken() -> None:
    """Names may be as long as they like."""
    second = SecondPerson((LONG,) * 30, ("U0BEN",))
    for message in preview.preview([entry(LONG, LONG)] * 60, [], sync_id="S-1", version=1, second=second):
        check_message(message)


@pytest.mark.parametrize("way", Policy)
def test_slack_takes_the_pages_about_the_second_person(way: Policy) -> None:
    """With everything said, and with nothing."""
    said = FirmSettings(
        policy=way, away=(("U0BEN", "2026-12-04", "U0ALICE"),), alone_by="U0ALICE", alone_at=NOW
    )
    empty = replace(said, asks_over=None, asks_more_than=None, asks_older_days=None, away=(), alone_by="")
    for chosen in (said, empty):
        check_modal(policy.page(chosen, "CAD", "V1"))
        check_modal(policy.alone_page(chosen, "V1"))
        check_modal(policy.away_page(chosen, "U0BEN", "V1"))


@pytest.mark.parametrize("way", Policy)
def test_limits_out_of_force_say_so(way: Policy) -> None:
    """Our suggestions stand filled in before anybody chose them."""
    told = "isn't in force now" in str(policy.page(FirmSettings(policy=way), "CAD", "V1"))
    assert (way != Policy.BY_RISK) == told


def test_the_policy_is_summed_up_in_a_line() -> None:
    """As the firm would say it."""
    by_risk = FirmSettings(policy=Policy.BY_RISK, asks_over=1_240_050, asks_more_than=None)
    assert (
        "By risk: a new contact, a changed mapping, over $12,400.50, paid more than 60 days ago"
        == policy.summary(by_risk, "CAD")
    )
    assert "Always" == policy.summary(FirmSettings(), "CAD")
    assert "<@U0BEN> until 4 Dec 2026, <@U0ALICE> instead · a request waits 72 hours" == policy.away_summary(
        FirmSettings(away=(("U0BEN", "2026-12-04", "U0ALICE"),)), ("U0ALICE",)
    )
