"""A step whose turn only comes later is grey everywhere; red is for what was refused, is held up by a reason, or is late."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QTreeWidgetItemIterator
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.services import add_service
from avrr_desktop.operations.session.records import edit_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.steps.family_path import FamilyPath
from avrr_desktop.ui.case.steps.services_tab import ServicesTab
from avrr_desktop.ui.widgets.theme import Theme


@pytest.fixture
def waiting(workspace: Workspace, family: CaseFile) -> CaseFile:
    """The family with a service whose first step can start and whose second waits for it."""
    add_service(workspace, family, "identity_card", [family.members[0].person.uid])
    return read_case(workspace, family.case.uid)


def changed(workspace: Workspace, case_file: CaseFile, uid: str, **values: object) -> CaseFile:
    step = next(one for one in case_file.steps if one.uid == uid)
    edit_record(workspace, step, values, case_file.case.uid)
    return read_case(workspace, case_file.case.uid)


def colours(qtbot: QtBot, workspace: Workspace, case_file: CaseFile, theme: Theme, uid: str) -> tuple[set[str], str]:
    """Return (the colours of a step's mark in the path, its colour in the list of services)."""
    path = FamilyPath(workspace, theme, case_file)
    qtbot.addWidget(path)
    path.resize(1600, path.height())
    picture = path.grab().toImage()
    wanted = {QColor(getattr(theme.colours, name)).name(): name for name in ("bad", "muted", "accent", "waiting")}
    found = set()
    for row, line in enumerate(path.path.rows):
        for column, view in enumerate(line.views):
            if view is not None and view.step.uid == uid:
                place = path.place_of(row, column)
                points = (
                    (x, y) for x in range(place.left(), place.right()) for y in range(place.top(), place.bottom())
                )
                found = {wanted[name] for x, y in points if (name := picture.pixelColor(x, y).name()) in wanted}
    tab = ServicesTab(Actions(workspace, path), theme)
    qtbot.addWidget(tab)
    tab.show_case(case_file)
    items = QTreeWidgetItemIterator(tab.tree)
    shown = ""
    while item := items.value():
        if item.data(0, 0x0100) == uid:
            shown = wanted.get(item.foreground(2).color().name(), "")
        items += 1
    return found, shown


def test_grey_is_later_and_red_is_held_up(qtbot: QtBot, workspace: Workspace, waiting: CaseFile) -> None:
    theme = Theme(scale=2)  # so that lines are wider than their soft edges
    later = next(view for view in waiting.step_views() if view.later)
    first = later.blockers[0].uid
    uid = later.step.uid
    assert colours(qtbot, workspace, waiting, theme, uid) == ({"muted"}, "muted")
    assert colours(qtbot, workspace, waiting, theme, first) == ({"accent"}, "accent")
    late = changed(workspace, waiting, first, state="planned", planned_on="2025-01-01")
    assert colours(qtbot, workspace, late, theme, first) == ({"bad"}, "bad")
    assert colours(qtbot, workspace, late, theme, uid) == ({"muted"}, "muted")
    held = changed(workspace, late, uid, state="blocked", block_reason="missing_document")
    assert colours(qtbot, workspace, held, theme, uid) == ({"bad"}, "bad")
    refused = changed(workspace, waiting, first, state="refused", planned_on="")
    assert colours(qtbot, workspace, changed(workspace, refused, uid, state="planned"), theme, uid) == ({"bad"}, "bad")
