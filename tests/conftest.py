"""Fixtures that every test may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from avrr_desktop.domain.case import CaseFile
from avrr_desktop.operations.workspace import Workspace
from tests import stores

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes this user's own stores."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "profile"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "profile"))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An open store with office and officer, at 15 June 2026."""
    made = stores.office_workspace(tmp_path / "office.avrr")
    yield made
    made.lock()


@pytest.fixture
def family(workspace: Workspace) -> CaseFile:
    """A family of five with two papers missing, in the store of ``workspace``."""
    return stores.family(workspace)
