"""No name of an entry is ever given twice: a copied or restored store counts on under a new incarnation."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal.comparing import tables_match
from avrr_desktop.store.journal.verifying import chain_fault
from tests.support.folders import copy_of


def write(workspace: Workspace, case: CaseFile, text: str) -> str:
    """Save a note and return the name of its Change."""
    return new_record(workspace, "note", {"text": text}, case.case.uid).changes.change_id


def incarnation(change_id: str) -> tuple[int, int]:
    """Return (incarnation, sequence) of a Change."""
    _, number, sequence = change_id.split(".")
    return int(number), int(sequence)


def test_the_first_write_into_a_copied_folder_begins_a_new_incarnation(
    workspace: Workspace, family: CaseFile, opening: Callable[[Path], Workspace]
) -> None:
    original = workspace.folder.path
    workspace.lock()
    copy = opening(copy_of(original, "copy.avrr"))
    (first, number), (second, following) = [incarnation(write(copy, family, text)) for text in ("one", "two")]
    assert first == second > 1
    assert (number, following) == (1, 2)
    assert chain_fault(copy.store.connection) is None
    assert tables_match(copy.store)
    copy.lock()


def test_the_original_goes_on_as_it_was(
    workspace: Workspace, family: CaseFile, opening: Callable[[Path], Workspace]
) -> None:
    before = incarnation(write(workspace, family, "before"))
    original = workspace.folder.path
    workspace.lock()
    copy = opening(copy_of(original, "copy.avrr"))
    write(copy, family, "in the copy")
    copy.lock()
    again = opening(original)
    assert incarnation(write(again, family, "after")) == (1, before[1] + 1)
    again.lock()


def test_reading_a_copy_begins_no_incarnation(
    workspace: Workspace, family: CaseFile, opening: Callable[[Path], Workspace]
) -> None:
    original = workspace.folder.path
    workspace.lock()
    copy = opening(copy_of(original, "copy.avrr"))
    count = copy.store.journal.count()
    assert copy.store.reader.case_file(family.case.uid)
    copy.lock()
    copy = opening(copy.folder.path)
    assert copy.store.local.setting("incarnation") == "1"
    assert copy.store.journal.count() == count
    began, number = incarnation(write(copy, family, "the first"))
    assert began > 1
    assert number == 1
    copy.lock()


def test_opening_again_in_the_same_place_begins_no_incarnation(
    workspace: Workspace, family: CaseFile, opening: Callable[[Path], Workspace]
) -> None:
    folder = workspace.folder.path
    first = incarnation(write(workspace, family, "one"))
    workspace.lock()
    again = opening(folder)
    assert incarnation(write(again, family, "two")) == (1, first[1] + 1)
    again.lock()


def test_a_refused_first_save_in_a_copy_counts_for_nothing(
    workspace: Workspace, family: CaseFile, opening: Callable[[Path], Workspace]
) -> None:
    original = workspace.folder.path
    workspace.lock()
    copy = opening(copy_of(original, "copy.avrr"))
    try:
        with copy.store.transaction():
            write(copy, family, "never")
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    began, number = incarnation(write(copy, family, "the first"))
    assert began > 1
    assert number == 1
    copy.lock()


def test_a_copy_of_a_copy_counts_on(
    workspace: Workspace, family: CaseFile, opening: Callable[[Path], Workspace]
) -> None:
    names: set[str] = set()
    folder = workspace.folder.path
    workspace.lock()
    for number in range(2, 5):
        copy = opening(copy_of(folder, f"copy {number}.avrr"))
        names.add(write(copy, family, f"copy {number}"))
        folder = copy.folder.path
        copy.lock()
    begun = [incarnation(name) for name in names]
    assert [number for _, number in begun] == [1, 1, 1]
    assert len({began for began, _ in begun}) == 3


def test_a_store_put_back_over_itself_gives_no_name_twice(
    workspace: Workspace, family: CaseFile, opening: Callable[[Path], Workspace]
) -> None:
    database = workspace.folder.database
    workspace.lock()
    kept = Path(shutil.copy(database, database.with_name("kept aside")))
    lost = opening(database.parent)
    name = write(lost, family, "lost by putting the old file back")
    lost.lock()
    database.write_bytes(kept.read_bytes())
    restored = opening(database.parent)
    assert write(restored, family, "written after that") != name
    restored.lock()


def test_two_copies_of_one_store_give_no_name_twice(
    workspace: Workspace, family: CaseFile, opening: Callable[[Path], Workspace]
) -> None:
    original = workspace.folder.path
    workspace.lock()
    copies = [opening(copy_of(original, name)) for name in ("one.avrr", "two.avrr")]
    names = [write(copy, family, f"in copy {number}") for number, copy in enumerate(copies)]
    for copy in copies:
        copy.lock()
    assert len(set(names)) == 2


def test_a_whole_folder_put_back_over_itself_gives_no_name_twice(
    workspace: Workspace, family: CaseFile, opening: Callable[[Path], Workspace]
) -> None:
    folder = workspace.folder.path
    workspace.lock()
    kept = copy_of(folder, "kept aside.avrr")
    lost = opening(folder)
    name = write(lost, family, "lost by putting the old folder back")
    lost.lock()
    for file in kept.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    restored = opening(folder)
    assert write(restored, family, "written after that") != name
    restored.lock()


SENTINELS: dict[str, Callable[[Path], object]] = {
    "gone": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "noise": lambda path: path.write_bytes(bytes(range(256))),
    "a folder": lambda path: path.rename(path.with_name("was the sentinel")).with_name("sentinel").mkdir(),
}


@pytest.mark.parametrize("what", SENTINELS)
def test_whatever_happens_to_the_sentinel_saving_goes_on(
    workspace: Workspace, family: CaseFile, opening: Callable[[Path], Workspace], what: str
) -> None:
    names = [write(workspace, family, "before")]
    folder = workspace.folder.path
    workspace.lock()
    SENTINELS[what](folder / "sentinel")
    again = opening(folder)
    names += [write(again, family, text) for text in ("one", "two")]
    assert len(set(names)) == 3
    assert chain_fault(again.store.connection) is None
    again.lock()


def test_an_undone_transaction_leaves_no_name_in_the_sentinel(
    workspace: Workspace, family: CaseFile, opening: Callable[[Path], Workspace]
) -> None:
    first = incarnation(write(workspace, family, "before"))
    with pytest.raises(ZeroDivisionError), workspace.store.transaction():
        write(workspace, family, "never")
        raise ZeroDivisionError
    folder = workspace.folder.path
    workspace.lock()
    again = opening(folder)
    assert incarnation(write(again, family, "after")) == (first[0], first[1] + 1)
    again.lock()
