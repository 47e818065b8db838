"""Files beside the database: each content once, never readable without the key, and swept only when no case names it."""

import os
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from avrr_desktop.domain.errors import NotFoundError, StoreError
from avrr_desktop.files import write_whole
from avrr_desktop.store.folder.attachments import Attachments, names_in, place_of

KEY = bytes(range(32))
NOW = datetime(2026, 6, 15, 8, tzinfo=timezone.utc)
CONTENT = b"Izvod iz maticne knjige " * 9000  # four chunks


@pytest.fixture
def blobs(tmp_path: Path) -> Attachments:
    return Attachments(tmp_path, KEY)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def aged(path: Path, days: float) -> None:
    moment = (NOW - timedelta(days=days)).timestamp()
    os.utime(path, (moment, moment))


def test_a_content_comes_back_and_lies_there_once_and_unreadable(blobs: Attachments, tmp_path: Path) -> None:
    name = blobs.put(CONTENT)
    assert blobs.put(CONTENT) == name
    assert blobs.get(name) == CONTENT
    [path] = files(tmp_path)
    assert path == tmp_path / "files" / name[:2] / name
    assert b"maticne" not in path.read_bytes()
    assert blobs.put(b"another") != name
    assert names_in(tmp_path / "files").keys() == {name, blobs.put(b"another")}
    if os.name == "posix":
        assert {oct(folder.stat().st_mode & 0o777) for folder in (path.parent, path.parent.parent)} == {"0o700"}


def test_an_empty_content_is_a_content(blobs: Attachments) -> None:
    assert blobs.get(blobs.put(b"")) == b""


def test_a_missing_file_is_told_apart_from_a_damaged_one(blobs: Attachments, tmp_path: Path) -> None:
    name = blobs.put(CONTENT)
    [path] = files(tmp_path)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(StoreError):
        blobs.get(name)
    path.unlink()
    with pytest.raises(NotFoundError) as told:
        blobs.get(name)
    assert told.value.title == "This file is missing here."


@pytest.mark.parametrize("name", ["", "../../store.db", "a" * 63, "A" * 64, "g" * 64, "a" * 64 + "\n", "x" * 400])
def test_a_name_from_elsewhere_leads_nowhere(blobs: Attachments, tmp_path: Path, name: str) -> None:
    (tmp_path / "store.db").write_bytes(b"untouched")
    with pytest.raises(NotFoundError):
        blobs.get(name)
    blobs.touch(name)


def test_another_key_opens_nothing(blobs: Attachments, tmp_path: Path) -> None:
    name = blobs.put(CONTENT)
    with pytest.raises(StoreError):
        Attachments(tmp_path, bytes(32)).get(name)


def test_adding_a_damaged_file_again_mends_it(blobs: Attachments, tmp_path: Path) -> None:
    name = blobs.put(CONTENT)
    [path] = files(tmp_path)
    path.write_bytes(b"damaged")
    assert blobs.put(CONTENT) == name
    assert blobs.get(name) == CONTENT


def test_the_sweep_takes_old_files_that_no_case_names_and_nothing_else(blobs: Attachments, tmp_path: Path) -> None:
    old, young, named = (blobs.put(content) for content in (b"old", b"young", b"named"))
    folder = tmp_path / "files"
    for name, days in ((old, 7.01), (young, 6.99), (named, 5000)):
        aged(place_of(folder, name), days)
    part, other = folder / old[:2] / ".part-x", folder / old[:2] / "a letter of the office.txt"
    for path in (part, other):
        path.write_bytes(b"x")
        aged(path, 30)
    assert blobs.sweep({named}, NOW) == 2
    assert names_in(folder).keys() == {young, named}
    assert other.exists() and not part.exists()
    assert blobs.sweep({named}, NOW + timedelta(days=8)) == 1
    assert blobs.get(named) == b"named"


def test_a_file_that_is_added_again_begins_its_days_anew(blobs: Attachments, tmp_path: Path) -> None:
    name = blobs.put(b"again")
    path = place_of(tmp_path / "files", name)
    aged(path, 100)
    blobs.put(b"again")
    assert blobs.sweep((), NOW) == 0
    aged(path, 100)
    blobs.touch(name)
    assert blobs.sweep((), NOW) == 0


def test_a_folder_that_is_not_there_is_swept_without_a_word(blobs: Attachments, tmp_path: Path) -> None:
    assert blobs.sweep((), NOW) == 0
    assert names_in(tmp_path / "nowhere") == {}


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_half_there(tmp_path: Path) -> None:
    (tmp_path / "files").write_bytes(b"no folder")
    with pytest.raises(StoreError) as told:
        Attachments(tmp_path, KEY).put(CONTENT)
    assert "Nothing was added" in told.value.hint


def test_a_sweep_among_many_files_takes_exactly_the_right_ones(blobs: Attachments, tmp_path: Path) -> None:
    chance = random.Random(5)
    names = [blobs.put(f"content {number}".encode()) for number in range(60)]
    named = set(chance.sample(names, 30))
    for name in names:
        aged(place_of(tmp_path / "files", name), 10)
    assert blobs.sweep(named, NOW) == 30
    assert names_in(tmp_path / "files").keys() == named


def test_two_writers_of_one_name_leave_a_whole_file(blobs: Attachments, tmp_path: Path) -> None:
    name = blobs.put(CONTENT)
    (tmp_path / "other").mkdir()
    other = Attachments(tmp_path / "other", KEY)
    assert other.put(CONTENT) == name
    write_whole(place_of(tmp_path / "files", name), place_of(tmp_path / "other" / "files", name).read_bytes())
    assert blobs.get(name) == CONTENT, "what one computer sealed, another that has the key opens"
