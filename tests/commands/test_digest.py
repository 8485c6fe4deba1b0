"""The digest between our Slack and our QuickBooks: posted once, pressed, put off, set."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.demo.playground.hands import wait_for
from commands import mornings
from commands.ids import Task
from commands.mornings import post_due
from commands.zones import zone_of
from db import audit, digests, firm_settings, firms, outbox
from db.outbox import ClaimedTask
from tests.commands.house import (
    PATIENCE,
    House,
    choose_contact,
    firm_of,
    modal_words,
    open_sync,
    preview_of,
    seen_message,
    seen_modal,
    seen_notice,
)

if TYPE_CHECKING:
    from datetime import date

    from bot.demo.playground.hands import PersonsHands
    from bot.demo.playground.seen import SeenMessage


def want_digest(house: House, channel: str = "C0BOOKS", *, named: bool = True, **chosen: object) -> None:
    """The firm wants it from midnight on, every day."""
    every = {"digest_at": "00:00", "digest_days": (1, 2, 3, 4, 5, 6, 7), **chosen}
    with house.program.database.write() as session:
        firm_settings.change(
            session,
            firm_id=firm_of(house),
            by="U0ALICE",
            now=house.program.context.clock(),
            digest_channel=channel,
            digest_named_in=channel if named else "",
            **every,
        )


def today_at(house: House) -> date:
    """The day it is where the firm is; near midnight not the day it is here."""
    with house.program.database.read() as session:
        (firm,) = firms.all_firms(session)
    return house.program.context.clock().astimezone(zone_of(firm.timezone)).date()


def posted(person: PersonsHands, channel: str, text: str) -> SeenMessage:
    """The newest message of a channel, once it says this."""

    def look() -> SeenMessage | None:
        found = [one for one in person.messages(channel) if text in one.words]
        return found[-1] if found else None

    return wait_for(look, PATIENCE)


def morning(house: House, channel: str = "books") -> SeenMessage:
    """The clock ticks, and the digest is there."""
    post_due(house.program.context)
    return posted(house.ben, channel, "not in QuickBooks yet")


def linked(house: House) -> None:
    """One client's contact is known, so something is ready."""
    open_sync(house, "00002", "We don't know yet who")
    choose_contact(house)
    house.maria.close()


def test_a_morning_in_a_private_channel(house_on_either: House) -> None:
    """Posted once; Sync leads to the case; a snoozed line stays counted, and Undo brings it back."""
    house = house_on_either
    house.ready_to_sync()
    linked(house)
    want_digest(house)
    digest = morning(house)
    assert "*Ready* · " in digest.words
    assert recorded(house) in digest.words
    assert "Held: contact not found yet" in digest.words
    post_due(house.program.context)
    house.idle()
    assert 1 == len([one for one in house.ben.messages("books") if "not in QuickBooks yet" in one.words])
    house.maria.click("Sync", digest)
    seen_modal(house.maria, "Case 00002")
    house.maria.close()
    headline = digest.words.splitlines()[0]
    house.maria.click("snooze", digest, choice="Snooze until next week")
    off = posted(house.ben, "books", "by <@U0MARIA>")
    assert headline == off.words.splitlines()[0]
    assert off.ts == digest.ts
    assert "*Snoozed* · " in off.words
    assert recorded(house) not in off.words  # one more line now, but it still says the morning's
    house.ben.click("Undo", off)
    wait_for(lambda: "Undo" not in posted(house.ben, "books", headline).words, PATIENCE)
    house.maria.click("snooze", posted(house.maria, "books", headline), choice="Snooze until it changes")
    answer = posted(house.maria, "books", "Snoozed until it changes by <@U0MARIA>. It stays counted.")
    assert answer.ephemeral
    house.maria.click("Undo", answer)
    wait_for(lambda: "Undo" not in posted(house.ben, "books", headline).words, PATIENCE)
    with house.program.database.read() as session:
        lines = [(one.verb, one.actor) for one in audit.lines(session, firm_of(house))]
    assert [
        ("digest.snoozed", "U0MARIA"),
        ("digest.unsnoozed", "U0BEN"),
        ("digest.snoozed", "U0MARIA"),
        ("digest.unsnoozed", "U0MARIA"),
    ] == [line for line in lines if line[0].startswith("digest.")]


def test_what_was_booked_since_is_told(house: House) -> None:
    """Read back from QuickBooks, with its total; it waits no more."""
    house.ready_to_sync()
    open_sync(house, "00002", "We don't know yet who")
    choose_contact(house)
    preview_of(house, "Daniel Osei")
    house.maria.click("book")
    result = seen_message(house.maria, "booked in QuickBooks for Daniel Osei")
    want_digest(house)
    digest = morning(house)
    (told,) = [line for line in digest.words.splitlines() if line.startswith("Since ") and "booked" in line]
    number = int(result.words.split()[0])
    noun = "invoice" if number == 1 else "invoices"
    assert f"{number} {noun} booked ($" in told
    assert "Daniel Osei" not in digest.words


def test_a_posted_one_follows_what_is_booked_from_it(house: House) -> None:
    """Synced from its own button and booked: the message says so, as of that hour, and stays the same one."""
    house.ready_to_sync()
    linked(house)
    want_digest(house)
    digest = morning(house)
    headline = digest.words.splitlines()[0]
    house.maria.click("Sync", digest)
    seen_modal(house.maria, "Case 00002")
    preview_of(house, "Daniel Osei")
    house.maria.click("book")
    seen_message(house.maria, "booked in QuickBooks for Daniel Osei")
    now = posted(house.ben, "books", "As of ")
    assert digest.ts == now.ts
    assert headline != now.words.splitlines()[0]
    assert "*Ready* · " not in now.words
    assert "booked ($" in now.words


