"""Verbs of the files of a case: add photos and scans, read them, open them in another program, look at them, remove them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import BadInputError, ExpectedError, NotFoundError, RefusedError
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.media.file_kinds import LIMIT, MEDIA, cut_off, kind_of, safe_name, too_large
from avrr_desktop.domain.media.photo_metadata import position_may_stay, without_position
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.files import file_preview as preview
from avrr_desktop.operations.files.opened_files import put_out
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import NewRecord, commit, remove_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.folder.attachments import Attachments
from avrr_desktop.store.journal.quarantine import Quarantine


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A file that lies sealed beside the store and that no case names yet: left so, it is swept after seven days."""

    name: str = field(repr=False)
    digest: str
    size: int
    media_type: str
    position_kept: bool
    cut_off: bool = False  # kept all the same, as a photo is that ends too early: whoever adds it is told


def files_of(case_file: CaseFile) -> tuple[Record, ...]:
    """Return the files of a case, in the order in which they were added."""
    return tuple(case_file.others.get("file", ()))


@needs(Permission.RECORD)
def store_file(workspace: Workspace, source: Path | bytes, name: str = "", *, keep_position: bool = False) -> Stored:
    """Read, check and seal a file; the first half of adding it, for a worker. Raises BadInputError, RefusedError, StoreError."""
    content = _read(source) if isinstance(source, Path) else source
    media_type = kind_of(content)
    kept = content if keep_position else without_position(content, media_type)
    shown = safe_name(name or (source.name if isinstance(source, Path) else "")) or f"file{MEDIA[media_type].ending}"
    digest = _blobs(workspace).put(kept)
    stays = _has_position(content, media_type) if keep_position else position_may_stay(kept, media_type)
    return Stored(
        name=shown,
        digest=digest,
        size=len(kept),
        media_type=media_type,
        position_kept=stays,
        cut_off=cut_off(content, media_type),
    )


@needs(Permission.RECORD)
def add_files(
    workspace: Workspace, case: str, stored: Sequence[Stored], values: Mapping[str, object] | None = None
) -> Changes:
    """Write stored files down in a case, as one act. Raises BadInputError."""
    parts = [
        adding(workspace, "file", {
            **(values or {}), "name": one.name, "digest": one.digest, "size": one.size, "media_type": one.media_type,
            "added_on": workspace.today.isoformat(), **({"position_kept": True} if one.position_kept else {}),
        })
        for one in stored
    ]  # fmt: skip
    return commit(workspace, parts, case)


@needs(Permission.RECORD)
def attach_file(
    workspace: Workspace,
    case: str,
    source: Path | bytes,
    values: Mapping[str, object] | None = None,
    *,
    name: str = "",
    keep_position: bool = False,
) -> NewRecord:
    """Add one file to a case, its place data taken out unless it is kept on purpose.

    ``name``: needed with bytes. Raises BadInputError, RefusedError, StoreError; nothing is added then.
    """
    stored = store_file(workspace, source, name, keep_position=keep_position)
    changes = add_files(workspace, case, [stored], values)
    [made] = [uid for kind, uid in changes.touched if kind == "file"]
    return NewRecord(made, changes)


@needs(Permission.RECORD)
def remove_file(workspace: Workspace, record: Record, case: str) -> Changes:
    """Take a file out of a case; undo brings it back, its content stays for seven days at least."""
    _blobs(workspace).touch(record.text("digest"))
    return remove_record(workspace, record, case)


@needs(Permission.READ)
def file_content(workspace: Workspace, case_file: CaseFile, uid: str) -> bytes:
    """Return the bytes of a file. Raises NotFoundError where it is missing, StoreError where it is damaged."""
    return _blobs(workspace).get(_record(case_file, uid).text("digest"))


@needs(Permission.READ)
def open_file(workspace: Workspace, case_file: CaseFile, uid: str) -> Path:
    """Put a copy where another program can read it, until the lock, and return where. Raises NotFoundError, StoreError."""
    content = file_content(workspace, case_file, uid)
    return put_out(workspace.folder.path, content, MEDIA[kind_of(content)].ending)


@needs(Permission.READ)
def file_preview(
    workspace: Workspace, case_file: CaseFile, uid: str, pixels: int, stop: preview.Stop | None = None
) -> bytes:
    """Return a PNG of a file, at most ``pixels`` wide and high, made by a process of its own.

    ``stop`` ends the process from another thread. Raises NotFoundError, StoreError.
    """
    record = _record(case_file, uid)
    kind = MEDIA.get(record.text("media_type"))
    if kind is not None and not kind.preview:
        raise preview.no_preview()
    return preview.picture_of(file_content(workspace, case_file, uid), pixels, stop)


@needs(Permission.READ)
def sweep_files(workspace: Workspace) -> int:
    """Take away the content that no case names for seven days; return how many files went."""
    waiting = Quarantine(workspace.store.connection).files()  # they may be let in, however late
    return _blobs(workspace).sweep(workspace.store.reader.files_named() | waiting, workspace.clock.now())


@needs(Permission.READ)
def check_files(workspace: Workspace, go_on: Callable[[int], None] = lambda _: None) -> tuple[int, int]:
    """Return (how many files that cases name are missing, how many are damaged). ``go_on``: hears of each, and may raise."""
    blobs, missing, damaged = _blobs(workspace), 0, 0
    for done, name in enumerate(sorted(workspace.store.reader.files_named())):
        go_on(done)
        try:
            blobs.get(name)
        except NotFoundError:
            missing += 1
        except ExpectedError:
            damaged += 1
    return missing, damaged


def _has_position(content: bytes, media_type: str) -> bool:
    try:
        return without_position(content, media_type) != content or position_may_stay(content, media_type)
    except RefusedError:  # a damaged photo, which is only added when its place may stay
        return True


def _blobs(workspace: Workspace) -> Attachments:
    return Attachments(workspace.folder.path, workspace.files_key())


def _record(case_file: CaseFile, uid: str) -> Record:
    for record in files_of(case_file):
        if record.uid == uid:
            return record
    raise NotFoundError(N_("This record is not in this store."), N_("Nothing was changed."))


def _read(path: Path) -> bytes:
    """Return the bytes of a file on a disk, never more than one above the limit."""
    try:
        if not path.is_file():  # a folder, a pipe that nobody writes into
            raise OSError
        with path.open("rb") as file:
            content = file.read(LIMIT + 1)
    except OSError:
        raise BadInputError(
            N_("The file cannot be read."), N_("Nothing was added. Check that it still exists and can be read.")
        ) from None
    if len(content) > LIMIT:
        raise too_large()
    return content
