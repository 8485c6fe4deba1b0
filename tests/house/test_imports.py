"""The import contracts hold, and each catches what it is for when it is planted."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import ROOT

LINT = Path(sys.executable).with_name("lint-imports")
# A miniature of the house: the modules that the contracts name, empty.
ROOMS = (
    "bot",
    "bot/demo",
    "bot/demo/playground",
    "commands",
    "commands/views",
    "qb",
    "qb/gateway",
    "qb/sandbox",
    "db",
    "db/tables",
)
MODULES = (
    "bot/app.py",
    "commands/sync.py",
    "qb/plan.py",
    "qb/tax.py",
    "qb/sweep.py",
    "qb/digest.py",
    "qb/omens.py",
    "qb/policy.py",
    "qb/post.py",
    "db/store.py",
)
# The pure modules that later issues bring; a contract can only name what is there.
PURE = {
    "qb/plan.py",
    "qb/tax.py",
    "qb/sweep.py",
    "qb/digest.py",
    "qb/omens.py",
    "qb/policy.py",
    "commands/views",
}

CAUGHT = [
    ("house", "db/store.py", "import qb.post"),
    ("house", "qb/post.py", "import commands.sync"),
    ("house", "commands/sync.py", "import bot.app"),
    ("pure", "qb/plan.py", "import sqlalchemy"),
    ("pure", "qb/tax.py", "import time"),
    ("pure", "qb/sweep.py", "import db.store"),
    ("pure", "qb/digest.py", "import db.store"),
    ("pure", "qb/omens.py", "import db.store"),
    ("pure", "qb/policy.py", "import db.store"),
    ("pure", "commands/views/__init__.py", "from slack_sdk.models import blocks"),
    ("pure", "qb/plan.py", "import qb.post"),  # which imports db.store, and that SQLAlchemy
    ("tables", "qb/post.py", "from db.tables import Effect"),
    ("gateway", "qb/post.py", "from quickbooks.objects import Invoice"),
    ("gateway", "bot/app.py", "import intuitlib.client"),
    ("slack", "qb/post.py", "import slack_sdk"),
    ("slack", "db/store.py", "import slack_bolt"),
    ("sql", "commands/sync.py", "from sqlalchemy import select"),
    ("stand-ins-alone", "qb/sandbox/__init__.py", "import qb.plan"),
    ("stand-ins-alone", "qb/sandbox/__init__.py", "import db.store"),
    ("stand-ins-alone", "bot/demo/playground/__init__.py", "import bot.app"),
    ("stand-ins-alone", "bot/demo/playground/__init__.py", "import qb.sandbox"),
    ("stand-ins-unseen", "qb/post.py", "import qb.sandbox"),
    ("stand-ins-unseen", "bot/app.py", "import bot.demo.playground"),
]
# Annotations may name what db gives and takes, though the modules that say so know SQL.
NOT_FOR_TYPES = {"pure", "sql"}
CAUGHT_IN_TYPES = [
    ("house", "db/store.py", "import qb.post"),
    ("tables", "qb/post.py", "from db.tables import Effect"),
    ("gateway", "qb/post.py", "from quickbooks.objects import Invoice"),
    ("slack", "db/store.py", "import slack_bolt"),
    ("stand-ins-alone", "qb/sandbox/__init__.py", "import db.store"),
    ("stand-ins-unseen", "qb/post.py", "import qb.sandbox"),
]
ALLOWED = [
    ("db/store.py", "import db.tables, sqlalchemy"),
    ("qb/gateway/__init__.py", "import quickbooks.client, intuitlib.client"),
    ("bot/demo/__init__.py", "import bot.app, qb.sandbox, bot.demo.playground"),
    ("commands/sync.py", "import slack_bolt, qb.post, db.store, commands.views"),
]

# Loads modules and lists all that came along. `commands` itself is the table of everything that can be asked
# and so knows it all: it is left empty here, as its views don't use it.
LOADING = """
import importlib, sys, types
package = types.ModuleType(sys.argv[1].partition(".")[0])
package.__path__ = [package.__name__]
sys.modules[package.__name__] = package
for name in sys.argv[1:]:
    importlib.import_module(name)
    print("loaded")
print(*sys.modules)
"""


def contracts() -> dict[str, str]:
    """The contracts' names by their ids."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return {each["id"]: each["name"] for each in settings["tool"]["importlinter"]["contracts"]}


