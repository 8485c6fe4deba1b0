"""What is said of an invoice that can't be booked yet, reason by reason."""

from __future__ import annotations

from db.refusal import ANYONE, BOOKKEEPER, CONFIRMERS, NOBODY, Sentence

BY_HAND = "your bookkeeper, by hand in QuickBooks"
IN_CASEEASY = "anyone who works in CaseEasy"


def held(key: str, what: str, remedy: str, who: str, **example: str) -> Sentence:
    """A sentence of an invoice that waits: nothing of it is booked."""
    return Sentence(f"held.{key}", what, "None of it is booked.", remedy, who, example)


NO_INVOICE_DATE = held(
    "no-invoice-date",
    "Its invoice date is missing.",
    "Export the invoices again with the Invoice Date column ticked.",
    ANYONE,
)
EMPTY_PAYMENT = held(
    "empty-payment",
    "One of its payments is 0.00.",
    "Mend it in CaseEasy, then import a new export.",
    IN_CASEEASY,
)
NOT_CONNECTED = held(
    "not-connected", "QuickBooks isn't connected.", "Connect it, then come back here.", "an admin"
)
NO_CONTACT = held(
    "no-contact",
    "{client} isn't linked to a {currency} contact in QuickBooks yet.",
    "Find the contact first.",
    ANYONE,
    client="Daniel Osei",
    currency="CAD",
)
CONTACT_INACTIVE = held(
    "contact-inactive",
    "The contact {contact} was made inactive in QuickBooks.",
    "Make it active there, or choose another under /qb-contacts.",
    ANYONE,
    contact="Daniel Osei",
)
CONTACT_MERGED = held(
    "contact-merged",
    "The contact {contact} was merged in QuickBooks: what was booked for it stands under {into} there now.",
    "Say under /qb-contacts whether {into} is who pays, or choose another.",
    ANYONE,
    contact="Daniel Osei",
    into="Daniel K. Osei",
)
CONTACT_GONE = held(
    "contact-gone",
    "The contact {contact} isn't in QuickBooks any more.",
    "Choose another under /qb-contacts.",
    ANYONE,
    contact="Daniel Osei",
)
CONTACT_CURRENCY = held(
    "contact-currency",
    "The contact {contact} is kept in {has}, but this invoice is in {needs}.",
    "Choose another contact.",
    ANYONE,
    contact="Daniel Osei",
    has="USD",
    needs="CAD",
)
UNMAPPED = held(
    "unmapped",
    "Nobody has confirmed yet what “{label}” is in QuickBooks.",
    "Choose it under Review Mapping.",
    CONFIRMERS,
    label="Interac",
)
TARGET_GONE = held(
    "target-gone",
    "{problem}",
    "Choose again under Review Mapping.",
    CONFIRMERS,
    problem="Chequing is inactive in QuickBooks.",
)
PLACE_UNKNOWN = held(
    "place-unknown",
    "Its fees carry {percent} tax, which is the rate of several provinces, and nobody has said yet in which "
    "{client} lives.",
    "Choose it under Review Mapping.",
    CONFIRMERS,
    percent="15 %",
    client="Daniel Osei",
)
PLACE_OTHER_RATE = held(
    "place-other-rate",
    "Its fees carry {percent} tax, but {client} lives {place}, where the rate was another on {day}.",
    "Choose the province again under Review Mapping, or mend the invoice in CaseEasy and import it again.",
    CONFIRMERS,
    percent="15 %",
    client="Daniel Osei",
    place="in Nova Scotia",
    day="3 May 2026",
)
RESIDENCE_UNKNOWN = held(
    "residence-unknown",
    "Its fees carry no tax, which is right for a client who resides outside Canada, and nobody has said yet "
    "where {client} resides.",
    "Choose it under Review Mapping.",
    CONFIRMERS,
    client="Daniel Osei",
)
RESIDES_HERE = held(
    "resides-here",
    "Its payments leave no tax on its fees, but {client} resides {place}, where fees are taxed.",
    "Import a newer export once the tax is in, or choose again under Review Mapping where they reside.",
    CONFIRMERS,
    client="Daniel Osei",
    place="in Ontario",
)
SHORT = held(
    "short",
    "Its payments are {gap} short of the amounts it lists.",
    "Import a newer export once the rest is in, or book it by hand.",
    ANYONE,
    gap="$56.00",
)
UNEXPLAINED = held(
    "tax-unexplained",
    "Its payments leave {over} over the amounts it lists, and no confirmed tax rate comes to exactly "
    "that{apart}.",
    "It may be paid short or over, or a tax rate is missing under Review Mapping.",
    CONFIRMERS,
    over="$100.00",
    apart=" (13 %: $56.00 short; 5 %: $40.00 over)",
)
AMBIGUOUS = held(
    "tax-ambiguous",
    "Its payments leave {over} over the amounts it lists, and more than one confirmed tax rate comes to "
    "exactly that.",
    "We don't guess: please book this one by hand.",
    BY_HAND,
    over="$130.00",
)
SALES_TAX_OFF = held(
    "sales-tax-off",
    "Sales tax is switched off in QuickBooks, so its lines can't carry a tax code.",
    "Switch it on in QuickBooks under Taxes, then refresh the mapping.",
    BOOKKEEPER,
)
SALES_TAX_US = held(
    "sales-tax-us",
    "Your QuickBooks company is one of the United States, where QuickBooks reckons sales tax by itself. That "
    "isn't supported yet.",
    "Please book this one by hand.",
    BY_HAND,
)
NO_PAYMENT = held(
    "no-payment",
    "CaseEasy calls it paid, but its payments haven't been imported.",
    "Import the Payments export.",
    ANYONE,
)
PAYMENT_MISSING = held(
    "payment-missing",
    "The Paid Date ({paid}) is later than every payment we have (the last is of {last}), so one may be "
    "missing.",
    "Import the newest Payments export.",
    ANYONE,
    paid="12 Oct 2026",
    last="2 Oct 2026",
)
REFUND = held(
    "refund",
    "It holds a refund or a credit{moved}.",
    "Refunds are held for now: please book this one by hand.",
    BY_HAND,
    moved=": $3,390.00 came in, $1,130.00 went back",
)
NOTHING_TO_BOOK = held("nothing", "It comes to 0.00.", "There is nothing to book.", NOBODY)
FOREIGN = held(
    "foreign-currency",
    "It is in {currency} and your books are kept in {home}.",
    "Foreign currency is held for now: please book this one by hand.",
    BY_HAND,
    currency="USD",
    home="CAD",
)
TRUST_ACCOUNT = held(
    "trust-account",
    "Trust: it would be deposited to {account}, which is a trust account.",
    "Nothing is booked to trust: choose an operating account under Review Mapping.",
    CONFIRMERS,
    account="Client Money in Trust",
)
NUMBER_TOO_LONG = held(
    "number-too-long",
    "Its number {number} has {has} characters and QuickBooks takes at most {most}.",
    "Shorten it in CaseEasy, or book it by hand.",
    IN_CASEEASY,
    number="INV-2026-IMMIGRATION-00117",
    has="26",
    most="21",
)
REFERENCE_TOO_LONG = held(
    "reference-too-long",
    "QuickBooks takes at most {most} characters as a payment reference, and two of its transaction numbers "
    "would look the same once shortened.",
    "Please book this one by hand.",
    BY_HAND,
    most="21",
)
BOOKS_CLOSED = held(
    "books-closed",
    "It is dated {day} and your QuickBooks books are closed through {through}.",
    "Ask your bookkeeper to reopen the period, or book it by hand.",
    BOOKKEEPER,
    day="12 Mar 2026",
    through="31 Mar 2026",
)
BEFORE_GO_LIVE = Sentence(
    "held.before-go-live",
    "It was paid on {paid}, before your firm began here ({began}).",
    "It is taken as in your books already; nothing of it is booked.",
    "Change that day under Settings if it isn't.",
    "an admin",
    {"paid": "12 Sep 2026", "began": "1 Oct 2026"},
)
LOOKS_BOOKED = held(
    "looks-booked",
    "Looks already booked: {documents}.",
    "Say whether that is this invoice: press Compare.",
    CONFIRMERS,
    documents="invoice 1042 of 2 May 2026, $2,330.00, for Amélie Tremblay, made there by hand",
)
KEPT_HELD = held(
    "kept-held",
    "Somebody left it held, as it looks already booked: {documents}.",
    "Undo that once it is clear: press Compare.",
    CONFIRMERS,
    documents="invoice 1042 of 2 May 2026, $2,330.00, for Amélie Tremblay, made there by hand",
)
LINK_GONE = held(
    "link-gone",
    "The document it was linked to isn't in QuickBooks any more.",
    "Say what became of it: press Compare.",
    CONFIRMERS,
)
LINK_UNFIT = held(
    "link-unfit",
    "It was linked to {document}, and {why}.",
    "Put it right in QuickBooks, or undo the link: press Compare.",
    CONFIRMERS,
    why="what is received and open there isn't what its payments leave",
    document="invoice 1042 of 2 May 2026, $2,330.00, for Amélie Tremblay, made there by hand",
)
LINKED = Sentence(
    "held.linked",
    "It is already in QuickBooks: somebody linked it to {document}.",
    "None of it is booked again.",
    "",
    NOBODY,
    {"document": "invoice 1042 of 2 May 2026, $2,330.00, for Amélie Tremblay, made there by hand"},
)
ALREADY_BOOKED = Sentence(
    "held.already-booked", "It is already in QuickBooks.", "It is booked once.", "", NOBODY
)
UNDER_WAY = Sentence(
    "held.under-way",
    "A sync has begun to book it.",
    "It is booked once, never twice.",
    "Its message shows how far it is.",
    NOBODY,
)
NEEDS_REVIEW = Sentence(
    "held.needs-review",
    "We couldn't make sure what QuickBooks did with it.",
    "Whether it is booked isn't sure.",
    "Someone must look there before we go on.",
    "whoever asked for its sync, an approver or an admin",
)
