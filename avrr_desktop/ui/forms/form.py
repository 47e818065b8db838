"""A form made from a record's declaration: editors, problems beside them, drafts while typing, saving when left."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from avrr_desktop.domain.case.plans import FIXED, is_signed
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.domain.records.rules import says_something
from avrr_desktop.operations.session.drafts import Draft, draft_of, drop_draft, keep_draft
from avrr_desktop.operations.session.late_entries import ONLY_READ, is_read_only
from avrr_desktop.operations.session.records import NewRecord, edit_record, may_write, new_record, read_record
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.draft_strip import DraftStrip
from avrr_desktop.ui.forms.editors.directory_editor import DirectoryEditor
from avrr_desktop.ui.forms.editors.field_editors import LinkOptions, is_inside
from avrr_desktop.ui.forms.editors.found_editors import PartnerEditor
from avrr_desktop.ui.forms.field_problems import Around
from avrr_desktop.ui.forms.form_rows import FormRows
from avrr_desktop.ui.forms.form_state import Event, FormState
from avrr_desktop.ui.forms.sections import FormSections
from avrr_desktop.ui.system.pause_timer import pause_timer
from avrr_desktop.ui.widgets.controls import label, tip
from avrr_desktop.ui.widgets.responsive import is_low

DRAFT_AFTER_MS = 1200
PARTNER = "provider"
LETTERS_A_COLUMN, LETTERS_IN_LOW = 26, 21
CHECK_AFTER_MS = 120  # a pause in typing: the whole record is checked then, and at the next field
_ADDED_AS: Mapping[str, Mapping[str, Value]] = {
    "authority": {"role": "authority"}, "EDU": {"categories": ("EDU",)},
}  # fmt: skip
Create = Callable[[Mapping[str, Value], str], NewRecord]  # (values, the form whose draft goes with it)


class Form(QWidget):
    """One record, existing or new. ``case`` is empty for records that stand beside all cases.

    What it holds and what may happen next is its ``state``; the form shows it. Whoever shows a form calls ``leave`` before it goes.
    """

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
        self._create = create or self._new_record
        self._acts, self._record, self._case, self._new = acts, record, case, new
        self._defaults = defaults or {}
        workspace = acts.workspace
        self._words = workspace.words
        self._type = BY_KEY[record.type]
        self.state = FormState()
        self._said = ""
        self._only_shown = False
        self._draft: Draft | None = None  # that was put back
        self._fields = FormRows(workspace, record.type, links, keys, around)
        self.rows = self._fields.by_key
        self._strip = DraftStrip(self._words)
        self._strip.save_wanted.connect(self.save)
        self._strip.away_wanted.connect(self._throw_away)
        self._strip.back_wanted.connect(self._take_back)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._strip)
        self._grid = FormSections(self.rows.values(), self._type.sections, workspace)
        whole.addLayout(self._grid)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER_MS)
        self._timer.timeout.connect(self.keep_draft)
        self._checking = pause_timer(self, CHECK_AFTER_MS, self.check)
        for row in self.rows.values():
            row.editor.touched.connect(partial(self._on_touched, row.field.key))
            if isinstance(row.editor, PartnerEditor | DirectoryEditor) and may_write(workspace, PARTNER):
                row.editor.let_add(partial(self._add_partner, links, _ADDED_AS.get(row.field.directory, {})))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)
        if not new:
            self._refreshed(record.uid)  # a form that made room for this one may just have saved
        self._show_values()
        if not may_write(workspace, record.type):
            self._only_show(self._words.text("Your role does not allow changing this."))
        elif is_read_only(workspace, case):
            self._only_show(self._words.text(ONLY_READ))
        elif is_signed(self._record):
            self._only_show(self._words.text(FIXED))
        else:
            self._show_draft()

    @property
    def only_shows(self) -> bool:
        """Whether nothing can be typed in it."""
        return self._only_shown

    def _only_show(self, why: str) -> None:
        self._only_shown = True
        self._fields.only_show()
        self._say(self._words.text("Read only"))
        tip(self, why)

    @property
    def form_key(self) -> str:
        """What the draft of this form is kept under."""
        return f"{'new' if self._new else 'edit'} {self._record.type} {self._record.uid}"

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not saved."""
        return self.state.dirty

    def stays(self, started_by: str) -> bool:
        """Return whether the form stays in sight when its page is read again: it is typed in, or began the change itself."""
        return self.state.dirty or started_by == self.form_key

    @property
    def record(self) -> Record:
        """The record that is shown, as this form last read it."""
        return self._record

    @property
    def case(self) -> str:
        """The identifier of its case; empty for what stands beside all cases."""
        return self._case

    @property
    def is_new(self) -> bool:
        """Whether the record is not stored yet."""
        return self._new

    @property
    def strip(self) -> DraftStrip:
        """What stands above a draft that was put back."""
        return self._strip

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the fields to the width."""
        super().resizeEvent(event)
        self.arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the height of the window in which it is shown."""
        super().showEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Fit the fields to the width, and to a window that is low: there, three columns where there is room."""
        low = is_low(self)
        room = self.width() // ((LETTERS_IN_LOW if low else LETTERS_A_COLUMN) * self.fontMetrics().averageCharWidth())
        self._grid.arrange(max(1, min(room, 3 if low else 2)), low=low)

    def _show_values(self) -> None:
        self._fields.show_values({**self._defaults, **self._record.values})
        self.check()

    def _show_draft(self) -> None:
        self._draft = draft_of(self._acts.workspace, self.form_key)
        if self._draft is not None and self._draft.values:  # else it is closed with a key that is not held here
            self._put_back(self._draft)

    def _put_back(self, draft: Draft) -> None:
        """Show what was typed and not saved. Nothing of it is saved by itself: somebody else may have typed it."""
        self.state.show_draft(self._fields.show_typed(draft.values))
        if draft.values.get("restricted") is True:
            self._defaults = {**self._defaults, "restricted": True}
        self._record = self._record._replace(seen=draft.seen)
        self.check()
        workspace = self._acts.workspace
        self._strip.show_waiting(self._words.moment(workspace.local(datetime.fromisoformat(draft.kept_at))))
        self._say(self._words.text("Draft restored"))

    def _throw_away(self) -> None:
        """Forget the draft, and show what is stored; until the form goes, it can be put back."""
        if not self.state.put_back or not self._acts.do(lambda: drop_draft(self._acts.workspace, self.form_key)):
            return
        self.state.happens(Event.THROWN_AWAY)
        self._refreshed(self._record.uid)
        self._show_values()
        self._strip.show_thrown_away()
        self._say("")

    def _take_back(self) -> None:
        if self.state.thrown_away and (draft := self._draft) and self._keep(draft.values, draft.seen):
            self._put_back(draft)

    def _keep(self, typed: Mapping[str, object], seen: tuple[str, ...]) -> bool:
        """Keep a draft, encrypted in the store; return whether that went well."""
        workspace, key, record = self._acts.workspace, self.form_key, self._record
        return self._acts.do(lambda: keep_draft(workspace, key, self._case, record.type, record.uid, typed, seen))

    def _on_touched(self, key: str) -> None:
        self.state.typed(key)
        self._strip.hide()
        if not self._timer.isActive():
            self._timer.start()
        self._checking.start()

    def _say(self, state: str) -> None:
        self._said = state
        self.state_said.emit(state)

    def state_label(self) -> QLabel:
        """Return a label that says whether what is typed is a draft or saved."""
        made = label(self._said, "hint", wrap=False)
        self.state_said.connect(made.setText)
        return made

    def keep_draft(self) -> None:
        """Keep what is typed, encrypted in the store; say so when it cannot be kept."""
        self._timer.stop()
        if not self.state.wants_draft or self._acts.workspace.locked:
            return
        values, unreadable = self._fields.read(self.state.touched)
        if self._new and not unreadable and not self._says_something(values):
            if self._acts.do(lambda: drop_draft(self._acts.workspace, self.form_key)):
                self._say("")
            return
        typed = self._fields.typed(self.rows if self._new else self.state.touched)
        if {**self._defaults, **self._record.values}.get("restricted") is True:
            typed["restricted"] = True  # so that the draft is closed like the record
        if self._keep(typed, self._record.seen):
            self.state.happens(Event.KEPT)
            self._say(self._words.text("Draft kept"))
        else:
            self._say(self._words.text("Draft not kept"))

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """Save when the cursor goes elsewhere in the window, while the form stays in sight."""
        if self._checking.isActive() and not self._acts.workspace.locked:
            self.check()
        left = old is not None and is_inside(old, self) and new is not None and not is_inside(new, self)
        if left and self.isVisible() and self.state.saved_when_left:
            self.save()

    def leave(self, *, parting: bool = False) -> None:
        """Save what was typed here, as the form goes out of sight; what cannot be read stays as a draft, and is told.

        ``parting``: the store is about to close: what is typed is kept as a draft, and nothing is written any more.
        """
        if parting:
            self._checking.stop()
            try:
                self.keep_draft()
            finally:
                self.state.happens(Event.PARTED)
            return
        if self.state.saved_when_left and not self.save():
            self._say_left_over()
        if self.state.happens(Event.LEFT):
            self._acts.read_again()  # the line of the draft that was thrown away goes from the list

    def _say_left_over(self) -> None:
        """Say what was not saved when its page is left: there, nobody sees it any more."""
        if unreadable := self._fields.read(self.state.touched)[1]:
            self._acts.failed.emit(
                self._words.text(
                    "Not saved, because the entry is not valid: {fields}", fields=self._fields.names(unreadable)
                ),
                self._words.text("Your text is kept as a draft. You can continue it from Today."),
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Ctrl+Return, from any field."""
        returned = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if returned and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        else:
            super().keyPressEvent(event)

    def value_of(self, key: str) -> Value | None:
        """Return what stands in one editor; None where it is empty or cannot be read."""
        return self._fields.value_of(key)

    def check(self) -> None:
        """Say below each field what is wrong with it now; while somebody types, this happens after a pause."""
        self._checking.stop()
        for key in self._fields.follow(self._record, self.state.touched):
            self.state.untouch(key)
        self._fields.check(self._record, self.state.touched, quiet=self._new and not self.state.dirty)
        self._grid.tell()

    def save(self) -> bool:
        """Save what is readable; what is not stays in the draft. Return whether nothing is left over."""
        if self._acts.workspace.locked or not self.state.happens(Event.BEGUN):
            return not self.state.dirty
        if self._checking.isActive():
            self.check()
        try:
            left_over = self._save()
        finally:
            self.state.happens(Event.REFUSED)  # unless it was saved
        if left_over:
            self.keep_draft()
        return not left_over

    def _save(self) -> bool:
        """Write what can be written; return whether something is left over."""
        self._timer.stop()
        self._strip.hide()
        values, unreadable = self._fields.read(self.state.touched)
        if self._new and not unreadable and not self._says_something(values):
            self._let_go()
            return False
        if not self._write(values, keep_draft_of=bool(unreadable)):
            return True
        if unreadable:
            self.state.leave_over(unreadable)
            return True
        self.state.happens(Event.SAVED)
        self._show_values()  # also what somebody else wrote meanwhile
        moment = self._acts.workspace.local(self._acts.workspace.clock.now())
        self._say(self._words.text("Saved {time}", time=self._words.time(moment)))
        return False

    def _says_something(self, values: dict[str, Value | None]) -> bool:
        return says_something(self._type, values, self._defaults)

    def forget(self) -> None:
        """Forget what is typed and not saved; the form is about to go."""
        self._let_go()
        self.state.happens(Event.PARTED)

    def _let_go(self) -> None:
        """Forget a new record that says nothing."""
        self._acts.do(lambda: drop_draft(self._acts.workspace, self.form_key))
        self.state.happens(Event.FORGOTTEN)
        self._say("")

    def _write(self, values: dict[str, Value | None], *, keep_draft_of: bool) -> bool:
        """Write the fields that were touched, and drop the draft in the same commit unless something is left over."""
        if not self._new:
            return self._change(values, "" if keep_draft_of else self.form_key)
        return self._add(values) if self._says_something(values) else True

    def _add(self, values: dict[str, Value | None]) -> bool:
        whole = {**self._defaults, **values, **self._fields.beside(self.rows)}
        filled = {key: value for key, value in whole.items() if value is not None}
        made: list[str] = []

        def add() -> Changes:
            result = self._create(filled, self.form_key)
            made.append(result.record)
            return result.changes

        if not self._do(add, self._words.text("Added: {record}", record=self._words.text(self._type.label))):
            return False
        self._new = False
        self._refreshed(made[0])
        self.saved.emit(made[0])
        return True

    def _change(self, values: dict[str, Value | None], draft: str) -> bool:
        typed = {key: value for key, value in values.items() if key in self.state.touched}
        typed |= self._fields.beside(self.state.touched)

        def change() -> Changes | None:
            return edit_record(self._acts.workspace, self._record, typed, self._case, draft=draft)

        if not self._do(change, self._words.text("Changed: {record}", record=self._words.text(self._type.label))):
            return False
        self._refreshed(self._record.uid)
        self.saved.emit(self._record.uid)
        return True

    def _add_partner(self, links: LinkOptions, also: Mapping[str, Value], name: str) -> str:
        """Add a partner to the directory, without leaving the form; return its identifier, empty where it was refused.

        ``also``: what the field in which the name was typed says of it.
        """
        made: list[str] = []

        def add() -> Changes:
            result = new_record(self._acts.workspace, PARTNER, {"name": name, **also}, "")
            made.append(result.record)
            return result.changes

        what = self._words.text("Added: {record}", record=self._words.text(BY_KEY[PARTNER].label))
        if not self._acts.do(add, what, started_by=self.form_key):
            return ""
        self._fields.offer(links)
        return made[0]

    def _new_record(self, values: Mapping[str, Value], draft: str) -> NewRecord:
        return new_record(self._acts.workspace, self._record.type, values, self._case, draft=draft)

    def _do(self, verb: Callable[[], Changes | None], what: str) -> bool:
        return self._acts.do(verb, what, quiet=True, started_by=self.form_key)

    def _refreshed(self, uid: str) -> None:
        current = read_record(self._acts.workspace, self._record.type, uid, self._case)
        if current is not None:
            self._record = current

    def show_current(self, links: LinkOptions | None = None) -> None:
        """Read the record again, unless somebody is typing in it: then the parents stay what the form showed.

        ``links``: what the fields that point at records offer now.
        """
        if links is not None:
            self._fields.offer(links)
        if self._new or not self.state.replaceable or self._acts.workspace.locked:
            return
        before = self._record
        self._refreshed(self._record.uid)
        if self._record.values != before.values or self._record.conflicts != before.conflicts:
            self._show_values()
        else:
            self.check()  # of its case, something else may have changed

    def focus_draft(self) -> bool:
        """Put the cursor where a draft that was put back goes on: at what cannot be read, else where it begins."""
        if not self.state.put_back:
            return False
        unreadable = self._fields.read(self.state.touched)[1]
        self._grid.unfold(unreadable or self.state.touched)
        return self._fields.focus(unreadable) or self._fields.focus(self.state.touched)

    def begin_with(self, defaults: dict[str, Value]) -> None:
        """Let a new record begin with other values; what was typed stays."""
        self._defaults = defaults
        self._fields.show_values(
            {key: value for key, value in defaults.items() if key not in self.state.touched}, self.state.touched
        )
        self.check()

    def focus_first(self) -> None:
        """Put the cursor into the first field, as of a record that is begun."""
        self._fields.focus(self.rows)

    def focus_next(self) -> None:
        """Put the cursor into the next field that is empty; where all are filled, into the first."""
        self._fields.focus(self._fields.empty(self)) or self._fields.focus(self.rows)
