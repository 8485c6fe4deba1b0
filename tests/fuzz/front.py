"""Requests at the front door: from Slack, nearly from Slack, and from anybody."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from hypothesis import strategies as st

from commands.ids import Act, Command, Screen
from tests.fuzz.door import TEAM, Knock

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

PEOPLE = ("U0ALICE", "U0BEN", "U0MARIA", "U0EVE")
TYPES = (
    "application/x-www-form-urlencoded",
    "application/json",
    "multipart/form-data; boundary=x",
    "text/xml",
    "",
)
HOSTILE = (
    "<!channel> & <https://evil|Approve>",
    'René "Ané" O\'Brien \\ 马春梅',
    "\u202e\x00\ud800",
    "0",
    "-1",
    "",
)

Json = dict[str, Any]


def junk() -> SearchStrategy[Any]:
    """Anything JSON can say."""
    leaves = st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.text(max_size=20),
        st.sampled_from((*HOSTILE, *PEOPLE, TEAM)),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=10), inner, max_size=3)
        ),
        max_leaves=6,
    )


def person() -> SearchStrategy[Json]:
    """A user of an interaction, of ours or not."""
    teams = st.sampled_from((TEAM, TEAM, "T0ELSE", ""))
    return st.fixed_dictionaries({"id": st.sampled_from(PEOPLE), "team_id": teams})


def typed() -> SearchStrategy[Json]:
    """What stands in the controls of a screen."""
    one = st.dictionaries(st.sampled_from(("type", "value", "selected_option", "files")), junk(), max_size=3)
    return st.dictionaries(
        st.text(max_size=10), st.dictionaries(st.text(max_size=10), one, max_size=2), max_size=2
    )


def screen() -> SearchStrategy[Json]:
    """A view as Slack sends it back."""
    return st.fixed_dictionaries(
        {
            "id": st.just("V1"),
            "hash": st.just("1.a"),
            "type": st.just("modal"),
            "callback_id": st.one_of(st.sampled_from([*Screen]), st.text(max_size=10)),
            "private_metadata": st.text(max_size=20),
            "state": st.fixed_dictionaries({"values": typed()}),
            "previous_view_id": st.one_of(st.none(), st.just("V0")),
            "root_view_id": st.just("V0"),
        }
    )


def interaction() -> SearchStrategy[Json]:
    """A click, a submission, a search; every part right but for what is knocked out afterwards."""
    acts = st.one_of(
        st.sampled_from([*Act]), st.sampled_from([f"{act}3" for act in Act]), st.text(max_size=10)
    )
    values = st.one_of(st.text(max_size=20), st.just('{"s":"x","v":1}'), st.sampled_from(HOSTILE))
    action = st.fixed_dictionaries(
        {
            "action_id": acts,
            "block_id": st.text(max_size=10),
            "value": values,
            "action_ts": st.just("1.1"),
            "type": st.sampled_from(("button", "static_select")),
        },
        optional={"selected_option": st.dictionaries(st.text(max_size=5), junk(), max_size=2)},
    )
    return st.fixed_dictionaries(
        {
            "type": st.sampled_from(
                ("block_actions", "view_submission", "view_closed", "block_suggestion", "shortcut")
            ),
            "team": st.fixed_dictionaries({"id": st.sampled_from((TEAM, TEAM, "T0ELSE"))}),
            "user": person(),
            "trigger_id": st.just("1.1.a"),
            "actions": st.lists(action, min_size=1, max_size=2),
            "view": screen(),
            "container": st.fixed_dictionaries({"message_ts": st.just("1.1"), "channel_id": st.just("C1")}),
            "channel": st.fixed_dictionaries({"id": st.just("C1")}),
            "action_id": acts,
            "block_id": st.text(max_size=10),
            "value": values,
        }
    )


def command() -> SearchStrategy[Json]:
    """A slash command."""
    return st.fixed_dictionaries(
        {
            "command": st.one_of(st.sampled_from([*Command]), st.text(max_size=8)),
            "text": st.one_of(st.text(max_size=40), st.sampled_from(HOSTILE)),
            "team_id": st.sampled_from((TEAM, TEAM, "T0ELSE", "")),
            "user_id": st.sampled_from(PEOPLE),
            "trigger_id": st.just("1.1.a"),
            "channel_id": st.just("C1"),
            "response_url": st.sampled_from(("https://hooks.slack.com/x", "https://evil.example/x")),
        }
    )


def event() -> SearchStrategy[Json]:
    """An event, or Slack's question whether we are there."""
    return st.fixed_dictionaries(
        {
            "type": st.sampled_from(("event_callback", "url_verification", "app_rate_limited")),
            "team_id": st.sampled_from((TEAM, "T0ELSE")),
            "challenge": junk(),
            "event": st.one_of(
                junk(),
                st.fixed_dictionaries({"type": st.text(max_size=12), "user": junk()}),
                knocked_out(message()),
            ),
        }
    )


