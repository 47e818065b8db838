"""A form made from a record's declaration: editors, problems beside them, drafts while typing, saving when left."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QVBoxLayout, QWidget

from avrr_desktop.domain.changes import Changes
from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.domain.fields import Field, Kind, Record, Value
from avrr_desktop.domain.records import BY_KEY
from avrr_desktop.domain.rules import problems
from avrr_desktop.domain.wording import text_of
from avrr_desktop.operations.drafts import draft_of, drop_draft, keep_draft
from avrr_desktop.operations.records import NewRecord, edit_record, may_write, new_record, read_record, with_values
from avrr_desktop.ui.acting import Acts
from avrr_desktop.ui.editor_maker import EditorMaker
from avrr_desktop.ui.editors import Editor, LinkOptions, UnreadableError, is_inside
from avrr_desktop.ui.theme import GAP, GAP_LARGE, GAP_TINY
from avrr_desktop.ui.widgets import label

_SHORT = {Kind.DATE, Kind.COUNT, Kind.YES_NO, Kind.CHOICE, Kind.COUNTRY, Kind.NUMBER_OF_PAPER}
_PAIRED_NAMES = {"family_name", "given_names", "father_name", "mother_name", "birth_place", "family_name_at_birth", "at_time", "back_by",
                 "meeting_place", "grade", "grade_abroad", "short"}  # fmt: skip
DRAFT_AFTER_MS = 1200
Create = Callable[[Mapping[str, Value], str], NewRecord]  # (values, the form whose draft goes with it)


class FieldRow(QWidget):
    """Label above, editor, and under it the hint or what is wrong."""

    def __init__(self, field: Field, editor: Editor, words: Any, hint: str = "") -> None:
        super().__init__()
        self.field = field
        self._hint = hint or field.hint
        self.editor = editor
        self._words = words
        text = words.text(field.label)
        if field.required:
            text = words.text("{field} (needed)", field=text)
        self._label = label(text, "muted")
        self._label.setBuddy(editor.focus)
        self._below = label("", "hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_TINY)
        column.addWidget(self._label)
        column.addWidget(editor.widget)
        column.addWidget(self._below)
        column.addStretch(1)
        self.say("")

    def say(self, problem: str) -> None:
        """Show a problem; without one, the explanation of what is typed, else the hint."""
        text = problem or self.editor.explanation() or self._words.text(self._hint)
        self._below.setObjectName("problem" if problem else "hint")
        self._below.setText(text)
        self._below.setVisible(bool(text))
        self._below.style().polish(self._below)
        self.editor.focus.setProperty("bad", bool(problem))
        self.editor.focus.style().polish(self.editor.focus)
        self.editor.widget.setAccessibleDescription(text)


class Form(QWidget):
    """One record, existing or new. ``case`` is empty for records that stand beside all cases."""

    saved = Signal(str)  # the identifier of the record
    state_said = Signal(str)

    def __init__(
        self, acts: Acts, record: Record, case: str, links: LinkOptions, *, new: bool = False,
        keys: Sequence[str] = (), defaults: dict[str, Value] | None = None, create: Create | None = None,
    ) -> None:  # fmt: skip
        """``create``: what adds a new record where it takes more than the record itself, such as a person to a case."""
        super().__init__()
        self._create = create or self._new_record
        self._acts, self._record, self._case, self._new = acts, record, case, new
        self._defaults = defaults or {}
        workspace = acts.workspace
        self._words = workspace.words
        self._today = workspace.today
        self._type = BY_KEY[record.type]
        self._dirty = False
        self._touched: set[str] = set()
        self._saving = False
        self._state = ""
        self._parting = False
        fields = [field for field in self._type.fields if not field.computed and not field.retired]
        fields = [field for field in fields if not keys or field.key in keys]
        maker = EditorMaker(self._words, workspace.pack, self._today.year, links)
        hints = workspace.pack.hints
        self.rows = {
            field.key: FieldRow(field, maker.make(field), self._words, hints.get(f"{self._type.key}.{field.key}", ""))
            for field in fields
        }
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP_LARGE)
        self._grid.setVerticalSpacing(GAP)
        self._arrange(2)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER_MS)
        self._timer.timeout.connect(self.keep_draft)
        for row in self.rows.values():
            row.editor.touched.connect(partial(self._on_touched, row.field.key))
        acts.parting.connect(self._on_parting)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)
        if not new:
            self._refreshed(record.uid)  # a form that made room for this one may just have saved
        self._show_values()
        self._show_draft()
        if not may_write(workspace, record.type):
            for row in self.rows.values():
                row.editor.widget.setEnabled(False)
            self._say(self._words.text("Only to read"))
            self.setToolTip(self._words.text("Your role does not include changing this."))

    @property
    def form_key(self) -> str:
        """What the draft of this form is kept under."""
        return f"{'new' if self._new else 'edit'} {self._record.type} {self._record.uid}"

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not saved."""
        return self._dirty

    def _arrange(self, columns: int) -> None:
        """Put the rows into one or two columns; short fields that follow each other share a line."""
        self._columns = columns
        grid = self._grid
        while grid.count():
            grid.takeAt(0)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1 if columns > 1 else 0)
        line, waiting = 0, None
        for key, row in self.rows.items():
            short = columns > 1 and (row.field.kind in _SHORT or key in _PAIRED_NAMES)
            if short and waiting is None:
                grid.addWidget(row, line, 0)
                waiting = row
            elif short:
                grid.addWidget(row, line, 1)
                line, waiting = line + 1, None
            else:
                if waiting is not None:
                    line, waiting = line + 1, None
                grid.addWidget(row, line, 0, 1, columns)
                line += 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two would be too narrow."""
        columns = 1 if event.size().width() < 30 * self.fontMetrics().averageCharWidth() * 2 else 2
        if columns != self._columns:
            self._arrange(columns)
        super().resizeEvent(event)

    def _show_values(self) -> None:
        values = {**self._defaults, **self._record.values}
        for key, row in self.rows.items():
            row.editor.show_value(values.get(key))
        self._dirty = False
        self._touched.clear()
        self._check()

    def _show_draft(self) -> None:
        draft = draft_of(self._acts.workspace, self.form_key)
        if draft is None:
            return
        for key, typed in draft.values.items():
            if key in self.rows:
                self.rows[key].editor.show_typed(typed)
                self._touched.add(key)
        self._record = Record(
            self._record.type, self._record.uid, self._record.values, draft.seen, self._record.conflicts
        )
        self._dirty = True
        self._check()
        self._say(self._words.text("Draft put back"))

    def _on_touched(self, key: str) -> None:
        self._dirty = True
        self._touched.add(key)
        if not self._timer.isActive():
            self._timer.start()
        self._check()

    def _say(self, state: str) -> None:
        self._state = state
        self.state_said.emit(state)

    def state_label(self) -> QLabel:
        """Return a label that says whether what is typed is a draft or saved."""
        made = label(self._state, "hint", wrap=False)
        self.state_said.connect(made.setText)
        return made

    def keep_draft(self) -> None:
        """Keep what is typed, encrypted in the store; say so when it cannot be kept."""
        self._timer.stop()
        try:
            self._keep_draft()
        except ExpectedError as error:
            self._acts.fail(error)
            self._say(self._words.text("Draft not kept"))

    def _keep_draft(self) -> None:
        if self._dirty and not self._acts.workspace.locked:
            kept = self.rows if self._new else {key: self.rows[key] for key in self._touched if key in self.rows}
            typed: dict[str, object] = {key: row.editor.typed() for key, row in kept.items()}
            if {**self._defaults, **self._record.values}.get("restricted") is True:
                typed["restricted"] = True  # so that the draft is closed like the record
            keep_draft(
                self._acts.workspace, self.form_key, self._case, self._record.type, self._record.uid, typed,
                self._record.seen,
            )  # fmt: skip
            self._say(self._words.text("Draft kept"))

    def _on_parting(self) -> None:
        try:
            self.keep_draft()
        finally:
            self._parting = True

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        left = old is not None and is_inside(old, self) and new is not None and not is_inside(new, self)
        if left and self.isVisible():
            self.save()

    def hideEvent(self, event: QHideEvent) -> None:
        """Save what is typed when the page is left."""
        if not self._parting:
            self.save()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Ctrl+Return, from any field."""
        returned = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if returned and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
            return
        super().keyPressEvent(event)

    def _read(self) -> tuple[dict[str, Value | None], list[str]]:
        values: dict[str, Value | None] = {}
        unreadable = []
        for key, row in self.rows.items():
            try:
                values[key] = row.editor.value()
            except UnreadableError:
                unreadable.append(key)
        return values, unreadable

    def _check(self) -> bool:
        values, unreadable = self._read()
        readable = {key: value for key, value in values.items() if value is not None}
        whole = {key: value for key, value in self._record.values.items() if key not in values}
        found = problems(
            with_values(Record(self._record.type, self._record.uid, whole), readable), self._today.isoformat()
        )
        said = {problem.field: self._words.text(problem.message) for problem in found}
        if self._new and not self._dirty:
            said = {}
        for key in unreadable:
            kind = self.rows[key].field.kind
            said[key] = (
                self._words.text("This is no date. Write for example 12.5.2019, May 2019 or 2019.")
                if kind is Kind.DATE else self._words.text("Write a whole number.")
            )  # fmt: skip
        for key in self._record.conflicts or {}:
            said[key] = self._two_values(key)
        for key, row in self.rows.items():
            row.say(said.get(key, ""))
        return not unreadable

    def _two_values(self, key: str) -> str:
        pack = self._acts.workspace.pack
        field = self._type.field(key)
        values = [text_of(field, value, self._words, pack) for value in (self._record.conflicts or {})[key]]
        return self._words.text(
            "Two people wrote different values: {values}. Choose one and save.", values=" | ".join(values)
        )

    def save(self) -> bool:
        """Save what is readable; what is not stays in the draft. True when nothing is left over."""
        if not self._dirty or self._parting or self._acts.workspace.locked:
            return not self._dirty
        self._timer.stop()
        values, unreadable = self._read()
        written = self._write(values, keep_draft_of=bool(unreadable))
        if not written or unreadable:
            self._touched = set(unreadable) if written else self._touched
            self.keep_draft()
            return False
        self._dirty = False
        self._show_values()  # also what somebody else wrote meanwhile
        moment = self._acts.workspace.local(self._acts.workspace.clock.now())
        self._say(self._words.text("Saved {time}", time=self._words.time(moment)))
        return True

    def _write(self, values: dict[str, Value | None], *, keep_draft_of: bool) -> bool:
        """Write the fields that were touched, and drop the draft in the same commit unless something is left over."""
        workspace, what = self._acts.workspace, self._words.text(self._type.label)
        draft = "" if keep_draft_of else self.form_key
        if self._new:
            filled = {key: value for key, value in {**self._defaults, **values}.items() if value is not None}
            if not any(values.get(key) is not None and values.get(key) != self._defaults.get(key) for key in values):
                drop_draft(workspace, self.form_key)
                return True
            made: list[str] = []

            def add() -> Changes:
                result = self._create(filled, self.form_key)
                made.append(result.record)
                return result.changes

            if not self._do(add, self._words.text("{record} added", record=what)):
                return False
            self._new = False
            self._refreshed(made[0])
            self.saved.emit(made[0])
            return True
        typed = {key: value for key, value in values.items() if key in self._touched}
        done = self._do(
            lambda: edit_record(workspace, self._record, typed, self._case, draft=draft),
            self._words.text("{record} changed", record=what),
        )
        if done:
            self._refreshed(self._record.uid)
            self.saved.emit(self._record.uid)
        return done

    def _new_record(self, values: Mapping[str, Value], draft: str) -> NewRecord:
        return new_record(self._acts.workspace, self._record.type, values, self._case, draft=draft)

    def _do(self, verb: Callable[[], Changes | None], what: str) -> bool:
        """Run the verb; while it tells everybody to read again, this form keeps what is typed in it."""
        self._saving = True
        try:
            return self._acts.do(verb, what, quiet=True)
        finally:
            self._saving = False

    def _refreshed(self, uid: str) -> None:
        current = read_record(self._acts.workspace, self._record.type, uid, self._case)
        if current is not None:
            self._record = current

    def show_current(self) -> None:
        """Read the record again, unless somebody is typing in it: then the parents stay what the form showed."""
        if self._new or self._dirty or self._saving or self._acts.workspace.locked:
            return
        before = self._record
        self._refreshed(self._record.uid)
        if self._record.values != before.values or self._record.conflicts != before.conflicts:
            self._show_values()

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        for row in self.rows.values():
            row.editor.focus.setFocus()
            return
