"""Telephones: several in one field, notes beside them, nothing guessed, and what was typed is kept."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as some

from avrr_desktop.domain.people import country
from avrr_desktop.domain.people.phones import Form, guesses, phones, shown
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.rules import problems

FORMS = phonenumbers.PhoneNumberFormat
KINDS = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE)
OURS = [*country.RETURN, *country.HOST]


def examples(land: str) -> list[phonenumbers.PhoneNumber]:
    """Return numbers of a country that nobody has."""
    found = (phonenumbers.example_number_for_type(land, kind) for kind in KINDS)
    return [number for number in found if number is not None]


EVERYWHERE = [(land, number) for land in sorted(phonenumbers.SUPPORTED_REGIONS) for number in examples(land)]


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("044 523 456, 049 523 457", ["044523456", "049523457"]),
        ("044 523 456 / 049 523 457", ["044523456", "049523457"]),
        ("044/223-456", ["044223456"]),
        ("0390 / 321 654", ["0390321654"]),
        ("mob. 069 / 723 456 / 069 723 457", ["069723456", "069723457"]),
        ("+383 44 / 123 456", ["38344123456"]),
        ("+383 / 44 123 456 / 049 123 457", ["38344123456", "049123457"]),
        ("044 523 456 ili 049 523 457", ["044523456", "049523457"]),
        ("044 523 456 ose +355 69 123 4567", ["044523456", "355691234567"]),
        ("044 523 456\n049 523 457", ["044523456", "049523457"]),
        ("044 523 456 049 523 457", ["044523456", "049523457"]),
        ("+383 44 123 456 +383 49 123 457", ["38344123456", "38349123457"]),
        ("00383 44 423 456", ["38344423456"]),
        ("+383 (0)44 323 456", ["38344323456"]),
        ("+٣٨٣ ٤٤ ١٢٣ ٤٥٦", ["38344123456"]),
        ("112", ["112"]),
        ("after 18 h", []),
        ("", []),
    ],
)
def test_a_field_is_as_many_numbers_as_stand_in_it(text: str, digits: list[str]) -> None:
    assert [phone.digits for phone in phones(text)] == digits


@pytest.mark.parametrize(
    ("text", "digits", "note"),
    [
        ("mob. 069 723 456", "069723456", "mob"),
        ("044 123 456 (brother)", "044123456", "brother"),
        ("tel +383 44 123 456 ext. 12", "38344123456", "tel ext. 12"),
        ("049 123 456 after 18 h", "049123456", "after 18 h"),
        ("вујак 063 123 4567", "0631234567", "вујак"),
    ],
)
def test_words_beside_a_number_are_a_note_and_never_figures_of_it(text: str, digits: str, note: str) -> None:
    [phone] = phones(text)
    assert (phone.digits, phone.note) == (digits, note)


def test_every_countrys_numbers_are_read_whole_and_shown_as_they_were_written_there() -> None:
    for land, number in EVERYWHERE:
        international = phonenumbers.format_number(number, FORMS.INTERNATIONAL)
        for written in (international, phonenumbers.format_number(number, FORMS.E164)):
            [phone] = phones(written)
            assert f"+{phone.digits}" == phonenumbers.format_number(number, FORMS.E164), written
            assert phone.form is Form.INTERNATIONAL
            assert phone.code == str(number.country_code)
            assert shown(written) == international
        if phonenumbers.region_code_for_number(number) == land:
            assert shown(international, land) == phonenumbers.format_number(number, FORMS.NATIONAL)


@pytest.mark.parametrize("text", ["044 123 456", "38344123456", "mob. 069 723 456", "069/723-456 (sister)", "", "112"])
def test_what_does_not_say_its_country_is_shown_as_it_was_typed(text: str) -> None:
    assert shown(text, "XK") == text


@given(some.text())
def test_any_text_is_read_and_no_word_of_it_becomes_a_number(text: str) -> None:
    for phone in phones(text):
        assert phone.digits.isascii() and phone.digits.isdecimal()
        assert len(phone.digits) <= sum(letter.isdecimal() for letter in phones_text(text))
    shown(text, "AL")


def phones_text(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFKC", text)


def asked(phone: str, kind: str = "person", **values: str) -> list[tuple[str, object]]:
    record = Record(kind, "x", {"family_name": "Hoti", "name": "Office", "phone": phone, **values})
    return [(one.field, one.values.get("number")) for one in problems(record, "2026-06-15") if one.field == "phone"]


def test_a_number_without_its_plus_is_asked_about_and_not_read_as_another_one() -> None:
    assert asked("38344123456") == [("phone", "+383 44 123 456")]
    assert asked("383 44 123 456, 044 123 456") == [("phone", "+383 44 123 456")]
    assert asked("69 123 4567") == [("phone", "+355 69 123 4567 / +381 69 1234567")]
    assert asked("9111111") == [("phone", None)]


@pytest.mark.parametrize("phone", ["+383 44 123 456", "00383 44 123 456", "044 123 456", "112", "", "+000 757 494"])
def test_a_number_that_says_where_it_belongs_is_not_asked_about(phone: str) -> None:
    assert asked(phone) == []


@pytest.mark.parametrize("land", OURS)
def test_in_no_country_is_a_number_as_people_there_write_it_asked_about(land: str) -> None:
    for number in examples(land):
        written = phonenumbers.format_number(number, FORMS.NATIONAL)
        own = phonenumbers.ndd_prefix_for_region(land, True)
        if not own:  # nothing before national numbers: only a record that names its country makes them sure
            [phone] = phones(written)
            assert guesses(phone, [land]) in ((), guesses(phone, [])), written  # at most: is this a code of a country?
            continue
        assert asked(written) == [], written
        assert asked(written, "provider", country=land) == [], written
