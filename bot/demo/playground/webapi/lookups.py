"""Looking things up: users.*, conversations.*, team.info, bots.info, auth.test."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.demo.playground.posting import direct_person
from bot.demo.playground.refusal import SlackError
from bot.demo.playground.roster import TEAM_DOMAIN, TEAM_ID, TEAM_NAME

if TYPE_CHECKING:
    from bot.demo.playground.roster import Channel, Person
    from bot.demo.playground.webapi.call import Call
    from bot.demo.playground.wire import Json

CREATED = 1_700_000_000


def api_test(call: Call) -> Json:
    """api.test: says back what it was given."""
    return {"args": call.arguments}


def auth_test(call: Call) -> Json:
    """auth.test: who the token is."""
    app = call.workspace.roster.app
    return {
        "url": f"{call.workspace.base_url}/",
        "team": TEAM_NAME,
        "user": app.name.lower(),
        "team_id": TEAM_ID,
        "user_id": app.user_id,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def users_info(call: Call) -> Json:
    """users.info; the e-mail address only with `users:read.email`."""
    user_id = call.text("user")
    if user_id == call.workspace.roster.app.user_id:
        return {"user": _bot_user(call)}
    return {"user": _person_json(call, call.workspace.roster.person(user_id))}


def users_list(call: Call) -> Json:
    """users.list: everybody and the app, on one page."""
    members = [_person_json(call, each) for each in call.workspace.roster.people]
    page = {"next_cursor": ""}
    return {"members": [*members, _bot_user(call)], "cache_ts": CREATED, "response_metadata": page}


def users_lookup_by_email(call: Call) -> Json:
    """users.lookupByEmail, capital letters aside."""
    wanted = call.text("email").casefold()
    for person in call.workspace.roster.people:
        if person.address.casefold() == wanted:
            return {"user": _person_json(call, person)}
    raise SlackError("users_not_found")


def conversations_open(call: Call) -> Json:
    """conversations.open: the direct messages with one person."""
    name = call.optional("users") or call.optional("channel") or ""
    person = direct_person(call.workspace, name)
    if person is None:
        known = any(each.id == name and each.deactivated for each in call.workspace.roster.people)
        raise SlackError("user_disabled" if known else "user_not_found")
    channel: Json = {"id": person.direct}
    if call.true("return_im"):
        channel = _direct_json(person)
    return {"channel": channel, "no_op": True, "already_open": True}


def conversations_info(call: Call) -> Json:
    """conversations.info."""
    name = call.text("channel")
    person = next((each for each in call.workspace.roster.people if each.direct == name), None)
    if person is not None:
        return {"channel": _direct_json(person)}
    return {"channel": _channel_json(_known(call, name))}


def conversations_list(call: Call) -> Json:
    """conversations.list: public channels, and the others where `types` asks."""
    types = (call.optional("types") or "public_channel").split(",")
    channels = call.workspace.roster.channels
    found = [_channel_json(each) for each in channels if "public_channel" in types and not each.private]
    if "private_channel" in types:
        found += [_channel_json(each) for each in channels if each.private and each.app_is_in]
    if "im" in types:
        found += [_direct_json(each) for each in call.workspace.roster.people]
    return {"channels": found, "response_metadata": {"next_cursor": ""}}


def conversations_members(call: Call) -> Json:
    """conversations.members, the app among them."""
    name = call.text("channel")
    app, people = call.workspace.roster.app, call.workspace.roster.people
    person = next((each for each in people if each.direct == name), None)
    if person is not None:
        members = [person.id, app.user_id]
    else:
        channel = _known(call, name)
        members = [each.id for each in people if channel.has(each)]
        members += [app.user_id] if channel.app_is_in else []
    return {"members": members, "response_metadata": {"next_cursor": ""}}


def team_info(call: Call) -> Json:
    """team.info."""
    domain = call.workspace.base_url
    return {"team": {"id": TEAM_ID, "name": TEAM_NAME, "domain": TEAM_DOMAIN, "url": f"{domain}/"}}


def bots_info(call: Call) -> Json:
    """bots.info of the app itself."""
    app = call.workspace.roster.app
    if call.optional("bot") not in (None, app.bot_id):
        raise SlackError("bot_not_found")
    shown = {"id": app.bot_id, "deleted": False, "name": app.name, "updated": CREATED}
    return {"bot": shown | {"app_id": app.id, "user_id": app.user_id, "icons": {}}}


def _known(call: Call, channel_id: str) -> Channel:
    channel = call.workspace.roster.channel(channel_id)
    if channel is None or (channel.private and not channel.app_is_in):
        raise SlackError("channel_not_found")
    return channel


def _person_json(call: Call, person: Person) -> Json:
    local = datetime.fromtimestamp(call.workspace.numbering.now(), ZoneInfo(person.timezone))
    offset = local.utcoffset()
    profile = {
        "real_name": person.name,
        "display_name": person.name,
        "title": person.title,
        "team": person.team,
    }
    if "users:read.email" in call.workspace.manifest.scopes:
        profile["email"] = person.address
    return {
        "id": person.id,
        "team_id": person.team,
        "name": person.handle,
        "real_name": person.name,
        "deleted": person.deactivated,
        "tz": person.timezone,
        "tz_label": local.tzname() or "",
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": profile,
        "is_admin": person.admin or person.owner,
        "is_owner": person.owner,
        "is_primary_owner": False,
        "is_restricted": person.guest,
        "is_ultra_restricted": False,
        "is_stranger": not person.at_home and not _shares_a_channel(call, person),
        "is_bot": False,
        "is_app_user": False,
        "updated": CREATED,
        "locale": "en-US",
    }


def _shares_a_channel(call: Call, person: Person) -> bool:
    return any(each.app_is_in and each.has(person) for each in call.workspace.roster.channels)


def _bot_user(call: Call) -> Json:
    app = call.workspace.roster.app
    profile = {"real_name": app.name, "bot_id": app.bot_id, "api_app_id": app.id, "team": TEAM_ID}
    shown = {"id": app.user_id, "team_id": TEAM_ID, "name": app.name.lower(), "real_name": app.name}
    return shown | {
        "deleted": False,
        "profile": profile,
        "is_admin": False,
        "is_bot": True,
        "updated": CREATED,
    }


def _channel_json(channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": not channel.private,
        "is_group": channel.private,
        "is_im": False,
        "is_private": channel.private,
        "is_archived": False,
        "is_member": channel.app_is_in,
        "is_shared": channel.shared,
        "is_ext_shared": channel.shared,
        "is_org_shared": False,
        "created": CREATED,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
    }


def _direct_json(person: Person) -> Json:
    shown = {"id": person.direct, "created": CREATED, "is_im": True, "is_archived": False}
    return shown | {"user": person.id, "is_user_deleted": False}
