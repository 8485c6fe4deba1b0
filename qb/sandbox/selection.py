"""What a query finds: which properties may be asked, how values compare, in which order rows come."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import partial

from qb.sandbox.books import Books
from qb.sandbox.kinds import KEPT_ELSEWHERE, KINDS, Kind
from qb.sandbox.language import Condition, Constant, Statement
from qb.sandbox.refusals import bad_id, invalid_query
from qb.sandbox.wire import Json, moment_of

EVERYWHERE = "Id MetaData.CreateTime MetaData.LastUpdatedTime"
NAMES = "DisplayName GivenName MiddleName FamilyName Title Suffix PrintOnCheckName Active"
SALES = "DocNumber CustomerRef TxnDate DueDate TotalAmt Balance"
FILTERS: Mapping[str, str] = {
    "Customer": f"{NAMES} CompanyName FullyQualifiedName PrimaryEmailAddr Balance BalanceWithJobs Job "
    "Taxable",
    "Vendor": f"{NAMES} CompanyName Balance AcctNum Vendor1099",
    "Employee": NAMES,
    "Account": "Name FullyQualifiedName AccountType AccountSubType Classification Active AcctNum "
    "CurrentBalance SubAccount Description",
    "Item": "Name FullyQualifiedName Sku Type Active UnitPrice Description Taxable",
    "PaymentMethod": "Name Type Active",
    "TaxCode": "Name Description Active Taxable",
    "TaxRate": "Name Description Active RateValue AgencyRef",
    "TaxAgency": "DisplayName",
    "Invoice": SALES,
    "SalesReceipt": f"{SALES} PaymentRefNum",
    "CreditMemo": SALES,
    "RefundReceipt": SALES,
    "Payment": "PaymentRefNum CustomerRef TxnDate TotalAmt UnappliedAmt PaymentMethodRef DepositToAccountRef",
    "Deposit": "TxnDate TotalAmt DepositToAccountRef DocNumber",
    "JournalEntry": "TxnDate DocNumber TotalAmt",
    "CompanyInfo": "CompanyName",
    "Preferences": "",
}
INNER = {"PrimaryEmailAddr": "Address"}


def run(books: Books, statement: Statement) -> Json:
    """The QueryResponse of a statement. Raises 4001 for what can't be asked, 2030 for an Id that is none."""
    kind = KINDS.get(_entity(statement.entity))
    if kind is None:
        return {"totalCount": 0} if statement.counts else {}
    for path, _falling in statement.order:
        _known(kind, path)
    for path in statement.fields:
        if path.split(".")[0].lower() not in {name.lower() for name in kind.shape.fields}:
            raise invalid_query(f"Property {path} not found for Entity {kind.name}")
    conditions = [_checked(kind, one) for one in statement.conditions]
    if kind.listed and all(one.path != "Active" for one in conditions):
        conditions.append(Condition("Active", "in", (True, " ")))
    found = [
        row
        for row in (kind.view(books, document) for document in books.all(kind.name))
        if all(_holds(row, one) for one in conditions)
    ]
    if statement.counts:
        return {"totalCount": len(found)}
    page = _ordered(kind, statement, found)[statement.start - 1 :][: statement.most]
    shown = [_chosen(statement, kind.shown(books, row)) for row in page]
    return {kind.name: shown, "startPosition": statement.start, "maxResults": len(shown)} if shown else {}


def _entity(name: str) -> str:
    known = {one.lower(): one for one in (*KINDS, *KEPT_ELSEWHERE)}
    if name.lower() not in known:
        raise invalid_query(f"invalid context declaration: {name}")
    return known[name.lower()]


def _known(kind: Kind, path: str) -> str:
    """The property's proper name. Raises 4001, telling unknown ones from those that can't be asked."""
    allowed = {one.lower(): one for one in f"{EVERYWHERE} {FILTERS[kind.name]}".split()}
    if path.lower() in allowed:
        return allowed[path.lower()]
    if path.lower() in {name.lower() for name in kind.shape.fields}:
        raise invalid_query(f"property '{path}' is not queryable")
    raise invalid_query(f"Property {path} not found for Entity {kind.name}")


def _checked(kind: Kind, condition: Condition) -> Condition:
    path = _known(kind, condition.path)
    if path == "Id":
        if condition.operator not in {"=", "in"}:
            raise invalid_query(f"Operator {condition.operator} is not supported for property Id")
        wrong = next((one for one in condition.values if not str(one).isdecimal()), None)
        if wrong is not None:
            raise bad_id(str(wrong))
    known = kind.shape.fields.get(path)
    if known is not None and known.what == "number":
        for value in condition.values:
            _number(str(value))
    return Condition(path, condition.operator, condition.values)


