"""What only people can find when somebody is erased: free text that may speak of them, files that nothing links to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from avrr_desktop.domain.people.name_keys import keys, words
from avrr_desktop.domain.people.number_keys import dialled, every_squashed, readings
from avrr_desktop.domain.people.phones import phones
from avrr_desktop.domain.records.fields import Field, Kind, Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY

TYPED = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.NAME, Kind.NUMBER_OF_PAPER})
_FAMILY_NAMES = ("family_name", "family_name_at_birth")
_SHORTEST_NUMBER = 5


@dataclass(frozen=True, slots=True)
class Marks:
    """By what somebody is known in a text: keys of their own names, keys of the names of their family, numbers."""

    own: frozenset[str]
    family: frozenset[str]
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """A record that stays and that somebody has to look at.

    ``fields``: those in which a name or number stands; none where it speaks of the whole family, or nobody knows.
    ``earlier``: they stand in what was written there before, and only the history holds it.
    """

    case: str
    record_type: str
    record: str
    fields: tuple[str, ...] = ()
    earlier: bool = False


def marks_of(person: Record, papers: Iterable[Record] = ()) -> Marks:
    """Return by what somebody is known: names in every spelling, personal number, numbers of papers, telephones.

    Each of several numbers in a field is a mark of its own, and a telephone at home and from abroad.
    """
    given = f"{person.text('given_names')} {person.text('name_variants')}"
    family = _keys_of(" ".join(person.text(key) for key in _FAMILY_NAMES))
    own = (person.text("national_number"), person.text("other_numbers"))
    numbers = (*own, *(paper.text("number") for paper in papers))
    found = {one for number in numbers for one in every_squashed(number)}
    found |= {digits for phone in phones(person.text("phone")) for digits in dialled(phone)}
    whole = frozenset(number for number in found if len(number) >= _SHORTEST_NUMBER)
    return Marks(_keys_of(given) - family, family, whole)


def fields_with(record: Record, values: Mapping[str, Value | None], marks: Iterable[Marks]) -> tuple[str, ...]:
    """Return the fields of a record in which somebody's names or numbers stand; in the names of others, only own names."""
    kind, wanted = BY_KEY[record.type], tuple(marks)
    return tuple(
        field.key
        for field in kind.fields
        if is_typed(field)
        and isinstance(text := values.get(field.key), str)
        and any(_stands_in(text, one, family=record.type != "person") for one in wanted)
    )


def says_something(record: Record) -> bool:
    """Return whether a record holds words that somebody typed."""
    return any(is_typed(field) and record.text(field.key).strip() for field in BY_KEY[record.type].fields)


def is_typed(field: Field) -> bool:
    """Return whether somebody types words into a field."""
    return (
        field.kind in TYPED and (not field.computed or field.key == "title") and field.key not in ("digest", "number")
    )


def _stands_in(text: str, marks: Marks, *, family: bool) -> bool:
    found = _keys_of(text)
    if found & marks.own or (family and found & marks.family):
        return True
    whole = ["".join(parts) for parts in readings(text)]
    return any(number in one for number in marks.numbers for one in whole)


def _keys_of(text: str) -> frozenset[str]:
    return frozenset(key for word in words(text) for key in keys(word) if len(key) > 1)
