"""Two programs, two connections, two people, a timer: whatever happens at once, one has the store and nothing is lost."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from avrr_desktop.clock import Clock, ticks
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import InUseError
from avrr_desktop.keys import slots
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.session.records import edit_record, new_record, read_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.folder import backup as store_backup
from avrr_desktop.store.journal.journal import Journal
from avrr_desktop.ui.case.people_tab import PeopleTab
from avrr_desktop.ui.system.idle_lock import IdleLock
from tests.support import stores, window
from tests.support.folders import OtherProgram, opened

HOLDER = "tools.rigs.lock_holder"
STARTERS, ROUNDS = 20, 20
WAITING = 5.0  # seconds that a statement waits for another connection unless it is told not to
KEY_FILE = slots.KeyFile(store="STORE", kind=slots.OFFICE, generation=1, slots=())


class FallingDue:
    """A clock that lets the lock fall due whenever a save asks it for the time."""

    def __init__(self, idle: IdleLock, clock: Clock) -> None:
        self.clock, self._idle, self.asked = clock, idle, 0

    def now(self) -> datetime:
        """Return the time, and let the lock fall due."""
        self.asked += 1
        self._idle.wait_milliseconds(0)
        return self.clock.now()


def notes(workspace: Workspace, case: str) -> set[str]:
    """Return the texts of a case's notes."""
    return {note.text("text") for note in read_case(workspace, case).notes}


def test_K1_of_twenty_programs_that_start_at_the_same_instant_exactly_one_opens(
    workspace: Workspace, family: CaseFile, opening: Callable[[Path], Workspace]
) -> None:
    folder = workspace.folder.path
    workspace.lock()
    with OtherProgram("tools.rigs.race_child") as starters:
        for _ in range(ROUNDS):
            starters.say(f"{STARTERS} {folder}")
            assert starters.hear() == "o" + "u" * (STARTERS - 1)
    assert check_store(opening(folder)).sound


def test_K2_after_a_kill_the_next_start_opens_without_a_question(
    workspace: Workspace, family: CaseFile, opening: Callable[[Path], Workspace]
) -> None:
    folder, case = workspace.folder.path, family.case.uid
    workspace.lock()
    for number in range(3):
        with OtherProgram(HOLDER, str(folder), case) as holder:
            assert holder.hear() == "ready", "the lock of a killed program stayed"
            holder.say(f"saved before kill {number}")
            assert holder.hear() == "saved"
            holder.kill()
        assert (folder / "lock").exists()
    again = opening(folder)
    assert {f"saved before kill {number}" for number in range(3)} <= notes(again, case)
    assert check_store(again).sound


@pytest.mark.parametrize("what", ["deleted", "written anew"])
def test_K3_without_the_lock_file_the_database_itself_refuses_the_second(
    workspace: Workspace, family: CaseFile, opening: Callable[[Path], Workspace], what: str
) -> None:
    folder, case = workspace.folder.path, family.case.uid
    workspace.lock()
    with OtherProgram(HOLDER, str(folder), case) as holder:
        assert holder.hear() == "ready"
        for number in range(3):
            (folder / "lock").unlink()
            if what == "written anew":
                (folder / "lock").write_bytes(b"")
            with pytest.raises(InUseError):
                opened(folder)
            holder.say(f"while others knocked {number}")
            assert holder.hear() == "saved"
    again = opening(folder)
    assert {f"while others knocked {number}" for number in range(3)} <= notes(again, case)
    assert check_store(again).sound


def test_K5_while_somebody_reads_for_long_saves_and_tidying_do_not_wait(workspace: Workspace, family: CaseFile) -> None:
    case = family.case.uid
    reader = Connection(workspace.store.path, stores.KEY, read_only=True)
    cursor = reader.execute("SELECT * FROM journal")
    first = cursor.fetchone()
    began = ticks()
    for number in range(5):
        new_record(workspace, "note", {"text": f"saved meanwhile {number}"}, case)
        workspace.store.tidy()
    assert ticks() - began < 4 * WAITING, "five that waited would take longer"
    rest = cursor.fetchall()
    assert len([first, *rest]) == workspace.store.journal.count() - 5, "a reader sees what was there when it began"
    reader.close()
    workspace.store.tidy()
    assert workspace.store.path.with_name("store.db-wal").stat().st_size == 0
    assert {f"saved meanwhile {number}" for number in range(5)} <= notes(workspace, case)


