"""The Web API around messages and views: tokens, scopes, lookups, pace; with Slack's own client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import requests
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.playground.stand import TOKEN, standing

if TYPE_CHECKING:
    from tests.playground.stand import Stand


def refused(call: Any, **arguments: object) -> Any:  # noqa: ANN401 (a client's method and Slack's answer)
    """The answer to a call that must be refused."""
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return caught.value.response


def test_the_app_learns_who_it_is(stand: Stand) -> None:
    """auth.test names the bot user, the bot and the team."""
    answer = stand.client.auth_test()
    assert ("U0CASELEDGER", "B0CASELEDGER", "T0NORTHGATE") == (
        answer["user_id"],
        answer["bot_id"],
        answer["team_id"],
    )
    assert "commands" in answer.headers["X-Oauth-Scopes"]


def test_the_token_is_checked(stand: Stand) -> None:
    """No token, a wrong one, and the right one as a form field."""
    url = stand.playground.api_url
    assert "not_authed" == refused(WebClient(base_url=url).auth_test)["error"]
    assert "invalid_auth" == refused(WebClient(token="xoxb-wrong", base_url=url).auth_test)["error"]
    assert requests.post(f"{url}auth.test", data={"token": TOKEN}, timeout=5).json()["ok"]


def test_a_method_slack_does_not_have_is_refused(stand: Stand) -> None:
    """A typing error in a method's name is found."""
    answer = refused(lambda: stand.client.api_call("chat.postMesage"))
    assert ("unknown_method", "chat.postMesage") == (answer["error"], answer["req_method"])


@pytest.mark.parametrize(
    ("method", "arguments", "scope"),
    [
        ("chat.postMessage", {"channel": "U0MARIA", "text": "x"}, "chat:write"),
        ("chat.update", {"channel": "D0MARIA", "ts": "1.1", "text": "x"}, "chat:write"),
        ("chat.delete", {"channel": "D0MARIA", "ts": "1.1"}, "chat:write"),
        ("chat.postEphemeral", {"channel": "C0BOOKS", "user": "U0MARIA", "text": "x"}, "chat:write"),
        ("conversations.open", {"users": "U0MARIA"}, "im:write"),
        ("conversations.info", {"channel": "C0BOOKS"}, "channels:read"),
        ("conversations.list", {}, "channels:read"),
        ("conversations.members", {"channel": "C0BOOKS"}, "channels:read"),
        ("users.info", {"user": "U0MARIA"}, "users:read"),
        ("users.list", {}, "users:read"),
        ("users.lookupByEmail", {"email": "x@y.z"}, "users:read.email"),
        ("files.info", {"file": "F1"}, "files:read"),
        ("files.getUploadURLExternal", {"filename": "a", "length": 1}, "files:write"),
        ("files.completeUploadExternal", {"files": [{"id": "F1"}]}, "files:write"),
        ("team.info", {}, "team:read"),
        ("bots.info", {}, "users:read"),
    ],
)
def test_each_method_wants_its_scope(method: str, arguments: dict[str, Any], scope: str) -> None:
    """Without its scope a method says which one it needs and which there are."""
    with standing(scopes=["commands"]) as bare:
        answer = refused(lambda: bare.client.api_call(method, json=arguments))
    assert ("missing_scope", "commands") == (answer["error"], answer["provided"])
    assert scope in answer["needed"].split(",")


def test_people_are_looked_up(stand: Stand) -> None:
    """users.info has the name, the time zone and the admin mark, but no e-mail without its scope."""
    alice = stand.client.users_info(user="U0ALICE")["user"]
    assert ("alice", "Alice", True, "America/Toronto") == (
        alice["name"],
        alice["real_name"],
        alice["is_admin"],
        alice["tz"],
    )
    assert alice["tz_offset"] in (-14400, -18000)
    assert "email" not in alice["profile"]
    assert "user_not_found" == refused(stand.client.users_info, user="U0NOBODY")["error"]
    members = [each["id"] for each in stand.client.users_list()["members"]]
    assert ["U0MARIA", "U0BEN", "U0ALICE", "U0CASELEDGER"] == members


def test_people_are_found_by_e_mail_with_the_scope() -> None:
    """users.lookupByEmail, however it is spelled."""
    with standing(scopes=["users:read", "users:read.email"]) as stand:
        found = stand.client.users_lookupByEmail(email="BEN@northgate.example")["user"]
        assert ("U0BEN", "ben@northgate.example") == (found["id"], found["profile"]["email"])
        nobody = refused(stand.client.users_lookupByEmail, email="x@northgate.example")
        assert "users_not_found" == nobody["error"]


def test_conversations_are_looked_up(stand: Stand) -> None:
    """Direct messages open by person; channels have names, members and privacy."""
    assert "D0MARIA" == stand.client.conversations_open(users="U0MARIA")["channel"]["id"]
    assert "user_not_found" == refused(stand.client.conversations_open, users="U0NOBODY")["error"]
    assert stand.client.conversations_info(channel="C0APPROVE")["channel"]["is_private"]
    assert "channel_not_found" == refused(stand.client.conversations_info, channel="C0NONE")["error"]
    members = stand.client.conversations_members(channel="C0APPROVE")["members"]
    assert ["U0BEN", "U0ALICE", "U0CASELEDGER"] == members
    public = stand.client.conversations_list()["channels"]
    assert ["general", "books"] == [each["name"] for each in public]
    every_kind = stand.client.conversations_list(types="public_channel,private_channel,im")["channels"]
    assert ["C0GENERAL", "C0BOOKS", "C0APPROVE", "D0MARIA", "D0BEN", "D0ALICE"] == [
        each["id"] for each in every_kind
    ]


def test_api_test_says_back_what_it_got(stand: Stand) -> None:
    """The one method without a token."""
    assert {"foo": "bar"} == stand.client.api_test(foo="bar")["args"]


def test_one_message_a_second_and_channel_when_switched_on(stand: Stand) -> None:
    """429 with Retry-After; another channel isn't held up; a second later it goes."""
    stand.hands.switch(rate_limits=True)
    stand.client.chat_postMessage(channel="C0BOOKS", text="one")
    answer = refused(stand.client.chat_postMessage, channel="C0BOOKS", text="two")
    assert (429, "1", "ratelimited") == (
        answer.status_code,
        answer.headers["Retry-After"],
        answer["error"],
    )
    assert stand.client.chat_postMessage(channel="U0MARIA", text="two")["ok"]
    stand.clock.ahead = 1.5
    assert stand.client.chat_postMessage(channel="C0BOOKS", text="two")["ok"]


def test_messages_flow_freely_unless_switched_on(stand: Stand) -> None:
    """Tests are quick by default."""
    for number in range(5):
        stand.client.chat_postMessage(channel="C0BOOKS", text=str(number))
    assert 5 == len(stand.maria.messages("books"))
