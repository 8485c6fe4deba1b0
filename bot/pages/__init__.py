"""The few pages people see in their browser on the way to QuickBooks and back."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING

from flask import Response
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence


class Pages:
    """Renders pages whose only style is their own, allowed by its hash."""

    def __init__(self) -> None:
        folder = files(__name__)
        style = folder.joinpath("page.css").read_text(encoding="utf-8")
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        self._style = Markup(style)  # noqa: S704 - our own file, and the hash is taken over its very bytes
        self._policy = (
            f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
            "form-action 'none'; frame-ancestors 'none'"
        )
        environment = Environment(autoescape=True, undefined=StrictUndefined)
        self._page = environment.from_string(folder.joinpath("page.html").read_text(encoding="utf-8"))

    def show(self, title: str, sentences: Sequence[str], *, status: int = 200) -> Response:
        """A page of one title and a few sentences; every text is escaped."""
        html = self._page.render(title=title, sentences=sentences, style=self._style)
        response = Response(html, status=status, mimetype="text/html")
        response.headers["Content-Security-Policy"] = self._policy
        return response
