"""What a window says and what it cuts: its texts, which of them are data, and the room that each one has."""

import json
import re
from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QAbstractItemModel, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTabBar,
    QTableView,
    QTreeView,
    QTreeWidget,
    QTreeWidgetItemIterator,
    QWidget,
)  # fmt: skip

from avrr_desktop import __version__
from avrr_desktop.domain.case.day_sheet import initials
from avrr_desktop.domain.places.gazetteer import Place, gazetteer
from avrr_desktop.domain.places.placed import place_of
from avrr_desktop.domain.records.fields import Kind, Record
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.language import languages
from avrr_desktop.locations import resources
from avrr_desktop.operations.cases.cases import person_number, read_case
from avrr_desktop.operations.cases.search import all_cases
from avrr_desktop.operations.program.guides import IT, OFFICER, POLICY, read_guide
from avrr_desktop.operations.session.records import directory
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.widgets.controls import ElidedButton, ElidedLabel
from avrr_desktop.ui.widgets.item_list import LINE_ROLE, ItemList
from avrr_desktop.ui.widgets.pdf_view import PdfView
from avrr_desktop.ui.widgets.theme import SMALL, Theme

SLACK = 2  # pixels


def asks(widget: QWidget) -> bool:
    """Whether something can be typed or chosen in a widget."""
    if isinstance(widget, QLineEdit | QPlainTextEdit) and widget.isReadOnly():
        return False
    return widget.isEnabled()


class Known:
    """What may stand on the screen as it is: values of the store's records, dates, keys, names of languages."""

    _SEPARATOR = re.compile(r"\s|, |: ")
    _AROUND = " \t\n·,:;.–→|()“”~+*…"
    _KEYS = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+)+[\w+-]+|\b[A-Z](?:, [A-Z])+\b|\bEsc\b|\bF\d{1,2}\b|•+\w{0,2}")
    _PATH = re.compile(r"/\S+/(backups|\w+\.avrr)")
    _VERSIONS = re.compile(r"\b(Python|SQLCipher|SQLite|Qt) [\d.]+( community)?")
    _WORD, _PLAIN = re.compile(r"[^\W\d_]+"), re.compile("[A-Za-z]")

    def __init__(self, workspace: Workspace) -> None:
        words = workspace.words
        formats = json.loads((resources() / "locale" / "formats.json").read_text(encoding="utf-8"))[words.language]
        texts = {"AVRR Desktop", f"AVRR Desktop {__version__}", "kB", workspace.folder.path.name}
        texts |= {name for _, name in languages()}
        texts |= {name for key in ("months", "months_alone", "months_short", "weekdays") for name in formats[key]}
        texts |= {formats[key].replace("{0}", "").replace("{1}", "").strip() for key in ("list_two", "list_last")}
        for line in all_cases(workspace):
            case_file = read_case(workspace, line.uid)
            texts |= {person_number(case_file, member) for member in case_file.members}
            texts |= {initials(member.person) for member in case_file.members}
        texts |= set(workspace.pack.steps)  # the keys of the pack's steps, as supervisors know them
        texts |= {step.source_title for step in workspace.pack.steps.values()}
        texts |= {step.source_date for step in workspace.pack.steps.values()}
        texts |= {one.title for guide in (OFFICER, IT, POLICY) for one in read_guide(guide)}  # not translated yet
        # A title of the pack is a value too, but one that is looked up.
        values = {text for record in _records(workspace) for text in _values(record)}
        values |= {line for text in values for line in text.splitlines()}  # a list of one entry a line
        for record in _records(workspace):
            texts |= {name for place in _places(record) for name in place.all_names()}
        self._judged: dict[str, bool] = {}
        self._texts = {_even(text) for text in texts | {text for text in values if words.text(text) == text}}

    def leftover(self, text: str) -> bool:
        """Say whether a text has a part that is neither looked up nor known."""
        if text not in self._judged:
            outside, inside = _parted(self._VERSIONS.sub("", self._PATH.sub("", text)))
            pieces: list[str] = []
            for part in inside:
                plain = self._WORD.sub(lambda match: match[0] if self._PLAIN.search(match[0]) else "\0", part)
                pieces += re.split(r"\0|~", plain)
            self._judged[text] = not self._allowed(self._KEYS.sub(" ", outside)) or not all(
                self._allowed(piece) or self._allowed(piece.replace("Kosovo", "")) for piece in pieces
            )
        return self._judged[text]

    def _allowed(self, text: str) -> bool:
        """Say whether a text is a row of known parts: from each place that is reached, try every separator."""
        text, reached, seen = _even(text), [0], {0}
        while reached:
            start = reached.pop()
            if self._one(text[start:]):
                return True
            for match in self._SEPARATOR.finditer(text, start):
                if match.end() not in seen and self._one(text[start : match.start()]):
                    seen.add(match.end())
                    reached.append(match.end())
        return False

    def _one(self, text: str) -> bool:
        bare = text.strip(self._AROUND)
        if not self._WORD.search(bare) or bare in self._texts or text.strip() in self._texts:
            return True
        cut = text.strip().removesuffix("…")
        return cut != text.strip() and len(cut) > 20 and any(known.startswith(cut) for known in self._texts)


