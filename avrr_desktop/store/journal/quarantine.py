"""What came from outside and was not taken in: kept as it came, with its reason, until somebody decides.

It lies beside the journal and is projected into no table. What was thrown away loses its words; its envelope stays, so that a
chain of which one entry was refused is still seen to be whole.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from avrr_desktop.domain.history import change as changes
from avrr_desktop.domain.history.change import Change, Part
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.folder.attachments import NAMED
from avrr_desktop.store.journal.journal import Entry, entry_of, framed

WAITS, THROWN_AWAY, LET_IN = "waits", "thrown_away", "let_in"


@dataclass(frozen=True, slots=True)
class Held:
    """One entry that waits. ``reason``: a key of ``operations.admission``; ``source``: the line of who looked that goes with it."""

    entry: Entry
    reason: str
    source: str
    kept_at: str  # UTC
    state: str
    seen: str  # JSON: for each part, what its writer had seen, as it is called here

    @property
    def name(self) -> str:
        """What it is called by: the name that it claims, and the beginning of its hash, for two may claim one name."""
        return f"{self.entry.change.change_id}/{self.entry.change.digest.hex()[:8]}"


class Quarantine:
    """Reads and writes the entries that wait; transactions are the caller's."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(
        self, entry: Entry, reason: str, source: str, at: str, *, gone: Collection[int], seen: Sequence[Sequence[str]]
    ) -> None:
        """Keep an entry as it came. ``gone``: positions of parts whose words go; ``seen``: as in ``Held``."""
        change = entry.change
        parts = tuple(
            changes.SealedPart(b"", b"") if position in gone else part for position, part in enumerate(change.parts)
        )
        values = (change.change_id, change.digest, changes.canonical(change.envelope), framed(parts), reason, source, at,
                  WAITS, json.dumps(seen), " ".join(_files(part for position, part in enumerate(entry.parts) if position not in gone)))  # fmt: skip
        self._connection.execute(
            "INSERT INTO local_quarantine (change_id, digest, envelope, parts, reason, source, kept_at, state, seen, files) "
            "VALUES (?,?,?,?,?,?,?,?,?,?)",
            values,
        )

    def state(self, change_id: str, digest: bytes) -> str:
        """Return what became of an entry that was refused before; empty for one that never was."""
        found = "SELECT state FROM local_quarantine WHERE change_id=? AND digest=?"
        row = self._connection.one(found, (change_id, digest))
        return str(row[0]) if row else ""

    def waiting(self) -> list[Held]:
        """Return what waits for a decision, in the order of what was written."""
        return self._held("WHERE state=? ORDER BY kept_at, change_id", (WAITS,))

    def named(self, name: str) -> list[Held]:
        """Return what waits under a name: the claimed one, or that with the beginning of the hash."""
        change_id, _, beginning = name.partition("/")
        found = self._held("WHERE state=? AND change_id=?", (WAITS, change_id))
        return [one for one in found if one.entry.change.digest.hex().startswith(beginning)]

    def count(self) -> int:
        """Return how many entries wait."""
        row = self._connection.one("SELECT count(*) FROM local_quarantine WHERE state=?", (WAITS,))
        return int(row[0]) if row else 0

    def refused_count(self) -> int:
        """Return how many entries wait or were thrown away: so many links of chains are envelopes alone."""
        row = self._connection.one("SELECT count(*) FROM local_quarantine WHERE state <> ?", (LET_IN,))
        return int(row[0]) if row else 0

    def files(self) -> frozenset[str]:
        """Return the contents that entries name which wait here: they may be let in, and must not be missing then."""
        if self._connection.one("SELECT 1 FROM sqlite_master WHERE name='local_quarantine'") is None:
            return frozenset()  # a store of an older schema is backed up before it is changed
        rows = self._connection.rows("SELECT files FROM local_quarantine WHERE files <> ''")
        return frozenset(name for row in rows for name in row[0].split() if NAMED.fullmatch(name))

    def drop(self, change: Change) -> None:
        """Forget an entry: it is taken in."""
        key = change.change_id, change.digest
        self._connection.execute("DELETE FROM local_quarantine WHERE change_id=? AND digest=?", key)

    def keep_envelope(self, held: Held) -> None:
        """Keep the envelope of an entry that was let in under another name: others say that they had seen it."""
        gone = range(len(held.entry.parts))
        self.keep(held.entry, held.reason, held.source, held.kept_at, gone=gone, seen=json.loads(held.seen))
        self._empty(held, gone, LET_IN)

    def throw_away(self, held: Held) -> None:
        """Take the words of an entry away; its envelope stays."""
        self._empty(held, range(len(held.entry.parts)), THROWN_AWAY)

    def erase(self, cases: Collection[str], records: Collection[tuple[str, str]]) -> None:
        """Take the words away of what waits about erased cases and records."""
        uids = {uid for _, uid in records}
        for held in self.waiting():
            whole = held.entry.change.envelope.get("case") in cases
            gone = [
                position for position, part in enumerate(held.entry.parts)
                if whole or (part is not None and _about(part) & uids)
            ]  # fmt: skip
            if gone:
                self._empty(held, gone, held.state)

    def _empty(self, held: Held, positions: Collection[int], state: str) -> None:
        sealed = tuple(
            changes.SealedPart(b"", b"") if position in positions else part
            for position, part in enumerate(held.entry.change.parts)
        )
        files = _files(part for position, part in enumerate(held.entry.parts) if position not in positions)
        self._connection.execute(
            "UPDATE local_quarantine SET parts=?, files=?, state=? WHERE change_id=? AND digest=?",
            (framed(sealed), " ".join(files), state, *_key(held)),
        )

    def _held(self, where: str, values: tuple[object, ...]) -> list[Held]:
        rows = self._connection.rows(
            f"SELECT envelope, digest, parts, reason, source, kept_at, state, seen FROM local_quarantine {where}",
            values,
        )
        return [Held(entry_of(0, *row[:3]), *row[3:]) for row in rows]


def _key(held: Held) -> tuple[str, bytes]:
    return held.entry.change.change_id, held.entry.change.digest


def _files(parts: Iterable[Part | None]) -> list[str]:
    return [str(part.values["digest"]) for part in parts
            if part is not None and part.record_type == "file" and part.values.get("digest")]  # fmt: skip


def _about(part: Part) -> set[str]:
    values = [part.record]
    for value in part.values.values():
        values += map(str, value if isinstance(value, tuple) else (value,))
    return set(values)
