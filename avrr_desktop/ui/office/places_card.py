"""The office's own list of places: taken from a table, and written as one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from avrr_desktop.operations.office.own_places import export_places, import_places, own_places
from avrr_desktop.operations.session.records import may_write
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.widgets.controls import Card, button, label
from avrr_desktop.ui.widgets.responsive import WrappingRow

_FILES = "CSV (*.csv *.tsv *.txt)"


class PlacesCard(Card):
    """How many places the office added, and the two ways between a table and the list."""

    def __init__(self, acts: Actions) -> None:
        words = acts.workspace.words
        super().__init__(words.text("List of places"))
        self._acts = acts
        self.ask_open: Callable[[], str] = lambda: QFileDialog.getOpenFileName(
            self, words.text("Import a list"), "", _FILES
        )[0]
        self.ask_save: Callable[[], str] = lambda: QFileDialog.getSaveFileName(
            self, words.text("Save as table"), "places.csv", _FILES
        )[0]
        self.body.addWidget(label(words.text(
            "The municipalities and larger towns of the six countries are built in, with all their names. A list of your own adds "
            "villages, quarters and further names."), "muted"))  # fmt: skip
        self.counted = label("")
        self.body.addWidget(self.counted)
        take = button(words.text("Import a list"), self.import_)
        take.setEnabled(may_write(acts.workspace, "place"))
        self._save = button(words.text("Save as table"), self.export, name="quiet")
        self.body.addLayout(WrappingRow(take, self._save))
        self.body.addWidget(label(words.text(
            "A table in CSV, UTF-8, with the columns name, second_name, other_names, country, parent, code. "
            "Further names in one cell are separated by |."), "hint"))  # fmt: skip
        self.show_count()

    def show_count(self) -> None:
        """Say how many places the office added."""
        words = self._acts.workspace.words
        count = len(own_places(self._acts.workspace))
        self.counted.setText(
            words.plural("{count} place of your own", "{count} places of your own", count, count=count)
        )
        self._save.setEnabled(bool(count) and may_write(self._acts.workspace, "place"))

    def import_(self) -> None:
        """Take a table in; one with wrong lines is refused whole, and the lines are named. It can be undone."""
        workspace, chosen = self._acts.workspace, self.ask_open()
        if chosen:
            self._acts.do(
                lambda: import_places(workspace, Path(chosen)), workspace.words.text("List of places imported")
            )
            self.show_count()

    def export(self) -> None:
        """Write the list as a table."""
        workspace, chosen = self._acts.workspace, self.ask_save()
        if chosen and self._acts.ask(lambda: export_places(workspace, Path(chosen)), None) is not None:
            self._acts.said.emit(workspace.words.text("The list was written. It contains no personal data."), False)
