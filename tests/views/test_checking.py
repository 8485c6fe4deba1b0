"""What a check found, each kind in words that a bookkeeper can act on, within Slack's limits."""

from dataclasses import replace

import pytest

from commands.views import checking as views
from commands.views.checking import Came, Change, Paper, Told
from tests.views.cast import LONG, NAMES, NOW, cad, usd
from tests.views.golden import same_as_kept
from tests.views.limits import check_message, check_modal, words

LINK = "https://app.sandbox.qbo.intuit.com/app/recvpayment?txnId=1043&companyId=9"
OWN = Paper("Payment", "1043", "T-1", cad("1130.00"), "Maria Silva", LINK)
COPY = replace(OWN, id="1044", link=LINK.replace("1043", "1044"))
EDITED = Told(
    id="F-1",
    kind="edited",
    entity="Payment",
    number="T-1",
    total=cad("1130.00"),
    client="Maria Silva",
    case="00002-Silva",
    state="confirmed",
    papers=(OWN,),
    changes=(Change("Deposited to", "Chequing", "Savings"),),
)
TWIN = replace(EDITED, id="F-2", kind="twin", papers=(OWN, COPY), changes=())
GONE = replace(EDITED, id="F-3", kind="deleted", papers=(), changes=())
REVIEW = replace(EDITED, id="F-4", kind="stranger", state="review", changes=(), review='{"s":"S","i":"I"}')
FOREIGN = Told("F-5", "stranger", "Invoice", "", None, "", "", "", (replace(OWN, entity="Invoice"),))
KINDS = (EDITED, TWIN, GONE, REVIEW, FOREIGN, replace(GONE, kind="missing"), replace(EDITED, kind="voided"))


def said(one: Told) -> str:
    """The finding's sentence."""
    return views.sentence(one)


def test_the_messages_look_as_agreed() -> None:
    """An edit, a twin, a deletion, what waits for a person, and what isn't ours."""
    found = (EDITED, TWIN, GONE, REVIEW, FOREIGN)
    pages = views.findings(found, NOW)
    same_as_kept("checking", [{"text": page.text, "blocks": page.blocks} for page in pages])


def test_an_edit_says_what_is_and_what_was_booked() -> None:
    """As a bookkeeper would tell a colleague."""
    assert (
        "*Payment T-1* of $1,130.00 for 00002-Silva, Maria Silva was edited in QuickBooks: "
        "deposited to Savings, we booked Chequing. If that was meant, nothing is left to do; else put it "
        "back there."
    ) == said(EDITED)


def test_a_lost_mark_is_told_without_its_code() -> None:
    """Nobody needs to read it."""
    lost = replace(EDITED, changes=(Change("Our mark in its memo", "[rec:X]", "not there"),))
    assert "was edited in QuickBooks: our mark was taken out of its memo." in said(lost)


def test_twins_are_told_apart_by_quickbooks_own_numbers() -> None:
    """Their references are the same; the one that we booked is named."""
    assert "1043 ($1,130.00) and 1044 ($1,130.00) carry our mark of one booking. We booked 1043." in said(
        TWIN
    )


def test_no_more_than_three_buttons_are_in_sight() -> None:
    """What decides stays; the ways into QuickBooks go behind the dots, where there are more."""
    for one, shown in ((EDITED, 2), (TWIN, 3), (REVIEW, 4), (replace(TWIN, review="{}"), 4)):
        (row,) = [
            block["elements"] for block in views.findings((one,), NOW)[0].blocks if "elements" in block
        ][:1]
        assert shown == len(row)
    assert ["Look Again", "It Isn't There", "I Have Dealt with It"] == [e["text"]["text"] for e in row[:3]]
    assert ["Open 1043 in QuickBooks", "Open 1044 in QuickBooks"] == [
        option["text"]["text"] for option in row[3]["options"]
    ]
    assert all(option["url"].startswith("https://") for option in row[3]["options"])


@pytest.mark.parametrize("kind", ["voided", "deleted", "missing"])
def test_what_is_gone_says_that_it_isnt_booked_again(kind: str) -> None:
    """And what to do if it belongs there."""
    told = said(replace(GONE, kind=kind, papers=(OWN,) if kind == "voided" else ()))
    assert "we don't book it again. If it belongs in the books, enter it there by hand." in told
    assert "Another one" not in told


