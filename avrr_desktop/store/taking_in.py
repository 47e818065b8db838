"""Takes entries of another copy into a store, each once, beside what happened here."""

from collections.abc import Callable, Collection, Iterable

from avrr_desktop.domain.about import people_of
from avrr_desktop.domain.changes import Part, PartKind, change_id
from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.fields import Record
from avrr_desktop.domain.marking import N_
from avrr_desktop.domain.records import BY_KEY
from avrr_desktop.store import held
from avrr_desktop.store.journal import Entry
from avrr_desktop.store.store import Store

LeftOut = Callable[[Entry], Collection[int]]  # entry -> the positions of its parts that are not taken


def take_in(store: Store, entries: Iterable[Entry], left_out: LeftOut = lambda _: ()) -> int:
    """Add the entries of another copy that this store does not hold, oldest first; return how many. All or nothing.

    ``left_out``: the parts that are emptied here; the chain holds without their words.
    Raises StoreError when one name stands for two different entries, or where entries would be missing between those of a
    computer: then nothing is taken.
    """
    taken, cases, whole = 0, set(), store.local.setting("partial") != "1"
    with store.transaction():
        erased = erased_in(store)
        for entry in entries:
            there = store.journal.named(entry.change.change_id)
            if there is not None:
                if there.change.digest != entry.change.digest:
                    raise StoreError(
                        N_("Two different entries carry the same name: {entry}."),
                        N_("Nothing was taken over. Keep both stores and ask for help."),
                        {"entry": entry.change.change_id},
                    )
                continue
            if whole:
                _refuse_gap(store, entry)
            number = store.journal.keep(entry.change)
            leaving = left_out(entry)
            gone = [
                position for position, part in enumerate(entry.parts)
                if position in leaving or entry.change.envelope.get("case") in erased
                or (part is not None and (_of_erased(store, entry, part, erased) or _edits_erased(store, entry, position)))
            ]  # fmt: skip
            if gone:  # written elsewhere about whom this store erased meanwhile: the chain holds without the words
                store.journal.erase(entry.change.change_id, gone)
            parts = tuple(None if position in gone else part for position, part in enumerate(entry.parts))
            entry = Entry(number, entry.change, parts)
            case_pk = store.apply(entry)
            cases.add((case_pk, number))
            for part in entry.parts:
                if part is not None and part.record_type in (
                    "person",
                    "membership",
                ):  # may belong to cases that stayed at home too
                    person = (
                        part.record if part.record_type == "person" else store.reader.person_of(case_pk, part.record)
                    )
                    cases.update((one.key, number) for one in held.cases_of(store.connection, person))
            taken += 1
        newest = dict(sorted(cases, key=lambda pair: pair[1]))
        for case_pk, number in newest.items():
            if case_pk:
                store.index.drop_case(case_pk)
                store.refresh_case(case_pk, number, None)
    return taken


def erased_in(store: Store) -> set[object]:
    """Return the cases and people that were erased here: their lines without a name say so."""
    return {
        part.record
        for entry in store.journal.outside_cases()
        for part in entry.parts
        if part is not None and part.kind is PartKind.ERASE
    }


def _refuse_gap(store: Store, entry: Entry) -> None:
    """Raise StoreError where this store lacks the entry before one of the same computer.

    The store of a journey holds its entries in part. Into a store that was brought back from a backup of before the journey
    they would come with holes: what stayed at home would be missing for good, and the history would not hold any more.
    """
    envelope = entry.change.envelope
    device, incarnation, sequence = envelope["device"], envelope["incarnation"], envelope["sequence"]
    if sequence > 1 and store.journal.named(change_id(device, incarnation, sequence - 1)) is None:
        raise StoreError(
            N_("This store is older than the journey: entries that it needs are missing here."),
            N_("Nothing was taken over, and the journey is still there. Take in the newer store that was moved aside, or a newer "
               "backup, then bring the journey back."),
        )  # fmt: skip


def _of_erased(store: Store, entry: Entry, part: Part, erased: set[object]) -> bool:
    """Say whether a part is about nobody but people who were erased here, as the declaration of its type has it.

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


def _edits_erased(store: Store, entry: Entry, position: int) -> bool:
    """Say whether a part changes a record that was erased here: of what it saw, nothing is left."""
    part, parents = entry.parts[position], entry.change.envelope.get("parents", ())
    seen = [store.journal.named(name) for name in (parents[position] if position < len(parents) else ())]
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
