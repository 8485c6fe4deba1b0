"""What is dropped or written in the direct message with us: imported once, or answered once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from bot.demo.playground import Person
from bot.demo.playground.hands import wait_for
from db.intake import imports
from tests.commands.forging import last_event, tell
from tests.commands.house import PATIENCE, House, firm_of, seen_message
from tests.commands.putting_up import PEOPLE, standing_house

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Json = dict[str, Any]
HINT = "`/qb-sync` and a client's name books"
OUT = "Only full members of this workspace can use CaseLedger. Nothing was done."
GUEST = Person(id="U0GUIDO", name="Guido", guest=True)
HOSTILE = "<!channel> & <https:__evil|Approve>.csv"


def todays(house: House, *reports: str) -> list[Path]:
    """Today's exports among the samples."""
    today = datetime.now(UTC).date()
    found = {
        "Invoices": f"Invoices-export-{today}.xlsx",
        "Payments": f"Payments-export-{today}.csv",
        "Client Listing": f"Client Listing-export-{today}.xlsx",
    }
    return [house.samples / found[report] for report in reports or found]


def told(house: House) -> list[str]:
    """What we have said to Maria, once nothing is left to do; her own messages aren't ours."""
    house.idle()
    return [one.words for one in house.maria.messages() if one.author != house.maria.id]


def tasks(house: House) -> int:
    """How many imports and answers were ever left to the worker: each has a key, so none is forgotten."""
    with house.program.database.read() as session:
        kept = "SELECT count(*) FROM tasks WHERE kind IN ('import.files', 'direct.hint')"
        return int(session.scalar(text(kept)) or 0)


def saying(envelope: Json, event_id: str, **event: object) -> Json:
    """Another event like it, with some of it otherwise."""
    return {**envelope, "event_id": event_id, "event": {**envelope["event"], **event}}


def drop(house: House, files: Sequence[Path], words: str = "") -> str:
    """Maria drops files; gives our answer."""
    before = len(told(house))
    assert house.maria.say(words, files=files).ok
    answers = told(house)[before:]
    assert 1 == len(answers)
    return answers[0]


def test_files_dropped_are_imported_as_one_and_answered_as_ever(house_on_either: House) -> None:
    """Three exports in one message: the very message `/qb-import` posts, with its buttons."""
    house = house_on_either
    dropped = drop(house, todays(house), "the new ones")
    assert "*Invoices* · Invoices-export-" in dropped
    assert "*Payments* · Payments-export-" in dropped
    assert "*Client Listing* · Client Listing-export-" in dropped
    assert ["Open Columns", "Review Mapping", "See Unsynced"] == house.maria.messages()[-1].buttons
    asked = house.import_samples().words
    assert asked.startswith("Nothing new: the records are as they were")
    assert asked == drop(house, todays(house, "Client Listing", "Invoices", "Payments"))


def test_a_message_told_again_is_one_import(house: House) -> None:
    """By Slack's retry, under another event's id, and as the file's own event: one answer in all."""
    house.hands.switch(twice=True)
    drop(house, todays(house, "Invoices"))
    event = last_event(house)
    shared = {**event, "event": {"type": "file_shared", "file_id": "F1", "user_id": "U0MARIA"}}
    for again in (event, saying(event, "EvOTHER"), {**shared, "event_id": "EvFILE"}):
        assert 200 == tell(house, again).status_code
    assert 1 == len(told(house))


def test_files_dropped_one_by_one_wait_for_each_other(house: House) -> None:
    """Where `/qb-import` would say that another import is under way, a drop is taken once that has ended."""
    database, now = house.program.database, house.program.context.clock()
    with database.write() as session:
        other = imports.begin(session, firm_of(house), "U0BEN", now)
    house.maria.say("", files=todays(house, "Invoices"))
    wait_for(lambda: tasks(house) == 2, PATIENCE)
    assert [] == [one for one in house.maria.messages() if one.author != house.maria.id]
    imports.give_up(database, other)
    (answer,) = told(house)
    assert "*Invoices* · Invoices-export-" in answer


def test_it_is_written_down_before_slack_is_answered(house: House) -> None:
    """While it can't be, Slack is told so and tells us again; then it is imported."""
    house.hands.switch(retry_seconds=[])
    engine = house.program.database
    with engine.write() as session:
        session.execute(text("ALTER TABLE tasks RENAME TO tasks_away"))
    assert not house.maria.say("", files=todays(house, "Invoices")).ok
    with engine.write() as session:
        session.execute(text("ALTER TABLE tasks_away RENAME TO tasks"))
    assert 200 == tell(house, last_event(house)).status_code
    assert "*Invoices* · Invoices-export-" in seen_message(house.maria, "*Invoices*").words


@pytest.mark.parametrize("name", ["retainer.pdf", "passport.png", HOSTILE])
def test_what_is_no_export_is_refused_with_the_imports_sentence(
    house: House, tmp_path: Path, name: str
) -> None:
    """A picture, a PDF, anything: nothing was imported, and why."""
    content = {"pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"}
    path = tmp_path / name
    path.write_bytes(content.get(name.rpartition(".")[2], b"Day,Who\n1,Maria\n"))
    dropped = drop(house, [path])
    assert dropped.startswith("Nothing was imported; the records are as they were")
    assert "was not taken. " in dropped
    assert "<!channel>" not in dropped


