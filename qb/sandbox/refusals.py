"""Every refusal QuickBooks makes for the sake of its books, with its code and words (Intuit: Error codes)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Complaint:
    """One entry of a fault; `element` None leaves the key out, as QuickBooks sometimes does."""

    code: str
    message: str
    detail: str
    element: str | None = ""


class RefusedError(Exception):
    """QuickBooks says no and its books stay as they were."""

    def __init__(self, *complaints: Complaint, kind: str = "ValidationFault", status: int = 400) -> None:
        super().__init__("; ".join(f"{one.code} {one.detail}" for one in complaints))
        self.complaints = complaints
        self.kind = kind
        self.status = status


def unsupported(detail: str) -> RefusedError:
    """500: no such operation or address."""
    return RefusedError(
        Complaint("500", "Unsupported Operation", f"Operation {detail} is not supported.", None)
    )


def request_id_used() -> RefusedError:
    """600: this request id was used before."""
    text = "RequestId already exists in the system, duplicate request is detected"
    return RefusedError(Complaint("600", text, text))


def made_inactive() -> RefusedError:
    """610: the thing is inactive, or was never there."""
    return RefusedError(
        Complaint(
            "610",
            "Object Not Found",
            "Object Not Found : Something you're trying to use has been made inactive. "
            "Check the fields with accounts, customers, items, vendors or employees.",
        )
    )


def deleted_meanwhile() -> RefusedError:
    """610: the transaction was deleted."""
    detail = "Object Not Found : Another user has deleted this transaction."
    return RefusedError(Complaint("610", "Object Not Found", detail))


def cannot_link(detail: str = "Cannot validate linked transactions") -> RefusedError:
    """620: the transaction named can't be linked."""
    return RefusedError(Complaint("620", "Transaction ID can't be linked", detail))


def bad_property(what: str) -> RefusedError:
    """2010: the body holds something that QuickBooks can't read."""
    detail = f"Property Name:{what} specified is unsupported or invalid"
    return RefusedError(Complaint("2010", "Request has invalid or unsupported property", detail, None))


def missing(name: str) -> RefusedError:
    """2020: a parameter that must be there is not."""
    return RefusedError(
        Complaint(
            "2020",
            "Required param missing, need to supply the required value for the API",
            f"Required parameter {name} is missing in the request",
            name,
        )
    )


def bad_id(value: str) -> RefusedError:
    """2030: ids are whole numbers."""
    return RefusedError(
        Complaint("2030", "Invalid ID", f"Id should be a valid number. Supplied value:{value}", "Id")
    )


def too_long(name: str, limit: int, length: int) -> Complaint:
    """2050: a text is longer than allowed."""
    return Complaint(
        "2050",
        "String length is either shorter or longer than supported by specification",
        "String length specified does not match the supported length. "
        f"Min:0 Max:{limit} supported. Supplied length:{length}",
        name,
    )


def bad_number(name: str, value: str) -> Complaint:
    """2080: a number that is none."""
    return Complaint(
        "2080", "Illegal number format", f"{name} should be a number. Supplied value:{value}", name
    )


def bad_choice(name: str, value: str) -> Complaint:
    """2170: not one of the words allowed."""
    return Complaint("2170", "Invalid Enumeration", f"Invalid Enumeration: {value}", name)


def bad_email(name: str) -> Complaint:
    """2210: not an e-mail address."""
    text = "Email Address does not conform to the syntax rules of RFC 822."
    return Complaint("2210", text, text, name)


def rate_missing() -> RefusedError:
    """2410: a foreign transaction needs its rate."""
    return RefusedError(
        Complaint(
            "2410",
            "Curreny, ExchangeRate is missing.",
            "The currency and exchange rate are required for transaction in foreign currency.",
        )
    )


def bad_reference(family: str, identity: str) -> RefusedError:
    """2500: an id that names nothing; `family` is Names, Accounts, Items, TaxCodes and the like."""
    detail = f"Invalid Reference Id : {family} element id {identity} not found"
    return RefusedError(Complaint("2500", "Invalid Reference Id", detail))


