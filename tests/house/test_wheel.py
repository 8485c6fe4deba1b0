"""The wheel holds the four packages, whole, and nothing else."""

import subprocess
import sys
import zipfile

import pytest

from tests.house.tree import PACKAGES, ROOT, tracked


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in the wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    building = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(building, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_exactly_the_four_packages(wheel: set[str]) -> None:
    """Beside them stands only what says what the wheel is."""
    tops = {name.partition("/")[0] for name in wheel}
    about = {top for top in tops if top.endswith(".dist-info")}
    assert 1 == len(about)
    assert set(PACKAGES) == tops - about


def test_every_file_of_the_packages_is_in_the_wheel(wheel: set[str]) -> None:
    """Migrations, pages, scripts and styles go along."""
    assert set() == {path.as_posix() for path in tracked(*PACKAGES)} - wheel


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_says_that_it_is_typed(wheel: set[str], package: str) -> None:
    """Type checkers trust our annotations."""
    assert f"{package}/py.typed" in wheel


def test_the_wheel_starts_the_program(wheel: set[str]) -> None:
    """`caseledger` is what a person types after installing it."""
    (points,) = (name for name in wheel if name.endswith("entry_points.txt"))
    assert points.startswith("caseledger-")
