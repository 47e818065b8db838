"""The card of the check in Setup: when the store was looked at last, what was found, and a button to look now."""

from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.setup.checks import Checks, check_text
from avrr_desktop.ui.widgets.controls import Card, button, label, row

SHOWN = 12


class CheckCard(Card):
    """Reads again whenever it is shown, and after each check."""

    def __init__(self, acts: Actions, checks: Checks) -> None:
        words = acts.workspace.words
        super().__init__(words.text("Check this store"))
        self._acts, self._checks = acts, checks
        self._state = label("")
        self.found = [label("", "problem") for _ in range(SHOWN)]
        self.button = button(words.text("Check now"), checks.begin)
        self.body.addWidget(label(words.text(
            "Checks every entry and its signature, the lists, the search, the files, and who can unlock. It " "runs automatically every week and after an import. You can keep working."), "muted"))  # fmt: skip
        self.body.addWidget(self._state)
        for one in self.found:
            one.hide()  # until something was found: what is hidden later leaves its room behind
            self.body.addWidget(one)
        self.body.addLayout(row(self.button, 1))
        checks.begun.connect(self.read)
        checks.ended.connect(self.read)

    def showEvent(self, event: object) -> None:
        """Read again."""
        self.read()
        super().showEvent(event)  # type: ignore[arg-type]

    def read(self) -> None:
        """Show how the last check ended."""
        from avrr_desktop.operations.store.check_notes import check_state

        workspace = self._acts.workspace
        if workspace.locked:
            return
        state = check_state(workspace)
        said, bad = check_text(workspace, state)
        if self._checks.running:
            said = workspace.words.text("The store is being checked.")
        self._state.setText(said)
        self._state.setObjectName("problem" if bad else "")
        self._state.style().polish(self._state)
        for number, one in enumerate(self.found):
            text = state.lines[number] if number < len(state.lines) else ""
            one.setText(text)
            one.setVisible(bool(text))
        self.button.setEnabled(not self._checks.running)
