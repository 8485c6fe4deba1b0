"""Digests of a few invoices and of three hundred, for the tests of what is shown of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from commands.views.digest import Shown
from commands.views.digest_news import News
from commands.views.looked import Looked
from db.snoozes import Snooze
from qb import digest as pure
from qb.digest import ASKED, READY, Change, Waiting
from qb.hold import Mend, Reason
from qb.omens import Omen, Sign, Whose
from tests.views.cast import cad, usd

TODAY = date(2026, 11, 12)
THEN = datetime(2026, 11, 11, 15, 0, tzinfo=UTC)
LOOKED = Looked(datetime(2026, 11, 12, 14, 0, tzinfo=UTC))
ID = "0f6d7b0e-52c4-4b39-8a55-3b6d3f0c9a11"
TITLES = {
    READY: "Ready",
    ASKED: "Waiting for approval",
    Reason.NO_CONTACT: "Contact not found yet",
    Reason.SHORT: "Payments short of the amounts listed",
    Reason.METHOD_UNMAPPED: "Payment method not mapped",
}
MICHAEL = Waiting(
    mark="m1009",
    fingerprint="f",
    case="00009-Brooks",
    number="1009",
    client="C-9",
    client_name="Michael Brooks",
    amount=cad("1800.00"),
    paid=date(2026, 11, 3),
    group=READY,
    sentence="",
    mend=Mend.NONE,
    whose=Whose.STAFF,
)
LEO = replace(
    MICHAEL,
    mark="m1014",
    case="00014-Leo",
    client="C-14",
    client_name="Leo Marchetti",
    number="1014",
    group=ASKED,
    since=THEN,
    whose=Whose.CONFIRMER,
    amount=usd("900.00"),
)
PRIYA = replace(
    MICHAEL,
    mark="m1012",
    case="00012-Raman",
    client="C-12",
    client_name="Priya Raman",
    number="1012",
    paid=date(2026, 9, 1),
    amount=cad("678.50"),
    group=Reason.NO_CONTACT,
    sentence="Priya Raman isn't linked to a CAD contact in QuickBooks yet. Find the contact first.",
    mend=Mend.FIND_CONTACT,
)
MEI = replace(MICHAEL, mark="m1015", case="00015-Mei", client="C-15", client_name="马春梅", number="1015")
NEWS = News(
    since=date(2026, 11, 11),
    booked=5,
    booked_totals=(cad("9040.00"),),
    refused=1,
    rejected=1,
    findings=2,
    amended=1,
    export_days=9,
    omens=(Omen(Sign.CONNECTION_ENDING, "QuickBooks will let us in no more.", "Reconnect.", Whose.ADMIN),),
)


def of(*waiting: Waiting, off: dict[str, Snooze] | None = None, today: date = TODAY) -> Shown:
    """A digest of these."""
    return Shown(ID, pure.digest(waiting, off or {}, today), today, TITLES)


def off(waiting: Waiting, until: date | None = date(2026, 11, 16)) -> dict[str, Snooze]:
    """Put off by Maria."""
    return {waiting.mark: Snooze(waiting.mark, until, "f", "U0MARIA", THEN)}


BUSY = replace(
    of(MICHAEL, LEO, PRIYA, MEI, off=off(MEI)),
    news=NEWS,
    change=Change(3, 2),
    last=date(2026, 11, 11),
    looked=LOOKED,
)


def many(name: str, number: int = 300, groups: int = 40) -> Shown:
    """So many invoices of so many groups, with everything else that can be told."""
    waiting = [
        replace(
            PRIYA,
            mark=f"m{n}",
            case=f"{n}-{name}",
            client=f"C-{n}",
            client_name=name,
            number=f"{n}-{name}",
            sentence=name,
            group=READY if n % groups == 0 else f"reason_{n % groups}",
        )
        for n in range(number)
    ]
    titles = {f"reason_{n}": f"{name} {n}" for n in range(groups)} | TITLES
    omens = tuple(Omen(Sign.TARGET_GONE, name, name, Whose.CONFIRMER) for _ in range(20))
    snoozes = {f"m{n}": Snooze(f"m{n}", None, "f", "U0MARIA", THEN) for n in range(5, 60, 3)}
    shown = Shown(ID, pure.digest(waiting, snoozes, TODAY), TODAY, titles)
    return replace(
        shown,
        news=replace(NEWS, omens=omens),
        change=Change(999, 999),
        last=TODAY,
        looked=replace(LOOKED, is_old=True),
    )
