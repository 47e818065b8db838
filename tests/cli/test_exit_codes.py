"""Every class of error has its exit code and one clear sentence, without a path of the user's home."""

import re
import shutil
from pathlib import Path

import pytest

from avrr_desktop.operations.cases.search import CaseFilter, counts
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.store.opening import open_store
from tests.cli.conftest import PASSPHRASE
from tests.support.pdf_text import sheets
from tests.support.running import CommandLine, Result, json_lines

DONE, BUG, USAGE, BAD_INPUT, REFUSED, IN_USE, WRONG_PASSPHRASE = 0, 1, 2, 3, 4, 5, 6
CREATE = ("store", "create", "--office", "Tirana office", "--code", "tir")


@pytest.fixture
def passphrase_file(cli: CommandLine) -> Path:
    file = cli.home / "passphrase"
    file.write_text(PASSPHRASE + "\r\nsecond line\n", encoding="utf-8", newline="")
    return file


def assert_one_sentence(result: Result, cli: CommandLine, begins: str) -> None:
    assert result.out == ""
    assert result.err.startswith(begins)
    assert result.err.count("\n") == 1
    assert result.err.endswith((".\n", "!\n"))
    assert str(cli.home) not in result.err
    assert "Zamira" not in result.err
    assert "{" not in result.err


def test_store_of_an_office_is_made_and_takes_its_first_case(cli: CommandLine, passphrase_file: Path) -> None:
    secret = ("--passphrase-file", passphrase_file.name)  # a path from where the command is run
    made = cli.process(*CREATE, "--country", "AL", "--programme", "AVRR", "--officer", "Arta Hoxha", *secret)
    assert (made.code, made.err) == (DONE, "")
    added = cli.process("case", "add", "-", *secret, stdin=b'{"case": {"called": "First", "opened_on": "2026-05-03"}}')
    assert (added.code, added.err) == (DONE, "")
    assert re.fullmatch(r"AL-TIR-2026-[2-9A-Z]{2}-0001\n", added.out)
    checked = cli.call("store", "check", "--passphrase-file", passphrase_file)
    assert (checked.code, checked.err) == (DONE, "")
    assert checked.lines[0].startswith("Entries 3, cases 1.")
    assert checked.lines[1:] == ["Everything is valid."]


def test_case_goes_from_a_file_into_the_store_and_onto_paper(
    cli: CommandLine, office: Path, passphrase_file: Path
) -> None:
    here = ("--store", office, "--passphrase-file", passphrase_file.name)
    case = {"called": "Породица Ђорђевић", "country_of_return": "RS", "opened_on": "2026-05-03"}
    (cli.home / "cases.jsonl").write_bytes(json_lines([{"case": case, "person": [{"family_name": "Ђорђевић"}]}]))
    added = cli.process("case", "add", "cases.jsonl", *here)
    assert (added.code, added.err) == (DONE, "")
    (number,) = added.lines
    assert number.startswith("RS-TIR-2026-")
    paper = cli.process("pdf", number, "--out", "paper", *here)
    assert paper.code == DONE
    letters = number.split("-")[3]
    assert paper.lines == [str(Path("paper") / f"{number}-summary-r1-{letters}-00001.pdf")]
    assert paper.err == "These files are not encrypted: protect them like a paper.\n"
    (page,) = sheets((cli.home / paper.lines[0]).read_bytes())
    assert "Породица Ђорђевић" in page.text
    assert list(cli.temporary.iterdir()) == []


def test_command_that_is_not_known_is_a_usage_error(cli: CommandLine) -> None:
    result = cli.call("case", "burn")
    assert result.code == USAGE
    assert result.err.startswith("usage: avrr-desktop")


@pytest.mark.parametrize(
    "words",
    [
        ("case",), ("case", "show"), ("case", "add"), ("pdf", "--all"), ("store", "restore"), ("--nothing",),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_is_missing_or_misspelled_is_a_usage_error(cli: CommandLine, words: tuple[str, ...]) -> None:
    result = cli.call(*words)
    assert (result.code, result.out) == (USAGE, "")
    assert "usage: avrr-desktop" in result.err


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("case", "add", "--help")], ids=" ".join)
def test_help_and_version_are_answers_not_errors(cli: CommandLine, words: tuple[str, ...]) -> None:
    result = cli.call(*words)
    assert (result.code, result.err) == (DONE, "")
    assert "AVRR Desktop" in result.out or "usage: avrr-desktop" in result.out


