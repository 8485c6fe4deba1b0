"""What was said of an invoice that looks booked already is kept, undone and in the audit chain."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from db import answers, audit, effects, others
from db.effects import CannotLinkError, State
from db.others import Kept
from db.said import Answer, Said
from tests.db.conftest import NOW
from tests.db.ledger import KEY, REALM, add, claimed, invoice_effect

if TYPE_CHECKING:
    from db.engine import Database
    from db.firms import Firm

HOSTILE = '<!channel> & <https://evil|Approve> René "Ané" O\'Brien \\ 马春梅'
LINK = Answer(KEY.subject, Said.LINK, "U0BEN", NOW, "Invoice:7", ("Payment:8@2f",), "CE-1042", "Invoice:7@1e")


def put(database: Database, firm: Firm, answer: Answer) -> None:
    """Somebody answers."""
    with database.write() as session:
        answers.put(session, firm.id, REALM, answer)


def kept(database: Database, firm: Firm, realm: str = REALM) -> dict[str, Answer]:
    """What holds."""
    with database.read() as session:
        return answers.all_of(session, firm.id, realm)


def test_an_answer_is_kept_for_its_firm_and_company(database: Database, firm: Firm, other_firm: Firm) -> None:
    """All of it, and nobody else sees it."""
    put(database, firm, LINK)
    assert {KEY.subject: LINK} == kept(database, firm)
    assert {} == kept(database, other_firm)
    assert {} == kept(database, firm, "another company")


def test_the_newest_answer_holds_and_an_undone_one_does_not(database: Database, firm: Firm) -> None:
    """Each is a line of the audit, with who said it."""
    put(database, firm, Answer(HOSTILE, Said.HOLD, "U0BEN", NOW))
    put(database, firm, Answer(HOSTILE, Said.ANOTHER, "U0ALICE", NOW, dismissed=(HOSTILE,)))
    assert Said.ANOTHER is kept(database, firm)[HOSTILE].said
    put(database, firm, Answer(HOSTILE, Said.NOTHING, "U0BEN", NOW))
    assert {} == kept(database, firm)
    with database.read() as session:
        told = [(line.actor, line.verb) for line in audit.lines(session, firm.id)]
        assert () == audit.verify(session, firm.id)
    assert [
        ("U0BEN", "booked_already.hold"),
        ("U0ALICE", "booked_already.another"),
        ("U0BEN", "booked_already.undone"),
    ] == told[-3:]


def test_a_document_is_one_invoices(database: Database, firm: Firm, other_firm: Firm) -> None:
    """Linked to a second one it is refused, until the first link is undone."""
    second = Answer("another invoice", Said.LINK, "U0BEN", NOW, "Invoice:7")
    put(database, firm, LINK)
    put(database, firm, LINK)
    put(database, other_firm, second)
    with pytest.raises(answers.LinkedTwiceError):
        put(database, firm, second)
    put(database, firm, Answer(KEY.subject, Said.NOTHING, "U0BEN", NOW))
    put(database, firm, second)
    assert ["another invoice"] == list(kept(database, firm))


def test_the_last_reading_of_others_is_kept(database: Database, firm: Firm, other_firm: Firm) -> None:
    """In place of the one before, of this firm and company alone."""
    for document in ({"entity": "Invoice", "id": "7"}, {"entity": "Payment", "id": HOSTILE}):
        reading = Kept(date(2026, 4, 6), NOW, (document,))
        with database.write() as session:
            others.keep(session, firm.id, REALM, reading)
    with database.read() as session:
        assert reading == others.load(session, firm.id, REALM)
        assert others.load(session, other_firm.id, REALM) is None
        assert others.load(session, firm.id, "another company") is None


def test_a_linked_effect_is_confirmed_without_a_send(database: Database, firm: Firm) -> None:
    """By the document there; linked again to the same it stays so, and no worker ever takes it."""
    effect = add(database, invoice_effect(firm))
    for _ in range(2):
        with database.write() as session:
            effect = effects.link(session, effect, "7", "1042", NOW)
    assert (State.CONFIRMED, "7", "1042", True, None) == (
        effect.state,
        effect.remote_id,
        effect.document_number,
        effect.adopted,
        effect.first_sent,
    )
    with database.read() as session:
        assert {("Invoice", "7")} == effects.taken_over(session, firm.id, REALM)
        assert {("Invoice", "7")} == effects.ours_among(session, REALM, ["7", "8"])
        assert "effect.linked" == audit.lines(session, firm.id)[-1].verb
    with database.write() as session:
        assert effects.claim(session, NOW) is None


def test_what_may_have_been_sent_is_never_linked(database: Database, firm: Firm) -> None:
    """A worker has it in hand: linking it would lose what it books."""
    add(database, invoice_effect(firm))
    effect = claimed(database)
    with database.write() as session, pytest.raises(CannotLinkError):
        effects.link(session, effect, "7", "1042", NOW)


def test_another_bookings_document_is_never_linked(database: Database, firm: Firm) -> None:
    """A document of QuickBooks belongs to one effect."""
    first = add(database, invoice_effect(firm))
    second = add(database, invoice_effect(firm, subject="another", invoice="another"))
    with database.write() as session:
        effects.link(session, first, "7", "1042", NOW)
        with pytest.raises(CannotLinkError):
            effects.link(session, second, "7", "1042", NOW)
