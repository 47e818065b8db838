"""Victims that die at a chosen call: for every line ``FOLDER DEED N`` one is born and does the deed.

It dies just before its call number N into the system or the driver. One that outlives its deed says ``whole`` and the
number of calls that it made. The program is loaded once and every victim is forked from that.
"""

import importlib
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from avrr_desktop.domain.records.fields import Value
from avrr_desktop.keys import recovery, slots
from avrr_desktop.operations.access.officers import PreparedSlot, give_passphrase, take_passphrase
from avrr_desktop.operations.access.recovery import ASKED, keep_recovery_code, trust_recovery_code
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.documents.leaving_files import leave
from avrr_desktop.operations.documents.printing import hand_over, outbox
from avrr_desktop.operations.exchange.journey import merge_journey, take_along
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.protection.data_subject import erase_case
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.unlocking import Keys
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import make_backup, restore_backup
from avrr_desktop.operations.store.create import create_store
from avrr_desktop.operations.store.opening import open_unlocked
from avrr_desktop.store.folder.backup import backups_in, rotate
from avrr_desktop.store.folder.folder import StoreFolder
from tests.support.folders import opened, read_beforehand
from tests.support.office_with_keys import FOUNDER, QUICK, SECOND, People
from tests.support.stores import FAMILY
from tests.support.stores import KEY as KEY_OF_TESTS
from tools.rigs.failpoints import die, watched

Deed = Callable[[], object]
STORE, BACKUPS, CHANGED, KEY, STICK = "office.avrr", "backups", "changed.json", "raw-key", "stick"
OFFICERS, NEW_WORDS = "officers.txt", "a new passphrase of words"
OLD_CODE, NEW_CODE = (recovery.grouped(letters * 30 + recovery.check_letters(letters * 30)) for letters in "7K")
OWN_DATA = {"own.pdf": b"%PDF-1.7 all that is held", "own.json": b"{}\n"}


def the_case(workspace: Workspace) -> str:
    """Return the first case of a store."""
    return workspace.store.reader.lines([1])[0].uid


def of_store(act: Callable[[Workspace], object]) -> Callable[[Path], Deed]:
    """Make a deed of something that an open store is needed for; the opening is no part of it."""

    def prepared(folder: Path) -> Deed:
        workspace = opened(folder / STORE)
        return lambda: act(workspace)

    return prepared


def of_office(act: Callable[[Workspace, People], Deed]) -> Callable[[Path], Deed]:
    """Make a deed of something that the founder of a store of several officers does; what is slow of it is done beforehand."""

    def prepared(folder: Path) -> Deed:
        uids = (folder / OFFICERS).read_text(encoding="ascii").split()
        office = People(folder / STORE, *uids)
        return act(office.at_work(FOUNDER), office)

    return prepared


def passphrase_given(workspace: Workspace, office: People) -> Deed:
    """Give another officer a passphrase of their own."""
    file = workspace.folder.read_keys()
    way = slots.officer_way(file, slots.enter(file, FOUNDER), office.second, NEW_WORDS, QUICK)
    return lambda: give_passphrase(workspace, PreparedSlot(office.second, way, way.secrets))


def passphrase_taken(workspace: Workspace, office: People) -> Deed:
    """Take it away again."""
    return lambda: take_passphrase(workspace, office.second)


def code_kept(workspace: Workspace, office: People) -> Deed:
    """Keep another recovery code."""
    typed = tuple(NEW_CODE.split("-")[number - 1] for number in ASKED)
    return lambda: trust_recovery_code(
        workspace, keep_recovery_code(office.folder, FOUNDER, NEW_CODE, typed, workspace.protection)
    )


def own_passphrase(workspace: Workspace, office: People) -> Deed:
    """Change the own passphrase."""
    own, way = slots.changed_way(workspace.folder.read_keys(), SECOND, NEW_WORDS, QUICK)
    return lambda: workspace.folder.change_keys(lambda file: slots.exchanged(file, own, way), way.opens)


def _undo(workspace: Workspace) -> None:
    undo(workspace, workspace.store.journal.newest_name())


def _erase(workspace: Workspace) -> None:
    workspace.store.erase(workspace.store.journal.newest_name(), [0])


