"""Gathers what the mapping's screen shows: every row, who confirmed it, and what a change would do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from commands.access import confirmers, may_confirm
from commands.colleagues import favour_to
from commands.favour import Wish
from commands.views.columns import mapping_line
from commands.views.mapping import Cards, Foreign, MappingScreen, Review
from commands.views.mapping_row import MappingRow, RowState
from commands.views.text import some
from commands.zones import zone_of
from db import cases, columns_taught, mappings, matters
from db.firm_settings import settings_of
from db.money import NO_CURRENCY
from qb.books import choice_of, ground
from qb.entry import Named
from qb.foreseen import changed, foreseen
from qb.mapping import Choice, Fund, Kind, row, row_of_key
from qb.needed import exceptions_seen, rows_needed
from qb.offering import by_card, candidates, clearing_account, suggest
from qb.provinces import in_words
from qb.usable import check, rests_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import tzinfo

    from sqlalchemy.orm import Session

    from commands.access import Asker
    from commands.books import Books
    from commands.favour import Favour
    from db.drafts import Draft
    from db.records import Invoice
    from qb.mapping import Row


def screen(session: Session, asker: Asker, books: Books, draft: Draft) -> MappingScreen:
    """All rows as they stand with what was chosen on this screen; the first page."""
    directory, chosen = books.directory, settings_of(session, asker.firm.id)
    zone, realm = zone_of(asker.firm.timezone), books.connection.realm_id
    paid = [one for one in cases.all_invoices(session, asker.firm.id) if one.paid is not None]
    rows = _with_added(rows_needed(paid, directory, chosen.banking, books.mapping), draft.content["added"])
    kept = {choice_of(one).row: one for one in mappings.current(session, asker.firm.id, realm)}
    drawn = tuple(_drawn(one, books, draft.content["chosen"].get(one.key), kept, zone) for one in rows)
    columns = columns_taught.all_columns(session, asker.firm.id)
    others = matters.all_matters(session, asker.firm.id)
    waiting = sum(one.is_open for one in columns) + sum(one.is_open for one in others)
    review = mappings.last_review(session, asker.firm.id, realm)
    return MappingScreen(
        company=books.connection.company_name,
        rows=drawn,
        trust_accounts=tuple(
            account.name for account in directory.accounts if account.is_trust and account.takes_deposits
        ),
        may_confirm=may_confirm(asker),
        confirmers=confirmers(session, asker.firm.id),
        asks=None if may_confirm(asker) else _asks(session, asker, drawn),
        columns=mapping_line(waiting, len(columns), len(others)),
        effects=_effects(session, asker, books, draft, paid),
        reviewed=None if review is None else Review(review.by, review.at.astimezone(zone).date()),
        cards=_cards(paid, books),
        foreign=_foreign(paid, books, converts=chosen.bank_converts),
        addable=tuple(one.key for one in _addable(paid, books)),
    )


def target_of(needed: Row, target_id: str, books: Books) -> Named | None:
    """What was chosen for a row, if it may be."""
    found = candidates(needed, books.directory, converts=books.mapping.converts)
    return next((one.target for one in found if one.selectable and one.target.id == target_id), None)


def unconfirmed(books: Books, draft: Draft) -> tuple[str, ...]:
    """What was chosen on this screen and would be lost with it, by its rows' labels; suggestions are ours."""
    picked, added, converts = draft.content["chosen"], draft.content["added"], books.mapping.converts
    rows = (row_of_key(choice.row) for choice in _chosen_anew(books, picked))

    def is_ours(one: Row) -> bool:
        return suggest(one, books.directory, converts=converts) == target_of(one, picked[one.key], books)

    return tuple(one.label for one in rows if one.key in added or not is_ours(one))


def _addable(invoices: Iterable[Invoice], books: Books) -> Iterator[Row]:
    """What could be an exception and isn't one yet."""
    for one in exceptions_seen(invoices):
        if books.mapping.choice(one.kind, one.source) is None:
            yield one


def _with_added(rows: Sequence[Row], added: Sequence[str]) -> tuple[Row, ...]:
    """The rows with those somebody wants an exception for, each behind its default."""
    found, known = list(rows), {one.key for one in rows}
    for extra in (row_of_key(key) for key in added if key not in known):
        family = [i for i, one in enumerate(found) if (one.kind, one.base) == (extra.kind, extra.base)]
        if family:
            found.insert(family[-1] + 1, extra)
    return tuple(found)


