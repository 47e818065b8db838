"""A store whose officers have passphrases of their own, with the smallest parameters: founder, case worker, reader."""

import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from avrr_desktop.clock import SteppingClock
from avrr_desktop.keys import slots
from avrr_desktop.keys.derivation import FLOOR_KIB, Argon2id, subkey
from avrr_desktop.keys.signing import Signer
from avrr_desktop.operations.access.officers import PreparedSlot, chose_own_passphrase, give_passphrase
from avrr_desktop.operations.access.recovery import trust_recovery_code
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.second_person import SecondPerson
from avrr_desktop.operations.session.unlocking import Keys, keys_of, unlock
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.create import create_store
from avrr_desktop.operations.store.opening import open_unlocked
from avrr_desktop.store.folder.folder import StoreFolder
from tests.support.stores import NOW

QUICK = Argon2id(passes=1, memory_kib=FLOOR_KIB)
FOUNDER, WORKER, READER, SECOND = (
    "founder of five words",
    "worker of five words",
    "reader of five words",
    "second of five words",
)
BEGAN = NOW - timedelta(days=30)  # nobody in it is new any more
OFFICE = {"name": "Tirana office", "code": "TIR", "country": "AL", "programme": "AVRR"}
__all__ = ["Signer", "subkey"]


@dataclass(frozen=True)
class People:
    """The folder, and who is who."""

    folder: Path
    founder: str
    worker: str = ""
    reader: str = ""
    second: str = ""

    @property
    def everybody(self) -> tuple[str, ...]:
        """All officers, for a journey on which each of them goes."""
        return (self.founder, self.worker, self.reader, self.second)

    def at_work(self, passphrase: str) -> Workspace:
        """Unlock as whoever has this passphrase."""
        return open_unlocked(self.folder, unlock(self.folder, passphrase), clock=SteppingClock(NOW))


def agreeing(folder: Path, passphrase: str = SECOND) -> SecondPerson:
    """Return whoever types this passphrase as a second person, whether they may be one or not."""
    entry = slots.enter(StoreFolder(folder).read_keys(), passphrase)
    return SecondPerson(entry.slot.officer, Signer(entry.secrets.seed))


def founded(folder: Path) -> Workspace:
    """Return a new store, open, its founder (a supervisor) at work."""
    file, secrets = slots.found("STORE", "FOUNDER", FOUNDER, QUICK)
    keys: Keys = keys_of(file, slots.Entry(file.slots[0], secrets))
    officer = {"name": "Arta Hoxha", "initials": "AH"}
    return create_store(folder, FOUNDER, dict(OFFICE), dict(officer), clock=SteppingClock(BEGAN), keys=keys)


def joined(workspace: Workspace, name: str, role: str, passphrase: str) -> str:
    """Add an officer with a role and a passphrase of their own; return their identifier."""
    uid = new_record(
        workspace, "officer", {"name": name, "initials": name[0] + name.split()[-1][0], "role": role}
    ).record
    key_file = workspace.folder.read_keys()
    own = slots.enter(key_file, FOUNDER)
    give_passphrase(workspace, PreparedSlot(uid, *slots.add_officer(key_file, own, uid, passphrase, QUICK)))
    return uid


def with_code(people: People, code: str) -> People:
    """Let a recovery code open the store, as a store that is made to the end has one."""
    founder = people.at_work(FOUNDER)
    file, secrets = slots.with_recovery(founder.folder.read_keys(), FOUNDER, code, QUICK, founder.protection)
    founder.folder.write_keys(file)
    trust_recovery_code(founder, Signer(secrets.seed).public)
    founder.lock()
    return people


def office(folder: Path) -> People:
    """Make a closed store with four officers: made once in a process, and from then on a copy of that."""
    _, made = _office()
    shutil.copytree(made.folder, folder)
    return replace(made, folder=folder)


@cache
def _office() -> tuple["tempfile.TemporaryDirectory[str]", People]:
    """Return the store of which all others are copies, and what removes it in the end."""
    place = tempfile.TemporaryDirectory(prefix="avrr-people-")
    workspace = founded(Path(place.name) / "office.avrr")
    worker = joined(workspace, "Besnik Leka", "case_worker", WORKER)
    reader = joined(workspace, "Јелена Мутавџић", "read_only", READER)
    second = joined(workspace, "Vesna Šipčić", "supervisor", SECOND)
    made = People(workspace.folder.path, workspace.actor, worker, reader, second)
    workspace.lock()
    for passphrase in (WORKER, READER, SECOND):
        theirs = open_unlocked(made.folder, unlock(made.folder, passphrase), clock=SteppingClock(BEGAN))
        chose_own_passphrase(theirs)
        theirs.lock()
    return place, made
