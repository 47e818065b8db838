"""Return whether a partner or office is the one that somebody looks for: by words of its entry, or by its telephone."""

from avrr_desktop.domain.people.name_keys import keys, words
from avrr_desktop.domain.people.number_keys import asked_number, phone_words
from avrr_desktop.domain.records.fields import Record

_BY_WORDS = ("name", "other_names", "place", "address", "focal_point", "email", "services", "area")


def is_meant(provider: Record, typed: str, said: str = "") -> bool:
    """Return whether every typed word begins one of a partner, in any script, or the typed number is of its telephones.

    ``said``: what the lists of the entry read, such as its areas of help and its languages. Nothing typed means every partner.
    """
    return _has_words(provider, typed, said) or _has_number(provider, typed)


def _has_words(provider: Record, typed: str, said: str) -> bool:
    texts = (*(provider.text(field) for field in _BY_WORDS), said)
    held = {key for text in texts for word in words(text) for key in keys(word)}
    asked = [keys(word) for word in words(typed)]
    return all(any(own.startswith(key) for own in held for key in wanted) for wanted in asked)


def _has_number(provider: Record, typed: str) -> bool:
    held = set(phone_words(provider.text("phone")))
    return any(
        any(own.startswith(key.word) for own in held) if key.begins else key.word in held for key in asked_number(typed)
    )
