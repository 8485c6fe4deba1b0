"""What menus of people and conversations offer: only what this person could choose in Slack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.playground.controls import ANSWER_KEYS
from bot.demo.playground.refusal import SlackError

if TYPE_CHECKING:
    from bot.demo.playground.roster import Channel, Person, Roster
    from bot.demo.playground.wire import Json


def refuse_unoffered(roster: Roster, person: Person, control: Json, answer: Json) -> None:
    """`option_not_found` where a menu of people or conversations doesn't list what was chosen."""
    kind = control["type"].removeprefix("multi_")
    if kind not in ("users_select", "conversations_select", "channels_select"):
        return
    given = answer.get(ANSWER_KEYS[control["type"]][0])
    chosen = given if isinstance(given, list) else [given] if given else []
    offered = people_offered(roster) if kind == "users_select" else rooms_offered(roster, person, control)
    if not set(chosen) <= set(offered):
        raise SlackError("option_not_found")


def people_offered(roster: Roster) -> list[str]:
    """Everybody who can sign in to this workspace, guests among them."""
    return [each.id for each in roster.present if each.at_home]


def rooms_offered(roster: Roster, person: Person, control: Json) -> list[str]:
    """The conversations of this person that the menu's filter lets through."""
    wanted = control.get("filter") or {}
    if control["type"].endswith("channels_select"):
        wanted = {"include": ["public"]}
    kinds = wanted.get("include") or ["public", "private", "im", "mpim"]
    without_shared = bool(wanted.get("exclude_external_shared_channels"))
    fitting = [
        each.id
        for each in roster.channels
        if each.has(person) and _kind(each) in kinds and not (without_shared and each.shared)
    ]
    own = "im" in kinds and not wanted.get("exclude_bot_users")
    return [*fitting, person.direct] if own else fitting


def _kind(channel: Channel) -> str:
    return "private" if channel.private else "public"
