"""The list of places as it ships: whole, its keys made by their command, its sources named wherever it goes."""

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from avrr_desktop.domain.people.country import RETURN
from avrr_desktop.domain.places.gazetteer import gazetteer
from tests.test_catalogues import load
from tools.packing import licences

PROJECT = Path(__file__).resolve().parent.parent
PLACES = PROJECT / "resources" / "places"
REMEDY = "run `python tools/make/places.py` and commit what it writes"
SOURCES = (
    "Contains data from GeoNames (geonames.org), CC BY 4.0; selected, merged and transliterated.",
    "Data from Who's On First, whosonfirst.org, License: https://whosonfirst.org/docs/licenses/",
    "LAU codes: Eurostat, (c) European Union",
    "Territorial unit numbers: SORS",
)


def test_the_committed_keys_are_what_the_command_makes() -> None:
    made = load(PROJECT / "tools" / "make" / "places.py").outputs()
    for name, text in made.items():
        assert (PLACES / name).read_text(encoding="utf-8") == text, REMEDY


def test_every_row_is_whole() -> None:
    text = (PLACES / "places.tsv").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    places = list(gazetteer())
    uids = {place.uid for place in places}
    assert len(uids) == len(places) == 908
    for place in places:
        assert place.country in RETURN and place.uid.startswith(f"{place.country}-")
        assert place.official and (not place.parent or place.parent in uids)
        assert place.uid not in gazetteer().ancestors(place.uid)


def test_municipalities_are_as_many_as_the_law_has() -> None:
    there = [place.country for place in gazetteer() if place.level == "municipality"]
    assert {code: there.count(code) for code in RETURN} == {
        "AL": 61,
        "BA": 133,
        "XK": 38,
        "ME": 25,
        "MK": 70,
        "RS": 145,
    }


def test_every_letter_of_a_place_can_be_drawn() -> None:
    have = TTFont(PROJECT / "resources" / "fonts" / "NotoSans-Regular.ttf").getBestCmap()
    shown = {letter for place in gazetteer() for name in (place.on_paper(), *place.names.values()) for letter in name}
    assert "".join(sorted(letter for letter in shown if ord(letter) not in have)) == ""


@pytest.mark.parametrize("told", SOURCES)
def test_the_sources_are_named_in_every_notice(told: str) -> None:
    def plain(text: str) -> str:
        return " ".join(text.split())

    for text in ((PROJECT / "NOTICE").read_text(encoding="utf-8"), licences.NOTICE):
        assert told in plain(text)
    assert told in (PROJECT / "resources" / "licences" / "Places.txt").read_text(encoding="utf-8")


def test_nobody_reads_the_places_before_a_place_is_asked_for() -> None:
    program = (
        "import avrr_desktop.app, avrr_desktop.domain.wording, avrr_desktop.store.store\n"
        "from avrr_desktop.domain.places.gazetteer import gazetteer\n"
        "print(gazetteer.cache_info().currsize)"
    )
    told = subprocess.run([sys.executable, "-P", "-c", program], cwd=PROJECT, capture_output=True, encoding="utf-8", check=True,
                          env={"PYTHONPATH": str(PROJECT), "PATH": "", "QT_QPA_PLATFORM": "offscreen"})  # fmt: skip
    assert told.stdout.strip() == "0"
