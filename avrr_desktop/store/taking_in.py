"""Takes entries of another copy into a store, each once, beside what happened here."""

from collections.abc import Callable, Collection, Iterable

from avrr_desktop.domain.changes import Part, PartKind
from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.marking import N_
from avrr_desktop.store import held
from avrr_desktop.store.journal import Entry
from avrr_desktop.store.store import Store

LeftOut = Callable[[Entry], Collection[int]]  # entry -> the positions of its parts that are not taken


def take_in(store: Store, entries: Iterable[Entry], left_out: LeftOut = lambda _: ()) -> int:
    """Add the entries of another copy that this store does not hold, oldest first; return how many. All or nothing.

    ``left_out``: the parts that are emptied here; the chain holds without their words.
    Raises StoreError when one name stands for two different entries: then nothing is taken.
    """
    taken, cases = 0, set()
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
            number = store.journal.keep(entry.change)
            leaving = left_out(entry)
            gone = [
                position for position, part in enumerate(entry.parts)
                if position in leaving or entry.change.envelope.get("case") in erased or (part is not None and _about(part) & erased)
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


def _about(part: Part) -> set[object]:
    """Return whom a part is about: the record itself, and the person whose paper, step or school it is."""
    about: set[object] = {part.record, part.values.get("person"), part.values.get("holder")}
    return about - {None}
