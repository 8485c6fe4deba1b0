"""python-quickbooks over our transport: its addresses and operations, without its sessions and errors."""

from collections.abc import Callable, Mapping
from typing import Any, Self

from quickbooks import QuickBooks

from qb.gateway.transport import Answer, Request

MINOR_VERSION = 75  # Intuit: lower ones are read as 75 since August 2025

Send = Callable[[Request], Answer]


class LibraryClient(QuickBooks):  # type: ignore[misc] # python-quickbooks has no types
    """One call's client: made for it and thrown away, so that no two threads share its state."""

    def __new__(cls, *, api: str, realm_id: str, send: Send) -> Self:  # noqa: ARG004 - for __init__
        """The library sets itself up here."""
        made = super().__new__(cls, company_id=realm_id, minorversion=MINOR_VERSION, use_decimal=True)
        if not isinstance(made, cls):
            raise TypeError("python-quickbooks is in its global mode, which shares one client")
        return made

    def __init__(self, *, api: str, realm_id: str, send: Send) -> None:  # noqa: ARG002 - for __new__
        self.api_url_v3 = f"{api}/v3"
        self.answer: Answer
        self._send = send

    def process_request(  # the library's seam
        self,
        request_type: str,
        url: str,
        headers: Mapping[str, str],
        params: Mapping[str, Any],
        data: bytes | str | Mapping[str, Any],
    ) -> Answer:
        """The answer to this request, always a clean 200: everything else is raised below, by ``send``."""
        body = data.encode() if isinstance(data, str) else data if isinstance(data, bytes) else None
        self.answer = self._send(Request(request_type, url, headers, params, body))
        return self.answer

    def preferences(self) -> Any:  # noqa: ANN401 - the JSON border
        """The company's preferences, for which the library has no call."""
        return self.get(f"{self.api_url}/company/{self.company_id}/preferences")
