"""Files of a case: added without the place of the photo, opened under names that say nothing, wiped at the lock."""

import io
import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import BadInputError, NotFoundError, RefusedError, StoreError
from avrr_desktop.domain.media.file_kinds import LIMIT
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.locations import data_folder
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.files.files import (
    add_files,
    attach_file,
    file_content,
    file_preview,
    files_of,
    open_file,
    remove_file,
    store_file,
    sweep_files,
)
from avrr_desktop.operations.files.opened_files import opened_folder, put_out, wipe_opened
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.folder.attachments import names_in, place_of
from tests.support import media, stores
from tests.support.media import KINDS, PLACE

PDF = KINDS["application/pdf"]


def record_of(workspace: Workspace, case: str, uid: str) -> Record:
    return next(record for record in files_of(read_case(workspace, case)) if record.uid == uid)


def sealed(workspace: Workspace) -> set[str]:
    return set(names_in(workspace.folder.path / "files"))


def in_days(workspace: Workspace, days: float) -> None:
    """Let days go by for the files on the disk: their time is the computer's, the workspace's is the tests'."""
    folder, now = workspace.folder.path / "files", workspace.clock.now()
    for name in sealed(workspace):
        moment = (now - timedelta(days=days)).timestamp()
        os.utime(place_of(folder, name), (moment, moment))


@pytest.mark.parametrize("media_type", KINDS)
def test_a_file_comes_back_as_it_was_added(workspace: Workspace, family: CaseFile, media_type: str) -> None:
    made = attach_file(workspace, family.case.uid, KINDS[media_type], name="извод.pdf", keep_position=True)
    case_file = read_case(workspace, family.case.uid)
    [record] = files_of(case_file)
    assert record.uid == made.record
    assert file_content(workspace, case_file, record.uid) == KINDS[media_type]
    assert (record.text("name"), record.text("media_type")) == ("извод.pdf", media_type)
    assert (record.whole("size"), record.text("added_on")) == (len(KINDS[media_type]), "2026-06-15")


def test_a_file_is_read_from_the_disk_and_belongs_to_a_paper(
    workspace: Workspace, family: CaseFile, tmp_path: Path
) -> None:
    (tmp_path / "Đorđević.pdf").write_bytes(PDF)
    paper = family.papers[0].uid
    made = attach_file(workspace, family.case.uid, tmp_path / "Đorđević.pdf", {"paper": paper, "remarks": "scan"})
    record = record_of(workspace, family.case.uid, made.record)
    assert (record.text("name"), record.text("paper"), record.text("remarks")) == ("Đorđević.pdf", paper, "scan")
    whole = stores.reopened(workspace)
    try:
        assert file_content(whole, read_case(whole, family.case.uid), made.record) == PDF
        assert record_of(whole, family.case.uid, made.record).text("digest") == record.text("digest")
    finally:
        whole.lock()


def test_nothing_of_a_file_lies_readable_beside_the_store(workspace: Workspace, family: CaseFile) -> None:
    word = "Zvrkonjić"
    attach_file(workspace, family.case.uid, f"{word} lives there".encode(), name=f"{word}.txt")
    workspace.lock()
    for path in workspace.folder.path.rglob("*"):
        assert word not in path.name
        assert path.is_dir() or word.encode() not in path.read_bytes()


@pytest.mark.parametrize("kept", [False, True])
def test_the_place_of_a_photo_stays_only_on_purpose_and_that_is_written_down(
    workspace: Workspace, family: CaseFile, kept: bool
) -> None:
    made = attach_file(workspace, family.case.uid, media.photo(), name="photo.jpg", keep_position=kept)
    case_file = read_case(workspace, family.case.uid)
    assert (PLACE in file_content(workspace, case_file, made.record)) == kept
    assert record_of(workspace, family.case.uid, made.record).yes("position_kept") == kept
    plain = attach_file(workspace, family.case.uid, PDF, name="a.pdf", keep_position=True)
    assert not record_of(workspace, family.case.uid, plain.record).yes("position_kept"), "there was none to keep"


