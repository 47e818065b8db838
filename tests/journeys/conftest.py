"""An office in which a family was recorded in the window: made once in a process, copied for each journey that goes on."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from avrr_desktop.locations import data_folder
from tests.conftest import PatientBot
from tests.journeys.test_first_case import record_family, start_store
from tests.support import window


def a_case_with_a_backup(qtbot: QtBot) -> str:
    """Record a family in a new store and close; return its case."""
    shell, desktop = start_store(qtbot)
    record_family(qtbot, desktop)
    file = window.case_page(desktop).case_file
    assert file is not None
    shell.close()
    assert len(list((data_folder() / "backups").glob("*.avrr-backup"))) == 1
    return file.case.uid


@pytest.fixture(scope="session")
def recorded(
    qapp: QApplication, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str]:
    """Go through the window from the first start to a family and the closing; return this user's data and the case."""
    place = tmp_path_factory.mktemp("recorded")
    with pytest.MonkeyPatch.context() as environment:
        for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
            environment.setenv(name, str(place))
        return data_folder(), a_case_with_a_backup(PatientBot(request))


@pytest.fixture
def at_home(recorded: tuple[Path, str], own_folders: None) -> str:
    """That office, closed, with its backup, where this test's user has it; return the family's case."""
    data, case = recorded
    shutil.copytree(data, data_folder())
    return case