def test_what_slack_doesnt_hand_out_is_refused(house: House) -> None:
    """A file kept elsewhere, and more files than a screen would take."""
    drop(house, todays(house, "Invoices"))
    event = last_event(house)
    linked = {"id": "F0LINK", "name": "invoices", "is_external": True, "url_private": "https://evil.example"}
    tell(house, saying(event, "Ev1", ts="9.1", files=[linked]))
    assert told(house)[-1].startswith("One of these files isn't kept by Slack, so it wasn't fetched.")
    tell(house, saying(event, "Ev2", ts="9.2", files=event["event"]["files"] * 11))
    assert told(house)[-1].startswith("These are more files than can be imported at once.")


def test_a_file_larger_than_an_export_is_refused(house: House, tmp_path: Path) -> None:
    """The same limit and the same sentence as `/qb-import`'s; the other file isn't taken either."""
    large = tmp_path / "large.csv"
    large.write_bytes(bytes(20 * 1024 * 1024 + 1))
    dropped = drop(house, [*todays(house, "Invoices"), large])
    assert dropped.startswith("A file is larger than 20 MB, more than an export of CaseEasy can be.")


def test_words_get_one_plain_answer(house: House) -> None:
    """It names the commands, and its buttons lead there; told again it isn't said again."""
    house.maria.say("hello? book Tremblay please <!channel>")
    seen_message(house.maria, HINT)
    assert 200 == tell(house, last_event(house)).status_code
    (answer,) = told(house)
    assert all(command in answer for command in ("`/qb-sync`", "`/qb-import`", "`/qb`"))
    assert ["Sync a Case", "Import Exports", "See Unsynced"] == house.maria.messages()[-1].buttons
    house.maria.say("thanks!")
    assert 2 == len(told(house))


def test_an_answer_stands_in_the_thread_that_was_written_in(house: House) -> None:
    """Nobody looks for it elsewhere."""
    house.maria.say("hello")
    first = seen_message(house.maria, HINT)
    event = last_event(house)
    tell(house, saying(event, "Ev1", ts="9.1", thread_ts=first.ts))
    assert 2 == len(told(house))
    assert first.ts == house.maria.messages()[-1].thread_ts
    tell(house, saying(event, "Ev2", ts="9.2", thread_ts=first.ts, files=[{"id": "F0", "name": "x.csv"}]))
    assert 3 == len(told(house))
    assert first.ts == house.maria.messages()[-1].thread_ts


@pytest.mark.parametrize(
    "other",
    [
        {"bot_id": "B0OTHER"},
        {"subtype": "bot_message"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"user": "USLACKBOT"},
        {"user": None},
        {"channel": "C0BOOKS", "channel_type": "channel"},
        {"channel": "C0BOOKS", "channel_type": "group"},
        {"channel": "G0MANY", "channel_type": "mpim"},
    ],
    ids=str,
)
def test_what_no_person_said_to_us_alone_does_nothing(shared_office: House, other: Json) -> None:
    """Apps, edits, joins, Slack itself, and whatever is said elsewhere: heard, and that is all."""
    shared_office.maria.say("hello")
    before = (len(told(shared_office)), tasks(shared_office))
    address = f"{shared_office.playground.url}/files/F1"
    files = [{"id": "F1", "name": "x.csv", "url_private_download": address}]
    odd = saying(last_event(shared_office), "EvODD", ts="9.9", files=files, **other)
    assert 200 == tell(shared_office, odd).status_code
    assert before == (len(told(shared_office)), tasks(shared_office))


def test_our_own_messages_are_no_messages_to_us(shared_office: House) -> None:
    """Slack tells us of them too; answering would never end."""
    shared_office.maria.say("hello")
    before = (len(told(shared_office)), tasks(shared_office))
    app = shared_office.playground.workspace.roster.app
    own = saying(last_event(shared_office), "EvOWN", ts="9.8", user=app.user_id, bot_id=app.bot_id)
    assert 200 == tell(shared_office, own).status_code
    assert before == (len(told(shared_office)), tasks(shared_office))


def test_who_may_not_use_us_imports_nothing(sqlite_url: str, tmp_path: Path) -> None:
    """A guest, for files and for words: refused as everywhere. A stranger and another workspace: nothing."""
    with standing_house(sqlite_url, tmp_path, people=(*PEOPLE, GUEST)) as house:
        guest = house.hands.as_(GUEST.id)
        for files in (todays(house, "Invoices"), []):
            guest.say("please", files=files)
            house.idle()
            assert guest.messages()[-1].text.startswith(OUT)
        event = last_event(house)
        assert 200 == tell(house, saying(event, "Ev1", ts="9.1", user="U0STRANGER")).status_code
        elsewhere = saying(event, "Ev2", ts="9.2", user="U0MARIA") | {"team_id": "T0ELSE"}
        assert 200 == tell(house, elsewhere).status_code
        assert [] == told(house)
        with house.program.database.read() as session:
            assert 0 == session.scalar(text("SELECT count(*) FROM import_files"))
