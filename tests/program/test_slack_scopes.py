"""`caseledger check` notices what the Slack app wasn't granted, and says what is lost by it."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import yaml
from slack_sdk import WebClient

from bot.check import Finding, asked_slack
from bot.slack_scopes import NEEDED, lost_without

ALL = "commands,chat:write,im:write,users:read,files:read,im:history,files:write"


def asked(granted: str) -> Finding:
    """What is found where Slack answers with these scopes."""

    class Slack(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            if granted:
                self.send_header("X-OAuth-Scopes", granted)
            self.end_headers()
            self.wfile.write(b'{"ok": true, "user": "caseledger", "team": "Northgate"}')

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Slack) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        found = asked_slack(lambda: WebClient("xoxb-a", f"http://127.0.0.1:{server.server_port}/"))
        server.shutdown()
    return found


@pytest.mark.parametrize("granted", [ALL, ""])
def test_a_whole_app_is_well(granted: str) -> None:
    """As is one of which Slack doesn't say what it was granted."""
    assert Finding("Slack", "We are caseledger in Northgate.") == asked(granted)


def test_an_app_that_does_not_see_dropped_files_is_noticed() -> None:
    """With the remedy, which brings the event too."""
    found = asked(ALL.replace(",im:history", ""))
    assert (
        "The app lacks scopes. im:history: exports dropped in the direct message with CaseLedger "
        "aren't noticed."
    ) == found.sentence
    assert "manifest.yml" in found.remedy
    assert "message.im" in found.remedy


def test_each_scope_that_is_lacking_is_named() -> None:
    """In the manifest's order."""
    assert ("files:read: no export can be read",) == lost_without(ALL.replace("files:read,", ""))


def test_what_is_needed_is_what_the_manifest_asks_for() -> None:
    """Neither more nor less."""
    manifest = yaml.safe_load((Path(__file__).parents[2] / "manifest.yml").read_text(encoding="utf-8"))
    assert manifest["oauth_config"]["scopes"]["bot"] == list(NEEDED)
