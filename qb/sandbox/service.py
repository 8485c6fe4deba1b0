"""From a call to what QuickBooks answers: reads, writes, queries, changes since, exchange rates."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from qb.sandbox.books import Books
from qb.sandbox.calls import Call
from qb.sandbox.changes import delete, read, save, void
from qb.sandbox.kinds import KINDS, RESOURCES, Kind
from qb.sandbox.language import statement_of
from qb.sandbox.lint import habits
from qb.sandbox.refusals import bad_property, business, invalid_query, missing, unsupported
from qb.sandbox.selection import run
from qb.sandbox.shapes import is_date
from qb.sandbox.wire import Json, NotJsonError, moment_of, parse, second, stamp

CDC_DAYS = 30
CDC_OBJECTS = 1000
QUERY_CONTENT = ("application/text", "text/plain")
RATES: Mapping[str, Decimal] = {
    "USD": Decimal("1.400374"),
    "EUR": Decimal("1.512900"),
    "GBP": Decimal("1.790200"),
}


def body_of(call: Call) -> Json:
    """The JSON object sent. Raises 500 for another content type, 2010 for no JSON."""
    if call.content != "application/json":
        raise unsupported(f"content type {call.content or 'none'}")
    try:
        return parse(call.body)
    except NotJsonError as wrong:
        raise bad_property(str(wrong)) from wrong


def answer(books: Books, call: Call, warnings: list[str]) -> Json:
    """The reply's content, without its time. Raises RefusedError."""
    if call.resource == "query":
        return {"QueryResponse": query(books, query_text(call))}
    if call.method == "GET":
        return _get(books, call)
    kind = RESOURCES.get(call.resource)
    if call.method != "POST" or kind is None or "/" in call.path:
        raise _nowhere(call)
    return {kind.name: write(books, kind, call.args, body_of(call), warnings)}


def query_text(call: Call) -> str:
    """The query of a GET's parameter or a POST's body. Raises 500 for another content type."""
    if call.method == "GET":
        return call.args.get("query", "")
    if call.content not in QUERY_CONTENT:
        raise unsupported(f"content type {call.content or 'none'}")
    return call.body.decode("utf-8", "replace")


def query(books: Books, text: str) -> Json:
    """The QueryResponse of a query text. Raises 4000, 4001, 2030."""
    return run(books, statement_of(text))


def write(books: Books, kind: Kind, args: Mapping[str, str], body: Json, warnings: list[str]) -> Json:
    """Create, update, delete or void, as the address says. Raises RefusedError."""
    options = frozenset(args.get("include", "").replace(",", " ").split())
    operation = args.get("operation", "")
    if operation == "delete":
        return delete(books, kind, body)
    if operation == "void" or "void" in options:
        return void(books, kind, body, "void" if operation == "void" else "include-void")
    if operation not in {"", "update", "create"}:
        raise unsupported(operation)
    document, notes = save(books, kind, body, options)
    warnings += [*notes, *habits(books, kind.name, body)]
    return document


def _get(books: Books, call: Call) -> Json:
    if call.resource == "cdc":
        return changes_since(books, call.args)
    if call.resource == "exchangerate":
        return {"ExchangeRate": exchange_rate(books, call.args)}
    kind = RESOURCES.get(call.resource)
    _word, _, identity = call.path.partition("/")
    if call.resource == "preferences" and not identity:
        return {"Preferences": KINDS["Preferences"].shown(books, books.preferences())}
    if kind is None or not identity or "/" in identity:
        raise _nowhere(call)
    if kind.name == "CompanyInfo":
        return {"CompanyInfo": kind.shown(books, books.all("CompanyInfo")[0])}
    return {kind.name: kind.shown(books, read(books, kind, identity))}


def _nowhere(call: Call) -> Exception:
    where = f"/v3/company/{call.realm}/{call.path}"
    return unsupported(f"Could not find resource for relative : {where} of full path: {where}")


def changes_since(books: Books, args: Mapping[str, str]) -> Json:
    """Documents changed since a moment, and stubs of deleted ones (Intuit: Change data capture)."""
    since = moment_of(args.get("changedSince", ""))
    names = [one.strip() for one in args.get("entities", "").split(",") if one.strip()]
    if since is None or not names:
        raise missing("changedSince" if since is None else "entities")
    if books.clock() - since > timedelta(days=CDC_DAYS):
        raise business(f"changedSince must be within the last {CDC_DAYS} days.")
    return {"CDCResponse": [{"QueryResponse": [_changed(books, name, second(since)) for name in names]}]}


def _changed(books: Books, name: str, since: str) -> Json:
    kind = RESOURCES.get(name.lower())
    if kind is None:
        raise invalid_query(f"invalid context declaration: {name}")
    start = moment_of(since)
    living = [
        kind.shown(books, one)
        for one in books.all(kind.name)
        if start and (moment_of(one["MetaData"]["LastUpdatedTime"]) or start) >= start
    ]
    gone = [
        {"domain": "QBO", "status": "Deleted", "Id": key[1], "MetaData": {"LastUpdatedTime": second(at)}}
        for key, at in books.removed.items()
        if key[0] == kind.name and start and at >= start
    ]
    found = [*living, *gone][:CDC_OBJECTS]
    count = len(found)
    return {kind.name: found, "startPosition": 1, "maxResults": count, "totalCount": count} if found else {}


def exchange_rate(books: Books, args: Mapping[str, str]) -> Json:
    """The rate of a currency on a day; empty where none is known. Raises 6000 for the home currency."""
    source = args.get("sourcecurrencycode", "").upper()
    if not source:
        raise missing("sourcecurrencycode")
    if source == books.home:
        raise business("The source currency can't be the home currency.")
    day = args.get("asofdate") or books.today().isoformat()
    if not is_date(day):
        raise bad_property(f"Failed to parse the date of asofdate: {day}")
    rate = RATES.get(source)
    if rate is None:
        return {}
    return {
        "domain": "QBO",
        "sparse": False,
        "SourceCurrencyCode": source,
        "TargetCurrencyCode": books.home,
        "Rate": rate,
        "AsOfDate": day,
        "MetaData": {"LastUpdatedTime": stamp(books.clock())},
    }
