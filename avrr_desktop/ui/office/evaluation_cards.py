"""How help ended in a period, and what was learned: below the figures, for the yearly evaluation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QGridLayout

from avrr_desktop.domain.records.fields import Kind, Record
from avrr_desktop.domain.records.types.closing_records import LESSON
from avrr_desktop.operations.reports.evaluation import Evaluation, add_lesson, end_rows, lesson_rows, reason_rows
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.operations.session.records import remove_record
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.ask_strip import AskStrip
from avrr_desktop.ui.forms.editors.editor_maker import EditorMaker
from avrr_desktop.ui.widgets.controls import Card, button, hairline, label, row
from avrr_desktop.ui.widgets.responsive import WrappingRow

Table = Callable[[Sequence[Sequence[str]]], QGridLayout]
_ASKED = ("text", "kind", "category", "country")


class EndsCard(Card):
    """Cases opened, opened again and ended, by country; then how they ended, and why. The whole table is in the CSV file."""

    def __init__(self, acts: Actions, told: Evaluation, table: Table) -> None:
        workspace = acts.workspace
        words = workspace.words
        super().__init__(words.text("How help ended"))
        whole = end_rows(workspace, told.ends)
        outcomes = [[words.text("Outcome of the return"), whole[0][3]]]
        outcomes += [[str(text), whole[-1][column]] for column, text in enumerate(whole[0]) if column > 3]
        rows = [[line[:4] for line in whole], outcomes]
        if told.ends.reasons:
            rows.append(reason_rows(workspace, told.ends))
        for lines in rows:
            self.body.addLayout(
                table([[words.number(cell) if isinstance(cell, int) else cell for cell in line] for line in lines])
            )
            self.body.addWidget(hairline())
        self.body.addWidget(label(words.text(
            "A family that is helped again keeps its number: it is one case, and one more period of help. Current figures."
        ), "hint"))  # fmt: skip


class LessonsCard(Card):
    """The lessons of the period, one below the other, and a way to add one."""

    def __init__(self, acts: Actions, told: Evaluation) -> None:
        workspace = acts.workspace
        words = workspace.words
        super().__init__(words.text("What was learned"))
        self._acts = acts
        if not told.lessons:
            self.body.addWidget(label(words.text("No difficulty or suggestion was noted in this period."), "muted"))
        for record, line in zip(told.lessons, lesson_rows(workspace, told.lessons)[1:], strict=True):
            *facts, text = (str(cell) for cell in line)
            self.body.addWidget(label(" · ".join(one for one in facts if one), "muted"))
            self.body.addWidget(label(text))
            gone = button(words.text("Remove", "button"), partial(self._remove, record), name="quiet")
            gone.setAccessibleName(words.text("Remove: {what}", what=text))
            gone.setEnabled(may(workspace, Permission.RECORD))
            self.body.addLayout(row(gone, 1))
        self.strip = AskStrip(words, EditorMaker(words, workspace.pack, workspace.today, lambda _: []))
        self.body.addWidget(self.strip)
        add = button(words.text("Add a lesson …"), self.ask)
        add.setEnabled(may(workspace, Permission.RECORD))
        self.body.addLayout(WrappingRow(add))

    def ask(self) -> None:
        """Ask what was learned; without names, because others read it."""
        words = self._acts.workspace.words
        fields = [replace(LESSON.field(key), kind=Kind.TEXT) if key == "text" else LESSON.field(key) for key in _ASKED]
        self.strip.ask(words.text("What was learned"), fields, words.text("Add", "button"), self._add)

    def _add(self, answers: Mapping[str, str]) -> bool:
        workspace = self._acts.workspace
        told = {key: value for key, value in answers.items() if value}
        return self._acts.do(lambda: add_lesson(workspace, told), workspace.words.text("Lesson added"))

    def _remove(self, lesson: Record) -> None:
        workspace = self._acts.workspace
        self._acts.do(lambda: remove_record(workspace, lesson, ""), workspace.words.text("Lesson removed"))
