"""What an insider does to a store that is closed: with the key that every passphrase gives, and no verb of the program."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from avrr_desktop.domain.history import change as changes
from avrr_desktop.domain.history.change import SealedPart
from avrr_desktop.keys import slots
from avrr_desktop.keys.signing import Signer
from avrr_desktop.operations.session.unlocking import unlock
from avrr_desktop.store.folder.folder import StoreFolder
from avrr_desktop.store.journal.journal import framed, unframed
from avrr_desktop.store.store import Store
from tests.support.office_with_keys import QUICK

Body = dict[str, Any]


@contextmanager
def at_the_file(folder: Path, passphrase: str) -> Iterator[Store]:
    """Open the database of a store with the key that a passphrase gives, past every rule of the program."""
    store = Store.open(folder / "store.db", unlock(folder, passphrase).database)
    try:
        yield store
    finally:
        store.close()


def seed_of(folder: Path, passphrase: str) -> bytes:
    """Return the seed by which whoever has this passphrase signs."""
    return slots.enter(StoreFolder(folder).read_keys(), passphrase).secrets.seed


def rewrite(store: Store, change: Callable[[Body], bool]) -> int:
    """Alter what parts of the journal say, and leave everything that was signed; return how many were altered."""
    altered = 0
    for number, blob in store.connection.rows("SELECT pk, parts FROM journal"):
        parts = []
        for part in unframed(blob):
            body = json.loads(part.body) if part.body else {}
            if body and change(body):
                part, altered = SealedPart(part.salt, changes.canonical(body)), altered + 1
            parts.append(part)
        store.connection.execute("UPDATE journal SET parts=? WHERE pk=?", (framed(tuple(parts)), number))
    return altered


def empty(store: Store, number: int) -> None:
    """Take the content of an entry away, as an erasing does."""
    row = store.connection.one("SELECT parts FROM journal WHERE pk=?", (number,))
    assert row
    emptied = tuple(SealedPart(b"", b"") for _ in unframed(row[0]))
    store.connection.execute("UPDATE journal SET parts=? WHERE pk=?", (framed(emptied), number))


def newest(store: Store) -> int:
    """Return the number of the newest entry."""
    row = store.connection.one("SELECT max(pk) FROM journal")
    assert row
    return int(row[0])


def resign(store: Store, number: int, device: Signer, person: Signer, alter: Callable[[dict[str, Any]], None]) -> None:
    """Write an entry's envelope anew and sign it again, with what a computer and a person have."""
    row = store.connection.one("SELECT envelope FROM journal WHERE pk=?", (number,))
    assert row
    envelope = json.loads(row[0])
    alter(envelope)
    digest = changes.envelope_digest(envelope)
    envelope["signature"] = f"{device.sign(digest)} {person.sign(digest)}"
    name = changes.change_id(envelope["device"], envelope["incarnation"], envelope["sequence"])
    store.connection.execute(
        "UPDATE journal SET change_id=?, clock=?, envelope=?, digest=? WHERE pk=?",
        (name, envelope["clock"], changes.canonical(envelope), digest, number),
    )


def forge_slot(folder: Path, own: str, officer: str, passphrase: str) -> None:
    """Write a slot into the key file that names an officer, with a seed that somebody else chose."""
    place = StoreFolder(folder)
    file = place.read_keys()
    entry = slots.enter(file, own)
    kept = file.slots
    forged, _ = slots.add_officer(file, entry, officer, passphrase, QUICK)
    names = {slot.slot for slot in forged.slots}
    place.write_keys(replace(forged, slots=(*(one for one in kept if one.slot not in names), *forged.slots)))
