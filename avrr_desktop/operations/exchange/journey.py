"""A journey: a store that holds chosen cases only goes along, the rest stays closed; what changed is brought back.

Bringing back and the rescue of work out of a store that was moved aside are one thing: entries of another copy are taken in,
each once, beside what happened here meanwhile. Two values for one field are both kept and shown.
"""

import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from avrr_desktop.domain.errors import ExpectedError, RefusedError, StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.policy import JOURNEY
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.files import write_whole
from avrr_desktop.keys import slots
from avrr_desktop.keys.derivation import FILES_KEY, subkey
from avrr_desktop.keys.slots import KeyFile
from avrr_desktop.language import Language
from avrr_desktop.operations.cases.case_numbers import renumber_doubles
from avrr_desktop.operations.cases.join.families import left_over
from avrr_desktop.operations.documents.export_policy import check_way
from avrr_desktop.operations.exchange.admission import Admission
from avrr_desktop.operations.exchange.journeys import MARK, cases_of_journey, remember_journey
from avrr_desktop.operations.session.access_log import note
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.session import JOURNEY_STORE
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.folder.attachments import FOLDER as FILES
from avrr_desktop.store.folder.attachments import Attachments, names_in
from avrr_desktop.store.folder.folder import StoreFolder, made_aside
from avrr_desktop.store.journal import merge as store_taking
from avrr_desktop.store.journal.quarantine import Quarantine
from avrr_desktop.store.journal.travelling import Travelling
from avrr_desktop.store.journal.verifying import chain_fault
from avrr_desktop.store.store import Store

