"""Why an invoice can't be booked yet, said plainly, and the way out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from babel.numbers import format_currency

from db.records import Doubt

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from db.money import Money


class Reason(StrEnum):
    """What stands in the way of booking an invoice."""

    NOT_CONNECTED = "not_connected"
    NO_CONTACT = "no_contact"
    CONTACT_INACTIVE = "contact_inactive"
    CONTACT_CURRENCY = "contact_currency"
    METHOD_UNMAPPED = "method_unmapped"
    DEPOSIT_UNMAPPED = "deposit_unmapped"
    ITEM_UNMAPPED = "item_unmapped"
    TAX_UNMAPPED = "tax_unmapped"
    TARGET_INACTIVE = "target_inactive"  # a mapped account, item, method or code is gone or inactive
    TAX_UNEXPLAINED = "tax_unexplained"  # no confirmed rate explains what the payments leave over
    TAX_AMBIGUOUS = "tax_ambiguous"  # two confirmed rates explain it
    SALES_TAX_OFF = "sales_tax_off"  # QuickBooks has no tax codes to put on the lines
    SHORT = "short"  # payments come to less than the listed amounts
    NO_PAYMENT = "no_payment"
    PAYMENT_MISSING = "payment_missing"  # paid later than the last payment we have
    REFUND = "refund"  # a negative amount
    NOTHING_TO_BOOK = "nothing_to_book"  # 0.00
    FOREIGN_CURRENCY = "foreign_currency"
    TRUST = "trust"
    NUMBER_TOO_LONG = "number_too_long"
    REFERENCE_TOO_LONG = "reference_too_long"
    BOOKS_CLOSED = "books_closed"
    RECORDS_UNCLEAR = "records_unclear"  # a Doubt of the exports
    ALREADY_BOOKED = "already_booked"
    UNDER_WAY = "under_way"
    NEEDS_REVIEW = "needs_review"


class Mend(StrEnum):
    """The button that mends a hold."""

    CONNECT = "connect"
    MAP = "map"
    FIND_CONTACT = "find_contact"
    IMPORT = "import"
    NONE = "none"  # held here; made good by a later version or in CaseEasy


@dataclass(frozen=True, slots=True)
class Hold:
    """One reason with its sentence; ``row`` names the mapping row (``kind:source``) where there is one."""

    reason: Reason
    sentence: str
    mend: Mend
    row: str = ""


def amount_text(money: Money) -> str:
    """An amount as a Canadian firm writes it: ``$1,356.00`` for CAD, ``US$1,356.00`` for USD."""
    return format_currency(money.amount, money.currency, locale="en_CA")


def percent_text(percent: Decimal) -> str:
    """A rate without needless zeros: ``13 %``, ``14.975 %``."""
    return f"{percent.normalize():f} %"


def day_text(day: date) -> str:
    """A day that reads one way only: ``3 May 2026``."""
    return f"{day.day} {day:%b %Y}"


UNCLEAR = {
    Doubt.SHARED_CASE: "Its case number belongs to more than one client in CaseEasy, so we can't tell"
    " whose it is. It stays here until the exports show one client.",
    Doubt.NO_CLIENT: "No Client Listing names its case yet. Import the Client Listing from CaseEasy.",
    Doubt.NO_CURRENCY: "No Client Listing tells its currency yet, and we never assume one."
    " Import the Client Listing from CaseEasy with its Currency column.",
    Doubt.UNCLEAR_DATE: "One of its dates can be read two ways."
    " Export dates as year-month-day, such as 2026-10-12.",
    Doubt.UNREADABLE: "One of its cells couldn't be read. Mend it in CaseEasy, then import a new export.",
    Doubt.CONFLICTING_ROWS: "Two rows of the exports claim to be this invoice or payment and differ."
    " Mend it in CaseEasy, then import a new export.",
    Doubt.SPREAD_PAYMENT: "One of its payments also pays another invoice. Such payments are held for now:"
    " please book this one by hand.",
    Doubt.NO_NUMBER: "Its invoice number or a transaction number is missing, so it can't be told from others."
    " Export it again with all columns ticked.",
}


def unclear(doubt: Doubt) -> Hold:
    """The exports can't be taken as they stand."""
    return Hold(Reason.RECORDS_UNCLEAR, UNCLEAR[doubt], Mend.IMPORT)


