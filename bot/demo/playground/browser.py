"""The page and its JSON API under /ui: what the browser (and `Hands`) sees and does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, Response, jsonify, request, send_from_directory

from bot.demo.playground.gestures.commands import run_command
from bot.demo.playground.gestures.controls import press, put_in, search_options
from bot.demo.playground.gestures.modals import close, submit
from bot.demo.playground.gestures.rooms import open_app, say
from bot.demo.playground.refusal import SlackError
from bot.demo.playground.shelf import file_json
from bot.demo.playground.showing import show

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.demo.playground.gestures.stage import Outcome, Stage
    from bot.demo.playground.roster import Person
    from bot.demo.playground.webapi.pace import Pace
    from bot.demo.playground.wire import Json

PAGE = Path(__file__).parent / "page"
POLL_SECONDS = 20.0
OWN_HEADER = "X-Playground"  # another site's page can't send it without asking first
POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"


def pages() -> Blueprint:
    """The page itself, the same for every address a permalink may have."""
    routes = Blueprint("pages", __name__)

    @routes.get("/")
    @routes.get("/archives/<channel>/<ts>")
    def index(channel: str = "", ts: str = "") -> Response:
        del channel, ts  # the page reads its own address
        return send_from_directory(PAGE, "index.html", max_age=0)

    @routes.get("/page/<path:name>")
    def part(name: str) -> Response:
        return send_from_directory(PAGE, name, max_age=0)

    @routes.after_app_request
    def guard(answer: Response) -> Response:
        answer.headers["Content-Security-Policy"] = POLICY
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    return routes


def ui(stage: Stage, hints: tuple[str, ...]) -> Blueprint:
    """What a person sees and does."""
    routes = Blueprint("ui", __name__, url_prefix="/ui")
    routes.before_request(_only_our_page)
    _watching(routes, stage, hints)
    _gestures(routes, stage)
    _files(routes, stage)
    return routes


def _only_our_page() -> Response | None:
    if request.method == "POST" and OWN_HEADER not in request.headers:
        return Response("This address is for the playground's own page.", 403, mimetype="text/plain")
    return None


def _watching(routes: Blueprint, stage: Stage, hints: tuple[str, ...]) -> None:
    @routes.get("/state")
    def state() -> Response:
        people = stage.workspace.roster.present
        named = request.args.get("as", "")
        person = next((each for each in people if each.id == named), people[0])
        stage.workspace.wait_for_change(int(request.args.get("since", "0")), POLL_SECONDS)
        with stage.workspace.reading():
            return jsonify(show(stage, person, hints, whole="whole" in request.args))

    @routes.post("/read")
    def read() -> Response:
        body = _body()
        with stage.workspace.changing():
            stage.workspace.conversations.mark_read(_person(stage, body).id, body["channel"])
        return jsonify({"ok": True})

    @routes.post("/dismiss")
    def dismiss() -> Response:
        body = _body()
        with stage.workspace.changing():
            message = stage.workspace.conversations.find(body["channel"], body["ts"])
            if message.only_for != _person(stage, body).id:
                raise SlackError("cant_delete_message")
            stage.workspace.conversations.remove(message.channel, message.ts)
        return jsonify({"ok": True})


def _gestures(routes: Blueprint, stage: Stage) -> None:
    """One address a gesture; each waits for the app's acknowledgement."""

    def names(body: Json) -> tuple[str, str]:
        return body["block_id"], body["action_id"]

    gestures: dict[str, Callable[[Person, Json], Outcome]] = {
        "command": lambda who, body: run_command(stage, who, body["command"], body["text"], body["channel"]),
        "say": lambda who, body: say(stage, who, body["channel"], body["text"], body.get("files", [])),
        "press": lambda who, body: press(stage, who, body["where"], names(body), body.get("choice", "")),
        "answer": lambda who, body: put_in(
            stage, who, body["where"], names(body), body["answer"], quiet=bool(body.get("quiet"))
        ),
        "options": lambda who, body: search_options(stage, who, body["where"], names(body), body["value"]),
        "submit": lambda who, body: submit(stage, who, body["view_id"]),
        "close": lambda who, body: close(stage, who, body["view_id"]),
        "home": lambda who, body: open_app(stage, who, body["tab"]),
    }

    @routes.post("/<any(command,say,press,answer,options,submit,close,home):gesture>")
    def gesture(gesture: str) -> Response:
        body = _body()
        return jsonify(gestures[gesture](_person(stage, body), body).json())


def _files(routes: Blueprint, stage: Stage) -> None:
    workspace = stage.workspace

    @routes.post("/upload")
    def upload() -> Response:
        person, name = stage.person(request.args["as"]), Path(request.args["name"]).name
        with workspace.changing():
            stored = workspace.shelf.add(person.id, name, request.get_data())
        return jsonify({"ok": True, "file": file_json(stored, workspace.base_url)})

    @routes.post("/sample")
    def take() -> Response:
        body = _body()
        with workspace.changing():
            stored = workspace.shelf.take_sample(_person(stage, body).id, body["name"])
        return jsonify({"ok": True, "file": file_json(stored, workspace.base_url)})

    @routes.get("/samples/<name>")
    def sample(name: str) -> Response:
        answer = Response(workspace.shelf.sample(name), mimetype="application/octet-stream")
        answer.headers.set("Content-Disposition", "attachment", filename=name)
        return answer

    @routes.get("/files/<file_id>")
    def uploaded(file_id: str) -> Response:
        stored = workspace.shelf.find(file_id)
        answer = Response(stored.content, mimetype="application/octet-stream")
        answer.headers.set("Content-Disposition", "attachment", filename=stored.name)
        return answer


def backstage(stage: Stage, pace: Pace) -> Blueprint:
    """What tests reach for: every request that was sent, sending one again, and the switches."""
    routes = Blueprint("backstage", __name__, url_prefix="/ui")

    @routes.get("/deliveries")
    def deliveries() -> Response:
        found = stage.courier.deliveries()
        return jsonify(
            [
                {
                    "id": each.id,
                    "kind": each.kind,
                    "body": each.body.decode(),
                    "headers": each.headers,
                    "status": each.status,
                    "answer": each.answer.decode("utf-8", "replace"),
                    "failure": each.failure,
                    "seconds": each.seconds,
                }
                for each in found
            ],
        )

    @routes.post("/redeliver")
    def redeliver() -> Response:
        again = stage.courier.send_again(int(_body()["id"]))
        return jsonify({"ok": again.accepted, "status": again.status, "delivery": again.id})

    @routes.post("/switches")
    def switches() -> Response:
        body = _body()
        stage.courier.twice = bool(body.get("twice", stage.courier.twice))
        stage.courier.ack_seconds = float(body.get("ack_seconds", stage.courier.ack_seconds))
        stage.courier.retry_seconds = tuple(body.get("retry_seconds", stage.courier.retry_seconds))
        pace.limited = bool(body.get("rate_limits", pace.limited))
        return jsonify({"ok": True})

    return routes


def _body() -> Json:
    found: Json = request.get_json()
    return found


def _person(stage: Stage, body: Json) -> Person:
    return stage.person(str(body["as"]))
