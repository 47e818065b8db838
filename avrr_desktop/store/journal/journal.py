"""The journal: the only write path for case data, chained so that nothing in the middle can change unseen."""

import json
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from avrr_desktop.domain.history import change as changes
from avrr_desktop.domain.history.change import Change, Part, SealedPart
from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.keys.signing import Signer
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.engine.migrations import SCHEMA
from avrr_desktop.store.journal.hybrid_clock import ceiling, hybrid
from avrr_desktop.store.journal.refused import seen_by_refused
from avrr_desktop.store.journal.reissue import reissue_fault


@dataclass(frozen=True, slots=True)
class Signers:
    """Who signs an entry, in this order: the computer, the person at work, the second person who agreed to it."""

    device: Signer
    person: Signer | None = None
    second: Signer | None = None

    def sign(self, digest: bytes) -> str:
        """Return the signatures of those who sign, separated by blanks."""
        return " ".join(one.sign(digest) for one in (self.device, self.person, self.second) if one is not None)


_FRAME = struct.Struct(">BI")
_NOTHING = {"device": "", "incarnation": 0, "sequence": 0, "case": None, "actor": "", "time": "1970-01-01T00:00:00Z",
            "parents": [], "commitments": []}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A Change with its local number, as history, undo and rebuild read it."""

    number: int
    change: Change
    parts: tuple[Part | None, ...]  # None: erased, or from a newer program

    @property
    def from_newer_program(self) -> bool:
        """Return whether this program cannot say what the entry means."""
        pairs = zip(self.parts, self.change.parts, strict=True)
        return any(not sealed.erased if part is None else part.record_type not in BY_KEY for part, sealed in pairs)


@dataclass(frozen=True, slots=True)
class ChainFault:
    """The first entry at which the chain does not hold, and how."""

    change_id: str
    reason: str  # digest, previous, sequence, commitment, signature, head


class Journal:
    """Appends and reads Changes; transactions are the caller's."""

    def __init__(self, connection: Connection, random_bytes: Callable[[int], bytes]) -> None:
        self._connection = connection
        self._random_bytes = random_bytes

    def append(
        self, parts: Sequence[Part], *, device: str, incarnation: int, case: str | None, actor: str, now: datetime,
        signers: Signers | None = None, compartment: str = "", further: Mapping[str, object] | None = None,
    ) -> Entry:  # fmt: skip
        """Write one Change and return it. ``now`` is aware; ``Part.seen`` names local entries.

        ``further``: what else the envelope says: ``under`` (the newest grant seen), ``grant``, ``second``.
        """
        last = self._connection.one("SELECT max(pk) FROM journal") or (0,)
        own = self._last_of(device, incarnation)
        sequence, previous = (own[0] + 1, own[1]) if own else (1, changes.genesis(device, incarnation))
        number, clock = (last[0] or 0) + 1, self.next_clock(now)
        sealed = tuple(changes.seal_part(part, self._random_bytes(changes.SALT_BYTES)) for part in parts)
        envelope = {
            "format": changes.FORMAT,
            "device": device,
            "incarnation": incarnation,
            "sequence": sequence,
            "previous": previous.hex(),
            "case": case,
            "actor": actor,
            "time": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "clock": clock,
            "schema": SCHEMA,
            "compartment": compartment,
            "parents": [self._names(part.seen) for part in parts],
            "commitments": [changes.commitment(part) for part in sealed],
            "signature": "",
            **(further or {}),
        }
        if signers is not None and self._announced() != [device, incarnation, signers.device.public]:
            envelope["device_key"] = signers.device.public
            self._keep_setting("announced", [device, incarnation, signers.device.public])
        change = changes.close_change(envelope, sealed)
        if signers is not None:
            envelope["signature"] = signers.sign(change.digest)
        self._insert(number, change, case, clock)
        self._remember(device, incarnation, sequence, change.digest)
        return Entry(number, change, tuple(parts))

    def keep(self, change: Change) -> int:
        """Store a Change that came from elsewhere, byte for byte, and return its local number."""
        row = self._connection.one("SELECT coalesce(max(pk), 0) FROM journal") or (0,)
        self._insert(row[0] + 1, change, change.envelope.get("case"), int(change.envelope.get("clock", 0)))
        head = self._connection.one("SELECT value FROM local_settings WHERE key='chain_head'")
        device, incarnation, sequence = (change.envelope[key] for key in ("device", "incarnation", "sequence"))
        if head and json.loads(head[0])[:2] == [device, incarnation] and sequence > json.loads(head[0])[2]:
            self._remember(device, incarnation, sequence, change.digest)  # one of our own that this file had lost
        return int(row[0]) + 1

    def _insert(self, number: int, change: Change, case: str | None, clock: int) -> None:
        self._connection.execute(
            "INSERT INTO journal (pk, change_id, case_uid, clock, envelope, digest, parts) VALUES (?,?,?,?,?,?,?)",
            (
                number, change.change_id, case, clock, changes.canonical(change.envelope), change.digest,
                framed(change.parts),
            ),
        )  # fmt: skip

    def next_clock(self, now: datetime) -> int:
        """Return the hybrid clock of the next entry: behind no entry, but for those that claim to be from years ahead."""
        row = self._connection.one("SELECT max(clock) FROM journal WHERE clock <= ?", (ceiling(now),))
        return max(hybrid(now), (row[0] if row and row[0] else 0) + 1)

    def _last_of(self, device: str, incarnation: int) -> tuple[int, bytes] | None:
        head = self._kept("chain_head")
        if head[:2] == [device, incarnation] and self._ends_with(device, incarnation, *head[2:]):
            return head[2], bytes.fromhex(head[3])
        prefix = f"{device}.{incarnation}."
        found = [
            (entry.change.envelope["sequence"], entry.change.digest)
            for entry in self._read("WHERE change_id >= ? AND change_id < ?", (prefix, prefix + ":"))
        ]
        return max(found) if found else None

    def _ends_with(self, device: str, incarnation: int, sequence: int, digest: str) -> bool:
        """Return whether a chain ends there: what is remembered counts only where the journal says the same."""
        names = [changes.change_id(device, incarnation, number) for number in (sequence, sequence + 1)]
        rows = self._connection.rows("SELECT digest FROM journal WHERE change_id IN (?, ?)", names)
        return rows == [(bytes.fromhex(digest),)]

    def last_sequence(self, device: str, incarnation: int) -> int:
        """Return the number of the last entry of a chain; 0 for none."""
        last = self._last_of(device, incarnation)
        return last[0] if last else 0

    def _remember(self, device: str, incarnation: int, sequence: int, digest: bytes) -> None:
        self._keep_setting("chain_head", [device, incarnation, sequence, digest.hex()])

    def _announced(self) -> list[object] | None:
        return self._kept("announced") or None

    def _kept(self, key: str) -> list[Any]:
        """Return what this computer noted of its own chain; nothing for what cannot be read: it only saves a search."""
        row = self._connection.one("SELECT value FROM local_settings WHERE key=?", (key,))
        try:
            return list(json.loads(row[0])) if row else []
        except (ValueError, TypeError, RecursionError):
            return []

    def _keep_setting(self, key: str, value: list[object]) -> None:
        self._connection.execute(
            "INSERT INTO local_settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, json.dumps(value)),
        )

    def digest_of(self, change_id: str) -> bytes:
        """Return the hash of an entry by its name; empty for one that is not here."""
        row = self._connection.one("SELECT digest FROM journal WHERE change_id=?", (change_id,))
        return bytes(row[0]) if row else b""

    def _names(self, numbers: Sequence[str]) -> list[str]:
        rows = [self._connection.one("SELECT change_id FROM journal WHERE pk=?", (int(seen),)) for seen in numbers]
        return [row[0] for row in rows if row]

    def numbers(self, names: Sequence[str]) -> tuple[int, ...]:
        """Return the local numbers of Changes; for a refused one what its writer had seen; unknown ones are left out."""
        found: dict[int, None] = {}
        ahead, asked = list(reversed(names)), set[str]()
        while ahead:
            name = ahead.pop()
            row = self._connection.one("SELECT pk FROM journal WHERE change_id=?", (name,))
            if row:
                found[row[0]] = None
            elif name not in asked:
                asked.add(name)
                ahead.extend(seen_by_refused(self._connection, name))
        return tuple(found)

    def parents(self, number: int, record: str) -> tuple[int, ...]:
        """Return the local numbers of what an entry had seen of a record."""
        entry = self.entry(number)
        if entry is None:
            return ()
        names: list[str] = []
        for part, parents in zip(entry.parts, entry.change.envelope.get("parents", ()), strict=False):
            if part is None or part.record == record:  # of an erased part nobody knows the record any more
                names += parents
        return self.numbers(names)

    def order(self, number: int) -> tuple[int, str]:
        """Return what decides which of two unseen values is shown: hybrid clock, then name."""
        row = self._connection.one("SELECT clock, change_id FROM journal WHERE pk=?", (number,))
        return (row[0], row[1]) if row else (0, "")

    def entry(self, number: int) -> Entry | None:
        """Return one entry by its local number."""
        return next(self._read("WHERE pk=?", (number,)), None)

    def has(self, number: int, digest: str) -> bool:
        """Return whether an entry stands under a local number with this digest, in hex."""
        return self._connection.rows("SELECT digest FROM journal WHERE pk=?", (number,)) == [(bytes.fromhex(digest),)]

    def newest(self) -> tuple[int, str]:
        """Return local number and digest, in hex, of the entry that was written last here; (0, "") for none."""
        row = self._connection.one("SELECT pk, digest FROM journal ORDER BY pk DESC LIMIT 1")
        return (int(row[0]), bytes(row[1]).hex()) if row else (0, "")

    def named(self, change_id: str) -> Entry | None:
        """Return one entry by its name."""
        return next(self._read("WHERE change_id=?", (change_id,)), None)

    def of_case(self, case: str) -> Iterator[Entry]:
        """Yield the entries of a case, oldest first."""
        return self._read("WHERE case_uid=? ORDER BY pk", (case,))

    def outside_cases(self) -> Iterator[Entry]:
        """Yield the entries that belong to no case, oldest first."""
        return self._read("WHERE case_uid IS NULL ORDER BY pk", ())

    def erasures(self) -> Iterator[Entry]:
        """Yield the entries that say that something was erased, oldest first."""
        return self._read("WHERE case_uid IS NULL AND instr(parts, ?) > 0 ORDER BY pk", (b'"kind":"erase"',))

    def giving(self) -> Iterator[Entry]:
        """Yield the entries that may give or take a right or a way in, oldest first."""
        marks = (b'"grant":', b'"record_type":"officer"', b'"record_type":"office"')
        where = "WHERE case_uid IS NULL AND (instr(envelope, ?) > 0 OR instr(parts, ?) > 0 OR instr(parts, ?) > 0)"
        return self._read(f"{where} ORDER BY pk", marks)

    def chain_ends(self) -> dict[str, list[object]]:
        """Return for each chain, named DEVICE.INCARNATION, the number and the digest (hex) of its last entry."""
        ends: dict[str, list[object]] = {}
        for name, digest in self._connection.rows("SELECT change_id, digest FROM journal"):
            chain, _, number = name.rpartition(".")
            if int(number) > int(str(ends.get(chain, [0])[0])):
                ends[chain] = [int(number), bytes(digest).hex()]
        return ends

    def numbered(self, numbers: Iterable[int]) -> Iterator[Entry]:
        """Yield entries by their local numbers."""
        for number in numbers:
            yield from self._read("WHERE pk=?", (number,))

    def all(self) -> Iterator[Entry]:
        """Yield every entry, oldest first, a few at a time: nothing is written while they are looked at."""
        for row in self._connection.each("SELECT pk, envelope, digest, parts FROM journal ORDER BY pk"):
            yield entry_of(*row)

    def count(self) -> int:
        """Return the number of entries."""
        row = self._connection.one("SELECT count(*) FROM journal")
        return int(row[0]) if row else 0

    def newest_name(self) -> str:
        """Return the name of the entry that was written last here; empty for none."""
        row = self._connection.one("SELECT change_id FROM journal ORDER BY pk DESC LIMIT 1")
        return str(row[0]) if row else ""

    def newest_time(self) -> datetime | None:
        """Return the time that the newest entry carries."""
        row = self._connection.one("SELECT clock FROM journal ORDER BY clock DESC LIMIT 1") if self.count() else None
        if row is None:
            return None
        entry = self._connection.one("SELECT envelope FROM journal WHERE clock=? LIMIT 1", (row[0],))
        return datetime.fromisoformat(json.loads(entry[0])["time"]) if entry else None

    def _read(self, where: str, values: tuple[object, ...]) -> Iterator[Entry]:
        for number, envelope_bytes, digest, parts in self._connection.rows(
            f"SELECT pk, envelope, digest, parts FROM journal {where}", values
        ):
            yield entry_of(number, envelope_bytes, digest, parts)

    def erase(self, change_id: str, positions: Sequence[int]) -> None:
        """Take salt and bytes of some parts away; the envelope and the chain stay as they are."""
        row = self._connection.one("SELECT parts FROM journal WHERE change_id=?", (change_id,))
        if row:
            parts = [
                SealedPart(b"", b"") if position in positions else part
                for position, part in enumerate(unframed(row[0]))
            ]
            self._connection.execute("UPDATE journal SET parts=? WHERE change_id=?", (framed(tuple(parts)), change_id))


