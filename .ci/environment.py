"""Makes .venv from a lock file once, and again when the lock, the project or the folder has changed."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import subprocess
import sys
import time
from pathlib import Path

LOCKS = {"run": "requirements.lock", "test": "requirements-dev.lock"}
VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"


def main(purpose: str) -> None:
    """Leave .venv ready for `run` or `test`; `test` holds all that `run` does. One set-up at a time."""
    with Path("pyproject.toml").open("rb") as project:
        fcntl.flock(project, fcntl.LOCK_EX)  # a second `make` waits here, then finds the work done
        if not any(is_ready(having) for having in (purpose, "test")):
            make_ready(purpose)


def is_ready(purpose: str) -> bool:
    """Whether .venv was made for this purpose from what the files say now."""
    stamp = stamp_of(purpose)
    return stamp.is_file() and stamp.read_text() == fingerprint(purpose)


def make_ready(purpose: str) -> None:
    """Build or bring up to date; the stamp is written last, so a set-up cut short is done again."""
    began = time.monotonic()
    say(f"Setting up in {VENV} (once, about half a minute) ...")
    stamp_of("run").unlink(missing_ok=True)
    stamp_of("test").unlink(missing_ok=True)
    if not belongs_here():
        create()
    install("--no-deps", "--require-hashes", "--only-binary", ":all:", "--requirement", LOCKS[purpose])
    install("--no-deps", "--no-build-isolation", "--no-index", "--editable", ".")
    (VENV / "made").write_text(origin())
    stamp_of(purpose).write_text(fingerprint(purpose))
    say(f"Set up in {time.monotonic() - began:.0f} s.")


def belongs_here() -> bool:
    """Whether .venv works, and was made by this Python in this folder: its programs hold both."""
    made = VENV / "made"
    if not made.is_file() or made.read_text() != origin():
        return False
    return PYTHON.exists() and run([str(PYTHON), "-I", "-m", "pip", "--version"]).returncode == 0


def create() -> None:
    """A new .venv in place of whatever was there."""
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        python = f"python{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(f"{python} lacks its venv module: type 'sudo apt-get install {python}-venv' and try again.")
    made = run([sys.executable, "-I", "-m", "venv", "--clear", str(VENV)])
    if made.returncode != 0:
        stop(f"{VENV} could not be made: check that this folder may be written to, and try again.", made)


def install(*arguments: str) -> None:
    """Run .venv's own pip, quietly."""
    pip = [str(PYTHON), "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = run([*pip, *arguments])
    if done.returncode != 0:
        stop("The libraries could not be installed: check that this machine is online, and try again.", done)


def fingerprint(purpose: str) -> str:
    """What the environment depends on, as one line."""
    lines = [origin()]
    lines += [Path(name).read_text() for name in (LOCKS[purpose], "pyproject.toml", ".ci/environment.py")]
    return hashlib.sha256("\0".join(lines).encode()).hexdigest()


def origin() -> str:
    """By what and where .venv is made."""
    return f"{sys.version}\0{Path.cwd()}"


def stamp_of(purpose: str) -> Path:
    """Where it is written that .venv is ready."""
    return VENV / f"ready-to-{purpose}"


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a program of ours to its end, keeping what it printed."""
    return subprocess.run(command, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # noqa: S603 - our own venv's programs


def say(sentence: str) -> None:
    """Tell the person at the terminal; standard output stays the program's."""
    sys.stderr.write(sentence + "\n")


def stop(sentence: str, done: subprocess.CompletedProcess[str]) -> None:
    """End with one sentence, after the last lines of what went wrong."""
    sys.exit("\n".join([*done.stdout.splitlines()[-5:], sentence]))


if __name__ == "__main__":
    main(sys.argv[1])
