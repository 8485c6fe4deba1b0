"""The line to Slack: acknowledged after the work, opened anew when lost, hung up when all is answered."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from slack_bolt import BoltResponse

from bot.demo.playground.hands import wait_for
from bot.metrics import Metrics
from bot.slack import SlackAccess, SlackRefusedError, SlackUnreachableError, Workspace, create_bolt
from bot.socket_mode import ForeignLineError, Line, TooLongError, acknowledgement, is_slacks_line
from db.engine import open_database
from tests.socket_mode.line import APP_TOKEN, SlackLine, slack_line
from tests.stage import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slack_bolt import Ack

TEAM = "T0NORTH"
COMMAND = {"command": "/qb", "team_id": TEAM, "user_id": "U0MARIA", "text": "", "trigger_id": "1.1.a"}
SECONDS = 10.0
HOSTILE = '<!channel> & <https://evil|Approve> René "Ané" O\'Brien \\ 马春梅'


@dataclass(frozen=True, slots=True)
class Listener:
    """Acknowledges each command with ``words``, once it may."""

    words: str = "done"
    may: threading.Event = field(default_factory=threading.Event)
    heard: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, ack: Ack, body: dict[str, Any]) -> None:
        """Hear one command; wait; say the words."""
        self.heard.append(body)
        assert self.may.wait(SECONDS)
        ack(self.words)


@pytest.fixture
def slack() -> Iterator[SlackLine]:
    """Slack's end; nothing else of Slack is there."""
    with slack_line("http://127.0.0.1:9") as end:
        yield end


@pytest.fixture
def listener() -> Listener:
    """A listener that may go on at once."""
    ready = Listener()
    ready.may.set()
    return ready


def line_to(slack: SlackLine, listener: Listener, app_token: str = APP_TOKEN) -> Line:
    """A line of a program that knows one command."""
    access = SlackAccess("xoxb-test", f"{slack.url}/api/")
    workspace = Workspace(TEAM, "Northgate", "UBOT", "BBOT")
    bolt = create_bolt(access=access, signing_secret="", workspace=workspace)
    bolt.command("/qb")(listener)
    nowhere = open_database("sqlite:////nowhere/at/all.db")
    return Line(
        bolt,
        app_token=app_token,
        api_url=access.api_url,
        answering=nullcontext,
        metrics=Metrics(nowhere, lambda: None, lambda: 0.0, lambda: (0, 0)),  # type: ignore[arg-type, return-value]
        ping_seconds=0.1,
    )


@contextmanager
def opened(slack: SlackLine, listener: Listener) -> Iterator[None]:
    """A line that is open until the end of the block."""
    line = line_to(slack, listener).open()
    try:
        yield
    finally:
        listener.may.set()
        line.hang_up(seconds=SECONDS)


def test_an_envelope_is_acknowledged_only_after_the_listener_is_done(slack: SlackLine) -> None:
    """As over HTTP: what is acknowledged is committed."""
    slow = Listener(words=HOSTILE)
    with opened(slack, slow):
        envelope = slack.deliver("slash_commands", COMMAND)
        assert not envelope.answered.wait(0.3)
        slow.may.set()
        assert envelope.answered.wait(SECONDS)
    assert {"text": HOSTILE} == envelope.answer
    assert ["/qb"] == [body["command"] for body in slow.heard]


def test_a_cut_line_is_opened_anew(slack: SlackLine, listener: Listener) -> None:
    """Without a farewell, and as often as it happens."""
    with opened(slack, listener):
        for _ in range(3):
            slack.wait_for_lines()
            slack.wait_for_lines(newer_than=slack.cut())
            assert slack.deliver("slash_commands", COMMAND).answered.wait(SECONDS)


def test_a_lost_line_is_known_to_be_lost_until_it_stands_again(slack: SlackLine, listener: Listener) -> None:
    """What /ready and /metrics say of it; before it was ever opened there is nothing to lose."""
    line = line_to(slack, listener)
    assert not line.lost
    standing = line.open()
    try:
        slack.wait_for_lines()
        assert not line.lost
        slack.refuses = "internal_error"
        slack.cut()
        assert wait_for(lambda: line.lost, SECONDS)
        slack.refuses = ""
        assert wait_for(lambda: not line.lost, SECONDS)
    finally:
        standing.close()


def test_a_line_slack_wants_renewed_is_renewed(slack: SlackLine, listener: Listener) -> None:
    """Slack ends each line after some hours, and says so before."""
    with opened(slack, listener):
        slack.wait_for_lines()
        slack.wait_for_lines(newer_than=slack.ask_to_come_again())
        assert slack.deliver("slash_commands", COMMAND).answered.wait(SECONDS)


def test_what_a_lost_line_left_unanswered_is_heard_again(slack: SlackLine, listener: Listener) -> None:
    """Nobody is left without an answer because a line went down under it."""
    with opened(slack, listener):
        slack.wait_for_lines()
        slack.cuts_after_sending = 1
        assert slack.deliver("slash_commands", COMMAND).answered.wait(SECONDS)


def test_hanging_up_answers_what_came_in(slack: SlackLine) -> None:
    """A restart drops nobody's click."""
    slow = Listener()
    line = line_to(slack, slow).open()
    envelopes = [slack.deliver("slash_commands", COMMAND) for _ in range(5)]
    while len(slow.heard) < len(envelopes):
        threading.Event().wait(0.01)
    threading.Timer(0.2, slow.may.set).start()
    assert line.hang_up(seconds=SECONDS)
    assert all(envelope.answered.wait(SECONDS) for envelope in envelopes)
    slack.wait_for_lines(0)


