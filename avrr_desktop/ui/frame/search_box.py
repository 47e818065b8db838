"""The search at the top: people first, then papers and notes, with the reason why each was found."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.domain.people.near_names import NOTHING_EXACT, Near, unlike
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.records.search_words import heading_field, why_found
from avrr_desktop.domain.wording import person_shown, place_of_line
from avrr_desktop.operations.cases.search import Hit, find
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.system.pause_timer import LOOKING, TwoLooks
from avrr_desktop.ui.widgets.item_list import Item, ItemList
from avrr_desktop.ui.widgets.record_items import born_on, joined, value
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import Theme

TYPING_PAUSE_MS = 40
SHOWN = 12
_MENU = Qt.FocusReason.PopupFocusReason  # of a row that was found


class SearchBox(QLineEdit):
    """Enter opens, Down goes into the list, Escape closes it."""

    wanted = Signal(str, str, str)  # case, record type, record

    def __init__(self, acts: Actions, theme: Theme, frame: QWidget) -> None:
        super().__init__()
        self._acts, self._theme, self._frame = acts, theme, frame
        words = acts.workspace.words
        self.setPlaceholderText(words.text("Search people, papers, numbers, notes   (Ctrl+K)"))
        self.setAccessibleName(words.text("Search", "field"))
        self.setClearButtonEnabled(True)
        self._hits: dict[str, Hit] = {}
        self._drop = QWidget(frame)
        self._drop.setObjectName("top")
        self._drop.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner = QVBoxLayout(self._drop)
        inner.setContentsMargins(4, 4, 4, 4)
        self.list = ItemList(theme, words.text("Found", "heading: search results"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(lambda _: self._open())
        RowMenu(self.list, words, opens=(words.text("Open", "button"), lambda _: self._open()))
        inner.addWidget(self.list)
        self._drop.hide()
        self.looks = TwoLooks(self, TYPING_PAUSE_MS, lambda near: self.show_hits(near=near))
        self.textChanged.connect(lambda _: self.looks.start())
        self.installEventFilter(self)

    def show_hits(self, *, near: bool = True) -> None:
        """Search for what is typed and show the hits under the box; those that are only near once nobody types."""
        self.looks.stop(near=near)
        workspace, text = self._acts.workspace, self.text().strip()
        if not text or workspace.locked:
            self._drop.hide()
            return
        none: list[Hit] = []
        hits = self._acts.ask(lambda: find(workspace, text, near=near), none)[:SHOWN]
        if hits:
            self.looks.stop()
        self._hits = {f"{hit.case.uid} {hit.uid}": hit for hit in hits}
        said = self._said(hits)
        self.list.show_lines([*said, *(self._line(key, hit, text) for key, hit in self._hits.items())])
        self.list.setCurrentRow(len(said) if hits else 0)
        self._place()

    def _said(self, hits: list[Hit]) -> list[Item]:
        """Return the line above the hits where none of them is exactly what was typed."""
        words = self._acts.workspace.words
        if not hits and self.looks.awaited:
            return [Item("", words.text(LOOKING), "", "search")]
        if not hits:
            return [
                Item("", words.text("Nothing found"), words.text("Try fewer letters or another spelling."), "search")
            ]
        return [] if hits[0].near is None else [Item("", words.text(NOTHING_EXACT), "", "search")]

    def _line(self, key: str, hit: Hit, text: str) -> Item:
        workspace, record = self._acts.workspace, hit.record
        words = workspace.words
        where = joined(hit.case.number, hit.case.called, place_of_line(hit.case, words, workspace.pack))
        icon = BY_KEY[hit.record_type].icon
        if record is None:
            return Item(key, hit.case.called, where, icon)
        field = why_found(record, text)
        why = (
            words.text(BY_KEY[record.type].field(field).label)
            if field
            else words.text("Number", "field: number of a case")
        )
        if hit.near is not None:
            why = self._why_near(hit.near, record, text)
        if hit.in_no_case:
            why = words.text("in no case")
        if record.type == "person":
            title = joined(person_shown(record, workspace.today, words), born_on(workspace, record))
        else:
            title = self._heading(record)
        return Item(key, title or words.text(BY_KEY[record.type].label), where, icon, "", why)

    def _why_near(self, near: Near, record: Record, text: str) -> str:
        """Return why somebody is only near, with the word that differs as it is typed and as it stands there."""
        words = self._acts.workspace.words
        typed, there = unlike(f"{record.text('given_names')} {record.text('family_name')}", text)
        if near is Near.WORD or not there:
            return words.text(near.value)
        return words.text("{why}: {there}, not {typed}", why=words.text(near.value), there=there, typed=typed)

    def _heading(self, record: Record) -> str:
        """Return what heads a record that was found: the first line of the first field of it that says something."""
        key = heading_field(record)
        if not key:
            return ""
        text = value(self._acts.workspace, record, key).split("\n")[0]
        return self._acts.workspace.words.text(text) if record.type == "step" else text

    def _place(self) -> None:
        corner = self.mapTo(self._frame, QPoint(0, self.height() + 2))
        self._drop.setGeometry(corner.x(), corner.y(), max(self.width(), self._theme.px(420)),
                               min(self.list.wanted_height() + 12, self._frame.height() - corner.y() - 20))  # fmt: skip
        self._drop.raise_()
        self._drop.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list with the arrow keys; close it when the box is left."""
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() != _MENU:
            self._drop.hide()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._drop.isVisible():
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow((self.list.currentRow() + step) % max(1, self.list.count()))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if not self.looks.awaited:
                    self._open()
                    return True
                self.show_hits()
                if all(hit.near is None for hit in self._hits.values()):  # else nobody has seen yet who is near
                    self._open()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._drop.hide()
                self.clear()
                return True
        return super().eventFilter(watched, event)

    def _open(self) -> None:
        hit = self._hits.get(self.list.chosen())
        if hit is not None:
            self._drop.hide()
            self.clear()
            kind = "" if hit.record_type == "case" else hit.record_type
            self.wanted.emit(hit.case.uid, kind, hit.uid)