def message() -> SearchStrategy[Json]:
    """What somebody says in a direct message, with files of all kinds."""
    file = st.dictionaries(st.sampled_from(("id", "name", "url_private_download")), junk(), max_size=3)
    return st.fixed_dictionaries(
        {
            "type": st.just("message"),
            "channel": st.just("D1"),
            "channel_type": st.sampled_from(("im", "im", "channel")),
            "user": st.sampled_from(PEOPLE),
            "ts": st.sampled_from(("1.1", "1.2", "")),
            "text": st.sampled_from(HOSTILE),
            "subtype": st.one_of(st.none(), st.just("file_share"), st.text(max_size=12)),
            "thread_ts": st.one_of(st.none(), st.text(max_size=12)),
            "files": st.one_of(st.none(), st.lists(st.one_of(file, junk()), max_size=2)),
            "bot_id": st.one_of(st.none(), junk()),
        }
    )


@st.composite
def knocked_out(draw: st.DrawFn, whole: SearchStrategy[Json]) -> Json:
    """The same, half of them with one part left out or replaced by anything."""
    found = dict(draw(whole))
    key, change = draw(st.sampled_from(sorted(found))), draw(st.integers(0, 3))
    if change == 0:
        del found[key]
    elif change == 1:
        found[key] = draw(junk())
    return found


def spelt(found: Json) -> bytes:
    """A form with the interaction as its payload; half characters as they are."""
    return urlencode({"payload": json.dumps(found)}).encode()


def bodies() -> SearchStrategy[bytes]:
    """What Slack sends, nearly what Slack sends, and anything."""
    commands = knocked_out(command()).map(lambda found: urlencode(found, errors="replace").encode())
    events = knocked_out(event()).map(lambda found: json.dumps(found).encode())
    return st.one_of(
        knocked_out(interaction()).map(spelt),
        interaction().map(spelt),
        commands,
        events,
        st.binary(max_size=200),
        junk().map(lambda found: json.dumps(found).encode()),
        junk().map(lambda found: urlencode({"payload": json.dumps(found)}).encode()),
        st.text(max_size=40).map(lambda text: urlencode({"payload": text}, errors="replace").encode()),
    )


def header_texts() -> SearchStrategy[str]:
    """What a header can hold."""
    return st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=80)


def knocks(*, signed: bool) -> SearchStrategy[Knock]:
    """Requests with Slack's signature, or without a good one."""
    wrong = st.one_of(header_texts(), st.just("v0=" + "0" * 64), st.just(""))
    more = st.dictionaries(
        st.sampled_from(
            ("X-Slack-Retry-Num", "X-Slack-Retry-Reason", "User-Agent", "X-Forwarded-For", "Cookie")
        ),
        header_texts(),
        max_size=3,
    )
    return st.builds(
        Knock,
        method=st.just("POST")
        if signed
        else st.sampled_from(("POST", "POST", "GET", "PUT", "TRACE", "OPTIONS")),
        path=st.just("/slack/events"),
        body=bodies(),
        content_type=st.one_of(st.just(TYPES[0]), st.just(TYPES[0]), st.sampled_from(TYPES), header_texts()),
        timestamp=st.none() if signed else st.one_of(st.none(), header_texts()),
        signature=st.none() if signed else wrong,
        more=more,
    )
