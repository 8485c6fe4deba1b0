"""The Web API over HTTP: /api/METHOD, response URLs, file downloads and uploads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify, request

from bot.demo.playground.conversations import Message
from bot.demo.playground.posting import message_parts
from bot.demo.playground.refusal import SlackError
from bot.demo.playground.webapi.call import decoded
from bot.demo.playground.webapi.methods import accepted_scopes, answer_call

if TYPE_CHECKING:
    from bot.demo.playground.tickets import ResponseUrl
    from bot.demo.playground.webapi.pace import Pace
    from bot.demo.playground.wire import Json
    from bot.demo.playground.workspace import Workspace

BEARER = "Bearer "


def web_api(workspace: Workspace, pace: Pace, bot_token: str) -> Blueprint:
    """Everything an app reaches over HTTP."""
    routes = Blueprint("webapi", __name__)

    @routes.route("/api/<method>", methods=["GET", "POST"])
    def call(method: str) -> Response:
        return _call(workspace, pace, bot_token, method)

    @routes.post("/response/<token>")
    def response(token: str) -> Response:
        try:
            with workspace.changing():
                _respond(workspace, workspace.tickets.use_response_url(token), _sent_json())
        except SlackError as refused:
            gone = refused.code in ("used_url", "expired_url")
            return _json(refused.body(), 404 if gone else 200)
        return Response("ok", mimetype="text/plain")

    @routes.get("/files/<file_id>/<path:name>")
    def download(file_id: str, name: str) -> Response:
        del name  # the id says it all
        if _token({}) != bot_token:
            return Response("<html>Sign in to Northgate Immigration</html>", 200, mimetype="text/html")
        stored = workspace.shelf.find(file_id)
        return Response(stored.content, mimetype=stored.mimetype)

    @routes.post("/upload/<file_id>")
    def upload(file_id: str) -> Response:
        content = _uploaded()
        with workspace.changing():
            workspace.shelf.fill(file_id, content)
        return Response("OK", mimetype="text/plain")

    return routes


def _call(workspace: Workspace, pace: Pace, bot_token: str, method: str) -> Response:
    try:
        arguments = _arguments()
        if pace.too_soon(method, str(arguments.get("channel", ""))):
            limited = _json({"ok": False, "error": "ratelimited"}, 429)
            limited.headers["Retry-After"] = "1"
            return limited
        token = _token(arguments)
        answer = _json(answer_call(workspace, method, token, bot_token, arguments))
    except SlackError as refused:
        answer = _json(refused.body())
    answer.headers["X-OAuth-Scopes"] = ",".join(sorted(workspace.manifest.scopes))
    answer.headers["X-Accepted-OAuth-Scopes"] = accepted_scopes(method)
    return answer


def _uploaded() -> bytes:
    """The bytes of an upload, sent as they are or as a form's only file."""
    if request.mimetype == "multipart/form-data":
        return b"".join(each.read() for each in request.files.values())
    return request.get_data()


def _arguments() -> Json:
    if request.is_json:
        return decoded(_sent_json())
    return decoded({**request.args.to_dict(), **request.form.to_dict()})


def _sent_json() -> Json:
    try:
        found = json.loads(request.get_data() or b"{}")
    except ValueError as wrong:
        raise SlackError("invalid_json") from wrong
    if not isinstance(found, dict):
        raise SlackError("json_not_object")
    return found


def _token(arguments: Json) -> str:
    header = request.headers.get("Authorization", "")
    return header.removeprefix(BEARER) if header.startswith(BEARER) else str(arguments.pop("token", ""))


def _respond(workspace: Workspace, permit: ResponseUrl, body: Json) -> None:
    """Post, replace or delete where the interaction happened. Source: Slack, "Handling user interaction"."""
    conversations, ts = workspace.conversations, permit.message_ts
    if body.get("delete_original") and ts is not None:
        conversations.remove(permit.channel, ts)
        return
    if body.get("replace_original") and ts is not None:
        before = conversations.find(permit.channel, ts)
        text, blocks = message_parts(workspace, {"blocks": [], **body})
        conversations.put(before.changed(workspace.numbering.ts(), text, blocks))
        return
    text, blocks = message_parts(workspace, body)
    only_for = None if body.get("response_type") == "in_channel" else permit.person_id
    author = workspace.roster.app.user_id
    thread_ts = body.get("thread_ts")
    conversations.put(
        Message(
            permit.channel,
            workspace.numbering.ts(),
            author,
            text,
            blocks,
            thread_ts=str(thread_ts) if thread_ts else None,
            only_for=only_for,
        ),
    )


def _json(body: Json, status: int = 200) -> Response:
    answer = jsonify(body)
    answer.status_code = status
    return answer
