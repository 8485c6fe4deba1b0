"""Who shares a case number, or a client identifier, as the rows of the Client Listing that hold have them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from db.intake import forms
from db.intake.forms import Report
from db.intake.imports import visible
from db.intake.persons import Person, several
from db.portions import portions
from db.tables import SourceRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

TOLD = tuple(
    func.coalesce(SourceRow.cells[column].as_string(), "")
    for column in (forms.FULL_NAME, forms.EMAIL, forms.UCI)
)


def people_of(session: Session, firm_id: str, identifiers: Collection[str]) -> Iterator[Person]:
    """Everybody whom the listing names by one of these identifiers, once as each row says it."""
    for some in portions(sorted(identifiers)):
        theirs = SourceRow.client.in_(some)
        found = select(SourceRow.client, *TOLD).where(listed(firm_id), theirs).distinct()
        yield from (Person(*one) for one in session.execute(found))


def shared_identifiers(session: Session, firm_id: str, most: int) -> Mapping[str, tuple[Person, ...]]:
    """The people of each identifier that can't all be one client, of clients who have invoices."""
    told_apart = func.count(func.distinct(TOLD[0])), func.count(func.distinct(TOLD[1]))
    uci = func.count(func.distinct(TOLD[2]))
    candidates = (
        select(SourceRow.client)
        .where(listed(firm_id), SourceRow.client.is_not(None))
        .group_by(SourceRow.client)
        .having((told_apart[0] > 1) | (told_apart[1] > 1) | (uci > 1))
    )
    named = [one for one in session.scalars(candidates) if one is not None]
    found = several(people_of(session, firm_id, named))
    billed = _billed_among(session, firm_id, sorted(found))
    return {identifier: found[identifier] for identifier in billed[:most]}


def shared_numbers(session: Session, firm_id: str, most: int) -> Mapping[str, Sequence[Person]]:
    """The clients of each case number that several share, of cases that have invoices."""
    client = func.coalesce(SourceRow.client, "")
    numbers = (
        select(SourceRow.case_number)
        .where(listed(firm_id), SourceRow.case_number.in_(billed_cases(firm_id)))
        .group_by(SourceRow.case_number)
        .having(func.count(func.distinct(client)) > 1)
        .order_by(SourceRow.case_number)
        .limit(most)
    )
    rows = session.execute(
        select(SourceRow.case_number, client, *TOLD)
        .where(listed(firm_id), SourceRow.case_number.in_(list(session.scalars(numbers))))
        .order_by(SourceRow.key, SourceRow.occurrence)
    )
    sharing: defaultdict[str, dict[str, Person]] = defaultdict(dict)
    for number, *told in rows:
        one = Person(*told)
        sharing[number].setdefault(one.identifier, one)
    return {number: tuple(clients.values()) for number, clients in sorted(sharing.items())}


def listed(firm_id: str) -> ColumnElement[bool]:
    """The rows of the Client Listing that hold."""
    return visible(firm_id) & (SourceRow.report == Report.CLIENTS)


def billed_cases(firm_id: str) -> Select[str]:
    """The cases of every invoice."""
    return select(SourceRow.case_number).where(visible(firm_id), SourceRow.report == Report.INVOICES)


def _billed_among(session: Session, firm_id: str, identifiers: Sequence[str]) -> list[str]:
    found: set[str] = set()
    for some in portions(identifiers):
        theirs = SourceRow.client.in_(some)
        billed = SourceRow.case_number.in_(billed_cases(firm_id))
        rows = session.scalars(select(SourceRow.client).where(listed(firm_id), theirs, billed).distinct())
        found.update(one for one in rows if one is not None)
    return sorted(found)
