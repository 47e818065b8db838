"""Setup: officers, language, look, text size, and what this program is."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.operations.computer.policy_file import offered
from avrr_desktop.operations.computer.settings import LOOKS, SIZES, Settings
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.forms.leaving import LeavingTabs, Views
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

# The tabs, and the views of each; a tab is called after its first view, but for the last one.
TABS = {
    "officers": ("officers", "access"), "office": ("office",), "backups": ("backups", "journey"), "passphrase": ("passphrase",),
    "data": ("data",), "program": ("look", "about"),
}  # fmt: skip


class SetupPage(QWidget):
    """Who works here, the backups, how it looks, and what this program is."""

    settings_changed = Signal(object)  # Settings
    backed_up = Signal()
    update_wanted = Signal(object)  # Staged
    quick_chosen = Signal(object)  # QuickUnlock, or None
    case_wanted = Signal(str)

    def __init__(self, acts: Actions, theme: Theme, settings: Settings, jobs: Jobs, checks: Checks) -> None:
        super().__init__()
        self._acts, self._settings = acts, settings
        words = acts.workspace.words
        officers = DirectoryPage(
            acts,
            theme,
            "officer",
            words.text("The people who work with this store: their name appears on every entry."),
        )
        self.backups = BackupsTab(acts, theme, jobs, checks)
        self.backups.made.connect(self.backed_up)
        self.about = AboutTab(acts, jobs)
        self.about.update_wanted.connect(self.update_wanted)
        data = DataTab(acts, theme, jobs)
        data.wanted.connect(self.case_wanted)
        own = not acts.workspace.practice
        self.access = AccessTab(acts, theme, jobs) if own else None  # everybody knows the passphrase of practice
        parts: dict[str, tuple[str, QWidget]] = {
            "officers": (words.text("Officers", "page"), officers),
            **({"access": (words.text("Access", "page"), self.access)} if self.access else {}),
            "office": (words.text("Office", "own office"), OfficeTab(acts)),
            "backups": (words.text("Backups", "page"), self.backups),
            **({"journey": (words.text("Journey", "page"), JourneyTab(acts, theme))} if own else {}),
            **({"passphrase": (words.text("Passphrase", "page"), self._passphrase(jobs))} if own else {}),
            "data": (words.text("Data protection"), data),
            "look": (words.text("Language and appearance"), self._look()),
            "about": (words.text("About", "page"), self.about),
        }
        self._tab_of = {key: tab for tab, keys in TABS.items() for key in keys if key in parts}
        self.tabs = LeavingTabs(words, words.text("Setup", "page"))
        for tab, keys in TABS.items():
            views = {key: parts[key] for key in keys if key in parts}
            title = words.text("Program", "page") if tab == "program" else parts[tab][0] if views else ""
            if views:
                self.tabs.addTab(Views(views) if len(views) > 1 else views[tab][1], literal(title))
        self._tabs = [tab for tab in TABS if tab in self._tab_of.values()]
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP, GAP, GAP, GAP)
        whole.addWidget(self.tabs)

    def _passphrase(self, jobs: Jobs) -> QWidget:
        made = PassphraseTab(self._acts, jobs, quick=self._settings.quick_unlock)
        made.quick.chosen.connect(self.quick_chosen)
        return made

    @property
    def part(self) -> str:
        """The key of the part in front: a tab, or a view of one."""
        shown = self.tabs.currentWidget()
        return shown.shown if isinstance(shown, Views) else self._tabs[self.tabs.currentIndex()]

    @property
    def parts(self) -> tuple[str, ...]:
        """The keys of all parts, as they stand in the tabs and their views."""
        return tuple(self._tab_of)

    def show_part(self, part: str) -> None:
        """Show a part by its key; the first one where there is no such part in this store."""
        part = part if part in self._tab_of else self._tabs[0]
        self.tabs.setCurrentIndex(self._tabs.index(self._tab_of[part]))
        shown = self.tabs.currentWidget()
        if isinstance(shown, Views):
            shown.show_view(part)

    def leave(self, *, parting: bool = False) -> None:
        """Save what is typed in the part that is shown; see ``forms.leaving``."""
        self.tabs.leave(parting=parting)

    def _look(self) -> QWidget:
        words = self._acts.workspace.words
        column = Column()
        card = Card(words.text("Language and appearance"))
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
