"""What keeps the page to its own browser and its own scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import requests

from bot.demo.playground import Playground
from tests.playground.stand import SECRET, TOKEN, manifest

if TYPE_CHECKING:
    from tests.playground.stand import Stand


def test_the_page_runs_no_script_but_its_own(stand: Stand) -> None:
    """A content security policy without exceptions, and nothing from elsewhere in the page."""
    answer = requests.get(stand.playground.url, timeout=5)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "//" not in answer.text
    assert "nosniff" == answer.headers["X-Content-Type-Options"]


def test_another_sites_page_can_do_nothing(stand: Stand) -> None:
    """A form posted from elsewhere lacks the header that only our page can send."""
    url = f"{stand.playground.url}/ui/command"
    answer = requests.post(url, json={"as": "U0MARIA", "command": "/qb"}, timeout=5)
    assert 403 == answer.status_code
    assert [] == stand.hands.deliveries()


def test_a_foreign_name_for_this_machine_is_refused(stand: Stand) -> None:
    """A site that points its own name at loopback reads nothing."""
    url = f"{stand.playground.url}/ui/state?as=U0MARIA"
    assert 403 == requests.get(url, headers={"Host": "evil.example"}, timeout=5).status_code
    assert 200 == requests.get(url, timeout=5).status_code


def test_the_pages_folder_gives_only_its_files(stand: Stand) -> None:
    """No way up from /page."""
    base = stand.playground.url
    assert 200 == requests.get(f"{base}/page/js/main.js", timeout=5).status_code
    assert 404 == requests.get(f"{base}/page/..%2Fserver.py", timeout=5).status_code


def test_a_taken_port_is_said(stand: Stand) -> None:
    """Two playgrounds can't share a port; OSError says so."""
    port = int(stand.playground.url.rpartition(":")[2])
    second = Playground(
        app_url="http://127.0.0.1:9", signing_secret=SECRET, bot_token=TOKEN, manifest=manifest()
    )
    with pytest.raises(OSError, match="in use"):
        second.start(port)
    second.stop()


def test_a_stopped_playground_frees_its_port() -> None:
    """It can be started again at once, at the same address."""
    first = Playground(
        app_url="http://127.0.0.1:9", signing_secret=SECRET, bot_token=TOKEN, manifest=manifest()
    )
    first.start()
    url = first.url
    first.stop()
    first.start(int(url.rpartition(":")[2]))
    assert (url, 200) == (first.url, requests.get(first.url, timeout=5).status_code)
    first.stop()
