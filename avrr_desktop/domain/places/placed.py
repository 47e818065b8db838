"""Which place a field of a record means: what stands beside its text, and what is decided when somebody writes one."""

from collections.abc import Collection, KeysView, Mapping

from avrr_desktop.domain.places.gazetteer import Gazetteer, Place, gazetteer
from avrr_desktop.domain.records.fields import Field, Record, RecordType, Value
from avrr_desktop.domain.records.record_types import BY_KEY

MARK = "ǀ"  # before a place in the search index: a letter of no language of ours


def place_of(record: Record, key: str, places: Gazetteer | None = None) -> Place | None:
    """Return the place that a field means: the one that stands beside it, else the one that its text surely means."""
    field = BY_KEY[record.type].field(key)
    return _place(record.text(key), record.text(field.code_key), record.text(field.country), places or gazetteer())


def municipality(text: str, code: str, country: str, places: Gazetteer) -> str:
    """Return the identifier of the municipality in which what was typed lies; empty where nobody can say. ``code``: beside it."""
    place = _place(text, code, country, places)
    return places.municipality(place.uid) if place else ""


def _place(text: str, code: str, country: str, places: Gazetteer) -> Place | None:
    if not text:
        return None
    return (places.get(code) if code else None) or places.sure(text, country, only=True)


def with_codes(
    kind: RecordType, values: Mapping[str, Value | None], before: Record | None = None, country: str = "",
    places: Gazetteer | None = None,
) -> dict[str, Value | None]:  # fmt: skip
    """Return cleaned values with the place that each text surely means, where a text or its country is written.

    ``before``: the record as it stood; a place that was chosen stays while the text may still mean it. ``country``: of the
    case, for fields whose record names none. A place that comes with its text is taken as it is: somebody chose it.
    """
    found = dict(values)
    for field in kind.places:
        if not {field.key, field.country, field.code_key}.isdisjoint(values):
            found |= _decided(field, values, before, country, places or gazetteer())
    return found


def _decided(
    field: Field, values: Mapping[str, Value | None], before: Record | None, country: str, places: Gazetteer
) -> Mapping[str, Value | None]:
    earlier: Mapping[str, Value] = before.values if before else {}
    text = str((values[field.key] if field.key in values else earlier.get(field.key)) or "")
    if not text:
        return {field.code_key: None}
    if values.get(field.code_key):
        return {}
    own = str((values[field.country] if field.country in values else earlier.get(field.country)) or "")
    same = text == earlier.get(field.key) and own == (earlier.get(field.country) or "")
    chosen = str(earlier.get(field.code_key) or "")
    if chosen and (same or chosen in _meant(places, text, own)):
        return {field.code_key: chosen}
    place = places.sure(text, own or country, only=bool(own))
    return {field.code_key: place.uid if place else None}


def _meant(places: Gazetteer, text: str, country: str) -> frozenset[str]:
    found = (one.place for one in places.find(text, country))
    return frozenset(place.uid for place in found if country in ("", place.country))


def place_words(record: Record, places: Gazetteer | None = None) -> list[str]:
    """Return under which places a record is found: each that a field means or may mean, and all in which they lie."""
    fields = BY_KEY[record.type].places
    return list(dict.fromkeys(word for field in fields for word in _words_of(record, field, places or gazetteer())))


def field_at(record: Record, asked: Collection[str], places: Gazetteer | None = None) -> str:
    """Return the field of a record in which one of some places stands, by ``place_word``; empty for none."""
    fields = BY_KEY[record.type].places
    return next((one.key for one in fields if not _words_of(record, one, places or gazetteer()).isdisjoint(asked)), "")


def _words_of(record: Record, field: Field, places: Gazetteer) -> KeysView[str]:
    if not record.text(field.key):
        return {}.keys()
    place = place_of(record, field.key, places)
    meant = [place.uid] if place else places.surely(record.text(field.key), record.text(field.country))
    return dict.fromkeys(place_word(one) for uid in meant for one in (uid, *places.ancestors(uid))).keys()


def place_word(uid: str) -> str:
    """Return the one word under which a place stands in the search index."""
    return MARK + uid.replace("-", "").lower()
