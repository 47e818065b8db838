"""Which entries of the directory may be one partner written down twice: told to a person who decides."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from avrr_desktop.domain.people.name_keys import plain_key, words
from avrr_desktop.domain.people.phones import phones
from avrr_desktop.domain.records.fields import Record

_MOST_ALIKE = 20  # entries of one name: more are a kind of office, such as “Health centre”


def likely_double_partners(partners: Iterable[Record]) -> Iterator[tuple[Record, Record]]:
    """Yield pairs, the earlier written one first, that have the same name in any script, and no two different places or countries."""
    by_name: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for one in partners:
        if key := name_key(one):
            by_name[key].append(one)
    for alike in by_name.values():
        if len(alike) <= _MOST_ALIKE:
            yield from ((first, second) for first, second in combinations(alike, 2) if _fits(first, second))


def name_key(partner: Record) -> tuple[str, ...]:
    """Return the words of the name as keys, in one order whatever the script; empty for an entry without a name."""
    return tuple(sorted(plain_key(word) for word in words(partner.text("name"))))


def _fits(first: Record, second: Record) -> bool:
    if _numbers(first) & _numbers(second):
        return True
    if first.text("country") != second.text("country") and first.text("country") and second.text("country"):
        return False
    one, other = first.text("place_code"), second.text("place_code")
    if one and other:
        return one == other
    names = [tuple(plain_key(word) for word in words(record.text("place"))) for record in (first, second)]
    return names[0] == names[1] or () in names


def _numbers(partner: Record) -> frozenset[str]:
    return frozenset(one.digits for one in phones(partner.text("phone")))
