"""What a person is given of the records of a case, and each kind that is left out with the reason."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.about import finder, people_of
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.record_types import BY_KEY

OF_ALL = N_("Written about the whole family: the office goes through it with the person.")
OF_SEVERAL = N_("This also concerns others: the office goes through it with the person.")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Records that are held and whose content is not in the pages: which kind, how many, and why."""

    kind: str
    count: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseData:
    """What one case holds about a person. ``told``: lines of what left, the newest first; ``in_it``: they belong to it now."""

    number: str
    records: tuple[Record, ...]
    left_out: tuple[LeftOut, ...]
    told: tuple[Record, ...]
    in_it: bool


def parted(records: Iterable[Record], person: str) -> tuple[tuple[Record, ...], tuple[LeftOut, ...]]:
    """Return (the records that are about one person alone and are given, what is left out).

    Restricted records are neither given nor counted: whether there are any is told in person.
    """
    records = tuple(records)
    find, mine, out = finder(records), list[Record](), Counter[tuple[str, str]]()
    for record in records:
        kind, about = BY_KEY[record.type], people_of(record, find)
        if record.type == "case" or kind.restricted or "sealed" in record.values or (about and person not in about):
            continue
        if about == {person} and not kind.not_given:
            mine.append(record)
        else:
            out[record.type, OF_ALL if not about else OF_SEVERAL if len(about) > 1 else kind.not_given] += 1
    return tuple(mine), tuple(LeftOut(kind, count, why) for (kind, why), count in sorted(out.items()))
