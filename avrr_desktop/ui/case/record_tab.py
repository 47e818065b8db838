"""A tab of a case: its records of one kind at the left, the chosen one as a form at the right."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.records.fields import TODAY, Record, RecordType, Value
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.operations.cases.corrections import MOVABLE
from avrr_desktop.operations.protection.restricted import restrict_note
from avrr_desktop.operations.session.late_entries import ONLY_READ, is_read_only
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.operations.session.records import remove_record
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.document_buttons import document_buttons
from avrr_desktop.ui.case.move_record_card import MoveRecordCard
from avrr_desktop.ui.case.parts import view_buttons
from avrr_desktop.ui.forms.editors.field_editors import LinkOptions
from avrr_desktop.ui.forms.field_problems import Around
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.forms.form_column import FormColumn
from avrr_desktop.ui.forms.link_options import links_of
from avrr_desktop.ui.forms.list_and_form import focus_on, side_by_side
from avrr_desktop.ui.widgets.controls import Card, add_button, button, label, row, tip
from avrr_desktop.ui.widgets.item_list import Item, ItemList, is_draft, record_of
from avrr_desktop.ui.widgets.record_items import describe_all, draft_lines
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import GAP, Theme


class RecordTab(QWidget):
    """Shows, adds, changes and removes records of one type, as its declaration says; see ``StoryTab`` for several."""

    printing = Signal(str)  # which document
    view_wanted = Signal(str)  # another view of the same tab

    def __init__(self, acts: Actions, theme: Theme, record_type: str, part: str = "") -> None:
        """``part``: its key among the parts of the case; by default that of the record type."""
        super().__init__()
        self._acts, self._theme, self._type = acts, theme, BY_KEY[record_type]
        part = part or (self._type.tab.key if self._type.tab else "")
        self._case: CaseFile | None = None
        self.form: Form | None = None
        words = acts.workspace.words
        self.list = ItemList(theme, words.text(self.list_name()))
        self.list.currentRowChanged.connect(lambda _: self._show_chosen())
        adds = [self._add_button(kind) for kind in self.types()]
        self._right = FormColumn()
        self._of_record: Sequence[QPushButton] = ()  # the buttons above the form
        self.row_menu = RowMenu(self.list, words, lambda: (*adds, *self._of_record))
        self.for_writing: list[QWidget] = [*adds]  # what writes: of a closed case it waits for a late entry
        documents = document_buttons(part, words, self.printing.emit)
        views = view_buttons(acts.workspace, part)
        if views is not None:
            views.chosen.connect(self.view_wanted)
        above = WrappingRow(*([views] if views else []), *adds, *self.more_buttons(), *documents)
        self.pages = side_by_side(theme, words, above, self.list, self._right)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, GAP, 0, 0)
        whole.addWidget(self.pages)

    def types(self) -> Sequence[RecordType]:
        """Return the record types that can be begun here; a key begins the first."""
        return (self._type,)

    def list_name(self) -> str:
        """Return what the list is called, to be translated."""
        return self._type.plural

    def _add_button(self, kind: RecordType) -> QPushButton:
        words, first = self._acts.workspace.words, kind is self.types()[0]
        text = words.text(kind.label)
        said, clicked = words.text("Add: {record}", record=text), self.add if first else partial(self.begin, kind)
        return add_button(text, said, clicked, self._theme, shortcut="Ctrl+Shift+A" if first else "")

    def more_buttons(self) -> Sequence[QWidget]:
        """Return further buttons beside “Add”, for a tab that has some."""
        return ()

    def _records(self, case_file: CaseFile) -> Sequence[Record]:
        """Return the records that are listed, in their order."""
        return case_file.of_type(self._type.key)

    def leave(self, *, parting: bool = False) -> None:
        """Save what is typed in the form; see ``forms.leaving``."""
        self._right.leave(parting=parting)

    def show_case(self, case_file: CaseFile, record: str = "", started_by: str = "") -> None:
        """Show the records of a case; ``record`` is chosen. ``started_by``: the form that changed the case."""
        same = self._case is not None and self._case.case.uid == case_file.case.uid
        self._case = case_file
        for one in self.for_writing:
            one.setEnabled(not self.only_read())
        keep = record or (self.list.chosen() if same else "")
        self.list.show_lines(self._lines(case_file), keep)
        self.list.setVisible(self.list.count() > 0)  # an empty one says nothing; what can be done stands beside it
        form = self.form
        if same and form is not None and not record and (keep == self.list.chosen() or form.stays(started_by)):
            form.show_current(self._links(case_file))
            return
        self.list.choose_first()
        self._show_chosen()

    def only_read(self) -> bool:
        """Say whether nothing can be written into the case just now."""
        return self._case is not None and is_read_only(self._acts.workspace, self._case.case.uid)

    def _links(self, case_file: CaseFile) -> LinkOptions:
        """Return what the fields that point at records offer."""
        return links_of(self._acts.workspace, case_file)

    def _lines(self, case_file: CaseFile) -> list[Item]:
        workspace = self._acts.workspace
        drafts = draft_lines(workspace, case_file.case.uid, self._type.key)
        return drafts + describe_all(workspace, case_file, self._records(case_file))

    def _show_chosen(self) -> None:
        if self._case is None:
            return
        if self._right.turn():  # what is typed there is saved before anything is read
            self.list.setFocus()
        key = self.list.chosen()
        if is_draft(key):
            self._show_form(Record(self._type_of_draft(record_of(key)), record_of(key), {}), new=True)
            return
        record = self._chosen_record()
        if record is None:
            self._show_teaching()
        else:
            self._show_form(record)

    def _type_of_draft(self, uid: str) -> str:
        """Return the key of the type of a record that was begun and not saved."""
        return self._type.key

    def _chosen_record(self) -> Record | None:
        there = self._records(self._case) if self._case is not None else ()
        return next((one for one in there if one.uid == self.list.chosen()), None)

    def teaching(self) -> str:
        """Return what is said while there is no record, to be translated."""
        return self._type.tab.teaching if self._type.tab else ""

    def _show_teaching(self) -> None:
        self._right.turn()
        self._of_record = ()
        self.form = None
        card = Card()
        text = ONLY_READ if self.only_read() else self.teaching()
        card.body.addWidget(label(self._acts.workspace.words.text(text), "muted"))
        self._right.body.addWidget(card)
        self._right.body.addStretch(1)

    def _show_form(self, record: Record, *, new: bool = False, defaults: dict[str, Value] | None = None) -> Form:
        assert self._case is not None
        words = self._acts.workspace.words
        self._right.turn()
        links = self._links(self._case)
        around = Around(self._acts.workspace, lambda: self._case)
        form = Form(self._acts, record, self._case.case.uid, links, new=new, defaults=defaults, around=around)
        form.saved.connect(self.list.choose_made)
        card, kind = Card(), words.text(BY_KEY[record.type].label)
        heading = label(words.text("New: {record}", record=kind) if new else kind, "heading", wrap=False)
        form.saved.connect(lambda _: heading.setText(kind))
        self._of_record = self._form_buttons(form, record, new=new)
        card.body.addLayout(row(heading, 1, form.state_label(), *self._of_record))
        card.body.addWidget(form)
        self._right.body.addWidget(card)
        self._right.body.addStretch(1)
        self._right.verticalScrollBar().setValue(0)
        self.form = form
        return form

    def _form_buttons(self, form: Form, record: Record, *, new: bool) -> Sequence[QPushButton]:
        """Return what can be done with the record in a form, beside typing in it."""
        workspace, words = self._acts.workspace, self._acts.workspace.words
        if self.only_read():
            return ()
        remove = button(words.text("Remove", "button"), self.remove, name="quiet", shortcut="Ctrl+Shift+Del")
        if new:
            remove.hide()
        form.saved.connect(lambda _: remove.show())
        made: list[QPushButton] = []
        if not new and record.type == "note" and may(workspace, Permission.PROTECT):
            made.append(button(words.text("Restrict", "button"), lambda: self.restrict(record), name="quiet"))
            tip(made[-1], words.text("Restrict it, also in the history. This cannot be undone."))
        if not new and record.type in MOVABLE:
            made.append(button(words.text("Move", "button"), lambda: self.show_mover(record), name="quiet"))
            tip(made[-1], words.text("Move it to another person or another case"))
        return (*made, remove)

    def add(self) -> None:
        """Begin a new record of the first type; see ``begin``."""
        self.begin(self.types()[0])

    def begin(self, kind: RecordType) -> None:
        """Begin a new record: it is stored with its first saved value."""
        if self._case is None:
            return
        workspace = self._acts.workspace
        today = workspace.today.isoformat()
        defaults = {key: today if value == TODAY else value for key, value in kind.defaults.items()}
        self._right.turn()
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        self.list.blockSignals(False)
        form = self._show_form(Record(kind.key, workspace.ids.new(), {}), new=True, defaults=defaults)
        form.focus_next()

    def restrict(self, record: Record) -> None:
        """Close a note that was written for everybody, with what was typed in it last."""
        self._right.part()
        case_file, words = self._case, self._acts.workspace.words
        if case_file is not None:
            self.form, record = None, self._as_stored(record)
            if self._acts.do(lambda: restrict_note(self._acts.workspace, case_file, record), "", quiet=True):
                self._acts.said.emit(words.text("The note is now restricted. It is listed under Protection."), False)
                self._acts.read_again()
            else:
                self._show_chosen()

    def _as_stored(self, record: Record) -> Record:
        """Return a record as it stands now: what was typed in its form may just have been saved."""
        there = self._records(self._case) if self._case is not None else ()
        return next((one for one in there if one.uid == record.uid), record)

    def show_mover(self, record: Record) -> None:
        """Ask where a record belongs."""
        if self._case is None:
            return
        self._right.turn()
        self.form, self._of_record = None, ()
        mover = MoveRecordCard(self._acts, self._case, self._as_stored(record))
        mover.done.connect(self._show_chosen)
        self._right.body.addWidget(mover)
        self._right.body.addStretch(1)
        focus_on(mover.person)

    def remove(self) -> None:
        """Take the chosen record out; undo brings it back."""
        self._right.part()
        record = self._chosen_record()
        if record is not None and self._case is not None:
            words, case = self._acts.workspace.words, self._case.case.uid
            what = words.text("Removed: {record}", record=words.text(BY_KEY[record.type].label))
            self.form = None
            if not self._acts.do(lambda: remove_record(self._acts.workspace, record, case), what):
                self._show_chosen()
