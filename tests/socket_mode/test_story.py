"""The whole main job by Socket Mode: the same answers, the same books, no address for Slack to call."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import requests

from tests.conversations.books import OSEI, booked
from tests.conversations.command_line import caseledger
from tests.conversations.persons import messages_that_say, reads, sees
from tests.conversations.story import BOOKED, make_ready, preview_osei
from tests.socket_mode.line import APP_TOKEN
from tests.stage import free_port

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conversations.standing import Standing
    from tests.socket_mode.conftest import Staged


def test_an_export_goes_in_and_entries_come_out(alone: Staged) -> None:
    """Commands, clicks, submissions and options come down the line; what people see is what HTTP gives.

    Even where the line is cut at the moment of booking: Slack sends the click again, and it books once.
    """
    maria = alone.far.cast.maria
    with alone.far.program() as running:
        make_ready(alone.far.cast)
        shown = preview_osei(maria)
        assert "$2,330.00" in shown.words
        alone.slack.cuts_after_sending = 1
        maria.click("Book 3 Invoices")
        result = reads(maria, BOOKED)
        assert "Read back: total $2,330.00, tax $195.00, balance $0.00, deposited to Chequing" in result.words
        maria.command("/qb")
        sees(maria, "How things stand")
        posted = requests.post(f"{running.url}/slack/events", data=b"x", timeout=5)
        told = requests.get(f"{running.url}/metrics", timeout=5).text
    assert list(OSEI) == booked(alone.far.sandbox)
    assert 1 == len(messages_that_say(maria, BOOKED))
    assert {"slash_commands", "interactive"} == {each.words["type"] for each in alone.slack.sent}
    assert posted.status_code == 401
    assert 'caseledger_acknowledgement_seconds_count{way="socket"}' in told


def second_of(far: Standing, folder: Path) -> Standing:
    """A second program beside the first: another port, the same records, the same Slack."""
    return replace(far, variables=far.variables | {"PORT": str(free_port())}, folder=folder)


def test_two_processes_hold_a_line_each(shared: Staged) -> None:
    """Slack spreads its requests over them; both serve everybody, and nothing is done twice."""
    maria = shared.far.cast.maria
    folder = shared.far.folder / "second"
    folder.mkdir()
    second = second_of(shared.far, folder)
    with shared.far.program(), second.program():
        assert 2 == len(shared.slack.wait_for_lines(2))
        make_ready(shared.far.cast)
        preview_osei(maria)
        maria.click("Book 3 Invoices")
        reads(maria, BOOKED)
    assert list(OSEI) == booked(shared.far.sandbox)
    assert 1 == len(messages_that_say(maria, BOOKED))
    assert 2 == len({each.line for each in shared.slack.sent})


def test_a_refused_app_token_stops_the_start(alone: Staged) -> None:
    """One sentence with Slack's word and what to do; not the token."""
    alone.slack.refuses = "not_allowed_token_type"
    said = caseledger(alone.far.folder, alone.far.variables, "run")
    assert 2 == said.code
    assert "Slack refuses SLACK_APP_TOKEN (not_allowed_token_type). Switch Socket Mode on" in said.refusal
    assert "Traceback" not in said.refusal
    assert APP_TOKEN not in said.refusal