def _back_up_and_lock(workspace: Workspace) -> None:
    make_backup(workspace, workspace.folder.path.parent / BACKUPS)
    workspace.lock()


def _back_up_and_keep_one(workspace: Workspace) -> None:
    made = make_backup(workspace, workspace.folder.path.parent / BACKUPS)
    assert made.manifest is not None
    rotate(workspace.folder.path.parent / BACKUPS, made.manifest.store, kept=1)


def _hand_over(workspace: Workspace) -> None:
    hand_over(workspace, outbox(workspace)[0].pk, workspace.folder.path.parent / STICK, "Head office")


def _leave(workspace: Workspace) -> None:
    leave(
        workspace, workspace.folder.path.parent / STICK, OWN_DATA, {"what": "subject_access", "level": "returnee_copy"}
    )


def _erase_case(workspace: Workspace) -> None:
    erase_case(workspace, read_case(workspace, the_case(workspace)), "asked for")


def _travel(workspace: Workspace) -> None:
    take_along(workspace, [the_case(workspace)], workspace.folder.path.parent / STICK)


def _bring_back(workspace: Workspace) -> None:
    merge_journey(workspace, workspace.folder.path.parent / STICK / "office-journey.avrr")


def _create(folder: Path) -> Deed:
    keys = Keys(slots.KeyFile(store="NEW", kind=slots.OFFICE, generation=1, slots=()), KEY_OF_TESTS)
    office: dict[str, Value] = {"name": "New office", "code": "NEW", "country": "AL"}
    return lambda: create_store(
        folder / "new.avrr", "a passphrase of five words", office, {"name": "Arta Hoxha"}, keys=keys
    )


def _restore(folder: Path) -> Deed:
    [backup] = backups_in(folder / BACKUPS)
    return lambda: restore_backup(backup.path, folder / STORE)


def _write_keys(folder: Path) -> Deed:
    changed = slots.read((folder / CHANGED).read_bytes())
    return lambda: StoreFolder(folder / STORE).write_keys(changed)


def _upgrade(folder: Path) -> Deed:
    """Open a store of an older schema; its raw key lies beside it, and its backups are to lie there too."""
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        os.environ[name] = str(folder)
    place = folder / STORE
    keys = Keys(StoreFolder(place).read_keys(), (folder / KEY).read_bytes())
    return lambda: open_unlocked(place, keys)


DEEDS: dict[str, Callable[[Path], Deed]] = {
    "note": of_store(lambda workspace: new_record(workspace, "note", {"text": "one more"}, the_case(workspace))),
    "case": of_store(lambda workspace: add_case_document(workspace, FAMILY)),
    "undo": of_store(_undo),
    "erase": of_store(_erase),
    "tidy": of_store(lambda workspace: workspace.store.tidy()),
    "hand_over": of_store(_hand_over),
    "leave": of_store(_leave),
    "erase_case": of_store(_erase_case),
    "travel": of_store(_travel),
    "bring_back": of_store(_bring_back),
    "create": _create,
    "open": lambda folder: lambda: opened(folder / STORE),
    "lock": of_store(_back_up_and_lock),
    "rotate": of_store(_back_up_and_keep_one),
    "restore": _restore,
    "keys": _write_keys,
    "give": of_office(passphrase_given),
    "take": of_office(passphrase_taken),
    "code": of_office(code_kept),
    "own": of_office(own_passphrase),
    "upgrade": _upgrade,
}


def main() -> None:
    """Bear one victim after another; nothing of a store is open before a victim is born."""
    importlib.import_module("sqlite_utils.plugins").ensure_plugins_loaded()  # once, not by every victim
    read_beforehand()
    for line in sys.stdin:
        folder, deed, number = line.strip().rsplit(" ", 2)
        victim = os.fork()
        if not victim:
            try:
                act = DEEDS[deed](Path(folder))
                with watched(int(number), die) as count:
                    act()
                sys.stdout.write(f"whole {count.seen}\n")
                sys.stdout.flush()
            except Exception:
                traceback.print_exc()
            finally:
                os._exit(1)
        os.waitpid(victim, 0)
        sys.stdout.write("gone\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
