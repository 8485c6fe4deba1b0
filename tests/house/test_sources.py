"""The tracked files fit any machine: no paths of ours, no registry's host, every library by its hash."""

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.house.tree import ROOT, tracked

LOCKS = ("requirements.lock", "requirements-dev.lock")
# Written in two parts, so that this file is not its own finding.
MACHINE = re.compile(rb"(?<![\w.$}~])/(?:work|root|home/\w+|Us" + rb"ers/\w+)/")
HOSTS = (
    b"py" + b"pi.org",
    b"python" + b"hosted.org",
    b"registry.npm" + b"js.org",
    b"npm" + b"js.com",
    b"deb.deb" + b"ian.org",
)


def test_no_file_names_a_machine_or_a_registry() -> None:
    """What works here works in any folder, with whatever registry a firm uses."""
    assert {} == {str(path): names for path in tracked() if (names := ours((ROOT / path).read_bytes()))}


@pytest.mark.parametrize("planted", [b"see /wo" + b"rk/main/x", b"/ro" + b"ot/.config", *HOSTS])
def test_a_planted_name_is_noticed(planted: bytes) -> None:
    """The rule above sees a path of this machine and each host."""
    assert ours(planted)


def ours(content: bytes) -> list[bytes]:
    """What a file says that holds only here."""
    return [*MACHINE.findall(content), *(host for host in HOSTS if host in content)]


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_library_has_a_version_and_hashes(name: str) -> None:
    """Nothing is installed but the very files that were tested."""
    assert [] == [line for line, hashes in requirements(name).items() if "==" not in line or not hashes]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_says_nothing_but_libraries(name: str) -> None:
    """No index, no link, no option: only requirements and their hashes."""
    odd = [
        line
        for line in (ROOT / name).read_text().splitlines()
        if not re.match(r"[a-z0-9]|    --hash=sha256:", line)
    ]
    assert [] == odd


def test_the_tests_run_with_the_libraries_that_people_get() -> None:
    """The lock for tests holds everything in the lock for use, at the same version."""
    use, tests = (set(requirements(name)) for name in LOCKS)
    assert set() == use - tests


def test_the_lock_holds_what_the_project_asks_for() -> None:
    """After a change to pyproject.toml, `make lock` was run."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    locked = dict(line.partition(" ")[0].split("==") for line in requirements("requirements.lock"))
    asked = [Requirement(each) for each in project["dependencies"]]
    assert [] == [each for each in asked if locked.get(each.name, "0") not in each.specifier]


def test_the_emulators_lock_holds_hashes_and_no_addresses() -> None:
    """What npm installs for the tests is pinned by its content alone."""
    text = (ROOT / "tests/emulator/package-lock.json").read_text()
    packages = json.loads(text)["packages"]
    assert "http" not in text
    assert ["" if name == "" else "sha512" for name in packages] == [
        package.get("integrity", "").partition("-")[0] for package in packages.values()
    ]


def requirements(name: str) -> dict[str, int]:
    """Each requirement of a lock, with how many hashes it has."""
    found: dict[str, int] = {}
    requirement = ""
    for line in (ROOT / name).read_text().splitlines():
        if line.startswith(" "):
            found[requirement] += 1
        else:
            requirement = line.removesuffix(" \\")
            found[requirement] = 0
    return found
