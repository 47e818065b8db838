"""What of a store goes along on a journey of chosen cases: read from the declaration of each record type."""

from collections.abc import Collection, Iterator

from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.records.fields import Travels
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.store.journal.journal import Entry
from avrr_desktop.store.reading import held
from avrr_desktop.store.store import Store

Named = tuple[str, str]  # record type, identifier


class Travelling:
    """Decides for every part of the journal whether it goes. What is written in a case that stays goes only where it is
    about somebody who also belongs to a chosen case: then the part about that person, and nothing else of the entry.
    """

    def __init__(self, store: Store, cases: Collection[str]) -> None:
        self._store = store
        self._cases = frozenset(cases)
        self._named = frozenset(self._names())

    def _names(self) -> Iterator[Named]:
        for case in self._cases:
            yield "case", case
            rows = self._store.connection.rows("SELECT pk FROM cases WHERE uid=?", (case,))
            for record in held.records_in(self._store.connection, rows[0][0]) if rows else ():
                for field in BY_KEY[record.type].fields:
                    if field.target and field.target != "case":
                        linked = (*record.many(field.key), record.text(field.key))
                        yield from ((field.target, uid) for uid in linked if uid)

    def entries(self) -> Iterator[Entry]:
        """Yield the entries of which something goes, oldest first; every grant goes, for the next one names it."""
        for entry in self._store.journal.all():
            if "grant" in entry.change.envelope or len(self.left_out(entry)) < len(entry.parts):
                yield entry

    def left_out(self, entry: Entry) -> tuple[int, ...]:
        """Return the positions of the parts that stay at home."""
        case = entry.change.envelope.get("case") or ""
        return tuple(position for position, part in enumerate(entry.parts) if not self._goes(part, case))

    def _goes(self, part: Part | None, case: str) -> bool:
        kind = BY_KEY.get(part.record_type) if part is not None else None
        if part is None or kind is None:  # emptied, or from a newer program: nobody knows about whom
            return case in self._cases
        if part.kind is PartKind.ERASE or kind.travels is Travels.ALWAYS:
            return True
        if kind.travels is Travels.OF_CASE:
            return self._of_chosen_case(part)
        if kind.travels is Travels.NAMED:
            return (part.record_type, part.record) in self._named
        return case in self._cases

    def _of_chosen_case(self, part: Part) -> bool:
        record = self._store.reader.record(part.record_type, part.record)
        links = (field.key for field in BY_KEY[part.record_type].fields if field.target == "case")
        return record is not None and any(record.text(key) in self._cases for key in links)
