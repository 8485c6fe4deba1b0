"""Why an invoice can't be booked yet, said plainly, and the way out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from babel.numbers import format_currency

from db.refusal import NOBODY
from qb import hold_sentences as sentences
from qb.unclear_sentences import ANSWERED_UNDER_COLUMNS, UNCLEAR

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from db.money import Money
    from db.records import Doubt
    from db.refusal import Refusal


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
    MARKED = "marked"  # a status of the export says void, draft or not paid
    DISCOUNT = "discount"
    STATED = "stated"  # what the export states of tax or total isn't what would be booked
    BEFORE_GO_LIVE = "before_go_live"  # paid before the firm began here: taken as in the books already
    LOOKS_BOOKED = "looks_booked"  # something in QuickBooks that isn't ours looks like it, or its money
    ALREADY_BOOKED = "already_booked"
    UNDER_WAY = "under_way"
    NEEDS_REVIEW = "needs_review"


class Mend(StrEnum):
    """The button that mends a hold."""

    CONNECT = "connect"
    MAP = "map"
    FIND_CONTACT = "find_contact"
    CONTACTS = "contacts"  # see what became of a linked customer, and choose again
    IMPORT = "import"
    BANKING = "banking"  # say how client money is banked, and who approves it
    TRUST = "trust"  # ask the second person, or approve
    GO_LIVE = "go_live"
    ALIKE = "alike"  # say whether what looks like it is it
    COLUMNS = "columns"  # say what a column of the exports means
    NONE = "none"  # held here; made good by a later version or in CaseEasy


@dataclass(frozen=True, slots=True)
class Hold:
    """One reason with what is told of it; ``row`` names the mapping row (``kind:source``) if there is one."""

    reason: Reason
    told: Refusal
    mend: Mend
    row: str = ""

    @property
    def sentence(self) -> str:
        """What stands in the way and the way out, names not escaped."""
        return self.told.short

    @property
    def line(self) -> str:
        """The same with who can, where somebody needs to; names not escaped."""
        return self.sentence if self.told.who == NOBODY else f"{self.sentence} Who can: {self.told.who}."


def amount_text(money: Money) -> str:
    """An amount as a Canadian firm writes it: ``$1,356.00`` for CAD, ``US$1,356.00`` for USD."""
    return format_currency(money.amount, money.currency, locale="en_CA")


def percent_text(percent: Decimal) -> str:
    """A rate without needless zeros: ``13 %``, ``14.975 %``."""
    return f"{percent.normalize():f} %"


def day_text(day: date) -> str:
    """A day that reads one way only: ``3 May 2026``."""
    return f"{day.day} {day:%b %Y}"


def unclear(doubt: Doubt) -> Hold:
    """The exports can't be taken as they stand."""
    mend = Mend.COLUMNS if doubt in ANSWERED_UNDER_COLUMNS else Mend.IMPORT
    return Hold(Reason.RECORDS_UNCLEAR, UNCLEAR[doubt].said(), mend)


def no_invoice_date() -> Hold:
    """CaseEasy shows no invoice date."""
    return Hold(Reason.RECORDS_UNCLEAR, sentences.NO_INVOICE_DATE.said(), Mend.IMPORT)


def empty_payment() -> Hold:
    """A payment of nothing stands beside the others."""
    return Hold(Reason.RECORDS_UNCLEAR, sentences.EMPTY_PAYMENT.said(), Mend.IMPORT)


def not_connected() -> Hold:
    """There is no QuickBooks company to book in."""
    return Hold(Reason.NOT_CONNECTED, sentences.NOT_CONNECTED.said(), Mend.CONNECT)


def no_contact(client: str, currency: str) -> Hold:
    """Nobody has chosen the client's QuickBooks contact in this currency."""
    told = sentences.NO_CONTACT.said(client=client, currency=currency)
    return Hold(Reason.NO_CONTACT, told, Mend.FIND_CONTACT)


def contact_inactive(name: str) -> Hold:
    """The linked customer was made inactive."""
    return Hold(Reason.CONTACT_INACTIVE, sentences.CONTACT_INACTIVE.said(contact=name), Mend.CONTACTS)


def contact_merged(name: str, into: str) -> Hold:
    """The linked customer was merged: what we booked for it stands under another one now."""
    told = sentences.CONTACT_MERGED.said(contact=name, into=into)
    return Hold(Reason.CONTACT_INACTIVE, told, Mend.CONTACTS)


def contact_gone(name: str) -> Hold:
    """QuickBooks doesn't know the linked customer any more."""
    return Hold(Reason.CONTACT_INACTIVE, sentences.CONTACT_GONE.said(contact=name), Mend.CONTACTS)


def contact_currency(name: str, has: str, needs: str) -> Hold:
    """The linked customer is kept in another currency (one fixed currency a customer)."""
    told = sentences.CONTACT_CURRENCY.said(contact=name, has=has, needs=needs)
    return Hold(Reason.CONTACT_CURRENCY, told, Mend.CONTACTS)


def unmapped(reason: Reason, label: str, row: str) -> Hold:
    """Nobody has confirmed what a CaseEasy value is in QuickBooks."""
    return Hold(reason, sentences.UNMAPPED.said(label=label), Mend.MAP, row)


