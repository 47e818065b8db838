"""Lists are in the order that schools teach, language by language; names of people in one that fits all of the region."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from avrr_desktop.domain.collation import ALPHABETS, REGION, name_key, sort_key
from tools.make.letters import table

IN_ORDER = {
    "sq": ("Cani", "Çela", "Dauti", "Duka", "Dhima", "Elezi", "Ëngjëlli", "Gashi", "Gruda", "Gjoka", "Leka", "Luli", "Llalla", "Nushi", "Njazi",
           "Rama", "Rrapi", "Saliu", "Suli", "Shala", "Topi", "Thaçi", "Xoxa", "Xhafa", "Zogu", "Zhuka"),
    "bs": ("Cerić", "Čengić", "Ćatić", "Dedić", "Dučić", "Džafić", "Đokić", "Lukić", "Luković", "Ljubić", "Nović", "Njegoš", "Perić", "Sušić", "Šabić",
           "Zukić", "Žunić"),
    "cnr": ("Sekulić", "Šćepan", "Śekulić", "Tomić", "Zec", "Žarić", "Źenica"),
    "sr-Latn": ("Dačić", "Dučić", "Džepina", "Đurić", "Luković", "Ljubić", "Nušić", "Njegovan"),
    "sr-Cyrl": ("Дачић", "Ђурић", "Елез", "Луковић", "Љубић", "Нушић", "Његован", "Ћосић", "Усташић", "Чолић", "Џепина", "Шарић"),
    "mk": ("Гоцев", "Дачев", "Ѓорѓиев", "Елез", "Зафиров", "Ѕвездан", "Илиев", "Колев", "Костов", "Лазов", "Љубе", "Тасев", "Ќосев", "Џафер"),
    "fr": ("Eve", "Évrard", "Ewa"), "de": ("Muller", "Müller", "Mulner"), "en": ("Ahmeti", "ahmeti", "Besa"),
}  # fmt: skip


@pytest.mark.parametrize("language", IN_ORDER)
def test_names_come_in_the_order_of_the_alphabet(language: str) -> None:
    mixed = list(IN_ORDER[language])
    random.Random(3).shuffle(mixed)
    assert tuple(sorted(mixed, key=lambda name: sort_key(name, language))) == IN_ORDER[language]


@pytest.mark.parametrize("language", ["sq", "bs", "cnr", "sr-Latn", "sr-Cyrl"])
def test_the_key_of_a_store_puts_names_of_the_region_as_their_language_does(language: str) -> None:
    mixed = list(IN_ORDER[language])
    random.Random(4).shuffle(mixed)
    expected = IN_ORDER[language]
    if language == "sr-Cyrl":  # a store holds both scripts in one list: that of the Latin ones
        expected = tuple(sorted(expected, key=lambda name: name_key(name)))
        assert name_key("Љубић") == name_key("Ljubić") > name_key("Луковић") == name_key("Luković")
    assert tuple(sorted(mixed, key=name_key)) == expected


@pytest.mark.parametrize("language", sorted(ALPHABETS))
def test_the_order_holds_every_letter_of_the_alphabet_that_texts_are_checked_by(language: str) -> None:
    order, taught = ALPHABETS[language].split(), table()[language]["order"].split()
    assert [letter for letter in order if letter in taught] == taught


def test_letters_of_the_region_are_in_one_row_that_agrees_with_each_alphabet() -> None:
    row = REGION.split()
    assert len(set(row)) == len(row)
    for language in ("sq", "bs", "cnr", "sr-Latn"):
        places = [row.index(letter) for letter in ALPHABETS[language].split()]
        assert places == sorted(places), language


@given(some.text(max_size=30), some.sampled_from(["sq", "bs", "mk", "sr-Cyrl", "de", "en"]))
def test_any_text_has_its_place(text: str, language: str) -> None:
    assert sort_key(text, language) <= sort_key(text, language)
    assert name_key(text) == name_key(text.upper().lower()) or text.upper().lower() != text.lower()
