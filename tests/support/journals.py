"""What tests of the journal need: entries of another program, tampering by raw SQL, a look at everything stored."""

from collections.abc import Iterator
from typing import Any

from avrr_desktop.domain.history import change
from avrr_desktop.domain.history.change import Change, SealedPart
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.session.workspace import Workspace

ELSEWHERE = "01JZZZZZZZZZZZZZZZZZZZZZZZ"  # the device of another office


def foreign(body: object, *, after: Change | None = None, **envelope: object) -> Change:
    """Return an entry as the program on another device writes it; ``envelope`` sets further places of it."""
    sealed = SealedPart(b"0123456789abcdef", change.canonical(body))
    content: dict[str, Any] = {
        "format": change.FORMAT, "device": ELSEWHERE, "incarnation": 1,
        "sequence": after.envelope["sequence"] + 1 if after else 1,
        "previous": after.digest.hex() if after else change.genesis(ELSEWHERE, 1).hex(),
        "case": None, "actor": "", "time": "2026-06-14T09:00:00.000Z", "clock": 1, "schema": 1, "compartment": "",
        "parents": [[]], "commitments": [change.commitment(sealed)], "signature": "", **envelope,
    }  # fmt: skip
    return change.close_change(content, (sealed,))


def part(kind: str, record_type: str, record: str, **values: object) -> dict[str, object]:
    """Return the body of a part in its stored form."""
    return {"kind": kind, "record_type": record_type, "record": record, "values": values}


def stored_row(workspace: Workspace, change_id: str) -> tuple[Any, ...]:
    """Return the row of an entry as it lies in the file."""
    row = workspace.store.connection.one("SELECT envelope, digest, parts FROM journal WHERE change_id=?", (change_id,))
    assert row is not None
    return row


def rewrite(workspace: Workspace, change_id: str, **envelope: object) -> None:
    """Change an envelope with raw SQL, with the hash that belongs to the new content."""
    entry = workspace.store.journal.named(change_id)
    assert entry is not None
    content = {**entry.change.envelope, **envelope}
    workspace.store.connection.execute(
        "UPDATE journal SET envelope=?, digest=? WHERE change_id=?",
        (change.canonical(content), change.envelope_digest(content), change_id),
    )


def everything_stored(workspace: Workspace) -> Iterator[tuple[str, bytes]]:
    """Yield (table, value) for every value of every table, those inside the search index included."""
    connection = workspace.store.connection
    for (table,) in connection.rows("SELECT name FROM sqlite_master WHERE type='table'"):
        for row in connection.rows(f'SELECT * FROM "{table}"'):
            for value in row:
                yield table, value if isinstance(value, bytes) else str(value).encode()


def tables_with(workspace: Workspace, word: str) -> set[str]:
    """Return the tables in which a word stands anywhere."""
    return {table for table, value in everything_stored(workspace) if word.encode() in value}


def dump(workspace: Workspace) -> list[str]:
    """Return the canonical dump of the projected tables."""
    return list(workspace.store.dump())


def person(workspace: Workspace, uid: str) -> Record:
    """Return a person as a form opened now would show it."""
    found = workspace.store.reader.record("person", uid)
    assert found is not None
    return found
