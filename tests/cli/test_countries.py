"""Countries and languages in ``case add``: any of them, by any name; a state that is gone is asked about by the field's name."""

from pathlib import Path
from typing import Any

import pytest

from avrr_desktop.domain.people.country import KOSOVO_NOTE
from tests.support.running import CommandLine, Result, json_lines

DONE, BAD_INPUT = 0, 3


def added(cli: CommandLine, store: Path, case: dict[str, Any], person: dict[str, Any]) -> Result:
    document = {"case": {"called": "Hoti", **case}, "person": [{"family_name": "Hoti", **person}]}
    return cli.call("case", "add", "-", "--store", store, stdin=json_lines([document]))


def kept(cli: CommandLine, store: Path, number: str) -> tuple[dict[str, Any], dict[str, Any]]:
    document = cli.call("case", "show", number, "--json", "--store", store).parsed[0]
    return document["case"], document["person"][0]


def test_countries_and_languages_are_read_by_code_and_by_any_name(cli: CommandLine, store: Path) -> None:
    case = {"host_country": "DK", "country_of_return": "Косово"}
    person = {"birth_country": "Španija", "citizenship": "SY", "languages": ["shqip", "romani čhib", "Torlak of Pirot"]}
    result = added(cli, store, case, person)
    assert (result.code, result.err) == (DONE, "")
    found, who = kept(cli, store, result.lines[0])
    assert (found["host_country"], found["country_of_return"]) == ("DK", "XK")
    assert (who["birth_country"], who["citizenship"]) == ("ES", "SY")
    assert who["languages"] == ["sqi", "rom", "Torlak of Pirot"]
    shown = cli.call("case", "show", result.lines[0], "--store", store)
    assert "Kosovo*" in shown.out


@pytest.mark.parametrize(
    "text", ["Yugoslavia", "SFRJ", "serbia and montenegro", "Федеративна Народна Република Југославија"]
)
def test_a_state_that_is_gone_is_refused_with_the_states_of_today(cli: CommandLine, store: Path, text: str) -> None:
    result = added(cli, store, {}, {"birth_country": text})
    assert (result.code, result.out) == (BAD_INPUT, "")
    assert "“Country of birth”" in result.err and "no longer exists" in result.err
    assert "Kosovo*, Montenegro," in result.err and "Serbia" in result.err
    assert KOSOVO_NOTE in result.err
    assert "Hoti" not in result.err


@pytest.mark.parametrize("text", ["Kongo", "Atlantis", "Serb", "ZZ", "XXA"])
def test_what_names_no_country_alone_is_refused_by_its_field(cli: CommandLine, store: Path, text: str) -> None:
    result = added(cli, store, {"host_country": text}, {})
    assert (result.code, result.out) == (BAD_INPUT, "")
    assert "“Host country” does not identify exactly one known country." in result.err
    assert "two-letter" in result.err
    assert text not in result.err


def test_stateless_is_a_citizenship(cli: CommandLine, store: Path) -> None:
    result = added(cli, store, {}, {"citizenship": "stateless"})
    assert kept(cli, store, result.lines[0])[1]["citizenship"] == "XXA"
