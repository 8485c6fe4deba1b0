"""Block Kit's rich text: sections, lists, quotes and preformatted text of styled pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.playground.blockkit.rules import by_type, flag, many, one_of, record, string, url, whole

if TYPE_CHECKING:
    from bot.demo.playground.blockkit.rules import Rule

STYLE = record({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), flag))


def _piece(kind: str, required: dict[str, Rule], optional: dict[str, Rule] | None = None) -> Rule:
    return record({"type": one_of(kind), **required}, {"style": STYLE, **(optional or {})})


PIECES: dict[str, Rule] = {
    "text": _piece("text", {"text": string(least=1)}),
    "link": _piece("link", {"url": url}, {"text": string(), "unsafe": flag}),
    "emoji": _piece("emoji", {"name": string()}, {"unicode": string(), "url": url}),
    "user": _piece("user", {"user_id": string()}),
    "channel": _piece("channel", {"channel_id": string()}),
    "usergroup": _piece("usergroup", {"usergroup_id": string()}),
    "team": _piece("team", {"team_id": string()}),
    "broadcast": _piece("broadcast", {"range": one_of("here", "channel", "everyone")}),
    "color": _piece("color", {"value": string()}),
    "date": _piece("date", {"timestamp": whole(0), "format": string()}, {"url": url, "fallback": string()}),
}
BORDER: dict[str, Rule] = {"border": whole(0, 1)}
SECTION = record({"type": one_of("rich_text_section"), "elements": many(by_type(PIECES), 0)}, {})
PARTS: dict[str, Rule] = {
    "rich_text_section": SECTION,
    "rich_text_list": record(
        {
            "type": one_of("rich_text_list"),
            "elements": many(SECTION, 0),
            "style": one_of("bullet", "ordered"),
        },
        {"indent": whole(0, 8), "offset": whole(0), **BORDER},
    ),
    "rich_text_quote": record(
        {"type": one_of("rich_text_quote"), "elements": many(by_type(PIECES), 0)},
        BORDER,
    ),
    "rich_text_preformatted": record(
        {
            "type": one_of("rich_text_preformatted"),
            "elements": many(by_type({key: PIECES[key] for key in ("text", "link")}), 0),
        },
        {"language": string(), **BORDER},
    ),
}
RICH_TEXT = record(
    {"type": one_of("rich_text"), "elements": many(by_type(PARTS), 0)},
    {"block_id": string(255)},
)