def test_K5_while_another_connection_writes_a_save_is_told_as_busy_and_the_form_keeps_its_text(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    shell = window.window_over(qtbot, workspace)
    desktop, case = window.desktop_of(shell), family.case.uid
    form = window.begin_record(desktop, case)
    other = Connection(workspace.store.path, stores.KEY)
    other.execute("BEGIN IMMEDIATE")
    workspace.store.connection.execute("PRAGMA busy_timeout=50")
    window.choose(form, "text", "typed while it was busy")
    assert not form.save()
    assert "in use" in desktop.message.text.text()
    assert form.dirty
    other.close()
    assert form.save()
    assert "typed while it was busy" in notes(workspace, case)
    shell.close()


def test_K6_what_comes_in_while_somebody_types_becomes_a_conflict_that_both_can_see(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    shell = window.window_over(qtbot, workspace)
    desktop, case = window.desktop_of(shell), family.case.uid
    desktop.show_case(case, "person")
    tab = window.case_page(desktop).tab("people")
    assert isinstance(tab, PeopleTab)
    form = tab.forms[0]
    uid = form.record.uid
    shown = read_record(workspace, "person", uid)
    assert shown is not None
    window.choose(form, "phone", "069 111")

    def come_in() -> None:
        changes = edit_record(workspace, shown, {"phone": "069 222", "occupation": "baker"}, case)
        desktop.acts.changed.emit(changes)  # as every page hears of it

    come_in()
    assert form.rows["phone"].editor.typed() == "069 111", "what somebody types is not written over"
    assert form.save()
    now = read_record(workspace, "person", uid)
    assert now is not None and now.conflicts
    assert sorted(map(str, now.conflicts["phone"])) == ["069 111", "069 222"]
    assert now.text("occupation") == "baker", "what nobody else touched is no conflict"
    assert set(now.conflicts) == {"phone"}
    said = form.rows["phone"].below.text()
    assert "069 111" in said and "069 222" in said
    assert check_store(workspace).sound
    shell.close()


def test_K7_a_lock_that_falls_due_during_a_save_waits_for_it(
    qtbot: QtBot, workspace: Workspace, family: CaseFile
) -> None:
    workspace.folder.write_keys(KEY_FILE)
    shell = window.window_over(qtbot, workspace)
    desktop, case, folder = window.desktop_of(shell), family.case.uid, workspace.folder.path
    form = window.begin_record(desktop, case)
    window.choose(form, "text", "saved as it locked")
    clock = FallingDue(shell.idle, workspace.clock)
    with qtbot.waitSignal(shell.locked):
        workspace.clock = clock
        assert form.save()
        assert clock.asked > 0
        assert not workspace.locked
        workspace.clock = clock.clock
    assert workspace.locked
    again = opened(folder)
    assert "saved as it locked" in notes(again, case)
    assert again.store.local.drafts() == []
    assert check_store(again).sound
    again.lock()
    shell.close()


def test_K8_every_backup_made_while_somebody_writes_is_whole_and_a_state_that_was(
    workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    workspace.folder.write_keys(KEY_FILE)
    made: list[store_backup.Backup] = []
    source, key = workspace.folder.path, workspace.database_key()

    def back_up() -> None:
        connection = Connection(source / "store.db", key)
        for _ in range(5):
            made.append(store_backup.write_backup(connection, key, source, tmp_path / "stick", "2026-06-15"))
        connection.close()

    worker = threading.Thread(target=back_up)
    worker.start()
    names = [workspace.store.journal.newest_name()]
    while worker.is_alive():
        names.append(new_record(workspace, "note", {"text": "while it was copied"}, family.case.uid).changes.change_id)
    worker.join()
    assert len(made) == 5
    before = workspace.store.journal.count() - len(names) + 1
    for one in made:
        assert one.manifest is not None
        store_backup.verify(one.path, one.manifest, stores.KEY)
        assert one.manifest.newest == names[one.manifest.entries - before]
        copy = Connection(one.path / "store.db", stores.KEY, read_only=True, immutable=True)
        assert Journal(copy, bytes).newest_name() == one.manifest.newest
        copy.close()
    assert made[-1].manifest is not None and made[-1].manifest.entries > before, "nobody wrote meanwhile"
