"""Looking again in a restored database finds what that database sent itself, long after it was restored."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from db import effects
from db.effects import LookAgain, State
from qb.contact_orders import add_customer, customer_order
from qb.gateway import encode
from qb.sandbox import Fault, Switches
from tests.books.by_hand import edit_invoice
from tests.books.exports import CLIENT, ONTARIO
from tests.books.numbering import let_quickbooks_number
from tests.books.office import MARIA

if TYPE_CHECKING:
    from db.effects import Effect
    from tests.books.coming_back import Copies
    from tests.books.office import Office


def days_after_a_restore(office: Office, copies: Copies) -> Office:
    """Restored, and connected anew five days later; the same request id again is nothing to QuickBooks."""
    copies.take()
    again = copies.come_back()
    again.clock.sleep(timedelta(days=5).total_seconds())
    again.connect()
    office.sandbox.switches = Switches(requestid="ignored")
    return again


def look_again(office: Office, effect: Effect) -> None:
    """A person says that it was put right, and the worker goes on."""
    with office.database.write() as session:
        assert effects.resolve_review(
            session, effect.id, MARIA, office.clock(), LookAgain(), firm_id=office.firm_id
        )
    office.work()


def test_looking_again_finds_what_the_restored_database_sent(either_office: Office, copies: Copies) -> None:
    """Booked, its answer cut, edited, put right: Look Again takes it over, and books no second one."""
    office = either_office
    office.connect()
    let_quickbooks_number(office)
    office.ready(ONTARIO)
    again = days_after_a_restore(office, copies)
    again.sandbox.faults.add(again.aimed(Fault("cut", after=True), "invoice"))
    sync_id = again.order()
    again.step()
    (booked,) = again.sandbox.books.entities("Invoice")
    edit_invoice(again, booked["DocNumber"], "1.00")
    again.work()
    reviewed = again.effects(sync_id)[0]
    assert State.REVIEW is reviewed.state
    edit_invoice(again, booked["DocNumber"], "1500.00")
    look_again(again, reviewed)
    assert 1 == len(again.sandbox.books.entities("Invoice"))
    found = again.effects(sync_id)[0]
    assert (State.CONFIRMED, True, booked["Id"]) == (found.state, found.adopted, found.remote_id)
    assert [True] == [receipt.ties for receipt in again.settle(sync_id)]


def test_a_contact_we_may_have_added_is_never_called_refused(either_office: Office, copies: Copies) -> None:
    """Added, its answer cut, its e-mail changed by hand: it may hold the name itself; a person decides."""
    office = either_office
    office.connect()
    again = days_after_a_restore(office, copies)
    again.sandbox.faults.add(again.aimed(Fault("cut", after=True), "customer"))
    name = "Zoë Nguyen"
    with again.database.write() as session:
        order = customer_order(
            session, again.firm_id, payer=CLIENT, name=name, email="z@example.com", currency="CAD"
        )
        asked = add_customer(session, firm_id=again.firm_id, order=order, by=MARIA, now=again.clock())
    again.step()
    change_email(again, name)
    again.work()
    assert State.REVIEW is read(again, asked.effect_id).state
    look_again(again, read(again, asked.effect_id))
    assert State.REVIEW is read(again, asked.effect_id).state
    names = [one["DisplayName"] for one in again.sandbox.books.entities("Customer")]
    assert 1 == names.count(name)


def change_email(office: Office, name: str) -> None:
    """Somebody gives a customer another e-mail in QuickBooks."""
    company = office.connections.company(office.firm_id)
    found = company.read("Customer", office.sandbox.books.id_of("Customer", name)).entity
    kept = {key: found[key] for key in ("Id", "SyncToken", "DisplayName")}
    changed = kept | {"sparse": True, "PrimaryEmailAddr": {"Address": "other@example.com"}}
    company.update("Customer", encode(changed), office.new_id())


def read(office: Office, effect_id: str) -> Effect:
    """The effect as it stands."""
    with office.database.read() as session:
        found = effects.get(session, office.firm_id, effect_id)
    assert found is not None
    return found
