"""What is taken from CLDR: plural rules by their meaning, and what the program knows better."""

import importlib.util
import json
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from babel.plural import PluralRule

from avrr_desktop.domain.people.dates import PartialDate
from avrr_desktop.language import Language

ROOT = Path(__file__).resolve().parent.parent
COMMITTED = ROOT / "resources" / "locale" / "formats.json"
SLAVIC = "v = 0 and i % 10 = 1 and i % 100 != 11 or f % 10 = 1 and f % 100 != 11"
FEW = "v = 0 and i % 10 = 2..4 and i % 100 != 12..14 or f % 10 = 2..4 and f % 100 != 12..14"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("formats", ROOT / "tools" / "make" / "formats.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("rules", "name"),
    [
        ({"one": "i = 0,1", "many": "e = 0 and i != 0 and i % 1000000 = 0 and v = 0 or e != 0..5"}, "fr"),
        ({"one": "i = 0..1", "many": "e = 0 and i != 0 and i % 1000000 = 0 and v = 0 or e != 0..5"}, "fr"),
        ({"one": "i = 1 and v = 0"}, "one_other"), ({"one": "n = 1"}, "one_other"), ({"one": SLAVIC}, "mk"),
        ({"one": SLAVIC, "few": FEW}, "one_few_other"),
    ],
)  # fmt: skip
def test_plural_rules_are_told_by_what_they_mean(maker: ModuleType, rules: dict[str, str], name: str) -> None:
    assert maker.plural(PluralRule(rules).rules) == name


@pytest.mark.parametrize("rules", [{}, {"one": "n = 1..2"}, {"one": SLAVIC, "few": "n = 2"}])
def test_other_plural_rules_stop_the_making(maker: ModuleType, rules: dict[str, str]) -> None:
    with pytest.raises(SystemExit):
        maker.plural(PluralRule(rules).rules)


def test_the_committed_file_is_what_is_made(maker: ModuleType) -> None:
    made, committed = json.loads(maker.document()), json.loads(COMMITTED.read_text(encoding="utf-8"))
    assert made == committed


def test_montenegrin_days_are_of_one_speech(maker: ModuleType) -> None:
    form = json.loads(maker.document())["cnr"]
    assert form["weekdays"] == json.loads(maker.document())["bs"]["weekdays"]
    assert form["weekdays_short"][2] == "sri"


def test_english_writes_its_dates_as_the_offices_of_the_region_do(maker: ModuleType) -> None:
    made = json.loads(maker.document())
    assert made["en"]["day_short"] == made["qps"]["day_short"] == "{dd}.{MM}.{y}"
    assert Language().day(date(2026, 3, 5)) == "05.03.2026"
    assert Language().typed_date("05.03.2026", 2026) == PartialDate(2026, 3, 5), "what is written is read back"


def test_a_date_in_figures_ends_with_its_year(maker: ModuleType) -> None:
    assert maker.in_figures("{d}.{M}.{y}\u202fг.") == maker.in_figures("{d}.{M}.{y}") == "{d}.{M}.{y}"
    assert maker.in_figures("{d}. {M}. {y}.") == "{d}. {M}. {y}."
