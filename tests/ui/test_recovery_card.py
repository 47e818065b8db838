"""A recovery code is said to be kept once it is; a lock in between leaves the one of before, and says so."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from avrr_desktop.domain.errors import PassphraseError
from avrr_desktop.keys import recovery
from avrr_desktop.operations.access.recovery import ASKED, needs_recovery_code
from avrr_desktop.operations.session.unlocking import unlock
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.jobs import Jobs
from avrr_desktop.ui.widgets.recovery_card import RecoveryCard
from tests.support import office_with_keys
from tests.support.office_with_keys import FOUNDER, People


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def typed_back(qtbot: QtBot, acts: Actions, jobs: Jobs) -> tuple[RecoveryCard, list[str]]:
    """Show a new code, type its groups back and let it be kept; return the card, and what is said from now on."""
    card, said = RecoveryCard(acts, jobs), list[str]()
    qtbot.addWidget(card)
    acts.said.connect(lambda text, _: said.append(text))
    acts.failed.connect(lambda title, _: said.append(title))
    card.show_code()
    groups = card.code.split("-")
    for line, number in zip(card.groups, ASKED, strict=True):
        line.setText(groups[number - 1])
    assert card.passphrase is not None
    card.passphrase.setText(FOUNDER)
    card.keep()
    return card, said


def test_a_lock_while_the_code_is_kept_leaves_the_one_of_before_and_says_so(office: People, qtbot: QtBot) -> None:
    old = recovery.new_code()
    office_with_keys.with_code(office, old)
    workspace = office.at_work(FOUNDER)
    acts, jobs = Actions(workspace), Jobs()
    card, said = typed_back(qtbot, acts, jobs)
    code = card.code
    with qtbot.waitSignal(jobs.finished):
        jobs.wait()  # as the window does before it locks
        workspace.lock()
    assert said == [] == [text for text in (card.problem.text(),) if text]
    assert "not kept" in jobs.take_told() and jobs.take_told() == ""
    again = office.at_work(FOUNDER)
    assert not needs_recovery_code(again)
    again.lock()
    by_code = office.at_work(old)
    assert by_code.trusted
    by_code.lock()
    with pytest.raises(PassphraseError):
        unlock(office.folder, code)


def test_it_is_said_to_open_the_store_once_it_counts(office: People, qtbot: QtBot) -> None:
    workspace = office.at_work(FOUNDER)
    acts, jobs = Actions(workspace), Jobs()
    assert needs_recovery_code(workspace)
    card, said = typed_back(qtbot, acts, jobs)
    code = card.code
    with qtbot.waitSignal(card.kept):
        pass
    assert len(said) == 1 and not needs_recovery_code(workspace)
    workspace.lock()
    by_code = office.at_work(code)
    assert by_code.trusted
    by_code.lock()


def test_where_it_cannot_be_signed_for_nothing_is_said_to_be_kept(office: People, qtbot: QtBot) -> None:
    workspace = office.at_work(FOUNDER)
    acts, jobs = Actions(workspace), Jobs()
    card, said = typed_back(qtbot, acts, jobs)
    workspace.store.connection.execute("PRAGMA query_only=ON")  # as a disk that is full
    qtbot.waitUntil(card.keep_button.isEnabled)
    assert said == [] and card.problem.text() and needs_recovery_code(workspace)
    workspace.store.connection.execute("PRAGMA query_only=OFF")
    workspace.lock()
