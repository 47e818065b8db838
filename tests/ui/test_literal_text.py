"""Every page with an ampersand and angle brackets in all that is typed: each text is shown letter by letter, each list whole."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QMenu, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.fields import Kind, Record
from avrr_desktop.domain.records import BY_KEY
from avrr_desktop.operations.cases import read_case
from avrr_desktop.operations.finding import all_cases
from avrr_desktop.operations.records import directory, edit_record
from avrr_desktop.operations.workspace import Workspace
from avrr_desktop.ui.widgets import WHOLE_ROWS, Choice
from tests.ui.every_page import FRONT, PAGES
from tests.ui.seeing import _items
from tests.ui.stage import Stage

TYPED = "Ry & <b>Zu</b>"


def spoil(workspace: Workspace) -> None:
    """Write the ampersand and the brackets into every line of text of some cases, and of what stands beside them."""
    for kind in ("officer", "provider"):
        for record in directory(workspace, kind):
            _write(workspace, record, "")
    office = workspace.office
    assert office is not None
    edit_record(workspace, office, {"name": TYPED})
    for line in all_cases(workspace):
        case = read_case(workspace, line.uid)
        edit_record(workspace, case.case, {"called": TYPED}, line.uid)


def spoil_case(workspace: Workspace, uid: str) -> None:
    file = read_case(workspace, uid)
    records = [record for member in file.members for record in (member.person, member.membership)]
    for some in (file.papers, file.services, file.steps, file.referrals, file.follow_ups, file.contacts, file.notes):
        records += some[:4]
    for record in records:
        _write(workspace, record, uid)


def _write(workspace: Workspace, record: Record, case: str) -> None:
    fields = [field for field in BY_KEY[record.type].fields if field.kind in (Kind.TEXT, Kind.NAME, Kind.LONG_TEXT)]
    fields = [field for field in fields if not (field.computed or field.retired or field.initials)]
    keys = [field.key for field in fields if field.key not in ("code", "template", "time_zone", "short")]
    edit_record(workspace, record, dict.fromkeys(keys, TYPED), case)


@pytest.fixture(scope="module")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    place = tmp_path_factory.mktemp("literal")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_DATA_HOME", str(place))
        environment.setenv("LOCALAPPDATA", str(place))
        made = Stage(place, PAGES, FRONT)
        spoil(made._open())
        spoil_case(made._open(), made.case)
        made.officers = directory(made._open(), "officer")
        yield made
        made.close()


def show(qtbot: QtBot, stage: Stage, name: str) -> QWidget:
    window = stage.front if name in FRONT else stage.shell
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    if stage.desktop.help.tour is not None:
        stage.desktop.help.tour.stop()
    PAGES[name](stage)
    for _ in range(4):
        QApplication.processEvents()
    return window


def unmarked(text: str) -> str:
    """Return what Qt draws of the text of a button: a single ampersand goes, of two one is left."""
    return re.sub(r"&(.)", r"\1", text, flags=re.DOTALL)


def drawn(text: str, form: Qt.TextFormat) -> str:
    rich = form is Qt.TextFormat.RichText or (form is Qt.TextFormat.AutoText and "<" in text)
    return QTextDocumentFragment.fromHtml(text).toPlainText() if rich else text


def seen_on(window: QWidget) -> Iterator[tuple[str, str]]:
    """Yield (what shows it, the letters that are seen of it)."""
    yield "title", window.windowTitle()
    for widget in window.findChildren(QWidget):
        what = f"{type(widget).__name__}#{widget.objectName()}"
        if widget.toolTip():
            yield f"tool tip of {what}", drawn(widget.toolTip(), Qt.TextFormat.AutoText)
        yield f"name of {what}", widget.accessibleName()
        if isinstance(widget, QMenu):
            yield from ((f"menu {what}", unmarked(action.text())) for action in widget.actions())
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel):
            assert widget.buddy() is None
            yield what, drawn(widget.text(), widget.textFormat())
        elif isinstance(widget, QAbstractButton):
            yield what, unmarked(widget.text())
        elif isinstance(widget, QTabBar):
            yield from ((what, unmarked(widget.tabText(number))) for number in range(widget.count()))
        else:
            yield from (
                (what, drawn(text, Qt.TextFormat.AutoText)) for text in _items(widget) if text.startswith("<qt>")
            )


def is_whole(text: str) -> bool:
    """Say whether each piece of what was typed is there letter by letter, or cut by an ellipsis."""
    for found in re.finditer(r"Ry|Zu", text):
        if found.group() == "Zu":
            if not text[: found.start()].endswith("Ry & <b>"):
                return False
            continue
        rest = text[found.start() :]
        if not (rest.startswith(TYPED) or (rest.endswith("…") and TYPED.startswith(rest.rstrip("…").rstrip()))):
            return False
    return True


@pytest.mark.parametrize("name", PAGES)
def test_what_was_typed_is_shown_letter_by_letter(qtbot: QtBot, stage: Stage, name: str) -> None:
    window = show(qtbot, stage, name)
    broken = sorted({f"{what}: {text!r}" for what, text in seen_on(window) if not is_whole(text)})
    assert not broken, "\n".join([name, *broken])


def test_the_check_itself_sees_an_eaten_letter() -> None:
    assert is_whole(TYPED) and is_whole(f"{TYPED}: {TYPED}, 12") and is_whole("Ry & <b>…")
    for text in (unmarked(TYPED), drawn(TYPED, Qt.TextFormat.AutoText), "Ry Zu", "Zu"):
        assert not is_whole(text), text


@pytest.mark.parametrize("name", PAGES)
def test_every_list_pops_up_in_whole_rows_as_wide_as_its_texts(qtbot: QtBot, stage: Stage, name: str) -> None:
    window = show(qtbot, stage, name)
    for box in [one for one in window.findChildren(QComboBox) if one.isVisible() and one.isEnabled() and one.count()]:
        named = box.accessibleName()
        assert isinstance(box, Choice), named
        box.showPopup()
        qtbot.waitUntil(box.view().isVisible)
        view, popup = box.view(), box.view().window()
        rows = [view.sizeHintForRow(row) for row in range(box.count())][:WHOLE_ROWS]
        assert view.viewport().height() >= sum(rows), f"{named}: the last row is cut"
        assert view.viewport().height() < sum(rows) + rows[-1], f"{named}: a half row is seen below"
        assert view.verticalScrollBar().isVisible() is (box.count() > WHOLE_ROWS), named
        room = box.screen().availableGeometry()
        wide = min(view.sizeHintForColumn(0), room.width() - 40)
        assert view.viewport().width() >= wide, f"{named}: texts are cut"
        assert room.contains(popup.frameGeometry()), named
        box.hidePopup()
