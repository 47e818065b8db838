"""Plain files beside the stores, whatever anybody wrote into them: read up to a bound, written in one piece."""

import json
import os
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.files import write_noted
from avrr_desktop.locations import data_folder
from avrr_desktop.log import Log, newest
from avrr_desktop.operations.computer.policy_file import read_policy_at
from avrr_desktop.operations.computer.settings import Settings, read_settings
from avrr_desktop.operations.computer.version_memory import Memory, read_memory
from avrr_desktop.operations.program.update.offer import read_offer
from avrr_desktop.store.folder.attachments import Attachments

GREAT = 300_000_000  # bytes, sparse
HELD = 20_000_000  # bytes: what is read of them is far less


def great(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(GREAT)
    return path


def refused(offer: Path) -> None:
    with pytest.raises(BadInputError, match="too large to describe"):
        read_offer(offer, "RWQ", date(2026, 11, 27))


READ: dict[str, Callable[[Path], object]] = {
    "settings": lambda _: (great(data_folder() / "settings.json") and read_settings() == Settings(tour=True)) or 1 / 0,
    "versions": lambda _: (great(data_folder() / "versions.json") and read_memory() == Memory()) or 1 / 0,
    "policy": lambda place: read_policy_at(great(place / "policy.toml")).problems[0],
    "update": lambda place: refused(great(place / "a.update.json")),
    "log": lambda place: great(place / "log.jsonl") and newest(place, 5),
}


@pytest.mark.parametrize("what", READ)
def test_a_great_file_in_the_place_of_a_small_one_is_not_read_whole(what: str, tmp_path: Path) -> None:
    tracemalloc.start()
    try:
        READ[what](tmp_path)
        assert tracemalloc.get_traced_memory()[1] < HELD
    finally:
        tracemalloc.stop()


def test_what_is_nested_without_end_is_passed_over() -> None:
    for name in ("settings.json", "versions.json"):
        data_folder().mkdir(parents=True, exist_ok=True)
        (data_folder() / name).write_text("[" * 100_000)
    assert (read_settings(), read_memory()) == (Settings(tour=True), Memory())


def test_entries_of_another_kind_are_not_remembered() -> None:
    data_folder().mkdir(parents=True, exist_ok=True)
    good = {"version": "9.1.0", "before": "9.0.0", "at": "2026-11-27T09:00:00+00:00"}
    harmed = [{**good, "at": 5}, {**good, "version": None}, good]
    (data_folder() / "versions.json").write_text(json.dumps({"installed": harmed}))
    assert [entry.at for entry in read_memory().installed] == [good["at"]]


def test_an_event_behind_one_that_was_cut_off_has_a_line_of_its_own(tmp_path: Path) -> None:
    log = Log(tmp_path)
    log.event("first")
    with (tmp_path / "log.jsonl").open("ab") as file:
        file.write(b'{"time": "2026-')
    log.event("second")
    log.event("third")
    lines = newest(tmp_path, 9)
    assert len(lines) == 4
    assert [json.loads(line)["code"] for line in (lines[0], *lines[2:])] == ["first", "second", "third"]


def test_a_foreign_letter_hides_no_event(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_bytes(b"\xff\n")
    Log(tmp_path).event("first")
    assert [json.loads(line)["code"] for line in newest(tmp_path, 9)[1:]] == ["first"]


def test_a_note_is_never_empty_while_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note, seen, write, cut = tmp_path / "sentinel", list[bytes](), os.write, os.ftruncate
    note.write_bytes(b"A.1.9" + b"9" * 500)

    def look(call: Callable[[int, object], object]) -> Callable[[int, object], object]:
        def looked(handle: int, what: object) -> object:
            seen.append(note.read_bytes())
            return call(handle, what)

        return looked

    monkeypatch.setattr(os, "write", look(write))  # type: ignore[arg-type]
    monkeypatch.setattr(os, "ftruncate", look(cut))  # type: ignore[arg-type]
    write_noted(note, b"A.1.10")
    assert [content[:6] for content in seen] == [b"A.1.99", b"A.1.10"]
    assert note.read_bytes().strip() == b"A.1.10"
    write_noted(note, b"A.1.9")
    assert note.read_bytes().strip() == b"A.1.9"


def test_a_new_folder_for_files_is_on_the_disk_before_what_lies_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced, fsync = list[int](), os.fsync

    def note(handle: int) -> None:
        fsync(handle)
        synced.append(os.fstat(handle).st_ino)

    monkeypatch.setattr(os, "fsync", note)
    name = Attachments(tmp_path, bytes(32)).put(b"content")
    files = tmp_path / "files"
    assert [one for one in synced if one in (tmp_path.stat().st_ino, files.stat().st_ino)] == [
        tmp_path.stat().st_ino, files.stat().st_ino,
    ]  # fmt: skip
    assert synced[-1] == (files / name[:2]).stat().st_ino