def _asks(session: Session, asker: Asker, rows: Sequence[MappingRow]) -> Favour | None:
    """Whom somebody who only looks may ask, where anything is open."""
    waiting = [row for row in rows if row.waits]
    if not waiting:
        return None
    thing = some([row.label for row in waiting], 1)
    keys = [row.id for row in waiting]
    return favour_to(session, asker, Wish.MAP, thing=thing, rows=keys)


def _drawn(
    needed: Row, books: Books, picked: str | None, kept: Mapping[str, mappings.Choice], zone: tzinfo
) -> MappingRow:
    """A row with the choice made on this screen, else the confirmed one, else our suggestion."""
    state, chosen, problem = _stands(needed, books, picked)
    held = kept.get(needed.key)
    drawn = MappingRow(
        needed.key,
        needed.kind,
        needed.label,
        state,
        chosen,
        problem,
        is_trust=needed.fund is Fund.TRUST,
        hint="" if state is RowState.CONFIRMED else _hint(needed),
    )
    if held is None:
        return drawn
    before = "" if state is RowState.CONFIRMED else held.target_name
    return replace(drawn, by=held.confirmed_by, on=held.confirmed_at.astimezone(zone).date(), before=before)


def _stands(needed: Row, books: Books, picked: str | None) -> tuple[RowState, Named | None, str]:
    directory, converts = books.directory, books.mapping.converts
    target = target_of(needed, picked, books) if picked else None
    choice = books.mapping.choice(needed.kind, needed.source, needed.fund)
    problem = "" if choice is None else check(choice, directory, converts=converts) or ""
    if target is not None and (choice is None or choice.target_id != target.id):
        return RowState.CHOSEN, target, ""
    if choice is not None and not problem:
        return RowState.CONFIRMED, Named(choice.target_id, choice.target_name), ""
    same = None if choice is None else target_of(needed, choice.target_id, books)
    suggestion = same or suggest(needed, directory, converts=converts)
    return RowState.OPEN if suggestion is None else RowState.SUGGESTED, suggestion, problem


def _hint(needed: Row) -> str:
    if needed.kind is not Kind.TAX or not needed.places:
        return ""
    rate = row(Kind.TAX, needed.source).label.removeprefix("Fees with ").removesuffix(" tax")
    if len(needed.places) == 1:
        return f"{rate} is the rate of {in_words(needed.places)} on these invoices' dates."
    return f"{rate} can be {in_words(needed.places)}: one code if all these clients live in one of them."


def _effects(
    session: Session, asker: Asker, books: Books, draft: Draft, paid: Sequence[Invoice]
) -> tuple[str, ...]:
    """What confirming the choices made on this screen would do to what is ready now."""
    choices = tuple(_chosen_anew(books, draft.content["chosen"]))
    found = ground(session, asker.firm.id, paid) if choices else None
    return () if found is None else foreseen(paid, found, changed(books.mapping, choices))


def _chosen_anew(books: Books, picked: Mapping[str, str]) -> Iterator[Choice]:
    for key, target_id in picked.items():
        needed = row_of_key(key)
        target, held = (
            target_of(needed, target_id, books),
            books.mapping.choice(needed.kind, needed.source, needed.fund),
        )
        if target is not None and (held is None or held.target_id != target.id):
            seen = rests_on(needed.kind, target.id, books.directory)
            yield Choice(needed.kind, needed.source, target.id, target.name, needed.fund, seen)


def _cards(paid: Sequence[Invoice], books: Books) -> Cards | None:
    """Cards without an account of their own, where there is one that clears them."""
    home = books.directory.home_currency
    default = row(Kind.DEPOSIT, home)
    account = clearing_account(default, books.directory)
    cards = [
        one.special
        for one in exceptions_seen(paid)
        if one.kind is Kind.DEPOSIT and one.base == home and by_card(one.special)
        if books.mapping.deciding(one.kind, one.base, one.special) == one.base
    ]
    return Cards(tuple(cards), account.name) if account is not None and cards else None


def _foreign(paid: Iterable[Invoice], books: Books, *, converts: bool | None) -> Foreign | None:
    home = books.directory.home_currency
    seen = sorted({one.case.currency for one in paid} - {home, NO_CURRENCY})
    return Foreign(tuple(seen), home, converts) if seen else None