def test_hanging_up_doesnt_wait_for_ever(slack: SlackLine) -> None:
    """It says whether everything was answered."""
    stuck = Listener()
    line = line_to(slack, stuck).open()
    slack.deliver("slash_commands", COMMAND)
    while not stuck.heard:
        threading.Event().wait(0.01)
    threading.Timer(0.5, stuck.may.set).start()
    assert not line.hang_up(seconds=0.1)


def test_two_lines_share_what_comes(slack: SlackLine) -> None:
    """Several processes each hold one; each request goes to one of them."""
    one, two = Listener(words="one"), Listener(words="two")
    with opened(slack, one), opened(slack, two):
        slack.wait_for_lines(2)
        one.may.set()
        two.may.set()
        sent = [slack.deliver("slash_commands", COMMAND) for _ in range(6)]
        assert all(envelope.answered.wait(SECONDS) for envelope in sent)
    assert ["one"] * 3 + ["two"] * 3 == sorted(str((envelope.answer or {})["text"]) for envelope in sent)


@pytest.mark.parametrize("count", [0, 1, 57, 100])
@pytest.mark.parametrize("name", ["a", "a" * 75, "马" * 75, "🧾" * 75, '"\\\n' * 25], ids=range(5))
def test_options_are_as_many_as_fit(count: int, name: str) -> None:
    """Slack ends a line at a frame over 20,480 bytes, and with it everybody's requests under way."""
    envelope_id = "5f0c1f6e-5a3e-4a3a-9b0a-2f6f3a1e7c11"
    options = [
        {"text": {"type": "plain_text", "text": name}, "value": str(number)} for number in range(count)
    ]
    said = acknowledgement(envelope_id, answer_of({"options": options}))
    offered = json.loads(said)["payload"]["options"]
    assert len(said.encode()) <= 20_480
    assert offered == options[: len(offered)]
    assert len(offered) == count or len(said.encode()) > 16_000


def test_a_name_is_sent_as_it_is(slack: SlackLine) -> None:
    """Up to the longest that Slack takes."""
    words = (HOSTILE + " 马春梅 ") * 220
    long = Listener(words=words)
    long.may.set()
    with opened(slack, long):
        envelope = slack.deliver("slash_commands", COMMAND)
        assert envelope.answered.wait(SECONDS)
    assert {"text": words} == envelope.answer
    assert len(json.dumps(words)) > 20_480


def test_an_answer_too_long_doesnt_end_the_line() -> None:
    """It is an error of ours; the others' requests go on."""
    with pytest.raises(TooLongError, match="40"):
        acknowledgement("e", answer_of({"response_action": "push", "view": {"blocks": ["x" * 40_000]}}))


def answer_of(payload: dict[str, Any]) -> BoltResponse:
    """Bolt's answer with this payload."""
    return BoltResponse(status=200, body=payload)


def test_another_workspaces_envelope_is_not_answered(slack: SlackLine, listener: Listener) -> None:
    """The line is our app's; the workspace must be ours as well."""
    with opened(slack, listener):
        envelope = slack.deliver("slash_commands", {**COMMAND, "team_id": "T0ELSE"})
        assert envelope.answered.wait(SECONDS)
    assert [] == listener.heard


@pytest.mark.parametrize("error", ["invalid_auth", "not_allowed_token_type", "socket_mode_disabled"])
def test_a_token_slack_refuses_is_named(slack: SlackLine, listener: Listener, error: str) -> None:
    """The operator learns Slack's own word for it."""
    slack.refuses = error
    with pytest.raises(SlackRefusedError, match=error):
        line_to(slack, listener).open()


def test_a_wrong_token_opens_nothing(slack: SlackLine, listener: Listener) -> None:
    """Slack's end knows one."""
    with pytest.raises(SlackRefusedError, match="invalid_auth"):
        line_to(slack, listener, "xapp-wrong").open()


def test_a_line_that_isnt_there_is_said(slack: SlackLine, listener: Listener) -> None:
    """A firewall that lets HTTPS through may stop WebSockets."""
    slack.leads_to = f"ws://127.0.0.1:{free_port()}/link/?ticket=t"
    with pytest.raises(SlackUnreachableError):
        line_to(slack, listener).open()


def test_a_line_that_leads_elsewhere_is_not_taken(slack: SlackLine, listener: Listener) -> None:
    """Whoever answers for Slack can't have our requests sent elsewhere; the ticket isn't repeated."""
    slack.leads_to = "wss://evil.example/link/?ticket=canary"
    with pytest.raises(ForeignLineError, match=r"evil\.example") as refused:
        line_to(slack, listener).open()
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "api_url", "is_ours"),
    [
        ("wss://wss-primary.slack.com/link/?ticket=t", "https://slack.com/api/", True),
        ("wss://slack.com/link", "https://slack.com/api/", True),
        ("ws://wss-primary.slack.com/link", "https://slack.com/api/", False),
        ("wss://slack.com.evil.example/link", "https://slack.com/api/", False),
        ("wss://evilslack.com/link", "https://slack.com/api/", False),
        ("wss://slack.com@evil.example/link", "https://slack.com/api/", False),
        ("https://slack.com/link", "https://slack.com/api/", False),
        ("ws://127.0.0.1:8/link", "https://slack.com/api/", False),
        ("", "https://slack.com/api/", False),
        ("ws://127.0.0.1:8/link", "http://127.0.0.1:9/api/", True),
        ("ws://evil.example/link", "http://127.0.0.1:9/api/", False),
    ],
)
def test_only_slacks_lines_are_taken(url: str, api_url: str, *, is_ours: bool) -> None:
    """TLS and Slack's own hosts; on this machine where the Slack we are set to is here."""
    assert is_ours is is_slacks_line(url, api_url)
