"""A form made from a record's declaration: editors, problems beside them, drafts while typing, saving when left."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.records.content import says_something
from avrr_desktop.domain.records.fields import Kind, Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.operations.session.drafts import Draft, draft_of, drop_draft, keep_draft
from avrr_desktop.operations.session.late_entries import ONLY_READ, is_read_only
from avrr_desktop.operations.session.records import NewRecord, edit_record, may_write, new_record, read_record
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.draft_strip import DraftStrip
from avrr_desktop.ui.forms.editor_maker import EditorMaker
from avrr_desktop.ui.forms.editors import ChoiceEditor, LinkOptions, UnreadableError, is_inside
from avrr_desktop.ui.forms.field_problems import Around, Given, as_typed, field_problems
from avrr_desktop.ui.forms.field_row import FieldRow
from avrr_desktop.ui.forms.form_grid import FormGrid
from avrr_desktop.ui.widgets.controls import label, tip

DRAFT_AFTER_MS = 1200
Create = Callable[[Mapping[str, Value], str], NewRecord]  # (values, the form whose draft goes with it)


class Form(QWidget):
    """One record, existing or new. ``case`` is empty for records that stand beside all cases."""

    saved = Signal(str)  # the identifier of the record
    state_said = Signal(str)

    def __init__(
        self, acts: Actions, record: Record, case: str, links: LinkOptions, *, new: bool = False,
        keys: Sequence[str] = (), defaults: dict[str, Value] | None = None, create: Create | None = None,
        around: Around | None = None,
    ) -> None:  # fmt: skip
        """``create``: what adds a new record where it takes more than the record itself, such as a person to a case.
        ``around``: the case that has a word in what its record says.
        """
        super().__init__()
        self._around, self._given = around, dict[str, Given]()
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
        self._waiting: Draft | None = None  # put back, and touched by nobody since
        self._thrown_away = False
        self._unreadable: list[str] = []  # fields, at the last save
        fields = [field for field in self._type.fields if not field.computed and not field.retired]
        fields = [field for field in fields if not keys or field.key in keys]
        maker = EditorMaker(self._words, workspace.pack, self._today, links)
        hints = workspace.pack.hints
        self.rows = {
            field.key: FieldRow(field, maker.make(field), self._words, hints.get(f"{self._type.key}.{field.key}", ""))
            for field in fields
        }
        self._strip = DraftStrip(self._words)
        self._strip.save_wanted.connect(self.save)
        self._strip.away_wanted.connect(self._throw_away)
        self._strip.back_wanted.connect(self._take_back)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._strip)
        self._grid = FormGrid(list(self.rows.values()))
        whole.addLayout(self._grid)
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
        if not may_write(workspace, record.type):
            self._only_show(self._words.text("Your role does not include changing this."))
        elif is_read_only(workspace, case):
            self._only_show(self._words.text(ONLY_READ))
        else:
            self._show_draft()

    def _only_show(self, why: str) -> None:
        for row in self.rows.values():
            row.editor.only_show()
        self._say(self._words.text("Only to read"))
        tip(self, why)

    @property
    def form_key(self) -> str:
        """What the draft of this form is kept under."""
        return f"{'new' if self._new else 'edit'} {self._record.type} {self._record.uid}"

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not saved."""
        return self._dirty

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two would be too narrow."""
        self._grid.arrange(1 if event.size().width() < 30 * self.fontMetrics().averageCharWidth() * 2 else 2)
        super().resizeEvent(event)

    def _show_values(self) -> None:
        values = {**self._defaults, **self._record.values}
        for key, row in self.rows.items():
            row.editor.show_value(values.get(key))
        self._dirty = False
        self._touched.clear()
        self._check()

    def _show_draft(self) -> None:
        self._waiting = draft_of(self._acts.workspace, self.form_key)
        if self._waiting is not None and not self._waiting.values:
            self._waiting = None  # closed with a key that is not held here
        self._put_back()

    def _put_back(self) -> None:
        """Show what was typed and not saved. Nothing of it is saved by itself: somebody else may have typed it."""
        draft = self._waiting
        if draft is None:
            return
        for key, typed in draft.values.items():
            if key in self.rows:
                self.rows[key].editor.show_typed(typed)
                self._touched.add(key)
        if draft.values.get("restricted") is True:
            self._defaults = {**self._defaults, "restricted": True}
        self._record = Record(
            self._record.type, self._record.uid, self._record.values, draft.seen, self._record.conflicts
        )
        self._dirty = True
        self._check()
        workspace = self._acts.workspace
        self._strip.show_waiting(self._words.moment(workspace.local(datetime.fromisoformat(draft.kept_at))))
        self._say(self._words.text("Draft put back"))

    def _throw_away(self) -> None:
        """Forget the draft, and show what is stored; until the form goes, it can be put back."""
        if self._waiting is None:
            return
        try:
            drop_draft(self._acts.workspace, self.form_key)
        except ExpectedError as error:
            self._acts.fail(error)
            return
        self._refreshed(self._record.uid)
        self._show_values()
        self._thrown_away = True
        self._strip.show_thrown_away()
        self._say("")

    def _take_back(self) -> None:
        draft = self._waiting
        if draft is None:
            return
        try:
            keep_draft(
                self._acts.workspace, self.form_key, self._case, self._record.type, self._record.uid, draft.values,
                draft.seen,
            )  # fmt: skip
        except ExpectedError as error:
            self._acts.fail(error)
            return
        self._thrown_away = False
        self._put_back()

    def _on_touched(self, key: str) -> None:
        self._dirty = True
        self._waiting = None
        self._strip.hide()
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
        if self._dirty and not self._waiting and not self._acts.workspace.locked:
            values, unreadable = self._read()
            if self._new and not unreadable and not self._says_something(values):
                drop_draft(self._acts.workspace, self.form_key)
                self._say("")
                return
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
        if left and self.isVisible() and not self._waiting:
            self.save()

    def hideEvent(self, event: QHideEvent) -> None:
        """Save what is typed when the page is left."""
        if not self._parting and not self._waiting and not self.save() and self._unreadable:
            self._say_left_over()
        if self._thrown_away and not self._parting:
            self._thrown_away = False
            self._acts.read_again()  # its line goes from the list
        super().hideEvent(event)

    def _say_left_over(self) -> None:
        """Say what was not saved when its page is left: there, nobody sees it any more."""
        names = ", ".join(self._words.text(self.rows[key].field.label) for key in self._unreadable)
        self._acts.failed.emit(
            self._words.text("Not saved, as it cannot be read: {fields}.", fields=names),
            self._words.text("What was typed is kept as a draft. Today leads back to it."),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Ctrl+Return, from any field."""
        returned = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if returned and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
            return
        super().keyPressEvent(event)

    def _read(self) -> tuple[dict[str, Value | None], dict[str, str]]:
        """Return the values, and for each field that cannot be read what its editor says about it."""
        values: dict[str, Value | None] = {}
        unreadable: dict[str, str] = {}
        for key, row in self.rows.items():
            if key in self._given and key not in self._touched:
                continue
            try:
                values[key] = row.editor.value()
            except UnreadableError as error:
                unreadable[key] = str(error)
        return values, unreadable

    def _follow(self) -> None:
        """Show what other records of the case decide; a field that none decides any more is typed again."""
        if self._around is None:
            return
        fields = [row.field for row in self.rows.values() if row.field.of_steps]
        before = self._given
        self._given = self._around.given(as_typed(self._record, self._read()[0]), fields) if fields else {}
        for key in before.keys() | self._given.keys():
            given, row = self._given.get(key), self.rows[key]
            row.follow(given.source if given else "", open_=given is None or given.open)
            if given is not None and not given.open:
                self._touched.discard(key)
            if key not in self._touched:
                row.editor.show_value(given.value if given else self._record.values.get(key))

    def value_of(self, key: str) -> Value | None:
        """Return what stands in one editor; None where it is empty or cannot be read."""
        try:
            return self.rows[key].editor.value()
        except UnreadableError:
            return None

    def _check(self) -> None:
        self._follow()
        values, unreadable = self._read()
        quiet = self._new and not self._dirty
        said = field_problems(self._acts.workspace, self._record, values, unreadable, self._around, quiet=quiet)
        for key, row in self.rows.items():
            row.say(said.get(key, ""))

    def save(self) -> bool:
        """Save what is readable; what is not stays in the draft. True when nothing is left over."""
        if not self._dirty or self._saving or self._parting or self._acts.workspace.locked:
            return not self._dirty
        self._timer.stop()
        self._waiting = None
        self._strip.hide()
        values, unreadable = self._read()
        self._unreadable = list(unreadable)
        if self._new and not unreadable and not self._says_something(values):
            return self._let_go()
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

    def _says_something(self, values: dict[str, Value | None]) -> bool:
        return says_something(self._type, values, self._defaults)

    def forget(self) -> None:
        """Forget what is typed and not saved; the form is about to go."""
        self._let_go()
        self._parting = True

    def _let_go(self) -> bool:
        """Forget a new record that says nothing."""
        drop_draft(self._acts.workspace, self.form_key)
        self._dirty = False
        self._touched.clear()
        self._say("")
        return True

    def _write(self, values: dict[str, Value | None], *, keep_draft_of: bool) -> bool:
        """Write the fields that were touched, and drop the draft in the same commit unless something is left over."""
        workspace, what = self._acts.workspace, self._words.text(self._type.label)
        draft = "" if keep_draft_of else self.form_key
        if self._new:
            if not self._says_something(values):
                return True
            filled = {key: value for key, value in {**self._defaults, **values}.items() if value is not None}
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

    def show_current(self, links: LinkOptions | None = None) -> None:
        """Read the record again, unless somebody is typing in it: then the parents stay what the form showed.

        ``links``: what the fields that point at records offer now.
        """
        if links is not None:
            for row in self.rows.values():
                if row.field.kind is Kind.LINK and isinstance(row.editor, ChoiceEditor):
                    row.editor.offer(links(row.field.target))
        if self._new or self._dirty or self._saving or self._acts.workspace.locked:
            return
        before = self._record
        self._refreshed(self._record.uid)
        if self._record.values != before.values or self._record.conflicts != before.conflicts:
            self._show_values()
        else:
            self._check()  # of its case, something else may have changed

    def focus_draft(self) -> bool:
        """Put the cursor where a draft that was put back goes on: at what cannot be read, else where it begins."""
        if self._waiting is None:
            return False
        unreadable = self._read()[1]
        key = next((key for key in self.rows if key in (unreadable or self._touched)), "")
        if key:
            self.rows[key].editor.focus.setFocus()
        return bool(key)

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        for row in self.rows.values():
            row.editor.focus.setFocus()
            return
