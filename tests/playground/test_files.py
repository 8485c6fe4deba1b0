"""Files: a modal's file input, the samples on the shelf, and files the app sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import requests

from bot.demo.playground.hands import NotSeenError, wait_for
from tests.playground.kit import field, modal
from tests.playground.opening import opened
from tests.playground.stand import TOKEN, Stand, hearing, standing
from tests.playground.test_web_api import refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Json = dict[str, Any]
FILES = field({"type": "file_input", "max_files": 2}, label="Exports")
CONTENT = b"Case,Client\r\n00002,Ren\xc3\xa9\r\n"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A small CSV export."""
    path = tmp_path / "Client Listing.csv"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Stand]:
    """A stand with two samples on its shelf."""
    samples = tmp_path / "samples"
    samples.mkdir()
    (samples / "Invoices.csv").write_bytes(CONTENT)
    (samples / "Payments.csv").write_bytes(CONTENT)
    (tmp_path / "secret.txt").write_text("not a sample")
    with standing(samples=samples) as both:
        yield both


def taken(stand: Stand) -> list[Json]:
    """The files of each submission the app gets."""
    found: list[Json] = []

    @stand.app.view("form")
    def submitted(ack: Callable[..., Any], view: Json) -> None:
        ack()
        found.extend(view["state"]["values"]["b"]["a"]["files"])

    opened(stand, modal(FILES))
    return found


def test_an_upload_arrives_as_slacks_file_object(stand: Stand, export: Path) -> None:
    """With everything needed to fetch it."""
    found = taken(stand)
    stand.maria.attach(export)
    assert stand.maria.submit().ok
    [file] = wait_for(lambda: found)
    assert ("Client Listing.csv", "text/csv", "csv", 26, "U0MARIA") == (
        file["name"],
        file["mimetype"],
        file["filetype"],
        file["size"],
        file["user"],
    )
    assert file["id"] == stand.client.files_info(file=file["id"])["file"]["id"]


def test_a_download_wants_the_apps_token(stand: Stand, export: Path) -> None:
    """With it the bytes, without it a sign-in page with status 200, as Slack does."""
    found = taken(stand)
    stand.maria.attach(export)
    stand.maria.submit()
    url = wait_for(lambda: found)[0]["url_private_download"]
    right = requests.get(url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=5)
    assert (200, CONTENT) == (right.status_code, right.content)
    wrong = requests.get(url, headers={"Authorization": "Bearer xoxb-other"}, timeout=5)
    assert (200, "text/html") == (wrong.status_code, wrong.headers["Content-Type"].partition(";")[0])
    assert CONTENT not in wrong.content


def test_a_required_file_is_asked_for(stand: Stand) -> None:
    """No file, no submission."""
    taken(stand)
    assert {"b": "Please complete this required field."} == stand.maria.submit().errors


def test_no_more_files_than_the_input_takes(stand: Stand, export: Path) -> None:
    """max_files is 2 here."""
    taken(stand)
    stand.maria.attach([export, export, export])
    assert {"b": "Please choose no more than 2."} == stand.maria.submit().errors


def test_samples_are_chosen_from_the_shelf(shelf: Stand) -> None:
    """They arrive as if uploaded."""
    found = taken(shelf)
    assert ["Invoices.csv", "Payments.csv"] == shelf.maria.screen()["samples"]
    shelf.maria.attach_samples(["Payments.csv", "Invoices.csv"])
    assert shelf.maria.submit().ok
    assert ["Payments.csv", "Invoices.csv"] == [each["name"] for each in wait_for(lambda: found)]


def test_samples_can_be_downloaded_and_nothing_else(shelf: Stand) -> None:
    """A path that leaves the shelf finds nothing."""
    base = f"{shelf.playground.url}/ui/samples"
    answer = requests.get(f"{base}/Invoices.csv", timeout=5)
    assert (CONTENT, "attachment; filename=Invoices.csv") == (
        answer.content,
        answer.headers["Content-Disposition"],
    )
    for path in ("..%2Fsecret.txt", "nothing.csv"):
        assert 404 == requests.get(f"{base}/{path}", timeout=5).status_code
    with pytest.raises(NotSeenError, match="file_not_found"):
        shelf.hands.post("sample", {"as": "U0MARIA", "name": "../secret.txt"})


def test_the_app_sends_a_file(stand: Stand) -> None:
    """files_upload_v2 in its three steps: the person sees it and can download it."""
    stand.client.files_upload_v2(
        channel="D0MARIA", filename="failures.csv", content="a,b", initial_comment="What failed"
    )
    [message] = stand.maria.messages()
    assert ("What failed", ["failures.csv"]) == (message.text, [each["name"] for each in message.files])
    link = f"{stand.playground.url}/ui/files/{message.files[0]['id']}"
    assert b"a,b" == requests.get(link, timeout=5).content


def test_a_file_that_is_not_there(stand: Stand) -> None:
    """files.info and a download of nothing."""
    assert "file_not_found" == refused(stand.client.files_info, file="F1")["error"]
    headers = {"Authorization": f"Bearer {TOKEN}"}
    gone = requests.get(f"{stand.playground.url}/files/F1/x", headers=headers, timeout=5)
    assert 404 == gone.status_code


def test_a_file_dropped_on_the_app_comes_with_the_message(stand: Stand, export: Path) -> None:
    """message.im of subtype file_share."""
    heard = hearing(stand, {"type": "message", "subtype": "file_share"})
    stand.maria.say("Here", files=[export])
    [event] = wait_for(lambda: heard)
    assert ["Client Listing.csv"] == [each["name"] for each in event["files"]]
