"""How client money is banked an admin says; a named second person approves it; nothing of it is booked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from commands.ids import Act
from db import audit, effects, firm_settings, firms, mappings
from db.chosen import Banking
from qb.hold import Reason
from tests.commands.forging import as_person, last_payload, post
from tests.commands.house import firm_of, modal_words, seen_message, seen_modal

if TYPE_CHECKING:
    from bot.demo.playground.hands import PersonsHands
    from bot.demo.playground.seen import SeenView
    from db.chosen import FirmSettings
    from tests.commands.house import House


def settings(house: House) -> FirmSettings:
    """What the firm chose."""
    with house.program.database.read() as session:
        return firm_settings.settings_of(session, firm_of(house))


def say_banking(house: House, way: Banking, second: str = "U0BEN") -> dict[str, str]:
    """Alice says it in the settings; gives what the page has against it."""
    house.alice.command("/qb-settings")
    seen_modal(house.alice, "How client money is banked")
    house.alice.click(Act.OPEN_BANKING)
    seen_modal(house.alice, "How does your firm bank client money?")
    house.alice.choose("banking", way)
    if second:
        house.alice.choose("trust_approver", second)
    return house.alice.submit().errors


def test_an_admin_says_it_and_names_the_second_person(house: House) -> None:
    """The list of settings says it at once; who and when are kept."""
    say_banking(house, Banking.UNEARNED)
    seen_modal(house.alice, "Only what isn't earned yet goes to trust · approves what touches it: <@U0BEN>")
    found = settings(house)
    assert (Banking.UNEARNED, "U0ALICE", "U0BEN") == (found.banking, found.banking_by, found.trust_approver)
    with house.program.database.read() as session:
        said = [one.content for one in audit.lines(session, firm_of(house)) if one.verb == "settings.changed"]
    assert "unearned" in said[-1]


def test_the_second_person_must_hold_a_role(house: House) -> None:
    """Maria is staff: the page says so, and nothing is saved."""
    errors = say_banking(house, Banking.ALL, "U0MARIA")
    assert errors["trust_approver"].startswith("Choose somebody who is an approver or admin here")
    assert Banking.UNSAID is settings(house).banking


def test_only_an_admin_says_it(house: House) -> None:
    """Not even by a forged submission."""
    say_banking(house, Banking.UNEARNED)
    payload = as_person(last_payload(house, "view_submission"), "U0MARIA")
    payload["view"]["state"]["values"]["banking"]["banking"]["selected_option"]["value"] = "none"
    answer = post(house, payload).json()
    assert "Only an admin may say how client money is banked." in str(answer["view"])
    assert Banking.UNEARNED is settings(house).banking


def test_client_money_is_asked_for_approved_and_stays_held(house: House) -> None:
    """Maria asks, Ben approves, Maria hears; QuickBooks gets nothing, and the invoice says so."""
    house.ready_to_sync()
    say_banking(house, Banking.ALL)
    seen_modal(house.alice, "Everything goes through the client account")
    house.alice.close()
    house.maria.command("/qb-sync", "00002")
    modal = seen_modal(house.maria, "Trust: your firm banks everything through the client account")
    assert "Preview Booking" not in str(modal.submit)
    house.maria.click(Act.OPEN_TRUST)
    asking = seen_modal(house.maria, "Paid with client money")
    first = tick_first(house.maria, asking)
    house.maria.submit()
    seen_modal(house.maria, "<@U0BEN> was asked by direct message.")
    asked = seen_message(house.ben, "asks you to approve 1 invoice paid with client money")
    assert first in asked.text
    house.ben.click(Act.OPEN_TRUST)
    approving = seen_modal(house.ben, "You are the second person for client money.")
    assert first == tick_first(house.ben, approving)
    house.ben.submit()
    seen_modal(house.ben, "1 invoice approved.")
    told = seen_message(house.maria, "<@U0BEN> approved 1 invoice paid with client money")
    assert "It stays held" in told.text
    with house.program.database.read() as session:
        verbs = [one.verb for one in audit.lines(session, firm_of(house))]
        assert effects.next_due(session) is None
    assert ["trust.asked", "trust.approved"] == [one for one in verbs if one.startswith("trust.")]
    assert [] == house.sandbox.books.entities("Payment")


def test_the_second_person_rejects_with_a_reason(house: House) -> None:
    """Nothing ticked is said over the screen; Maria reads why, and can ask again."""
    house.ready_to_sync()
    say_banking(house, Banking.ALL)
    seen_modal(house.alice, "Everything goes through the client account")
    house.maria.command("/qb-sync", "00002")
    seen_modal(house.maria, "Trust: your firm banks everything")
    house.maria.click(Act.OPEN_TRUST)
    first = tick_first(house.maria, seen_modal(house.maria, "Paid with client money"))
    house.maria.submit()
    seen_message(house.ben, "asks you to approve 1 invoice")
    house.ben.click(Act.OPEN_TRUST)
    screen = seen_modal(house.ben, "You are the second person for client money.")
    house.ben.click("Reject What Is Ticked")
    seen_modal(house.ben, "Nothing is ticked.")
    house.ben.close()
    tick_first(house.ben, screen)
    house.ben.click("Reject What Is Ticked")
    seen_modal(house.ben, "You don't approve 1 invoice paid with client money.")
    house.ben.fill("reason", "This <retainer> isn't earned")
    house.ben.submit()
    seen_modal(house.ben, "1 invoice rejected. Whoever asked is told why.")
    heard = seen_message(house.maria, "<@U0BEN> rejected 1 invoice paid with client money")
    assert f"{first} of " in heard.text
    assert "This &lt;retainer&gt; isn't earned" in heard.words
    house.maria.click("Review Trust", heard)
    assert first == tick_first(house.maria, seen_modal(house.maria, "Paid with client money"))
    house.maria.submit()
    seen_modal(house.maria, "<@U0BEN> was asked by direct message.")
    with house.program.database.read() as session:
        verbs = [one.verb for one in audit.lines(session, firm_of(house))]
    said = [one for one in verbs if one.startswith("trust.")]
    assert ["trust.asked", "trust.rejected", "trust.asked"] == said


def test_who_lost_the_role_approves_nothing(house: House) -> None:
    """Ben is still named; at the click he is no approver any more, and his word isn't one."""
    house.ready_to_sync()
    say_banking(house, Banking.ALL)
    seen_modal(house.alice, "Everything goes through the client account")
    house.maria.command("/qb-sync", "00002")
    seen_modal(house.maria, "Trust: your firm banks everything")
    house.maria.click(Act.OPEN_TRUST)
    tick_first(house.maria, seen_modal(house.maria, "Paid with client money"))
    house.maria.submit()
    seen_message(house.ben, "asks you to approve 1 invoice")
    house.ben.click(Act.OPEN_TRUST)
    tick_first(house.ben, seen_modal(house.ben, "You are the second person for client money."))
    firm_id, now = firm_of(house), datetime.now(UTC)
    with house.program.database.write() as session:
        firms.set_roles(session, firm_id=firm_id, user_id="U0BEN", roles=(), by="U0ALICE", now=now)
    house.ben.submit()
    seen_modal(house.ben, "who was named to approve client money, is no approver or admin any more.")
    with house.program.database.read() as session:
        assert "trust.approved" not in [one.verb for one in audit.lines(session, firm_id)]


