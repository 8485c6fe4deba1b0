"""Runs the sandbox as a process of its own: `python -m qb.sandbox --port 8002`."""

import argparse
import signal
import sys
from datetime import UTC, datetime
from threading import Event

from qb.sandbox.server import CALLBACK, CLIENT_ID, CLIENT_SECRET, Sandbox


def main() -> int:
    """Serve until told to stop; the first line printed is the address."""
    words = argparse.ArgumentParser(prog="python -m qb.sandbox", description=__doc__)
    words.add_argument("--port", type=int, default=0)
    words.add_argument("--host", default="127.0.0.1")
    words.add_argument("--client-id", default=CLIENT_ID)
    words.add_argument("--client-secret", default=CLIENT_SECRET)
    words.add_argument(
        "--redirect-uri", action="append", help=f"may be given several times; default {CALLBACK}"
    )
    words.add_argument("--latency", type=float, default=0.0, help="seconds every call takes")
    asked = words.parse_args()
    sandbox = Sandbox(
        clock=lambda: datetime.now(UTC),
        client_id=asked.client_id,
        client_secret=asked.client_secret,
        redirect_uris=tuple(asked.redirect_uri or (CALLBACK,)),
        latency=asked.latency,
    )
    sandbox.start(asked.port, asked.host)
    sys.stdout.write(f"{sandbox.url}\n")
    sys.stdout.flush()
    stop = Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stop.set())
    stop.wait()
    sandbox.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
