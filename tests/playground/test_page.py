"""The page, used in a real Chromium as a person would: messages, people, places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from bot.demo.playground.hands import wait_for
from tests.playground.kit import actions, button, home, mrkdwn, plain, section
from tests.playground.stand import FOREIGN, HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.playground.stand import Stand

Json = dict[str, Any]
pytestmark = pytest.mark.browser


def write(page: Page, text: str) -> None:
    """Type into the composer and press Enter."""
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("composer").press("Enter")


def test_a_slash_lists_the_commands(page: Page) -> None:
    """With their hints; Enter completes the one in front, Escape puts the list away."""
    page.get_by_test_id("composer").fill("/qb-i")
    commands = page.get_by_test_id("commands")
    expect(commands.get_by_role("option")).to_have_count(1)
    expect(commands).to_contain_text("[case or client]")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("composer")).to_have_value("/qb-import ")
    page.get_by_test_id("composer").fill("/")
    expect(commands.get_by_role("option")).to_have_count(3)
    page.keyboard.press("Escape")
    expect(commands).to_be_hidden()


def test_a_command_is_sent_and_its_answer_shown(page: Page, stand: Stand) -> None:
    """Ephemeral answers say who sees them and can be dismissed."""
    stand.app.command("/qb")(lambda ack: ack(f"Hello {FOREIGN}"))
    write(page, "/qb 00002")
    message = page.get_by_test_id("message")
    expect(message).to_contain_text(f"Hello {FOREIGN}")
    expect(message).to_contain_text("Only visible to you")
    message.get_by_text("Dismiss message").click()
    expect(message).to_have_count(0)


def test_a_failed_command_says_so(page: Page) -> None:
    """Slackbot's sentence."""
    write(page, "/qb")
    expect(page.get_by_test_id("message")).to_contain_text('/qb failed with the error "dispatch_failed"')


def test_hostile_names_do_nothing(page: Page, stand: Stand) -> None:
    """Escaped they are words; unescaped they would shout, so that tests and people see it."""
    escaped = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    stand.client.chat_postMessage(channel="U0MARIA", text="x", blocks=[section(f"*{escaped}*")])
    message = page.get_by_test_id("message").last
    expect(message).to_contain_text(HOSTILE)
    expect(message.locator("a, .mention")).to_have_count(0)
    markup = "<b>bold</b><img src=x onerror=alert(1)>"
    stand.client.chat_postMessage(
        channel="U0MARIA", text="x", blocks=[{"type": "header", "text": plain(markup)}]
    )
    expect(page.get_by_test_id("message").last).to_contain_text(markup)
    stand.client.chat_postMessage(channel="U0MARIA", text=HOSTILE)
    expect(page.get_by_test_id("message").last.locator(".mention")).to_have_text("@channel")


def test_mrkdwn_is_drawn(page: Page, stand: Stand) -> None:
    """Bold, italic, strike, code, quote, link, mention, date, emoji; and snake_case stays as it is."""
    text = (
        "*bold* _italic_ ~gone~ `code` snake_case_name 2*3*4 :tada: <https://example.com|link> <@U0BEN> "
        "<!date^1700000000^{date_num}|then>\n&gt; quoted"
    )
    stand.client.chat_postMessage(channel="U0MARIA", text="x", blocks=[section(text)])
    message = page.get_by_test_id("message")
    for tag, words in {
        "strong:not(.author)": "bold",
        "em": "italic",
        "s": "gone",
        "code": "code",
        "blockquote": "quoted",
        "a": "link",
        ".mention": "@Ben",
        ".section-text time": "2023-11-14",
    }.items():
        expect(message.locator(tag)).to_have_text(words)
    expect(message).to_contain_text("snake_case_name 2*3*4 🎉")


def test_a_button_asks_first_where_it_says_so(page: Page, stand: Stand) -> None:
    """Keep does nothing; yes sends the click, and the message changes in place."""
    question = {
        "title": plain("Reject?"),
        "text": plain("Sure?"),
        "confirm": plain("Reject It"),
        "deny": plain("Keep"),
    }

    @stand.app.action("reject")
    def reject(ack: Callable[..., Any], respond: Callable[..., Any]) -> None:
        ack()
        respond(replace_original=True, text="Rejected by Maria")

    blocks = [actions(button("Reject", "reject", confirm=question))]
    stand.client.chat_postMessage(channel="U0MARIA", text="x", blocks=blocks)
    page.get_by_role("button", name="Reject").click()
    page.get_by_test_id("confirm").get_by_text("Keep").click()
    assert "block_actions" not in [each["kind"] for each in stand.hands.deliveries()]
    page.get_by_role("button", name="Reject").click()
    page.get_by_test_id("confirm-yes").click()
    expect(page.get_by_test_id("message")).to_contain_text("Rejected by Maria")


