"""One person, many spellings: the keys of names, without a store."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from avrr_desktop.domain.people import name_keys
from tests.support.name_pairs import PAIRS


def key_sets(name: str) -> list[set[str]]:
    """Return the keys of every word of a name."""
    return [set(name_keys.keys(word)) for word in name_keys.words(name)]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_two_spellings_share_a_key(one: str, other: str) -> None:
    pairs = list(zip(key_sets(one), key_sets(other), strict=True))
    assert pairs
    assert all(first & second for first, second in pairs)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hoxha", "Hasani"), ("Đorđević", "Jovanović"), ("Qerimi", "Karimi"), ("Šala", "Žala"), ("Gashi", "Gjashi"),
     ("Berisha", "Perisha"), ("Ljajić", "Nikolić"), ("Marko", "Mirko"), ("Ana", "Anđa"), ("Begu", "Bajrami")],
)  # fmt: skip
def test_different_names_share_none(one: str, other: str) -> None:
    assert not key_sets(one)[0] & key_sets(other)[0]


@pytest.mark.parametrize(
    ("word", "plain", "sound"),
    [("đorđe", "dorde", "ðorðe"), ("hoxha", "hoxha", "hoða"), ("hodža", "hodza", "hoða"), ("qerimi", "qerimi", "cerimi"),
     ("çelë", "cele", "cele"), ("rrahmani", "rrahmani", "rahmani"), ("1234", "1234", "1234")],
)  # fmt: skip
def test_the_plain_key_is_what_half_a_word_is_typed_from(word: str, plain: str, sound: str) -> None:
    assert name_keys.plain_key(word) == plain
    assert name_keys.sound_key(word) == sound
    assert name_keys.keys(word) == tuple(dict.fromkeys((plain, sound)))


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize("name", ["Đorđević", "Çelë Shkëlqim", "Ѓорѓи Ќирил", "ŠABANI-Žarko", "İsmet Işık", "Ǆemail"])
def test_it_does_not_matter_how_the_letters_are_composed(name: str, form: str) -> None:
    written = unicodedata.normalize(form, name)  # type: ignore[arg-type]
    assert name_keys.index_text(written) == name_keys.index_text(name)


def test_capitals_do_not_matter() -> None:
    assert name_keys.index_text("ĐORĐEVIĆ ЂОРЂЕВИЋ STRAUẞ") == name_keys.index_text("đorđević ђорђевић strauß")


def test_every_word_is_indexed_once_in_its_order() -> None:
    assert name_keys.index_text("Ana-Marija", "Ana", "") == "ana marija maria"


@pytest.mark.parametrize(
    ("text", "script"),
    [("Ђорђевић", "Cyrl"), ("Đorđević", "Latn"), ("", ""), ("123 / -", ""), ("Марко Ian", "Cyrl"), ("Ян Marko", "Latn")],
)  # fmt: skip
def test_the_script_is_that_of_most_letters(text: str, script: str) -> None:
    assert name_keys.script_of(text) == script


@settings(max_examples=300, deadline=None)
@given(some.text(max_size=30))
def test_keys_are_plain_words_whatever_is_typed(text: str) -> None:
    for word in name_keys.words(text):
        for key in name_keys.keys(word):
            assert not any(unicodedata.combining(letter) for letter in key)
            assert not set(key) & set("\"'*():^+- \n\t")
    assert name_keys.index_text(text) == name_keys.index_text(unicodedata.normalize("NFC", text))
