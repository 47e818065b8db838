"""All cases: search as you type, filters, sorting, a live count of cases and persons."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.wording import country_name
from avrr_desktop.operations.cases.search import (
    CaseFilter,
    case_keys,
    countries_of_return,
    counts,
    find_cases,
    first_keys,
    places_of_return,
    within_place,
)
from avrr_desktop.operations.session.records import directory
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.cases.case_table import COLUMNS, CaseDelegate, CaseTable
from avrr_desktop.ui.system.pause_timer import pause_timer
from avrr_desktop.ui.widgets.controls import Choice, button, iconed, label, tip
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE, SMALL, Theme

_SORTS = {"number": "number", "name": "name", "persons": "persons", "place": "place", "next": "next",
          "waiting": "waiting", "due": "due", "officer": "officer", "status": "status"}  # fmt: skip
_DROPPED = ("status", "officer", "waiting", "place", "persons", "due")  # the less needed first
TYPING_PAUSE_MS = 40


class CaseView(QTableView):
    """A table in which Enter opens; where there is little room, the less needed columns go."""

    opened = Signal(QModelIndex)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.widths: dict[str, int] = {}  # what each column needs

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns for which there is room."""
        needed = sum(self.widths.values())
        for name in _DROPPED:
            hidden = needed > event.size().width()
            self.setColumnHidden(COLUMNS.index(name), hidden)
            needed -= self.widths.get(name, 0) if hidden else 0
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the chosen case with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class CasesPage(QWidget):
    """The list of cases."""

    wanted = Signal(str)  # case
    new_wanted = Signal()
    batch_wanted = Signal(list)  # cases whose summaries shall be made

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__()
        self._acts, self._theme = acts, theme
        workspace = acts.workspace
        words = workspace.words
        self._sort, self._descending = "updated", True
        self.text = QLineEdit()
        self.text.setPlaceholderText(words.text("Name, number, place, note"))
        self.text.setAccessibleName(words.text("Search in the cases"))
        self.text.setClearButtonEnabled(True)
        self.text.installEventFilter(self)
        self._status = self._box(words.text("Status", "field"), [("running", words.text("Active cases")), ("", words.text("All cases")), *(
            (code, words.text(text)) for code, text in workspace.pack.labels("case_status").items())])  # fmt: skip
        self.country = self._box(words.text("Country of return"), [("", words.text("All countries"))])
        self.place = self._box(words.text("Municipality of return"), [("", words.text("All municipalities"))])
        self._category = self._box(words.text("Service"), [("", words.text("All services")), *(
            (code, words.text(text)) for code, text in workspace.pack.labels("category").items())])  # fmt: skip
        self._officer = self._box(words.text("Officer"), [("", words.text("All officers"))])
        self.counted = label("", "muted", wrap=False)
        self.model = CaseTable(workspace)
        self.view = CaseView(theme)
        self.view.setModel(self.model)
        self._delegate = CaseDelegate(theme, self.model, workspace.today)
        self.view.setItemDelegate(self._delegate)
        self._prepare_view()
        self._empty = label("", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._new = button(words.text("New case"), self.new_wanted.emit, name="primary")
        self._timer = pause_timer(self, TYPING_PAUSE_MS, self.show_cases)
        self.text.textChanged.connect(lambda _: self._timer.start())
        self._arrange()
        self.row_menu = RowMenu(
            self.view,
            words,
            lambda: (self._batch,),
            opens=(words.text("Open this case"), self._on_open),
        )
        acts.changed.connect(self._on_changed)
        self._stale = True

    def _box(self, name: str, options: list[tuple[str, str]]) -> Choice:
        box = Choice()
        box.setAccessibleName(name)
        tip(box, name)
        for code, text in options:
            box.addItem(text, code)
        box.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(16)
        box.currentIndexChanged.connect(lambda _: self.show_cases())
        return box

    def _prepare_view(self) -> None:
        view, px = self.view, self._theme.px
        view.setAccessibleName(self._acts.workspace.words.text("Cases", "page"))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(px(32))
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = view.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(False)
        head.setHighlightSections(False)
        head.setMinimumSectionSize(px(50))
        head.sectionClicked.connect(self._on_sort)
        practice = 44 if self._acts.workspace.practice else 0
        for column, width in enumerate((176 + practice, 146, 62, 146, 120, 94, 138, 62, 106)):
            title = QFontMetrics(self._theme.font(SMALL)).horizontalAdvance(self.model.titles[column]) + px(17)
            view.widths[COLUMNS[column]] = max(px(width), title)
            view.setColumnWidth(column, max(px(width), title))
        head.setSectionResizeMode(COLUMNS.index("next"), QHeaderView.ResizeMode.Stretch)
        view.opened.connect(self._on_open)
        view.doubleClicked.connect(self._on_open)

    def _arrange(self) -> None:
        words = self._acts.workspace.words
        self.text.setMinimumWidth(self._theme.px(280))
        filters = WrappingRow(self.text, self._status, self.country, self.place, self._category, self._officer)
        head = QHBoxLayout()
        head.addWidget(label(words.text("Cases", "page"), "title", wrap=False))
        head.addWidget(self.counted, 1)
        self._batch = iconed(button(words.text("Print all shown"), self.print_all), "print", self._theme)
        tip(self._batch, words.text("Creates a summary of every case in the list and keeps them in the outbox."))
        head.addWidget(self._batch)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        whole.setSpacing(GAP)
        whole.addLayout(head)
        whole.addLayout(filters)
        whole.addWidget(self.view, 1)
        self._nothing = QWidget()
        middle = QVBoxLayout(self._nothing)
        middle.addStretch(1)
        middle.addWidget(self._empty)
        middle.addWidget(self._new, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(2)
        whole.addWidget(self._nothing, 1)

    def showEvent(self, event: object) -> None:
        """Read again what changed while nobody looked."""
        if self._stale:
            self._fill()
            self.show_cases()
        super().showEvent(event)  # type: ignore[arg-type]

    def _fill(self) -> None:
        """Offer the countries and officers that there are now; what is chosen stays."""
        workspace = self._acts.workspace
        _refill(self.country, [(code, country_name(code, workspace.words)) for code in countries_of_return(workspace)])
        _refill(self.place, list(places_of_return(workspace).items()))
        _refill(self._officer, [(one.uid, one.text("name")) for one in directory(workspace, "officer")])

    def _filter(self) -> CaseFilter:
        workspace, text = self._acts.workspace, self.text.text().strip()
        none: tuple[int, ...] = ()
        return CaseFilter(
            status=str(self._status.currentData() or ""), country=str(self.country.currentData() or ""),
            places=within_place(workspace, str(self.place.currentData() or "")), category=str(self._category.currentData() or ""), officer=str(self._officer.currentData() or ""), due_until="",
            keys=self._acts.ask(lambda: find_cases(workspace, text), none) if text else None,
        )  # fmt: skip

    def show_cases(self) -> None:
        """Show what filters and search let through; the newest first until somebody sorts."""
        self._timer.stop()
        self._stale = False
        workspace = self._acts.workspace
        chosen = self._filter()
        officers = {
            record.uid: record.text("initials") or record.text("name") for record in directory(workspace, "officer")
        }
        if chosen.keys is not None and self._sort == "updated":
            keys = case_keys(workspace, chosen, "found", True)
        elif not self.model.rowCount() and chosen.keys is None and self._sort == "updated":
            keys = first_keys(workspace, chosen)
            if len(keys) >= 128:
                QTimer.singleShot(0, self.show_cases)
        else:
            keys = case_keys(workspace, chosen, self._sort, self._descending)
        self.model.show_keys(keys, officers)
        cases, persons = counts(workspace, chosen)
        words = workspace.words
        count = [words.plural("{count} case", "{count} cases", cases, count=words.number(cases)),
                 words.plural("{count} person", "{count} persons", persons, count=words.number(persons))]  # fmt: skip
        self.counted.setText(", ".join(count))
        self._say_empty(bool(keys), cases_at_all=bool(counts(workspace, CaseFilter())[0]))

    def _say_empty(self, anything: bool, *, cases_at_all: bool) -> None:
        words = self._acts.workspace.words
        self.view.setVisible(anything)
        self._nothing.setVisible(not anything)
        self._batch.setEnabled(anything)
        text = (
            words.text("Nothing found. Try fewer letters, another spelling, or the list of all cases.") if cases_at_all
            else words.text("No case yet. A case is a person or a family that you help together.")
        )  # fmt: skip
        self._empty.setText(text)

    def _on_sort(self, column: int) -> None:
        name = _SORTS[COLUMNS[column]]
        self._descending = not self._descending if name == self._sort else False
        self._sort = name
        head = self.view.horizontalHeader()
        head.setSortIndicatorShown(True)
        head.setSortIndicator(column, Qt.SortOrder.DescendingOrder if self._descending else Qt.SortOrder.AscendingOrder)
        self.show_cases()

    def _on_open(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if (line := self.model.line(index.row())) is not None:
            self.wanted.emit(line.uid)

    def print_all(self) -> None:
        """Ask for a summary of every case that is shown."""
        rows = range(self.model.rowCount())
        self.batch_wanted.emit([line.uid for number in rows if (line := self.model.line(number)) is not None])

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible():
            self._fill()
            self.show_cases()
        else:
            self._stale = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from the search into the list with Down; Return opens the only case that was found."""
        if watched is self.text and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            returned = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if returned or event.key() == Qt.Key.Key_Down:
                self.show_cases()  # for what was typed last
                if self.model.rowCount():
                    first = self.model.index(0, 0)
                    if returned and self.model.rowCount() == 1:
                        self._on_open(first)
                    else:
                        self.view.setCurrentIndex(first)
                        self.view.setFocus()
                return True
        return super().eventFilter(watched, event)

    def focus_first(self) -> None:
        """Put the cursor where an officer begins: the search."""
        self.text.setFocus()


def _refill(box: Choice, options: list[tuple[str, str]]) -> None:
    """Put these behind the first line of a filter, which is everything."""
    chosen = box.currentData()
    box.blockSignals(True)
    while box.count() > 1:
        box.removeItem(1)
    for code, text in options:
        box.addItem(text, code)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)
