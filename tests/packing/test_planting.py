"""What is planted to try the proof: a program that notices is let through, one that does not is told, by what it missed."""

import os
from pathlib import Path

import PySide6
import pytest

from avrr_desktop.locations import NAME
from tools.packing import BuildError, archive, planting, search_paths
from tools.packing.unprivileged_user import User

QT = Path(str(PySide6.__file__)).parent / "Qt"
# A program of two commands, as far as they are asked: it looks for its library, and at who may change a policy.
PROGRAM = """#!/bin/sh
case $1 in
smoke-test)
    [ -e "${0%/*}/_internal/libQt6Gui.so.6" ] || { echo "missing libQt6Gui.so.6" >&2; exit 4; }
    ;;
policy)
    for each in /etc/avrr-desktop /etc/avrr-desktop/policy.toml; do
        case $(stat -c %u:%a "$each") in
        0:755 | 0:644) ;;
        *) echo "Not valid: it is not of the system"; exit 3 ;;
        esac
    done
    echo "This policy is valid"
    ;;
esac
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A program of which the outlines are there, with a real plug-in of Qt."""
    made = tmp_path / "made" / NAME
    (made / "_internal").mkdir(parents=True)
    (made / NAME).write_text(PROGRAM)
    (made / NAME).chmod(0o755)
    (made / "_internal" / planting.LIBRARY).write_bytes(b"the window")
    (made / "_internal" / "libqminimal.so").write_bytes((QT / "plugins/platforms/libqminimal.so").read_bytes())
    return made


@pytest.fixture
def user(tmp_path: Path) -> User:
    return User(tmp_path / "home", ()).settle()


def blind(folder: Path, line: str, instead: str) -> None:
    """Let the program no longer see something."""
    text = (folder / NAME).read_text()
    assert line in text
    (folder / NAME).write_text(text.replace(line, instead))


def test_a_missing_library_is_to_be_named(folder: Path, tmp_path: Path, user: User) -> None:
    copied = planting.without_library(folder, tmp_path / "copy")
    assert not list(copied.rglob(planting.LIBRARY)) and list(folder.rglob(planting.LIBRARY))
    assert planting.LIBRARY in user.refused(copied / NAME, "smoke-test", code=4)
    with pytest.raises(BuildError, match=r"holds no libQt6Gui"):
        planting.without_library(copied, tmp_path / "again")
    for line, instead, told in (
        ("exit 4", "exit 0", "ended with 0, not 4"),
        ("missing lib", "no window ", "was not named"),
    ):
        blind(folder, line, instead)
        with pytest.raises(BuildError, match=told):
            planting.prove(folder, tmp_path / instead, user)
        blind(folder, instead, line)


def test_a_foreign_search_path_is_to_be_found(folder: Path, tmp_path: Path) -> None:
    copied = planting.copy(folder, tmp_path / "copy")
    (copied / "_internal" / "libqminimal.so").unlink()
    with pytest.raises(BuildError, match="has a search path of its own"):
        planting.plant_path(copied)
    copied = planting.copy(folder, tmp_path / "second")
    before = search_paths.foreign(copied)
    assert planting.plant_path(copied) == "libqminimal.so"
    assert [one for one in search_paths.foreign(copied) if one not in before and "/home" in one]
    assert search_paths.foreign(folder) == before  # the good one stays as it was
    planting.verify_planted(copied, "libqminimal.so")
    with pytest.raises(BuildError, match="was planted in libqminimal"):
        planting.verify_planted(tmp_path / "home", "libqminimal.so")  # where nothing is found


def test_a_policy_that_others_may_change_is_to_be_refused(folder: Path, tmp_path: Path, user: User) -> None:
    if why := planting.unable():
        assert why == "this computer lets nobody mount" or os.geteuid() != 0
        return
    lines = list(planting.policies(folder / NAME, tmp_path / "etc", user))
    assert [line.endswith("does not hold") for line in lines] == [True, True, True, False]
    blind(folder, "0:755 | 0:644) ;;", "0:*) ;;")
    with pytest.raises(BuildError, match="ended with 0, not 3"):
        list(planting.policies(folder / NAME, tmp_path / "second", user))


def test_an_update_without_its_window_is_whole_but_for_the_library(folder: Path, tmp_path: Path) -> None:
    package = tmp_path / f"{NAME}-1.0.0-linux-x86_64.tar.xz"
    archive.pack(folder, package, 1_790_000_000, 0)
    described = planting.update_without_library(package, tmp_path / "windowless")
    assert sorted(path.name for path in described.parent.iterdir()) == sorted((package.name, described.name))
    assert described.parent.parent == tmp_path / "windowless" and not (tmp_path / "windowless" / "good").exists()
    assert 0 < (described.parent / package.name).stat().st_size < package.stat().st_size
