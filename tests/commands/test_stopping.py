"""A large sync: it is stopped and resumed, sums up, and leaves a file of all in its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.demo.playground.hands import wait_for
from commands.ids import Act
from tests.books.exports import Paid, three_files
from tests.commands.forging import as_person, clicking, last_payload, post
from tests.commands.house import (
    PATIENCE,
    House,
    choose_contact,
    open_sync,
    seen_message,
    seen_modal,
)
from tests.commands.putting_up import MANIFEST, standing_house

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.demo.playground.seen import SeenMessage

CLIENT = "Amélie Tremblay"
MANY = 30


@pytest.fixture
def fileless_house(sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    """A workspace that left out the optional permission to post files."""
    whole = MANIFEST.read_text(encoding="utf-8")
    manifest = tmp_path / "manifest.yml"
    manifest.write_text(whole.replace("files:write", "users:read.email"), encoding="utf-8")
    with standing_house(sqlite_url, tmp_path, manifest=manifest) as standing:
        yield standing


@pytest.fixture
def slow_house(sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    """QuickBooks takes its time, so that a sync can be stopped in the middle."""
    with standing_house(sqlite_url, tmp_path, latency=0.2) as standing:
        yield standing


def _import_many(house: House, folder: Path) -> None:
    invoices = [
        Paid(f"INV-{2000 + n}", ((f"T-{n}", "113.00", "e-Transfer"),), fee="100.00") for n in range(MANY)
    ]
    files = three_files(invoices, CLIENT, "amelie.tremblay@example.ca")
    paths = []
    for each in files:
        (folder / each.name).write_bytes(each.content)
        paths.append(folder / each.name)
    house.maria.command("/qb-import")
    seen_modal(house.maria, "The same file twice changes nothing.")
    house.maria.attach(paths)
    house.maria.submit()
    seen_message(house.maria, "Invoices.csv")
    house.maria.close()


def _under_way(house: House, folder: Path) -> SeenMessage:
    """Thirty invoices of one client, being booked."""
    house.connect()
    _import_many(house, folder)
    house.map_everything()
    open_sync(house, "Tremblay", "We don't know yet who")
    choose_contact(house)
    house.maria.submit()
    preview = seen_message(house.maria, f"for {CLIENT}?")
    house.maria.click(f"Book {MANY} Invoices", preview)
    return preview


def _booked(house: House) -> int:
    return sum("[rec:" in str(one) for one in house.sandbox.books.entities("Invoice"))


def _pressed_by_another(house: House, words: str) -> None:
    """Neither who asked for it, nor an approver or admin: told so, and nothing goes on."""
    pressed = last_payload(house, "block_actions")
    assert "Resume" in words
    forged = as_person(clicking(pressed, Act.RESUME, pressed["actions"][0]["value"]), "U0CAROL")
    assert 200 == post(house, forged).status_code
    house.idle()


def _ben_may_resume(house: House, stopped: int) -> None:
    """An approver finds on Home what was stopped, with Resume; `/qb` doesn't call it finished."""
    house.ben.open_home()

    def seen() -> str:
        home = house.ben.home()
        return home.words if home is not None and f"Resume {stopped} Invoices" in home.words else ""

    assert f"{stopped} of {MANY} invoices are not booked." in wait_for(seen, PATIENCE)
    house.ben.command("/qb")
    shown = seen_modal(house.ben, f"stopped, {stopped} not booked")
    assert "finished" not in shown.words
    house.ben.close()


def test_a_large_sync_is_stopped_and_resumed(slow_house: House, tmp_path: Path) -> None:
    """What is begun is finished, the rest waits for who may resume it; then all is in, in one message."""
    _under_way(slow_house, tmp_path)
    message = seen_message(slow_house.maria, "Stop Sync")
    slow_house.maria.click("Stop Sync", message)
    stopped = seen_message(slow_house.maria, "Stopped by")
    assert message.ts == stopped.ts
    there = _booked(slow_house)
    assert 0 < there < MANY
    assert f"{there} booked, {MANY - there} not" in stopped.words
    _pressed_by_another(slow_house, stopped.words)
    assert there == _booked(slow_house)
    _ben_may_resume(slow_house, MANY - there)
    slow_house.maria.click(f"Resume {MANY - there} Invoices", stopped)
    done = seen_message(slow_house.maria, f"{MANY} invoices booked in QuickBooks for {CLIENT}")
    assert (message.ts, MANY) == (done.ts, _booked(slow_house))
    slow_house.idle()
    thread = [one for one in slow_house.maria.messages() if one.files]
    assert {".csv"} == {one.files[-1]["name"][-4:] for one in thread}


def test_without_the_permission_the_same_comes_as_messages(fileless_house: House, tmp_path: Path) -> None:
    """It is said why, and every invoice is told."""
    _under_way(fileless_house, tmp_path)
    seen_message(fileless_house.maria, f"{MANY} invoices booked in QuickBooks for {CLIENT}")
    seen_message(fileless_house.maria, "Slack doesn't let CaseLedger post files here")
    fileless_house.idle()
    thread = "\n".join(one.words for one in fileless_house.maria.messages())
    assert MANY == thread.count("Read back: total $113.00")
