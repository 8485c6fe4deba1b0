"""Asking a colleague: the button, what they get, and what goes on once it is done."""

from commands import errands
from commands.favour import DEEDS, Colleague, Favour, Wish, favour_of
from commands.ids import Act, Task
from db import cases, firms, outbox
from db import errands as db_errands
from tests.commands.forging import clicking, last_payload, post
from tests.commands.house import House, choose_contact, firm_of, open_sync, seen_message, seen_modal
from tests.commands.test_home import seen_home


def asking(house: House) -> str:
    """The label of the button that asks somebody, in what Maria has in front."""
    modal = house.maria.modal()
    assert modal is not None
    texts = [
        element["text"]["text"]
        for block in modal.blocks
        for element in block.get("elements", [])
        if element.get("action_id") == "ask_colleague"
    ]
    return str(texts[0])


def test_a_waiting_sync_resumes_once_the_colleague_has_mapped(house: House) -> None:
    """Maria asks Ben in the sync; he opens the mapping from her message; she hears, and gets the preview."""
    house.connect()
    house.import_samples()
    open_sync(house, "00002", "Held:")
    choose_contact(house)
    label = asking(house)
    assert label.startswith("Ask Ben to Map ")
    house.maria.click(label)
    seen_modal(house.maria, "Asked <@U0BEN> to map")
    asked = seen_message(house.ben, "<@U0MARIA> asks you to map")
    assert "so that 3 invoices of Daniel Osei can be booked" in asked.words
    house.ben.click("Open Mapping", asked)
    seen_modal(house.ben, "nothing counts until confirmed")
    house.ben.close()
    house.map_everything()
    seen_message(house.maria, "<@U0BEN> mapped")
    preview = seen_message(house.maria, "Daniel Osei?")
    assert "$2,330.00" in preview.words
    done = seen_message(house.ben, "Done: <@U0BEN> mapped")
    assert asked.ts == done.ts


def test_a_preview_that_came_to_nothing_offers_whom_to_ask(house: House) -> None:
    """The mapping is missing: Maria asks from the message itself, and those very invoices are previewed."""
    house.connect()
    house.import_samples()
    open_sync(house, "00002", "Held:")
    choose_contact(house)
    house.maria.close()
    database, context, firm_id = house.program.database, house.program.context, firm_of(house)
    with database.write() as session:
        paid = [one.key for one in cases.all_invoices(session, firm_id) if one.paid]
        keys = [[key.case, key.number, key.client] for key in paid if key.case.startswith("00002")]
        outbox.add_task(
            session,
            firm_id=firm_id,
            kind=Task.PREVIEW,
            content={"user": "U0MARIA", "invoices": keys[:2]},
            now=context.clock(),
            new_id=context.new_id,
        )
    nothing = seen_message(house.maria, "Nothing can be booked right now.")
    house.maria.click("ask_colleague", nothing)
    seen_message(house.ben, "so that 2 invoices of Daniel Osei can be booked")
    house.map_everything()
    seen_message(house.maria, "A fresh preview of 2 invoices follows; nothing is booked by itself.")
    seen_message(house.maria, "Book 2 invoices for Daniel Osei?")


def test_the_same_asked_twice_is_one_message(house: House) -> None:
    """The second press says since when; the colleague isn't asked again."""
    house.connect()
    house.import_samples()
    for _ in range(2):
        open_sync(house, "00002", "Held:")
        house.maria.click(asking(house))
        seen_modal(house.maria, "<@U0BEN>")
        house.idle()
        house.maria.close()
    open_sync(house, "00002", "Held:")
    house.maria.click(asking(house))
    seen_modal(house.maria, "You asked <@U0BEN> already,")
    assert 1 == sum("asks you to map" in one.words for one in house.ben.messages())


def test_who_asked_takes_it_back(house: House) -> None:
    """Alice's message says so and has no button left; asked anew, she is asked anew; what is done stays."""
    house.maria.command("/qb-connect")
    seen_modal(house.maria, "Only an admin may connect QuickBooks.")
    house.maria.click(asking(house))
    seen_modal(house.maria, "Asked <@U0ALICE> to connect QuickBooks.")
    asked = seen_message(house.alice, "<@U0MARIA> asks you to connect QuickBooks.")
    house.maria.click("Withdraw")
    seen_modal(house.maria, "Withdrawn: <@U0ALICE> is no longer asked to connect QuickBooks.")
    told = seen_message(house.alice, "Withdrawn: <@U0MARIA> no longer asks you to connect QuickBooks.")
    assert (asked.ts, []) == (told.ts, told.buttons)
    house.maria.close()
    house.maria.command("/qb-connect")
    seen_modal(house.maria, "Only an admin may connect QuickBooks.")
    house.maria.click(asking(house))
    seen_modal(house.maria, "Asked <@U0ALICE> to connect QuickBooks. You hear")
    house.connect()
    seen_message(house.maria, "<@U0ALICE> connected QuickBooks.")
    house.maria.click("Withdraw")
    seen_modal(house.maria, "There is nothing to withdraw any more")


def test_nobody_withdraws_what_another_asked(house: House) -> None:
    """Whatever is pressed in their place, the errand stands."""
    house.maria.command("/qb-connect")
    seen_modal(house.maria, "Only an admin may connect QuickBooks.")
    house.maria.click(asking(house))
    seen_modal(house.maria, "Asked <@U0ALICE> to connect QuickBooks.")
    with house.program.database.read() as session:
        (errand,) = db_errands.open_ones(session, firm_of(house))
    forged = clicking(last_payload(house, "block_actions"), Act.WITHDRAW_ERRAND, errand.id)
    elsewhere = {**forged["view"], "id": "V0", "hash": "h"}
    answer = post(house, {**forged, "view": elsewhere, "user": {**forged["user"], "id": "U0BEN"}})
    assert 200 == answer.status_code
    house.idle()
    with house.program.database.read() as session:
        assert (errand,) == db_errands.open_ones(session, firm_of(house))


