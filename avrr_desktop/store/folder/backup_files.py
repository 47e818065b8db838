"""The files of cases in backups: one pool for all backups of a store, so that each file is copied once and kept while any
backup names it.

The pool lies beside the backups (``NAME-files/``). A name stands for one content, so that a file in it never changes.
"""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.files import private_folder, sync_folder, write_whole
from avrr_desktop.keys import sealed_file
from avrr_desktop.keys.derivation import subkey
from avrr_desktop.store.folder.attachments import FOLDER, NAMED, names_in, place_of

Files = Mapping[str, int]  # name -> size of the sealed file


def pool_of(folder: Path, name: str) -> Path:
    """Return the pool of the backups of one store in a folder."""
    return folder / f"{name}-{FOLDER}"


def copy_to_pool(source: Path, pool: Path, named: Iterable[str], key: bytes) -> dict[str, int]:
    """Copy what the pool does not hold yet; return what a backup made now can name. Raises StoreError, OSError.

    ``named``: what cases name, and nothing else: what was erased does not come back with a backup. A file that the store
    itself lost stays in its backups as long as a case names it. A damaged file never takes the place of a good one, and
    never keeps the rest from being backed up.
    """
    there, held = names_in(source / FOLDER), names_in(pool)
    files_key = subkey(key, "files/1")
    files = {}
    for name in sorted(set(named)):
        if name in held and held[name] == there.get(name, held[name]):
            files[name] = held[name]
            continue
        sealed = _sound(place_of(source / FOLDER, name), name, files_key)
        if sealed is not None:
            place = place_of(pool, name)
            for folder in (pool, place.parent):
                private_folder(folder)
            write_whole(place, sealed)  # reads it back and compares
        else:
            sealed = _sound(place_of(pool, name), name, files_key)
        if sealed is not None:
            files[name] = len(sealed)
    return files


def _sound(path: Path, name: str, files_key: bytes) -> bytes | None:
    try:
        sealed = path.read_bytes()
        sealed_file.open_(files_key, name, sealed)
    except (OSError, StoreError):
        return None
    return sealed


def all_there(pool: Path, files: Files) -> bool:
    """Return whether the pool holds every file of a backup, each with its size."""
    held = names_in(pool) if files else {}
    return all(held.get(name) == size for name, size in files.items())


def sweep_pool(pool: Path, named: Iterable[Files]) -> None:
    """Take away what no backup names any more, and what a cut-off copy left."""
    kept = {name for files in named for name in files}
    with suppress(OSError):  # another time
        for path in sorted(pool.glob("??/*")):
            if (
                path.is_file()
                and path.name not in kept
                and (NAMED.fullmatch(path.name) or path.name.startswith(".part-"))
            ):
                path.unlink()


def restore_files(pool: Path, files: Files, target: Path) -> None:
    """Copy the files of a backup into a store's folder. Raises StoreError where one is missing, OSError."""
    if not all_there(pool, files):
        raise not_whole()
    for name, size in files.items():
        place = place_of(target / FOLDER, name)
        for folder in (target / FOLDER, place.parent):
            private_folder(folder)
        content = place_of(pool, name).read_bytes()
        if len(content) != size:
            raise not_whole()
        with place.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    for folder in {place_of(target / FOLDER, name).parent for name in files}:
        sync_folder(folder)


def checked(files: object) -> bool:
    """Return whether a manifest's list is one: names as they are made here, whole sizes."""
    return isinstance(files, dict) and all(
        isinstance(name, str) and NAMED.fullmatch(name) and type(size) is int for name, size in files.items()
    )


def not_whole() -> StoreError:
    """Return the error for a backup of which files are missing."""
    return StoreError(
        N_("Files of cases are missing from this backup, so it is not complete."),
        N_(
            "Nothing was changed. The folder whose name ends in “-files” belongs next to the backup: copy it "
            "there, too."
        ),
    )
