"""A mark renewed at each opening, in the store and in the profile of the user: a store that was put back carries an older one.

A snapshot, a copy over the folder, a disk image of it: they bring place, file number and note back along with the store, but not what
the profile says. Where the two differ, the store goes on under a new incarnation and with letters of its own. Nothing of it keeps
anybody out: a profile that cannot be read or written says nothing.
"""

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.files import private_folder, read_small, write_whole
from avrr_desktop.locations import data_folder
from avrr_desktop.store.store import Store

_SETTING, _FOLDER, _PROFILE = "openings", "openings", "profile"
_KEPT = 50  # places that a store remembers, and files in the profile: the newest
_LARGEST = 1000  # bytes


def renew(store: Store, mark: str) -> None:
    """Compare what the store and the profile remember of each other, and let both remember a new mark. ``mark``: random.

    The profile learns the new one first as what may come, so that an end in between is no difference.
    """
    with suppress(ExpectedError, OSError):
        place = _place(store, _profile(mark))
        kept, noted = _marks(store), _noted(place)
        if noted and kept.get(place, "") not in noted:
            store.count_on_apart()
        _note(place, [kept[place], mark] if place in kept else [mark])
        marks = {**{key: value for key, value in kept.items() if key != place}, place: mark}
        store.local.set_setting(_SETTING, json.dumps(dict([*marks.items()][-_KEPT:])))
        _note(place, [mark])


def _profile(mark: str) -> str:
    """Return by what this profile is known to stores: two computers may see one stick in the same place. Raises OSError."""
    file = _file(_PROFILE)
    if not file.exists():
        _private(file)
        write_whole(file, hashlib.blake2b(mark.encode("ascii"), digest_size=16).hexdigest().encode("ascii"))
    return file.read_bytes()[:100].hex()


def _place(store: Store, profile: str) -> str:
    """Return by what a store in its place is called in the profile: no name of a folder, no name of a person."""
    said = f"{store.device}\n{profile}\n{store.path.resolve()}"
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _marks(store: Store) -> dict[str, str]:
    try:
        found = json.loads(store.local.setting(_SETTING, "{}"))
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def _file(place: str) -> Path:
    return data_folder() / _FOLDER / place


def _noted(place: str) -> list[str]:
    """Return the marks that the profile takes for those of this store; none where it knows nothing of it."""
    try:
        found = json.loads(read_small(_file(place), _LARGEST))
    except (OSError, ValueError, RecursionError):
        return []
    return [str(one) for one in found][:2] if isinstance(found, list) else []


def _note(place: str, marks: list[str]) -> None:
    file = _file(place)
    _private(file)
    write_whole(file, json.dumps(marks).encode("ascii"))
    known = sorted(
        (path for path in file.parent.iterdir() if path.name != _PROFILE), key=lambda path: path.stat().st_mtime
    )
    for old in known[:-_KEPT]:
        old.unlink(missing_ok=True)


def _private(file: Path) -> None:
    private_folder(data_folder().resolve())
    private_folder(file.parent)
