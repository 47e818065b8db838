"""What was written into a record after it was taken out: by somebody on a journey who could not know that it was joined."""

from collections.abc import Iterable
from dataclasses import dataclass

from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.records.fields import Value

_GONE = (PartKind.REMOVE, PartKind.WITHDRAW)
_NEW = (PartKind.ADD, PartKind.APPEND)
Numbered = tuple[int, Part]  # the local number of an entry, and what it does to one record


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """A value that came after the removal of its record. ``before``: what stood there then; ``number``: of its entry."""

    record_type: str
    record: str
    key: str
    before: Value | None
    value: Value | None
    number: int


def came_later(written: Iterable[Numbered]) -> tuple[Later, ...]:
    """Return the newest value of each field that was set in a record that is taken out. ``written``: in the order of arrival."""
    values: dict[str, dict[str, Value | None]] = {}
    gone: dict[str, dict[str, Value | None]] = {}  # record -> what it said when it was taken out
    found: dict[tuple[str, str], Later] = {}
    for number, part in written:
        own = values.setdefault(part.record, {})
        if part.kind in _NEW:
            gone.pop(part.record, None)
            found = {key: later for key, later in found.items() if later.record != part.record}
        if part.kind in _GONE:
            gone.setdefault(part.record, dict(own))
        elif part.record in gone:
            before = gone[part.record]
            for key, value in part.values.items():
                found[part.record, key] = Later(
                    record_type=part.record_type, record=part.record, key=key, before=before.get(key), value=value,
                    number=number,
                )  # fmt: skip
        own.update(part.values)
    return tuple(later for later in found.values() if later.value != later.before)


def last_written(written: Iterable[Numbered]) -> dict[tuple[str, str], int]:
    """Return the number of the last entry that set each field: (record, field) -> number."""
    return {(part.record, key): number for number, part in written for key in part.values}