def _value(row: Json, path: str) -> object:
    """What the row says at a path; a reference says its value."""
    found: object = row
    for part in path.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    if isinstance(found, dict):
        found = found.get(INNER.get(path, "value"))
    return found


def _holds(row: Json, condition: Condition) -> bool:
    value = _value(row, condition.path)
    if condition.operator == "in":
        return any(_equal(value, one) for one in condition.values)
    wanted = condition.values[0]
    if condition.operator == "=":
        return _equal(value, wanted)
    if condition.operator == "like":
        return value is not None and _like(str(value), str(wanted))
    return _beyond(value, condition.operator, wanted)


def _equal(value: object, wanted: Constant) -> bool:
    if value is None:
        return isinstance(wanted, str) and not wanted.strip()
    if isinstance(value, bool) or isinstance(wanted, bool):
        return str(value).lower() == str(wanted).lower()
    if isinstance(value, Decimal | int):
        return _number(wanted) == value
    return _folded(str(value), wanted) == _folded(wanted, str(value))


def _folded(text: str, other: str) -> object:
    """A text to compare by: a moment where both are one, else ignoring case."""
    moment, beside = moment_of(text), moment_of(other)
    both = moment is not None and beside is not None and "T" in text + other
    return moment if both else text.casefold()


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as wrong:
        raise invalid_query(f"value {text} is not a number") from wrong


def _like(value: str, pattern: str) -> bool:
    parts = [re.escape(part) for part in pattern.casefold().split("%")]
    return re.fullmatch(".*".join(parts), value.casefold(), re.DOTALL) is not None


def _beyond(value: object, operator: str, wanted: Constant) -> bool:
    if value is None or isinstance(value, bool) or isinstance(wanted, bool):
        return False
    ours: object
    theirs: object
    if isinstance(value, Decimal | int):
        ours, theirs = Decimal(value), _number(wanted)
        return _compare(operator, (ours > theirs) - (ours < theirs))
    left, right = _folded(str(value), wanted), _folded(wanted, str(value))
    if isinstance(left, datetime) and isinstance(right, datetime):
        return _compare(operator, (left > right) - (left < right))
    one, two = str(left), str(right)
    return _compare(operator, (one > two) - (one < two))


def _compare(operator: str, sign: int) -> bool:
    return {"<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0}[operator]


def _ordered(kind: Kind, statement: Statement, rows: list[Json]) -> list[Json]:
    """Rows as asked; unasked, lists come by id and transactions latest change first (seen)."""
    rows = sorted(rows, key=lambda row: int(row["Id"]))
    if not statement.order and not kind.listed:
        rows.reverse()
        return sorted(
            rows, key=lambda row: moment_of(row["MetaData"]["LastUpdatedTime"]) or EPOCH, reverse=True
        )
    for path, falling in reversed(statement.order):
        name = _known(kind, path)
        rows = sorted(rows, key=partial(_rank_at, name), reverse=falling)
    return rows


def _rank_at(path: str, row: Json) -> tuple[int, Decimal, str]:
    return _rank(_value(row, path))


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _rank(value: object) -> tuple[int, Decimal, str]:
    if value is None:
        return 0, Decimal(0), ""
    if isinstance(value, Decimal | int) or str(value).isdecimal():
        return 1, Decimal(str(int(value) if isinstance(value, bool) else value)), ""
    return 2, Decimal(0), str(value).casefold()


def _chosen(statement: Statement, shown: Json) -> Json:
    """The row with only the fields asked for, and its Id."""
    if not statement.fields:
        return shown
    wanted: Json = {"domain": "QBO", "sparse": True, "Id": shown["Id"]}
    for path in statement.fields:
        parts = path.split(".")
        _copy(shown, wanted, parts)
    return wanted


def _copy(shown: Json, wanted: Json, parts: list[str]) -> None:
    """Put what stands at a path into the row wanted, under the same path."""
    top = next((key for key in shown if key.lower() == parts[0].lower()), None)
    if top is None:
        return
    if len(parts) == 1 or not isinstance(shown[top], dict):
        wanted[top] = shown[top]
    else:
        _copy(shown[top], wanted.setdefault(top, {}), parts[1:])