def _even(text: str) -> str:
    return re.sub(r"[ \t\n]*\n[ \t\n]*", "\n", text)


def _parted(text: str) -> tuple[str, list[str]]:
    """Return what stands outside all brackets, and what stands in each outermost pair."""
    outside, inside, depth = "", [""], 0
    for letter in text:
        if letter == "[":
            depth += 1
            outside += " " if depth == 1 else ""
        elif letter == "]" and depth:
            depth -= 1
            if not depth:
                inside.append("")
                continue
        if depth and letter not in "[]":
            inside[-1] += letter
        elif not depth:
            outside += letter
        else:
            inside[-1] += " "
    return outside, inside


def _places(record: Record) -> Iterator[Place]:
    """Yield the places that a record means, and those in which they lie: their names come from the list of places."""
    for field in BY_KEY[record.type].places:
        if place := place_of(record, field.key):
            yield place
            yield from filter(None, map(gazetteer().get, gazetteer().ancestors(place.uid)))


def _records(workspace: Workspace) -> Iterator[Record]:
    for kind in ("office", "officer", "provider"):
        yield from directory(workspace, kind)
    for line in all_cases(workspace):
        file = read_case(workspace, line.uid)
        yield file.case
        for member in file.members:
            yield from (member.person, member.membership)
        for records in (
            file.papers,
            file.services,
            file.steps,
            file.referrals,
            file.follow_ups,
            file.contacts,
            file.notes,
            file.plans,
            file.schoolings,
            *file.others.values(),
        ):
            yield from records


def _values(record: Record) -> Iterator[str]:
    """Yield what a person typed; codes, links and truth values have to be put into words."""
    typed = (Kind.TEXT, Kind.LONG_TEXT, Kind.NAME, Kind.NUMBER_OF_PAPER)
    for key, value in record.values.items():
        if isinstance(value, str) and BY_KEY[record.type].field(key).kind in typed:
            yield from (value, value.split("\n")[0])


def texts_of(window: QWidget) -> Iterator[tuple[str, str]]:
    """Yield (what shows it, text) for all that is seen, hovered, opened or read aloud."""
    yield "title of the window", window.windowTitle()
    for widget in _shown(window):
        what = f"{type(widget).__name__}#{widget.objectName()}"
        elided = isinstance(widget, ElidedLabel | ElidedButton)
        if isinstance(widget, QLabel | QAbstractButton) and not elided:
            yield what, widget.text()
        if isinstance(widget, QPushButton) and (menu := widget.menu()) is not None:
            yield from ((f"menu of {what}", text) for text in _actions(menu))
        if isinstance(widget, QTabBar):
            for number in range(widget.count()):
                yield from ((what, widget.tabText(number)), (what, widget.tabToolTip(number)))
        if isinstance(widget, QComboBox):
            yield from ((what, widget.itemText(number)) for number in range(widget.count()))
        if isinstance(widget, QLineEdit | QPlainTextEdit | QComboBox):
            yield f"placeholder of {what}", widget.placeholderText()
        yield from ((what, text) for text in _items(widget))
        yield f"name of {what}", widget.accessibleName()
        yield f"description of {what}", widget.accessibleDescription()
        yield f"tool tip of {what}", widget.toolTip()


def _shown(window: QWidget) -> list[QWidget]:
    return [widget for widget in window.findChildren(QWidget) if widget.isVisible()]