SUFFIX = "-journey"
KEY_NAMES = ("keys-a.json", "keys-b.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What came out of another copy."""

    entries: int
    cases: int
    renumbered: tuple[tuple[str, str], ...] = ()  # (number that two cases carried, the new number of the later one)
    refused: int = 0  # entries that wait in quarantine
    reissued: int = 0  # entries that are here under a name of their own
    joined_meanwhile: tuple[str, ...] = ()  # numbers of cases in which something came for records that were joined here

    def told(self, words: Language) -> str:
        """Return what else there is to say: new numbers, new names, what waits; empty for nothing."""
        said = [self.numbers(words)]
        if self.reissued:
            said.append(words.plural(
                "The other copy used identifiers that were already taken here: {count} entry got a new identifier.",
                "The other copy used identifiers that were already taken here: {count} entries got new identifiers.",
                self.reissued, count=self.reissued,
            ))  # fmt: skip
        if self.joined_meanwhile:
            text = N_(
                "Something came for records that were joined here meanwhile: {numbers}. Open these cases to move it."
            )
            said.append(words.text(text, numbers=", ".join(self.joined_meanwhile)))
        if self.refused:
            said.append(words.plural(
                "{count} entry was not imported: it is in quarantine, with the reason.",
                "{count} entries were not imported: they are in quarantine, with the reasons.",
                self.refused, count=self.refused,
            ))  # fmt: skip
        return " ".join(filter(None, said))

    def numbers(self, words: Language) -> str:
        """Return a sentence about the cases that got a new number; empty for none."""
        pairs = ", ".join(f"{old} → {new}" for old, new in self.renumbered)
        text = N_(
            "Two cases had the same number; the later one got a new number, and can still be found by the old "
            "one: {pairs}."
        )
        return words.text(text, pairs=pairs) if pairs else ""


@needs(Permission.MANAGE)
def take_along(
    workspace: Workspace, cases: Collection[str], target: Path, travellers: Collection[str] | None = None
) -> Path:
    """Make a store of chosen cases for a journey; it opens for those who travel. Raises StoreError, RefusedError.

    ``target``: the folder in which it is made. ``travellers``: officers; whoever is at work where none are named. It has keys of
    its own, and opens with the passphrases of those who travel, with the recovery code and by the escrow, as they are today; where
    an office shares one passphrase, with that. Officers, the office and its procedures go along; of people, partners and who looked
    only what belongs to the chosen cases; and their files. See ``domain.fields.Travels``.
    """
    check_way(workspace, JOURNEY)
    if not cases:
        raise RefusedError(N_("No case was chosen."), N_("Choose the cases to take along."))
    mark = workspace.ids.new()
    journey = target / f"{workspace.folder.path.stem}{SUFFIX}.avrr"
    key_file, key = _keys_of_journey(workspace, {workspace.actor} if travellers is None else travellers)
    with made_aside(journey) as aside:
        aside.write_keys(key_file)
        other = Store.create(aside.database, key, device=workspace.store.device)
        try:
            other.local.set_setting("partial", "1")
            other.local.set_setting(MARK, mark)
            other.local.set_setting("letters", workspace.store.new_letters())
            other.local.set_setting("identity", "")  # it writes under an incarnation of its own
            travelling = Travelling(workspace.store, cases)
            store_taking.take_in(other, travelling.entries(), travelling.left_out)
            there, here = (
                Attachments(workspace.folder.path, workspace.files_key()),
                Attachments(aside.path, subkey(key, FILES_KEY)),
            )
            _copy_files(there, here, other.reader.files_named() - set(names_in(aside.path / FILES)))
        finally:
            other.close()
        with workspace.store.transaction():
            remember_journey(workspace, mark, cases)
            note(
                workspace, "travelled", count=len(cases)
            )  # before it gets its name: no journey is out without its line
    return journey


@needs(Permission.READ)
def may_travel(workspace: Workspace) -> tuple[Record, ...]:
    """Return the officers whose own way in can go along; none where an office shares one passphrase: then it opens with that."""
    there = {slot.officer for slot in workspace.folder.read_keys().slots if slot.sealed and not slot.begun}
    grants = workspace.grants
    return tuple(
        record for record in workspace.store.reader.everything("officer")
        if record.uid in there and grants is not None and grants.role(record.uid)
    )  # fmt: skip


def _keys_of_journey(workspace: Workspace, travellers: Collection[str]) -> tuple[KeyFile, bytes]:
    """Return the key file of a journey and the key of its database. Raises RefusedError."""
    key_file = workspace.folder.read_keys()
    if not any(slot.public for slot in key_file.slots):  # one passphrase is shared: there is nobody to choose
        return key_file, workspace.database_key()
    if key_file.journey:
        raise RefusedError(
            N_("This store is itself a journey store."),
            N_("Nothing was created. Create the journey store from the store at home."),
        )
    journey = slots.new_journey()
    master = _master_of(workspace, journey)
    return slots.for_journey(key_file, journey, master, set(travellers) - {""}), subkey(master, "db/1")


def _master_of(workspace: Workspace, journey: str) -> bytes:
    return subkey(workspace.database_key(), f"journey/{journey}")


def key_of_copy(workspace: Workspace, key_file: KeyFile) -> bytes:
    """Return the key of the database of another copy of this store: a journey has its own, and it follows from the one here."""
    return subkey(_master_of(workspace, key_file.journey), "db/1") if key_file.journey else workspace.database_key()


def move_keys_away(store: Path, target: Path) -> None:
    """Take the key files of a locked store to a stick or another place: without them nobody opens it. Raises StoreError.

    They are written and read back there before they go here. RefusedError where those of another store lie.
    """
    place = StoreFolder(store)
    place.lock()
    try:
        key_file = place.read_keys()
        content = key_file.to_bytes()
        _refuse_others(target, key_file.copy)
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in KEY_NAMES:
            write_whole(target / name, content)
        for name in KEY_NAMES:
            (store / name).unlink(missing_ok=True)
    except OSError:
        raise StoreError(
            N_("The key files could not be moved."),
            N_("They are still where they were. Check the stick, and try again."),
        ) from None
    finally:
        place.unlock()


def _refuse_others(folder: Path, copy: str) -> None:
    """Raise RefusedError where key files of another store lie: written over, that one would open for nobody any more.

    Those of a journey are of another store in this: it has keys of its own.
    """
    place = StoreFolder(folder)
    if any((folder / name).exists() for name in KEY_NAMES) and place.read_keys().copy != copy:
        raise RefusedError(
            N_("There are key files of another store in this folder."),
            N_("Nothing was changed. Choose another folder or stick, so that neither store loses its keys."),
        )


def bring_keys_back(store: Path, source: Path) -> None:
    """Put the key files back beside their store. Raises StoreError, InUseError, and RefusedError for those of another store,
    of a journey, and for older ones.
    """
    try:
        key_file = StoreFolder(source).read_keys()
    except StoreError:
        raise StoreError(
            N_("There are no key files in this folder."), N_("Nothing was changed. Try the other stick.")
        ) from None
    _refuse_others(store, key_file.copy)
    StoreFolder(store).place_keys(key_file)


@needs(Permission.MANAGE)
def take_in(workspace: Workspace, other: Path, what: str = "rescued") -> TakenIn:
    """Take in what another copy of this store holds and this one does not. The other copy is only read.

    Raises StoreError when it is another store, or when its history does not hold; then nothing is taken.
    """
    with _opened(workspace, other) as copy:
        if chain_fault(copy.connection) is not None:
            raise StoreError(
                N_("The history of the other store is damaged."),
                N_("Nothing was imported. Keep it and ask for help."),
            )
        now = workspace.clock.now()
        away = _is_journey(StoreFolder(other).read_keys(), copy)
        cases = cases_of_journey(workspace, copy.local.setting(MARK)) if away else None
        admission = Admission(workspace, now, cases)
        rules = store_taking.Rules(admission.refusal, what, now)
        try:
            with workspace.store.transaction():
                arrived = store_taking.take_in(workspace.store, copy.journal.all(), rules=rules)
                renumbered = renumber_doubles(workspace)
                waiting = Quarantine(workspace.store.connection).files()
                named = (
                    copy.reader.files_named() & workspace.store.reader.files_named()
                )  # not what was erased here meanwhile
                there = Attachments(other, subkey(key_of_copy(workspace, StoreFolder(other).read_keys()), FILES_KEY))
                here = Attachments(workspace.folder.path, workspace.files_key())
                _copy_files(there, here, (named | waiting) - set(names_in(workspace.folder.path / FILES)))
                workspace.read_grants()
                if arrived.taken or arrived.refused:
                    note(workspace, what, count=arrived.taken)
        finally:
            workspace.read_grants()
    workspace.read_pack()
    return TakenIn(
        entries=arrived.taken,
        cases=len(arrived.cases),
        renumbered=renumbered,
        refused=arrived.refused,
        reissued=arrived.reissued,
        joined_meanwhile=_joined_meanwhile(workspace, arrived.cases),
    )


def _joined_meanwhile(workspace: Workspace, cases: Collection[str]) -> tuple[str, ...]:
    """Return the numbers of the cases that hold something for records which were joined here."""
    reader = workspace.store.reader
    files = (
        reader.case_file(uid)
        for uid in sorted(cases)
        if uid and reader.revision(uid) and not reader.is_removed("case", uid)
    )
    return tuple(one.case.text("number") for one in files if left_over(workspace, one))


@needs(Permission.MANAGE)
def merge_journey(workspace: Workspace, journey: Path) -> TakenIn:
    """Take in what happened on a journey, then take the store of the journey away. Raises what ``take_in`` raises.

    Only the store of a journey goes, and only into one that is none: of the two, the one at home stays.
    """
    with _opened(workspace, journey) as copy:
        ours, theirs = workspace.store_role == JOURNEY_STORE, _is_journey(StoreFolder(journey).read_keys(), copy)
        waiting = bool(copy.local.drafts())
    if ours or not theirs:
        raise RefusedError(
            N_("This is not a journey store of this office."),
            N_("Nothing was changed. Open the store at home, then choose the folder of the journey."),
        )
    if waiting:
        raise RefusedError(
            N_("The journey store has unsaved text."),
            N_(
                "Nothing was changed. Open that store, save or discard the drafts in Today, then return from the "
                "journey again."
            ),
        )
    taken = take_in(workspace, journey, "came_back")
    shutil.rmtree(journey, ignore_errors=True)
    return taken


def _is_journey(key_file: KeyFile, store: Store) -> bool:
    """Return whether a copy is on a journey: its key file tells; older ones, and those of a shared passphrase, do not."""
    return bool(key_file.journey) or (not slots.says_journey(key_file) and store.local.setting("partial") == "1")


def _copy_files(there: Attachments, here: Attachments, named: Collection[str]) -> None:
    """Copy files of cases from one store to the other, under the names that they have there; before entries name them.

    What the source itself has lost or cannot read stays missing: the check of a store tells of it. Raises StoreError.
    """
    for name in sorted(named):
        try:
            content = there.get(name)
        except ExpectedError:
            continue
        here.put_as(name, content)


@contextmanager
def _opened(workspace: Workspace, other: Path) -> Iterator[Store]:
    place = StoreFolder(other)
    if place.path.resolve() == workspace.folder.path.resolve():
        raise RefusedError(N_("This is the store that is open."), N_("Nothing was changed. Choose the other one."))
    key_file = place.read_keys()
    if key_file.store != workspace.folder.read_keys().store:
        raise RefusedError(
            N_("This is not a copy of the store that is open."), N_("Nothing was changed. Choose another folder.")
        )
    if workspace.journey and key_file.copy != workspace.folder.read_keys().copy:
        raise RefusedError(
            N_("A journey store cannot import entries from the store at home."),
            N_("Nothing was changed. Open the store at home, then choose the folder of the journey."),
        )
    place.lock()
    try:
        store = Store.open(place.database, key_of_copy(workspace, key_file))
        try:
            yield store
        finally:
            store.close()
    finally:
        place.unlock()
