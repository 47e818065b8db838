"""The first start: a welcome, the language where there are several, and three doors."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.policy import Policy
from avrr_desktop.language import Language
from avrr_desktop.operations.computer.policy_file import offered
from avrr_desktop.ui.widgets.controls import Choice, Front, button, label
from avrr_desktop.ui.widgets.icons import application_icon, icon
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.theme import GAP, GAP_HUGE, GAP_SMALL, Theme

_ABOUT = N_("Cases of returnees, recorded on this computer: encrypted and offline.")


class StartPage(Front):
    """Look around with invented people, start this office's store, or open a store."""

    language_chosen = Signal(str)
    practice_wanted = Signal()
    new_wanted = Signal()
    own_wanted = Signal()  # the office's store, which is on this computer already
    open_wanted = Signal()
    restore_wanted = Signal()
    guide_wanted = Signal()

    def __init__(self, words: Language, theme: Theme, policy: Policy, *, has_store: bool = False) -> None:
        """``has_store``: the office's store is on this computer already."""
        super().__init__()
        self._words = words
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(GAP, GAP_HUGE, GAP, GAP_HUGE)
        column.setSpacing(GAP)
        picture = QLabel()
        picture.setPixmap(application_icon().pixmap(theme.px(56)))
        column.addWidget(picture)
        column.addWidget(label("AVRR Desktop", "title"))
        self.problem.hide()
        column.addWidget(self.problem)
        self._below = label(words.text(_ABOUT), "muted")
        column.addWidget(self._below)
        column.addSpacing(GAP_SMALL)
        self._ask_language(column, policy)
        self.doors: list[QWidget] = []
        self._offer_doors(column, theme, has_store=has_store)
        column.addStretch(1)
        self.centre(inner, theme.px(560))

    def _ask_language(self, column: QVBoxLayout, policy: Policy) -> None:
        words = self._words
        self.language = Choice()
        self.language.setAccessibleName(words.text("Language"))
        for code, name in offered(policy):
            self.language.addItem(name, code)
        self.language.setCurrentIndex(max(0, self.language.findData(words.language)))
        self.language.activated.connect(lambda _: self._on_language())
        if self.language.count() > 1:  # a list of one asks nothing
            column.addWidget(label(words.text("Language"), "muted"))
            column.addWidget(self.language)
            column.addSpacing(GAP)

    def _offer_doors(self, column: QVBoxLayout, theme: Theme, *, has_store: bool) -> None:
        words = self._words
        own = (
            (words.text("Open this office’s store"), words.text("It is on this computer. You need its passphrase."),
             self.own_wanted.emit) if has_store else
            (words.text("Create this office’s store"),
             words.text("Choose a passphrase and keep it safe: without it nobody can read the cases."), self.new_wanted.emit)
        )  # fmt: skip
        self._door(
            column, theme, "practice", words.text("Try it with invented people"),
            words.text(
                    "A practice store, created in a few seconds. Nothing in it is real, so try anything you like."
                ),
            self.practice_wanted.emit,
        )  # fmt: skip
        self._door(column, theme, "new_store", *own)
        self._door(column, theme, "open_folder", words.text("Open a store"),
                   words.text("A folder whose name ends in .avrr, on this computer."), self.open_wanted.emit)  # fmt: skip
        guide = button(words.text("Read the guide (F1)"), self.guide_wanted.emit, name="quiet", shortcut="F1")
        restore = button(words.text("Restore a backup"), self.restore_wanted.emit, name="quiet")
        column.addLayout(WrappingRow(guide, restore))

    def _door(
        self, column: QVBoxLayout, theme: Theme, name: str, title: str, text: str, opened: Callable[[], None]
    ) -> None:
        door = button(title, opened, name="door")
        door.setIcon(icon(name, theme.colours.accent, 56))
        door.setIconSize(QSize(theme.px(24), theme.px(24)))
        door.setAccessibleDescription(text)
        column.addWidget(door)
        column.addWidget(label(text, "hint"))
        self.doors.append(door)

    def wait(self, text: str) -> None:
        """Say what is being made; nothing else can be chosen until it is."""
        self._below.setText(text)
        self.setEnabled(False)

    def say(self, problem: str) -> None:
        """Say what went wrong with the store that was to be opened or made."""
        self._below.setText(self._words.text(_ABOUT))
        super().say(problem)
        self.problem.setVisible(bool(problem))

    def _on_language(self) -> None:
        self.language_chosen.emit(str(self.language.currentData()))
