"""The head of a store: where each chain of its journal ends, signed, in a small file beside it and in each backup.

Whoever cuts the end of a journal can write anew what the journal itself notes of it, but not a head that somebody else signed
and that lies in a backup. A head keeps nobody out: it only tells.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from avrr_desktop.domain.history import change
from avrr_desktop.files import read_small, write_whole
from avrr_desktop.keys.signing import verified
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.folder.backup import HEAD
from avrr_desktop.store.journal.verifying import noted
from avrr_desktop.store.store import Store

FORMAT = 1
MOST_CHAINS = 64
WRITTEN = "head_written"  # local setting: newest entry and digest of the head that was written last
_LARGEST = 100_000  # bytes
_CHAIN_AFTER = "SELECT change_id FROM journal WHERE change_id > ? ORDER BY change_id LIMIT 1"
_NAMED = "SELECT pk, digest FROM journal WHERE change_id=?"


@dataclass(frozen=True, slots=True)
class Head:
    """What a head says. ``chains``: DEVICE.INCARNATION -> number and digest (hex) of its last entry; ``officer``: who was
    at work when it was written.
    """

    store: str
    at: str  # UTC
    entries: int
    chains: Mapping[str, tuple[int, str]]
    officer: str
    signature: str = ""

    @property
    def digest(self) -> bytes:
        """What is signed."""
        chains = {chain: list(end) for chain, end in self.chains.items()}
        content = [FORMAT, self.store, self.at, self.entries, chains, self.officer]
        return change.digest(b"head", change.canonical(content))

    def signed_by(self, computers: Collection[str], person: str) -> bool:
        """Return whether one of some computers signed it, and the person, where one is given (public halves, as hex)."""
        by_computer, _, by_person = self.signature.partition(" ")
        if person and not verified(person, self.digest, by_person):
            return False
        return any(verified(public, self.digest, by_computer) for public in computers)

    def to_bytes(self) -> bytes:
        """Return the file."""
        content = {"format": FORMAT, "store": self.store, "at": self.at, "entries": self.entries,
                   "chains": {chain: list(end) for chain, end in self.chains.items()}, "officer": self.officer,
                   "signature": self.signature}  # fmt: skip
        return json.dumps(content, indent=1).encode("ascii") + b"\n"


def read_head(path: Path) -> Head | None:
    """Return a head; None for one that is not there or cannot be read. Raises nothing: anybody may have written it."""
    try:
        data: dict[str, Any] = json.loads(read_small(path, _LARGEST))
        chains = {str(chain): (int(number), str(digest)) for chain, (number, digest) in data["chains"].items()}
        texts = [data[key] for key in ("store", "at", "officer", "signature")]
        right = data["format"] == FORMAT and type(data["entries"]) is int and all(type(text) is str for text in texts)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return None
    if not right or len(chains) > MOST_CHAINS:
        return None
    return Head(texts[0], texts[1], data["entries"], chains, texts[2], texts[3])


def write_head(store: Store, key_file: str, at: str, officer: str) -> bool:
    """Write the head of an open store beside it, unless that one lies there already; say whether it was written.

    ``key_file``: the identifier of the store. Raises StoreError, OSError.
    """
    newest = store.journal.newest_name()
    path = store.path.with_name(HEAD)
    there = read_head(path)
    if not newest or (there is not None and store.local.setting(WRITTEN) == _mark(newest, there)):
        return False
    chains = chain_ends(store.connection)
    head = Head(key_file, at, store.journal.count(), chains, officer)
    signed = Head(head.store, head.at, head.entries, head.chains, officer, store.signature_of(head.digest))
    write_whole(path, signed.to_bytes())
    store.local.set_setting(WRITTEN, _mark(newest, signed))
    return True


def _mark(newest: str, head: Head) -> str:
    return f"{newest} {change.digest(head.to_bytes()).hex()}"


def chain_ends(connection: Connection) -> dict[str, tuple[int, str]]:
    """Return where each chain ends, the one that is written here first; as quick in a large journal as in a small one."""
    found: dict[str, tuple[int, int, str]] = {}
    after = ""
    while (row := connection.one(_CHAIN_AFTER, (after,))) is not None:
        chain = str(row[0]).rpartition(".")[0]
        number, pk, digest = _end(connection, chain)
        if number:
            found[chain] = (pk, number, digest)
        after = f"{chain}/"  # behind every entry of this chain
    own = noted(connection, "chain_head")
    own = own if own and len(own) == 4 else None
    mine = f"{own[0]}.{own[1]}" if own else ""
    if own and mine not in found:
        row = connection.one(_NAMED, (f"{mine}.{own[2]}",))
        if row:
            found[mine] = (row[0], own[2], bytes(row[1]).hex())
    newest = sorted(found, key=lambda chain: (chain != mine, -found[chain][0]))[:MOST_CHAINS]
    return {chain: (found[chain][1], found[chain][2]) for chain in newest}


def _end(connection: Connection, chain: str) -> tuple[int, int, str]:
    """Return (number, place, digest) of the last entry of a chain that has no gaps; zero where it begins with one."""

    def held(number: int) -> tuple[Any, ...] | None:
        return connection.one(_NAMED, (f"{chain}.{number}",))

    low, high = 0, 1
    while held(high) is not None:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if held(middle) is not None else (low, middle)
    row = held(low) if low else None
    return (low, int(row[0]), bytes(row[1]).hex()) if row else (0, 0, "")


def lacking(connection: Connection, head: Head) -> tuple[str, ...]:
    """Return the entries that a head names and the journal lacks, or has with other words."""
    found = []
    for chain, (number, digest) in head.chains.items():
        row = connection.one(_NAMED, (f"{chain}.{number}",))
        if row is None or bytes(row[1]).hex() != digest:
            found.append(f"{chain}.{number}")
    return tuple(found)
