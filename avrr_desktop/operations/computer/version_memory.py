"""What this computer remembers of versions: the highest that it trusted, what was installed, which store was brought over.

It lies beside the stores and names no person. An old package is refused by it even where the program itself was put back.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import TypeVar

from avrr_desktop import __version__
from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.domain.release import version_key
from avrr_desktop.files import private_folder, read_small, write_whole
from avrr_desktop.locations import data_folder

T = TypeVar("T")
KEPT = 20  # of each list, the newest


@dataclass(frozen=True, slots=True)
class Installed:
    """A version that was put in place. ``at``: the moment in UTC."""

    version: str
    before: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """A store whose tables were changed, and the backup that was made first."""

    store: str
    before: int
    after: int
    backup: str
    at: str


@dataclass(frozen=True, slots=True)
class Memory:
    """All of it; ``highest`` is never lower than the version that runs."""

    highest: str = __version__
    installed: tuple[Installed, ...] = ()
    migrated: tuple[Migrated, ...] = ()


def _file() -> Path:
    return data_folder() / "versions.json"


def read_memory() -> Memory:
    """Return what is remembered; only the version that runs where nothing is, or where it cannot be read."""
    try:
        found = json.loads(read_small(_file()).decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        return Memory()
    if not isinstance(found, dict):
        return Memory()
    try:
        highest = max(str(found.get("highest")), __version__, key=version_key)
    except ValueError:
        highest = __version__
    return Memory(highest, _entries(found.get("installed"), Installed), _entries(found.get("migrated"), Migrated))


def _entries(found: object, kind: Callable[..., T]) -> tuple[T, ...]:
    """Return the entries of a kind that can be read; keys of newer programs are passed over."""
    names, entries = {one.name: one.type for one in fields(kind)}, list[T]()  # type: ignore[arg-type]
    for one in found if isinstance(found, list) else ():
        with suppress(TypeError, AttributeError):
            values = {key: value for key, value in one.items() if key in names}
            if all(type(value) is names[key] for key, value in values.items()):
                entries.append(kind(**values))
    return tuple(entries)


def _keep(memory: Memory) -> None:
    with suppress(OSError, ExpectedError):  # forgetting must not stop anybody's work
        private_folder(data_folder().resolve())
        write_whole(_file(), json.dumps(asdict(memory), indent=1).encode("utf-8"))


def remember_seen(version: str) -> None:
    """Remember that a release with this number, and a good signature, was seen here."""
    memory = read_memory()
    if version_key(version) > version_key(memory.highest):
        _keep(replace(memory, highest=version))


def remember_installed(installed: Installed) -> None:
    """Remember that a version was put in place."""
    memory = read_memory()
    _keep(replace(memory, installed=(*memory.installed, installed)[-KEPT:]))


def remember_migrated(migrated: Migrated) -> None:
    """Remember that a store is brought to another schema, and where the way back lies."""
    memory = read_memory()
    _keep(replace(memory, migrated=(*memory.migrated, migrated)[-KEPT:]))
