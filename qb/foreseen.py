"""What a change of the mapping would do to the invoices that are ready, or held, now."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from qb.plan import plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.records import Invoice
    from qb.entry import Entry
    from qb.ground import Ground
    from qb.mapping import Choice, Mapping


def changed(mapping: Mapping, choices: Sequence[Choice]) -> Mapping:
    """The mapping with these choices in the place of those they would replace."""
    rows = {choice.row for choice in choices}
    return replace(mapping, choices=(*(c for c in mapping.choices if c.row not in rows), *choices))


def foreseen(invoices: Sequence[Invoice], ground: Ground, mapping: Mapping) -> tuple[str, ...]:
    """A sentence for each thing that would be otherwise with this mapping, most invoices first; names as are.

    Plans all invoices twice.
    """
    before, after = plan(invoices, ground), plan(invoices, replace(ground, mapping=mapping))
    then = {entry.subject: entry for entry in before.entries}
    now = {entry.subject: entry for entry in after.entries}
    counted = Counter(
        told
        for subject, entry in now.items()
        if subject in then
        for told in dict.fromkeys(_differences(then[subject], entry))
    )
    lost, won = len(then.keys() - now.keys()), len(now.keys() - then.keys())
    told = [f"{_ready(many)} would {what}." for what, many in counted.most_common()]
    if lost:
        told.append(f"{_ready(lost)} would be held.")
    if won:
        told.append(f"{won} held {'invoice' if won == 1 else 'invoices'} would be ready.")
    return tuple(told)


def _differences(then: Entry, now: Entry) -> Iterator[str]:
    for before, after in zip(then.payments, now.payments, strict=True):
        if before.account != after.account:
            yield f"deposit to {after.account.name} instead of {before.account.name}"
        if before.method != after.method:
            yield f"be paid by {after.method.name} instead of {before.method.name}"
    for line, new in zip(then.lines, now.lines, strict=True):
        if line.item != new.item:
            yield f"carry the item {new.item.name} instead of {line.item.name}"
        if line.tax_code != new.tax_code:
            yield f"carry the tax code {new.tax_code.name} instead of {line.tax_code.name}"


def _ready(many: int) -> str:
    return f"{many:,} ready {'invoice' if many == 1 else 'invoices'}"
