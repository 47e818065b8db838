"""The files of a case: photos and scans at the left, a picture of the chosen one and what is known of it at the right."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QDragEnterEvent, QDropEvent, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.operations.files.file_preview import Stop
from avrr_desktop.operations.files.files import (
    Stored,
    add_files,
    file_preview,
    files_of,
    open_file,
    remove_file,
    store_file,
)
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.jobs import Jobs, Progress
from avrr_desktop.ui.verbs import in_one_line
from avrr_desktop.ui.widgets.controls import Card, button, check_box, label, tip
from avrr_desktop.ui.widgets.theme import Theme

PREVIEW = 420  # pixels at 100 %


class FilesTab(RecordTab):
    """Adds files by a dialog or by dropping them, shows and opens them; names on the disk say nothing of anybody."""

    def __init__(self, acts: Actions, theme: Theme, jobs: Jobs) -> None:
        self._jobs = jobs
        self.stop = Stop()
        self._pictures: dict[str, bytes] = {}
        super().__init__(acts, theme, "file")
        words = acts.workspace.words
        self.setAcceptDrops(True)
        self.picture: QLabel | None = None
        self.ask_files: Callable[[], list[str]] = lambda: QFileDialog.getOpenFileNames(
            self, words.text("Files to add")
        )[0]
        self.open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl
        jobs.cancelling.connect(self._on_cancelling)

    def more_buttons(self) -> Sequence[QWidget]:
        """Open in another program; keep the place of photos that are added next."""
        words = self._acts.workspace.words
        self.keep_place = check_box(words.text("Keep the location of photos"))
        tip(
            self.keep_place,
            words.text(
                "Otherwise it is removed from photos, scans and PDF files. If that is not possible, a message says so."
            ),
        )
        self.for_writing.append(self.keep_place)
        self.open_button = button(words.text("Open", "button"), self.open_chosen, shortcut="Ctrl+O")
        return (self.open_button, self.keep_place)

    def show_case(self, case_file: CaseFile, record: str = "", started_by: str = "") -> None:
        """Show the files of a case."""
        super().show_case(case_file, record, started_by)
        self._show_state()

    def _show_chosen(self) -> None:
        super()._show_chosen()
        self._show_state()

    def _show_state(self) -> None:
        self.open_button.setEnabled(bool(self.list.chosen()))

    def _show_teaching(self) -> None:
        super()._show_teaching()
        self.picture = None

    def _show_form(self, record: Record, *, new: bool = False, defaults: dict[str, Value] | None = None) -> Form:
        form = super()._show_form(record, new=new, defaults=defaults)
        words = self._acts.workspace.words
        self.picture = label(words.text("The preview is being made …"), "muted")
        self.picture.setAccessibleName(words.text("Preview of the file"))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card = form.parentWidget()
        assert isinstance(card, Card)
        card.body.insertWidget(1, self.picture)  # under the heading with “Remove”
        if record.yes("position_kept"):
            card.body.insertWidget(2, label(words.text("This file may still contain the location of a photo."), "hint"))
        self._ask_picture(record)
        return form

    def _ask_picture(self, record: Record) -> None:
        """Have a picture made in the background; the one that was asked for before is not wanted any more."""
        self.stop.now()
        digest = record.text("digest")
        if digest in self._pictures:
            self._show_picture(self._pictures[digest])
            return
        workspace, case_file, stop = self._acts.workspace, self._case, Stop()
        self.stop = stop
        pixels = self._theme.px(PREVIEW)

        def make(_: Progress) -> tuple[str, str, bytes]:
            assert case_file is not None
            return digest, "", file_preview(workspace, case_file, record.uid, pixels, stop)

        def failed(error: Exception) -> None:
            self._acts.job_failed(error, in_one_line(lambda why: self._on_picture((digest, why, b""))))

        self._jobs.run(workspace.words.text("Creating a preview"), make, self._on_picture, failed)

    def _on_picture(self, made: tuple[str, str, bytes]) -> None:
        digest, why, png = made
        chosen = next((one for one in self._files() if one.uid == self.list.chosen()), None)
        if chosen is None or chosen.text("digest") != digest or self.picture is None:
            return
        if png:
            self._pictures = {digest: png}  # the last one only: a form that is shown again needs no new one
            self._show_picture(png)
        else:
            self.picture.setText(why)

    def _show_picture(self, png: bytes) -> None:
        image = QImage.fromData(png)
        if self.picture is not None and not image.isNull():
            self.picture.setWordWrap(False)
            shown = QPixmap.fromImage(image)
            painter = QPainter(shown)
            painter.setPen(QColor(self._theme.colours.line))
            painter.drawRect(0, 0, shown.width() - 1, shown.height() - 1)  # where white paper ends on a white card
            painter.end()
            self.picture.setPixmap(shown)

    def _files(self) -> tuple[Record, ...]:
        return files_of(self._case) if self._case is not None else ()

    def _on_cancelling(self) -> None:
        self.stop.now()

    def leave(self, *, parting: bool = False) -> None:
        """Save what is typed in the form; at the lock no picture is kept either."""
        super().leave(parting=parting)
        if parting:
            self._pictures = {}
            if self.picture is not None:
                self.picture.clear()

    def add(self) -> None:
        """Ask for files and add them."""
        if self._case is not None and (chosen := self.ask_files()):
            self.add_paths([Path(one) for one in chosen])

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Read, check and seal files in the background, then write them down in the case as one act."""
        if self._case is None:
            return
        workspace, case, keep = self._acts.workspace, self._case.case.uid, self.keep_place.isChecked()

        def read(progress: Progress) -> tuple[str, list[Stored], list[ExpectedError]]:
            stored, refused = [], []
            for number, path in enumerate(paths):
                if not progress(number, len(paths)):
                    break
                try:
                    stored.append(store_file(workspace, path, keep_position=keep))
                except ExpectedError as error:
                    refused.append(error)
            return case, stored, refused

        self._jobs.run(workspace.words.text("Adding files"), read, self._on_read, self._acts.job_failed)

    def _on_read(self, found: tuple[str, list[Stored], list[ExpectedError]]) -> None:
        case, stored, refused = found
        workspace = self._acts.workspace
        if workspace.locked:
            return  # locked meanwhile: what was sealed and no case names is swept
        if stored:
            count = len(stored)
            what = workspace.words.plural("{count} file added", "{count} files added", count, count=count)
            if self._acts.do(lambda: add_files(workspace, case, stored), what):
                self._choose_newest(case)
                staying = sum(1 for one in stored if one.position_kept)
                if staying:
                    self._acts.said.emit(workspace.words.plural(
                        "Added. {count} file may still contain the location of a photo: check it before you hand it over.",
                        "Added. {count} files may still contain the location of a photo: check them before you hand them " "over.",
                        staying, count=staying), True)  # fmt: skip
                if cut := sum(1 for one in stored if one.cut_off):
                    self._acts.said.emit(workspace.words.plural(
                        "Added, but {count} PDF is incomplete. Copy it again, and add it once more.",
                        "Added, but {count} PDF files are incomplete. Copy them again, and add them once more.",
                        cut, count=cut), True)  # fmt: skip
        if refused:
            self._acts.fail(refused[0])

    def _choose_newest(self, case: str) -> None:
        if self._case is not None and self._case.case.uid == case and (files := self._files()):
            self.list.choose(files[-1].uid)

    def open_chosen(self) -> None:
        """Show the chosen file in the program that this computer uses for its kind."""
        case_file, uid = self._case, self.list.chosen()
        if case_file is None or not uid:
            return
        workspace, nothing = self._acts.workspace, None
        path = self._acts.ask(lambda: open_file(workspace, case_file, uid), nothing)
        if path is None:
            return
        words = workspace.words
        if self.open_url(QUrl.fromLocalFile(str(path))):
            self._acts.said.emit(
                words.text("The file is open in another program, read only, until you lock the store."), False
            )
        else:
            self._acts.failed.emit(
                words.text("No program on this computer opens files of this kind."),
                words.text("The file in the case is safe. Ask your IT for a program that can show it."),
            )

    def remove(self) -> None:
        """Take the chosen file out of the case; undo brings it back."""
        self._right.part()
        record = next((one for one in self._files() if one.uid == self.list.chosen()), None)
        if self._case is None or record is None:
            return
        workspace, case = self._acts.workspace, self._case.case.uid
        words = workspace.words
        self.form = None
        what = words.text("Removed: {record}", record=words.text(self._type.label))
        if not self._acts.do(lambda: remove_file(workspace, record, case), what):
            self._show_chosen()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let files in."""
        if self._local(event) and not self.only_read():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        if (paths := self._local(event)) and not self.only_read():
            event.setDropAction(Qt.DropAction.CopyAction)  # the original stays where it was
            event.accept()
            self.add_paths(paths)

    def _local(self, event: Any) -> list[Path]:
        return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
