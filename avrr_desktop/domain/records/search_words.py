"""The words under which the search finds a record, read from the declaration of its type."""

from avrr_desktop.domain.people import name_keys
from avrr_desktop.domain.people.number_keys import asked_dates, asked_number, name_and_number
from avrr_desktop.domain.records.fields import Found, Record
from avrr_desktop.domain.records.record_types import ALL, BY_KEY

_NOWHERE = Found()
FOUND = tuple(kind.key for kind in ALL if kind.found)
TEXT_KINDS = tuple(kind.key for kind in reversed(ALL) if kind.found and kind.found.texts)  # the notes first
NAME_KINDS = tuple(key for key in FOUND if key not in TEXT_KINDS)


def found_by(record_type: str) -> Found:
    """Return under what records of a type are found; of one that the search does not look into, nothing."""
    return BY_KEY[record_type].found or _NOWHERE


def index_text(record: Record) -> str:
    """Return the words under which one record is found, each once; empty for one that is not."""
    found = found_by(record.type)
    words = name_keys.index_text(*(record.text(key) for key in (*found.names, *found.texts)))
    numbers = [word for key, words_of in found.numbers.items() for word in words_of(record.text(key))]
    weak = sorted(name_keys.frames(*(record.text(key) for key in found.weak)))
    return " ".join(dict.fromkeys([*words.split(), *filter(None, numbers), *weak]))


def number_found(record: Record, text: str) -> str:
    """Return in which field of a record a typed number or date stands; empty for none."""
    _, figures = name_and_number(text)
    wanted = {*asked_number(figures or text), *asked_dates(text)[1]}
    for field, words_of in found_by(record.type).numbers.items():
        held = set(words_of(record.text(field)))
        if any(key.word in held or (key.begins and any(one.startswith(key.word) for one in held)) for key in wanted):
            return field
    return ""


def why_found(record: Record, text: str) -> str:
    """Return the field of a record in which typed words or numbers stand: what a result says; empty for none."""
    if any(letter.isdecimal() for letter in text) and (key := number_found(record, text)):
        return key
    found = found_by(record.type)
    typed = {key for word in name_keys.words(text) for key in name_keys.keys(word)}
    for key in (*found.names, *found.texts):
        own = (one for word in name_keys.words(record.text(key)) for one in name_keys.keys(word))
        if any(one.startswith(wanted) for one in own for wanted in typed):
            return key
    return ""


def heading_field(record: Record) -> str:
    """Return the field that heads a record which was found: the first of those declared that says something; or empty."""
    found = found_by(record.type)
    return next((key for key in found.shown or (*found.texts, *found.names) if record.text(key)), "")
