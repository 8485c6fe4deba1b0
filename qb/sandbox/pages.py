"""Pages for people, so that a link to the books leads somewhere: one document or customer each."""

from flask import Flask, Response, abort, render_template, request

from qb.sandbox.gate import Company
from qb.sandbox.inspection import Inspector
from qb.sandbox.wire import Json

PAGES = {"invoice": "Invoice", "recvpayment": "Payment", "salesreceipt": "SalesReceipt"}
LABELS = {"Invoice": "Invoice", "Payment": "Payment", "SalesReceipt": "Sales receipt"}
ADDRESSES = {kind: word for word, kind in PAGES.items()}
NEWEST = 40
DEBIT_SIDE = ("Asset", "Expense")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"


def add_pages(app: Flask, company: Company) -> None:
    """The `/app/...` addresses that deep links name."""
    inspector = Inspector(company)

    @app.get("/app/<any(invoice, recvpayment, salesreceipt):word>")
    def transaction(word: str) -> Response:
        kind = PAGES[word]
        document = inspector.entity(kind, request.args.get("txnId", "")) or abort(404)
        return _page(
            company, "document.html", kind=LABELS[kind], one=document, **_beside(inspector, document)
        )

    @app.get("/app/customerdetail")
    def customer() -> Response:
        document = inspector.entity("Customer", request.args.get("nameId", "")) or abort(404)
        mine = [one for one in _newest(inspector) if one["customer"] == document["Id"]]
        return _page(
            company, "customer.html", one=document, transactions=mine, others=_alike(inspector, document)
        )

    @app.get("/app/homepage")
    @app.get("/")
    def home() -> Response:
        newest = _newest(inspector)[:NEWEST]
        shown = {"accounts": _accounts(inspector), "customers": _customers(inspector)}
        return _page(company, "home.html", transactions=newest, **shown)

    @app.errorhandler(404)
    def nothing(_error: Exception) -> Response:
        page = _page(company, "nothing.html")
        page.status_code = 404
        return page


def _page(company: Company, template: str, **shown: object) -> Response:
    info = company.books.all("CompanyInfo")[0]
    page = render_template(
        template, company=info["CompanyName"], realm=company.realm, addresses=ADDRESSES, **shown
    )
    response = Response(page)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


def _alike(inspector: Inspector, customer: Json) -> list[Json]:
    """Whom a customer can be merged into: active, and of the same currency; by name."""
    found = [
        one
        for one in inspector.entities("Customer")
        if one["Active"] and one["Id"] != customer["Id"] and one["CurrencyRef"] == customer["CurrencyRef"]
    ]
    return sorted(found, key=lambda one: str(one["DisplayName"]))


def _customers(inspector: Inspector) -> list[Json]:
    """Every customer by name, the active ones first."""
    return sorted(inspector.entities("Customer"), key=lambda one: (not one["Active"], one["DisplayName"]))


def _accounts(inspector: Inspector) -> list[Json]:
    """Active accounts with a balance, and every bank; as people read them, a debt or income is no minus."""
    found = []
    for one in inspector.entities("Account"):
        balance = inspector.account_balance(one["Id"])
        sign = 1 if one["Classification"] in DEBIT_SIDE else -1
        if one["Active"] and (balance or one["AccountType"] == "Bank"):
            found.append({**one, "balance": sign * balance})
    return found


def _beside(inspector: Inspector, document: Json) -> Json:
    """The names behind the document's references that the API leaves bare."""
    account = (document.get("DepositToAccountRef") or {}).get("value", "")
    method = (document.get("PaymentMethodRef") or {}).get("value", "")
    return {
        "account": inspector.account_name(account),
        "method": _names(inspector, "PaymentMethod").get(method, ""),
        "codes": _names(inspector, "TaxCode"),
        "rates": _names(inspector, "TaxRate"),
        "numbers": {one["id"]: one["number"] for one in _newest(inspector)},
    }


def _names(inspector: Inspector, kind: str) -> dict[str, str]:
    return {one["Id"]: one["Name"] for one in inspector.entities(kind)}


def _newest(inspector: Inspector) -> list[Json]:
    """Invoices, payments and receipts, the latest first."""
    found = [
        {
            "address": word,
            "label": LABELS[kind],
            "id": one["Id"],
            "number": one.get("DocNumber") or one.get("PaymentRefNum") or one["Id"],
            "date": one["TxnDate"],
            "customer": (one.get("CustomerRef") or {}).get("value"),
            "name": (one.get("CustomerRef") or {}).get("name", ""),
            "total": one["TotalAmt"],
            "balance": one.get("Balance", one.get("UnappliedAmt", 0)),
            "currency": one["CurrencyRef"]["value"],
        }
        for word, kind in PAGES.items()
        for one in inspector.entities(kind)
    ]
    return sorted(found, key=lambda one: int(one["id"]), reverse=True)