def lint(house: Path) -> str:
    """What the linter says of a house; its names of broken contracts end with BROKEN."""
    return run_linter(house, ROOT / "pyproject.toml", set(contracts()))


def lint_types(house: Path, folder: Path) -> str:
    """What it says where imports for annotations count as well, of the contracts that hold for types."""
    settings = (ROOT / "pyproject.toml").read_text()
    strict = folder / "types.toml"
    strict.write_text(settings.replace("exclude_type_checking_imports = true", ""))
    return run_linter(house, strict, set(contracts()) - NOT_FOR_TYPES)


def run_linter(house: Path, config: Path, chosen: set[str]) -> str:
    """What the linter prints about the chosen contracts."""
    command = [str(LINT), "--config", str(config), "--no-cache", "--no-logo"]
    command += [f"--contract={each}" for each in sorted(chosen)]
    return subprocess.run(command, cwd=house, check=False, capture_output=True, text=True).stdout


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The miniature, with one innocent chain: qb.post uses db.store, which uses SQLAlchemy."""
    for room in ROOMS:
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
    for module in MODULES:
        (tmp_path / module).touch()
    (tmp_path / "qb/post.py").write_text("import db.store\n")
    (tmp_path / "db/store.py").write_text("import sqlalchemy\n")
    return tmp_path


@pytest.mark.parametrize(("contract", "module", "planted"), CAUGHT)
def test_a_planted_import_breaks_its_contract(house: Path, contract: str, module: str, planted: str) -> None:
    """The contract that forbids the import is named as broken."""
    with (house / module).open("a") as source:
        source.write(f"{planted}\n")
    assert f"{contracts()[contract]} BROKEN" in lint(house)


@pytest.mark.parametrize(("contract", "module", "planted"), CAUGHT_IN_TYPES)
def test_a_planted_type_breaks_its_contract(house: Path, contract: str, module: str, planted: str) -> None:
    """An import for annotations only is still a way of knowing."""
    with (house / module).open("a") as source:
        source.write(f"from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    {planted}\n")
    assert f"{contracts()[contract]} BROKEN" in lint_types(house, house)


def test_what_the_house_allows_breaks_nothing(house: Path) -> None:
    """The ways that the design leaves open are open."""
    for module, line in ALLOWED:
        with (house / module).open("a") as source:
            source.write(f"{line}\n")
    said = lint(house)
    assert f"Contracts: {len(contracts())} kept, 0 broken." in said


def test_every_contract_has_a_planted_import() -> None:
    """No contract is only believed to hold."""
    assert set(contracts()) == {contract for contract, _, _ in CAUGHT}


def test_the_house_keeps_its_contracts() -> None:
    """The contracts hold for the real packages."""
    said = lint(ROOT)
    assert f"Contracts: {len(contracts())} kept, 0 broken." in said, said


def test_the_house_keeps_its_contracts_in_types(tmp_path: Path) -> None:
    """The direction of the house holds for annotations too."""
    said = lint_types(ROOT, tmp_path)
    assert f"Contracts: {len(contracts()) - len(NOT_FOR_TYPES)} kept, 0 broken." in said, said


@pytest.mark.parametrize("name", sorted(PURE))
def test_a_pure_module_runs_without_the_rest(name: str) -> None:
    """Loading it loads no SQLAlchemy and no Slack client."""
    path = ROOT / name
    if not path.exists():
        return
    below = [path] if path.is_file() else sorted(path.glob("*.py"))
    names = [".".join(module.relative_to(ROOT).with_suffix("").parts) for module in below]
    loading = [sys.executable, "-c", LOADING, *names]
    loaded = subprocess.run(loading, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    assert len(names) == loaded.count("loaded")
    assert set() == {"sqlalchemy", "slack_sdk", "slack_bolt"} & set(loaded)


def test_every_pure_module_that_is_there_is_in_the_contract() -> None:
    """Once a later issue brings a pure module, the contract must name it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    (pure,) = (each for each in settings["tool"]["importlinter"]["contracts"] if each["id"] == "pure")
    there = {name.removesuffix(".py").replace("/", ".") for name in PURE if (ROOT / name).exists()}
    assert there == set(pure["source_modules"])
