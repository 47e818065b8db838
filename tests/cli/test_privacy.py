"""No word of a case leaves the store but on standard output and on paper: not in logs, errors or file names."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.log import Log
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.opening import open_store
from tests.support.case_documents import full_document
from tests.support.running import CommandLine, Result, json_lines

WORD = "Kanarinka"  # stands in every text of the document, and nowhere else
BUG = 1


def add(cli: CommandLine, store: Path) -> str:
    document = full_document(WORD)
    (number,) = cli.call("case", "add", "-", "--store", store, stdin=json_lines([document])).lines
    return number


def broken(store: Path, statement: str) -> None:
    """Damage a table so that reading it is a bug, with the word in the error."""
    workspace = open_store(store, PRACTICE_PASSPHRASE)
    workspace.store.connection.execute(statement)
    workspace.lock()


def assert_no_word(*folders: Path, but: Path | None = None) -> None:
    """No file under the folders has the word in its name or its bytes."""
    looked_at = 0
    for folder in folders:
        for path in folder.rglob("*"):
            assert WORD.lower() not in path.name.lower()
            if path.is_file() and (but is None or but not in path.parents):
                content = path.read_bytes().lower()
                assert WORD.lower().encode() not in content, path.name
                assert WORD.lower().encode("utf-16-le") not in content, path.name
                looked_at += 1
    assert looked_at


def assert_is_bug(result: Result) -> None:
    assert result.code == BUG
    assert result.err.startswith("Something went wrong in the program. Everything saved before is safe.\n")
    assert result.err.count("\n") == 2
    assert WORD.lower() not in (result.out + result.err).lower()


def test_nothing_typed_reaches_log_errors_or_files(cli: CommandLine, store: Path) -> None:
    document = full_document(WORD)
    (number,) = cli.call("case", "add", "-", "--store", store, stdin=json_lines([document])).lines
    bad = full_document(WORD)
    bad["person"][0]["birth_date"] = f"{WORD} 1985"
    refused = cli.call("case", "add", "-", "--store", store, stdin=json_lines([bad]))
    assert refused.code == 3
    paper = cli.process("pdf", number, "--out", cli.home / "paper", "--store", store)
    found = cli.process("case", "find", WORD, "--store", store)
    assert (paper.code, found.code) == (0, 0)
    assert WORD in found.out
    for result in (refused, paper, found):
        assert WORD.lower() not in result.err.lower()
    assert WORD.lower() not in paper.out.lower()
    assert_no_word(cli.home, cli.temporary, store)


def test_bug_with_words_of_a_case_in_its_error_is_logged_without_them(cli: CommandLine, store: Path) -> None:
    number = add(cli, store)
    broken(store, f"UPDATE cases SET rest='{{{WORD}'")
    result = cli.process("case", "show", number, "--store", store)
    assert_is_bug(result)
    assert "JSONDecodeError" in result.err
    assert_no_word(cli.home, cli.temporary, store)
    (event,) = [json.loads(line) for line in cli.log.read_text("ascii").splitlines()]
    assert set(event) == {"time", "code", "where"}
    assert event["code"] == "bug"
    assert event["where"].startswith("JSONDecodeError\n")
    assert "/" not in event["where"]
    assert "Zamira" not in event["where"]


def test_bug_in_the_window_is_logged_without_what_its_error_says(cli: CommandLine, store: Path) -> None:
    def open_window(folder: Path, today: date | None) -> int:
        try:
            raise KeyError(WORD)
        except KeyError:
            raise RuntimeError(f"{WORD} in {folder} on {today}") from None

    result = cli.call("practice", store, open_window=open_window)
    assert_is_bug(result)
    assert "open_window RuntimeError" in result.err
    assert_no_word(cli.home)


@pytest.mark.parametrize("kind", ["missing", "damaged"])
def test_errors_of_the_store_name_no_path(cli: CommandLine, store: Path, kind: str) -> None:
    named = store.rename(store.with_name(f"{WORD}.avrr"))
    if kind == "damaged":
        (named / "store.db").write_bytes(os.urandom(8192))
    else:
        (named / "store.db").unlink()
    result = cli.call("case", "list", "--store", named)
    assert result.code == 4
    assert WORD not in result.err
    assert str(named.parent) not in result.err


def test_refusals_of_a_document_do_not_repeat_what_was_typed(cli: CommandLine, store: Path) -> None:
    documents = [
        {"case": {"called": "A", "opened_on": WORD}},
        {"case": {"called": "A", "country_of_return": WORD}},
        {"case": {"called": "A", "time_abroad_months": WORD}},
        {"case": {"called": "A"}, "paper": [{"holder": WORD}]},
        {"case": {"called": WORD * 60}},
        {"case": {"called": "A"}, "person": [{"ref": WORD}, {"ref": WORD}]},
        {"case": {"called": "A"}, "person": WORD},
        [WORD],
    ]
    result = cli.call("case", "add", "-", "--store", store, stdin=json_lines(documents) + f'{{"{WORD}\n'.encode())
    assert (result.code, result.out, result.err.count("\n")) == (3, "", 9)
    assert WORD not in result.err


def test_log_takes_only_codes_and_whole_numbers(tmp_path: Path) -> None:
    log = Log(tmp_path)
    log.event("store.opened", cases=12)
    for code in ("Family Hoxha", "Đorđević", "/home/zamira", "a" * 60, ""):
        with pytest.raises(ValueError, match="not a code"):
            log.event(code)
    with pytest.raises(ValueError, match="invalid literal"):
        log.event("store.opened", cases="Hoxha")  # type: ignore[arg-type]
    (event,) = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text("ascii").splitlines()]
    assert (event["code"], event["cases"]) == ("store.opened", 12)


def test_log_starts_anew_past_a_megabyte_and_keeps_one_old_one(tmp_path: Path) -> None:
    log = Log(tmp_path)
    (tmp_path / "log.jsonl").write_bytes(b"x" * 1_000_001)
    log.event("one")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log.jsonl", "log.old.jsonl"]
    assert (tmp_path / "log.jsonl").read_text("ascii").count("\n") == 1


def test_log_that_cannot_be_written_stops_nobody(cli: CommandLine, store: Path) -> None:
    number = add(cli, store)
    broken(store, f"UPDATE cases SET rest='{{{WORD}'")
    (cli.home / "profile" / "avrr-desktop" / "log").write_text("a file where the folder of the log should be")
    assert_is_bug(cli.call("case", "show", number, "--store", store))


def test_key_of_an_open_store_stands_in_no_text_about_it(workspace: Workspace) -> None:
    key = bytes(range(32))
    for text in (repr(workspace), str(workspace), f"{workspace!r}"):
        assert repr(key)[2:-1] not in text
        assert key.hex() not in text


def test_expected_errors_keep_their_values_apart_from_their_text() -> None:
    error = ExpectedError("“{field}” cannot be read.", "Nothing was saved.", {"field": WORD})
    assert WORD not in str(error)
    assert WORD not in repr(error)
