"""Runs the playground alone, for an app that was started elsewhere."""

from __future__ import annotations

import argparse
import threading
from pathlib import Path

from bot.demo.playground import Playground


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m bot.demo.playground", description=__doc__)
    parser.add_argument("--app-url", default="http://127.0.0.1:3000", help="where the app listens")
    parser.add_argument("--port", type=int, default=4390, help="where the playground listens")
    parser.add_argument("--manifest", type=Path, default=Path("manifest.yml"))
    parser.add_argument("--samples", type=Path, help="a folder of files to choose from")
    parser.add_argument("--signing-secret", default="playground", help="the app's SLACK_SIGNING_SECRET")
    parser.add_argument("--bot-token", default="xoxb-playground", help="the app's SLACK_BOT_TOKEN")
    chosen = parser.parse_args()
    playground = Playground(
        app_url=chosen.app_url,
        signing_secret=chosen.signing_secret,
        bot_token=chosen.bot_token,
        manifest=chosen.manifest,
        samples=chosen.samples,
    )
    playground.start(chosen.port)
    print(f"Open {playground.url} · SLACK_API_URL={playground.api_url}", flush=True)  # noqa: T201 (it is what the command is for)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        playground.stop()


if __name__ == "__main__":
    main()