def tick_first(person: PersonsHands, modal: SeenView) -> str:
    """Tick the first invoice on the screen; gives its number."""
    element = next(block["element"] for block in modal.blocks if block["type"] == "input")
    option = element["options"][0]
    person.tick(Act.TRUST_TICK, option["value"])
    return str(option["text"]["text"]).partition(" · ")[0]


def test_staff_is_told_who_says_since_when(house: House) -> None:
    """And an admin says it: older invoices stand apart, the newer ones stay ready."""
    house.ready_to_sync()
    house.maria.command("/qb-settings")
    assert "open_going_live" not in str(seen_modal(house.maria, "Go-live date").blocks)
    house.maria.close()
    soon = datetime.now(UTC).date() + timedelta(days=2)
    house.alice.command("/qb-settings")
    seen_modal(house.alice, "Go-live date")
    house.alice.click(Act.OPEN_GOING_LIVE)
    seen_modal(house.alice, "Since when do you book with CaseLedger?")
    neither = house.alice.submit().errors
    assert {"go_live": "Choose a day, or tick that everything is booked from the beginning."} == neither
    house.alice.fill("go_live", (soon + timedelta(days=365)).isoformat())
    far = house.alice.submit().errors
    assert {"go_live": "This is more than a month ahead. Choose a day at most 31 days from now."} == far
    house.alice.fill("go_live", soon.isoformat())
    seen_modal(house.alice, "is yet to come: until then nothing is booked")
    seen_modal(house.alice, "taken as in the books already")
    house.alice.submit()
    seen_modal(house.alice, "are taken as in the books already")
    assert (soon, True) == (settings(house).go_live, settings(house).go_live_said)
    house.maria.command("/qb-sync", "00002")
    modal = seen_modal(house.maria, "before your firm began here")
    assert "Preview Booking" not in modal_words(house.maria)
    assert "Change Go-Live Date" in modal.words
    house.maria.close()
    house.maria.command("/qb")
    apart = seen_modal(house.maria, "*Before you began*: ")
    of_group = (b for b in apart.blocks if (b.get("accessory") or {}).get("value") == Reason.BEFORE_GO_LIVE)
    house.maria.click(f"{next(of_group)['block_id']}/{Act.OPEN_LISTING}")
    seen_modal(house.maria, "Before you began: taken as in the books already")


def deposits(house: House) -> dict[tuple[str, str], str]:
    """The deposit accounts that were confirmed, by currency and fund."""
    with house.program.database.read() as session:
        kept = mappings.current(session, firm_of(house), house.sandbox.realm_id)
    return {(one.source, one.fund): one.target_name for one in kept if one.kind == "deposit"}


def test_client_money_gets_a_trust_account_and_nothing_else_does(house: House) -> None:
    """Each fund has its own; a forged submission can't put the firm's money into trust."""
    house.connect()
    house.import_samples()
    say_banking(house, Banking.UNEARNED)
    seen_modal(house.alice, "Only what isn't earned yet goes to trust")
    house.map_everything()
    assert "Client Trust CAD" == deposits(house)["CAD", "trust"]
    assert "Chequing" == deposits(house)["CAD", "operating"]
    house.ben.command("/qb-mapping")
    seen_modal(house.ben, "Payments in CAD")
    house.ben.choose("deposit:CAD/map_choose", "Chequing")
    payload = last_payload(house, "view_submission")
    payload["view"] = last_payload(house, "block_actions")["view"]
    payload["view"]["hash"] = "another"
    trust = {"value": house.sandbox.books.id_of("Account", "Client Trust CAD")}
    payload["view"]["state"]["values"]["deposit:CAD"] = {"map_choose": {"selected_option": trust}}
    answer = post(house, payload).json()
    assert "Payments in CAD: what you chose can no longer be used." in str(answer["view"])
    assert "Chequing" == deposits(house)["CAD", "operating"]