def test_a_damaged_photo_is_added_only_with_its_place(workspace: Workspace, family: CaseFile) -> None:
    broken = media.photo()[:60]
    with pytest.raises(RefusedError):
        attach_file(workspace, family.case.uid, broken, name="photo.jpg")
    assert sealed(workspace) == set()
    made = attach_file(workspace, family.case.uid, broken, name="photo.jpg", keep_position=True)
    assert record_of(workspace, family.case.uid, made.record).yes("position_kept")


@pytest.mark.parametrize("what", ["missing", "a folder", "too large", "a program", "a pipe"])
def test_what_cannot_be_added_is_told_and_nothing_is_stored(
    workspace: Workspace, family: CaseFile, tmp_path: Path, what: str
) -> None:
    path = tmp_path / "x"
    if what == "a folder":
        path.mkdir()
    elif what == "a pipe":
        os.mkfifo(path)
    elif what != "missing":
        path.write_bytes(b"a" * (LIMIT + 1) if what == "too large" else b"\x7fELF\0")
    before = workspace.store.journal.count()
    with pytest.raises((BadInputError, RefusedError)) as told:
        attach_file(workspace, family.case.uid, path)
    assert "Nothing was added" in told.value.hint
    assert str(tmp_path) not in f"{told.value.title}{told.value.hint}{told.value.values}"
    assert (sealed(workspace), workspace.store.journal.count()) == (set(), before)


def test_several_files_are_one_act(workspace: Workspace, family: CaseFile) -> None:
    case = family.case.uid
    stored = [store_file(workspace, content, "a name") for content in (PDF, media.photo())]
    assert "a name" not in repr(stored)
    changes = add_files(workspace, case, stored)
    assert len(files_of(read_case(workspace, case))) == 2
    undo(workspace, changes.change_id)
    assert files_of(read_case(workspace, case)) == ()


def test_a_file_without_a_name_gets_one_that_says_its_kind(workspace: Workspace, family: CaseFile) -> None:
    made = attach_file(workspace, family.case.uid, PDF, name="../..")
    assert record_of(workspace, family.case.uid, made.record).text("name") == "file.pdf"


def test_a_removed_file_comes_back_by_undo_and_is_swept_seven_days_later(
    workspace: Workspace, family: CaseFile
) -> None:
    case = family.case.uid
    made = attach_file(workspace, case, PDF, name="a.pdf")
    in_days(workspace, 400)
    gone = remove_file(workspace, record_of(workspace, case, made.record), case)
    now = workspace.clock.now()
    for name in sealed(workspace):  # removed just now, by the clock of the disk: the tests' clock stands elsewhere
        assert place_of(workspace.folder.path / "files", name).stat().st_mtime > now.timestamp() - 400 * 86400 + 1
    in_days(workspace, 6.9)
    assert sweep_files(workspace) == 0
    undo(workspace, gone.change_id)
    in_days(workspace, 400)
    assert sweep_files(workspace) == 0
    assert file_content(workspace, read_case(workspace, case), made.record) == PDF
    remove_file(workspace, record_of(workspace, case, made.record), case)
    in_days(workspace, 7.1)
    assert sweep_files(workspace) == 1
    assert sealed(workspace) == set()


def test_the_check_counts_what_is_missing_and_damaged(workspace: Workspace, family: CaseFile) -> None:
    case = family.case.uid
    for number in range(3):
        attach_file(workspace, case, f"text {number}".encode(), name="Đorđević.txt")
    assert check_store(workspace).sound
    first, second, _ = (place_of(workspace.folder.path / "files", name) for name in sorted(sealed(workspace)))
    first.unlink()
    second.write_bytes(b"")
    report = check_store(workspace)
    assert (report.files_missing, report.files_damaged, report.sound) == (1, 1, False)
    told = " ".join(report.lines(workspace.words))
    assert "1 file of a case is missing here." in told and "1 file of a case is damaged." in told
    assert "Đorđević" not in told


