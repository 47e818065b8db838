"""The page on which a case is closed: why, what is still open, the papers, how it ended, and what is learned from it."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.case_states import ClosureReason, settles
from avrr_desktop.domain.case.closing import (
    Ending,
    asks_outcome,
    attempts,
    closing_begun,
    held_papers,
    open_things,
    people_named,
)
from avrr_desktop.domain.records.fields import Field, Kind, Value
from avrr_desktop.domain.records.types.case_records import CASE
from avrr_desktop.domain.records.types.closing_records import CLOSING, LESSON
from avrr_desktop.operations.cases.closing import close_case, closing_words
from avrr_desktop.operations.cases.ending.settling import tries_wanted
from avrr_desktop.operations.session.second_person import four_eyes
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.closing.open_rows import OpenRows, thing_name
from avrr_desktop.ui.forms.editors.editor_maker import EditorMaker
from avrr_desktop.ui.forms.editors.field_editors import Options, UnreadableError
from avrr_desktop.ui.forms.field_row import FieldRow
from avrr_desktop.ui.widgets.controls import Card, button, label
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.theme import GAP_SMALL

_FURTHER = {ClosureReason.TRANSFERRED.code: "transferred_to", ClosureReason.DUPLICATE.code: "double_of"}
_PAPERS = ("papers_back", "papers_back_on", "papers_back_to", "receipt_signed")
_ENDED = ("outcome", "remaining_needs", "last_referral", "feedback")


def _line(field: Field) -> Field:
    return replace(field, kind=Kind.TEXT, required=False) if field.kind is Kind.LONG_TEXT else field


class ClosingCard(Card):
    """Asks one thing after the other; what a reason does not need is not shown."""

    done = Signal()

    def __init__(self, acts: Actions, case_file: CaseFile) -> None:
        words = acts.workspace.words
        asks = four_eyes(acts.workspace)
        super().__init__(words.text("Request closing") if asks else words.text("Close the case"))
        self._acts, self._case = acts, case_file
        self._maker = EditorMaker(words, acts.workspace.pack, acts.workspace.today, self._links)
        self.rows: dict[str, FieldRow] = {}
        self._add_rows(self.body, "reason")
        self.tried = label("", "hint")
        self.body.addWidget(self.tried)
        for key in _FURTHER.values():
            self._add(self.body, key, _line(CASE.field(key)))
        self._further, inside = QWidget(), QVBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP_SMALL)
        self._further.setLayout(inside)
        self.body.addWidget(self._further)
        self._fill(inside)
        self.said = label("", "problem")
        self.body.addWidget(self.said)
        act = words.text("Request closing") if asks else words.text("Close the case")
        self.go = button(act, self.close_it, name="primary", shortcut="Ctrl+Return")
        self.body.addLayout(WrappingRow(self.go, button(words.text("Cancel", "button"), self.done.emit, name="quiet")))
        self._show_begun()
        self._on_reason()

    def _fill(self, inside: QVBoxLayout) -> None:
        words, case_file = self._acts.workspace.words, self._case
        self._add_rows(inside, "sub_reason")
        things = open_things(case_file)
        self._head(inside, words.text("What is still open"))
        self.open = OpenRows(self._acts.workspace, case_file, things)
        inside.addWidget(self.open)
        if held_papers(case_file) or (closing_begun(case_file) and self._begun("papers_back")):
            self._head(inside, words.text("Original papers that you hold"))
            self._add_rows(inside, *_PAPERS)
        self._head(inside, words.text("How it ended"))
        self._add_rows(inside, *(key for key in _ENDED if key != "last_referral" or case_file.referrals))
        self._head(inside, words.text("Something to learn for the yearly evaluation"))
        self._add(inside, "kind", LESSON.field("kind"))
        self._add(inside, "text", replace(LESSON.field("text"), required=False))
        self.rows["text"].editor.touched.connect(self._look_for_names)

    def _head(self, inside: QVBoxLayout, text: str) -> None:
        inside.addWidget(label(text, "heading"))

    def _add_rows(self, inside: QVBoxLayout, *keys: str) -> None:
        for key in keys:
            self._add(inside, key, CLOSING.field(key))

    def _add(self, inside: QVBoxLayout, key: str, field: Field) -> None:
        row = FieldRow(field, self._maker.make(field), self._acts.workspace.words)
        row.editor.touched.connect(lambda: self.said.setText(""))
        if key == "reason":
            row.editor.touched.connect(self._on_reason)
        self.rows[key] = row
        inside.addWidget(row)

    def _links(self, target: str) -> Options:
        workspace, case_file = self._acts.workspace, self._case
        if target == "referral":
            return [(one.uid, thing_name(workspace, case_file, one)) for one in case_file.referrals]
        held = {one.uid for one in held_papers(case_file)} | set(self._begun("papers_back") or ())  # type: ignore[arg-type]
        return [
            (one.uid, workspace.words.text(workspace.pack.label("doc_type", one.text("doc_type"))))
            for one in case_file.papers
            if one.uid in held
        ]

    def _begun(self, key: str) -> Value | None:
        begun = closing_begun(self._case)
        return begun.values.get(key) if begun is not None else None

    def _show_begun(self) -> None:
        """Show what was told before the closing was sent back."""
        for key, row in self.rows.items():
            if CLOSING.has(key) and (value := self._begun(key)) is not None:
                row.editor.show_value(value)

    def take_focus(self) -> None:
        """Put the cursor on the reason."""
        self.rows["reason"].editor.focus.setFocus()

    @property
    def reason(self) -> str:
        """The code of the reason that is chosen."""
        return str(self.rows["reason"].editor.value() or "")

    def _on_reason(self) -> None:
        """Show what belongs to the reason."""
        reason = self.reason
        for code, key in _FURTHER.items():
            self.rows[key].setVisible(reason == code)
        self._further.setVisible(bool(reason) and settles(reason))
        self.rows["outcome"].setVisible(asks_outcome(reason))
        lost = reason == ClosureReason.LOST_CONTACT.code
        self.tried.setVisible(lost)
        if lost:
            self.tried.setText(self._tried_text())

    def _tried_text(self) -> str:
        workspace = self._acts.workspace
        words, tried = workspace.words, attempts(self._case)
        wanted, days = tries_wanted(workspace, self._case)
        on = ", ".join(words.partial_date(one.text("on")) for one in tried.contacts)
        said = words.text(
            "Attempts since the family was last reached: {count} of {wanted}, over {days} of {span} days.",
            count=len(tried.contacts), wanted=wanted, days=tried.days, span=days,
        )  # fmt: skip
        return f"{said} {on}" if on else said

    def _look_for_names(self) -> None:
        named = people_named(self._case, str(self.rows["text"].editor.typed()))
        words = self._acts.workspace.words
        said = words.text("This names somebody of the case: {names}. Leave names out.", names=", ".join(named))
        self.rows["text"].say(said if named else "")

    def _values(self, keys: tuple[str, ...]) -> dict[str, Value | None]:
        """Return what is typed in fields. Raises UnreadableError, and says so beside the field."""
        values = {}
        for key in keys:
            row = self.rows.get(key)
            if row is None:
                continue
            try:
                values[key] = row.editor.value()
                row.say("")
                self._look_for_names()
            except UnreadableError:
                row.say(self._acts.workspace.words.text("Not a date. Write for example 12.5.2019, May 2019 or 2019."))
                row.editor.focus.setFocus()
                raise
        return values

    def close_it(self) -> None:
        """Close the case, or ask for it; what is missing is said, and the cursor stands there."""
        if (missing := self._missing()) is not None:
            said, where = missing
            self.said.setText(said)
            where.setFocus()
            return
        try:
            told = self._values(("sub_reason", *_PAPERS, *_ENDED))
            further = self._values(tuple(_FURTHER.values()))
            learned = self._values(("kind", "text"))
        except UnreadableError:
            return
        self._close(Ending(settled=self.open.told(), told=told, lesson=learned), further)

    def _missing(self) -> tuple[str, QWidget] | None:
        """Return what is missing, and where it is told."""
        words, reason = self._acts.workspace.words, self.reason
        if not reason:
            return words.text("Choose the reason."), self.rows["reason"].editor.focus
        if not settles(reason):
            return None
        if (left := self.open.first_left()) is not None:
            return words.text(
                "Say for everything that is open how it ends."
            ), left.to if left.to.isVisible() else left.how
        if asks_outcome(reason) and not self.rows["outcome"].editor.value():
            return words.text("Say how the return ended."), self.rows["outcome"].editor.focus
        return None

    def _close(self, ending: Ending, further: dict[str, Value | None]) -> None:
        acts, workspace, reason = self._acts, self._acts.workspace, self.reason
        words = workspace.words
        told = [words.text(one) for one in closing_words(workspace, self._case, reason)]
        what = words.text("Closing requested") if four_eyes(workspace) else words.text("Case closed")
        beside: dict[str, Any] = {key: str(value or "") for key, value in further.items()}
        if acts.do(lambda: close_case(workspace, self._case, reason, ending=ending, **beside), what):
            if told:
                acts.said.emit(" ".join([f"{what}.", *told]), True)
            self.done.emit()
