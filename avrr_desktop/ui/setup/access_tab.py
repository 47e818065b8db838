"""How officers open the store: a passphrase of their own, the key of restricted records, and what a role is worth."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.domain.history.change import Changes
from avrr_desktop.operations.access.officers import (
    PreparedSlot,
    confirm_supervisor,
    give_passphrase,
    give_protection,
    known_names,
    officer_access,
    prepare_slot,
    take_passphrase,
    take_protection,
)
from avrr_desktop.operations.session.permission import OF_ROLE, PERMISSION_TEXTS, Permission, may
from avrr_desktop.operations.session.records import directory
from avrr_desktop.operations.session.second_person import may_be_confirmed, waits_until
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.jobs import Jobs, Progress
from avrr_desktop.ui.verbs import in_one_line
from avrr_desktop.ui.widgets.controls import Card, Choice, Column, button, emptied, label, row
from avrr_desktop.ui.widgets.secret_line import NewPassphrase, secret_line
from avrr_desktop.ui.widgets.theme import GAP, GAP_LARGE, Theme


class AccessTab(QWidget):
    """One officer at a time; below, the roles with what stands behind each permission."""

    def __init__(self, acts: Actions, theme: Theme, jobs: Jobs) -> None:
        super().__init__()
        self._acts, self._theme, self._jobs = acts, theme, jobs
        words = acts.workspace.words
        self.officer = Choice()
        self.officer.setAccessibleName(words.text("Officer"))
        self.officer.currentIndexChanged.connect(lambda _: self.show_officer())
        self._card = Card()
        column = Column()
        top = Card(words.text("How officers open the store"))
        top.body.addWidget(label(words.text("Officer"), "muted"))
        top.body.addWidget(self.officer)
        column.body.addWidget(top)
        column.body.addWidget(self._card)
        column.body.addWidget(self._roles())
        column.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_LARGE, GAP, GAP_LARGE, GAP)
        whole.addWidget(column)
        acts.changed.connect(self._on_changed)

    def showEvent(self, event: object) -> None:
        """Read the officers again."""
        self.read()
        super().showEvent(event)  # type: ignore[arg-type]

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible():
            self.read()

    def read(self) -> None:
        """Show who there is; the chosen one stays chosen."""
        chosen = self.officer.currentData() or self._acts.workspace.actor
        self.officer.blockSignals(True)
        self.officer.clear()
        for record in directory(self._acts.workspace, "officer"):
            self.officer.addItem(record.text("name"), record.uid)
        self.officer.setCurrentIndex(self.officer.findData(chosen))  # nobody else in place of one who went
        self.officer.blockSignals(False)
        self.show_officer()

    def show_officer(self) -> None:
        """Say how the chosen officer stands, and offer what may be done."""
        emptied(self._card.body)
        workspace, uid = self._acts.workspace, self.officer.currentData()
        if not uid:
            text = (
                workspace.words.text("Choose an officer.")
                if self.officer.count()
                else workspace.words.text("Add an officer first.")
            )
            self._card.body.addWidget(label(text, "muted"))
            return
        words, stands = workspace.words, officer_access(workspace, uid)
        role = words.text(workspace.pack.label("officer_role", stands.role)) if stands.role else words.text("no role")
        own = (
            words.text("opens the store with a personal passphrase") if stands.own_passphrase
            else words.text("has no personal passphrase")
        )  # fmt: skip
        restricted = (
            words.text("has access to restricted records") if stands.reads_restricted
            else words.text("has no access to restricted records")
        )  # fmt: skip
        self._card.body.addWidget(label(" · ".join((role, own, restricted))))
        until = waits_until(workspace, uid)
        if until is not None:
            moment = words.moment(workspace.local(until))
            self._card.body.addWidget(
                label(
                    words.text("New, or with a new passphrase. Can act as second person from: {moment}", moment=moment)
                )
            )
        if may_be_confirmed(workspace, uid):
            confirm = button(words.text("Confirm as a supervisor now"), lambda: self._do(confirm_supervisor, uid))
            self._card.body.addLayout(row(confirm, 1))
        if not may(workspace, Permission.MANAGE):
            return
        self._add_passphrase(uid)
        buttons = []
        if stands.own_passphrase and uid != workspace.actor:
            buttons.append(button(words.text("Withdraw the passphrase"), lambda: self.take(uid)))
        if stands.reads_restricted and uid != workspace.actor:
            buttons.append(
                button(words.text("Withdraw access to restricted records"), lambda: self._do(take_protection, uid))
            )
        elif stands.own_passphrase and not stands.reads_restricted and may(workspace, Permission.PROTECT):
            buttons.append(
                button(words.text("Give access to restricted records"), lambda: self._do(give_protection, uid))
            )
        if buttons:
            self._card.body.addLayout(row(*buttons, 1))
            self._card.body.addWidget(label(words.text(
                "Rights withdrawn here still apply to copies and backups that were made earlier."), "hint"))  # fmt: skip

    def _add_passphrase(self, uid: str) -> None:
        words = self._acts.workspace.words
        if self._acts.workspace.shares_passphrase:
            self._card.body.addWidget(label(words.text(
                "This store has one shared passphrase. Set your own passphrase first. The shared one then stops " "working, and you set one for everybody else."), "hint"))  # fmt: skip
        mine = words.text("Recovery code with which you unlocked") if self._acts.workspace.by_recovery else words.text(
            "Passphrase with which you unlocked")  # fmt: skip
        self.own = secret_line(self._card.body, words, mine)
        self.pair = NewPassphrase(words, (words.text("New passphrase of the officer"), words.text("New passphrase again")),
                                  self._acts.workspace.policy.shortest_passphrase,
                                  lambda: known_names(self._acts.workspace))  # fmt: skip
        self.new, self.again = self.pair.line, self.pair.again
        self._card.body.addWidget(self.pair)
        self.problem = label("", "problem")
        self._card.body.addWidget(self.problem)
        self.give_button = button(words.text("Set a personal passphrase"), lambda: self.give(uid), name="primary")
        self._card.body.addLayout(row(self.give_button, 1))

    def give(self, uid: str) -> None:
        """Make the slot in the background, then sign it in."""
        words, folder = self._acts.workspace.words, self._acts.workspace.store_folder
        own, new, known = self.own.text(), self.new.text(), known_names(self._acts.workspace)
        if not self.pair.same:
            self.problem.setText(words.text("The two passphrases are not the same."))
            return
        self.problem.setText("")
        self.give_button.setEnabled(False)

        def work(progress: Progress) -> PreparedSlot:
            return prepare_slot(folder, own, uid, new, known)

        def done(prepared: PreparedSlot) -> None:
            if self._acts.do(lambda: give_passphrase(self._acts.workspace, prepared), "", quiet=True):
                self._acts.said.emit(
                    words.text("From now on, the officer opens the store with the new passphrase."), False
                )
            self.read()

        def failed(error: Exception) -> None:
            self.give_button.setEnabled(True)
            self._acts.job_failed(error, in_one_line(self.problem.setText))

        def left(_: bool) -> str:
            return words.text("No passphrase was set: the store was locked first.")

        self._jobs.run(words.text("Setting a passphrase"), work, done, failed, left)

    def take(self, uid: str) -> None:
        """Take the officer’s way in."""
        self._do(take_passphrase, uid)

    def _do(self, verb: Callable[..., Changes], uid: str) -> None:
        self._acts.do(lambda: verb(self._acts.workspace, uid), "", quiet=True)
        self.read()

    def _roles(self) -> Card:
        workspace, words = self._acts.workspace, self._acts.workspace.words
        card = Card(words.text("What a role may do, and how it is enforced"))
        for permission in Permission:
            what, behind = PERMISSION_TEXTS[permission]
            roles = [
                words.text(workspace.pack.label("officer_role", role))
                for role, all_ in OF_ROLE.items()
                if permission in all_
            ]
            card.body.addWidget(label(f"{words.text(what)}: {', '.join(roles)}"))
            card.body.addWidget(label(words.text(behind), "hint"))
        return card