def test_wrong_passphrase_has_its_own_code(cli: CommandLine, office: Path) -> None:
    result = cli.call("case", "list", "--store", office, "--passphrase-file", "-", stdin=b"not the passphrase\n")
    assert result.code == WRONG_PASSPHRASE
    assert_one_sentence(result, cli, "This passphrase does not open the store. Nothing was changed.")


def test_store_in_use_has_its_own_code(cli: CommandLine, store: Path) -> None:
    holder = open_store(store, PRACTICE_PASSPHRASE)
    try:
        result = cli.process("case", "list", "--store", store)
    finally:
        holder.lock()
    assert result.code == IN_USE
    assert_one_sentence(result, cli, "This store is open in another window. Nothing was changed.")


def test_case_that_is_not_there_is_refused(cli: CommandLine, store: Path) -> None:
    for words in (("case", "show", "XX-1"), ("pdf", "XX-1", "--out", cli.home / "paper")):
        result = cli.call(*words, "--store", store)
        assert result.code == REFUSED
        assert_one_sentence(result, cli, "This case is not in this store.")
    assert not (cli.home / "paper").exists()


def test_folder_without_a_store_is_refused(cli: CommandLine, passphrase_file: Path) -> None:
    for folder in (cli.home / "nothing", cli.home, passphrase_file):
        result = cli.call("store", "check", "--store", folder, "--passphrase-file", passphrase_file)
        assert result.code == REFUSED
        assert_one_sentence(result, cli, "There is no store in this folder.")


def test_second_store_in_one_folder_is_refused(cli: CommandLine, office: Path, passphrase_file: Path) -> None:
    before = (office / "store.db").read_bytes()
    result = cli.call(*CREATE, "--country", "AL", "--store", office, "--passphrase-file", passphrase_file)
    assert result.code == REFUSED
    assert_one_sentence(result, cli, "There is already a store in this folder.")
    assert (office / "store.db").read_bytes() == before


def test_short_passphrase_is_refused_and_no_store_is_made(cli: CommandLine, tmp_path: Path) -> None:
    words = (*CREATE, "--country", "AL", "--store", tmp_path / "new", "--passphrase-file", "-")
    result = cli.call(*words, stdin="žirafa".encode())
    assert result.code == REFUSED
    assert_one_sentence(
        result,
        cli,
        "The passphrase is too short. Choose a longer one, for example five unrelated words. Minimum length: 14 characters",
    )
    assert not (tmp_path / "new" / "store.db").exists()


def test_office_that_cannot_be_stored_leaves_no_half_made_store(
    cli: CommandLine, tmp_path: Path, passphrase_file: Path
) -> None:
    words = (*CREATE, "--store", tmp_path / "new", "--passphrase-file", passphrase_file)
    wrong = cli.call(*words, "--country", "Atlantis")
    assert wrong.code == BAD_INPUT
    assert_one_sentence(wrong, cli, "Choose a country that the program supports: AL, BA, XK, ME, MK, RS.")
    right = cli.call(*words, "--country", "AL")
    assert (right.code, right.err) == (DONE, "")


@pytest.mark.parametrize(
    ("office", "code"), [("", "TIR"), (" ", "TIR"), ("Tirana", ""), ("Tirana", "A B"), ("Tirana", "Тир")], ids=repr
)
def test_office_without_a_name_or_a_plain_code_is_refused(
    cli: CommandLine, tmp_path: Path, passphrase_file: Path, office: str, code: str
) -> None:
    words = ("store", "create", "--office", office, "--code", code, "--country", "AL", "--store", tmp_path / "new")
    result = cli.call(*words, "--passphrase-file", passphrase_file)
    assert result.code in (USAGE, BAD_INPUT, REFUSED)
    assert not (tmp_path / "new" / "store.db").exists()


