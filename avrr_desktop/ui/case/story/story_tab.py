"""The Story of a family: everything that was done, in one line of time; notes, contacts and follow-ups are written here."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.story import COPY, STATUS, TOLD, Told
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import STORY, Record, RecordType
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.operations.cases.follow_ups import follow_up_days, plan_follow_ups
from avrr_desktop.operations.cases.story import story
from avrr_desktop.operations.session.drafts import Draft, begun
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.parts import OF_TYPES, PARTS, tab_of
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.widgets.controls import Card, Choice, button, label
from avrr_desktop.ui.widgets.item_list import Item
from avrr_desktop.ui.widgets.record_items import draft_lines, story_items
from avrr_desktop.ui.widgets.theme import Theme


class StoryTab(RecordTab):
    """The line of time at the left, the newest first; the record behind the chosen line at the right."""

    wanted = Signal(str, str)  # record type, record: in the part of the case where it stands

    def __init__(self, acts: Actions, theme: Theme) -> None:
        self._told: list[Told] = []
        super().__init__(acts, theme, self.types()[0].key, STORY)

    def types(self) -> Sequence[RecordType]:
        """Notes, contacts and follow-ups; the kind that is looked at comes first, so that a key begins one of it."""
        return _WRITTEN

    def list_name(self) -> str:
        """Return what the list is called."""
        return PARTS[STORY].title

    def more_buttons(self) -> Sequence[QWidget]:
        """The days of the programme, and what is looked at."""
        words = self._acts.workspace.words
        self._plan = button(words.text("Plan as set by the programme"), self.plan, name="quiet")
        self.kinds = Choice()
        self.kinds.setAccessibleName(words.text("What is shown"))
        self.kinds.addItem(words.text("Everything"), "")
        for kind in (*_WRITTEN, *(one for one in TOLD if not one.of_story)):
            self.kinds.addItem(words.text(kind.plural), kind.key)
        self.kinds.addItem(words.text("Copies", "of a case"), COPY)
        self.kinds.addItem(words.text("Case status"), STATUS)
        self.kinds.activated.connect(lambda _: self._on_kind())
        return (self.kinds, self._plan)

    def show_kind(self, kind: str) -> None:
        """Look at one kind: the key of a record type, a copy or the status; empty: at everything."""
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(kind)))

    def show_part(self, part: str) -> None:
        """Look at what another part of the case stands for: “notes”, “contacts”, “follow_ups”, or the whole Story."""
        self.show_kind(OF_TYPES[part].key if part in OF_TYPES else "")

    def _on_kind(self) -> None:
        if self._case is not None:
            self.leave()
            self.form = None
            self.show_case(self._case)

    def _kind(self) -> str:
        return str(self.kinds.currentData() or "")

    def show_case(self, case_file: CaseFile, record: str = "", started_by: str = "") -> None:
        """Show the Story of a case; ``record`` is chosen, whatever kind was looked at."""
        self._told = self._acts.ask(lambda: story(self._acts.workspace, case_file), list[Told]())
        if record and self._kind() and record not in {one.record.uid for one in self._told if one.kind == self._kind()}:
            self.show_kind("")
        super().show_case(case_file, record, started_by)
        self._plan.setEnabled(not self.only_read())
        self._plan.setVisible(self._kind() == "follow_up" or (not self._kind() and self._has_days(case_file)))

    def _has_days(self, case_file: CaseFile) -> bool:
        """Return whether the programme has days on which nothing is planned yet."""
        return bool(self._acts.ask(lambda: follow_up_days(self._acts.workspace, case_file), tuple[str, ...]()))

    def _shown(self) -> list[Told]:
        return [one for one in self._told if self._kind() in ("", one.kind)]

    def _records(self, case_file: CaseFile) -> Sequence[Record]:
        return [one.record for one in self._told if one.kind in BY_KEY]

    def _lines(self, case_file: CaseFile) -> list[Item]:
        workspace = self._acts.workspace
        kinds = [kind for kind in _WRITTEN if self._kind() in ("", kind.key)]
        drafts = [line for kind in kinds for line in draft_lines(workspace, case_file.case.uid, kind.key)]
        return drafts + story_items(workspace, case_file, self._shown())

    def _type_of_draft(self, uid: str) -> str:
        case = self._case.case.uid if self._case else ""
        there = self._acts.ask(lambda: begun(self._acts.workspace, case), list[Draft]())
        return next((draft.record_type for draft in there if draft.record == uid), self._type.key)

    def teaching(self) -> str:
        """Return what the looked at kind says of itself while there is none."""
        kind = BY_KEY.get(self._kind())
        return kind.tab.teaching if kind is not None and kind.of_story and kind.tab else _NOTHING

    def _show_chosen(self) -> None:
        told = next((one for one in self._told if one.record.uid == self.list.chosen()), None)
        if told is None or told.kind in BY_KEY:
            super()._show_chosen()
            return
        self._right.turn()
        self.form = None
        self._show_told(told)

    def _show_told(self, told: Told) -> None:
        """Show what has no form: a copy that left, or a status of the case."""
        assert self._case is not None
        card, [item] = Card(), story_items(self._acts.workspace, self._case, [told])
        for text, name in ((item.title, "heading"), (item.right, ""), (item.below, "muted")):
            card.body.addWidget(label(text, name))
        self._right.body.addWidget(card)
        self._right.body.addStretch(1)

    def _form_buttons(self, form: Form, record: Record, *, new: bool) -> Sequence[QPushButton]:
        """What stands in another part of the case is taken away, moved and proved there: a button leads to it."""
        if BY_KEY[record.type].of_story:
            return super()._form_buttons(form, record, new=new)
        words, part = self._acts.workspace.words, PARTS[tab_of(record.type)]
        text = words.text("Show under {part}", part=words.text(part.title))
        return (button(text, lambda: self.wanted.emit(record.type, record.uid), name="quiet"),)

    def add(self) -> None:
        """Begin one of the kind that is looked at; a note where that is none that is written here."""
        kind = BY_KEY.get(self._kind())
        self.begin(kind if kind in _WRITTEN and kind is not None else self._type)

    def plan(self) -> None:
        """Plan the follow-ups of the programme."""
        case_file, workspace = self._case, self._acts.workspace
        if case_file is not None:
            self._acts.do(lambda: plan_follow_ups(workspace, case_file), workspace.words.text("Follow-up planned"))


_WRITTEN = tuple(
    OF_TYPES[part] for part in reversed(PARTS) if part in OF_TYPES and OF_TYPES[part].of_story
)  # notes first
_NOTHING = N_("Nothing is recorded for this family yet. Write a note, or record a contact.")