def test_a_click_that_fails_is_told(page: Page, stand: Stand) -> None:
    """A toast with a warning, and the button is free again."""
    stand.client.chat_postMessage(channel="U0MARIA", text="x", blocks=[actions(button("Book"))])
    page.get_by_role("button", name="Book", exact=True).click()
    expect(page.get_by_test_id("toast")).to_contain_text("warning sign")


def test_home_is_opened_and_used(page: Page, stand: Stand) -> None:
    """The tab tells the app; what it publishes is shown and can be clicked."""
    stand.app.event("app_home_opened")(
        lambda event, client: client.views_publish(
            user_id=event["user"], view=home(section("What needs you"), actions(button("Sync")))
        )
    )
    stand.app.action("book")(lambda ack: ack())
    page.get_by_test_id("home-tab").click()
    expect(page.get_by_test_id("home")).to_contain_text("What needs you")
    page.get_by_role("button", name="Sync", exact=True).click()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    assert "home" == stand.payload("block_actions")["view"]["type"]


def test_each_person_sees_their_own(page: Page, stand: Stand) -> None:
    """Unread marks, private channels, direct messages."""
    stand.client.chat_postMessage(channel="C0APPROVE", text="Approve?")
    expect(page.get_by_test_id("user-ben").locator(".dot")).to_be_visible()
    expect(page.get_by_test_id("channel-books-approvals")).to_have_count(0)
    page.get_by_test_id("user-ben").click()
    channel = page.get_by_test_id("channel-books-approvals")
    expect(channel.get_by_test_id("unread")).to_have_text("1")
    channel.click()
    expect(page.get_by_test_id("message")).to_contain_text("Approve?")
    expect(channel.get_by_test_id("unread")).to_have_count(0)


def test_messages_arrive_by_themselves(page: Page, stand: Stand) -> None:
    """Nobody has to reload the page; changes show too."""
    ts = stand.client.chat_postMessage(channel="U0MARIA", text="1 of 3")["ts"]
    expect(page.get_by_test_id("message")).to_contain_text("1 of 3")
    stand.client.chat_update(channel="D0MARIA", ts=ts, text="3 of 3")
    expect(page.get_by_test_id("message")).to_contain_text("3 of 3")
    expect(page.get_by_test_id("message")).to_have_attribute("data-updates", "1")


def test_a_data_table_sorts_and_pages(page: Page, stand: Stand) -> None:
    """By the number, not by its text."""
    amounts = [200, 1000, 30]
    rows: list[list[Json]] = [[{"type": "raw_text", "text": "Total"}]]
    rows += [[{"type": "raw_number", "value": each, "text": f"${each:,}"}] for each in amounts]
    block = {"type": "data_table", "caption": "Totals", "page_size": 2, "rows": rows}
    stand.client.chat_postMessage(channel="U0MARIA", text="x", blocks=[block])
    table = page.get_by_test_id("data-table")
    cells = table.locator("tbody tr")
    expect(cells).to_have_text(["$200", "$1,000"])
    table.get_by_role("button", name="Total").click()
    expect(cells).to_have_text(["$30", "$200"])
    table.get_by_role("button", name="Next").click()
    expect(cells).to_have_text(["$1,000"])


def test_the_hints_fill_the_composer(page: Page) -> None:
    """A click on a command writes it; the panel can be put away and fetched back."""
    page.get_by_test_id("hints").get_by_role("button", name="/qb-sync 00002").click()
    expect(page.get_by_test_id("composer")).to_have_value("/qb-sync 00002")
    page.get_by_test_id("hide-hints").click()
    expect(page.get_by_test_id("hints")).to_be_hidden()
    page.get_by_test_id("show-hints").click()
    expect(page.get_by_test_id("hints")).to_be_visible()


