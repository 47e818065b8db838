"""Runs verbs for the screens: shows what went wrong, says what was saved, offers the undo, tells who must read again."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from avrr_desktop.domain.history.change import Changes
from avrr_desktop.language import Language
from avrr_desktop.operations.program.update.staging import Staged
from avrr_desktop.operations.session.records import read_record
from avrr_desktop.operations.session.session import Session
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.ui.verbs import Verbs


@dataclass(frozen=True, slots=True)
class Done:
    """Something that can be undone until the lock: the Change, and what it did in words."""

    change_ids: tuple[str, ...]  # the last one first
    what: str
    case: str = ""  # empty for what stands beside all cases
    called: str = ""  # the case, by its name of then: an undo may take the case itself back

    @property
    def whose(self) -> str:
        """What was done, with the name of the case in front."""
        return f"{self.called} · {self.what}" if self.called else self.what


class Actions(Verbs):
    """One for each unlocked workspace. Screens call ``do`` and listen to ``changed``."""

    changed = Signal(object)  # Changes
    saved = Signal(str)  # the time, as the office's clock shows it
    said = Signal(str, bool)  # a sentence, whether an undo is offered beside it

    def __init__(self, workspace: Session, parent: QObject | None = None) -> None:
        super().__init__(workspace.words, parent)
        self.workspace = workspace
        self._done: list[Done] = []
        self.in_sight = ""  # the case that is shown; an undo elsewhere says whose it is
        self.last_case = ""  # in which something was done or undone last
        self.staged: Staged | None = None  # an update that works here and waits for a word

    def do(
        self, verb: Callable[[], Changes | None], what: str = "", *, quiet: bool = False, started_by: str = ""
    ) -> bool:
        """Run a verb that writes; return whether it went well. ``what`` names it for the undo.

        ``started_by``: the form that shows already what it writes.
        """
        made: list[Changes | None] = []
        if not self.run(lambda: made.append(verb())):
            return False
        changes = made[0]
        if changes is not None and changes.change_id:
            done = Done((changes.change_id, *changes.together), what, changes.case, self._called(changes.case))
            self._done.append(done)
            self._announce(replace(changes, started_by=started_by))
            if what and not quiet:
                self.last_case = done.case
                self.said.emit(done.whose, True)
        return True

    @property
    def language(self) -> Language:
        """The language of the workspace, which may be another one after a visit to Setup."""
        return self.workspace.words

    def forget_undo(self) -> None:
        """Something was erased: what was done before may be gone, and is not offered to be undone."""
        self._done.clear()

    def read_again(self) -> None:
        """Tell every page to read again, after something that cannot be undone."""
        self.changed.emit(Changes())

    def undo(self) -> None:
        """Undo the last thing done since the unlock."""
        words = self.workspace.words
        if not self._done:
            self.said.emit(words.text("Nothing to undo since the last unlock."), False)
            return
        last = self._done[-1]
        changes = self.ask(lambda: undo(self.workspace, *last.change_ids), None)
        self._done.pop()
        if changes is None:
            return
        self._announce(changes)
        self.last_case = last.case
        last = replace(last, what=last.what or words.text("the last entry"))
        what = last.what if last.case == self.in_sight else last.whose
        self.said.emit(words.text("Undone: {what}", what=what), False)

    def _called(self, case: str) -> str:
        record = read_record(self.workspace, "case", case, case) if case else None
        return record.text("called") if record is not None else ""

    def _announce(self, changes: Changes) -> None:
        workspace = self.workspace
        self.saved.emit(workspace.words.time(workspace.local(workspace.clock.now())))
        self.changed.emit(changes)