def no_invoice_date() -> Hold:
    """CaseEasy shows no invoice date."""
    sentence = "Its invoice date is missing. Export the invoices again with the Invoice Date column ticked."
    return Hold(Reason.RECORDS_UNCLEAR, sentence, Mend.IMPORT)


def empty_payment() -> Hold:
    """A payment of nothing stands beside the others."""
    sentence = "One of its payments is 0.00. Mend it in CaseEasy, then import a new export."
    return Hold(Reason.RECORDS_UNCLEAR, sentence, Mend.IMPORT)


def not_connected() -> Hold:
    """There is no QuickBooks company to book in."""
    sentence = "QuickBooks isn't connected. Connect it, then come back here."
    return Hold(Reason.NOT_CONNECTED, sentence, Mend.CONNECT)


def no_contact(client: str, currency: str) -> Hold:
    """Nobody has chosen the client's QuickBooks contact in this currency."""
    sentence = f"{client} isn't linked to a {currency} contact in QuickBooks yet. Find the contact first."
    return Hold(Reason.NO_CONTACT, sentence, Mend.FIND_CONTACT)


def contact_inactive(name: str) -> Hold:
    """The linked customer was made inactive."""
    sentence = f"The contact {name} is inactive in QuickBooks. Make it active there, or choose another."
    return Hold(Reason.CONTACT_INACTIVE, sentence, Mend.FIND_CONTACT)


def contact_currency(name: str, has: str, needs: str) -> Hold:
    """The linked customer is kept in another currency (one fixed currency a customer)."""
    sentence = f"The contact {name} is kept in {has}, but this invoice is in {needs}. Choose another contact."
    return Hold(Reason.CONTACT_CURRENCY, sentence, Mend.FIND_CONTACT)


def unmapped(reason: Reason, label: str, row: str) -> Hold:
    """Nobody has confirmed what a CaseEasy value is in QuickBooks."""
    sentence = f"Nobody has confirmed yet what “{label}” is in QuickBooks. Choose it under Review Mapping."
    return Hold(reason, sentence, Mend.MAP, row)


def target_gone(problem: str, row: str) -> Hold:
    """What was mapped can no longer be used; ``problem`` is the whole sentence."""
    return Hold(Reason.TARGET_INACTIVE, f"{problem} Choose another under Review Mapping.", Mend.MAP, row)


def short(gap: Money) -> Hold:
    """The payments come to less than the listed amounts."""
    sentence = (
        f"Its payments are {amount_text(gap)} short of the amounts it lists. Nothing was booked:"
        " import a newer export once the rest is in, or book it by hand."
    )
    return Hold(Reason.SHORT, sentence, Mend.IMPORT)


def unexplained(over: Money) -> Hold:
    """No confirmed tax rate explains what the payments leave over."""
    sentence = (
        f"Its payments leave {amount_text(over)} over the amounts it lists, and no confirmed tax rate"
        " comes to exactly that. It may be overpaid, or a tax rate is missing under Review Mapping."
    )
    return Hold(Reason.TAX_UNEXPLAINED, sentence, Mend.MAP)


def ambiguous(over: Money) -> Hold:
    """More than one confirmed rate comes to what the payments leave over."""
    sentence = (
        f"Its payments leave {amount_text(over)} over the amounts it lists, and more than one confirmed"
        " tax rate comes to exactly that. We don't guess: please book this one by hand."
    )
    return Hold(Reason.TAX_AMBIGUOUS, sentence, Mend.NONE)


def sales_tax_off() -> Hold:
    """QuickBooks has sales tax switched off, so lines can't carry a tax code."""
    sentence = (
        "Sales tax is switched off in QuickBooks, so its lines can't carry a tax code."
        " Switch it on in QuickBooks under Taxes, then refresh the mapping."
    )
    return Hold(Reason.SALES_TAX_OFF, sentence, Mend.MAP)


