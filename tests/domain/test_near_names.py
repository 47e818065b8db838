"""Keys for a second look: what may be one name in another country, and what must stay two."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from avrr_desktop.domain.people import name_keys, near_names


def held(name: str, *, family: bool) -> set[str]:
    """Return all keys under which a name that somebody has is found."""
    [word] = name_keys.words(name)
    near = near_names.held_words(word, given=not family, family=family)
    return {name_keys.plain_key(word), name_keys.sound_key(word, given=not family), *near}


def asked(name: str) -> set[str]:
    """Return all keys that are looked up for a typed name, also the second time."""
    [word] = name_keys.words(name)
    return {*name_keys.keys(word), *near_names.asked_words(word)}


GIVEN = [
    ("Myfit", "Mufit"),
    ("Myfit", "Муфит"),
    ("Sherife", "Šerifa"),
    ("Kadrije", "Kadrija"),
    ("Xhemile", "Cemile"),
    ("Xhevat", "Cevat"),
    ("Xefer", "Dzefer"),
    ("Xeladin", "Heladin"),
    ("Gülnur", "Guelnur"),
    ("Ömür", "Oemuer"),
    ("Drenë", "Drena"),
    ("Vedad", "Vedat"),
    ("Qemajl", "Kemajl"),
    ("Đulijana", "Dulijana"),
    ("Stjepan", "Stepan"),
    ("Valdet", "Valdeti"),
    ("Ѓорѓи", "Gorgi"),
    ("Hysen", "Husein"),
    ("Jovan", "Ivan"),
    ("Hilmi", "Ilmi"),
]
FAMILY = [("Đukić", "Dukic"), ("Hodžaj", "Hocaj"), ("Tasevski", "Tasevska"), ("Taseski", "Tasevski"), ("Markov", "Markova"), ("Kamber", "Kamberi"),
          ("Shabë", "Shaba"), ("Gjokë", "Gjoka"), ("Prelë", "Prelaj"), ("Cvijić", "Zvijić"), ("Tufegdžić", "Tuvegdžić"), ("Qamili", "Kamili"), ("Velladini", "Veladinovski"),
          ("Dauti", "Dautović"), ("Rexhepi", "Redžepova"), ("Bjelica", "Belica")]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), GIVEN)
def test_given_names_of_neighbours_are_near_both_ways(one: str, other: str) -> None:
    assert held(one, family=False) & asked(other)
    assert held(other, family=False) & asked(one)


@pytest.mark.parametrize(("one", "other"), FAMILY)
def test_family_names_with_another_ending_are_near_both_ways(one: str, other: str) -> None:
    assert held(one, family=True) & asked(other)
    assert held(other, family=True) & asked(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Agim", "Agime"), ("Adil", "Adile"), ("Besim", "Besime"), ("Mehmed", "Muhamed"), ("Muhamed", "Mahmud"), ("Marko", "Mirko"), ("Arta", "Drita"),
     ("Hoti", "Hoxha"), ("Zef", "Gjon"), ("Milan", "Milena")],
)  # fmt: skip
def test_brother_and_sister_and_different_names_stay_two(one: str, other: str) -> None:
    assert not held(one, family=False) & asked(other)
    assert not held(other, family=False) & asked(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Petrović", "Petrovski"), ("Nikolić", "Nikolaj"), ("Jovanović", "Jovanovska"), ("Simić", "Simonović")],
)
def test_endings_that_tell_families_apart_stay_two(one: str, other: str) -> None:
    assert not held(one, family=True) & asked(other)


@pytest.mark.parametrize(
    ("foreign", "own"),
    [("Chaban", "Šaban"), ("Jivkovic", "Živković"), ("Jasmir", "Džasmir"), ("Giurgia", "Đurđa"), ("Gyurity", "Đurić"), ("Szuzana", "Suzana"), ("Gorgiev", "Ѓорѓиев")],
)  # fmt: skip
def test_what_a_country_writes_is_read_as_it_is_meant_there(foreign: str, own: str) -> None:
    [there], [here] = name_keys.words(foreign), name_keys.words(own)
    assert set(name_keys.keys(here)) & {*near_names.readings(there), *near_names.asked_words(there)}
    assert set(name_keys.keys(there)) & {*near_names.readings(here), *near_names.asked_words(here)} or own in (
        "Đurić",
        "Đurđa",
    )


@pytest.mark.parametrize(
    ("typed", "meant"), [("berixha", "berisha"), ("berish", "berisha"), ("berissha", "berisha"), ("beirsha", "berisha")]
)
def test_a_slip_of_the_keyboard_is_one_letter(typed: str, meant: str) -> None:
    assert meant in near_names.one_apart(typed)
    assert near_names.is_one_apart([typed], [meant])


def test_two_letters_are_no_slip() -> None:
    assert not near_names.is_one_apart(["berisha"], ["barusha", "bersh", "berishama", "krasniqi"])


@settings(max_examples=200, deadline=None)
@given(some.text("abcdeghijks", min_size=2, max_size=9), some.text("abcdeghijks", min_size=2, max_size=9))
def test_what_is_one_apart_is_the_same_both_times(one: str, other: str) -> None:
    if one != other:
        assert near_names.is_one_apart([one], [other]) == (other in near_names.one_apart(one))


@pytest.mark.parametrize(
    ("written", "left"),
    [("Dr. Ana Hoti", ["ana", "hoti"]), ("XXX Hoti", ["hoti"]), ("FNU Hoti", ["hoti"]), ("N.N. Hoti", ["hoti"]), ("- Hoti", ["hoti"]), ("Hoti née Kola", ["hoti", "kola"]),
     ("Hoti geb. Kola", ["hoti", "kola"]), ("Хоти родена Кола", ["hoti", "kola"]), ("Hoti e lindur Kola", ["hoti", "kola"]), ("Ana van der Berg-Hoti", ["ana", "berg", "hoti"]),
     ("Hacıoğlu oğlu", ["hacioğlu"]), ("Dr.", ["dr"])],
)  # fmt: skip
def test_titles_particles_and_stand_ins_are_no_part_of_a_name(written: str, left: list[str]) -> None:
    assert name_keys.name_words(written) == left


@pytest.mark.parametrize(
    ("mixed", "whole"),
    [("Cтojaн", "stojan"), ("ЈОВAНOBИЋ", "jovanović"), ("Kовачeвић", "kovačević"), ("Јоvаna", "jovana"), ("Рetrović", "petrović")],
)  # fmt: skip
def test_letters_of_the_other_script_are_read_as_they_look(mixed: str, whole: str) -> None:
    assert name_keys.words(mixed) == [whole]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Коўач", "Kovač"), ("Льубица", "Ljubica"), ("Любица", "Ljubica"), ("Джевад", "Dževad"), ("Шабанович", "Šabanović"), ("Михайлович", "Mihajlović"),
     ("Іванка", "Ivanka"), ("Зоряна", "Zorjana"), ("Ǵorǵević", "Ђорђевић"), ("Vasilievski", "Vasiljevski"), ("Antoniević", "Antonijević"), ("Mihailovich", "Mihajlović"),
     ("Petrovitj", "Petrović"), ("Markovics", "Marković"), ("Djordjevitsh", "Đorđević"), ("Redschepi", "Rexhepi"), ("Xhemajli", "Džemaili"), ("Ćherdo", "Čerdo")],
)  # fmt: skip
def test_every_country_writes_one_family_name(one: str, other: str) -> None:
    [first], [second] = name_keys.words(one), name_keys.words(other)
    assert set(name_keys.keys(first)) & {name_keys.plain_key(second), name_keys.sound_key(second)}


@pytest.mark.parametrize(
    ("own", "typed", "told"),
    [
        ("Sylejman Hoti", "Sulejmen Hoti", ("Sulejmen", "Sylejman")),
        ("Marko Savić", "Savić Mirko", ("Mirko", "Marko")),
        ("Ана Петровска", "Ana Petrovski", ("Petrovski", "Петровска")),
        ("Besa Hoti", "Hoti Besa", ("", "")),
    ],
)
def test_the_word_that_differs_is_told_as_typed_and_as_it_stands_there(
    own: str, typed: str, told: tuple[str, str]
) -> None:
    assert near_names.unlike(own, typed) == told
