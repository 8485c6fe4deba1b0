"""The table of methods, and the checks that come before each: token, scopes, pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.playground.refusal import SlackError
from bot.demo.playground.webapi import chat, files, lookups, views
from bot.demo.playground.webapi.call import Call, Method

if TYPE_CHECKING:
    from bot.demo.playground.wire import Json
    from bot.demo.playground.workspace import Workspace

CONVERSATION_READS = ("channels:read", "groups:read", "im:read", "mpim:read")
METHODS: dict[str, Method] = {
    "api.test": Method(lookups.api_test),
    "auth.test": Method(lookups.auth_test),
    "bots.info": Method(lookups.bots_info, ("users:read",)),
    "chat.delete": Method(chat.delete, ("chat:write",)),
    "chat.getPermalink": Method(chat.get_permalink),
    "chat.postEphemeral": Method(chat.post_ephemeral, ("chat:write",)),
    "chat.postMessage": Method(chat.post_message, ("chat:write",)),
    "chat.update": Method(chat.update, ("chat:write",)),
    "conversations.info": Method(lookups.conversations_info, CONVERSATION_READS),
    "conversations.list": Method(lookups.conversations_list, CONVERSATION_READS),
    "conversations.members": Method(lookups.conversations_members, CONVERSATION_READS),
    "conversations.open": Method(lookups.conversations_open, ("im:write", "mpim:write")),
    "files.completeUploadExternal": Method(files.complete_upload, ("files:write",)),
    "files.getUploadURLExternal": Method(files.get_upload_url, ("files:write",)),
    "files.info": Method(files.info, ("files:read",)),
    "team.info": Method(lookups.team_info, ("team:read",)),
    "users.info": Method(lookups.users_info, ("users:read",)),
    "users.list": Method(lookups.users_list, ("users:read",)),
    "users.lookupByEmail": Method(lookups.users_lookup_by_email, ("users:read.email",)),
    "views.open": Method(views.open_view),
    "views.publish": Method(views.publish),
    "views.push": Method(views.push),
    "views.update": Method(views.update),
}
WITHOUT_TOKEN = ("api.test",)


def answer_call(workspace: Workspace, name: str, token: str, expected: str, arguments: Json) -> Json:
    """Answer one call; every refusal comes as a `SlackError`."""
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method", req_method=name)
    if name not in WITHOUT_TOKEN:
        _check_token(token, expected)
    granted = workspace.manifest.scopes
    if method.scopes and not granted & set(method.scopes):
        needed, provided = ",".join(method.scopes), ",".join(sorted(granted))
        raise SlackError("missing_scope", needed=needed, provided=provided)
    with workspace.changing():
        return {"ok": True, **method.answer(Call(workspace, arguments))}


def accepted_scopes(name: str) -> str:
    """The scopes of which a method needs one, as its `X-Accepted-OAuth-Scopes`."""
    method = METHODS.get(name)
    return ",".join(method.scopes) if method else ""


def _check_token(token: str, expected: str) -> None:
    if not token:
        raise SlackError("not_authed")
    if token != expected:
        raise SlackError("invalid_auth")