def fault_of(entry: Entry) -> str:
    """Return why an entry is not what was written and signed: digest, commitment; empty when it is.

    Emptied parts are no fault of the entry: what may be emptied, and by whom, is for the check to say.
    """
    change = entry.change
    try:
        fits = changes.envelope_digest(change.envelope) == change.digest
    except (TypeError, ValueError, RecursionError):  # something in it that has no canonical form
        fits = False
    if not fits:
        return "digest"
    promised = change.envelope.get("commitments", [])
    if not isinstance(promised, list) or len(promised) != len(change.parts):
        return "commitment"
    held = (
        part.erased or changes.commitment(part) == promise for part, promise in zip(change.parts, promised, strict=True)
    )
    return reissue_fault(change.envelope) if all(held) else "commitment"


def entry_of(number: int, envelope_bytes: bytes, digest: bytes, blob: bytes) -> Entry:
    """Return what a row means; what cannot be read counts as from a newer program, never as an error."""
    try:
        envelope = json.loads(envelope_bytes)
        sealed = unframed(blob)
    except (ValueError, RecursionError):
        return Entry(number, Change(_NOTHING, digest, (SealedPart(b"", blob),)), (None,))
    readable = envelope.get("format") == changes.FORMAT
    return Entry(
        number, Change(envelope, digest, sealed), tuple(changes.parsed(part) if readable else None for part in sealed)
    )


def framed(parts: tuple[SealedPart, ...]) -> bytes:
    """Return the bytes of parts as a row holds them."""
    return b"".join(_FRAME.pack(len(part.salt), len(part.body)) + part.salt + part.body for part in parts)


def unframed(blob: bytes) -> tuple[SealedPart, ...]:
    """Return the parts of a row. Raises ValueError for bytes that are cut or altered in their frame."""
    parts, at = [], 0
    while at < len(blob):
        if at + _FRAME.size > len(blob):
            raise ValueError("cut")
        salt_length, body_length = _FRAME.unpack_from(blob, at)
        at += _FRAME.size
        if at + salt_length + body_length > len(blob):
            raise ValueError("cut")
        parts.append(SealedPart(blob[at : at + salt_length], blob[at + salt_length : at + salt_length + body_length]))
        at += salt_length + body_length
    return tuple(parts)
