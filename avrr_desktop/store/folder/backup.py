"""Backups of a store: written whole, opened again and compared before they count; the only good one is never deleted.

A backup is a folder like a store (``NAME-0007.avrr-backup/``: ``store.db``, both key files) with a small manifest that holds
no word of any case. It is encrypted as the store is and opens with the passphrase of its day. The files of cases lie beside
the backups, in a pool that all of them share.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path

from avrr_desktop.domain.errors import DamagedError, StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.policy import KEPT
from avrr_desktop.files import put_in_place, read_small, sync_folder, write_whole
from avrr_desktop.keys import slots
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.folder import backup_files
from avrr_desktop.store.folder.folder import (
    BACKUP,
    MOST,
    Restored,
    StoreFolder,
    free_name,
    moved_aside,
    refuse_moved_aside,
    sweep_begun,
)
from avrr_desktop.store.journal.journal import Journal
from avrr_desktop.store.journal.quarantine import Quarantine
from avrr_desktop.store.journal.verifying import chain_fault
from avrr_desktop.store.local.local import Local
from avrr_desktop.store.reading.cases import Reader

KEPT_PERIODS: tuple[tuple[Callable[[date], str], int], ...] = (
    (lambda day: day.isoformat(), 7),
    (lambda day: str(day.isocalendar()[:2]), 5),
    (lambda day: f"{day:%Y-%m}", 12),
)
KEPT_FAULTY = 5
KNOWN_AHEAD = (
    "known_ahead"  # local setting: newest entries of backups over which an older one was brought back on purpose
)
_LARGEST = 50_000_000  # bytes of a manifest: it names every file of cases
PARTS = 4  # of the writing of a backup: copy, files of cases, comparison, name
Progress = Callable[[int, int], bool]  # (done, of all) -> whether to go on
_NAMED = re.compile(r"(?P<name>.+)-(?P<sequence>[0-9]{4,9})\.avrr-backup")
_KEYS = ("keys-a.json", "keys-b.json")
HEAD = "head"  # see store/journal/heads.py


def always(_done: int, _all: int) -> bool:
    """Go on, whatever was done."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself. ``newest``: the name of the last entry in it; ``digest``: of its ``store.db``."""

    store: str
    sequence: int
    entries: int
    newest: str
    made_at: str  # UTC
    size: int
    digest: str
    files: backup_files.Files = field(default_factory=dict)  # of cases, in the pool
    fault: str = ""  # what was wrong with the store itself: the backup is as faulty as it

    def to_bytes(self) -> bytes:
        """Return the file; a good backup says nothing of faults, as always."""
        content = {key: value for key, value in asdict(self).items() if key != "fault" or value}
        return json.dumps(content, indent=1).encode("ascii") + b"\n"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup on a disk or stick; ``manifest`` is None where it cannot be read or the file is cut."""

    path: Path
    sequence: int
    manifest: Manifest | None

    @property
    def whole(self) -> bool:
        """Return whether its manifest can be read and the pool holds every file that it names."""
        return self.manifest is not None and backup_files.all_there(_pool(self.path), self.manifest.files)

    @property
    def good(self) -> bool:
        """Return whether it can be read, and the store was sound when it was made."""
        return self.manifest is not None and not self.manifest.fault


def backups_in(folder: Path, store: str = "") -> list[Backup]:
    """Return the backups of a store (or of all) in a folder, the highest sequence first. An unreachable folder has none."""
    found = []
    try:
        names = sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError:
        return []
    for path in names:
        match = _NAMED.fullmatch(path.name)
        if match:
            manifest = _manifest(path)
            if not store or (manifest and manifest.store == store):
                found.append(Backup(path, int(match["sequence"]), manifest))
    return sorted(found, key=lambda backup: -backup.sequence)


def _manifest(path: Path) -> Manifest | None:
    try:
        data = json.loads(read_small(path / "backup.json", _LARGEST))
        made = Manifest(**data)
        numbers = (made.sequence, made.entries, made.size)
        texts = (made.store, made.newest, made.made_at, made.digest, made.fault)
        whole = (path / "store.db").stat().st_size == made.size
        whole = whole and datetime.fromisoformat(made.made_at).tzinfo is not None
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    right = all(type(number) is int and 0 <= number <= MOST * MOST for number in numbers[2:])
    right = right and all(type(number) is int and 0 <= number <= MOST for number in numbers[:2])
    right = right and all(type(text) is str and len(text) < 1000 for text in texts)
    return made if right and whole and backup_files.checked(made.files) else None


def _files_kept(connection: Connection) -> frozenset[str]:
    """Return the contents that cases name, and what waits in quarantine."""
    return Reader(connection).files_named() | Quarantine(connection).files()


def write_backup(
    connection: Connection,
    key: bytes,
    source: Path,
    folder: Path,
    made_at: str,
    progress: Progress = always,
    kept: int = KEPT,
) -> Backup:
    """Write, open again and compare a backup of an open store; then take old ones away. Raises StoreError.

    ``source``: the folder of the store. Nothing half-made ever stands under a final name; earlier backups stay
    untouched when anything fails. ``progress``: hears which of four parts is done and says whether to go on. ``kept``: as for ``rotate``.
    """
    key_file = _key_file(source)
    _make(folder)
    sequence = 1 + max((backup.sequence for backup in backups_in(folder)), default=0)
    final = folder / f"{source.stem}-{sequence:04d}{BACKUP}"
    part = folder / f".part-{source.stem}-{sequence:04d}-{os.getpid()}"
    _sweep(folder, rf"\.part-{re.escape(source.stem)}-\d{{4,}}-\d+")
    try:
        with _cleaned(part):
            _make(part)
            fault = _copied(connection, source, part / "store.db", key)
            _go_on(progress, 1)
            pool = backup_files.pool_of(folder, source.stem)
            files = backup_files.copy_to_pool(source, pool, _files_kept(connection), key)
            for name in _KEYS:
                write_whole(part / name, key_file.to_bytes())
            with suppress(OSError):  # where each chain ends, signed: it only tells
                write_whole(part / HEAD, read_small(source / HEAD, _LARGEST))
            _go_on(progress, 2)
            entries, newest = _held(part / "store.db", key)  # of the copy: somebody may go on writing into the store
            manifest = Manifest(
                store=key_file.copy, sequence=sequence, entries=entries, newest=newest, made_at=made_at,
                size=(part / "store.db").stat().st_size, digest=digest_of(part / "store.db"), files=files, fault=fault,
            )  # fmt: skip
            write_whole(part / "backup.json", manifest.to_bytes())
            verify(part, manifest, key, pool)
            _go_on(progress, 3)
            _sync(part / "store.db")
            sync_folder(part)
            put_in_place(part, final)
            sync_folder(folder)
    except OSError as error:
        raise _not_written(error) from None
    progress(PARTS, PARTS)
    if not ahead_of(connection, folder, key_file.copy):
        rotate(folder, key_file.copy, kept)
    return Backup(final, sequence, manifest)


def _copied(connection: Connection, source: Path, target: Path, key: bytes) -> str:
    """Copy an open store; return what is wrong with the store itself, empty for nothing. Raises StoreError, OSError.

    A store whose history does not hold is copied as it is; one whose pages cannot be read, byte for byte: what can still
    be saved of it is in the copy.
    """
    before = Journal(connection, os.urandom).count()
    try:
        connection.execute("VACUUM INTO ?", (str(target),))
    except StoreError as error:
        target.unlink(missing_ok=True)
        if not isinstance(error, DamagedError):
            raise _not_written(OSError()) from None  # the driver speaks of the store: that one is well
        shutil.copyfile(source / "store.db", target)
        return "pages"
    if _held(target, key)[0] < before:
        raise damaged()
    found = chain_fault(connection)
    return found.reason if found is not None else ""


def ahead_of(connection: Connection, folder: Path, store: str) -> list[Backup]:
    """Return the good backups whose last entry the store lacks: an older file was put in its place, and nobody said so.

    Over whom somebody brought an older backup back on purpose is known, and not among them.
    """
    known = set(json.loads(Local(connection, lambda: None).setting(KNOWN_AHEAD, "[]")))
    journal = Journal(connection, os.urandom)
    return [
        one
        for one in backups_in(folder, store)
        if one.good and one.manifest and one.manifest.newest not in known and journal.named(one.manifest.newest) is None
    ]


def _go_on(progress: Progress, done: int) -> None:
    if not progress(done, PARTS):
        raise StoreError(
            N_("The backup was cancelled before it was complete, and removed."),
            N_("The store and the earlier backups were not changed. Make a backup when there is time."),
        )


def _held(file: Path, key: bytes) -> tuple[int, str]:
    """Return how many entries a copy holds and the name of the newest."""
    try:
        connection = Connection(file, key, read_only=True, immutable=True)
    except StoreError:
        return 0, ""  # its pages cannot be read
    try:
        journal = Journal(connection, os.urandom)
        return journal.count(), journal.newest_name()
    except StoreError:
        return 0, ""
    finally:
        connection.close()


def verify(path: Path, manifest: Manifest, key: bytes, pool: Path | None = None) -> None:
    """Open a backup and compare it with what it says of itself. Raises StoreError: it does not count as a backup."""
    if not backup_files.all_there(pool or _pool(path), manifest.files):
        raise backup_files.not_whole()
    file = path / "store.db"
    try:
        same = file.stat().st_size == manifest.size and digest_of(file) == manifest.digest
        key_file_of(path, manifest)
    except OSError:
        raise damaged() from None
    if not same:
        raise damaged()
    if manifest.fault == "pages":
        return  # the same bytes as the store's, and as faulty
    connection = Connection(file, key, read_only=True, immutable=True)
    try:
        sound = not connection.rows("PRAGMA cipher_integrity_check")
        sound = sound and connection.one("PRAGMA integrity_check") == ("ok",)
        journal = Journal(connection, os.urandom)
        if not sound or (journal.count(), journal.newest_name()) != (manifest.entries, manifest.newest):
            raise damaged()
        if chain_fault(connection) is not None and not manifest.fault:
            raise damaged()
    finally:
        connection.close()


def rotate(folder: Path, store: str, kept: int = KEPT) -> None:
    """Take backups of a store away that are neither among the newest nor the last of a day, week or month.

    By sequence: a wrong clock only decides to which day one belongs. Those of a faulty store are counted apart, so that
    they push no good one out; unreadable ones are left alone.
    """
    found = [backup for backup in backups_in(folder, store) if backup.manifest is not None]
    good, faulty = ([one for one in found if one.good is wanted] for wanted in (True, False))
    staying = {one.path for one in (*_staying(good, kept), *faulty[:KEPT_FAULTY])}
    for backup in found:
        if backup.path not in staying:
            with suppress(OSError):  # another time
                shutil.rmtree(backup.path)
    left: dict[Path, list[Manifest | None]] = {}
    for backup in backups_in(folder):
        left.setdefault(_pool(backup.path), []).append(backup.manifest)
    for pool, manifests in left.items():
        known = [manifest.files for manifest in manifests if manifest is not None]
        if len(known) == len(manifests):  # nobody knows what a backup that cannot be read still needs
            backup_files.sweep_pool(pool, known)


def _staying(good: list[Backup], kept: int) -> list[Backup]:
    """Return those of some good backups, the newest first, that stay."""
    staying = good[: max(kept, 1)]
    for period, count in KEPT_PERIODS:
        last: dict[str, Backup] = {}
        for one in good:
            if one.manifest is not None:
                last.setdefault(period(datetime.fromisoformat(one.manifest.made_at).date()), one)
        staying += list(last.values())[:count]
    return staying


def _pool(backup: Path) -> Path:
    match = _NAMED.fullmatch(backup.name)
    return backup_files.pool_of(backup.parent, match["name"] if match else backup.stem)


def restore(backup: Path, target: Path, before_moving: Callable[[], None] = lambda: None) -> Path | None:
    """Put a backup into a store's folder; return where the store that was there went, None when there was none.

    The copy is compared with its manifest before anything is moved. The store that was there is moved aside, never
    overwritten; the restored one writes under a new incarnation, because it lies in another file, and whoever unlocks it
    next is told. Raises StoreError. ``before_moving``: lets go of the store that is there, once the copy is whole. Ended
    between the two moves, the store that was there is found by ``store.folder.moved_aside``.
    """
    manifest = manifest_of(backup)
    key_file = key_file_of(backup, manifest)
    earlier = moved_aside(target)  # where the last try was cut off
    part = target.with_name(f".part-{target.name}-{os.getpid()}")
    sweep_ended(target)
    try:
        with _cleaned(part):
            _make(part)
            shutil.copyfile(backup / "store.db", part / "store.db")
            if digest_of(part / "store.db") != manifest.digest:
                raise damaged()
            copy = StoreFolder(part)
            copy.write_keys(key_file)
            backup_files.restore_files(_pool(backup), manifest.files, part)
            aside = free_name(target) if target.exists() else None
            kept = aside or earlier
            copy.say_restored(Restored(manifest.sequence, manifest.made_at, kept.name if kept else ""))
            _sync(part / "store.db")
            sync_folder(part)
            before_moving()
            _exchange(part, target, aside)
    except OSError as error:
        raise _not_written(error) from None
    return kept


def _exchange(part: Path, target: Path, aside: Path | None) -> None:
    """Move what is there aside and the finished copy into its place; both, or neither. Raises OSError, StoreError."""
    if aside is not None:
        put_in_place(target, aside)
    try:
        put_in_place(part, target)
    except OSError:
        if aside is not None:
            with suppress(OSError):
                put_in_place(aside, target)
            refuse_moved_aside(target)  # in words of its own where even that fails
        raise
    with suppress(OSError):  # it stands where it belongs
        sync_folder(target.parent)


def key_file_of(backup: Path, manifest: Manifest) -> slots.KeyFile:
    """Return the key file of a backup, out of whichever copy is whole. Raises StoreError where none belongs to it."""
    key_file = _key_file(backup)
    if key_file.copy != manifest.store:
        raise damaged()
    return key_file


def manifest_of(backup: Path) -> Manifest:
    """Return what a backup says of itself. Raises StoreError where that cannot be read."""
    manifest = _manifest(backup)
    if manifest is None:
        raise damaged()
    return manifest


def rehearsal_prefix(store: Path) -> str:
    """Return how the folders begin, beside a store, in which its backups are rehearsed."""
    return f".rehearsal-{store.name}-"


def trial_prefix(store: Path) -> str:
    """Return how the folders begin, beside a store, in which a change of its tables is tried."""
    return f".trial-{store.name}-"


def sweep_ended(store: Path) -> None:
    """Take away what a restore, a rehearsal or a trial beside this store left when its program was ended.

    To be called by whoever holds the lock of the store, or where there is none yet: no other program is at it then.
    """
    begun = "|".join(re.escape(prefix) for prefix in (rehearsal_prefix(store), trial_prefix(store)))
    sweep_begun(store)
    _sweep(store.parent, rf"(?:{begun})\w+")


def _sweep(folder: Path, named: str) -> None:
    with suppress(OSError):  # another time
        for path in sorted(folder.iterdir()):
            if re.fullmatch(named, path.name) and path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)


def digest_of(path: Path) -> str:
    """Return the hash of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def damaged() -> StoreError:
    """Return the error for a backup that is not what it says."""
    return StoreError(
        N_("This backup is damaged or incomplete. It cannot be used."),
        N_("Nothing was changed. Use the previous one, and check the disk or stick."),
    )


def _key_file(source: Path) -> slots.KeyFile:
    for name in _KEYS:
        with suppress(OSError, ValueError, StoreError):
            return slots.read(read_small(source / name))
    raise slots.damaged()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # a folder that was there stays as its owner made it
    except OSError:
        raise unreachable() from None


def unreachable() -> StoreError:
    """Return the error for a folder or stick that is not there."""
    return StoreError(
        N_("The folder for the backups cannot be reached."),
        N_("No backup was made; the store was not changed. Plug the stick in, or choose another folder."),
    )


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def _cleaned(part: Path) -> Iterator[None]:
    """Whatever happens, nothing half-made is left behind."""
    try:
        yield
    finally:
        if part.exists():
            shutil.rmtree(part, ignore_errors=True)


def _not_written(error: OSError) -> StoreError:
    if error.errno == 28:
        return StoreError(
            N_("The backup was not written: the disk or stick is full."),
            N_("The store and the earlier backups were not changed. Free some space, or choose another place."),
        )
    return StoreError(
        N_("The backup could not be written and checked."),
        N_(
            "The store and the earlier backups were not changed. Check that the folder or stick is available "
            "and writable."
        ),
    )
