"""Nights in a firm's life: what is booked, what people do in QuickBooks by day, and what a check finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import checks, findings
from qb import sweeping
from tests.books.office import MARIA
from tests.sandbox.client import Client

if TYPE_CHECKING:
    from db.findings import Found, Kept
    from qb.sweep import Kind
    from qb.sweeping import Swept
    from tests.books.exports import Paid
    from tests.books.office import Office

DAY = 24 * 3600.0


def booked(office: Office, *invoices: Paid) -> None:
    """A firm with these in its books, and a day has passed."""
    office.ready(*invoices)
    sync_id = office.order()
    office.work()
    office.settle(sync_id)
    office.clock.sleep(DAY)


def look(office: Office, *, everything: bool = False) -> Swept:
    """One check."""
    company = office.connections.company(office.firm_id)
    return sweeping.sweep(office.database, company, office.firm_id, office.clock(), everything=everything)


def check(office: Office, *, everything: bool = False) -> tuple[Swept, Kept]:
    """One check, kept as a person's would be."""
    swept = look(office, everything=everything)
    with office.database.write() as session:
        kept = sweeping.keep(session, office.firm_id, swept, office.clock(), office.new_id)
        checks.add_asked(
            session,
            office.firm_id,
            realm_id=swept.realm_id,
            by=MARIA,
            now=office.clock(),
            read_at=swept.read_at,
            compared=swept.compared,
        )
    return swept, kept


def quiet_nights(office: Office) -> None:
    """Two nights: in the second, what was changed before the first is no news to QuickBooks either."""
    for _ in range(2):
        check(office)
        office.clock.sleep(DAY)


def kinds(swept: Swept) -> list[tuple[Kind, str]]:
    """What was found, with the type of document."""
    return [(one.kind, one.entity) for one in swept.findings]


def known(office: Office) -> tuple[Found, ...]:
    """What is kept and not gone."""
    with office.database.read() as session:
        return findings.known(session, office.firm_id, office.sandbox.realm_id)


def settle(office: Office, finding_id: str) -> bool:
    """Somebody says that it is dealt with."""
    with office.database.write() as session:
        return findings.settle(
            session, firm_id=office.firm_id, finding_id=finding_id, by=MARIA, now=office.clock()
        )


def questions(office: Office) -> int:
    """How many questions QuickBooks has answered; Intuit's sign-in isn't metered."""
    return sum(seen.entity != "oauth" for seen in office.sandbox.requests())


def hand(office: Office, kind: str, identity: str = "", **changed: Any) -> None:  # noqa: ANN401 - JSON
    """Somebody changes a document in QuickBooks: the one there is, or that of the id."""
    found = next(one for one in office.sandbox.books.entities(kind) if identity in {"", one["Id"]})
    kept = ("Id", "SyncToken", "CustomerRef", "TotalAmt", "Line", "PrivateNote")
    body = {name: found[name] for name in kept if name in found} | {"sparse": True}
    Client(office.sandbox).write(kind, body | changed)


def remove(office: Office, kind: str, how: str, identity: str = "") -> None:
    """Somebody deletes or voids a document in QuickBooks: the one there is, or that of the id."""
    found = [one for one in office.sandbox.books.entities(kind) if identity in {"", one["Id"]}]
    body = {"Id": found[0]["Id"], "SyncToken": found[0]["SyncToken"]}
    words = (
        {"include": "void", "operation": "update"}
        if (kind, how) == ("Payment", "void")
        else {"operation": how}
    )
    Client(office.sandbox).write(kind, body | ({"sparse": True} if "include" in words else {}), **words)


def savings(office: Office) -> dict[str, str]:
    """The other bank account."""
    return {"value": office.sandbox.books.id_of("Account", "Savings")}
