"""``case add``: one number a line, each written once its case is safe; a bad line is named and stores nothing."""

import io
import shutil
import signal
import threading
from pathlib import Path
from typing import Any

import pytest

from avrr_desktop.cli.given import MOST_OF_A_LINE
from avrr_desktop.operations.cases.search import all_cases
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.operations.store.opening import open_store
from tests.support import stores
from tests.support.running import CommandLine, Result, json_lines

DONE, BAD_INPUT, STOPPED = 0, 3, 4
GOOD = b'{"case": {"called": "Good"}, "person": [{"family_name": "Hoxha"}]}\n'
BAD_LINES = {
    "not JSON": b"hello\n",
    "half a line": b'{"case": {"called": "Half"\n',
    "two documents": b'{"case": {}} {"case": {}}\n',
    "invalid UTF-8": b'{"case": {"called": "\xff\xfe"}}\n',
    "UTF-16": '{"case": {"called": "x"}}'.encode("utf-16") + b"\n",
    "number without end": b'{"case": {"called": "A", "time_abroad_months": 1' + b"0" * 6000 + b"}}\n",
    "deep": b"[" * 200_000 + b"\n",
    "deep and closed": b'{"case":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001 + b"\n",
    "a list": b"[]\n",
    "a text": b'"case"\n',
    "null": b"null\n",
    "no case": b'{"person": [{"family_name": "A"}]}\n',
    "nothing to call it by": b'{"case": {}}\n',
    "unknown part": b'{"case": {"called": "A"}, "pets": []}\n',
    "unknown field": b'{"case": {"called": "A", "colour": "red"}}\n',
    "wrong type": b'{"case": {"called": ["A"]}}\n',
    "wrong group": b'{"case": {"called": "A"}, "person": {"family_name": "A"}}\n',
    "wrong date": b'{"case": {"called": "A", "opened_on": "31.12.2025"}}\n',
    "date that is none": b'{"case": {"called": "A", "opened_on": "2025-02-30"}}\n',
    "wrong country": b'{"case": {"called": "A", "country_of_return": "Atlantis"}}\n',
    "fraction": b'{"case": {"called": "A", "time_abroad_months": 1.5}}\n',
    "not a number": b'{"case": {"called": "A", "time_abroad_months": NaN}}\n',
    "infinity": b'{"case": {"called": "A", "time_abroad_months": -Infinity}}\n',
    "too great": b'{"case": {"called": "A", "time_abroad_months": 9007199254740992}}\n',
    "below zero": b'{"case": {"called": "A", "time_abroad_months": -1}}\n',
    "yes as a word": b'{"case": {"called": "A", "children_schooled_abroad": "yes"}}\n',
    "too long": b'{"case": {"called": "' + b"a" * 501 + b'"}}\n',
    "text too long": b'{"case": {"called": "A", "story": "' + b"a " * 50_001 + b'b"}}\n',
    "name that is not there": b'{"case": {"called": "A"}, "paper": [{"holder": "m9"}]}\n',
    "same short name twice": b'{"case": {"called": "A"}, "person": [{"ref": "m1"}, {"ref": "m1"}]}\n',
    "surrogate in a key": b'{"case": {"called": "A", "\\ud800": 1}}\n',
    "key twice": b'{"case": {"called": "A", "called": "B"}}\n',
    "part twice": b'{"case": {"called": "A"}, "person": [], "person": [{"family_name": "A"}]}\n',
    "key twice in a person": b'{"case": {"called": "A"}, "person": [{}, {"sex": "female", "sex": "male"}]}\n',
    "too long for a case": b'{"case": {"called": "A"}, "pets": "' + b"a" * (2 * MOST_OF_A_LINE) + b'"}\n',
    "surrogate as a part": b'{"case": {"called": "A"}, "\\udfff": []}\n',
}


def opened(folder: Path) -> Workspace:
    return open_store(folder, PRACTICE_PASSPHRASE)


