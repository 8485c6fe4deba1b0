"""files.*: reading what people uploaded, and uploading something for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.playground.conversations import Message
from bot.demo.playground.posting import place_to_post
from bot.demo.playground.refusal import SlackError
from bot.demo.playground.shelf import file_json

if TYPE_CHECKING:
    from bot.demo.playground.webapi.call import Call
    from bot.demo.playground.wire import Json


def info(call: Call) -> Json:
    """files.info."""
    stored = call.workspace.shelf.find(call.text("file"))
    shown = file_json(stored, call.workspace.base_url)
    return {"file": shown, "comments": [], "response_metadata": {"next_cursor": ""}}


def get_upload_url(call: Call) -> Json:
    """files.getUploadURLExternal: the first step of an upload by the app."""
    name = call.text("filename")
    if not call.text("length").isdigit():
        raise SlackError("invalid_arguments", "length must be a whole number of bytes")
    author = call.workspace.roster.app.user_id
    stored = call.workspace.shelf.add(author, name, b"", finished=False)
    url = f"{call.workspace.base_url}/upload/{stored.id}"
    return {"upload_url": url, "file_id": stored.id}


def complete_upload(call: Call) -> Json:
    """files.completeUploadExternal: the last step, which also shares the files where it is told to."""
    given = call.arguments.get("files")
    if not isinstance(given, list) or not given:
        raise SlackError("invalid_arguments", "missing required field: files")
    shelf, base_url = call.workspace.shelf, call.workspace.base_url
    files = [
        file_json(shelf.finish(str(each["id"]), str(each.get("title") or "")), base_url) for each in given
    ]
    named = call.optional("channel_id") or call.optional("channels") or ""
    for channel in filter(None, named.split(",")):
        _share(call, channel, files)
    return {"files": files}


def _share(call: Call, channel: str, files: list[Json]) -> None:
    workspace = call.workspace
    message = Message(
        place_to_post(workspace, channel),
        workspace.numbering.ts(),
        workspace.roster.app.user_id,
        call.optional("initial_comment") or "",
        thread_ts=call.optional("thread_ts"),
        files=files,
    )
    workspace.conversations.put(message)
