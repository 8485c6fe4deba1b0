"""A press under Compare is worked off on what is known by then: kept once, or told why not."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from commands.alike_deciding import decide
from commands.comparing import look_again
from commands.ids import Task
from commands.standing import planned
from db import answers, audit, others, outbox
from db.outbox import ClaimedTask
from db.said import Said
from qb.hold import Reason
from qb.others_read import others_in
from qb.sandbox import Fault, Stranger
from tests.books.by_hand import edit_invoice
from tests.books.exports import CUSTOMER
from tests.commands.desk import context_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from db.engine import Database
    from db.said import Answer
    from tests.books.office import Office


def looked(office: Office) -> None:
    """QuickBooks is looked at now."""
    assert look_again(context_of(office), office.firm_id, older_than=timedelta())


def press(office: Office, said: Said, *, drawn: str = "", pressed_by: str = "U0BEN") -> ClaimedTask:
    """Ben's press on a screen that shows all that is known; ``drawn``: which answer it shows."""
    (key,) = office.keys()
    with office.database.read() as session:
        known = others_in(session, office.firm_id, office.sandbox.realm_id)
    content = {
        "user": pressed_by,
        "view": "V1",
        "realm": office.sandbox.realm_id,
        "about": [],
        "invoice": key.plain,
        "documents": [one.seen for one in known.by_key.values()] if said else [],
        "drawn": drawn,
        "said": said,
        "at": office.clock().isoformat(),
    }
    now = office.clock()
    return ClaimedTask(office.new_id(), office.firm_id, Task.ALIKE_SAID, content, None, 1, 1, now, now)


def entered(office: Office) -> None:
    """The bookkeeper enters the sale by hand, and we have seen it."""
    office.sandbox.enter(
        Stranger("Invoice", CUSTOMER, Decimal("2330.00"), date(2026, 5, 2), number="INV-1001")
    )
    looked(office)


def kept(office: Office) -> Answer | None:
    """What holds."""
    with office.database.read() as session:
        said = answers.all_of(session, office.firm_id, office.sandbox.realm_id)
    return next(iter(said.values()), None)


def shown(office: Office) -> list[dict[str, Any]]:
    """What the screens that are drawn anew say was done."""
    with office.database.read() as session:
        return [dict(one["done"]) for one in outbox.live_tasks(session, office.firm_id, {Task.ALIKE})]


def lines(office: Office) -> list[tuple[str, str]]:
    """What the audit says was answered."""
    with office.database.read() as session:
        every = audit.lines(session, office.firm_id)
    return [(one.verb, one.actor) for one in every if one.verb.startswith("booked_already")]


def test_a_press_counts_from_its_moment_on_and_once(desk_on_either: Office) -> None:
    """Worked off later, and again by whoever took it up after a kill: one answer, one line, one screen."""
    desk = desk_on_either
    entered(desk)
    task, at = press(desk, Said.LINK), desk.clock()
    desk.clock.sleep(30)
    for _ in range(2):
        decide(context_of(desk), task)
    found = kept(desk)
    assert found is not None
    assert (Said.LINK, "U0BEN", at) == (found.said, found.by, found.at)
    assert [("booked_already.link", "U0BEN")] == lines(desk)
    told = "INV-1001 is linked. Still missing there: $2,330.00 of 3 May 2026; the next sync can book that."
    assert [{"told": told}] == shown(desk)


def test_what_was_changed_there_since_is_not_answered(desk: Office) -> None:
    """The bookkeeper corrects its total and somebody looks: the press said nothing of that one."""
    entered(desk)
    task = press(desk, Said.ANOTHER)
    edit_invoice(desk, "INV-1001", "2331.00")
    looked(desk)
    decide(context_of(desk), task)
    assert kept(desk) is None
    (done,) = shown(desk)
    assert done["warns"]
    assert done["told"].startswith("What QuickBooks holds for invoice INV-1001 was changed or deleted there")


def test_the_second_of_two_presses_is_told_of_the_first(desk: Office) -> None:
    """Alice's screen was drawn before Ben's answer; hers changes nothing."""
    entered(desk)
    first, second = press(desk, Said.HOLD), press(desk, Said.ANOTHER, pressed_by="U0ALICE")
    decide(context_of(desk), first)
    decide(context_of(desk), second)
    assert [("booked_already.hold", "U0BEN")] == lines(desk)
    assert "was answered after this screen was drawn: <@U0BEN> left it held" in shown(desk)[-1]["told"]


