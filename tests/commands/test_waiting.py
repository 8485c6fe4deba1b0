"""An odd export waits: nothing changes until who sent it or an approver says so, once."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.demo.playground.hands import wait_for
from db import audit, cases
from db.intake import waiting
from tests.commands.forging import last_payload, post
from tests.commands.house import PATIENCE, House, firm_of, modal_words, seen_message, seen_modal, seen_notice
from tests.intake.sheets import INVOICE, INVOICES, comma, xlsx

if TYPE_CHECKING:
    from pathlib import Path

CASE = "00900-Waiting"
TODAY = datetime.now(UTC).date()


def export(folder: Path, rows: int, name: str = "") -> Path:
    """An Invoices export of so many rows, of today if not named otherwise."""
    path = folder / (name or f"Invoices-export-{TODAY}.xlsx")
    bills = [(CASE, str(7000 + at), *INVOICE[2:]) for at in range(rows)]
    path.write_bytes(xlsx([INVOICES, *bills]))
    return path


def dropped(house: House, path: Path) -> None:
    """Maria drops it, and everything is done that follows."""
    house.idle()
    assert house.maria.say("", files=[path]).ok
    house.idle()


def invoices(house: House) -> int:
    """How many the records know."""
    with house.program.database.read() as session:
        return len(cases.all_invoices(session, firm_of(house)))


def verbs(house: House) -> list[tuple[str, str]]:
    """What the audit tells of files; its chain is whole."""
    with house.program.database.read() as session:
        assert () == audit.verify(session, firm_of(house))
        told = audit.lines(session, firm_of(house))
        return [(line.verb, line.actor) for line in told if line.verb.startswith("file.")]


def test_far_fewer_rows_wait_for_who_sent_them(house: House, tmp_path: Path) -> None:
    """The question with both figures; Take It In takes it in, once, and the message says by whom."""
    dropped(house, export(tmp_path, 20))
    assert 20 == invoices(house)
    dropped(house, export(tmp_path, 5))
    asked = seen_message(house.maria, "The last Invoices export had 20 rows, this one has 5.")
    assert ["Take It In", "Leave It"] == asked.buttons
    assert "Nothing was imported yet: 1 file waits for an answer" in seen_message(house.maria, "yet").words
    house.maria.click("Take It In", asked)
    seen_message(house.maria, "waited for an answer, and <@U0MARIA> gave it")
    assert "5 unchanged" in seen_message(house.maria, "15 rows of earlier exports aren't in this one").words
    house.idle()
    again = last_payload(house, "block_actions")
    assert 200 == post(house, again).status_code
    seen_notice(house.maria, "has already said to take this file in")
    assert [("file.asked", "U0MARIA"), ("file.answered", "U0MARIA")] == verbs(house)
    dropped(house, export(tmp_path, 5, f"Invoices-export-{TODAY} (1).xlsx"))
    assert 2 == len(verbs(house))


def test_an_older_export_is_left_by_an_approver(house: House, tmp_path: Path) -> None:
    """Ben finds it in `/qb`; nothing of it was taken in, and Maria hears who left it."""
    dropped(house, export(tmp_path, 3))
    before = TODAY - timedelta(days=7)
    dropped(house, export(tmp_path, 4, f"Invoices-export-{before}.xlsx"))
    seen_message(house.maria, "It is older (")
    house.ben.command("/qb")
    seen_modal(house.ben, f"*Invoices-export-{before}.xlsx* waits: It is older")
    house.ben.click("Answer")
    seen_modal(house.ben, "Sent by <@U0MARIA>")
    house.ben.click("Leave It")
    seen_modal(house.ben, "was left out by <@U0BEN>")
    house.idle()
    assert 3 == invoices(house)
    assert [] == seen_message(house.maria, "was left out by <@U0BEN>").buttons
    assert [("file.asked", "U0MARIA"), ("file.left", "U0BEN")] == verbs(house)


def test_somebody_else_is_told_who_decides(house: House, tmp_path: Path) -> None:
    """Checked at the click; the file waits on, and Maria, whose file it isn't, doesn't see it."""
    dropped(house, export(tmp_path, 20))
    dropped(house, export(tmp_path, 5))
    house.maria.click("Leave It", seen_message(house.maria, "this one has 5"))
    assert house.ben.say("", files=[export(tmp_path, 4)]).ok
    seen_message(house.ben, "this one has 4")
    house.idle()
    pressed = last_payload(house, "block_actions")
    with house.program.database.read() as session:
        (bens,) = waiting.open_ones(session, firm_of(house))
    pressed["actions"][0]["value"] = json.dumps({"f": bens.id, "m": bens.question.mark})
    assert 200 == post(house, pressed).status_code
    seen_notice(house.maria, "Whether this file is taken in is decided by who sent it, or by an approver")
    house.maria.command("/qb")
    assert "waits" not in seen_modal(house.maria, "Paid, not yet in QuickBooks").words
    with house.program.database.read() as session:
        assert [bens.id] == [one.id for one in waiting.open_ones(session, firm_of(house))]


def test_a_second_file_meanwhile_is_taken_on_its_own(house: House, tmp_path: Path) -> None:
    """And an answer to figures that no longer hold is asked anew with today's."""
    dropped(house, export(tmp_path, 20))
    dropped(house, export(tmp_path, 5))
    seen_message(house.maria, "had 20 rows, this one has 5")
    dropped(house, export(tmp_path, 30, f"Invoices-export-{TODAY} (2).xlsx"))
    assert 30 == invoices(house)
    house.maria.click("Take It In", seen_message(house.maria, "had 20 rows, this one has 5"))
    anew = seen_message(house.maria, "had 30 rows, this one has 5")
    house.maria.click("Take It In", anew)
    wait_for(lambda: "5 unchanged" in house.maria.messages()[-1].words, PATIENCE)
    assert 30 == invoices(house)


def test_the_same_file_again_asks_once_more_and_is_decided_once(house: House, tmp_path: Path) -> None:
    """One waiting file; a press on the first message decides for both."""
    dropped(house, export(tmp_path, 20))
    path = export(tmp_path, 5)
    dropped(house, path)
    first = seen_message(house.maria, "this one has 5")
    dropped(house, path)
    second = seen_message(house.maria, "this one has 5")
    assert first.ts != second.ts
    house.maria.click("Leave It", first)
    seen_message(house.maria, "was left out by")
    house.idle()
    assert [] == [one.ts for one in house.maria.messages() if "Take It In" in one.buttons]
    assert "" == modal_words(house.maria)


def test_days_that_read_two_ways_wait_for_an_answer(house: House, tmp_path: Path) -> None:
    """Nothing of the file is taken in before; afterwards it is read as was said."""
    path = tmp_path / "Invoices-export.csv"
    rows = [(CASE, f"80{n}", "2026-03-01", f"0{n}/04/2026", 0, 1500, 0, 0, "Yes") for n in (3, 5)]
    path.write_text(comma([INVOICES, *rows]), encoding="utf-8")
    dropped(house, path)
    asked = seen_message(house.maria, "Is 03/04/2026 3 Apr 2026 (day first) or 4 Mar 2026 (month first)?")
    assert ["Read Day First", "Read Month First", "Leave It"] == asked.buttons
    assert 0 == invoices(house)
    house.maria.click("Read Month First", asked)
    seen_message(house.maria, "Imported 2 new rows")
    with house.program.database.read() as session:
        paid = {one.key.number: str(one.paid) for one in cases.all_invoices(session, firm_of(house))}
    assert {"803": "2026-03-04", "805": "2026-05-04"} == paid