def _actions(menu: QMenu) -> Iterator[str]:
    for action in menu.actions():
        yield action.text()
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from _actions(inner)


def _items(widget: QWidget) -> Iterator[str]:
    """Yield what lists, trees, tables and their titles say."""
    if isinstance(widget, ItemList):
        for row in range(widget.count()):
            line = widget.item(row).data(LINE_ROLE)
            yield from (line.title, line.below, line.right, widget.item(row).toolTip())
    elif isinstance(widget, QListWidget):
        yield from (widget.item(row).text() for row in range(widget.count()))
    elif isinstance(widget, QTreeWidget):
        found = QTreeWidgetItemIterator(widget)
        while item := found.value():
            yield from (
                text for column in range(widget.columnCount()) for text in (item.text(column), item.toolTip(column))
            )
            found += 1
    elif isinstance(widget, QTreeView):
        index, left = widget.model().index(0, 0), 40
        while index.isValid() and (left := left - 1):
            yield str(index.data() or "")
            index = widget.indexBelow(index)
    elif isinstance(widget, QTableView):
        model = widget.model()
        for row in range(min(model.rowCount(), 12)):
            yield from (str(model.index(row, column).data() or "") for column in range(model.columnCount()))
    elif isinstance(widget, QHeaderView) and widget.orientation() is Qt.Orientation.Horizontal:
        yield from (_title(widget.model(), number) for number in range(widget.count()))


def _title(model: QAbstractItemModel, section: int) -> str:
    return str(model.headerData(section, Qt.Orientation.Horizontal) or "")


def cut_in(window: QWidget) -> Iterator[str]:
    """Yield labels and buttons without room for their text, those that lie over each other, and what ends sideways."""
    beside: dict[QWidget | None, list[QLabel | QAbstractButton]] = {}
    for widget in _shown(window):
        if isinstance(widget, QScrollArea) and not isinstance(widget, PdfView):
            if over := widget.horizontalScrollBar().maximum():
                yield f"{type(widget).__name__} in {type(widget.parent()).__name__} must be scrolled sideways by {over}"
        if isinstance(widget, QLabel | QAbstractButton) and widget.text():
            beside.setdefault(widget.parentWidget(), []).append(widget)
            if needs := _lacking(widget):
                yield f"{_named(widget)} {needs}"
    for neighbours in beside.values():
        for one, other in combinations(neighbours, 2):
            common = one.geometry() & other.geometry()
            if common.width() > SLACK and common.height() > SLACK:
                yield f"{_named(one)} lies over {_named(other)}"


def _named(widget: QLabel | QAbstractButton) -> str:
    return f"{type(widget).__name__}#{widget.objectName()} {widget.text()!r}"


def _lacking(widget: QLabel | QAbstractButton) -> str:
    """Return what a widget lacks to show its text; empty where it has room, or ends in an ellipsis by itself."""
    if isinstance(widget, ElidedLabel | ElidedButton):
        return ""
    if isinstance(widget, QLabel) and widget.wordWrap():
        needs = widget.heightForWidth(widget.width())
        return f"needs {needs}, is {widget.height()} high" if needs > widget.height() else ""
    needs = widget.sizeHint().width()
    return f"needs {needs}, is {widget.width()} wide" if needs > widget.width() + SLACK else ""


def _two_lines(header: QHeaderView) -> bool:
    """Whether titles of columns may stand in two lines."""
    return bool(int(header.defaultAlignment().value) & Qt.TextFlag.TextWordWrap.value)


def cut_titles_in(window: QWidget, theme: Theme) -> Iterator[str]:
    """Yield every title of a column that is wider than its column."""
    measured, around = QFontMetrics(theme.font(SMALL)), 2 * theme.px(8)
    for header in _shown(window):
        if isinstance(header, QHeaderView) and header.orientation() is Qt.Orientation.Horizontal:
            for number in range(header.count()):
                title, has = _title(header.model(), number), header.sectionSize(number)
                needs = measured.horizontalAdvance(title) + around
                if _two_lines(header):
                    lines = measured.boundingRect(QRect(0, 0, has - around, 1000), Qt.TextFlag.TextWordWrap, title)
                    needs = lines.width() + around if lines.height() <= header.height() else needs
                if not header.isSectionHidden(number) and needs > has:
                    yield f"{title!r} needs {needs}, has {has}"
