"""Documents of many cases at once, made in the background; many leave only with a second person."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from avrr_desktop.operations.documents.printing import Made, keep_many, make_pdfs, needs_second
from avrr_desktop.operations.session.second_person import SecondPerson
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.jobs import Jobs
from avrr_desktop.ui.widgets.second_person import ask_second


def make_batch(
    acts: Actions, jobs: Jobs, cases: list[str], kept: Callable[[int], None], failed: Callable[[Exception], None],
    parent: QWidget,
) -> None:  # fmt: skip
    """Make the summaries of cases and keep them in the outbox; ``kept`` hears how many."""
    workspace, words = acts.workspace, acts.workspace.words

    def keep(made: list[Made]) -> None:
        if workspace.locked:
            return  # locked meanwhile: nothing is half-made, the documents can be made again
        if acts.ask(lambda: keep_many(workspace, made) or True, False):
            kept(len(made))

    def make(second: SecondPerson | None = None) -> None:
        work = acts.ask(lambda: make_pdfs(workspace, cases, second), None)
        if work is not None:
            jobs.run(words.text("Creating documents"), work, keep, failed)

    if needs_second(workspace, len(cases)):
        sentence = words.text("A second person must agree to export this many cases: {count}.", count=len(cases))
        ask_second(acts, jobs, sentence, make, parent)
    else:
        make()
