"""Home and events: published views, app_home_opened, retries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.demo.playground.hands import wait_for
from tests.playground.kit import home, section
from tests.playground.stand import FOREIGN, hearing, standing
from tests.playground.test_web_api import refused

if TYPE_CHECKING:
    from tests.playground.stand import Stand

Json = dict[str, Any]


def test_opening_home_tells_the_app_which_publishes_it(stand: Stand) -> None:
    """The event names person, tab and conversation; what is published is that person's own."""

    @stand.app.event("app_home_opened")
    def opened(event: Json, client: Any) -> None:  # noqa: ANN401 (Bolt's client)
        client.views_publish(user_id=event["user"], view=home(section(f"For {FOREIGN}")))

    assert stand.maria.open_home().ok
    assert f"For {FOREIGN}" == wait_for(stand.maria.home).words
    event = stand.payload("event")
    assert ("event_callback", "T0NORTHGATE") == (event["type"], event["team_id"])
    assert ("app_home_opened", "U0MARIA", "home", "D0MARIA") == (
        event["event"]["type"],
        event["event"]["user"],
        event["event"]["tab"],
        event["event"]["channel"],
    )
    assert event["authorizations"][0]["is_bot"]
    assert stand.ben.home() is None


def test_the_event_carries_the_home_that_is_there(stand: Stand) -> None:
    """The second time the app can see what it published, with its hash."""
    stand.app.event("app_home_opened")(lambda: None)
    view = stand.client.views_publish(user_id="U0MARIA", view=home(section("one")))["view"]
    stand.maria.open_home()
    assert view["hash"] == stand.payload("event")["event"]["view"]["hash"]


def test_publishing_over_a_newer_home_is_refused(stand: Stand) -> None:
    """hash_conflict, as for a modal; without a hash the last one wins."""
    old = stand.client.views_publish(user_id="U0MARIA", view=home(section("one")))["view"]["hash"]
    stand.client.views_publish(user_id="U0MARIA", view=home(section("two")), hash=old)
    late = refused(stand.client.views_publish, user_id="U0MARIA", view=home(section("x")), hash=old)
    assert "hash_conflict" == late["error"]
    stand.client.views_publish(user_id="U0MARIA", view=home(section("three")))
    shown = stand.maria.home()
    assert shown is not None
    assert ("three", 2) == (shown.words, shown.versions)


def test_home_has_no_submit(stand: Stand) -> None:
    """Titles and submit buttons belong to modals."""
    wrong = {**home(section("x")), "submit": {"type": "plain_text", "text": "Send"}}
    answer = refused(stand.client.views_publish, user_id="U0MARIA", view=wrong)
    assert "invalid_arguments" == answer["error"]
    assert (
        "[ERROR] invalid additional property: submit [json-pointer:/view]"
        in answer["response_metadata"]["messages"]
    )


def test_events_that_were_not_subscribed_are_not_sent() -> None:
    """Slack sends what the manifest names."""
    with standing(events=["app_uninstalled"]) as stand:
        assert stand.maria.open_home().ok
        stand.maria.say("hello")
        assert [] == stand.hands.deliveries()


def test_an_event_that_is_not_taken_comes_again(stand: Stand) -> None:
    """Three retries, numbered, with their reason; the event_id stays the same."""
    stand.hands.switch(retry_seconds=[0, 0, 0])
    assert not stand.maria.open_home().ok  # nobody listens: 404
    sent = wait_for(lambda: [each for each in [stand.hands.deliveries()] if len(each) == 4])[0]
    retries = [each["headers"].get("X-Slack-Retry-Num") for each in sent]
    reasons = [each["headers"].get("X-Slack-Retry-Reason") for each in sent]
    assert ([None, "1", "2", "3"], [None, *["http_error"] * 3]) == (retries, reasons)
    assert 1 == len({each["body"] for each in sent})


def test_retries_wait_as_slack_does(stand: Stand) -> None:
    """At once, after a minute, after five."""
    assert (0.0, 60.0, 300.0) == stand.playground.courier.retry_seconds


def test_a_direct_message_reaches_the_app(stand: Stand) -> None:
    """message.im, escaped as Slack does; other channels' talk is not its business."""
    heard = hearing(stand, "message")
    stand.maria.say("among us", channel="books")
    stand.maria.say("A & B")
    [event] = wait_for(lambda: heard)
    assert ("A &amp; B", "im", "D0MARIA") == (event["text"], event["channel_type"], event["channel"])
