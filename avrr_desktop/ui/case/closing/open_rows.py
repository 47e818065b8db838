"""What is still open in a case, each thing with how it ends: chosen with letters, one after the other."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.closing import ReferralEnd, Settled, StepEnd, end_of_thing, ends_of
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.forms.link_options import step_name
from avrr_desktop.ui.widgets.controls import Choice, button, label
from avrr_desktop.ui.widgets.record_items import describe_all, joined
from avrr_desktop.ui.widgets.responsive import WrappingRow
from avrr_desktop.ui.widgets.theme import GAP_SMALL, GAP_TINY


class OpenRow(QWidget):
    """One step or referral: its name, how it ends, and who goes on with it where it is handed over."""

    changed = Signal()

    def __init__(self, workspace: Session, case_file: CaseFile, record: Record) -> None:
        super().__init__()
        self.record = record
        words = workspace.words
        name = thing_name(workspace, case_file, record)
        self.how = Choice()
        self.how.let_narrow()
        self.how.setAccessibleName(words.text("How it ends: {what}", what=name))
        self.how.addItem("", Settled(""))
        for told, text in _offered(workspace, record):
            self.how.addItem(text, told)
        self.to = QLineEdit()
        self.to.setAccessibleName(words.text("Handed over to"))
        self.to.setPlaceholderText(words.text("Handed over to"))
        self.to.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_TINY)
        for one in (label(name), self.how, self.to):
            column.addWidget(one)
        self.how.currentIndexChanged.connect(lambda _: self._on_chosen())
        self.to.textEdited.connect(lambda _: self.changed.emit())

    def _on_chosen(self) -> None:
        self.to.setVisible(self.chosen.how == StepEnd.HANDED_TO.code)
        self.changed.emit()

    @property
    def chosen(self) -> Settled:
        """What is chosen, without who goes on with it."""
        told = self.how.currentData()
        return told if isinstance(told, Settled) else Settled("")

    def told(self) -> Settled:
        """Return how it ends, as it is told so far."""
        handed = self.chosen.how == StepEnd.HANDED_TO.code
        return Settled(self.chosen.how, self.to.text()) if handed else self.chosen

    @property
    def settled(self) -> bool:
        """Whether it is told in full."""
        return end_of_thing(self.record, self.told()) is not None


class OpenRows(QWidget):
    """All of them, how many are left, and a way to end those that are left as the last one."""

    def __init__(self, workspace: Session, case_file: CaseFile, records: Sequence[Record]) -> None:
        super().__init__()
        self._words = workspace.words
        self.rows = [OpenRow(workspace, case_file, one) for one in records]
        self.left = label("", "hint")
        self.rest = button(self._words.text("The others in the same way"), self.end_the_rest, name="quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_SMALL)
        for one in self.rows:
            one.changed.connect(self._count)
            column.addWidget(one)
        column.addLayout(WrappingRow(self.left, self.rest))
        self._count()

    def told(self) -> dict[str, Settled]:
        """Return how each thing ends, as far as it is told."""
        return {one.record.uid: one.told() for one in self.rows if one.chosen.how}

    def first_left(self) -> OpenRow | None:
        """Return the first of which it is not told how it ends."""
        return next((one for one in self.rows if not one.settled), None)

    def end_the_rest(self) -> None:
        """End what is left as the last thing that was told and that may end so."""
        for one in self.rows:
            if one.settled:
                continue
            for before in reversed([other for other in self.rows if other.settled]):
                position = next((at for at in range(one.how.count()) if one.how.itemData(at) == before.chosen), -1)
                if position > 0:
                    one.how.setCurrentIndex(position)
                    one.to.setText(before.to.text())
                    break
        self._count()

    def _count(self) -> None:
        left = sum(1 for one in self.rows if not one.settled)
        said = self._words.plural("{count} is still open.", "{count} are still open.", left, count=left)
        self.left.setText(said if left else self._words.text("Everything is settled."))
        self.rest.setVisible(0 < left < len(self.rows))


def thing_name(workspace: Session, case_file: CaseFile, record: Record) -> str:
    """Return what a step or referral is called where it stands among others of its case."""
    if record.type == "step":
        return step_name(case_file, record.uid, workspace)
    [item] = describe_all(workspace, case_file, [record])
    return joined(item.title, item.below)


def _offered(workspace: Session, record: Record) -> list[tuple[Settled, str]]:
    """Return the ends of a thing with their texts; a referral that was sent is closed with its outcome."""
    words, pack = workspace.words, workspace.pack
    found: list[tuple[Settled, str]] = []
    for end in ends_of(record):
        if end is ReferralEnd.CLOSE:
            outcomes = pack.labels("referral_outcome").items()
            found += [(Settled(end.code, code), words.text(text)) for code, text in outcomes]
        elif end is ReferralEnd.CANCEL:
            found.append(
                (
                    Settled(end.code, words.text("The case was closed.")),
                    words.text(pack.label("referral_state", end.state.code)),
                )
            )
        elif isinstance(end, ReferralEnd):
            found.append((Settled(end.code), words.text(pack.label("referral_state", end.state.code))))
        elif end is StepEnd.HANDED_TO:
            found.append((Settled(end.code), words.text("Handed over to …")))
        else:
            found.append((Settled(end.code), words.text(pack.label("step_state", end.state.code))))
    return found
