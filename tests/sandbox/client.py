"""A plain client of the sandbox, whose every reply must pass Intuit's schemas."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import requests
import simplejson

from qb.sandbox import Sandbox
from tests.sandbox.schema import departures

Json = dict[str, Any]
JSON = "application/json"


class Moment:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Now."""
        return self.now

    def pass_by(self, **length: float) -> None:
        """Let time pass."""
        self.now += timedelta(**length)


class Refusal(Exception):  # noqa: N818  # what QuickBooks answered, not an error of ours
    """A reply that says no."""

    def __init__(self, reply: requests.Response) -> None:
        super().__init__(f"{reply.status_code} {reply.text}")
        self.reply = reply
        fault = simplejson.loads(reply.text)["Fault"]
        self.kind = fault["type"]
        self.codes = [error["code"] for error in fault["Error"]]
        self.code, self.detail = self.codes[0], fault["Error"][0]["Detail"]
        self.element = fault["Error"][0].get("element")


class Client:
    """What a client library would do, without one."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.token = sandbox.grant().access_token
        self.base = f"{sandbox.url}/v3/company/{sandbox.realm_id}"

    def renew(self) -> None:
        """A new access token, as an hour has gone by."""
        self.token = self.sandbox.grant().access_token

    def send(self, method: str, path: str, **options: Any) -> requests.Response:  # noqa: ANN401  # requests' own
        """One call, as it comes back."""
        headers = {"Authorization": f"Bearer {self.token}", "Accept": JSON, **options.pop("headers", {})}
        params = {"minorversion": "75", **options.pop("params", {})}
        body = options.pop("body", None)
        if body is not None:
            options["data"] = simplejson.dumps(body, use_decimal=True).encode()
            headers.setdefault("Content-Type", JSON)
        return requests.request(
            method, f"{self.base}/{path}", headers=headers, params=params, timeout=10, **options
        )

    def good(self, reply: requests.Response) -> Json:
        """The body of a reply that says yes; it passes Intuit's schemas."""
        if reply.status_code != 200:
            raise Refusal(reply)
        body: Json = simplejson.loads(reply.text, use_decimal=True)
        if "Fault" in body:
            raise Refusal(reply)
        wrong = departures(body)
        assert [] == wrong, wrong
        return body

    def write(self, kind: str, body: Json, **params: str) -> Json:
        """Create, update, delete or void; returns the entity."""
        reply = self.good(self.send("POST", kind.lower(), body=body, params=params))
        entity: Json = reply[kind]
        return entity

    def read(self, kind: str, identity: str) -> Json:
        """One entity."""
        entity: Json = self.good(self.send("GET", f"{kind.lower()}/{identity}"))[kind]
        return entity

    def query(self, text: str) -> Json:
        """A QueryResponse."""
        found: Json = self.good(self.send("GET", "query", params={"query": text}))["QueryResponse"]
        return found

    def batch(self, *items: Json, **params: str) -> dict[str, Json]:
        """The answers of a batch by their ids."""
        body = {"BatchItemRequest": list(items)}
        answers = self.good(self.send("POST", "batch", body=body, params=params))["BatchItemResponse"]
        return {answer["bId"]: answer for answer in answers}

    def id_of(self, kind: str, name: str) -> str:
        """The id of a thing of the seed."""
        return self.sandbox.books.id_of(kind, name)

    def ref(self, kind: str, name: str) -> Json:
        """A reference to a thing of the seed."""
        return {"value": self.id_of(kind, name)}

    def line(
        self,
        amount: str,
        code: str = "HST ON",
        item: str = "Professional Fees",
        **detail: Any,  # noqa: ANN401  # a body's border
    ) -> Json:
        """A sales line."""
        sold = {"ItemRef": self.ref("Item", item), "TaxCodeRef": self.ref("TaxCode", code), **detail}
        return {"Amount": Decimal(amount), "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": sold}

    def invoice(self, *lines: Json, customer: str = "Chen Wei", **fields: Any) -> Json:  # noqa: ANN401
        """Book an invoice of these lines."""
        body = {"CustomerRef": self.ref("Customer", customer), "Line": list(lines), **fields}
        return self.write("Invoice", body)

    def payment(
        self,
        total: str,
        *invoices: tuple[Json, str],
        customer: str = "Chen Wei",
        **fields: Any,  # noqa: ANN401  # a body's border
    ) -> Json:
        """Book a payment that settles parts of invoices."""
        body = {
            "CustomerRef": self.ref("Customer", customer),
            "TotalAmt": Decimal(total),
            "Line": [paid("Invoice", invoice, amount) for invoice, amount in invoices],
            **fields,
        }
        return self.write("Payment", body)


def paid(kind: str, document: Json, amount: str) -> Json:
    """A payment's line."""
    return {"Amount": Decimal(amount), "LinkedTxn": [{"TxnId": document["Id"], "TxnType": kind}]}