def test_a_preview_is_a_small_picture(workspace: Workspace, family: CaseFile) -> None:
    made = attach_file(workspace, family.case.uid, media.photo(size=(400, 300)), name="photo.jpg")
    text = attach_file(workspace, family.case.uid, b"only words", name="a.txt")
    case_file = read_case(workspace, family.case.uid)
    with Image.open(io.BytesIO(file_preview(workspace, case_file, made.record, 90))) as image:
        assert (image.format, max(image.size)) == ("PNG", 90)
    for uid in (text.record, family.case.uid):
        with pytest.raises((StoreError, NotFoundError)):
            file_preview(workspace, case_file, uid, 90)


def test_an_opened_file_is_private_and_read_only_and_goes_at_the_lock(workspace: Workspace, family: CaseFile) -> None:
    made = attach_file(workspace, family.case.uid, PDF, name="Đorđević.pdf")
    case_file = read_case(workspace, family.case.uid)
    path, again = (open_file(workspace, case_file, made.record) for _ in range(2))
    assert path.read_bytes() == again.read_bytes() == file_content(workspace, case_file, made.record)
    assert path.name == "file-1.pdf" and path != again
    assert path.is_relative_to(data_folder() / "opened")
    if os.name == "posix":
        modes = {stat.S_IMODE(folder.stat().st_mode) for folder in (path.parent, path.parent.parent, opened_folder())}
        assert modes == {0o700}
        assert stat.S_IMODE(path.stat().st_mode) == 0o400
    workspace.lock()
    assert not path.exists() and not again.exists()
    assert not opened_folder().exists()
    with pytest.raises(StoreError):
        open_file(workspace, case_file, made.record)


def test_the_lock_of_one_store_leaves_the_files_of_another(tmp_path: Path) -> None:
    mine, other = put_out(tmp_path / "a.avrr", b"x", ".txt"), put_out(tmp_path / "b.avrr", b"x", ".txt")
    assert wipe_opened(tmp_path / "a.avrr") == 0
    assert not mine.exists() and other.exists()
    assert wipe_opened() == 0
    assert not opened_folder().exists()
    assert wipe_opened() == 0, "a second time there is nothing to do"


@pytest.mark.skipif(os.name != "posix", reason="rights and links as POSIX has them")
@pytest.mark.parametrize("trap", ["a link", "a folder for everybody", "a file", "a link below"])
def test_a_place_that_somebody_prepared_is_refused(tmp_path: Path, trap: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    (elsewhere / "kept").mkdir()
    (elsewhere / "kept" / "letter.txt").write_text("kept", encoding="ascii")
    folder = opened_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    if trap == "a link":
        folder.symlink_to(elsewhere)
    elif trap == "a folder for everybody":
        folder.mkdir()
        folder.chmod(0o755)
    elif trap == "a file":
        folder.write_text("x", encoding="ascii")
    else:
        place = put_out(tmp_path / "a.avrr", b"x", ".txt").parent.parent
        wipe_opened()
        folder.mkdir(mode=0o700)
        place.symlink_to(elsewhere)
    if trap == "a folder for everybody":
        put_out(tmp_path / "a.avrr", b"x", ".txt")
        assert folder.stat().st_mode & 0o077 == 0, "closed to everybody else before anything lies in it"
    else:
        with pytest.raises(StoreError) as told:
            put_out(tmp_path / "a.avrr", b"x", ".txt")
        assert told.value.hint
    wipe_opened(tmp_path / "a.avrr")
    wipe_opened()
    assert (elsewhere / "kept" / "letter.txt").read_text(encoding="ascii") == "kept"
    assert [path.name for path in elsewhere.iterdir()] == ["kept"]


def test_after_the_lock_nothing_is_added(workspace: Workspace, family: CaseFile) -> None:
    workspace.lock()
    with pytest.raises(StoreError):
        attach_file(workspace, family.case.uid, b"x", name="a.txt")
    assert not (workspace.folder.path / "files").exists()
