"""Takes everything about some records out of a store: journal, tables, search, drafts and finished documents."""

from collections.abc import Collection
from datetime import datetime

from avrr_desktop.domain.changes import Changes, Part
from avrr_desktop.store.store import Store


def erase_records(
    store: Store, records: Collection[tuple[str, str]], tombstone: Part, *, actor: str, now: datetime
) -> Changes:
    """Take everything that was ever written about some records away, in one transaction with the entry that says so.

    ``tombstone``: a part of the kind erase, without a word about anybody. Drafts and finished documents of erased cases
    go too. Everything derived is made anew, so that no word stays in the search: seconds in a large store.
    """
    cases = [uid for record_type, uid in records if record_type == "case"]
    with store.transaction():
        for entry in store.journal.all():
            gone = [
                position for position, part in enumerate(entry.parts)
                if part is not None and (part.record_type, part.record) in records
            ]  # fmt: skip
            if gone:
                store.journal.erase(entry.change.change_id, gone)
        for case in cases:
            store.local.forget_case(case)
        store.local.forget_drafts([uid for _, uid in records])
        changes = store.save([tombstone], case=None, actor=actor, now=now)
        store.rebuild()
    if not store.connection.in_transaction:
        store.connection.checkpoint()
    return changes
