"""What stands guard over the store: who wrote what, whose folder it is, which process and thread a connection serves."""

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import StoreError
from avrr_desktop.files import private_folder
from avrr_desktop.operations.computer.settings import Settings, read_settings, write_settings
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.folder.folder import StoreFolder
from avrr_desktop.store.journal.verifying import chain_fault
from tests.support.folders import ROOT

FORKING = """
import os
import sys
from pathlib import Path
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.operations.session.records import new_record
from tests.support import stores

workspace = stores.office_workspace(Path(sys.argv[1]))
case = stores.family(workspace).case.uid
child = os.fork()
if not child:
    said = []
    connection = workspace.store.connection
    for use in (
        lambda: connection.execute("DELETE FROM journal"),
        lambda: connection.rows("SELECT * FROM journal"),
        lambda: connection.executemany("DELETE FROM journal WHERE pk=?", [(1,)]),
        lambda: new_record(workspace, "note", {"text": "from the child"}, case),
        lambda: workspace.store.journal.count(),
    ):
        try:
            use()
            said.append("went through")
        except RuntimeError as error:
            said.append(str(error))
    workspace.store.connection.close()
    print(set(said), flush=True)
    os._exit(0)
os.waitpid(child, 0)
new_record(workspace, "note", {"text": "from the parent"}, case)
print(check_store(workspace).sound, len(workspace.store.reader.case_file(case).notes), flush=True)
workspace.lock()
"""


def named(workspace: Workspace, change_id: str) -> int:
    """Return the local number of an entry."""
    row = workspace.store.connection.one("SELECT pk FROM journal WHERE change_id=?", (change_id,))
    assert row is not None
    return int(row[0])


def delete(workspace: Workspace, entries: list[str]) -> str:
    """Take an entry away as if it had never been; the next one names it still."""
    workspace.store.connection.execute("DELETE FROM journal WHERE change_id=?", (entries[2],))
    return entries[3]


def insert(workspace: Workspace, entries: list[str]) -> str:
    """Put an entry in that nobody wrote: a copy of one, under the next number."""
    workspace.store.connection.execute(
        "INSERT INTO journal (pk, change_id, case_uid, clock, envelope, digest, parts) "
        "SELECT (SELECT max(pk) FROM journal) + 1, 'forged.1.1', case_uid, clock, envelope, digest, parts "
        "FROM journal WHERE change_id=?",
        (entries[2],),
    )
    return "forged.1.1"


def edit(workspace: Workspace, entries: list[str]) -> str:
    """Change a word of what was written."""
    workspace.store.connection.execute(
        "UPDATE journal SET parts=CAST(replace(CAST(parts AS TEXT), 'entry 2', 'Entry 2') AS BLOB) WHERE change_id=?",
        (entries[2],),
    )
    return entries[2]


def another_writer(workspace: Workspace, entries: list[str]) -> str:
    """Put it into somebody else's name."""
    workspace.store.connection.execute(
        "UPDATE journal SET envelope=CAST(replace(CAST(envelope AS TEXT), ?, ?) AS BLOB) WHERE change_id=?",
        (workspace.actor, "0" * len(workspace.actor), entries[2]),
    )
    return entries[2]


@pytest.mark.parametrize("tamper", [delete, insert, edit, another_writer])
def test_X11_the_first_entry_that_was_tampered_with_is_named(
    workspace: Workspace, family: CaseFile, tamper: Callable[[Workspace, list[str]], str]
) -> None:
    entries = [
        new_record(workspace, "note", {"text": f"entry {number}"}, family.case.uid).changes.change_id
        for number in range(5)
    ]
    assert chain_fault(workspace.store.connection) is None
    first_bad = tamper(workspace, entries)
    fault = chain_fault(workspace.store.connection)
    assert fault is not None
    assert fault.change_id == first_bad
    report = check_store(workspace)
    assert not report.sound
    assert any(fault.change_id in line for line in report.lines(workspace.words)), "the officer is told which"


def test_X11_the_last_entry_taken_away_shows_in_the_lists(workspace: Workspace, family: CaseFile) -> None:
    last = new_record(workspace, "note", {"text": "the last"}, family.case.uid).changes.change_id
    workspace.store.connection.execute("DELETE FROM journal WHERE pk=?", (named(workspace, last),))
    assert not check_store(workspace).sound


def test_X14_a_folder_that_is_new_is_private(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = private_folder(tmp_path / "one" / "two")
    finally:
        os.umask(before)
    assert stat.S_IMODE(made.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o755, 0o750, 0o701, 0o777])
def test_X14_a_folder_that_others_could_read_is_closed_to_them(tmp_path: Path, mode: int) -> None:
    there = tmp_path / "there"
    there.mkdir()
    there.chmod(mode)
    private_folder(there)
    assert stat.S_IMODE(there.stat().st_mode) == 0o700


def test_X14_a_link_that_waits_there_is_refused_and_nothing_goes_through_it(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = tmp_path / "office.avrr"
    link.symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(StoreError) as refused:
        StoreFolder(link).make()
    assert "Choose another folder" in refused.value.hint
    assert list(elsewhere.iterdir()) == []


def test_X14_a_dangling_link_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "office.avrr"
    link.symlink_to(tmp_path / "nowhere", target_is_directory=True)
    with pytest.raises(StoreError):
        StoreFolder(link).make()
    assert not (tmp_path / "nowhere").exists()


def test_X14_the_folder_of_all_stores_may_be_a_link_that_somebody_laid_on_purpose(tmp_path: Path) -> None:
    elsewhere = tmp_path / "other disk"
    elsewhere.mkdir()
    (tmp_path / "profile").mkdir()
    (tmp_path / "profile" / "avrr-desktop").symlink_to(elsewhere, target_is_directory=True)
    write_settings(Settings("sq", "light", 100))
    assert read_settings().language == "sq"
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o700


def test_K10_a_connection_that_came_along_with_a_fork_is_refused_and_the_store_stays_well(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", FORKING, str(tmp_path / "fork.avrr")], env=environment, capture_output=True, text=True,
        check=True, timeout=60,
    )  # fmt: skip
    refused, rest = done.stdout.splitlines()
    assert refused == "{'a connection serves one process: open another one here'}"
    assert rest == "True 2"


def test_K10_another_thread_is_refused_and_reads_over_a_connection_of_its_own(
    workspace: Workspace, family: CaseFile
) -> None:
    said: list[str] = []
    reading = workspace.reading()

    def work() -> None:
        try:
            workspace.store.journal.count()
        except Exception as error:
            said.append(str(error))
        reader = reading.open()
        said.append(reader.case_file(family.case.uid).case.text("called"))
        reader.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(30)
    assert len(said) == 2
    assert "thread" in said[0]
    assert said[1] == family.case.text("called")
    new_record(workspace, "note", {"text": "the window goes on"}, family.case.uid)
    assert check_store(workspace).sound
