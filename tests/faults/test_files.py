"""What happens to files of cases: damaged, missing, hostile, misnamed, added twice, held open, and photos with their place."""

import hashlib
import os
import random
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import ExpectedError, NotFoundError, RefusedError, StoreError
from avrr_desktop.keys.sealed_file import CHUNK, MAGIC
from avrr_desktop.locations import log_folder
from avrr_desktop.log import Log
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.files.files import (
    attach_file,
    file_content,
    file_preview,
    files_of,
    open_file,
    remove_file,
    sweep_files,
)
from avrr_desktop.operations.files.opened_files import opened_folder, wipe_opened
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.folder.attachments import names_in, place_of
from tests.support import media
from tests.support.media import KINDS, PLACE

LONG = b"".join(hashlib.sha256(str(number).encode()).hexdigest().encode() for number in range(3 * CHUNK // 64)) + b"end"
OTHER = LONG[::-1]
SEALED_CHUNK = CHUNK + 40
Damage = Callable[[bytes, bytes], bytes]


def chunks(sealed: bytes) -> list[bytes]:
    body = sealed[len(MAGIC) :]
    return [body[start : start + SEALED_CHUNK] for start in range(0, len(body), SEALED_CHUNK)]


def flipped(sealed: bytes, _: bytes) -> bytes:
    changed = bytearray(sealed)
    bit = random.Random(zlib.crc32(sealed[:100])).randrange(8 * len(changed))
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


DAMAGE: dict[str, Damage] = {
    "a bit is turned": flipped,
    "it ends early": lambda sealed, _: sealed[: len(sealed) // 2],
    "its last chunk is cut off": lambda sealed, _: sealed[: len(MAGIC) + 3 * SEALED_CHUNK],
    "two chunks changed places": lambda sealed, _: (
        MAGIC + b"".join([chunks(sealed)[number] for number in (1, 0, 2, 3)])
    ),
    "a chunk is of another file": lambda sealed, other: MAGIC + b"".join([*chunks(sealed)[:2], *chunks(other)[2:]]),
    "it is another file": lambda _, other: other,
    "it is empty": lambda *_: b"",
}


def blob(workspace: Workspace, case: str, uid: str) -> Path:
    record = next(record for record in files_of(read_case(workspace, case)) if record.uid == uid)
    return place_of(workspace.folder.path / "files", record.text("digest"))


@pytest.mark.parametrize("damage", DAMAGE)
def test_A1_a_damaged_file_is_refused_and_named_and_the_case_still_opens(
    workspace: Workspace, family: CaseFile, damage: str
) -> None:
    case = family.case.uid
    mine, other = (attach_file(workspace, case, content, name="a.txt").record for content in (LONG, OTHER))
    path, foreign = blob(workspace, case, mine), blob(workspace, case, other)
    path.write_bytes(DAMAGE[damage](path.read_bytes(), foreign.read_bytes()))
    case_file = read_case(workspace, case)
    assert len(files_of(case_file)) == 2
    for look in (lambda: file_content(workspace, case_file, mine), lambda: open_file(workspace, case_file, mine)):
        with pytest.raises(StoreError) as told:
            look()
        assert told.value.title == "This file is damaged and cannot be opened."
        assert "case" in told.value.hint
    assert not opened_folder().exists()
    assert file_content(workspace, case_file, other) == OTHER


def test_A2_a_missing_file_is_said_to_be_missing_and_the_case_is_usable(workspace: Workspace, family: CaseFile) -> None:
    case = family.case.uid
    made = attach_file(workspace, case, LONG, name="a.txt").record
    blob(workspace, case, made).unlink()
    case_file = read_case(workspace, case)
    with pytest.raises(NotFoundError) as told:
        file_content(workspace, case_file, made)
    assert told.value.title == "This file is missing here."
    with pytest.raises(ExpectedError):
        file_preview(workspace, case_file, made, 100)
    attach_file(workspace, case, LONG, name="the same again.txt")
    assert file_content(workspace, case_file, made) == LONG, "adding it again brings it back"


HOSTILE = {
    "a bomb": media.bomb(),
    "a wide bomb": media.bomb(200_000, 2_000),
    "a bomb just over the limit": media.bomb(10_000, 5_001),
    "a photo cut off": media.photo()[:200],
    "a photo of noise": b"\xff\xd8\xff\xe0" + random.Random(1).randbytes(20_000),
    "a PNG of noise": b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(20_000),
    "a scan that refers to itself": b"II*\0\x08\0\0\0\x01\0\x00\x01\x04\0\xff\xff\xff\xff\0\0\0\0\x08\0\0\0",
    "a PDF of noise": b"%PDF-1.7\n" + random.Random(3).randbytes(20_000),
    "a PDF without pages": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\ntrailer<</Root 1 0 R>>",
    "a GIF that ends at once": b"GIF89a",
    "a WebP of nothing": b"RIFF\xff\xff\xff\xffWEBPVP8X" + bytes(30),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_A4_a_hostile_file_harms_nothing(workspace: Workspace, family: CaseFile, name: str) -> None:
    case = family.case.uid
    made = attach_file(workspace, case, HOSTILE[name], name="a.png", keep_position=True).record
    case_file = read_case(workspace, case)
    with pytest.raises(StoreError) as told:
        file_preview(workspace, case_file, made, 300)
    assert told.value.title == "There is no preview of this file."
    assert file_content(workspace, case_file, made) == HOSTILE[name], "it is kept as it is, and the program goes on"


@pytest.mark.parametrize(
    "content",
    [media.photo() + media.archive("[Content_Types].xml", "word/document.xml"), KINDS["image/gif"] + media.pdf(),
     media.pdf() + media.archive("META-INF/MANIFEST.MF", "A.class"), KINDS["image/png"] + b"<script>alert(1)</script>"],
    ids=["photo and document", "picture and PDF", "PDF and program", "picture and page"],
)  # fmt: skip
def test_A4_a_file_of_two_kinds_is_opened_as_what_its_beginning_says(
    workspace: Workspace, family: CaseFile, content: bytes
) -> None:
    made = attach_file(workspace, family.case.uid, content, name="a.docx").record
    path = open_file(workspace, read_case(workspace, family.case.uid), made)
    assert path.suffix == {b"\xff": ".jpg", b"G": ".gif", b"%": ".pdf", b"\x89": ".png"}[content[:1]]


@pytest.mark.parametrize(
    "name",
    ["../../x", "CON", "a\0b", "x.pdf.exe", "photo\u202egpj.exe", "я" * 300, "C:\\Windows\\x", "", " . ", "\ud800"],
)
def test_A5_a_name_that_deceives_is_shown_safely_and_never_used(
    workspace: Workspace, family: CaseFile, name: str
) -> None:
    made = attach_file(workspace, family.case.uid, KINDS["application/pdf"], name=name).record
    case_file = read_case(workspace, family.case.uid)
    shown = files_of(case_file)[0].text("name")
    assert 0 < len(shown) <= 120
    assert not any(letter in "/\\\0\u202e" for letter in shown) and shown != "CON"
    path = open_file(workspace, case_file, made)
    assert path.name == "file-1.pdf" and path.is_relative_to(opened_folder().resolve())
    dump = "\n".join(workspace.store.dump())
    assert "\\u202e" not in dump and ".." not in dump


def test_A6_one_content_in_two_cases_is_stored_once_and_each_keeps_it(workspace: Workspace, family: CaseFile) -> None:
    first, second = family.case.uid, open_case(workspace, {"called": "Zeqiri"}, []).case
    made = [attach_file(workspace, case, LONG, name=f"{case}.txt").record for case in (first, first, second)]
    folder = workspace.folder.path / "files"
    [name] = names_in(folder)
    os.utime(place_of(folder, name), (0, 0))
    files = [record for case in (first, first, second) for record in files_of(read_case(workspace, case))]
    for uid, case in zip(made[:2], (first, first), strict=True):
        remove_file(workspace, next(record for record in files if record.uid == uid), case)
    os.utime(place_of(folder, name), (0, 0))
    assert sweep_files(workspace) == 0
    assert file_content(workspace, read_case(workspace, second), made[2]) == LONG
    remove_file(workspace, next(record for record in files if record.uid == made[2]), second)
    os.utime(place_of(folder, name), (0, 0))
    assert sweep_files(workspace) == 1


def test_A8_what_a_viewer_holds_at_the_lock_goes_at_the_next_start(
    workspace: Workspace, family: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = attach_file(workspace, family.case.uid, KINDS["application/pdf"], name="Đorđević.pdf").record
    path = open_file(workspace, read_case(workspace, family.case.uid), made)

    def held(*_: object, **__: object) -> None:  # as Windows answers while a viewer has the file open
        raise PermissionError

    with monkeypatch.context() as viewer:
        for call in ("unlink", "rmdir", "chmod"):
            viewer.setattr(os, call, held)
        workspace.lock()
        assert path.exists() and workspace.locked
    noted = (log_folder() / "log.jsonl").read_text(encoding="ascii")
    assert '"opened_files_left"' in noted and '"count": 1' in noted and "or\\u0111" not in noted
    assert wipe_opened() == 0
    assert not path.exists() and not opened_folder().exists()
    Log(log_folder()).event("still_works")


@pytest.mark.skipif(sys.platform == "win32", reason="there a file that is held is not deleted: the test above")
def test_A8_a_file_that_is_held_is_overwritten_where_it_can_be(workspace: Workspace, family: CaseFile) -> None:
    made = attach_file(workspace, family.case.uid, LONG, name="a.txt").record
    path = open_file(workspace, read_case(workspace, family.case.uid), made)
    with path.open("rb") as viewer:
        workspace.lock()
        assert not path.exists()
        assert viewer.read().strip(b"\0") == b"", "who still holds it reads nothing of it"


def test_A9_the_place_of_a_photo_goes_unless_it_is_kept_on_purpose(workspace: Workspace, family: CaseFile) -> None:
    case = family.case.uid
    for content, media_type in ((media.photo(), "image/jpeg"), (media.png_with_place(), "image/png")):
        assert PLACE in content
        plain = attach_file(workspace, case, content, name="a").record
        kept = attach_file(workspace, case, content, name="a", keep_position=True).record
        case_file = read_case(workspace, case)
        records = {record.uid: record for record in files_of(case_file)}
        assert PLACE not in file_content(workspace, case_file, plain)
        assert file_content(workspace, case_file, kept) == content
        assert (records[plain].yes("position_kept"), records[kept].yes("position_kept")) == (False, True)
        assert records[kept].text("media_type") == media_type


def test_a_file_over_the_limit_and_a_program_are_refused_before_anything_is_written(
    workspace: Workspace, family: CaseFile
) -> None:
    for content in (b"a" * 25_000_001, b"MZ\x90\0" + bytes(100)):
        with pytest.raises(RefusedError):
            attach_file(workspace, family.case.uid, content, name="a.pdf")
    assert not (workspace.folder.path / "files").exists()
