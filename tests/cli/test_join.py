"""``case doubles``, ``case apart`` and ``case join``: pairs are listed, and decided only by what somebody typed."""

from pathlib import Path

import pytest

from tests.support.running import CommandLine, json_lines

FIRST = {"case": {"called": "Ђорђевић"}, "person": [
    {"family_name": "Ђорђевић", "given_names": "Марко", "birth_date": "1985-06-15"},
    {"family_name": "Ђорђевић", "given_names": "Лука", "birth_date": "2014-03-02"},
]}  # fmt: skip
SECOND = {"case": {"called": "Gjorgjeviq"}, "person": [
    {"family_name": "Gjorgjeviq", "given_names": "Marko", "birth_date": "1985-06-15", "phone": "044 111 222"},
    {"family_name": "Gjorgjeviq", "given_names": "Ana", "birth_date": "2014-03-02"},
]}  # fmt: skip


@pytest.fixture
def numbers(cli: CommandLine, store: Path) -> tuple[str, str]:
    """The numbers of two cases of one family."""
    added = cli.call("case", "add", "-", "--store", store, stdin=json_lines([FIRST, SECOND]))
    return added.lines[0], added.lines[1]


def test_likely_doubles_are_listed_by_number_and_nothing_is_joined(
    cli: CommandLine, store: Path, numbers: tuple[str, str]
) -> None:
    one, other = numbers
    result = cli.call("case", "doubles", "--store", store)
    assert (result.code, result.lines) == (0, [f"{one}-1  {other}-1  same date of birth, similar names"])
    assert cli.call("case", "doubles", "--store", store).lines == result.lines


def test_two_people_are_kept_apart_and_listed_no_more(cli: CommandLine, store: Path, numbers: tuple[str, str]) -> None:
    people = [f"{number}-1" for number in numbers]
    same = cli.call("case", "apart", people[0], people[0], "--store", store)
    assert same.code != 0 and "Traceback" not in same.err
    assert len(cli.call("case", "doubles", "--store", store).lines) == 1
    assert cli.call("case", "apart", *people, "--store", store).code == 0
    assert cli.call("case", "doubles", "--store", store).lines == []
    again = cli.call("case", "apart", *reversed(people), "--store", store)
    assert again.code != 0 and "nothing to decide" in again.err


def test_two_people_are_joined_as_it_was_typed(cli: CommandLine, store: Path, numbers: tuple[str, str]) -> None:
    people = [f"{number}-1" for number in numbers]
    missing = cli.call("case", "join", *people, "--store", store)
    assert missing.code == 3 and "Family name" in missing.err
    tried = cli.call("case", "join", *people, "--others", "first", "--dry-run", "--store", store)
    assert tried.code == 0 and "family_name  Ђорђевић | Gjorgjeviq  first" in tried.lines
    assert cli.call("case", "doubles", "--store", store).lines
    joined = cli.call("case", "join", *people, "--others", "first", "--choose", "given_names=second", "--store", store)
    assert (joined.code, joined.lines) == (0, [people[0]])
    assert cli.call("case", "doubles", "--store", store).lines == []
    found = cli.call("case", "find", "Gjorgjeviq Marko", "--json", "--store", store)
    assert {line["number"] for line in found.parsed} == set(numbers)


def test_two_cases_are_joined_with_who_is_who(cli: CommandLine, store: Path, numbers: tuple[str, str]) -> None:
    same = f"{numbers[0]}-1={numbers[1]}-1"
    open_ = cli.call("case", "join", *numbers, "--others", "first", "--store", store)
    assert open_.code == 3 and "--principal" in open_.err, "two principal applicants: nobody is guessed"
    joined = cli.call("case", "join", *numbers, "--others", "first", "--same", same, "--store", store)
    assert (joined.code, joined.lines) == (0, [numbers[0]])
    lines = {line["number"]: line for line in cli.call("case", "list", "--json", "--store", store).parsed}
    assert (lines[numbers[0]]["persons"], lines[numbers[1]]["persons"]) == (3, 0)
    assert lines[numbers[1]]["status"] == "duplicate"


@pytest.mark.parametrize(
    "wrong", [["AL-TIR-2026-MS-0001", "AL-TIR-2026-MS-0002-1"], ["XX-1-2026-MS-0001-9", "XX-1-2026-MS-0002-1"]]
)
def test_what_names_nobody_is_told(cli: CommandLine, store: Path, numbers: tuple[str, str], wrong: list[str]) -> None:
    result = cli.call("case", "join", *wrong, "--store", store)
    assert result.code in (3, 4) and result.err and "Traceback" not in result.err