def test_a_posted_one_follows_an_import(house: House) -> None:
    """A newer export comes in during the day: the same message says so, as of that hour."""
    house.ready_to_sync()
    want_digest(house)
    digest = morning(house)
    house.import_samples("Payments after a correction.csv")
    assert digest.ts == posted(house.ben, "books", "As of ").ts


def test_the_task_done_twice_posts_once(house: House) -> None:
    """Whoever did it died before saying so, and another took it up."""
    house.ready_to_sync()
    want_digest(house)
    morning(house)
    house.idle()
    context, now = house.program.context, house.program.context.clock()
    content = {"digest": digest_id(house)}
    again = ClaimedTask("again", firm_of(house), Task.DIGEST, content, None, 2, 2, now, now)
    mornings.post(context, again)
    assert 1 == len([one for one in house.ben.messages("books") if "not in QuickBooks yet" in one.words])


def recorded(house: House) -> str:
    """The audit's last line now, as a digest tells it."""
    with house.program.database.read() as session:
        head = audit.head(session, firm_of(house))
        assert head is not None
        (last,) = audit.lines(session, firm_of(house), after=head[0] - 1)
    assert (last.number, last.sha256) == head
    return f"line {last.number:,}, {last.sha256[:16]}"


def test_sync_all_ready_previews_each_client_once(house: House) -> None:
    """To whoever pressed; a second press says so and posts nothing more."""
    house.ready_to_sync()
    linked(house)
    want_digest(house)
    digest = morning(house)
    house.ben.click("sync_ready", digest)
    seen_notice(house.ben, "1 preview comes as a direct message, one a client.")
    seen_message(house.ben, "for Daniel Osei?")
    house.idle()
    before = len(house.ben.messages())
    house.ben.click("sync_ready", digest)
    seen_notice(house.ben, "You have a preview of each of these already")
    assert before == len(house.ben.messages())
    house.ben.command("/qb")
    seen_modal(house.ben, "*Ready*: ")
    house.ben.click("Sync All Ready")
    seen_message(house.ben, "1 preview comes as a direct message, one a client.")
    wait_for(lambda: before + 2 == len(house.ben.messages()), PATIENCE)


def test_a_public_channel_gets_counts_and_the_list_opens_for_one(house: House) -> None:
    """Names are in the screen alone."""
    house.ready_to_sync()
    want_digest(house, "C0GENERAL", named=False)
    digest = morning(house, "general")
    assert "Osei" not in str(digest.blocks) + digest.text
    house.maria.click("Show the List", digest)
    assert "Osei" in everything_listed(house.maria)


def everything_listed(person: PersonsHands) -> str:
    """All pages of the list."""
    told = seen_modal(person, "not in QuickBooks yet").words
    page = 1
    while f"Page {page} of" in modal_words(person) and "Next Page" in modal_words(person):
        person.click("Next Page")
        page += 1
        told += seen_modal(person, f"Page {page} of").words
    return told


def test_the_whole_digest_is_put_off_by_who_may(house: House) -> None:
    """Maria is told who may; Ben's press shows in the message, and the next morning is silent."""
    house.ready_to_sync()
    want_digest(house)
    digest = morning(house)
    where = f"digest:{digest_id(house)}:all/snooze"
    house.maria.click(where, digest, choice="Snooze all until next week")
    seen_notice_or_message(house.maria, "Only an admin or approver may snooze the whole digest.")
    house.ben.click(where, digest, choice="Snooze all until a day…")
    seen_modal(house.ben, "Everything stays counted")
    house.ben.fill("snooze_day", "2020-01-01")
    assert "Choose a day after today" in str(house.ben.submit())
    day = house.program.context.clock() + timedelta(days=40)
    house.ben.fill("snooze_day", f"{day:%Y-%m-%d}")
    house.ben.submit()
    posted(house.ben, "books", "nothing is posted until then.")
    house.ben.command("/qb-digest")
    seen_modal(house.ben, "nothing is posted until then.")
    house.ben.click("Undo")
    wait_for(lambda: "nothing is posted until then." not in modal_words(house.ben), PATIENCE)


def digest_id(house: House) -> str:
    """The one that was posted."""
    now = house.program.context.clock() + timedelta(seconds=1)
    with house.program.database.read() as session:
        last = digests.last_told(session, firm_of(house), now)
    assert last is not None
    return last.id


def seen_notice_or_message(person: PersonsHands, text: str) -> None:
    """Told where it was pressed, or directly."""

    def look() -> bool:
        told = [*person.notices(), *(one.words for one in person.messages())]
        return any(text in one for one in told)

    wait_for(look, PATIENCE)


def test_nothing_waits_nothing_is_posted_but_all_clear_once_a_week(house: House) -> None:
    """A firm without a paid invoice hears nothing, and "all clear" on its day if it wants."""
    want_digest(house)
    post_due(house.program.context)
    house.idle()
    assert [] == [one for one in house.ben.messages("books") if one.author]
    with house.program.database.write() as session:
        digests.sweep(session, house.program.context.clock() + timedelta(hours=1))
        outbox.sweep_tasks(session, house.program.context.clock() + timedelta(hours=1))
    want_digest(house, all_clear_on=today_at(house).isoweekday())
    post_due(house.program.context)
    posted(house.ben, "books", "All clear: every paid invoice that CaseLedger knows of is in QuickBooks.")


def test_a_channel_it_is_not_in_is_told_to_the_admins(house: House) -> None:
    """Nothing else is held up."""
    house.ready_to_sync()
    want_digest(house, "C0NOWHERE")
    post_due(house.program.context)
    seen_message(house.alice, "The daily digest couldn't be posted in")
