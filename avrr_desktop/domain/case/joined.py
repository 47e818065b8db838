"""What two records of one thing say differently, and what the one that stays says once somebody decided of each field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from avrr_desktop.domain.people.name_keys import script_of
from avrr_desktop.domain.records.fields import Field, Kind, Record, Value
from avrr_desktop.domain.records.record_types import BY_KEY

FIRST, SECOND, BOTH = "first", "second", "both"
ANSWERS = (FIRST, SECOND, BOTH)
APART = "not_same"  # the field of a person’s record that names those who were decided to be somebody else
INTO = "joined_into"  # the field of a person's record that was joined into another one: whose it is now
NAMED_AS, FURTHER = ("given_names", "family_name"), ("family_name_at_birth",)
_VARIANTS, _NUMBER, _NUMBERS, _SCHEME = "name_variants", "national_number", "other_numbers", "number_scheme"
_FOLLOW = {"name_script", _SCHEME}  # go with the name and the number that are chosen
_SEVERAL = {"phone", "trusted_contact", "external_refs", "occupation", "donor"}  # one line that takes two


class Reads(Protocol):
    """Looks up one record, or says that there is none."""

    def __call__(self, record_type: str, uid: str) -> Record | None:
        """Return the record of a type by its identifier."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which two records differ. ``both``: whether it takes both values; ``proposed``: empty where only a person knows."""

    field: Field
    values: tuple[Value | None, Value | None]
    both: bool
    proposed: str


@dataclass(frozen=True, slots=True)
class Joined:
    """What the record that stays is to say (what changes in it, as a form would set it), and which values are nowhere in it."""

    values: Mapping[str, Value | None]
    left: Sequence[tuple[Field, Value]]


def same_in_both(first: Record, second: Record) -> tuple[Field, ...]:
    """Return the fields that say the same in both records."""
    return tuple(one for one in _asked(first) if first.values.get(one.key, "") == second.values.get(one.key))


def differences(first: Record, second: Record) -> tuple[Difference, ...]:
    """Return the fields in which two records of one type differ, in the order of the form.

    Where only one says something, that is proposed; where a field takes both values, both are. Of two that exclude each
    other nothing is proposed: a person decides.
    """
    found = []
    for one in _asked(first):
        values = first.values.get(one.key), second.values.get(one.key)
        if values[0] != values[1]:
            both = None not in values and _takes_both(one)
            alone = FIRST if values[1] is None else SECOND if values[0] is None else ""
            found.append(Difference(one, values, both, alone or (BOTH if both else "")))
    return tuple(found)


def undecided(first: Record, second: Record, decided: Mapping[str, str]) -> tuple[Field, ...]:
    """Return the fields of which somebody has yet to say which value stays. ``decided``: field -> one of ``ANSWERS``."""
    return tuple(one.field for one in differences(first, second) if not _answer(one, decided))


def joined(first: Record, second: Record, decided: Mapping[str, str]) -> Joined:
    """Return what the first record says after the join. A field of which nothing is decided stays as it was proposed.

    Of people, a name that is not chosen becomes a further spelling and a personal number a further number: by both
    they are found as before.
    """
    values: dict[str, Value | None] = {}
    left: list[tuple[Field, Value]] = []
    for one in differences(first, second):
        answer = _answer(one, decided) or FIRST
        mine, other = one.values
        chosen = together(one.field, mine, other) if answer == BOTH else other if answer == SECOND else mine
        lost = mine if answer == SECOND else other if answer == FIRST else None
        if chosen != mine:
            values[one.field.key] = chosen
        if lost is not None:
            left.append((one.field, lost))
    left += _places(first, second, values)
    if first.type == "person":
        values |= _of_person(first, second, values)
        kept = {_NUMBER, *NAMED_AS, *FURTHER}  # found again among the further spellings and numbers
        left = [(field, lost) for field, lost in left if field.key not in kept]
    return Joined(values, left)


def _places(first: Record, second: Record, values: dict[str, Value | None]) -> list[tuple[Field, Value]]:
    """Let the place go with the text that stays; return those of which both say one text and which are two places."""
    left: list[tuple[Field, Value]] = []
    for one in BY_KEY[first.type].places:
        mine, other = first.values.get(one.code_key), second.values.get(one.code_key)
        if one.key in values:  # what the second says stays
            values |= {one.code_key: other} if other != mine else {}
        elif other and first.text(one.key) == second.text(one.key):
            if not mine:
                values[one.code_key] = other
            elif mine != other:
                left.append((BY_KEY[first.type].field(one.code_key), other))
    return left


def _answer(difference: Difference, decided: Mapping[str, str]) -> str:
    answer = decided.get(difference.field.key, difference.proposed)
    return "" if answer not in ANSWERS or (answer == BOTH and not difference.both) else answer


def _asked(record: Record) -> Iterator[Field]:
    """Yield the fields that are compared: what the program sets itself follows from them."""
    for one in BY_KEY[record.type].fields:
        if not one.computed and not one.retired and one.key not in _FOLLOW | {"status"}:
            yield one


def _takes_both(field: Field) -> bool:
    return field.kind in (Kind.LONG_TEXT, Kind.CHOICES, Kind.LINKS) or field.key in _SEVERAL


def together(field: Field, first: Value | None, second: Value | None) -> Value | None:
    """Return two values of a field that takes both, each thing once."""
    if first is None or second is None or first == second:
        return second if first is None else first
    if isinstance(first, tuple) and isinstance(second, tuple):
        return tuple(dict.fromkeys((*first, *second)))
    long = field.kind is Kind.LONG_TEXT
    return lines((str(first), str(second)), "\n" if long else "; ")


def lines(texts: Sequence[str], between: str = "\n") -> str:
    """Return texts one below the other, the same line once."""
    parts = (part.strip() for text in texts for part in text.split(between))
    return between.join(dict.fromkeys(part for part in parts if part))


def _of_person(first: Record, second: Record, chosen: Mapping[str, Value | None]) -> dict[str, Value | None]:
    """Return what follows from the names and the number that were chosen."""
    after = first._replace(values={key: one for key, one in {**first.values, **chosen}.items() if one is not None})
    values: dict[str, Value | None] = {}
    names = [one for record in (first, second) for one in _names(record) if one not in _names(after)]
    variants = lines([after.text(_VARIANTS), *names])
    if variants != after.text(_VARIANTS):
        values[_VARIANTS] = variants
    numbers = [one.text(_NUMBER) for one in (first, second) if one.text(_NUMBER) != after.text(_NUMBER)]
    further = lines([after.text(_NUMBERS), *numbers])
    if further != after.text(_NUMBERS):
        values[_NUMBERS] = further
    if _NUMBER in chosen and second.text(_SCHEME) != first.text(_SCHEME):
        values[_SCHEME] = second.text(_SCHEME) or None
    script = script_of("".join(after.text(key) for key in NAMED_AS))
    if script and script != first.text("name_script") and any(key in chosen for key in NAMED_AS):
        values["name_script"] = script
    return values


def _names(person: Record) -> list[str]:
    """Return how a person is called in full, and at birth."""
    full = " ".join(filter(None, (person.text(key) for key in NAMED_AS)))
    return [name for name in (full, *(person.text(key) for key in FURTHER)) if name]


def whose(person: str, find: Reads) -> str:
    """Return who a person is now: the record into which theirs was joined, through every join; their own where it was not."""
    seen = {person}
    while (record := find("person", person)) is not None and record.text(INTO) and record.text(INTO) not in seen:
        person = record.text(INTO)
        seen.add(person)
    return person
