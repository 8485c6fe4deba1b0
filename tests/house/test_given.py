"""Time, ids, randomness and settings are given to the product's parts, never fetched by them."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, modules, parsed

RUFF = Path(sys.executable).with_name("ruff")

FETCHING = [
    "import datetime\n\nNOW = datetime.datetime.now(datetime.UTC)\n",
    "from datetime import UTC, datetime\n\nNOW = datetime.now(UTC)\n",
    "from datetime import datetime\n\nNOW = datetime.today()\n",
    "from datetime import date\n\nTODAY = date.today()\n",
    "from datetime import datetime\n\nCLOCK = datetime.utcnow\n",
    "import time\n\nNOW = time.time()\n",
    "from time import monotonic\n\nNOW = monotonic()\n",
    "import time\n\ntime.sleep(1)\n",
    "import uuid\n\nID = uuid.uuid4()\n",
    "from uuid import uuid1\n\nID = uuid1()\n",
    "import os\n\nPORT = os.environ['PORT']\n",
    "from os import environ\n\nPORT = environ['PORT']\n",
    "import os\n\nPORT = os.getenv('PORT')\n",
    "import os\n\nNONCE = os.urandom(12)\n",
    "import random\n\nROLL = random.random()\n",
    "from random import choice\n\nROLL = choice('ab')\n",
    "import secrets\n\nSTATE = secrets.token_urlsafe(32)\n",
]
GIVEN = [
    "from datetime import UTC, datetime\n\nTHEN = datetime(2026, 1, 31, tzinfo=UTC)\n",
    "import uuid\n\nID = uuid.uuid5(uuid.NAMESPACE_URL, 'firm')\n",
    "import secrets\n\nSAME = secrets.compare_digest('a', 'a')\n",
]


def banned(path: str, source: str) -> bool:
    """Whether ruff bans what `source` uses, were it the module at `path`."""
    command = [str(RUFF), "check", "--select", "TID251", "--no-cache", "--stdin-filename", path, "-"]
    return (
        subprocess.run(command, cwd=ROOT, check=False, input=source.encode(), capture_output=True).returncode
        == 1
    )


@pytest.mark.parametrize("source", FETCHING)
def test_fetching_is_banned(source: str) -> None:
    """A part that asks for the time, an id, chance or a setting is named by the linter."""
    assert banned("qb/planted.py", source)


@pytest.mark.parametrize("path", ["commands/planted.py", "commands/views/planted.py", "db/intake/planted.py"])
def test_fetching_is_banned_everywhere_but_in_bot(path: str) -> None:
    """The rule holds in each package."""
    assert banned(path, FETCHING[0])


@pytest.mark.parametrize("source", GIVEN)
def test_what_is_given_is_allowed(source: str) -> None:
    """Fixed times, derived ids and comparisons need nobody."""
    assert not banned("qb/planted.py", source)


def test_the_running_program_may_fetch() -> None:
    """The composition root is where the clock comes from."""
    assert not banned("bot/planted.py", FETCHING[0])


def test_only_the_settings_read_the_environment() -> None:
    """The program's settings are read in one module; what starts a program hands the environment on."""
    starters = {"settings.py", "__main__.py"}
    others = [path for path in modules("bot") if path.name not in starters and "demo" not in path.parts]
    assert [] == [place for path in others for place in environment_reads(path)]


def environment_reads(path: Path) -> Iterator[str]:
    """Where the module reads the environment."""
    for node in ast.walk(parsed(path)):
        name = getattr(node, "attr", getattr(node, "id", ""))
        if isinstance(node, ast.Attribute | ast.Name) and name in {"environ", "getenv"}:
            yield f"{path}:{node.lineno}"
