"""Files on their way out: written down first, then written, then written down as left; whatever ends in between is told truly.

A file that lies outside and of which nobody knows is a leak. So the line comes before the file, and what a killed program or
a full disk left open is looked at once more at the next unlock: a file that lies there whole left, another one did not.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.files import check_folder, free_name, sweep_parts, write_new
from avrr_desktop.operations.session.access_log import note
from avrr_desktop.operations.session.workspace import Workspace

_KEY = "leaving "  # and an identifier: what is on its way, in the settings of this computer; each file behind that
IS_LEAVING, NOT_LEFT = "leaving", "not_left"
Line = dict[str, str | int | tuple[str, ...]]  # ``what``, ``case`` and the other values of ``accesses.note``
Row = tuple[int, str]  # a line of the outbox, and the state that it had before


@dataclass(slots=True)
class Leaving:
    """What is on its way to one folder. ``line``: what is written down once it is there, as for ``accesses.note``."""

    workspace: Workspace
    folder: Path
    line: Line
    total: int  # how many files are to leave
    key: str = ""  # empty: nothing is written down
    row: Row | None = None
    written: list[Path] = field(default_factory=list)

    def write(self, name: str, content: bytes) -> Path:
        """Write one file whole under a name that nothing has yet; return where it lies. Raises StoreError."""
        expected = free_name(self.folder / name)
        digest = hashlib.sha256(content).hexdigest()
        self._expect(expected, digest)
        path = write_new(expected, content)
        self.written.append(path)
        if path != expected:  # somebody else took the name just now
            self._expect(path, digest, len(self.written) - 1)
        return path

    def stop(self) -> None:
        """Let no more files leave than those that were written: somebody stopped between two of them."""
        self.total = len(self.written)

    def _expect(self, path: Path, digest: str, number: int | None = None) -> None:
        if self.key:
            place = f"{self.key} {len(self.written) if number is None else number:05d}"
            self.workspace.store.local.set_setting(place, json.dumps([str(path), digest]))


@contextmanager
def leaving(
    workspace: Workspace, folder: Path, line: Line, *, total: int = 1, document: int = 0,
    noted: bool = True,
) -> Iterator[Leaving]:  # fmt: skip
    """Write files out inside of this: before the first one, and after the last, what leaves is written down.

    ``line``: the line for when it left: ``what`` and values of ``accesses.note``; ``document``: its line in the outbox;
    ``noted``: False in a practice store, whose invented people are written down nowhere. Raises StoreError with what is true.
    """
    check_folder(folder)
    settle(workspace)
    sweep_parts(folder, workspace.clock.now().timestamp())
    way = Leaving(workspace, folder, dict(line), total)
    if noted:
        _begin(way, document)
    try:
        yield way
    except BaseException:
        with suppress(StoreError):  # the next unlock looks at it once more
            settle(workspace)
        raise
    if noted:
        _finish(way)


def leave(workspace: Workspace, folder: Path, files: Mapping[str, bytes], line: Line) -> tuple[Path, ...]:
    """Write files by their names into a folder, as ``leaving`` does; return where they lie. Raises StoreError."""
    with leaving(workspace, folder, line, total=len(files)) as way:
        return tuple(way.write(name, content) for name, content in files.items())


def _begin(way: Leaving, document: int) -> None:
    workspace = way.workspace
    way.line.setdefault("officer", workspace.actor)
    try:
        with workspace.store.transaction():
            way.key = _KEY + workspace.ids.new()
            way.row = workspace.store.local.begin_leaving(document) if document else None
            head = {"folder": str(way.folder), "line": way.line, "total": way.total, "row": way.row}
            workspace.store.local.set_setting(way.key, json.dumps(head, ensure_ascii=False))
            _note(workspace, way.line, IS_LEAVING, way.total)
    except StoreError:
        raise StoreError(
            N_("Nothing was handed over: the hand-over could not be recorded first."),
            N_("No file was written. Check that the disk of the store has free space, then try again."),
        ) from None


def _finish(way: Leaving) -> None:
    """Write down that it left; where that fails, take the files back: nothing lies outside without its line."""
    try:
        _end(way.workspace, way.key, way.line, len(way.written), way.total, way.row)
    except StoreError:
        try:
            for path in way.written:
                path.unlink()
        except OSError:
            raise StoreError(
                N_("The file is in the folder, but the hand-over could not be recorded yet."),
                N_(
                    "It is listed as being handed over. Free some space on the disk of the store: the next unlock "
                    "records it."
                ),
            ) from None
        raise StoreError(
            N_("The hand-over could not be recorded, so the file was removed again."),
            N_("Nothing was written to the folder. Check that the disk of the store has free space, then try again."),
        ) from None


def settle(workspace: Workspace) -> None:
    """Tell what became of everything that was on its way when the program ended. Raises StoreError.

    A folder that is not there just now, as a stick in somebody's pocket, is looked for again at the next unlock.
    """
    held = workspace.store.local.settings(_KEY)
    for key in [key for key in held if key.count(" ") == 1]:
        try:
            head = json.loads(held[key])
            files = [json.loads(held[one]) for one in held if one.startswith(key + " ")]
            folder, total, row = Path(head["folder"]), int(head["total"]), _row(head["row"])
            line: Line = {
                str(name): tuple(value) if isinstance(value, list) else value for name, value in head["line"].items()
            }
            whole = sum(_lies_whole(Path(path), digest) for path, digest in files)
        except (ValueError, TypeError, KeyError, AttributeError):  # nobody can say any more what this was
            workspace.store.local.forget_settings(key)
            continue
        if whole < len(files) and not folder.is_dir():
            continue
        sweep_parts(folder, workspace.clock.now().timestamp())
        _end(workspace, key, line, whole, total, row)


def _row(held: Any) -> Row | None:
    return (int(held[0]), str(held[1])) if held else None


def _lies_whole(path: Path, digest: str) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False


def _end(workspace: Workspace, key: str, line: Line, left: int, total: int, row: Row | None) -> None:
    local, at = workspace.store.local, workspace.clock.now().isoformat(timespec="seconds")
    with workspace.store.transaction():
        if left < total:
            _note(workspace, line, NOT_LEFT, total - left if total > 1 else 0)
        if left:
            _note(workspace, line, str(line["what"]), left if total > 1 else 0)
        if row is not None and left:
            local.left(row[0], at, str(line["officer"]), str(line.get("recipient", "")), str(line.get("closing", "")))
        elif row is not None:
            local.stayed(*row)
        local.forget_settings(key)


def _note(workspace: Workspace, line: Line, what: str, count: int) -> None:
    values: Line = {key: value for key, value in line.items() if key not in ("what", "case", "closing")}
    if count and ("count" in line or what == NOT_LEFT):
        values["count"] = count
    note(workspace, what, case=str(line.get("case", "")), **values)
