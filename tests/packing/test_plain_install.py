"""``pip install`` from the source, as any Python user does: the program finds its resources and makes practice data."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.folders import ROOT

NEEDED = ("avrr_desktop", "resources", "docs/guide", "pyproject.toml", "README.md", "LICENSE", "NOTICE")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which a wheel of a copy of the source was unpacked."""
    place = tmp_path_factory.mktemp("plain")
    for name in NEEDED:
        source, target = ROOT / name, place / "source" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        ignore = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(source, target, ignore=ignore) if source.is_dir() else shutil.copyfile(source, target)
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--quiet",
               "--wheel-dir", str(place), str(place / "source")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    [wheel] = place.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place / "installed")
    return place / "installed"


def run(installed: Path, *words: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed), "XDG_DATA_HOME": str(home), "LOCALAPPDATA": str(home)}
    command = [sys.executable, "-P", "-m", "avrr_desktop", *words]
    return subprocess.run(command, cwd=home, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_a_plain_installation_makes_practice_data_and_their_papers(installed: Path, tmp_path: Path) -> None:
    assert run(installed, "--version", home=tmp_path).stdout.startswith("AVRR Desktop")
    done = run(installed, "smoke-test", home=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    program = "import avrr_desktop.locations as at; print(at.resources()); print(sorted(p.name for p in at.guides().iterdir()))"
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    told = subprocess.run([sys.executable, "-P", "-c", program], env=environment, cwd=tmp_path, capture_output=True,
                          encoding="utf-8", check=True).stdout  # fmt: skip
    assert str(installed) in told and "officer.md" in told


def test_a_plain_installation_holds_every_module_and_every_resource(installed: Path) -> None:
    modules = {path.relative_to(ROOT / "avrr_desktop") for path in (ROOT / "avrr_desktop").rglob("*.py")}
    assert modules == {
        path.relative_to(installed / "avrr_desktop") for path in (installed / "avrr_desktop").rglob("*.py")
    }
    for folder in ("packs", "fonts", "icons", "licences", "locale", "names", "places"):
        wanted = {
            path.relative_to(ROOT / "resources") for path in (ROOT / "resources" / folder).rglob("*") if path.is_file()
        }
        held = (installed / "avrr_desktop" / "resources" / folder).rglob("*")
        assert {path.relative_to(installed / "avrr_desktop" / "resources") for path in held if path.is_file()} == wanted
