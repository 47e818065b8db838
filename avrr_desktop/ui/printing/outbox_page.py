"""The outbox: finished documents, encrypted in the store until somebody hands them over."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QSplitter, QVBoxLayout, QWidget

from avrr_desktop.operations.cases.cases import case_names, officer_name
from avrr_desktop.operations.documents.printing import (
    PASSWORD,
    PLAIN,
    SEALED,
    OutboxItem,
    check_handed_to,
    hand_over,
    is_outdated,
    make_anew,
    outbox,
    outbox_document,
    put_back,
    throw_away,
)
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.printing.leaving_form import LeavingForm
from avrr_desktop.ui.system.clipboard import copy_sensitive
from avrr_desktop.ui.widgets.controls import Column, button, iconed, label, row
from avrr_desktop.ui.widgets.item_list import Item, ItemList
from avrr_desktop.ui.widgets.pdf_view import PdfView
from avrr_desktop.ui.widgets.record_items import document_title, joined
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.row_menu import RowMenu
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE, GAP_SMALL, Theme

_ICONS = {
    "ready": ("can_start", "can_start"),
    "leaving": ("waiting", "waiting"),
    "handed_over": ("done", "done"),
    "replaced": ("history", "not_needed"),
}


class OutboxPage(QWidget):
    """Documents at the left, the chosen one at the right."""

    wanted = Signal(str)  # case
    handed = Signal()  # what lies here is not what lay here before

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__()
        self._acts = acts
        self._items: dict[str, OutboxItem] = {}
        words = acts.workspace.words
        self.list = ItemList(theme, words.text("Documents"))
        self.list.currentRowChanged.connect(lambda _: self._show_chosen())
        self.preview = PdfView(words, theme)
        leaving = LeavingForm(acts.workspace)
        self.to, self.closing, self.key, self.reason = leaving.to, leaving.closing, leaving.key, leaving.reason
        self.hand = iconed(
            button(words.text("Hand over"), lambda: self.hand_over(), name="primary"),
            "stick",
            theme,
            theme.colours.on_accent,
        )
        self._open = button(words.text("Open the case"), self.open_case, name="quiet")
        self.away = button(words.text("Discard", "button"), self.throw_away, name="quiet", shortcut="Ctrl+Shift+Del")
        self.back = button(words.text("Put back in the outbox"), self.put_back, name="quiet")
        RowMenu(self.list, words, lambda: (self._open, self.renew, self.away, self.back))
        self.outdated = label("", "hint")
        self.renew = button(words.text("Create it again"), self.make_anew)
        self.all_the_same = button(words.text("Hand over anyway"), lambda: self.hand_over(outdated=True), name="quiet")
        self._thrown: tuple[OutboxItem, bytes] | None = None
        self._about = label("", "muted")
        self.password = label("", "code")
        self.password.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = button(words.text("Copy the password"), lambda: copy_sensitive(self.password.text()))
        self.ask_folder: Callable[[], str] = lambda: QFileDialog.getExistingDirectory(
            self, words.text("Stick or folder")
        )
        self._arrange(theme, leaving)

    def _arrange(self, theme: Theme, leaving: LeavingForm) -> None:
        words = self._acts.workspace.words
        self._left = left = Column()
        column = left.body
        column.setSpacing(GAP_SMALL)
        self.list.setMinimumHeight(theme.px(120))
        column.addWidget(self.list, 1)
        column.addWidget(self._about)
        column.addWidget(self.password)
        column.addLayout(row(self.copy, 1))
        column.addWidget(leaving)
        column.addWidget(self.outdated)
        column.addLayout(WrappingRow(self.hand, self.renew, self.all_the_same, self._open, self.away, self.back))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(self.preview)
        split.setSizes([theme.px(420), theme.px(620)])
        split.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        whole.setSpacing(GAP_SMALL)
        whole.addWidget(label(words.text("Outbox", "page"), "title"))
        whole.addWidget(
            label(
                words.text(
                    "Finished documents wait here, encrypted, until you hand them over. Print a case to create one."
                ),
                "muted",
            )
        )
        whole.addWidget(split, 1)

    def showEvent(self, event: object) -> None:
        """Read the outbox again."""
        self._thrown = None
        inner, bar = self._left.widget(), self._left.verticalScrollBar()
        if inner is not None:  # never cut at its side
            self._left.setMinimumWidth(inner.minimumSizeHint().width() + bar.sizeHint().width())
        self.show_documents()
        super().showEvent(event)  # type: ignore[arg-type]

    def show_documents(self, chosen: str = "", *, first: bool = True) -> None:
        """Show what lies in the outbox. ``first``: choose the first document where none is chosen."""
        workspace = self._acts.workspace
        words = workspace.words
        states = {"ready": words.text("ready", "state of a document"), "leaving": words.text("is leaving", "state of a document"), "handed_over": words.text("handed over", "state of a document"),
                  "replaced": words.text("replaced", "state of a document")}  # fmt: skip
        self._items = {str(item.pk): item for item in outbox(workspace)}
        called = case_names(workspace, {item.case for item in self._items.values()})
        lines = []
        for key, item in self._items.items():
            icon, state = _ICONS[item.state]
            title = joined(called.get(item.case, ""), item.case_number)
            what = words.text("{document} (revision {revision})", document=document_title(item.document, words),
                              revision=item.revision)  # fmt: skip
            level = words.text(workspace.pack.label("print_level", item.level))
            copy_for = words.text("Recipient: {recipient}", recipient=item.recipient) if item.recipient else ""
            below = joined(what, self._moment(item.made_at), copy_for, level)
            lines.append(Item(key, title, below, icon, state, states[item.state]))
        self.list.show_lines(lines, chosen or self.list.chosen())
        if first and not self.list.chosen() and lines:
            self.list.setCurrentRow(0)
        self._show_chosen()

    def _moment(self, text: str) -> str:
        workspace = self._acts.workspace
        return workspace.words.moment(workspace.local(datetime.fromisoformat(text)))

    def _show_chosen(self) -> None:
        words, item = self._acts.workspace.words, self._items.get(self.list.chosen())
        for widget in (self.hand, self.renew, self.all_the_same, self._open, self.to):
            widget.setEnabled(item is not None)
        self.away.setEnabled(item is not None and item.state in ("ready", "replaced"))
        self._show_outdated(item)
        self.to.setText(item.recipient if item is not None and item.state != "handed_over" else "")
        self.back.setVisible(self._thrown is not None)
        for secret in (self.password, self.copy):
            secret.hide()
        self.password.clear()
        if item is None:
            there = words.text("No document is chosen.") if self._items else words.text("Nothing is in the outbox yet.")
            self.preview.clear(there)
            self._about.setText("")
            return
        if item.state == "handed_over":
            by = officer_name(self._acts.workspace, item.handed_by) or words.text("the office")
            self._about.setText(
                words.text(
                    "Handed over: {moment} · Officer: {officer} · Recipient: {to}",
                    moment=self._moment(item.handed_at),
                    officer=by,
                    to=item.handed_to,
                )
            )
        else:
            self._about.setText("")
        content = self._acts.ask(lambda: outbox_document(self._acts.workspace, item.pk)[1], b"", tell=self._show_closed)
        if content:
            self.preview.show_pdf(content)

    def _show_closed(self, title: str, _: str) -> None:
        """Say in the place of a document why it is not shown, and let nothing be done with it."""
        self.preview.clear(title)
        for widget in (self.hand, self.renew, self.all_the_same, self.away):
            widget.setEnabled(False)

    def _show_outdated(self, item: OutboxItem | None) -> None:
        """Ask, beside the document, what is meant where it is not what would be printed now."""
        asks = item is not None and is_outdated(self._acts.workspace, item)
        words = self._acts.workspace.words
        self.outdated.setText(words.text("The case has changed since, or a newer copy was made.") if asks else "")
        for widget in (self.outdated, self.renew, self.all_the_same):
            widget.setVisible(asks)
        self.hand.setVisible(not asks)

    def make_anew(self) -> None:
        """Make the chosen copy of the case as it is now, and choose that one."""
        item = self._items.get(self.list.chosen())
        if item is None:
            return
        pk = self._acts.ask(lambda: make_anew(self._acts.workspace, item.pk), 0)
        if pk:
            self._tell(self._acts.workspace.words.text("Created again: this is the case as it is now."), str(pk))

    def hand_over(self, *, outdated: bool = False) -> None:
        """Write the chosen document to a stick or folder, checked by reading it back."""
        item, words = self._items.get(self.list.chosen()), self._acts.workspace.words
        if item is None:
            return
        way, to = str(self.closing.currentData()), self.to.text().strip()
        if not self._acts.run(lambda: check_handed_to(way, to, self.reason.text())):
            self.to.setFocus()
            return
        folder = self.ask_folder()
        if not folder:
            return
        handed = self._acts.ask(
            lambda: hand_over(
                self._acts.workspace, item.pk, Path(folder), to, closing=way, recipient_key=self.key.text(),
                reason=self.reason.text().strip(), outdated=outdated,
            ),
            None,
        )  # fmt: skip
        if handed is None:
            return
        said = {
            PLAIN: words.text("Handed over and checked. It is no longer encrypted: protect it like a paper."),
            SEALED: words.text("Handed over and checked. Only the recipient can open it."),
            PASSWORD: words.text("Handed over and checked. Send the password by another channel."),
        }
        self._acts.said.emit(said[way], False)
        for line in (self.to, self.reason):
            line.clear()
        self.show_documents(str(item.pk))
        if handed.password:
            self._about.setText(words.text("The password (shown only once):"))
            self.password.setText(handed.password)
            for widget in (self.password, self.copy):
                widget.show()
        self.handed.emit()

    def throw_away(self) -> None:
        """Take the chosen document out; until the page is left it can be put back.

        None is chosen afterwards: whoever presses once more, or presses twice, must not lose the next one.
        """
        item = self._items.get(self.list.chosen())
        if item is None:
            return
        self._thrown = self._acts.ask(lambda: throw_away(self._acts.workspace, item.pk), None)
        if self._thrown is not None:
            self._acts.said.emit(self._acts.workspace.words.text("The document was discarded."), False)
            self.show_documents(first=False)
            self.back.setFocus()  # a list with the focus chooses its first line
            self.handed.emit()

    def put_back(self) -> None:
        """Take that back."""
        if self._thrown is None:
            return
        item, content = self._thrown
        pk = self._acts.ask(lambda: put_back(self._acts.workspace, item, content), 0)
        if pk:
            self._thrown = None
            self._tell(self._acts.workspace.words.text("The document is in the outbox again."), str(pk))

    def _tell(self, sentence: str, chosen: str = "") -> None:
        self._acts.said.emit(sentence, False)
        self.show_documents(chosen)
        self.list.setFocus()
        self.handed.emit()

    def open_case(self) -> None:
        """Lead to the case of the chosen document."""
        if (item := self._items.get(self.list.chosen())) is not None:
            self.wanted.emit(item.case)
