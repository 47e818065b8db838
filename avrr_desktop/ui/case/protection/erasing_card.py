"""Erasing in the window: what would go is found beside the window’s work, read, agreed to, and then exactly that is done."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from avrr_desktop.operations.protection.erasing import Erasure, erase, plan_case, plan_person
from avrr_desktop.operations.protection.erasing_text import erasing_sentence, leftover_line
from avrr_desktop.operations.protection.leftovers import Leftover
from avrr_desktop.operations.session.second_person import SecondPerson, four_eyes
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.jobs import Jobs, Progress
from avrr_desktop.ui.widgets.controls import Card, button, label, row
from avrr_desktop.ui.widgets.second_person import SecondPersonCard

SHOWN = 12


class ErasingCard(Card):
    """One sentence that names case, person and what goes; what somebody has to look at; then the agreement.

    ``person`` empty: the whole case. The reason is the one that was written when it began: it cannot change meanwhile.
    """

    ended = Signal()
    found = Signal()  # all of it stands here now

    def __init__(self, acts: Actions, jobs: Jobs, case: str, person: str, ground: str) -> None:
        super().__init__()
        self._acts, self._jobs, self._case, self._person, self._ground = acts, jobs, case, person, ground
        self.sentence = label(acts.workspace.words.text("Looking for everything that would be erased …"))
        self.body.addWidget(self.sentence)
        workspace = acts.workspace

        def work(progress: Progress) -> tuple[Erasure, str]:
            with workspace.beside() as beside:
                found = plan_person(beside, person) if person else plan_case(beside, case)
                return found, erasing_sentence(beside, found)

        self._run(workspace.words.text("Looking for what would be erased"), work, lambda pair: self._show(*pair))

    def _run(self, what: str, work: Callable[[Progress], object], done: Callable[..., None]) -> None:
        def failed(error: Exception) -> None:
            self.ended.emit()
            self._acts.job_failed(error)

        self._jobs.run(what, work, done, failed)

    def _show(self, erasure: Erasure, sentence: str) -> None:
        acts, words = self._acts, self._acts.workspace.words
        self.sentence.setText(sentence)
        if erasure.leftovers:
            self.body.addWidget(
                label(words.text("What remains and may mention this person, for review afterwards:"), "muted")
            )
            for leftover in erasure.leftovers[:SHOWN]:
                self.body.addWidget(label("\n".join(leftover_line(acts.workspace, leftover)), "hint"))
            if more := len(erasure.leftovers) - SHOWN:
                if more > 0:
                    self.body.addWidget(
                        label(words.plural("and {count} more", "and {count} more", more, count=more), "hint")
                    )
        self.body.addWidget(label(words.text(
            "Earlier backups keep their content until newer ones replace them, the last of them after about a " "year. Stores on a journey, and copies on sticks and paper, are not affected."), "hint"))  # fmt: skip
        if four_eyes(acts.workspace):
            self.second = SecondPersonCard(
                acts, self._jobs, sentence, lambda second: self._erase(erasure, second), self.ended.emit
            )
            self.body.addWidget(self.second)
            self.found.emit()
            return
        self.agree = button(words.text("Erase permanently"), lambda: self._erase(erasure, None), name="primary")
        self.body.addLayout(row(self.agree, button(words.text("Cancel", "button"), self.ended.emit), 1))
        self.found.emit()

    def _erase(self, erasure: Erasure, second: SecondPerson | None) -> None:
        workspace, ground = self._acts.workspace, self._ground
        self.setEnabled(False)

        def work(progress: Progress) -> None:
            with workspace.beside() as beside:
                erase(beside, erasure, ground, second)

        def done(_: object) -> None:
            self.ended.emit()
            self._acts.forget_undo()
            self._acts.read_again()
            self._acts.said.emit(_said(self._acts, erasure.leftovers), False)

        self._run(workspace.words.text("Erasure"), work, done)


def _said(acts: Actions, leftovers: tuple[Leftover, ...]) -> str:
    words = acts.workspace.words
    if not leftovers:
        return words.text("Erased. Nothing is left to review.")
    return words.plural(
        "Erased. {count} record still needs review: it is listed under Protection.",
        "Erased. {count} records still need review: they are listed under Protection.",
        len(leftovers), count=len(leftovers),
    )  # fmt: skip
