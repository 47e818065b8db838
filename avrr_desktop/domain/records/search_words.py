"""The words under which the search finds a record, read from the declaration of its type."""

from collections.abc import Iterator

from avrr_desktop.domain.people import name_keys, near_names
from avrr_desktop.domain.people.number_keys import asked_dates, asked_number, name_and_number
from avrr_desktop.domain.places.gazetteer import Gazetteer, gazetteer
from avrr_desktop.domain.places.place_search import meant
from avrr_desktop.domain.places.placed import field_at, place_word, place_words
from avrr_desktop.domain.records.fields import Found, Record
from avrr_desktop.domain.records.record_types import ALL, BY_KEY

_NOWHERE = Found()
_OWN_NAMES = ("family_name", "given_names")
FOUND = tuple(kind.key for kind in ALL if kind.found)
TEXT_KINDS = tuple(kind.key for kind in reversed(ALL) if kind.found and kind.found.texts)  # the notes first
NAME_KINDS = tuple(key for key in FOUND if key not in TEXT_KINDS)


def found_by(record_type: str) -> Found:
    """Return under what records of a type are found; of one that the search does not look into, nothing."""
    return BY_KEY[record_type].found or _NOWHERE


def index_text(record: Record, places: Gazetteer | None = None) -> str:
    """Return the words under which one record is found, each once; empty for one that is not. ``places``: those of its office."""
    found = found_by(record.type)
    words = [name_keys.index_text(record.text(key), given=key in found.given) for key in (*found.names, *found.texts)]
    words += [name_keys.index_text(record.text(key), given=True) for key in found.near if _of_either_kind(key, found)]
    numbers = [word for key, words_of in found.numbers.items() for word in words_of(record.text(key))]
    return " ".join(
        dict.fromkeys(
            [
                *" ".join(words).split(),
                *filter(None, numbers),
                *place_words(record, places),
            ]
        )
    )


def near_rows(record: Record) -> Iterator[str]:
    """Yield the near keys of the names of a record, each as the kind of name that its field holds, and behind it the name’s sound key."""
    found, man = found_by(record.type), record.text("sex") == "M"
    for key in found.near:
        given, both = key in found.given, _of_either_kind(key, found)
        words = near_names.index_words(record.text(key), given=given or both, family=not given, man=man)
        yield from (f"{near} {sound}" for near, sound in words)


def _of_either_kind(key: str, found: Found) -> bool:
    """Return whether given and family names stand in a field, as in other spellings of a name."""
    return key not in found.given and not key.startswith("family_name")


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
    """Return the field of a record in which typed words or numbers stand: what a result says; empty for none.

    Of several it is the one without which a word would not be understood: a father’s name beside a family name.
    """
    if any(letter.isdecimal() for letter in text) and (key := number_found(record, text)):
        return key
    found = found_by(record.type)
    typed = [name_keys.keys(word) for word in name_keys.words(text)]
    why, understood = "", set[int]()
    for key in (*found.names, *found.texts):
        own = [one for word in name_keys.words(record.text(key)) for one in name_keys.keys(word)]
        there = {at for at, asked in enumerate(typed) if any(one.startswith(asked) for one in own)}
        if there - understood and (not why or key not in _OWN_NAMES):
            why = key
        understood |= there
    if why:
        return why
    asked_places = {place_word(uid) for one in meant(text, gazetteer()) for uid in one.uids}
    return field_at(record, asked_places) if asked_places else ""


def heading_field(record: Record) -> str:
    """Return the field that heads a record which was found: the first of those declared that says something; or empty."""
    found = found_by(record.type)
    return next((key for key in found.shown or (*found.texts, *found.names) if record.text(key)), "")