def test_folder_without_a_store_is_told_before_a_passphrase_is_asked_for(cli: CommandLine) -> None:
    result = cli.call("case", "list", "--store", cli.home / "nothing")
    assert result.code == REFUSED
    assert_one_sentence(result, cli, "There is no store in this folder.")


def test_damaged_store_is_refused_in_a_sentence(cli: CommandLine, store: Path) -> None:
    content = (store / "store.db").read_bytes()
    (store / "store.db").write_bytes(bytes(byte ^ 255 for byte in content))
    result = cli.call("case", "list", "--store", store)
    assert result.code == REFUSED
    assert_one_sentence(result, cli, "The store is damaged, or belongs to a different key. Nothing was changed.")


def test_store_whose_lists_are_damaged_is_not_sound(cli: CommandLine, store: Path) -> None:
    cli.call("case", "add", "-", "--store", store, stdin=b'{"case": {"called": "Mine"}}')
    workspace = open_store(store, PRACTICE_PASSPHRASE)
    workspace.store.connection.execute("UPDATE cases SET called='Other'")
    workspace.lock()
    result = cli.call("store", "check", "--store", store)
    assert result.code == REFUSED
    assert "Lists and journal differ." in result.out
    assert "Everything is valid." not in result.out


def test_key_file_that_is_gone_is_refused_in_a_sentence(cli: CommandLine, store: Path) -> None:
    for name in ("keys-a.json", "keys-b.json"):
        (store / name).unlink()
    result = cli.call("case", "list", "--store", store, "--passphrase-file", "-", stdin=b"x\n")
    assert result.code == REFUSED
    assert_one_sentence(result, cli, "The key file of this store is missing.")


def test_file_of_cases_that_is_not_there_is_bad_input(cli: CommandLine, store: Path) -> None:
    for name in (cli.home / "none.jsonl", cli.home):
        result = cli.call("case", "add", name, "--store", store)
        assert result.code == BAD_INPUT
        assert_one_sentence(result, cli, "The file cannot be read. Nothing was saved.")


def test_papers_of_no_case_are_bad_input(cli: CommandLine, store: Path) -> None:
    for words in (("pdf",), ("pdf", "--all")):
        result = cli.call(*words, "--out", cli.home / "paper", "--store", store)
        assert result.code == BAD_INPUT
        assert_one_sentence(result, cli, "No case was named.")


def test_papers_cannot_be_written_into_a_file(cli: CommandLine, store: Path, passphrase_file: Path) -> None:
    cli.call("case", "add", "-", "--store", store, stdin=b'{"case": {"called": "Mine"}}')
    for out in (passphrase_file, passphrase_file / "below"):
        result = cli.call("pdf", "--all", "--out", out, "--store", store)
        assert result.code in (BAD_INPUT, REFUSED)
        assert_one_sentence(result, cli, "The f")  # the file or the folder


def test_every_command_gives_the_lock_back(cli: CommandLine, store: Path) -> None:
    commands: tuple[tuple[str, ...], ...] = (
        ("case", "list"), ("case", "show", "none"), ("pdf", "--all", "--out", "p"),
    )  # fmt: skip
    for words in commands:
        cli.call(*words, "--store", store)
        workspace = open_store(store, PRACTICE_PASSPHRASE)
        assert counts(workspace, CaseFilter()) == (0, 0)
        workspace.lock()


@pytest.mark.parametrize("words", [("case", "list"), ("case", "list", "--json")], ids=["short", "long"])
def test_reader_that_goes_away_early_is_no_error(
    cli: CommandLine, published: tuple[Path, Result], tmp_path: Path, words: tuple[str, ...]
) -> None:
    folder = shutil.copytree(published[0], tmp_path / "copy")
    process = cli.start(*words, "--store", folder)
    assert process.stdin and process.stdout and process.stderr
    process.stdin.close()
    process.stdout.close()
    said = process.stderr.read().decode("utf-8")
    process.stderr.close()
    assert process.wait(60) == DONE
    assert "Exception" not in said
    assert said.count("\n") <= 1  # at most the footnote
