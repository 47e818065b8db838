"""The report of the command line: counts by country, on the screen and as a table."""

from pathlib import Path

import pytest

from avrr_desktop.domain.people.country import KOSOVO_NOTE
from avrr_desktop.tables.register import read_csv
from tests.support.running import CommandLine, json_lines

DOCUMENTS = [
    {"case": {"called": "Krasniqi", "country_of_return": "XK", "opened_on": "2026-01-01"}, "person": [{"family_name": "Krasniqi"}]},
    {"case": {"called": "Hoxha", "country_of_return": "AL", "opened_on": "2026-06-30"},
     "person": [{"family_name": "Hoxha"}, {"family_name": "Hoxha"}]},
    {"case": {"called": "later", "country_of_return": "AL", "opened_on": "2026-07-01"}},
]  # fmt: skip
PERIOD = ("--from", "2026-01-01", "--until", "2026-06-30")


@pytest.fixture
def filled(cli: CommandLine, store: Path) -> Path:
    assert cli.call("case", "add", "--store", store, "-", stdin=json_lines(DOCUMENTS)).code == 0
    return store


def test_countries_are_counted_to_the_last_day_and_kosovo_has_its_mark_and_note(cli: CommandLine, filled: Path) -> None:
    result = cli.call("report", "countries", "--store", filled, *PERIOD)
    assert result.code == 0
    assert "Albania  1  2" in result.lines
    assert "Kosovo*  1  1" in result.lines
    assert "Total  2  3" in result.lines
    assert result.lines[-1] == KOSOVO_NOTE


def test_the_table_holds_the_same_with_mark_and_note(cli: CommandLine, filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    result = cli.call("report", "countries", "--store", filled, *PERIOD, "--csv", path)
    assert (result.code, result.lines) == (0, [str(path)])
    rows = read_csv(path.read_bytes())
    assert rows[0] == ["Country of return", "Cases", "Persons"]
    assert ["Kosovo*", "1", "1"] in rows
    total = rows.index(["Total", "2", "3"])
    assert rows[total + 1] == [] and rows[total + 2][0] == "Municipality of return", "the same cases by place"
    assert ["not stated", "1", "1", "Kosovo*"] in rows[total + 3 :]
    assert rows[-3:] == [[], ["Period", "2026-01-01", "2026-06-30"], [KOSOVO_NOTE]]
    assert "Hoxha" not in path.read_text(encoding="utf-8-sig")


def test_in_other_languages_cells_are_parted_as_spreadsheets_there_expect(
    cli: CommandLine, filled: Path, tmp_path: Path
) -> None:
    path = tmp_path / "table.csv"
    assert cli.call("report", "countries", "--language", "qps", "--store", filled, *PERIOD, "--csv", path).code == 0
    rows = read_csv(path.read_bytes(), ";")
    assert [row[1:] for row in rows if len(row) == 3 and "*" in row[0]] == [["1", "1"]]


def test_a_period_that_ends_before_it_begins_is_refused(cli: CommandLine, filled: Path) -> None:
    result = cli.call("report", "countries", "--store", filled, "--from", "2026-06-30", "--until", "2026-01-01")
    assert (result.code, result.out) == (3, "")


def test_a_table_that_cannot_be_written_is_refused(cli: CommandLine, filled: Path, tmp_path: Path) -> None:
    result = cli.call("report", "countries", "--store", filled, *PERIOD, "--csv", tmp_path / "nowhere" / "table.csv")
    assert result.code == 4
    assert "Nothing in the store was lost" in result.err


@pytest.mark.parametrize(
    ("first", "until"),
    [("1.1.2026", "30.6.2026"), ("01/01/2026", "30/06/2026"), ("1. 1. 2026.", "30. 6. 2026."), ("1 January 2026", "30 June 2026"),
     ("1. januara 2026. god.", "30 qershor 2026"), ("1.1.26", "30.6.26"), ("2026-01-01", "30-06-2026")],
)  # fmt: skip
def test_days_are_taken_as_people_write_them(cli: CommandLine, filled: Path, first: str, until: str) -> None:
    result = cli.call("report", "countries", "--store", filled, "--from", first, "--until", until)
    assert (result.code, result.err) == (0, "")
    assert "Total  2  3" in result.lines


@pytest.mark.parametrize("wrong", ["2026", "6.2026", "31.6.2026", "1.1.75", "2026-06-30~", "soon", ""])
def test_what_is_no_day_names_the_option_and_the_form(cli: CommandLine, filled: Path, wrong: str) -> None:
    result = cli.call("report", "countries", "--store", filled, "--from", "1.1.2026", "--until", wrong)
    assert (result.code, result.out) == (3, "")
    assert "--until" in result.err
    assert "31.1.2026 or 2026-01-31" in result.err


def test_what_was_stated_is_listed_in_its_units_and_written_as_a_table(
    cli: CommandLine, filled: Path, tmp_path: Path
) -> None:
    result = cli.call("report", "stated", "--store", filled)
    assert result.code == 0
    for words in ("  cases  221", "  persons  530", "  processed cases  13", "  processed returnees  350"):
        assert any(words in line for line in result.lines), words
    assert result.lines[-1] == KOSOVO_NOTE
    path = tmp_path / "stated.csv"
    assert cli.call("report", "stated", "--store", filled, "--programme", "avr_ch", "--csv", path).code == 0
    rows = read_csv(path.read_bytes())
    assert [row[4:6] for row in rows[1:3]] == [["cases", "221"], ["persons", "530"]]
    assert len(rows) == 5


def test_a_code_that_the_pack_does_not_know_is_said_with_those_that_it_knows(cli: CommandLine, filled: Path) -> None:
    for option in ("--programme", "--direction"):
        result = cli.call("report", "countries", "--store", filled, *PERIOD, option, "elsewhere")
        assert result.code == 3
        assert f"“elsewhere” for {option}" in result.err
        assert "to_western_balkans" in result.err or "avr_ch" in result.err


def test_a_pack_is_taken_in_and_written_by_command(cli: CommandLine, filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    head = '[pack]\nkey = "ours"\nschema = 1\nversion = 1\ntitle = "Ours"\n'
    path.write_text(
        head + '[programme]\nkey = "lake"\ntitle = "Lakes"\n[programme.settings]\nretention_months = 24\n', "utf-8"
    )
    assert cli.call("pack", "import", "--store", filled, path).code == 0
    assert cli.call("report", "countries", "--store", filled, *PERIOD, "--programme", "lake").code == 0
    assert cli.call("pack", "export", "--store", filled, tmp_path / "whole.toml").code == 0
    assert "[programmes.lake.settings]" in (tmp_path / "whole.toml").read_text("utf-8")
    path.write_text(head + "[settings]\nnobody_knows = 1\n", "utf-8")
    refused = cli.call("pack", "import", "--store", filled, path)
    assert refused.code == 3
    assert "nobody_knows" in refused.err
