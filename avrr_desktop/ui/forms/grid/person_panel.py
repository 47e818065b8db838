"""What else is known of the person of a row: as what they belong to the case first, then all that has no column, in sections that fold."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from avrr_desktop.domain.records.fields import Record, Section
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.forms.field_problems import field_problems
from avrr_desktop.ui.forms.form_rows import FormRows
from avrr_desktop.ui.forms.grid.columns import BY_NAME
from avrr_desktop.ui.forms.grid.rows import GridRow
from avrr_desktop.ui.forms.sections import FormSections
from avrr_desktop.ui.widgets.controls import Card, Column, button, label, row
from avrr_desktop.ui.widgets.theme import GAP_SMALL

IN_CASE = ("role", "relationship", "situations", "is_returnee", "head_of_household", "joined_on", "left_on")


class PersonPanel(Card):
    """Follows the row with the cursor while it is shown."""

    touched = Signal(str, object)  # name of the field, as typed
    left = Signal()

    def __init__(self, workspace: Session) -> None:
        super().__init__()
        self._workspace, self._words = workspace, workspace.words
        self._heading = label("", "heading", wrap=False)
        back = button(self._words.text("Back to the table (F6)"), self.left.emit, name="quiet")
        self.body.addLayout(row(self._heading, 1, back))
        own = [field.key for field in BY_KEY["person"].fields if f"person.{field.key}" not in BY_NAME]
        self.forms = {
            "membership": FormRows(workspace, "membership", lambda _: [], IN_CASE, None),
            "person": FormRows(workspace, "person", lambda _: [], own, None),
        }
        sections = {
            "membership": (Section(self._words.text("In this case"), IN_CASE, open=True),),
            "person": BY_KEY["person"].sections,
        }
        column = Column()
        column.body.setSpacing(GAP_SMALL)
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.parts: dict[str, FormSections] = {}
        for record, rows in self.forms.items():
            self.parts[record] = FormSections(rows.by_key.values(), sections[record], workspace)
            for part in self.parts[record].parts[record == "membership" :]:
                part.section.turn(False)
            column.body.addLayout(self.parts[record])
            for key, one in rows.by_key.items():
                one.editor.touched.connect(lambda record=record, key=key: self._on_touched(record, key))
        column.body.addStretch(1)
        self.body.addWidget(column, 1)
        self._row = GridRow()

    def show_row(self, one: GridRow, who: str) -> None:
        """Show the fields of a row."""
        self._row = one
        self._heading.setText(self._words.text("More about {person}", person=who))
        for record, rows in self.forms.items():
            rows.show_values({})
            rows.show_typed({key: one.typed.get(f"{record}.{key}", "") for key in rows.by_key})
            if record == "person":
                for line in rows.by_key.values():
                    line.editor.widget.setEnabled(not one.known)
        self._check()

    def focus_first(self) -> None:
        """Put the cursor into the first field: what the person is in the case."""
        self.parts["membership"].unfold(IN_CASE)
        self.forms["membership"].focus(IN_CASE[:1])

    def _on_touched(self, record: str, key: str) -> None:
        self.touched.emit(f"{record}.{key}", self.forms[record].by_key[key].editor.typed())
        self._check()

    def _check(self) -> None:
        for record, rows in self.forms.items():
            values, unreadable = rows.read(rows.by_key)
            said = field_problems(self._workspace, Record(record, "", {}), values, unreadable, quiet=True)
            for key, line in rows.by_key.items():
                line.say(said.get(key, ""))
            self.parts[record].tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room for them."""
        columns = 1 if event.size().width() < 60 * self.fontMetrics().averageCharWidth() else 2
        for part in self.parts.values():
            part.arrange(columns)
        super().resizeEvent(event)