def test_staff_ask_an_admin_to_connect(house: House) -> None:
    """From `/qb-connect` itself; once Alice has connected, Maria hears."""
    house.maria.command("/qb-connect")
    seen_modal(house.maria, "Only an admin may connect QuickBooks.")
    house.maria.click(asking(house))
    seen_modal(house.maria, "Asked <@U0ALICE> to connect QuickBooks.")
    house.maria.close()
    seen_message(house.alice, "<@U0MARIA> asks you to connect QuickBooks.")
    house.connect()
    seen_message(house.maria, "<@U0ALICE> connected QuickBooks.")


def test_without_a_connection_every_way_leads_to_it(house: House) -> None:
    """The mapping of a firm that isn't connected: a button, and behind it whom to ask."""
    house.maria.command("/qb-mapping")
    seen_modal(house.maria, "Connect QuickBooks")
    house.maria.click("open_connect")
    seen_modal(house.maria, "Only an admin may connect QuickBooks.")
    assert "Ask Alice to Connect QuickBooks" == asking(house)


def test_how_things_stand_has_the_button_that_asks(house: House) -> None:
    """What isn't Maria's to do is asked for from `/qb`; the answer stands in the button's place."""
    house.maria.command("/qb")
    shown = seen_modal(house.maria, "QuickBooks isn't connected yet. That is for <@U0ALICE>.")
    assert "Ask Alice to Connect QuickBooks" in shown.buttons
    house.maria.click("Ask Alice to Connect QuickBooks")
    seen_modal(house.maria, "Asked <@U0ALICE> to connect QuickBooks. You hear when it is done.")
    seen_message(house.alice, "<@U0MARIA> asks you to connect QuickBooks.")
    house.alice.command("/qb")
    assert "Connect QuickBooks" in seen_modal(house.alice, "QuickBooks isn't connected yet.").buttons


def test_home_has_the_button_that_asks(house: House) -> None:
    """Home keeps itself fresh, so the answer comes as a direct message."""
    house.maria.open_home()
    shown = seen_home(house.maria, "That is for <@U0ALICE>.")
    house.maria.click("Ask Alice to Connect QuickBooks", shown)
    seen_message(house.maria, "Asked <@U0ALICE> to connect QuickBooks. You hear when it is done.")


def test_a_refusal_brings_the_button_along(office: House) -> None:
    """Maria presses a control of somebody else's: she is told who may, and can ask at once."""
    office.maria.command("/qb")
    seen_modal(office.maria, "How things stand")
    office.maria.click("Sync a Case")
    post(office, clicking(last_payload(office, "block_actions"), Act.CHECK_BOOKS))
    office.maria.close()
    seen_modal(office.maria, "Only an admin or approver may check the books.")
    office.maria.click("Ask Ben to Check the Books")
    seen_modal(office.maria, "Asked <@U0BEN> to check the books.")
    seen_message(office.ben, "<@U0MARIA> asks you to check the books.")


def test_who_lost_the_role_meanwhile_is_not_asked(office: House) -> None:
    """The refusal offers the next one who may."""
    context, firm_id = office.program.context, firm_of(office)
    office.maria.command("/qb-mapping")
    seen_modal(office.maria, "You can look")
    office.maria.close()
    office.maria.command("/qb")
    seen_modal(office.maria, "How things stand")
    office.maria.click("Sync a Case")
    value = Favour(Wish.MAP, Colleague("U0BEN", "Ben"), "Interac").value
    payload = last_payload(office, "block_actions")
    payload["actions"] = [
        {"action_id": "ask_colleague", "block_id": "b", "type": "button", "value": value, "action_ts": "9.1"}
    ]
    with context.database.write() as session:
        firms.set_roles(
            session, firm_id=firm_id, user_id="U0BEN", roles=(), by="U0ALICE", now=context.clock()
        )
    post(office, payload)
    office.maria.close()
    refused = seen_modal(office.maria, "<@U0BEN> can't map Interac here any more.")
    assert "Ask Alice to Map Interac" in refused.words
    with context.database.write() as session:
        firms.give_role(
            session, firm_id=firm_id, user_id="U0BEN", role="approver", by="U0ALICE", now=context.clock()
        )


def test_a_button_that_is_not_ours_does_nothing() -> None:
    """Whatever it carries."""
    for value in ("", "{}", '{"w":"rob","o":"U","t":"","d":"","r":[]}'):
        try:
            favour_of(value)
        except (ValueError, KeyError):
            continue
        raise AssertionError(value)


def test_a_favour_comes_back_as_it_was_sent() -> None:
    """All but the name, which is only shown; too much for a button is everything that is open."""
    sent = Favour(Wish.MAP, Colleague("U0BEN"), "Interac", ("method:Interac",), "draft-1")
    assert sent == favour_of(sent.value)
    long = Favour(Wish.MAP, Colleague("U0BEN"), "x" * 900, ("method:" + "y" * 900, "z" * 900), "draft-1")
    assert Favour(Wish.MAP, Colleague("U0BEN"), "", (), "draft-1") == favour_of(long.value)


def test_every_wish_has_its_words_and_its_roles() -> None:
    """Roles are those of the firm."""
    assert set(Wish) == set(DEEDS)
    assert {firms.ADMIN, firms.APPROVER} == {role for deed in DEEDS.values() for role in deed.roles}
    assert errands.MENDS.keys() <= set(Wish)
