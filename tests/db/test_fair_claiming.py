"""Many firms at one queue: they take turns, and a heap of one is nobody else's wait."""

from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import event, insert, text

from db import connections, effects, tables
from db.connections import SealedPair
from db.effects import Confirm, Doubt, State
from db.engine import Database
from db.firms import Firm
from tests.db.conftest import NOW, a_firm
from tests.db.ledger import REALM, SECOND, add, claim, claimed, close, invoice_effect, payment_effect

LATER = NOW + timedelta(hours=1)


def firms(database: Database, number: int) -> list[Firm]:
    """So many firms, none of them connected."""
    ids = count(1)
    return [
        a_firm(database, f"T{each}", lambda: f"00000000-0000-4000-8000-{next(ids):012}")
        for each in range(number)
    ]


def heap(database: Database, firm: Firm, invoices: int) -> None:
    """So many invoices of one sync, each with a payment that waits for it."""
    rows = [row for number in range(invoices) for row in family(firm, number)]
    with database.write() as session:
        session.execute(insert(tables.Effect), rows)


def family(firm: Firm, number: int) -> list[dict[str, object]]:
    """An invoice's row, and its payment's."""
    invoice, payment = f"{firm.id[-4:]}-i{number:07}", f"{firm.id[-4:]}-p{number:07}"
    same = {
        "firm_id": firm.id,
        "realm_id": REALM,
        "entity": "Invoice",
        "content": {},
        "state": State.READY,
        "due_at": NOW,
        "created_at": NOW,
        "asked_by": "UMARIA",
    }
    return [
        {**same, "id": invoice, "request_id": invoice, "subject": invoice, "operation": "add_invoice"}
        | {"position": number * 100, "depends_on": None},
        {**same, "id": payment, "request_id": payment, "subject": payment, "operation": "add_payment"}
        | {"position": number * 100 + 1, "depends_on": invoice},
    ]


def test_firms_take_turns_whoever_came_first(database: Database) -> None:
    """Three firms, the first with a heap: each gets one in every round, whoever held it before is done."""
    first, second, third = firms(database, 3)
    heap(database, first, 20)
    heap(database, second, 3)
    heap(database, third, 3)

    served = []
    for number in range(9):
        held = claimed(database, NOW + number * SECOND)
        served.append(held.firm_id)
        close(database, held, Confirm(str(number)), NOW + number * SECOND)
    assert [first.id, second.id, third.id] * 3 == served


def test_who_has_least_under_way_comes_first(database: Database) -> None:
    """A firm whose calls hang gets the threads that nobody else wants, not those that somebody does."""
    slow, quick = firms(database, 2)
    heap(database, slow, 9)
    heap(database, quick, 9)
    hanging = [claimed(database, NOW), claimed(database, NOW), claimed(database, NOW)]
    for each in hanging:
        if each.firm_id == quick.id:
            close(database, each, Confirm(each.id), NOW)

    for number in range(5):
        held = claimed(database, NOW + (1 + number) * SECOND)
        assert quick.id == held.firm_id
        close(database, held, Confirm(f"q{number}"), NOW + number * SECOND)


def test_a_parent_goes_before_its_child_and_both_in_order(database: Database, firm: Firm) -> None:
    """In one firm the invoices of a sync go in its order, and a payment follows its invoice at once."""
    heap(database, firm, 2)

    order = []
    for number in range(4):
        held = claimed(database, NOW)
        order.append(held.subject[-8:])
        close(database, held, Confirm(str(number)))
    assert ["i0000000", "p0000000", "i0000001", "p0000001"] == order


def test_a_firm_has_only_so_many_under_way(database: Database) -> None:
    """More would only wait for the company's pace, in threads that another firm could use."""
    large, small = firms(database, 2)
    heap(database, large, 9)

    def take(at_once: int) -> str | None:
        with database.write() as session:
            taken = effects.claim(session, NOW, at_once=at_once)
        return None if taken is None else taken.effect.firm_id

    assert [large.id, large.id, None] == [take(2), take(2), take(2)]
    heap(database, small, 1)
    assert small.id == take(2)


def test_a_resting_company_is_left_alone(database: Database) -> None:
    """Its firm's work stays where it is, and others' goes on."""
    resting, other = firms(database, 2)
    pair = SealedPair("access", "refresh", LATER, LATER)
    for firm, realm in ((resting, "111"), (other, "222")):
        with database.write() as session:
            connections.connect(
                session,
                firm_id=firm.id,
                realm_id=realm,
                company_name='René "Ané" O\'Brien \\ 马春梅',
                home_currency="CAD",
                pair=pair,
                by="U1",
                now=NOW,
            )
    heap(database, resting, 5)
    heap(database, other, 1)

    with database.write() as session:
        taken = effects.claim(session, NOW, avoid=frozenset({"111"}))
        none = effects.claim(session, NOW, avoid=frozenset({"111", "222"}))
    assert taken is not None
    assert (other.id, None) == (taken.effect.firm_id, none)


def test_what_waits_in_vain_costs_nobody_a_turn(database: Database) -> None:
    """A firm of which only payments of refused invoices are left isn't asked again and again."""
    stuck, other = firms(database, 2)
    parent = add(database, invoice_effect(stuck))
    add(database, payment_effect(stuck, parent))
    close(database, claimed(database), effects.Review("Two were found."))
    heap(database, other, 1)

    assert other.id == claimed(database, NOW + SECOND).firm_id
    assert claim(database, NOW + SECOND) is None


def test_doubts_take_turns_too(database: Database) -> None:
    """What must be looked for competes by its time with what is ready, inside the same firm."""
    (firm,) = firms(database, 1)
    heap(database, firm, 2)
    doubtful = claimed(database)
    close(database, doubtful, Doubt(NOW + SECOND, "time-out"))

    assert doubtful.id != claimed(database, NOW + SECOND / 2).id
    taken = claim(database, NOW + SECOND)
    assert taken is not None
    assert (doubtful.id, True) == (taken.effect.id, taken.doubt)


@pytest.mark.parametrize("wanted", ["ix_effects_next", "ix_effects_served"])
def test_ten_thousand_waiting_effects_are_not_read_for_one(database: Database, wanted: str) -> None:
    """A claim goes by indexes: the statements' plans name them, and sort no heap."""
    for firm in firms(database, 5):
        heap(database, firm, 1000)
    asked: list[tuple[str, object]] = []

    def note(_c: object, _u: object, statement: str, parameters: object, *_: object) -> None:
        if "effects" in statement and statement.lstrip().startswith("SELECT"):
            asked.append((statement, parameters))

    if database.dialect == "postgresql":
        with database.engine.connect() as connection:
            connection.execute(text("ANALYZE effects"))
            connection.commit()
    event.listen(database.engine, "before_cursor_execute", note)
    claimed(database)
    event.remove(database.engine, "before_cursor_execute", note)
    explain = "EXPLAIN " if database.dialect == "postgresql" else "EXPLAIN QUERY PLAN "
    with database.engine.connect() as connection:
        plans = [
            "\n".join(str(row) for row in connection.exec_driver_sql(explain + statement, parameters))  # type: ignore[arg-type]
            for statement, parameters in asked
        ]
    assert 2 == len(plans)
    assert wanted in plans[0]
    assert "ix_effects_next" in plans[1]
    assert "Sort" not in plans[1]
    assert "TEMP B-TREE" not in plans[1]
