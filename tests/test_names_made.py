"""The tables of names: as their command makes them, whole, with letters that paper and screen can draw."""

import json
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.test_catalogues import load

PROJECT = Path(__file__).resolve().parent.parent
NAMES = PROJECT / "resources" / "names"
REMEDY = "run `python tools/make/names.py` and commit what it writes"
FILES = sorted(path.stem for path in NAMES.glob("*.json"))


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(str(PROJECT / "tools" / "make"))
        outputs: dict[str, str] = load(PROJECT / "tools" / "make" / "names.py").outputs()
    return outputs


def test_the_committed_tables_are_what_the_command_makes(made: dict[str, str]) -> None:
    assert sorted(made) == [f"{name}.json" for name in FILES], REMEDY
    assert [name for name, text in made.items() if (NAMES / name).read_text(encoding="utf-8") != text] == [], REMEDY


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_every_letter_of_a_name_can_be_drawn(weight: str) -> None:
    have = TTFont(PROJECT / "resources" / "fonts" / f"NotoSans-{weight}.ttf").getBestCmap()
    for name in set(FILES) - {"typed"}:
        table = json.loads((NAMES / f"{name}.json").read_text(encoding="utf-8"))
        letters = {letter for names in table.values() for text in names.values() for letter in text}
        assert "".join(sorted(letter for letter in letters if ord(letter) not in have)) == "", name


def test_no_table_holds_a_name_that_hurts() -> None:
    never = ("cigan", "cygan", "zigeuner", "tzigan", "tsigan", "gypsy", "gitan", "magjup", "mustlas", "цыган", "циган")
    texts = {path.name: path.read_text(encoding="utf-8").casefold() for path in NAMES.glob("*.json")}
    assert [(name, word) for name, text in texts.items() for word in never if word in text] == []
