"""What this computer remembers of versions, who counts as running, and what a program that we start inherits."""

import errno
import json
import sys

import pytest

from avrr_desktop import __version__
from avrr_desktop.locations import data_folder
from avrr_desktop.operations.computer.instances import others_running
from avrr_desktop.operations.computer.version_memory import read_memory
from avrr_desktop.operations.program.update.staging import outer_environment


def test_where_locks_are_not_known_nobody_counts_as_running(monkeypatch: pytest.MonkeyPatch) -> None:
    (data_folder() / "running").mkdir(parents=True)
    (data_folder() / "running" / "1").touch()

    def unknown(_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("avrr_desktop.operations.computer.instances.lock_file", unknown)
    assert others_running() == 0


def test_what_a_newer_program_remembers_is_read_as_far_as_it_is_known() -> None:
    data_folder().mkdir(parents=True, exist_ok=True)
    one = {"version": "9.1.0", "before": "9.0.0", "at": "2026-11-27T09:00:00+00:00", "by": "somebody"}
    (data_folder() / "versions.json").write_text(json.dumps({"highest": "9.1.0", "installed": [one, "x"], "more": 1}))
    memory = read_memory()
    assert memory.highest == "9.1.0"
    assert [entry.version for entry in memory.installed] == ["9.1.0"]
    for harm in ("[]", "{", '{"highest": 5}', '{"highest": "9.x"}'):
        (data_folder() / "versions.json").write_text(harm)
        assert read_memory().highest == __version__


def test_what_we_start_does_not_get_our_own_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/packaged")
    monkeypatch.setenv("_PYI_ARCHIVE_FILE", "x")
    assert outer_environment()["LD_LIBRARY_PATH"] == "/packaged"  # from source it is the user's own
    monkeypatch.setattr(sys, "_MEIPASS", "/packaged", raising=False)
    found = outer_environment()
    assert "LD_LIBRARY_PATH" not in found and "_PYI_ARCHIVE_FILE" not in found
    assert found["PYINSTALLER_RESET_ENVIRONMENT"] == "1"
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/mine")
    assert outer_environment()["LD_LIBRARY_PATH"] == "/mine"