def no_payment() -> Hold:
    """CaseEasy calls it paid, but no payment was imported."""
    sentence = "CaseEasy calls it paid, but its payments haven't been imported. Import the Payments export."
    return Hold(Reason.NO_PAYMENT, sentence, Mend.IMPORT)


def payment_missing(paid: date, last: date) -> Hold:
    """The day it was paid off is later than the last payment's: one more was made that we haven't seen."""
    sentence = (
        f"The Paid Date ({day_text(paid)}) is later than every payment we have (the last is of"
        f" {day_text(last)}), so one may be missing. Import the newest Payments export."
    )
    return Hold(Reason.PAYMENT_MISSING, sentence, Mend.IMPORT)


def refund() -> Hold:
    """A negative amount: a refund or a credit."""
    sentence = "It holds a refund or a credit. Refunds are held for now: please book this one by hand."
    return Hold(Reason.REFUND, sentence, Mend.NONE)


def nothing_to_book() -> Hold:
    """Everything on it is 0.00."""
    return Hold(Reason.NOTHING_TO_BOOK, "It comes to 0.00, so there is nothing to book.", Mend.NONE)


def foreign(currency: str, home: str) -> Hold:
    """It isn't in the company's home currency."""
    sentence = (
        f"It is in {currency} and your books are kept in {home}. Foreign currency is held for now:"
        " please book this one by hand."
    )
    return Hold(Reason.FOREIGN_CURRENCY, sentence, Mend.NONE)


def trust_method(method: str) -> Hold:
    """The payment method says that client money was used."""
    sentence = (
        f"It was paid by “{method}”, which is client money. Anything that touches trust is held for now:"
        " your bookkeeper books it by hand."
    )
    return Hold(Reason.TRUST, sentence, Mend.NONE)


def trust_account(account: str, row: str) -> Hold:
    """The mapped deposit account holds client money."""
    sentence = (
        f"It would be deposited to {account}, which is a trust account. Nothing is booked to trust for now:"
        " choose an operating account under Review Mapping."
    )
    return Hold(Reason.TRUST, sentence, Mend.MAP, row)


def number_too_long(number: str, limit: int) -> Hold:
    """QuickBooks takes at most ``limit`` characters as an invoice number."""
    sentence = (
        f"Its number {number} has {len(number)} characters and QuickBooks takes at most {limit}."
        " Shorten it in CaseEasy, or book it by hand."
    )
    return Hold(Reason.NUMBER_TOO_LONG, sentence, Mend.NONE)


def reference_too_long(limit: int) -> Hold:
    """Two long transaction numbers would look the same once shortened."""
    sentence = (
        f"QuickBooks takes at most {limit} characters as a payment reference, and two of its"
        " transaction numbers would look the same once shortened. Please book this one by hand."
    )
    return Hold(Reason.REFERENCE_TOO_LONG, sentence, Mend.NONE)


def books_closed(day: date, through: date) -> Hold:
    """Its date lies in a period that QuickBooks has closed."""
    sentence = (
        f"It is dated {day_text(day)} and your QuickBooks books are closed through {day_text(through)}."
        " Ask your bookkeeper to reopen the period, or book it by hand."
    )
    return Hold(Reason.BOOKS_CLOSED, sentence, Mend.NONE)


def already_booked() -> Hold:
    """It is in the books, put there by us."""
    return Hold(Reason.ALREADY_BOOKED, "It is already in QuickBooks.", Mend.NONE)


def under_way() -> Hold:
    """A sync is booking it at this moment, or got half-way."""
    return Hold(Reason.UNDER_WAY, "A sync has begun to book it: its message shows how far it is.", Mend.NONE)


def needs_review() -> Hold:
    """A person must say what QuickBooks holds before anything more is sent."""
    sentence = "We couldn't make sure what QuickBooks did with it. Someone must look there before we go on."
    return Hold(Reason.NEEDS_REVIEW, sentence, Mend.NONE)