def called(folder: Path) -> dict[str, str]:
    """What the cases of a store are called, by number; the store is sound."""
    workspace = opened(folder)
    found = {line.number: line.called for line in all_cases(workspace)}
    sound = check_store(workspace).sound
    workspace.lock()
    assert sound
    return found


def test_each_line_gives_a_number_in_the_order_of_the_lines(cli: CommandLine, store: Path) -> None:
    names = [f"Family {number}" for number in range(5)]
    result = cli.call("case", "add", "-", "--store", store, stdin=json_lines([{"case": {"called": n}} for n in names]))
    assert (result.code, result.err) == (DONE, "")
    assert [called(store)[number] for number in result.lines] == names
    assert [int(number.rsplit("-", 1)[1]) for number in result.lines] == list(range(1, 6))


def test_more_cases_are_added_in_one_go_than_the_log_of_the_database_may_hold(cli: CommandLine, store: Path) -> None:
    great = {"case": {"called": "Great"}, "note": [{"text": "—" * 100_000}]}  # 0.6 MB each in that log
    result = cli.call("case", "add", "-", "--store", store, stdin=json_lines([great] * 36))
    assert (result.code, result.err) == (DONE, "")
    assert len(result.lines) == len(called(store)) == 36


def test_byte_order_mark_windows_line_ends_and_empty_lines_are_read_over(cli: CommandLine, store: Path) -> None:
    lines = b"\xef\xbb\xbf" + b"\r\n\r\n".join([GOOD.strip()] * 2) + b"\r\n  \r\n"
    result = cli.call("case", "add", "-", "--store", store, stdin=lines)
    assert (result.code, len(result.lines), result.err) == (DONE, 2, "")


def test_last_line_needs_no_end(cli: CommandLine, store: Path) -> None:
    assert len(cli.call("case", "add", "-", "--store", store, stdin=GOOD + GOOD.strip()).lines) == 2


