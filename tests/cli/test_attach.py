"""``case attach`` and what is around it: a file goes into a case, is checked, and comes back from a backup."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from avrr_desktop.cli import store as cli_store
from avrr_desktop.operations.cases.cases import read_case_by_number
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.files.files import file_content, files_of
from avrr_desktop.operations.store.opening import open_store
from tests.support import media
from tests.support.media import KINDS, PLACE
from tests.support.running import PROJECT, CommandLine, json_lines
from tests.support.stores import FAMILY

WORD = "Zvrkonjić"


@pytest.fixture
def number(cli: CommandLine, store: Path) -> str:
    """The number of the only case."""
    return cli.call("case", "add", "-", "--store", store, stdin=json_lines([FAMILY])).out.strip()


def content_of(store: Path, number: str) -> list[bytes]:
    workspace = open_store(store, PRACTICE_PASSPHRASE)
    try:
        case_file = read_case_by_number(workspace, number)
        return [file_content(workspace, case_file, record.uid) for record in files_of(case_file)]
    finally:
        workspace.lock()


def test_a_file_is_added_and_comes_back_from_a_backup(cli: CommandLine, store: Path, number: str) -> None:
    paper = cli.home / f"{WORD}.pdf"
    paper.write_bytes(KINDS["application/pdf"])
    done = cli.process("case", "attach", number, paper, "--store", store)
    assert (done.code, done.out, done.err) == (0, f"{number}\n", "")
    assert content_of(store, number) == [KINDS["application/pdf"]]
    made = cli.call("store", "backup", "--store", store, "--to", cli.home / "stick")
    assert made.code == 0
    [place] = (store / "files").rglob("??/*")
    place.unlink()
    checked = cli.call("store", "check", "--store", store)
    assert checked.code == cli_store.REFUSED and "1 file of a case is missing here." in checked.out
    assert cli.call("store", "restore", cli.home / "stick" / "practice-0001.avrr-backup", "--store", store).code == 0
    assert content_of(store, number) == [KINDS["application/pdf"]]
    assert WORD not in done.out + checked.out + made.out
    names = [path.name for path in (*cli.home.rglob("*"), *store.rglob("*"), *cli.temporary.rglob("*"))]
    assert [name for name in names if WORD in name] == [paper.name]


def test_a_pdf_without_its_end_is_added_and_told(cli: CommandLine, store: Path, number: str) -> None:
    whole = KINDS["application/pdf"]
    (cli.home / "a.pdf").write_bytes(whole[: len(whole) // 2])
    done = cli.call("case", "attach", number, cli.home / "a.pdf", "--store", store)
    assert (done.code, done.lines) == (0, [number])
    assert "incomplete" in done.err
    assert content_of(store, number) == [whole[: len(whole) // 2]]


@pytest.mark.parametrize("kept", [False, True])
def test_the_place_of_a_photo_stays_only_when_asked_for(cli: CommandLine, store: Path, number: str, kept: bool) -> None:
    (cli.home / "a.jpg").write_bytes(media.photo())
    options = ["--keep-place"] if kept else []
    assert cli.call("case", "attach", number, cli.home / "a.jpg", "--store", store, *options).code == 0
    [content] = content_of(store, number)
    assert (PLACE in content) == kept


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [(b"MZ\0", cli_store.REFUSED, "cannot be added to a case"), (None, cli_store.BAD_INPUT, "cannot be read"),
     (b"", cli_store.REFUSED, "is empty")],
)  # fmt: skip
def test_what_cannot_be_added_is_said_without_its_name(
    cli: CommandLine, store: Path, number: str, content: bytes | None, code: int, said: str
) -> None:
    path = cli.home / f"{WORD}.exe"
    if content is not None:
        path.write_bytes(content)
    done = cli.call("case", "attach", number, path, "--store", store)
    assert (done.code, done.out) == (code, "")
    assert said in done.err and "Nothing was added" in done.err and WORD not in done.err
    assert content_of(store, number) == []


def test_a_case_that_is_not_there_gets_no_file(cli: CommandLine, store: Path, number: str) -> None:
    (cli.home / "a.txt").write_text("words", encoding="ascii")
    assert cli.call("case", "attach", "XX-1", cli.home / "a.txt", "--store", store).code == cli_store.REFUSED
    assert not (store / "files").exists()


def test_a_packaged_program_makes_pictures_by_starting_itself(cli: CommandLine) -> None:
    command = [sys.executable, "-m", "avrr_desktop", "picture-child", "50"]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        command, input=media.photo(), capture_output=True, env=environment, cwd=cli.home, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    with Image.open(io.BytesIO(done.stdout)) as image:
        assert (image.format, max(image.size)) == ("PNG", 40)
    assert "picture-child" not in cli.call("--help").out


def test_a_closed_case_takes_a_file_only_as_a_late_entry(cli: CommandLine, store: Path) -> None:
    closed = {**FAMILY, "case": {**FAMILY["case"], "status": "closed"}}  # type: ignore[dict-item]
    number = cli.call("case", "add", "-", "--store", store, stdin=json_lines([closed])).out.strip()
    paper = cli.home / "izvod.pdf"
    paper.write_bytes(KINDS["application/pdf"])
    refused = cli.call("case", "attach", number, paper, "--store", store)
    assert refused.code and "This case is closed" in refused.err
    assert content_of(store, number) == []
    done = cli.call("case", "attach", number, paper, "--late", "It came after the closing", "--store", store)
    assert (done.code, done.out) == (0, f"{number}\n")
    assert content_of(store, number) == [KINDS["application/pdf"]]