def test_a_permalink_shows_its_message(page: Page, stand: Stand) -> None:
    """Opened as an address, and followed inside the page."""
    ts = stand.client.chat_postMessage(channel="C0BOOKS", text="the record")["ts"]
    link = stand.client.chat_getPermalink(channel="C0BOOKS", message_ts=ts)["permalink"]
    linked = [{"type": "section", "text": mrkdwn(f"<{link}|Open the record>")}]
    stand.client.chat_postMessage(channel="U0MARIA", text="x", blocks=linked)
    page.get_by_text("Open the record").click()
    expect(page.locator(".message.highlight")).to_contain_text("the record")
    page.goto(link)
    expect(page.locator(".message.highlight")).to_contain_text("the record")


def test_a_link_button_opens_a_tab_and_tells_the_app(page: Page, stand: Stand) -> None:
    """Slack does both."""
    stand.app.action("connect")(lambda ack: ack())
    url = f"{stand.playground.url}/page/icon.svg"
    blocks = [actions(button("Connect", "connect", url=url))]
    stand.client.chat_postMessage(channel="U0MARIA", text="x", blocks=blocks)
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Connect").click()
    assert url == opened.value.url
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    assert "connect" == stand.payload("block_actions")["actions"][0]["action_id"]


def test_one_can_come_back_to_where_one_was(page: Page) -> None:
    """The address keeps person and place over a reload."""
    page.get_by_test_id("user-alice").click()
    page.get_by_test_id("channel-books").click()
    page.reload()
    expect(page.get_by_test_id("user-alice")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("heading", level=1)).to_have_text("books")


def test_days_go_by_the_workspaces_clock(page: Page, stand: Stand) -> None:
    """Put a day forward, what was said today was said yesterday, by the browser's own clock or not."""
    stand.client.chat_postMessage(channel="U0MARIA", text="before")
    expect(page.locator(".day").last).to_have_text("Today")
    stand.clock.ahead += 86_400
    stand.client.chat_postMessage(channel="U0MARIA", text="after")
    expect(page.locator(".day")).to_have_text(["Yesterday", "Today"])


def test_a_chart_shows_its_figures(page: Page, stand: Stand) -> None:
    """Every point with its value, every category and series by name."""
    series = [
        {
            "name": "CAD",
            "data": [{"label": "0 to 7 days", "value": 2330.5}, {"label": "8 to 30 days", "value": 0}],
        },
        {
            "name": "USD",
            "data": [{"label": "0 to 7 days", "value": 40}, {"label": "8 to 30 days", "value": 1200}],
        },
    ]
    axes = {"categories": ["0 to 7 days", "8 to 30 days"], "y_label": "Amount"}
    drawn = {"type": "bar", "series": series, "axis_config": axes}
    block = {"type": "data_visualization", "title": "By age", "chart": drawn}
    stand.client.chat_postMessage(channel="U0MARIA", text="x", blocks=[block])
    chart = page.get_by_test_id("chart")
    expect(chart.locator(".column-value")).to_have_text(["2,330.5", "40", "0", "1,200"])
    expect(chart.locator(".column-label")).to_have_text(["0 to 7 days", "8 to 30 days"])
    expect(chart.locator(".key")).to_have_text(["CAD", "USD"])


def test_a_channel_one_is_not_in_is_not_named(page: Page, stand: Stand) -> None:
    """Maria reads that it is a private one; Ben, who is in it, its name."""
    for person in ("U0MARIA", "U0BEN"):
        stand.client.chat_postMessage(channel=person, text="x", blocks=[section("Asked in <#C0APPROVE>")])
    expect(page.get_by_test_id("message").last).to_contain_text("Asked in private channel")
    page.get_by_test_id("user-ben").click()
    expect(page.get_by_test_id("message").last).to_contain_text("Asked in #books-approvals")


def test_a_press_outlives_a_message_drawn_anew(page: Page, stand: Stand) -> None:
    """Between button down and button up the app rewrites the message: the press arrives."""
    stand.app.action("book")(lambda ack: ack())
    posted = stand.client.chat_postMessage(channel="U0MARIA", text="x", blocks=[actions(button("Book"))])
    page.get_by_role("button", name="Book", exact=True).hover()
    page.mouse.down()
    with page.expect_response("**/state*"):
        stand.client.chat_update(
            channel=posted["channel"],
            ts=posted["ts"],
            text="x",
            blocks=[section("Booking"), actions(button("Book"))],
        )
    page.wait_for_timeout(100)
    page.mouse.up()
    expect(page.get_by_test_id("message")).to_contain_text("Booking")
    wait_for(lambda: "block_actions" in [each["kind"] for each in stand.hands.deliveries()])
    assert "book" == stand.payload("block_actions")["actions"][0]["action_id"]