def target_gone(problem: str, row: str) -> Hold:
    """What was mapped can no longer be used; ``problem`` is the whole sentence."""
    return Hold(Reason.TARGET_INACTIVE, sentences.TARGET_GONE.said(problem=problem), Mend.MAP, row)


def short(gap: Money) -> Hold:
    """The payments come to less than the listed amounts."""
    return Hold(Reason.SHORT, sentences.SHORT.said(gap=amount_text(gap)), Mend.IMPORT)


def no_payment() -> Hold:
    """CaseEasy calls it paid, but no payment was imported."""
    return Hold(Reason.NO_PAYMENT, sentences.NO_PAYMENT.said(), Mend.IMPORT)


def payment_missing(paid: date, last: date) -> Hold:
    """The day it was paid off is later than the last payment's: one more was made that we haven't seen."""
    told = sentences.PAYMENT_MISSING.said(paid=day_text(paid), last=day_text(last))
    return Hold(Reason.PAYMENT_MISSING, told, Mend.IMPORT)


def refund(came: Money, back: Money) -> Hold:
    """A negative amount: a refund, of which so much went ``back``, or a credit on a line."""
    moved = f": {amount_text(came)} came in, {amount_text(back)} went back" if back else ""
    return Hold(Reason.REFUND, sentences.REFUND.said(moved=moved), Mend.NONE)


def nothing_to_book() -> Hold:
    """Everything on it is 0.00."""
    return Hold(Reason.NOTHING_TO_BOOK, sentences.NOTHING_TO_BOOK.said(), Mend.NONE)


def foreign(currency: str, home: str) -> Hold:
    """It isn't in the company's home currency."""
    return Hold(Reason.FOREIGN_CURRENCY, sentences.FOREIGN.said(currency=currency, home=home), Mend.NONE)


def trust_account(account: str, row: str) -> Hold:
    """The mapped deposit account holds client money."""
    return Hold(Reason.TRUST, sentences.TRUST_ACCOUNT.said(account=account), Mend.MAP, row)


def number_too_long(number: str, limit: int) -> Hold:
    """QuickBooks takes at most ``limit`` characters as an invoice number."""
    told = sentences.NUMBER_TOO_LONG.said(number=number, has=str(len(number)), most=str(limit))
    return Hold(Reason.NUMBER_TOO_LONG, told, Mend.NONE)


def reference_too_long(limit: int) -> Hold:
    """Two long transaction numbers would look the same once shortened."""
    return Hold(Reason.REFERENCE_TOO_LONG, sentences.REFERENCE_TOO_LONG.said(most=str(limit)), Mend.NONE)


def books_closed(day: date, through: date) -> Hold:
    """Its date lies in a period that QuickBooks has closed."""
    told = sentences.BOOKS_CLOSED.said(day=day_text(day), through=day_text(through))
    return Hold(Reason.BOOKS_CLOSED, told, Mend.NONE)


def before_go_live(paid: date, began: date) -> Hold:
    """It was paid before the day from which on we book."""
    told = sentences.BEFORE_GO_LIVE.said(paid=day_text(paid), began=day_text(began))
    return Hold(Reason.BEFORE_GO_LIVE, told, Mend.GO_LIVE)


def looks_booked(documents: str) -> Hold:
    """Something in QuickBooks that we didn't write looks like it; nobody has said yet whether it is."""
    return Hold(Reason.LOOKS_BOOKED, sentences.LOOKS_BOOKED.said(documents=documents), Mend.ALIKE)


def kept_held(documents: str) -> Hold:
    """Somebody said to leave it as it is until they know whether it is in the books."""
    return Hold(Reason.LOOKS_BOOKED, sentences.KEPT_HELD.said(documents=documents), Mend.ALIKE)


def link_gone() -> Hold:
    """The document that a person linked to it isn't in QuickBooks any more, or worth nothing."""
    return Hold(Reason.LOOKS_BOOKED, sentences.LINK_GONE.said(), Mend.ALIKE)


def link_unfit(document: str, why: str) -> Hold:
    """The document that a person linked to it was changed there since, so that the rest can't be booked."""
    return Hold(Reason.LOOKS_BOOKED, sentences.LINK_UNFIT.said(document=document, why=why), Mend.ALIKE)


def linked(document: str) -> Hold:
    """A person said which document of QuickBooks it is, and nothing of it is missing there."""
    return Hold(Reason.ALREADY_BOOKED, sentences.LINKED.said(document=document), Mend.NONE)


def already_booked() -> Hold:
    """It is in the books, put there by us."""
    return Hold(Reason.ALREADY_BOOKED, sentences.ALREADY_BOOKED.said(), Mend.NONE)


def under_way() -> Hold:
    """A sync is booking it at this moment, or got half-way."""
    return Hold(Reason.UNDER_WAY, sentences.UNDER_WAY.said(), Mend.NONE)


def needs_review() -> Hold:
    """A person must say what QuickBooks holds before anything more is sent."""
    return Hold(Reason.NEEDS_REVIEW, sentences.NEEDS_REVIEW.said(), Mend.NONE)
