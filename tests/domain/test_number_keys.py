"""Numbers are found as printed, from each of their parts, from their end, and by each keyboard."""

from collections.abc import Callable, Iterable

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as some

from avrr_desktop.domain.people.number_keys import (
    FROM_END,
    asked_dates,
    asked_number,
    asked_tails,
    backwards,
    case_words,
    date_words,
    name_and_number,
    number_words,
    phone_words,
)
from tests.domain.test_phones import FORMS, OURS, examples

Words = Callable[[str], Iterable[str]]
# What a Cyrillic keyboard gives for letters that look or sound like Latin ones.
LOOKS = str.maketrans("ABEKMHOPCTYXJIS", "АВЕКМНОРСТУХЈІЅ")
SOUNDS = str.maketrans("ABVGDEZIJKLMNOPRSTUFHC", "АБВГДЕЗИЈКЛМНОПРСТУФХЦ")
LETTERS = some.text("ABCDEFGHIJKLMNOPRSTUVXYZ", min_size=1, max_size=3)
FIGURES = some.text("0123456789", min_size=1, max_size=8)
NUMBERS = some.lists(some.one_of(LETTERS, FIGURES), min_size=1, max_size=6).filter(
    lambda parts: sum(map(str.isdecimal, "".join(parts))) >= FROM_END
)


def found(written: str, typed: str, words: Words = number_words) -> bool:
    """Say whether a typed number leads to a written one."""
    held = set(words(written))
    return any(
        key.word in held or (key.begins and any(one.startswith(key.word) for one in held))
        for key in asked_number(typed)
    )


@given(NUMBERS, some.sampled_from(["", " ", "-", "/", ". ", " – "]), some.sampled_from(["", " ", "-", "/"]))
def test_every_number_is_found_from_each_of_its_parts_and_from_its_end(
    parts: list[str], written: str, typed: str
) -> None:
    number = written.join(parts)
    for start in range(len(parts)):
        for end in range(start + 1, len(parts) + 1):
            piece = typed.join(parts[start:end])
            if any(map(str.isdecimal, piece)) and (written or start == 0):
                assert found(number, piece), (number, piece)
                assert found(number, piece.lower())
    whole = "".join(parts)
    for length in range(FROM_END, len(whole) + 1):
        last = whole[-length:]
        if sum(map(str.isdecimal, last)) >= FROM_END:
            assert found(number, last), (number, last)


@given(NUMBERS)
def test_a_number_is_found_whichever_keyboard_wrote_its_letters(parts: list[str]) -> None:
    number = "-".join(parts)
    looks, sounds = number.translate(LOOKS), number.translate(SOUNDS)
    for written, typed in ((number, looks), (looks, number), (looks, looks)):
        assert found(written, typed), (written, typed)
    if not set(number) & set("QWXY"):
        for written, typed in ((number, sounds), (sounds, number)):
            assert found(written, typed), (written, typed)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("BA 7654321", "BA 7654321"), ("BA 7654321", "BA7654321"), ("BA 7654321", "7654321"), ("BA 7654321", "4321"),
        ("УП-1 бр. 204-33/2026", "UP-1 br. 204-33/2026"), ("УП-1 бр. 204-33/2026", "204-33"),
        ("УП-1 бр. 204-33/2026", "бр. 204"), ("УП-1 бр. 204-33/2026", "33/2026"), ("ВА 0123456", "BA 0123456"),
        ("IOM-2025/0711; FEDASIL 8841-22", "FEDASIL 8841-22"), ("IOM-2025/0711; FEDASIL 8841-22", "0711"),
        ("IOM 250711\nFEDASIL 8841", "0711"), ("IOM 250711 (Belgium)", "0711"), ("E7721199", "1199"),
        ("J85205019L", "5019"), ("J85205019L", "5019L"), ("0101989500006", "500006"), ("ΑΒ 1234", "AB 1234"),
    ],
)  # fmt: skip
def test_numbers_as_they_are_printed_and_as_people_type_them(written: str, typed: str) -> None:
    assert found(written, typed)


@pytest.mark.parametrize(
    ("written", "typed"), [("BA 7654321", "7654322"), ("1234567", "123"[::-1]), ("8841-22", "9922")]
)
def test_another_number_is_not_found(written: str, typed: str) -> None:
    assert not found(written, typed)


@pytest.mark.parametrize("land", OURS)
def test_a_telephone_is_found_at_home_and_from_abroad_however_it_was_written(land: str) -> None:
    for number in examples(land):
        forms = [phonenumbers.format_number(number, kind) for kind in (FORMS.E164, FORMS.INTERNATIONAL, FORMS.NATIONAL)]
        forms += [f"00{forms[0][1:]}", forms[0][1:], f"mob. {forms[1]} (brother)", f"044 999 999, {forms[2]}"]
        for written in forms:
            for typed in forms[:5]:
                assert found(written, typed, phone_words), (written, typed)
            for length in range(FROM_END, 8):
                end = "".join(filter(str.isdecimal, forms[2]))[-length:]
                assert found(written, end, phone_words), (written, end)


def test_a_number_of_another_country_is_not_found_by_its_whole_form() -> None:
    assert not found("+381 44 123 456", "+383 44 123 456", phone_words)
    assert not found("044 123 456", "044 123 457", phone_words)


def test_a_telephone_is_found_while_its_first_figures_are_typed() -> None:
    for typed in ("044", "044 1", "+383 44", "0038344", "044/12"):
        assert found("+383 44 123 456", typed, phone_words), typed


def test_a_case_number_is_found_by_its_end_and_each_of_its_parts() -> None:
    held = set(case_words("AL-TIR-2026-E9-0001"))
    assert {"al", "tir", "2026", "e9", "0001", "1", "e90001"} <= held
    for typed in ("E9-0001", "0001"):
        assert any(any(one.startswith(key.word) for one in held) for key in asked_number(typed)), typed
    for typed in ("2026-E9-0001", "tir2026e90001", "26E9-0001"):
        [(whole, year, tail)] = asked_tails(typed)
        assert whole in "altir2026e90001" and tail in held and year in {*held, ""}, typed
    assert backwards("12345") in set(case_words("AL-TIR-2026-E9-12345"))


@pytest.mark.parametrize(
    "typed",
    [
        "1989",
        "20.12.1989",
        "20.12.1989.",
        "20/12/1989",
        "20-12-1989",
        "20. 12. 1989",
        "12.1989",
        "20.12.89",
        "1989-12-20",
    ],
)
def test_a_birth_is_found_by_its_date_month_and_year(typed: str) -> None:
    held = set(date_words("1989-12-20"))
    keys = asked_dates(typed)[1] or asked_number(typed)
    assert any(one.startswith(key.word) for one in held for key in keys), (keys, held)


def test_a_date_is_taken_out_of_the_words_beside_it() -> None:
    assert asked_dates("Valentina 20.12.1982")[0].split() == ["Valentina"]
    assert asked_dates("204-33/2026")[1] == () and asked_dates("Valentina")[1] == ()
    assert name_and_number("Hoti 044 123 456") == ("Hoti", "044 123 456")
    assert name_and_number("UP 1 br. 2") == ("", "")


@given(some.text())
def test_any_text_can_be_looked_up(text: str) -> None:
    for words in (number_words, phone_words, case_words):
        assert all(" " not in word for word in words(text) if words is not case_words)
    asked_number(text)
    asked_dates(text)
    name_and_number(text)


def test_all_countries_of_return_and_hosts_have_examples() -> None:
    assert [land for land in OURS if not examples(land)] == []
