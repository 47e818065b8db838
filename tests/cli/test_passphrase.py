"""The passphrase comes from a file, from standard input or from the keyboard: never from the command line itself."""

import os
from pathlib import Path

import pytest

from avrr_desktop.operations.store.opening import open_store
from tests.cli.conftest import PASSPHRASE
from tests.support.running import CommandLine, json_lines

BAD_INPUT, WRONG_PASSPHRASE = 3, 6
CASES = json_lines([{"case": {"called": "One"}}, {"case": {"called": "Two"}}])


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\nanother line\n"], ids=["none", "unix", "windows", "more"])
def test_first_line_of_the_file_is_the_passphrase(cli: CommandLine, office: Path, end: str) -> None:
    file = cli.home / "secret"
    file.write_text(PASSPHRASE + end, encoding="utf-8", newline="")
    result = cli.call("case", "list", "--store", office, "--passphrase-file", file)
    assert (result.code, result.out, result.err) == (0, "", "")


def test_byte_order_mark_that_windows_writes_is_no_part_of_the_passphrase(cli: CommandLine, office: Path) -> None:
    file = cli.home / "secret"
    file.write_text(PASSPHRASE, encoding="utf-8-sig")
    assert cli.call("case", "list", "--store", office, "--passphrase-file", file).code == 0


def test_dash_reads_the_passphrase_from_standard_input(cli: CommandLine, office: Path) -> None:
    words = ("case", "list", "--store", office, "--passphrase-file", "-")
    assert cli.process(*words, stdin=PASSPHRASE.encode() + b"\n").code == 0


def test_passphrase_and_cases_from_one_standard_input_both_arrive(cli: CommandLine, office: Path) -> None:
    words = ("case", "add", "-", "--store", office, "--passphrase-file", "-")
    result = cli.process(*words, stdin=PASSPHRASE.encode() + b"\n" + CASES)
    if result.code == 0:  # otherwise it must say that both cannot come the same way
        assert len(result.lines) == 2
    else:
        assert result.code == BAD_INPUT
        assert result.err.count("\n") == 1


def test_spaces_of_a_passphrase_count(cli: CommandLine, office: Path) -> None:
    words = ("case", "list", "--store", office, "--passphrase-file", "-")
    assert cli.call(*words, stdin=f" {PASSPHRASE}\n".encode()).code == WRONG_PASSPHRASE


@pytest.mark.parametrize("content", [b"", b"\n"], ids=["empty", "empty line"])
def test_empty_passphrase_does_not_open(cli: CommandLine, office: Path, content: bytes) -> None:
    file = cli.home / "secret"
    file.write_bytes(content)
    result = cli.call("case", "list", "--store", office, "--passphrase-file", file)
    assert result.code == WRONG_PASSPHRASE


@pytest.mark.parametrize("content", [b"\xff\xfe\n", "šest reči".encode("utf-16")], ids=["bytes", "UTF-16"])
def test_passphrase_that_is_not_utf_8_is_bad_input(cli: CommandLine, office: Path, content: bytes) -> None:
    file = cli.home / "secret"
    file.write_bytes(content)
    result = cli.call("case", "list", "--store", office, "--passphrase-file", file)
    assert result.code == BAD_INPUT
    assert result.err == "The passphrase file cannot be read. Nothing was changed.\n"


def test_a_first_line_longer_than_any_passphrase_is_not_read_to_its_end(cli: CommandLine, office: Path) -> None:
    file = cli.home / "photo"
    file.write_bytes(b"a" * 1_000_000)
    words = ("case", "list", "--store", office, "--passphrase-file")
    for result in (cli.call(*words, file), cli.call(*words, "-", stdin=b"a" * 1_000_000)):
        assert result.code == BAD_INPUT
        assert result.err.startswith("The first line is longer than a passphrase can be. Nothing was changed.")


def test_standard_input_that_is_not_utf_8_is_no_bug(cli: CommandLine, office: Path) -> None:
    result = cli.process("case", "list", "--store", office, "--passphrase-file", "-", stdin=b"\xff\xfe\n")
    assert result.code in (BAD_INPUT, WRONG_PASSPHRASE)
    assert "Something went wrong" not in result.err


def test_file_that_is_not_there_is_bad_input(cli: CommandLine, office: Path) -> None:
    for name in (cli.home / "none", cli.home):
        result = cli.call("case", "list", "--store", office, "--passphrase-file", name)
        assert (result.code, result.out) == (BAD_INPUT, "")
        assert str(cli.home) not in result.err


def test_without_a_terminal_and_a_file_it_says_what_is_needed(cli: CommandLine, office: Path) -> None:
    result = cli.process("case", "list", "--store", office, stdin=PASSPHRASE.encode())
    assert result.code == BAD_INPUT
    assert (
        result.err
        == "A passphrase is required. Nothing was changed. Name a file with --passphrase-file, or use a terminal.\n"
    )


@pytest.mark.parametrize("option", ["--passphrase", "--pass", "--password", "-p"])
def test_no_option_takes_the_passphrase_itself(cli: CommandLine, office: Path, option: str) -> None:
    result = cli.call("case", "list", "--store", office, option, PASSPHRASE)
    assert result.code in (2, BAD_INPUT)
    assert result.out == ""


def test_no_variable_of_the_environment_is_a_passphrase(
    cli: CommandLine, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AVRR_PASSPHRASE", "AVRR_PASSWORD", "AVRR_DESKTOP_PASSPHRASE", "PASSPHRASE", "PASSPHRASE_FILE"):
        monkeypatch.setenv(name, PASSPHRASE)
    assert cli.call("case", "list", "--store", office).code == BAD_INPUT


def test_practice_store_opens_without_a_passphrase_and_an_office_s_store_not_with_that_of_practice(
    cli: CommandLine, store: Path, office: Path
) -> None:
    assert cli.call("case", "list", "--store", store).code == 0
    assert cli.call("case", "list", "--store", office).code == BAD_INPUT
    assert cli.call("practice", office, "--no-window").code == WRONG_PASSPHRASE


def test_wrong_passphrase_changes_no_byte_of_the_store(cli: CommandLine, office: Path) -> None:
    before = {path.name: path.read_bytes() for path in office.iterdir()}
    cli.call("case", "add", "-", "--store", office, "--passphrase-file", "-", stdin=b"wrong\n" + CASES)
    assert (office / "failed-unlocks").read_bytes() == b"."
    (office / "failed-unlocks").unlink()
    assert {path.name: path.read_bytes() for path in office.iterdir()} == before
    open_store(office, PASSPHRASE).lock()


def test_passphrase_stands_in_no_file(cli: CommandLine, office: Path) -> None:
    cli.call("case", "list", "--store", office, "--passphrase-file", "-", stdin=PASSPHRASE.encode())
    for folder in (office, cli.home, cli.temporary):
        for path in folder.rglob("*"):
            assert PASSPHRASE.encode() not in os.fsencode(path)
            assert path.is_dir() or PASSPHRASE.encode() not in path.read_bytes()
