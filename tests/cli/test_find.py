"""``case list`` and ``case find``: every case once, and one person by all the spellings that offices write."""

import shutil
from pathlib import Path

import pytest

from tests.support import stores
from tests.support.running import CommandLine, json_lines

SOLO = {"case": {"called": "Case of one"}, "person": [{"family_name": "Ђорђевић", "given_names": "Марко"}]}
OTHERS = [
    {"case": {"called": "Krasniqi family", "country_of_return": "XK", "municipality_of_return": "Prizren"},
     "person": [{"family_name": "Krasniqi", "given_names": "Çlirim"}]},
    {"case": {"called": "Gjoka", "country_of_return": "AL", "opened_on": "2026-01-31"},
     "person": [{"family_name": "Gjoka", "given_names": "Xhevahire"}, {"family_name": "Gjoka", "given_names": "Njomza"}]},
]  # fmt: skip


@pytest.fixture(scope="module")
def filled(new_stores: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The number of the family in a store of four cases, and the store; only to be read."""
    folder = tmp_path_factory.mktemp("filled")
    store = Path(shutil.copytree(new_stores / "practice", folder / "store"))
    with pytest.MonkeyPatch.context() as monkeypatch:
        lines = json_lines([SOLO, *OTHERS, stores.FAMILY])
        added = CommandLine(folder, monkeypatch).call("case", "add", "-", "--store", store, stdin=lines)
    return added.lines[-1], store


def test_list_has_every_case_once_with_what_a_list_says(cli: CommandLine, filled: tuple[str, Path]) -> None:
    result = cli.call("case", "list", "--json", "--store", filled[1])
    assert (result.code, result.err) == (0, "")
    lines = {line["called"]: line for line in result.parsed}
    assert set(lines) == {"Case of one", "Krasniqi family", "Gjoka", "Đorđević family"}
    assert lines["Đorđević family"] == {
        "number": filled[0], "called": "Đorđević family", "status": "open", "country_of_return": "RS",
        "municipality_of_return": "Novi Pazar", "persons": 5, "opened_on": "2026-05-03",
    }  # fmt: skip
    assert [line["number"] for line in result.parsed] == sorted(line["number"] for line in result.parsed)


def test_list_in_text_has_one_line_a_case(cli: CommandLine, filled: tuple[str, Path]) -> None:
    result = cli.call("case", "list", "--store", filled[1])
    (line,) = [line for line in result.lines if line.startswith(filled[0])]
    assert line == f"{filled[0]}  Đorđević family  5 persons  Novi Pazar  Serbia"
    assert sum(line.startswith("PRACTICE-") for line in result.lines) == 4


@pytest.mark.parametrize(
    "spelling",
    ["Ђорђевић", "Đorđević", "Djordjevic", "Gjorgjeviq", "đorđ", "Marko Djordjevitch", "DJORDJEVIC Марко"],
)
def test_person_written_in_cyrillic_is_found_by_every_spelling(
    cli: CommandLine, filled: tuple[str, Path], spelling: str
) -> None:
    result = cli.call("case", "find", spelling, "--json", "--store", filled[1])
    assert (result.code, result.err) == (0, "")
    assert {"Case of one", "Đorđević family"} == {line["called"] for line in result.parsed}


@pytest.mark.parametrize("text", ["009876543", "1506985600010", "0203014635120", "Novi Pazar", "Liege", "опш"])
def test_case_is_found_by_number_place_and_note(cli: CommandLine, filled: tuple[str, Path], text: str) -> None:
    result = cli.call("case", "find", text, "--json", "--store", filled[1])
    assert [line["number"] for line in result.parsed] == [filled[0]]


def test_case_is_found_by_its_number_in_whole_and_in_parts(cli: CommandLine, filled: tuple[str, Path]) -> None:
    number = filled[0]
    for typed in (number, number.lower(), number.replace("-", " - "), number.rsplit("-", 2)[0], "PRACTICE-RS"):
        result = cli.call("case", "find", typed, "--json", "--store", filled[1])
        assert number in [line["number"] for line in result.parsed], typed


def test_process_in_a_plain_locale_finds_what_is_typed_in_cyrillic(cli: CommandLine, filled: tuple[str, Path]) -> None:
    result = cli.process("case", "find", "Ђорђевић", "--store", filled[1], PYTHONIOENCODING="ascii")
    assert (result.code, result.err) == (0, "")
    assert filled[0] + "  Đorđević family" in result.out


@pytest.mark.parametrize(
    "text", ["", " ", "-", '"', "* OR NOT", "NEAR(", "Zzyzx", "%", "' --", "a" * 5000, "🙂"], ids=ascii
)
def test_text_that_matches_nothing_or_looks_like_a_query_is_no_error(
    cli: CommandLine, filled: tuple[str, Path], text: str
) -> None:
    result = cli.call("case", "find", "--store", filled[1], "--", text)
    assert (result.code, result.err) == (0, "")


def test_empty_store_lists_nothing(cli: CommandLine, store: Path) -> None:
    for words in (("case", "list"), ("case", "list", "--json"), ("case", "find", "x")):
        result = cli.call(*words, "--store", store)
        assert (result.code, result.out, result.err) == (0, "", "")


def test_list_is_narrowed_to_a_place_by_any_of_its_names(cli: CommandLine, filled: tuple[str, Path]) -> None:
    for name, called in (
        ("u Prizrenu", "Krasniqi family"),
        ("Yenipazar", "Đorđević family"),
        ("Raški okrug", "Đorđević family"),
    ):
        result = cli.call("case", "list", "--json", "--place", name, "--store", filled[1])
        assert (result.code, [line["called"] for line in result.parsed]) == (0, [called])
    refused = cli.call("case", "list", "--place", "Atlantis", "--store", filled[1])
    assert refused.code != 0 and "No known place has this name." in refused.err


def test_place_find_says_what_a_name_means(cli: CommandLine, filled: tuple[str, Path]) -> None:
    result = cli.call("place", "find", "Uroševcu", "--store", filled[1])
    assert result.lines[0] == "XK-m-ferizaj  Ferizaj / Урошевац  Kosovo*"
    assert "resolution 1244" in result.lines[1]
    assert cli.call("place", "find", "Ourochevats", "--store", filled[1]).lines[0].endswith("?")


def test_an_own_list_goes_in_and_out(cli: CommandLine, filled: tuple[str, Path], tmp_path: Path) -> None:
    store = Path(shutil.copytree(filled[1], tmp_path / "store"))
    table = tmp_path / "places.csv"
    table.write_text("name,country,parent\nNashec,XK,Prizren\n", encoding="utf-8")
    assert cli.call("place", "import", table, "--store", store).code == 0
    assert cli.call("place", "find", "Nashec", "--store", store).lines[0].startswith("XK-o-prizren-nashec  Nashec")
    written = cli.call("place", "export", tmp_path / "out.csv", "--store", store)
    assert written.code == 0 and "Nashec" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    table.write_text("name,country\n,XK\n", encoding="utf-8")
    refused = cli.call("place", "import", table, "--store", store)
    assert refused.code != 0 and "line 2: the name is missing" in refused.err


def test_what_is_only_near_is_said_to_be(cli: CommandLine, filled: tuple[str, Path]) -> None:
    result = cli.call("case", "find", "Cevahire Gjoka", "--json", "--store", filled[1])
    assert [line["called"] for line in result.parsed] == ["Gjoka"]
    assert result.err.strip() == "Nothing exact; near: written differently"
    assert cli.call("case", "find", "Xhevahire Gjoka", "--json", "--store", filled[1]).err == ""


def test_json_says_which_cases_are_only_near_and_why(cli: CommandLine, filled: tuple[str, Path]) -> None:
    def near(typed: str) -> list[tuple[str, str | None]]:
        lines = cli.call("case", "find", typed, "--json", "--store", filled[1]).parsed
        return [(line["called"], line["near"]) for line in lines]

    assert near("Çlirim Krasniqi") == [("Krasniqi family", None)]
    assert near("Çlirim Krasniqa") == [("Krasniqi family", "spelling")]
