"""An import that changes what is booked raises it to who decides, and touches no books."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import text

from db import audit
from tests.commands.forging import as_person, last_payload, post
from tests.commands.house import (
    House,
    booked,
    choose_contact,
    firm_of,
    open_sync,
    preview_of,
    seen_message,
    seen_modal,
)

if TYPE_CHECKING:
    from pathlib import Path

TODAY = datetime.now(UTC).date()
DIFFERS = "1 booked invoice differs from what CaseEasy says now"


def in_the_books(house: House) -> None:
    """Amélie Tremblay's one invoice with its payment, booked and read back."""
    house.ready_to_sync()
    open_sync(house, "00006", "We don't know yet who")
    choose_contact(house)
    preview_of(house, "Amélie Tremblay")
    booked(house, "Amélie Tremblay", 1)


def payments(house: House, folder: Path, less: str = "") -> Path:
    """Today's Payments export; the payment of case 00006 is ``less`` in it, where given."""
    with (house.samples / f"Payments-export-{TODAY}.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    changed = [[*row[:-1], less] if less and row[0].startswith("00006") else row for row in rows]
    path = folder / f"Payments-export-{TODAY}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *changed])
    return path


def dropped(house: House, path: Path) -> str:
    """Maria drops it; what she is answered."""
    house.idle()
    assert house.maria.say("", files=[path]).ok
    house.idle()
    return house.maria.messages()[-1].words


def test_a_change_is_raised_and_left_with_a_reason(house: House, tmp_path: Path) -> None:
    """Maria reads it in her answer, Ben decides; the same content doesn't come back."""
    in_the_books(house)
    before = [house.sandbox.books.entities(kind) for kind in ("Invoice", "Payment")]
    told = dropped(house, payments(house, tmp_path, "10.00"))
    assert f"{DIFFERS}. An import never changes the books" in told
    found = seen_message(house.ben, DIFFERS)
    assert "CaseEasy says now: payment " in found.words
    assert " $10.00 on " in found.words
    assert ["I Put It Right in QuickBooks", "Leave the Books…", "Remind Me Later"] == found.buttons[-3:]
    house.ben.click("Leave the Books…", found)
    seen_modal(house.ben, "You aren't asked again while CaseEasy says the same.")
    house.ben.choose("amended_why", "wrong")
    house.ben.fill("amended_reason", "<!channel> the rest came by cheque")
    assert house.ben.submit().ok
    seen_message(house.ben, "left the books as they are: CaseEasy is wrong (“")
    assert "<!channel>" not in house.ben.messages()[-1].words
    assert DIFFERS not in dropped(house, payments(house, tmp_path, "10.00"))
    assert before == [house.sandbox.books.entities(kind) for kind in ("Invoice", "Payment")]
    with house.program.database.read() as session:
        assert () == audit.verify(session, firm_of(house))


def test_a_change_taken_back_closes_itself(house: House, tmp_path: Path) -> None:
    """`/qb` tells it while it stands, to who decides with a button; afterwards nobody hears of it."""
    in_the_books(house)
    dropped(house, payments(house, tmp_path, "10.00"))
    house.ben.command("/qb")
    seen_modal(house.ben, DIFFERS)
    house.ben.click("Show Them")
    house.ben.close()
    house.idle()
    assert 2 == sum(DIFFERS in one.words for one in house.ben.messages())
    assert DIFFERS not in dropped(house, payments(house, tmp_path))
    house.ben.command("/qb")
    assert DIFFERS not in seen_modal(house.ben, "How things stand").words


def test_put_right_and_reminded(house: House, tmp_path: Path) -> None:
    """Staff are told who decides; a reminder is for its day; who put it right is kept."""
    in_the_books(house)
    dropped(house, payments(house, tmp_path, "10.00"))
    found = seen_message(house.ben, DIFFERS)
    house.ben.click("Remind Me Later", found)
    seen_message(house.ben, "We remind you in 3 days, if it is still open then.")
    with house.program.database.read() as session:
        later = "SELECT due_at FROM tasks WHERE kind = 'books.amended' AND state = 'ready'"
        due = datetime.fromisoformat(str(session.scalar(text(later)))).replace(tzinfo=UTC)
    assert timedelta(days=2, hours=23) < due - house.program.context.clock() < timedelta(days=3)
    pressed = as_person(last_payload(house, "block_actions"), "U0MARIA")
    assert 200 == post(house, pressed).status_code
    seen_message(house.maria, "Only an admin or approver may decide what becomes of a booked invoice")
    house.ben.click("I Put It Right in QuickBooks", found)
    seen_message(house.ben, "put it right in QuickBooks")
    with house.program.database.read() as session:
        told = audit.lines(session, firm_of(house))
    assert [("U0BEN", '{"answer":"righted","kind":"amended","reason":""}')] == [
        (line.actor, line.content) for line in told if line.verb == "finding.settled"
    ]


def test_the_demo_has_a_correction_to_try(house: House) -> None:
    """The sample of that name says another amount of Daniel Osei's first payment, once it is booked."""
    house.ready_to_sync()
    open_sync(house, "00002", "We don't know yet who")
    choose_contact(house)
    preview_of(house, "Daniel Osei")
    booked(house, "Daniel Osei", 3)
    told = house.import_samples("Payments after a correction.csv").words
    assert DIFFERS in told
    says = "CaseEasy says now: payment CE-10011 $2,130.00 on"
    assert "booked $2,330.00 on" in seen_message(house.ben, says).words
