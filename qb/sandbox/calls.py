"""One HTTP call, free of any web framework, and the line the log keeps of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Call:
    """A request to the API; `path` is what follows the company's id, header names are lower case."""

    method: str
    realm: str
    path: str
    args: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def resource(self) -> str:
        """The first word of the path: invoice, query, batch."""
        return self.path.split("/", 1)[0].lower()

    @property
    def text(self) -> str:
        """What the call says: its query and its body."""
        return self.args.get("query", "") + self.body.decode("utf-8", "replace")

    @property
    def token(self) -> str:
        """The bearer token."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""

    @property
    def content(self) -> str:
        """The media type of the body, without parameters."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    @property
    def wants_json(self) -> bool:
        """Whether the client asked for JSON; QuickBooks otherwise answers in XML."""
        return "json" in self.headers.get("accept", "")


@dataclass(frozen=True, slots=True)
class RequestSeen:
    """One call as it came and went; `status` 0 means the connection was cut."""

    method: str
    path: str
    entity: str
    requestid: str
    status: int
    at: datetime
    query: str = ""
    body: bytes = b""
    tid: str = ""
