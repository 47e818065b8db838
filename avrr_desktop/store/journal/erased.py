"""Of whom a store knows that they were erased here, and which parts of an entry are about nobody else."""

from collections.abc import Mapping, Sequence

from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.records.about import people_of
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.store.journal.journal import Entry
from avrr_desktop.store.store import Store


def erased_in(store: Store) -> set[object]:
    """Return the cases and people that were erased here: their lines without a name say so."""
    return {
        part.record
        for entry in store.journal.outside_cases()
        for part in entry.parts
        if part is not None and part.kind is PartKind.ERASE
    }


def of_erased(store: Store, entry: Entry, part: Part, erased: set[object]) -> bool:
    """Return whether a part is about nobody but people who were erased here, as the declaration of its type has it.

    An edit says only what it changes: what the store holds of the record stands behind it. What belongs to a record that
    is not held any more (the paper of a file, the service of a step) goes with it.
    """
    if not erased or part.record in erased or part.record_type not in BY_KEY:
        return part.record in erased
    case, lost = str(entry.change.envelope.get("case") or ""), list[str]()

    def find(record_type: str, uid: str) -> Record | None:
        own = next((one for one in entry.parts if one and (one.record_type, one.record) == (record_type, uid)), None)
        held = store.reader.record(record_type, uid, case)
        if own is None and held is None:
            lost.append(uid)
            return None
        values = {**(held.values if held else {}), **(own.values if own else {})}
        return Record(record_type, uid, {key: value for key, value in values.items() if value is not None})

    record = find(part.record_type, part.record)
    assert record is not None  # its part is at hand
    cases = {record.text(field.key) for field in BY_KEY[record.type].fields if field.target == "case"}
    people = people_of(record, find)
    return bool(cases & erased) or (people <= erased if people else bool(lost))


def is_plain(part: Part) -> bool:
    """Return whether the values of a part are of the kinds that records hold: what came from outside may say anything."""
    values: Mapping[str, object] = part.values
    return all(
        value is None or isinstance(value, str | int)
        or (isinstance(value, tuple) and all(isinstance(one, str) for one in value))
        for value in values.values()
    )  # fmt: skip


def edits_erased(store: Store, entry: Entry, position: int, seen_by: Sequence[Sequence[str]]) -> bool:
    """Return whether a part changes a record that was erased here: of what it saw, nothing is left. ``seen_by``: for each part, the
    names of what its writer had seen.
    """
    part = entry.parts[position]
    seen = [store.journal.named(name) for name in (seen_by[position] if position < len(seen_by) else ())]
    if part is None or not any(seen):
        return False
    return all(
        one is None
        or (
            any(sealed.erased for sealed in one.change.parts)
            and not any(p and p.record == part.record for p in one.parts)
        )
        for one in seen
    )
