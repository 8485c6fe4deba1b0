"""What holds an invoice though nothing is amiss in its own records: the company, the mapping, the contact."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from db.records import Mark, Stated, StatedTax
from qb.mapping import Choice, Kind, Mapping
from qb.plan import not_connected, plan
from tests.books.given import ABROAD, CHOICES, DIRECTORY, GROUND, LINK, ZERO_RATED, cad, invoice, mapped, paid

if TYPE_CHECKING:
    from db.records import Invoice
    from qb.ground import Ground
    from qb.hold import Hold

PLAIN = invoice(paid("113.00"), fee="100.00")
SUBJECT = frozenset({PLAIN.key.subject})


def without(kind: Kind) -> Mapping:
    """The usual choices but those of one kind."""
    return Mapping(tuple(choice for choice in CHOICES if choice.kind is not kind))


def stated(**columns: object) -> Invoice:
    """The plain invoice, with columns of its own that the firm explained."""
    return replace(PLAIN, stated=Stated(**columns))  # type: ignore[arg-type]


ALIKE = invoice(paid("50.00", "A" + "T" * 25), paid("63.00", "B" + "T" * 25), fee="100.00")
ON: tuple[tuple[str, Ground, Invoice], ...] = (
    ("The client's contact was made inactive", replace(GROUND, links=(replace(LINK, active=False),)), PLAIN),
    (
        "The client's contact is kept in US dollars",
        replace(GROUND, links=(replace(LINK, customer_currency="USD"),)),
        PLAIN,
    ),
    ("No account is confirmed for the currency", replace(GROUND, mapping=without(Kind.DEPOSIT)), PLAIN),
    ("No item is confirmed for a kind of line", replace(GROUND, mapping=without(Kind.ITEM)), PLAIN),
    ("No code is confirmed for the rate", replace(GROUND, mapping=without(Kind.TAX)), PLAIN),
    (
        "A mapped account was made inactive",
        replace(GROUND, mapping=mapped(Choice(Kind.DEPOSIT, "CAD", "39", "Old Bank"))),
        PLAIN,
    ),
    (
        "A mapped account holds client money",
        replace(GROUND, mapping=mapped(Choice(Kind.DEPOSIT, "CAD", "38", "Client Trust CAD"))),
        PLAIN,
    ),
    (
        "Two confirmed rates come to the same cents",
        replace(GROUND, mapping=mapped(ZERO_RATED, ABROAD)),
        invoice(paid("0.03"), fee="0.03"),
    ),
    (
        "Sales tax is off in QuickBooks",
        replace(GROUND, directory=replace(DIRECTORY, sales_tax=False)),
        PLAIN,
    ),
    (
        "The QuickBooks company is American",
        replace(GROUND, directory=replace(DIRECTORY, sales_tax=False, country="US")),
        PLAIN,
    ),
    ("Two references would look the same", GROUND, ALIKE),
    ("A status says that it is void", GROUND, stated(mark=Mark.VOID, marked="Voided")),
    ("A column states a discount", GROUND, stated(discount=cad("20.00"))),
    (
        "A column states another tax",
        GROUND,
        stated(taxes=(StatedTax("HST", None, cad("12.99")),)),
    ),
    ("Paid before the firm began here", replace(GROUND, go_live=date(2026, 6, 1)), PLAIN),
    ("It is booked", replace(GROUND, booked=SUBJECT), PLAIN),
    ("It is being booked", replace(GROUND, under_way=SUBJECT), PLAIN),
    ("It isn't sure whether it was booked", replace(GROUND, in_review=SUBJECT), PLAIN),
)


def held_elsewhere() -> tuple[tuple[str, tuple[Hold, ...]], ...]:
    """What is so, and what the plan says of it."""
    (waiting,) = not_connected([PLAIN]).held
    twins = plan([PLAIN, PLAIN], GROUND).held
    return (
        ("QuickBooks isn't connected", waiting.holds),
        *((what, plan([found], ground).held[0].holds) for what, ground, found in ON),
        ("Two rows claim to be the same invoice", twins[0].holds),
    )