def unparsable(detail: str) -> RefusedError:
    """4000: the query is not in the language."""
    return RefusedError(Complaint("4000", "Error parsing query", f"QueryParserError: {detail}", None))


def invalid_query(detail: str) -> RefusedError:
    """4001: the query asks for what isn't there."""
    return RefusedError(Complaint("4001", "Invalid query", f"QueryValidationError: {detail}", None))


def stale(other: str = "root") -> RefusedError:
    """5010: the SyncToken is not the current one."""
    return RefusedError(
        Complaint(
            "5010",
            "Stale Object Error",
            f"Stale Object Error : You and {other} were working on this at the same time. "
            f"{other} finished before you did, so your work was not saved.",
        )
    )


def business(detail: str) -> RefusedError:
    """6000: a rule of bookkeeping; `detail` without its prefix."""
    prefix = "" if detail.startswith("Business Validation Error") else "Business Validation Error: "
    return RefusedError(
        Complaint(
            "6000",
            "A business validation error has occurred while processing your request",
            prefix + detail,
        )
    )


def one_foreign_currency() -> RefusedError:
    """6000: currencies of customer, transaction and account don't go together."""
    return business("You can only use one foreign currency per transaction.")


def multicurrency_off() -> RefusedError:
    """6000: a foreign currency in a company that keeps one."""
    return business("Multi Currency should be enabled to perform this operation.")


def no_tax_code() -> RefusedError:
    """6000: outside the United States every sales line needs a usable tax code."""
    return business("Make sure all your transactions have a GST/HST rate before you save.")


def wrong_product(name: str, value: str) -> RefusedError:
    """6070: Amount is not UnitPrice times Qty."""
    return RefusedError(
        Complaint(
            "6070",
            "Amount calculation incorrect in the request",
            f"Amount is not equal to UnitPrice * Qty. Supplied value:{value}",
            name,
        )
    )


def no_name() -> RefusedError:
    """6080: a person needs some name."""
    return RefusedError(
        Complaint(
            "6080",
            "No name provided",
            "Title, GivenName, MiddleName, FamilyName, DisplayName, Suffix - one of these must be non-empty",
        )
    )


def no_discount() -> RefusedError:
    """6090: a discount line says neither amount nor percent."""
    return RefusedError(
        Complaint(
            "6090", "Discount Line missing required info", "Discount amount or percent should be provided."
        )
    )


def duplicate_number(number: str, kind: str, identity: str) -> RefusedError:
    """6140: the number is taken; the detail names by whom."""
    return RefusedError(
        Complaint(
            "6140",
            "Duplicate Document Number Error",
            "Duplicate Document Number Error : You must specify a different number. This number has already "
            f"been used. DocNumber={number} is assigned to TxnType={kind} with TxnId={identity}",
        )
    )


def period_closed() -> RefusedError:
    """6210: the date lies in a closed period."""
    return RefusedError(
        Complaint(
            "6210",
            "Account Period Closed, Cannot Update Through Services API",
            "The account period has closed and the account books cannot be updated through through the QBO "
            "Services API. Please use the QBO website to make these changes.",
        )
    )


def duplicate_name(family: str, detail: str = "") -> RefusedError:
    """6240: the name is taken in `family` ('customer, vendor or employee', 'tax rate', ...)."""
    words = detail or f"Another {family} is already using this \nname. Please use a different name."
    text = f"The name supplied already exists. : {words}"
    return RefusedError(Complaint("6240", "Duplicate Name Exists Error", text))


def deposited() -> RefusedError:
    """6540: money that is on a deposit slip stays as it is."""
    return RefusedError(
        Complaint(
            "6540",
            "Deposited Transaction cannot be changed",
            "This transaction has been deposited. If you want to change or delete it, "
            "you must first edit the deposit it appears on and remove it.",
        )
    )
