"""Handed over or stood in for: everybody who sees a request reads whose turn it is, and one press ends it."""

from __future__ import annotations

from datetime import timedelta

from commands.ids import Task
from db import audit, firms, outbox
from tests.commands.house import House, firm_of, seen_message, seen_modal
from tests.commands.test_approvals import asked, in_channel
from tests.commands.test_away import mark_away

TURN = "*Handed over to <@U0ALICE> by <@U0BEN>*, <!date^"


def remind_ben(house: House, sync_id: str) -> None:
    """As the clock does after some hours."""
    with house.program.database.write() as session:
        context = house.program.context
        outbox.add_task(
            session,
            firm_id=firm_of(house),
            kind=Task.REMIND,
            content={"sync": sync_id, "to": "U0BEN", "user": "U0BEN"},
            now=context.clock(),
            new_id=context.new_id,
        )


def test_a_request_handed_over_says_so_everywhere(careful_office: House) -> None:
    """In the channel, to Maria, to Ben who was reminded; Alice has all of it, approves, and all follow."""
    house = careful_office
    request = asked(house, "00034", "නිමල් පෙරේරා")
    with house.program.database.read() as session:
        sync_id = audit.lines(session, firm_of(house))[-1].subject.removeprefix("sync|")
    remind_ben(house, sync_id)
    reminded = seen_message(house.ben, "Waiting for you in <#C0APPROVE>")
    house.ben.click("Hand Over", request)
    seen_modal(house.ben, "Whose turn is")
    house.ben.choose("hand_to", "U0ALICE")
    house.ben.submit()
    assert request.ts == in_channel(house.ben, TURN).ts
    assert seen_message(house.maria, TURN).words.startswith("*Waiting for approval:*")
    gone = seen_message(house.ben, TURN)
    assert (reminded.ts, []) == (gone.ts, gone.buttons)
    hers = seen_message(house.alice, "<@U0BEN> hands this over to you")
    assert ["Reject", "Hand Over"] == hers.buttons[1:]
    assert "It stands in <#C0APPROVE>, too" in hers.words
    house.alice.click(hers.buttons[0], hers)
    ended = seen_message(house.alice, "booked in QuickBooks for නිමල් පෙරේරා")
    told = in_channel(house.ben, "booked in QuickBooks for නිමල් පෙරේරා")
    assert (hers.ts, request.ts, []) == (ended.ts, told.ts, ended.buttons)


def test_who_stands_in_has_the_request_at_hand(careful_office: House) -> None:
    """Ben is away: Maria reads who decides for him, and Alice rejects it in her own messages."""
    house = careful_office
    mark_away(house, "U0BEN", "U0ALICE")
    try:
        request = asked(house, "00037", "Fatima Hassan")
        told = seen_message(house.maria, "Waiting for approval:")
        assert "<@U0ALICE> (for <@U0BEN>, away until " in told.words
        hers = seen_message(house.alice, "*You stand in:* <@U0BEN> is away until ")
        house.alice.click("Reject", hers)
        seen_modal(house.alice, "You reject 2 invoices for Fatima Hassan")
        house.alice.fill("reason", "Not yet")
        house.alice.submit()
        assert request.ts == in_channel(house.ben, "Rejected by <@U0ALICE>").ts
        gone = seen_message(house.alice, "Rejected by <@U0ALICE>")
        assert (hers.ts, []) == (gone.ts, gone.buttons)
    finally:
        mark_away(house, "U0BEN", "U0ALICE", days=-1)


def test_nobody_who_may_not_stands_in(careful_office: House) -> None:
    """Maria asked herself and stands in for Ben, as an approver: Alice is named, and Maria gets nothing."""
    house = careful_office
    now, firm = house.program.context.clock(), firm_of(house)
    give = {"firm_id": firm, "user_id": "U0MARIA", "by": "U0ALICE", "now": now + timedelta(seconds=1)}
    with house.program.database.write() as session:
        firms.set_roles(session, roles=["approver"], **give)  # type: ignore[arg-type]
    mark_away(house, "U0BEN", "U0MARIA")
    try:
        asked(house, "00036", "Fiona Campbell")
        told = seen_message(house.maria, "Waiting for approval:")
        assert "<@U0ALICE> or <@U0BEN> (away until " in told.words
        house.idle()
        assert not [one for one in house.maria.messages() if "You stand in" in one.words]
    finally:
        mark_away(house, "U0BEN", "U0ALICE", days=-1)
        with house.program.database.write() as session:
            firms.set_roles(session, roles=[], **give)  # type: ignore[arg-type]