@pytest.fixture(scope="module")
def mixed(new_stores: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A store to which every bad line was given, each between two good ones, and what the program said."""
    folder = tmp_path_factory.mktemp("mixed")
    store = Path(shutil.copytree(new_stores / "practice", folder / "store"))
    lines = GOOD + b"".join(line + GOOD for line in BAD_LINES.values())
    with pytest.MonkeyPatch.context() as monkeypatch:
        return store, CommandLine(folder, monkeypatch).call("case", "add", "-", "--store", store, stdin=lines)


@pytest.mark.parametrize("kind", BAD_LINES)
def test_bad_line_is_named_in_one_short_sentence(mixed: tuple[Path, Result], kind: str) -> None:
    number = 2 * list(BAD_LINES).index(kind) + 2
    (said,) = [line for line in mixed[1].err.splitlines() if line.startswith(f"Line {number}: ")]
    assert "othing" in said or "not saved" in said  # that nothing of it was stored
    assert "{" not in said
    assert len(said) < 300


@pytest.mark.parametrize(
    ("kind", "place"),
    [("key twice", "case → called"), ("part twice", "person"), ("key twice in a person", "person → 2 → sex")],
)
def test_a_name_that_stands_twice_is_told_with_its_place(mixed: tuple[Path, Result], kind: str, place: str) -> None:
    number = 2 * list(BAD_LINES).index(kind) + 2
    assert f"Line {number}: The same name appears twice: {place}. " in mixed[1].err


def test_of_a_line_without_end_only_its_beginning_is_held(mixed: tuple[Path, Result]) -> None:
    number = 2 * list(BAD_LINES).index("too long for a case") + 2
    assert f"Line {number}: This line is too long for a case. " in mixed[1].err


def test_nothing_of_a_bad_line_is_stored_and_the_good_ones_are(mixed: tuple[Path, Result]) -> None:
    store, result = mixed
    assert result.code == BAD_INPUT
    assert result.err.count("\n") == len(BAD_LINES)
    assert [int(number.rsplit("-", 1)[1]) for number in result.lines] == list(range(1, len(BAD_LINES) + 2))
    assert called(store) == dict.fromkeys(result.lines, "Good")
    workspace = opened(store)
    entries = workspace.store.journal.count()
    workspace.lock()
    assert entries == 1 + len(result.lines)  # the office and the good cases


def test_numbers_of_bad_lines_count_from_one_and_count_empty_lines(cli: CommandLine, store: Path) -> None:
    result = cli.process("case", "add", "-", "--store", store, stdin=b"\n\nx\n" + GOOD + b"y\n" + GOOD)
    assert result.code == BAD_INPUT
    assert [line.split(":")[0] for line in result.err.splitlines()] == ["Line 3", "Line 5"]
    assert len(result.lines) == 2


def test_strict_stops_at_the_first_bad_line_and_keeps_what_was_reported(cli: CommandLine, store: Path) -> None:
    result = cli.process("case", "add", "-", "--strict", "--store", store, stdin=GOOD + b"x\n" + GOOD + b"y\n")
    assert result.code == BAD_INPUT
    assert result.err.startswith("Line 2: ")
    assert result.err.count("\n") == 1
    assert list(called(store)) == result.lines
    assert len(result.lines) == 1


def test_file_of_cases_is_read_like_standard_input(cli: CommandLine, store: Path) -> None:
    file = cli.home / "cases with a ђ.jsonl"
    file.write_bytes(GOOD + b"x\n" + GOOD)
    result = cli.call("case", "add", file, "--store", store)
    assert (result.code, len(result.lines)) == (BAD_INPUT, 2)
    assert str(cli.home) not in result.err


@pytest.mark.parametrize("reported", [1, 7])
def test_every_case_whose_number_was_read_survives_the_killing_of_the_program(
    cli: CommandLine, store: Path, reported: int
) -> None:
    process = cli.start("case", "add", "-", "--store", store)
    assert process.stdin and process.stdout and process.stderr
    watch = threading.Timer(60, process.kill)  # a program that never answers must not hold up the tests
    watch.start()
    numbers = []
    for _ in range(reported):
        process.stdin.write(GOOD)
        process.stdin.flush()
        numbers.append(process.stdout.readline().decode().strip())
    process.kill()
    process.wait(60)
    watch.cancel()
    for stream in (process.stdin, process.stdout, process.stderr):
        stream.close()
    assert all(numbers)
    assert list(called(store)) == numbers


class StopAfter(io.RawIOBase):
    """Standard input that gives lines, and then the keyboard's Ctrl-C."""

    def __init__(self, lines: int) -> None:
        self._left = lines

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        if not self._left:
            signal.raise_signal(signal.SIGINT)
        self._left -= 1
        buffer[: len(GOOD)] = GOOD
        return len(GOOD)


def test_ctrl_c_says_what_is_safe_and_keeps_it(cli: CommandLine, store: Path) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have started us deaf to it
    try:
        result = cli.call("case", "add", "-", "--store", store, stdin=StopAfter(3))
    finally:
        signal.signal(signal.SIGINT, before)
    assert result.code == STOPPED
    assert result.err == "Cancelled. Everything reported so far is saved.\n"
    assert list(called(store)) == result.lines
    assert len(result.lines) == 3


def test_family_arrives_with_everything_that_was_written(cli: CommandLine, store: Path) -> None:
    family: dict[str, Any] = dict(stores.FAMILY)
    result = cli.call("case", "add", "-", "--store", store, stdin=json_lines([family]))
    (shown,) = cli.call("case", "show", *result.lines, "--json", "--store", store).parsed
    assert family["case"].items() <= shown["case"].items()
    for part in ("person", "paper", "note"):
        assert len(shown[part]) == len(family[part])
        for written, read in zip(family[part], shown[part], strict=True):
            assert written.items() <= read.items()
    assert [entry["role"] for entry in shown["membership"]] == ["principal_applicant"] + ["dependant"] * 4


@pytest.mark.parametrize("trying", [["--dry-run"], []])
def test_a_personal_number_that_looks_wrong_is_told_and_refuses_nothing(
    cli: CommandLine, store: Path, trying: list[str]
) -> None:
    people = [
        {"family_name": "Leka", "given_names": "Besa", "sex": "F", "birth_date": "1985-06-15",
         "national_number": "1506985600010"},
        {"family_name": "Leka", "given_names": "Ilir", "national_number": "J00101999A"},
        {"family_name": "Leka", "given_names": "Ana", "national_number": "0203014635120", "birth_date": "2014-03-02"},
    ]  # fmt: skip
    result = cli.call("case", "add", "-", *trying, "--store", store, stdin=json_lines([{"case": {}, "person": people}]))
    assert result.code == DONE
    assert result.err.splitlines() == [
        "Line 1: Person 1: The number is that of a man. Check the field “Sex”, or the paper again.",
        "Line 1: Person 2: The last letter is not correct. Check the paper again: some numbers were issued like this.",
    ]
    assert len(called(store)) == (0 if trying else 1)


def test_officers_and_partners_of_the_same_name_are_not_doubled(cli: CommandLine, store: Path) -> None:
    document = {
        "case": {"called": "A", "officer": "u1"}, "officer": [{"name": "Besa Leka", "initials": "BL"}],
        "provider": [{"name": "Legal aid centre", "place": "Fier"}], "referral": [{"provider": "o1"}],
    }  # fmt: skip
    cli.call("case", "add", "-", "--store", store, stdin=json_lines([document] * 3))
    workspace = opened(store)
    names = [
        record.text("name") for kind in ("officer", "provider") for record in workspace.store.reader.everything(kind)
    ]
    workspace.lock()
    assert names == ["Besa Leka", "Legal aid centre"]


def test_who_may_be_here_already_is_said_with_the_case_and_stops_nothing(cli: CommandLine, store: Path) -> None:
    people = [{"family_name": "Hoxha", "given_names": "Besa"}, {"family_name": "Хоџа", "given_names": "Беса"}]
    lines = json_lines([{"case": {"called": "x"}, "person": [{"given_names": "Zef"}, one]} for one in people])
    result = cli.call("case", "add", "-", "--store", store, stdin=lines)
    assert (result.code, len(result.lines)) == (DONE, 2)
    assert result.err == f"Line 2: Possible duplicate: person 2, in {result.lines[0]}.\n"


def test_a_trial_says_what_is_wrong_and_who_may_be_here_and_stores_nothing(cli: CommandLine, store: Path) -> None:
    family = {"case": {"called": "x"}, "person": [{"family_name": "Hoxha", "given_names": "Besa"}]}
    [number] = cli.call("case", "add", "-", "--store", store, stdin=json_lines([family])).lines
    before = called(store)
    given = json_lines([family, {"case": {"called": "x", "colour": "red"}}])
    result = cli.call("case", "add", "-", "--dry-run", "--store", store, stdin=given)
    assert (result.code, result.out) == (BAD_INPUT, "")
    assert f"Line 1: Possible duplicate: person 1, in {number}." in result.err and "Line 2: " in result.err
    assert called(store) == before


def test_what_the_records_of_a_case_say_against_each_other_is_said_when_it_is_added_and_shown(
    cli: CommandLine, store: Path
) -> None:
    person = {"ref": "m1", "family_name": "Hoxha", "given_names": "Besa", "birth_date": "1985-06-15"}
    document = {"case": {"called": "x"}, "person": [person], "schooling": [{"person": "m1"}]}
    sentence = "School: This person is not of school age. Is it the right one?"
    lines = json_lines([{"case": {"called": "y"}}, document])
    tried = cli.call("case", "add", "-", "--dry-run", "--store", store, stdin=lines)
    assert (tried.code, tried.out, tried.err) == (DONE, "", f"Line 2: {sentence}\n")
    added = cli.call("case", "add", "-", "--store", store, stdin=lines)
    assert (added.code, added.err) == (DONE, f"Line 2: {sentence}\n")
    nothing, something = (cli.call("case", "show", number, "--store", store).lines for number in added.lines)
    assert f"  ! {sentence}" in something
    assert not [line for line in nothing if "!" in line]
