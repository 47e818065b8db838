"""A small part of the form that a step asks before it is done or filed: its proof, and why it goes ahead of another."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.paper_states import THERE
from avrr_desktop.domain.procedure.proof import REPLACED, proof_kinds, proof_there
from avrr_desktop.domain.procedure.step_states import AT_OFFICE
from avrr_desktop.domain.procedure.steps import ahead_of
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.records.types.service_records import PAPER
from avrr_desktop.operations.session.proofs import Proof
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.forms.editors.editor_maker import EditorMaker
from avrr_desktop.ui.forms.editors.field_editors import UnreadableError
from avrr_desktop.ui.forms.field_row import FieldRow
from avrr_desktop.ui.widgets.controls import Card, ClosedByEscape, button, check_box, label, row
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.theme import GAP_SMALL

ASKED = ("number", "issued_on", "valid_until")


def passed_over(case_file: CaseFile, step: Record, state: str, today: str) -> tuple[Record, ...]:
    """Return the steps of which a step would go ahead in a state, as long as no reason for that is written down."""
    if step.text("go_ahead_reason") or (state != "done" and state not in AT_OFFICE):
        return ()
    values = {**step.values, "state": state}
    values.setdefault("done_on" if state == "done" else "filed_on", today)
    return ahead_of(step._replace(values=values), {other.uid: other for other in case_file.steps})


def asks_something(workspace: Session, case_file: CaseFile, step: Record, state: str) -> bool:
    """Say whether a step that goes into a state has something to ask."""
    proof = state == "done" and bool(proof_kinds(workspace.pack, step))
    return proof or bool(passed_over(case_file, step, state, workspace.today.isoformat()))


class StepEnding(Card):
    """Says what it asks, and gives it back with one press; nothing of it has to be answered."""

    wanted = Signal(object, str)  # the proofs that are there, the reason
    cancelled = Signal()

    def __init__(self, workspace: Session, case_file: CaseFile, step: Record, state: str) -> None:
        super().__init__()
        self._words = words = workspace.words
        ahead = passed_over(case_file, step, state, workspace.today.isoformat())
        self.reason = QLineEdit()
        if ahead:
            steps = ", ".join(words.text(other.text("title")) for other in ahead)
            said = label(words.text("Not done yet: {steps}. Why go ahead with this step anyway?", steps=steps))
            self.reason.setAccessibleName(words.text("Reason to go ahead anyway"))
            self.body.addWidget(said)
            self.body.addWidget(self.reason)
        self.proofs: dict[str, ProofPart] = {}
        kinds = proof_kinds(workspace.pack, step) if state == "done" else ()
        for kind in kinds:
            self.proofs[kind] = part = ProofPart(workspace, kind, proof_there(case_file, step, kind), len(kinds) == 1)
            self.body.addWidget(part)
        ClosedByEscape(self, self.cancelled.emit)
        text = words.text(workspace.pack.label("step_state", state))
        self.body.addLayout(row(
            button(text, self.end, name="primary"), button(words.text("Cancel", "button"), self.cancelled.emit), 1
        ))  # fmt: skip

    def begin(self) -> None:
        """Put the cursor where the first answer goes."""
        first = next(iter(self.proofs.values()), None)
        if not self.reason.isHidden() and self.reason.parent() is not None:
            self.reason.setFocus()
        elif first is not None:
            first.begin()

    def end(self) -> None:
        """Give back what was answered, unless a date cannot be read."""
        try:
            proofs = tuple(part.proof() for part in self.proofs.values() if part.there.isChecked())
        except UnreadableError:
            return
        self.wanted.emit(proofs, self.reason.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End with Return from any field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.end()
        else:
            super().keyPressEvent(event)


class ProofPart(QWidget):
    """One kind of proof: whether it is there, its number and its days."""

    def __init__(self, workspace: Session, kind: str, paper: Record | None, alone: bool) -> None:
        super().__init__()
        self._words = words = workspace.words
        self._kind = kind
        state = paper.text("state") if paper else ""
        name = words.text(workspace.pack.label("doc_type", kind))
        self.there: QCheckBox = check_box(words.text("Proof available: {paper}", paper=name))
        self.there.setChecked(bool(paper) and state != "not_needed")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self.there)
        if paper is not None:
            said = words.text(workspace.pack.label("paper_state", state))
            column.addWidget(label(words.text("Among the papers: {state}", state=said), "hint"))
        maker = EditorMaker(words, workspace.pack, workspace.today, lambda target: [])
        self.rows = {key: FieldRow(PAPER.field(key), maker.make(PAPER.field(key)), words) for key in ASKED}
        kept = paper.values if paper is not None and state not in REPLACED else {}
        for key, field_row in self.rows.items():
            field_row.editor.show_value(kept.get(key))
            field_row.editor.touched.connect(lambda: self.there.setChecked(True))
        self._fields = QWidget()
        self._fields.setLayout(WrappingRow(*self.rows.values()))
        column.addWidget(self._fields)
        self._fields.setVisible(alone or (state not in THERE and paper is not None))
        self.there.toggled.connect(lambda on: self._fields.setVisible(on or alone))

    def begin(self) -> None:
        """Put the cursor into the first field, or on the box where there is none to see."""
        (self.there if self._fields.isHidden() else self.rows["number"].editor.focus).setFocus()

    def proof(self) -> Proof:
        """Return what stands here. Raises UnreadableError after saying so beside the field."""
        values: dict[str, Value] = {}
        for key, field_row in self.rows.items():
            try:
                value = field_row.editor.value()
            except UnreadableError:
                field_row.say(self._words.text("Not a date. Write for example 12.5.2019, May 2019 or 2019."))
                field_row.editor.focus.setFocus()
                raise
            if value is not None:
                values[key] = value
        return Proof(self._kind, values)
