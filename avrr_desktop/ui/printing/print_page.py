"""A case about to be printed: look at the pages, print them, or keep them in the outbox."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.wording import person_name
from avrr_desktop.language import languages
from avrr_desktop.operations.documents.day_sheet import day_sheet_pdf
from avrr_desktop.operations.documents.document_language import likely_language
from avrr_desktop.operations.documents.export_policy import check_paper, paper_open
from avrr_desktop.operations.documents.printing import SUMMARY, Copy, case_pdf, finished_copy, keep_copy, print_levels
from avrr_desktop.operations.referrals.agreements import limits_of, members_left_out
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.widgets.controls import Choice, button, iconed, label, plain_tip, row
from avrr_desktop.ui.widgets.pdf_view import PdfView, chosen_printer, print_pages
from avrr_desktop.ui.widgets.record_items import document_title
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE, GAP_SMALL, Theme


class PrintPage(QWidget):
    """The summary of one case at one revision."""

    left = Signal()
    kept = Signal()

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__()
        self._acts = acts
        self._case: CaseFile | None = None
        self._document = SUMMARY
        self.content = b""
        self.ask_printer: Callable[[QWidget], QPrinter | None] = chosen_printer
        words = acts.workspace.words
        self.preview = PdfView(words, theme)
        self._title = label("", "title")
        self._back = iconed(
            button(words.text("Back to the case"), self.left.emit, name="quiet", shortcut="Esc"), "back", theme
        )
        self.keep_button = iconed(
            button(words.text("Keep in the outbox"), self.keep, name="primary"),
            "outbox",
            theme,
            theme.colours.on_accent,
        )
        self.paper_button = iconed(button(words.text("Print on paper"), self.print_on_paper), "print", theme)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        whole.setSpacing(GAP_SMALL)
        self.level, self.language, self.to = Choice(), Choice(), QLineEdit()
        self.level.setAccessibleName(words.text("Level of detail"))
        for key in print_levels(acts.workspace):
            self.level.addItem(words.text(acts.workspace.pack.label("print_level", key)), key)
        self.level.activated.connect(lambda _: self._on_level())
        self.language.setAccessibleName(words.text("Language of the document"))
        for code, name in (
            *languages(),
            *(() if acts.workspace.words.language in dict(languages()) else (self._test_language(),)),
        ):
            self.language.addItem(name, code)
        self.language.activated.connect(lambda _: self.show_draft())
        self.to.setAccessibleName(words.text("Recipient of the copy"))
        self.to.setPlaceholderText(words.text("Recipient of the copy"))
        self.to.editingFinished.connect(self.show_draft)
        self.to.setMinimumWidth(theme.px(340))
        whole.addLayout(row(self._back, 1, self.paper_button, self.keep_button))
        whole.addLayout(row(self.level, self.language, self.to, 1))
        whole.addWidget(self._title)
        self.left_out = label("", "hint")
        whole.addWidget(self.left_out)
        whole.addWidget(self.preview, 1)

    def show_case(self, case_file: CaseFile, document: str = SUMMARY) -> None:
        """Make the pages of a case: its summary, the list of missing papers, or the family’s path."""
        words = self._acts.workspace.words
        title = words.text("{document} (revision {revision})", document=document_title(document, words),
                           revision=case_file.revision)  # fmt: skip
        self._case, self._document = case_file, document
        for widget in (self.level, self.language, self.to):
            widget.show()
        self.to.clear()
        self._choose_language()
        self._show(title, self._draft)
        self._back.setText(words.text("Back to the case"))
        self.keep_button.show()

    def show_day(self, day: date) -> None:
        """Make the day sheet: printed, never kept."""
        words = self._acts.workspace.words
        self._case = None
        self._show(
            words.text("Day sheet, {day}", day=words.long_day(day)), lambda: day_sheet_pdf(self._acts.workspace, day)
        )
        self._back.setText(words.text("Back", "button"))
        for widget in (self.keep_button, self.level, self.language, self.to):
            widget.hide()

    def _draft(self) -> bytes:
        """Make the pages as they will be, without a number: only a copy that leaves gets one."""
        assert self._case is not None
        copy = Copy(str(self.level.currentData()), self.to.text().strip(), language=self._language())
        return case_pdf(self._acts.workspace, self._case, document=self._document, copy=copy)

    def _test_language(self) -> tuple[str, str]:
        """Return the language of the window where it is none that is offered, as in tests."""
        words = self._acts.workspace.words
        return words.language, words.text("Language of the document")

    def _language(self) -> str:
        return str(self.language.currentData())

    def _choose_language(self) -> None:
        """Begin with the language that the reader of this level is likely to want."""
        case_file, workspace = self._case, self._acts.workspace
        assert case_file is not None
        likely = self._acts.ask(
            lambda: likely_language(workspace, case_file, str(self.level.currentData())), workspace.words.language
        )
        self.language.setCurrentIndex(self.language.findData(likely))

    def _on_level(self) -> None:
        if self._case is not None:
            self._choose_language()
        self.show_draft()

    def _level(self) -> str:
        """Return what the print may say; of the day sheet, which has no level, nothing."""
        return str(self.level.currentData()) if self._case is not None else ""

    def show_draft(self) -> None:
        """Make the pages of the case as level and recipient are now; nothing where no case is shown."""
        if self._case is not None and self.isVisible():
            self._show(self._title.text(), self._draft)

    def _show(self, title: str, make: Callable[[], bytes]) -> None:
        self._title.setText(title)
        self.left_out.hide()
        self.content = self._acts.ask(make, b"")
        if self.content and not self._acts.run(self._say_left_out):
            self.content = b""
        self.keep_button.setEnabled(bool(self.content))
        workspace, open_to = self._acts.workspace, paper_open(self._acts.workspace, self._level())
        self.paper_button.setEnabled(bool(self.content) and open_to)
        why = (
            ""
            if open_to
            else workspace.words.text("The policy of this computer does not allow printing this on paper.")
        )
        self.paper_button.setToolTip(plain_tip(why))
        if self.content:
            self.preview.show_pdf(self.content)
        else:
            self.preview.clear(self._acts.workspace.words.text("This cannot be printed."))

    def _say_left_out(self) -> None:
        """Name on the screen whom the pages do not tell of; on them stands only how many."""
        if self._case is None:
            return
        workspace = self._acts.workspace
        level, to = str(self.level.currentData()), self.to.text().strip()
        names = [person_name(one.person) for one in members_left_out(workspace, self._case, level, to)]
        words, said = workspace.words, list[str]()
        if names:
            said.append(
                words.text("Left out, because their agreement is not recorded: {names}", names="; ".join(names))
            )
        if limits := limits_of(workspace, self._case, level, to):
            said.append(words.text("Must not be shared: {limits}", limits="; ".join(limits)))
        self.left_out.setText("\n".join(said))
        self.left_out.setVisible(bool(said))

    def keep(self) -> None:
        """Put the document into the outbox."""
        case_file = self._case
        if case_file is None:
            return
        workspace, level, to = self._acts.workspace, str(self.level.currentData()), self.to.text()
        language = self._language()
        if self._acts.ask(lambda: keep_copy(workspace, case_file, self._document, level, to, language), 0):
            self.keep_button.setEnabled(False)  # a second click would keep it twice
            self._acts.said.emit(workspace.words.text("It is in the outbox, encrypted."), False)
            self.kept.emit()

    def print_on_paper(self) -> None:
        """Ask for a printer and print; nothing is written to a file by us."""
        content, workspace = self.content, self._acts.workspace
        if not self._acts.run(lambda: check_paper(workspace, self._level())):
            return
        printer = self.ask_printer(self)
        if printer is None:
            return
        if (case_file := self._case) is not None:
            level, to, language = str(self.level.currentData()), self.to.text(), self._language()
            content = self._acts.ask(
                lambda: finished_copy(workspace, case_file, self._document, level, to, "printed", language)[0], b""
            )
        pages = print_pages(content, printer) if content else 0
        if pages:
            words = self._acts.workspace.words
            self._acts.said.emit(
                words.plural(
                    "{count} page sent to the printer.", "{count} pages sent to the printer.", pages, count=pages
                ),
                False,
            )
