"""Whom a record is about: read from the declaration of its type, and used by everything that acts on a person."""

from collections.abc import Callable, Iterable

from avrr_desktop.domain.records.fields import Kind, Record
from avrr_desktop.domain.records.record_types import BY_KEY

Find = Callable[[str, str], Record | None]  # (record type, identifier) -> the record, None where it is not at hand
ITSELF = "uid"  # stands in ``RecordType.about`` of a person


def people_of(record: Record, find: Find) -> frozenset[str]:
    """Return the identifiers of the people whom a record is about; empty for one that is about a whole case, or nobody.

    The first field of ``RecordType.about`` that leads to somebody decides; a link to another record (the paper of a file,
    the service of a step) leads to the people of that one. ``find`` looks up such a record.
    """
    for key in BY_KEY[record.type].about:
        if key == ITSELF:
            return frozenset((record.uid,))
        field = BY_KEY[record.type].field(key)
        linked = record.many(key) if field.kind is Kind.LINKS else (record.text(key),)
        if field.target != "person":
            ahead = (find(field.target, uid) for uid in linked if uid)
            linked = tuple(uid for one in ahead if one is not None for uid in people_of(one, find))
        if any(linked):
            return frozenset(filter(None, linked))
    return frozenset()


def finder(records: Iterable[Record]) -> Find:
    """Return a look-up over records that are at hand."""
    held = {(record.type, record.uid): record for record in records}
    return lambda record_type, uid: held.get((record_type, uid))
