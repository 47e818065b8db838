"""Walks the chains of a journal entry by entry: what was written is compared with what was promised, signed and noted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from avrr_desktop.domain.history import change
from avrr_desktop.domain.history.change import SealedPart
from avrr_desktop.keys.signing import verified
from avrr_desktop.store.engine.driver import Connection, Row
from avrr_desktop.store.journal.journal import ChainFault, unframed
from avrr_desktop.store.journal.refused import Ends, refused_links
from avrr_desktop.store.journal.reissue import reissue_holds

Chain = tuple[str, int]  # device, incarnation
UNREADABLE = (ValueError, KeyError, TypeError, IndexError, RecursionError, OverflowError)
ROWS = "SELECT change_id, case_uid, clock, envelope, digest, parts, pk FROM journal WHERE pk > ? ORDER BY pk"


@dataclass(slots=True)
class ChainWalk:
    """Takes rows one after the other and says where a chain breaks.

    ``partial``: a store that was taken on a journey holds some entries of a chain only: there each entry is checked by itself.
    ``keys``: chain -> the public half that signs it.
    """

    connection: Connection
    partial: bool = False
    keys: dict[Chain, str] = field(default_factory=dict)
    ends: Ends = field(init=False)

    def __post_init__(self) -> None:
        self.ends = Ends(refused_links(self.connection), partial=self.partial)

    def take(self, row: Row) -> ChainFault | None:
        """Compare one row with what went before it; the columns by which entries are found count as well."""
        try:
            return self._compare(row)
        except (*UNREADABLE, AttributeError):  # what this program never wrote
            return ChainFault(str(row[0]), "digest")

    def _compare(self, row: Row) -> ChainFault | None:
        name, case, clock, envelope_bytes, digest, blob, _ = row
        try:
            envelope = json.loads(envelope_bytes)
            chain = (str(envelope["device"]), int(envelope["incarnation"]))
            found = (change.change_id(*chain, envelope["sequence"]), envelope.get("case"), envelope["clock"])
            own = change.envelope_digest(envelope)
        except (ValueError, KeyError, TypeError, RecursionError):
            return ChainFault(name, "digest")
        follows = envelope["sequence"] == self.ends.end(chain, envelope["sequence"])[0] + 1
        if own != digest or (found != (name, case, clock) and (self.partial or follows)):
            return ChainFault(found[0], "digest")
        wrong = "" if found[0] == name else "sequence"
        if wrong := wrong or self.ends.take(chain, envelope["sequence"], envelope["previous"], digest):
            return ChainFault(name, wrong)
        if not commitments_hold(blob, envelope.get("commitments", [])):
            return ChainFault(name, "commitment")
        if not reissue_holds(self.connection, envelope):
            return ChainFault(name, "was")
        announced = str(envelope.get("device_key", ""))
        if announced and self.keys.setdefault(chain, announced) != announced:
            return ChainFault(name, "signature")
        if chain in self.keys and not verified(self.keys[chain], digest, str(envelope["signature"]).partition(" ")[0]):
            return ChainFault(name, "signature")
        return None

    def missing(self) -> ChainFault | None:
        """Return, once all rows were taken, the first entry that follows on nothing."""
        found = self.ends.missing()
        return ChainFault(*found) if found else None

    def to_plain(self) -> dict[str, Any]:
        """Return how far it came, as it can be written down."""
        heads = [[*chain, number, digest.hex()] for chain, (number, digest) in self.ends.heads.items()]
        return {"heads": heads, "keys": [[*chain, public] for chain, public in self.keys.items()]}

    @classmethod
    def from_plain(cls, connection: Connection, plain: Mapping[str, Any], *, partial: bool = False) -> "ChainWalk":
        """Go on from there. Raises ValueError, KeyError, TypeError for what was never written by ``to_plain``."""
        heads = {(str(one[0]), int(one[1])): (int(one[2]), bytes.fromhex(one[3])) for one in plain["heads"]}
        keys = {(str(one[0]), int(one[1])): str(one[2]) for one in plain["keys"]}
        walk = cls(connection, partial, keys)
        walk.ends.heads = heads
        return walk

    def end(self) -> ChainFault | None:
        """Look for what is missing, and compare the end of this computer's own chain, and its key, with what was noted at the
        last entry.
        """
        head, announced = noted(self.connection, "chain_head"), noted(self.connection, "announced")
        try:
            return self.missing() or self._compare_end(head, announced)
        except (*UNREADABLE, AttributeError):
            return ChainFault("", "head")

    def _compare_end(self, head: list[Any] | None, announced: list[Any] | None) -> ChainFault | None:
        if head is not None:
            device, incarnation, sequence, digest = head
            if self.ends.heads.get((device, incarnation)) != (sequence, bytes.fromhex(digest)):
                return ChainFault(change.change_id(device, incarnation, sequence), "head")
        if announced is not None:
            device, incarnation, public = announced
            if self.keys.get((str(device), int(str(incarnation)))) != public:
                return ChainFault(change.change_id(str(device), int(str(incarnation)), 1), "signature")
        return None


def noted(connection: Connection, key: str) -> list[Any] | None:
    """Return what this computer noted of its own chain; an empty list for what cannot be read."""
    row = connection.one("SELECT value FROM local_settings WHERE key=?", (key,))
    try:
        return list(json.loads(row[0])) if row else None
    except UNREADABLE:
        return []


def says_partial(connection: Connection) -> bool:
    """Return whether a store calls itself the store of a journey."""
    return connection.one("SELECT value FROM local_settings WHERE key='partial'") == ("1",)


def chain_fault(connection: Connection) -> ChainFault | None:
    """Walk every chain of a journal; None when all holds."""
    walk = ChainWalk(connection, says_partial(connection))
    for row in connection.each(ROWS, (0,)):
        if fault := walk.take(row):
            return fault
    return walk.end()


def commitments_hold(blob: bytes, promised: list[str]) -> bool:
    """Return whether the parts of a row are those that its envelope promises; an emptied part is what it is."""
    try:
        parts: tuple[SealedPart, ...] = unframed(blob)
    except ValueError:
        return False
    return len(parts) == len(promised) and all(
        part.erased or change.commitment(part) == promise for part, promise in zip(parts, promised, strict=True)
    )