def test_another_one_beside_what_is_gone_is_named() -> None:
    """The wrong one of two was deleted."""
    assert "Another one with our mark is there: 1044 ($1,130.00)." in said(replace(GONE, papers=(COPY,)))


@pytest.mark.parametrize(
    ("state", "part"),
    [
        ("review", "press Look Again and it counts as booked"),
        ("rejected", "Syncing it again would book it twice"),
        ("sending", "still on its way"),
        ("", "a backup may have been restored"),
    ],
)
def test_a_stranger_is_told_by_how_our_booking_stands(state: str, part: str) -> None:
    """Each has another way out."""
    assert part in said(replace(REVIEW, state=state))


def test_what_was_booked_twice_by_a_wrong_word_names_both() -> None:
    """A person had said that it isn't there."""
    told = said(replace(REVIEW, state="rejected", anew="1050"))
    assert "is in QuickBooks as 1043 ($1,130.00), and was booked once more as 1050" in told


def test_only_what_waits_has_buttons() -> None:
    """Dealt with or gone, it says so instead."""
    done = replace(EDITED, settled_by="U0BEN", settled_at=NOW)
    (page,) = views.findings((EDITED, done, replace(TWIN, gone=True)), NOW)
    assert 1 == words(page.blocks).count("I Have Dealt with It")
    assert "Dealt with by <@U0BEN>" in words(page.blocks)
    assert "A later check found it as booked again." in words(page.blocks)
    assert "1 thing in QuickBooks is not as booked." == page.text.splitlines()[0]
    (page,) = views.findings((done,), NOW)
    assert page.text.startswith("All of this is dealt with.")


def test_review_buttons_come_only_with_a_review() -> None:
    """Elsewhere they would do nothing."""
    for one in KINDS:
        (page,) = views.findings((one,), NOW)
        assert ("Look Again" in words(page.blocks)) == (one is REVIEW) or one.state == "review"
    assert '{"s":"S","i":"I"}' in str(views.findings((REVIEW,), NOW)[0].blocks)


@pytest.mark.parametrize("name", NAMES)
def test_slack_takes_the_messages(name: str) -> None:
    """Whatever clients, accounts and numbers are called, and however many there are."""
    paper = replace(OWN, id=name, number=name, customer=name, total=usd("9.00"))
    changes = (Change("Customer", name, name),) * 9
    shown = [
        replace(
            one,
            id=f"F-{at}",
            number=name,
            client=name,
            case=name,
            papers=tuple(replace(paper, entity=each.entity) for each in one.papers) * 5,
            changes=changes if one.changes else (),
        )
        for at, one in enumerate(KINDS * 9)
    ]
    pages = views.findings(shown, NOW)
    for page in pages:
        check_message(page)
    assert len(shown) == sum(str(page.blocks).count("'value': 'F-") for page in pages)


@pytest.mark.parametrize(
    ("came", "told"),
    [
        (Came(12, 0, 0, NOW), "All 12 documents are as booked."),
        (Came(1, 0, 0, NOW), "The one document is as booked."),
        (Came(12, 0, 2, NOW), "All 12 documents are as booked, but for 2 dealt with already."),
        (Came(0, 0, 0, NOW), "Nothing was booked by CaseLedger yet, so there is nothing to compare."),
        (Came(12, 1, 0, NOW), "1 thing in QuickBooks is not as booked."),
        (Came(12, 3, 1, NOW), "3 things in QuickBooks are not as booked."),
    ],
)
def test_the_report_says_how_many_are_as_booked(came: Came, told: str) -> None:
    """In one line, on the screen and in the message."""
    check_modal(views.report(came))
    check_message(views.all_well(came))
    assert told in words(views.report(came))


def test_progress_says_how_far_it_is() -> None:
    """Once there is something to count."""
    check_modal(views.looking())
    assert "600 of 1,200 documents looked up" in words(views.looking(600, 1200))
    assert "documents" not in words(views.looking())
    assert LONG not in words(views.looking())
