"""The page on which a second person sees everything that is told of a closing, and approves it or sends it back."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.closing import closing_begun
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.records.fields import Kind, Record
from avrr_desktop.domain.records.types.case_records import CASE
from avrr_desktop.domain.records.types.closing_records import CLOSING
from avrr_desktop.operations.cases.cases import officer_name
from avrr_desktop.operations.cases.closing import approve_closing, closing_words, turn_down_closing
from avrr_desktop.operations.cases.ending.settling import settled_with
from avrr_desktop.operations.session.permission import Permission, may
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.closing.open_rows import thing_name
from avrr_desktop.ui.forms.editors.field_editors import LongTextEditor
from avrr_desktop.ui.forms.field_row import FieldRow
from avrr_desktop.ui.widgets.controls import Card, button, label
from avrr_desktop.ui.widgets.record_items import joined, value
from avrr_desktop.ui.widgets.responsive import WrappingRow

_SAID_ABOVE = frozenset({"period", "comment", "closed_on", "reopened_on", "asked_on"})


class ApprovalCard(Card):
    """Read from top to bottom; one line is written: the comment, which is also the word with which it goes back."""

    done = Signal()

    def __init__(self, acts: Actions, case_file: CaseFile) -> None:
        workspace = acts.workspace
        words = workspace.words
        super().__init__(words.text("A closing waits for approval"))
        self._acts, self._case = acts, case_file
        by = officer_name(workspace, case_file.case.text("closure_asked_by"))
        on = words.partial_date(case_file.case.text("closure_asked_on"))
        self.body.addWidget(label(words.text("Requested by {officer} on {date}", officer=by, date=on), "muted"))
        self._say(words.text("Reason for closing"), value(workspace, case_file.case, "closure_reason"))
        for key in ("transferred_to", "double_of"):
            self._say(words.text(CASE.field(key).label), case_file.case.text(key))
        self._show_settled()
        self._show_told()
        for said in closing_words(workspace, case_file, case_file.case.text("closure_reason")):
            self.body.addWidget(label(words.text(said), "problem"))
        editor = LongTextEditor()
        self.comment = FieldRow(CLOSING.field("comment"), editor, words)
        editor.focus.setAccessibleName(words.text("Comment of the approver"))
        self.body.addWidget(self.comment)
        self.go = button(words.text("Approve closing"), self.approve, name="primary", shortcut="Ctrl+Return")
        self.back = button(words.text("Send back with this word"), self.send_back)
        self.go.setEnabled(may(workspace, Permission.APPROVE))
        self.back.setEnabled(may(workspace, Permission.APPROVE))
        cancel = button(words.text("Cancel", "button"), self.done.emit, name="quiet")
        self.body.addLayout(WrappingRow(self.go, self.back, cancel))

    def _say(self, name: str, text: str) -> None:
        if text:
            self.body.addWidget(label(name, "muted"))
            self.body.addWidget(label(text))

    def _show_settled(self) -> None:
        workspace, case_file = self._acts.workspace, self._case
        things: tuple[Record, ...] = ()
        things = self._acts.ask(lambda: settled_with(workspace, case_file), things)
        lines = [
            joined(
                thing_name(workspace, case_file, one),
                value(workspace, one, "state") if one.type == "step" else "",
                one.text("handed_to"), value(workspace, one, "outcome_code") if one.type == "referral" else "",
            )
            for one in things
        ]  # fmt: skip
        self._say(workspace.words.text("Settled with this closing"), "\n".join(lines))

    def _show_told(self) -> None:
        workspace, told = self._acts.workspace, closing_begun(self._case)
        if told is None:
            return
        for field in CLOSING.fields:
            if field.key in _SAID_ABOVE or field.key == "reason" or field.key not in told.values:
                continue
            text = (
                self._links(told, field.key)
                if field.kind in (Kind.LINK, Kind.LINKS)
                else value(workspace, told, field.key)
            )
            self._say(workspace.words.text(field.label), text)

    def _links(self, told: Record, key: str) -> str:
        workspace, case_file = self._acts.workspace, self._case
        uids = told.many(key) or (told.text(key),)
        words = workspace.words
        papers = [value(workspace, one, "doc_type") for one in case_file.papers if one.uid in uids]
        attempts = [words.partial_date(one.text("on")) for one in case_file.contacts if one.uid in uids]
        referrals = [thing_name(workspace, case_file, one) for one in case_file.referrals if one.uid in uids]
        return ", ".join((*papers, *attempts, *referrals))

    def take_focus(self) -> None:
        """Put the cursor in the comment."""
        self.comment.editor.focus.setFocus()

    def _word(self) -> str:
        return str(self.comment.editor.value() or "")

    def _decide(self, verb: Callable[[], Changes], what: str) -> None:
        if self._acts.do(verb, what):
            self.done.emit()

    def approve(self) -> None:
        """Close the case, with the comment."""
        workspace = self._acts.workspace
        self._decide(lambda: approve_closing(workspace, self._case, self._word()), workspace.words.text("Case closed"))

    def send_back(self) -> None:
        """Leave the case open, with the word for who asked."""
        workspace = self._acts.workspace
        self._decide(
            lambda: turn_down_closing(workspace, self._case, self._word()), workspace.words.text("Closing sent back")
        )
