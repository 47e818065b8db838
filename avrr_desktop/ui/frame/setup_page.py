"""Setup: officers, language, look, text size, and what this program is."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.operations.computer.policy_file import offered
from avrr_desktop.operations.computer.settings import LOOKS, SIZES, Settings
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.leaving import LeavingTabs
from avrr_desktop.ui.jobs import Jobs
from avrr_desktop.ui.office.directory_page import DirectoryPage
from avrr_desktop.ui.office.office_tab import OfficeTab
from avrr_desktop.ui.setup.about_tab import AboutTab
from avrr_desktop.ui.setup.access_tab import AccessTab
from avrr_desktop.ui.setup.backups_tab import BackupsTab
from avrr_desktop.ui.setup.checks import Checks
from avrr_desktop.ui.setup.data_tab import DataTab
from avrr_desktop.ui.setup.journey_tab import JourneyTab
from avrr_desktop.ui.setup.passphrase_tab import PassphraseTab
from avrr_desktop.ui.widgets.controls import Card, Choice, Column, label, literal
from avrr_desktop.ui.widgets.theme import GAP, Theme


class SetupPage(QWidget):
    """Who works here, the backups, how it looks, and what this program is."""

    settings_changed = Signal(object)  # Settings
    backed_up = Signal()
    update_wanted = Signal(object)  # Staged

    def __init__(self, acts: Actions, theme: Theme, settings: Settings, jobs: Jobs, checks: Checks) -> None:
        super().__init__()
        self._acts, self._settings = acts, settings
        words = acts.workspace.words
        self.tabs = tabs = LeavingTabs()
        officers = DirectoryPage(
            acts,
            theme,
            "officer",
            words.text("The people who work with this store: their name appears on every entry."),
        )
        tabs.addTab(officers, literal(words.text("Officers", "page")))
        tabs.addTab(OfficeTab(acts), literal(words.text("Office", "own office")))
        if not acts.workspace.practice:
            tabs.addTab(AccessTab(acts, theme, jobs), literal(words.text("Access", "page")))
        self.backups = BackupsTab(acts, theme, jobs, checks)
        self.backups.made.connect(self.backed_up)
        tabs.addTab(self.backups, literal(words.text("Backups", "page")))
        if not acts.workspace.practice:  # the passphrase of practice stores is known to everybody
            tabs.addTab(PassphraseTab(acts, jobs), literal(words.text("Passphrase", "page")))
            tabs.addTab(JourneyTab(acts, theme), literal(words.text("Journey", "page")))
        tabs.addTab(DataTab(acts, theme), literal(words.text("Data protection")))
        tabs.addTab(self._look(), literal(words.text("Language and look")))
        self.about = AboutTab(acts, jobs)
        self.about.update_wanted.connect(self.update_wanted)
        tabs.addTab(self.about, literal(words.text("About", "page")))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP, GAP, GAP, GAP)
        whole.addWidget(tabs)

    def leave(self, *, parting: bool = False) -> None:
        """Save what is typed in the part that is shown; see ``forms.leaving``."""
        self.tabs.leave(parting=parting)

    def _look(self) -> QWidget:
        words = self._acts.workspace.words
        column = Column()
        card = Card(words.text("Language and look"))
        looks = {
            "system": words.text("Same as system"),
            "light": words.text("Light", "colours"),
            "dark": words.text("Dark", "colours"),
        }
        self.language = self._box(
            card, words.text("Language"), offered(self._acts.workspace.policy), self._settings.language
        )
        self.look = self._box(card, words.text("Colours"), [(code, looks[code]) for code in LOOKS], self._settings.look)
        self.text_size = self._box(
            card, words.text("Text size"), [(str(size), f"{size} %") for size in SIZES], str(self._settings.size)
        )
        minutes = [
            (str(count), words.plural("after {count} minute", "after {count} minutes", count, count=count))
            for count in self._acts.workspace.policy.lock_choices()
        ]
        self.lock_after = self._box(card, words.text("Lock automatically"), minutes, str(self._settings.lock_minutes))
        card.body.addWidget(label(words.text("The window changes at once. Nothing you typed is lost."), "hint"))
        column.body.addWidget(card)
        column.body.addStretch(1)
        return column

    def _box(self, card: Card, name: str, options: list[tuple[str, str]], chosen: str) -> Choice:
        box = Choice()
        box.setAccessibleName(name)
        for code, text in options:
            box.addItem(text, code)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.activated.connect(lambda _: self._on_chosen())
        card.body.addWidget(label(name, "muted"))
        card.body.addWidget(box)
        return box

    def _on_chosen(self) -> None:
        chosen = replace(
            self._settings, language=str(self.language.currentData()), look=str(self.look.currentData()),
            size=int(self.text_size.currentData()), lock_minutes=int(self.lock_after.currentData()),
        )  # fmt: skip
        if chosen != self._settings:
            self._settings = chosen
            self.settings_changed.emit(chosen)