def half(office: Office) -> str:
    """Booked, but its payment was refused, and then the bank feed brought a deposit of its amount."""
    looked(office)
    office.sandbox.faults.add(office.aimed(Fault("refuse", code="620"), "payment"))
    sync_id = office.order()
    office.work()
    office.sandbox.enter(Stranger("Deposit", "", Decimal("2330.00"), date(2026, 5, 4)))
    looked(office)
    return sync_id


def test_money_that_is_not_the_same_is_said_so_of_a_booked_invoice(desk_on_either: Office) -> None:
    """Kept like It's Another, and undone; it can't be linked or held, as it is booked."""
    desk = desk_on_either
    half(desk)
    for said in (Said.LINK, Said.HOLD):
        decide(context_of(desk), press(desk, said))
    assert kept(desk) is None
    assert [True, True] == [done["warns"] for done in shown(desk)]
    decide(context_of(desk), press(desk, Said.ANOTHER))
    found = kept(desk)
    assert found is not None
    assert (Said.ANOTHER, "") == (found.said, found.number)
    assert ["Deposit"] == [seen.partition(":")[0] for seen in found.dismissed]
    told = "INV-1001 isn't paid by what was shown. Press Try Again, and its payment is sent."
    assert {"told": told} in shown(desk)
    desk.clock.sleep(1)
    decide(context_of(desk), press(desk, Said.NOTHING, drawn=found.at.isoformat()))
    assert kept(desk) is None
    assert [("booked_already.another", "U0BEN"), ("booked_already.undone", "U0BEN")] == lines(desk)


def test_what_pays_the_very_invoice_is_not_other_money(desk: Office) -> None:
    """The bookkeeper received it there for our invoice: saying otherwise would book it a second time."""
    half(desk)
    (invoice,) = desk.sandbox.books.entities("Invoice")
    money = Stranger("Payment", CUSTOMER, Decimal("2330.00"), date(2026, 5, 3), pays=str(invoice["Id"]))
    desk.sandbox.enter(money)
    desk.clock.sleep(1)
    looked(desk)
    decide(context_of(desk), press(desk, Said.ANOTHER))
    (done,) = shown(desk)
    assert "so it is this invoice's money. Nothing was changed" in done["told"]
    assert kept(desk) is None


class Interrupted:
    """A database that somebody else writes to just before our first write."""

    def __init__(self, database: Database, meanwhile: Callable[[], None]) -> None:
        self._database = database
        self._meanwhile = [meanwhile]
        self.read = database.read

    @contextmanager
    def write(self) -> Iterator[Session]:
        """What anybody else did in between is there by now."""
        if self._meanwhile:
            self._meanwhile.pop()()
        with self._database.write() as session:
            yield session


def test_what_others_kept_between_our_look_and_our_word_is_held_against(desk: Office) -> None:
    """Another process keeps a reading in which the document is gone: decided anew, so nothing is kept."""
    entered(desk)
    task = press(desk, Said.LINK)

    def gone() -> None:
        with desk.database.write() as session:
            known = others.load(session, desk.firm_id, desk.sandbox.realm_id)
            assert known is not None
            newer = replace(known, read_at=desk.clock() + timedelta(seconds=1), documents=())
            others.keep(session, desk.firm_id, desk.sandbox.realm_id, newer)

    slow = replace(context_of(desk), database=Interrupted(desk.database, gone))  # type: ignore[arg-type]
    decide(slow, task)
    assert kept(desk) is None
    assert shown(desk)[0]["warns"]


def test_undone_it_is_as_before(desk: Office) -> None:
    """It waits for an answer again."""
    entered(desk)
    decide(context_of(desk), press(desk, Said.ANOTHER))
    found = kept(desk)
    assert found is not None
    assert "CE-INV-1001" == found.number
    desk.clock.sleep(1)
    decide(context_of(desk), press(desk, Said.NOTHING, drawn=found.at.isoformat()))
    assert kept(desk) is None
    with desk.database.read() as session:
        _, _, made = planned(session, desk.firm_id)
    assert [Reason.LOOKS_BOOKED] == [held.holds[0].reason for held in made.held]
