"""Which place a typed text means: floors for whole classes of spellings, and cases of which each was once found wrong."""

import pytest

from avrr_desktop.domain.places.gazetteer import gazetteer
from avrr_desktop.domain.places.place_search import meant
from tools.bench.place_names import CLASSES, MUNICIPAL, measure

SPELLINGS = 0.97  # of the forms of a class, its place is among those shown
OTHER_NAMES = 0.90
WRONG = 0.01
OTHER = {"older, other, short names", "abbreviated"}


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("at_home", [True, False], ids=["in a case of its country", "anywhere"])
def test_a_class_of_spellings_is_found_and_seldom_wrong(name: str, at_home: bool) -> None:
    one = measure(gazetteer(), CLASSES[name], at_home=at_home)
    assert one.forms > 100
    assert one.found >= one.forms * (OTHER_NAMES if name in OTHER else SPELLINGS)
    assert one.wrong <= one.forms * WRONG


def test_every_official_name_finds_its_municipality_and_paper_shows_all_of_them() -> None:
    both = [
        place for place in gazetteer() if place.level in MUNICIPAL and len({name for _, name in place.official}) > 1
    ]
    assert len(both) > 300
    for place in both:
        for _, name in place.official:
            assert place in [one.place for one in gazetteer().find(name, place.country)], name
            assert name in place.on_paper().split(" / ")
        assert place in [one.place for one in gazetteer().find(place.on_paper(), place.country)]


@pytest.mark.parametrize(
    ("typed", "country", "uids"),
    [
        ("Pejës", "", "XK-m-peje"), ("u Novom Pazaru", "", "RS-m-novi-pazar"), ("Komuna e Pejës", "", "XK-m-peje"),
        ("Banjoj Luci", "", "BA-m-banja-luka"), ("Prizrenit", "", "XK-m-prizren"), ("iz Bitole", "", "MK-m-bitola"),
        ("u Peći", "XK", "XK-m-peje"), ("Peći", "BA", "BA-s-3193545"), ("Uroševcu", "", "XK-m-ferizaj"),
        ("Požezi", "", "RS-m-pozega"), ("Stari grad", "RS", "RS-m-stari-grad"),
        ("Opština Novo Selo", "MK", "MK-m-novo-selo"), ("70000 Ferizaj", "", "XK-m-ferizaj"), ("Berat", "", "AL-m-berat"),
        ("Qarku i Beratit", "", "AL-c-berat"), ("Shkodër, Albania", "", "AL-m-shkoder"), ("Beograd (RS)", "", "RS-m-beograd"),
        ("Trnovo (RS)", "", "BA-m-trnovo-rs"), ("Trnovo FBiH", "BA", "BA-m-trnovo-fbih"), ("İpek", "", "XK-m-peje"),
        ("Σκόπια", "", "MK-g-skopje"), ("Mitrovica", "XK", "XK-m-mitrovice-e-jugut XK-m-mitrovice-e-veriut"),
        ("Dibra", "", "MK-m-debar AL-m-diber"), ("Dibra", "AL", "AL-m-diber"), ("B. Palanka", "", "RS-m-backa-palanka RS-m-bela-palanka"),
        ("Krasniqi", "", ""), ("Gashi", "", ""), ("an der Brücke", "", ""), ("", "", ""), ("()", "", ""), ("RS", "", ""),
    ],
)  # fmt: skip
def test_a_typed_text_surely_means(typed: str, country: str, uids: str) -> None:
    found = gazetteer().find(typed, country)
    assert [one.place.uid for one in found] == uids.split()
    assert not any(one.perhaps for one in found)


@pytest.mark.parametrize("typed", ["Ourochevats", "Uroschewatz", "Schkodra", "Ferezaj"])
def test_what_merely_sounds_so_is_only_perhaps_meant(typed: str) -> None:
    [found] = gazetteer().find(typed)
    assert found.perhaps and gazetteer().sure(typed) is None


@pytest.mark.parametrize("typed", ["Prizen", "Prizern", "Prizrenn", "Prizrwn"])
def test_one_wrong_letter_is_a_suggestion_and_never_an_answer(typed: str) -> None:
    assert "XK-m-prizren" in {place.uid for place in gazetteer().like(typed, "XK")}
    assert gazetteer().sure(typed) is None


@pytest.mark.parametrize(
    ("language", "name"),
    [("sq", "Ferizaj"), ("sr-Cyrl", "Урошевац"), ("sr-Latn", "Uroševac"), ("bs", "Uroševac"), ("cnr", "Uroševac"), ("mk", "Урошевац"), ("en", "Ferizaj"), ("de", "Ferizaj")],
)  # fmt: skip
def test_a_place_is_called_as_the_language_writes_it(language: str, name: str) -> None:
    place = gazetteer().get("XK-m-ferizaj")
    assert place and place.name(language) == name and place.on_paper() == "Ferizaj / Урошевац"


def test_what_is_being_typed_offers_the_own_country_first() -> None:
    assert [place.uid for place in gazetteer().beginning("mitro", 2, "XK")] == [
        "XK-m-mitrovice-e-jugut",
        "XK-m-mitrovice-e-veriut",
    ]
    assert gazetteer().beginning("pazar", 3, "RS")[0].uid == "RS-m-novi-pazar"
    assert gazetteer().beginning("", 3) == ()


def test_a_county_holds_what_lies_below_it_and_not_its_neighbours() -> None:
    inside = gazetteer().within("BA-c-k01")
    assert {"BA-c-k01", "BA-m-bihac"} <= inside and "BA-m-tuzla" not in inside
    assert gazetteer().ancestors("BA-m-bihac") == ("BA-c-k01", "BA-e-fbih")
    assert (
        gazetteer().municipality("XK-s-790002") == "XK-m-decan" and gazetteer().municipality("BA-c-k01") == "BA-c-k01"
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [("Ferizaj", {("", "")}), ("Krasniqi Novi Pazar", {("Krasniqi", "")}), ("Ferizaj Krasniqi Ana", {("", "Krasniqi Ana")}),
     ("Krasniqi Ana", set()), ("a b c d e f g h Ferizaj", set())],
)  # fmt: skip
def test_a_search_is_parted_into_a_place_and_other_words(text: str, parts: set[tuple[str, str]]) -> None:
    assert {(one.before, one.behind) for one in meant(text, gazetteer())} == parts
