"""What turns out to be client money after it was approved isn't sent: neither to trust, nor half of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db import connections, effects, firm_settings
from db.chosen import Banking
from db.effects import LOOKED_AGAIN, State
from qb.deposits import TRUST
from qb.post import ClientMoneyError
from qb.sandbox import Fault
from tests.books.exports import INSTALMENTS, ONTARIO, SPLIT
from tests.books.looking_again import tried_again
from tests.books.test_stopping import booked

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.effects import Effect
    from tests.books.office import Office


def becomes_trust(office: Office) -> None:
    """The account that payments go to is a trust account now, and the lists were read since."""
    office.update("Account", "Chequing", {"Name": "Client Trust Chequing"})
    office.read_lists()


def all_is_client_money(office: Office) -> None:
    """An admin says that everything goes through the client account."""
    with office.database.write() as session:
        firm_settings.change(
            session, firm_id=office.firm_id, by="U0ALICE", now=office.clock(), banking=Banking.ALL
        )


LATE: dict[str, tuple[Callable[[Office], None], str]] = {
    "account": (becomes_trust, "“Client Trust Chequing” is a trust account in QuickBooks now."),
    "banking": (all_is_client_money, "your firm banks everything through the client account"),
}


def refused(found: Effect) -> tuple[State, object]:
    """How it stands, and why."""
    return found.state, (found.fault or {}).get("code")


@pytest.mark.parametrize("what", LATE)
def test_what_was_ordered_before_is_not_sent(either_office: Office, what: str) -> None:
    """No invoice, no payment; each says why, and is free to be planned anew."""
    office, (change, told) = either_office, LATE[what]
    office.ready(ONTARIO, INSTALMENTS)
    before = booked(office)
    sync_id = office.order()
    change(office)
    office.work()
    invoices = [one for one in office.effects(sync_id) if one.entity == "Invoice"]
    assert [(State.REJECTED, TRUST)] * 2 == [refused(one) for one in invoices]
    assert all(told in one.reason for one in invoices)
    assert before == booked(office)
    assert () == office.settle(sync_id)


def test_what_was_parked_is_not_sent_once_it_goes_on(office: Office) -> None:
    """It waited for a connection, and the account became trust meanwhile."""
    office.ready(ONTARIO)
    before = booked(office)
    sync_id = office.order()
    office.update("Account", "Chequing", {"Name": "Client Trust Chequing"})
    with office.database.write() as session:
        connections.mark(session, office.firm_id, connections.RECONNECT, "lost", now=office.clock())
        effects.park(session, office.firm_id, "lost", office.clock())
    office.connect()
    office.work()
    invoice = office.effects(sync_id)[0]
    assert (State.REJECTED, LOOKED_AGAIN) == refused(invoice)
    assert "trust account" in invoice.reason
    assert before == booked(office)


def test_a_payment_is_kept_out_of_trust_though_its_invoice_is_booked(office: Office) -> None:
    """It is refused with its sentence; Try Again says the same and orders nothing."""
    office.ready(ONTARIO)
    before = booked(office)
    sync_id = office.order()
    office.step()
    becomes_trust(office)
    office.work()
    invoice, payment = office.effects(sync_id)
    assert (State.CONFIRMED, (State.REJECTED, TRUST)) == (invoice.state, refused(payment))
    with pytest.raises(ClientMoneyError, match="is a trust account in QuickBooks now"):
        tried_again(office, sync_id, office.clock())
    assert [] == office.work()
    assert (before[0] + 1, before[1]) == booked(office)


@pytest.mark.parametrize("what", LATE)
def test_a_refused_payment_is_not_tried_again_into_trust(office: Office, what: str) -> None:
    """Of two payments QuickBooks refused one; what it would deposit to is looked at again."""
    change, told = LATE[what]
    office.ready(SPLIT)
    office.sandbox.faults.add(office.aimed(Fault("refuse", code="620"), "payment"))
    sync_id = office.order()
    office.work()
    before = booked(office)
    change(office)
    with pytest.raises(ClientMoneyError, match=told):
        tried_again(office, sync_id, office.clock())
    office.work()
    assert before == booked(office)


def test_what_may_be_booked_is_looked_for_and_found(office: Office) -> None:
    """We died after QuickBooks had booked it: in doubt, it is never taken for unsent."""
    office.ready(ONTARIO)
    sync_id = office.order()
    with pytest.raises(KeyboardInterrupt):
        office.die_while_sending()
    becomes_trust(office)
    office.work()
    invoice, payment = office.effects(sync_id)
    assert (State.CONFIRMED, (State.REJECTED, TRUST)) == (invoice.state, refused(payment))


@pytest.mark.parametrize("what", LATE)
def test_what_was_looked_for_and_not_found_is_not_sent_again(either_office: Office, what: str) -> None:
    """Its answer never came, and it became client money meanwhile: a person looks, nothing more is sent."""
    office, (change, told) = either_office, LATE[what]
    office.ready(ONTARIO)
    before = booked(office)
    office.sandbox.faults.add(office.aimed(Fault("cut"), "invoice"))
    sync_id = office.order()
    office.step()
    change(office)
    office.work()
    invoice = office.effects(sync_id)[0]
    assert State.REVIEW == invoice.state
    assert told in invoice.reason
    assert before == booked(office)


def test_killed_before_it_was_set_aside_it_is_still_not_sent(office: Office) -> None:
    """Taken in hand, and nothing was written down to be sent: in doubt for us, but surely unsent."""
    office.ready(ONTARIO)
    before = booked(office)
    sync_id = office.order()
    becomes_trust(office)
    with pytest.raises(KeyboardInterrupt):
        office.die_while_sending()
    office.work()
    assert (State.REJECTED, TRUST) == refused(office.effects(sync_id)[0])
    assert before == booked(office)
