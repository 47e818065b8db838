"""The real window over a store that the tests opened by its raw key, ready to be locked as an office's store is."""

from pytestqt.qtbot import QtBot

from avrr_desktop.keys import slots
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.frame.shell import Shell
from tests.support.window import window_over


def office_window(qtbot: QtBot, workspace: Workspace) -> Shell:
    """Return a shown window that knows its folder and finds key files there: lock, backup and closing work."""
    workspace.folder.write_keys(slots.KeyFile(store="STORE", kind=slots.OFFICE, generation=1, slots=()))
    return window_over(qtbot, workspace)
