"""Where things lie: this user's folders, a program on a stick, the policy of the computer."""

import sys
from pathlib import Path

import pytest

from avrr_desktop import locations
from avrr_desktop.locations import NAME, PORTABLE


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A packaged program on a stick."""
    program = tmp_path / "stick" / NAME
    (program / "_internal").mkdir(parents=True)
    monkeypatch.setattr(sys, "executable", str(program / NAME))
    monkeypatch.setattr(sys, "_MEIPASS", str(program / "_internal"), raising=False)
    return tmp_path / "stick"


def test_a_packaged_program_keeps_data_in_the_profile(stick: Path, tmp_path: Path) -> None:
    assert locations.program_folder() == stick / NAME
    assert locations.portable_folder() is None
    assert locations.data_folder() == tmp_path / "profile" / NAME
    assert locations.guides() == stick / NAME / "_internal" / "docs" / "guide"


def test_with_its_data_folder_beside_it_nothing_is_kept_on_the_computer(stick: Path) -> None:
    (stick / PORTABLE).mkdir()
    for place in (locations.data_folder(), locations.default_store().parent, locations.log_folder().parent,
                  locations.policy_file().parent):  # fmt: skip
        assert place == stick / PORTABLE


def test_from_source_there_is_no_program_to_replace(tmp_path: Path) -> None:
    assert locations.program_folder() is None
    assert locations.portable_folder() is None
    assert (locations.guides() / "officer.md").exists()


def test_the_policy_lies_where_only_administrators_write(monkeypatch: pytest.MonkeyPatch) -> None:
    assert locations.policy_file() == Path("/etc/avrr-desktop/policy.toml")
    monkeypatch.setenv("PROGRAMDATA", "/programdata")  # anybody may set it, so it says nothing
    monkeypatch.setattr(sys, "platform", "win32")
    assert locations.policy_file() == Path("C:\\ProgramData/AVRR Desktop/policy.toml")
    assert locations.platform_name().startswith("windows-")
