"""The envelopes of entries that were not taken in: links of chains, and what their writers had seen."""

import json
from collections.abc import Mapping
from typing import Any

from avrr_desktop.domain.history import change
from avrr_desktop.store.engine.driver import Connection

Chain = tuple[str, int]  # computer, incarnation
End = tuple[int, bytes]  # number and hash of an entry
Links = Mapping[Chain, Mapping[int, tuple[str, bytes]]]  # number -> (hash of the one before, own hash)


def refused_links(connection: Connection) -> Links:
    """Return, for each chain, the entries that were refused: sequence -> (hash of the one before, own hash).

    Only those whose envelope still gives their hash: nothing else can stand for a link of a chain.
    """
    found: dict[tuple[str, int], dict[int, tuple[str, bytes]]] = {}
    if connection.one("SELECT 1 FROM sqlite_master WHERE name='local_quarantine'") is None:
        return found  # a backup of an older schema is looked at as it is
    for envelope_bytes, digest in connection.rows("SELECT envelope, digest FROM local_quarantine"):
        try:
            envelope: dict[str, Any] = json.loads(envelope_bytes)
            chain, sequence = (str(envelope["device"]), int(envelope["incarnation"])), int(envelope["sequence"])
            fits = change.envelope_digest(envelope) == digest
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
        if fits:
            found.setdefault(chain, {})[sequence] = (str(envelope.get("previous")), digest)
    return found


class Ends:
    """Puts entries into their chains, in whatever order they came, and says where one is missing.

    A refused entry stands for its place as long as it lies in quarantine; one that was let in later comes behind those that
    follow on it. ``partial``: the store of a journey holds some entries of a chain only.
    """

    def __init__(self, links: Links, *, partial: bool = False) -> None:
        self.heads: dict[Chain, End] = {}
        self._partial = partial
        self._links = links
        self._waiting: dict[Chain, dict[int, tuple[str, bytes]]] = {}  # came before the one that they follow on

    def end(self, chain: Chain, sequence: int) -> End:
        """Return number and hash of the last entry of a chain, refused ones that lie before ``sequence`` included."""
        at, digest = self.heads.get(chain, (0, change.genesis(*chain)))
        there = self._links.get(chain, {})
        while at + 1 < sequence and there.get(at + 1, ("", b""))[0] == digest.hex():
            at, digest = at + 1, there[at + 1][1]
        return at, digest

    def take(self, chain: Chain, sequence: int, previous: str, digest: bytes) -> str:
        """Put one entry in its place; return what is wrong with that, sequence or previous; empty for nothing so far."""
        at, before = self.end(chain, sequence)
        if sequence <= at:
            return "sequence"
        if sequence > at + 1 and not self._partial:
            self._waiting.setdefault(chain, {})[sequence] = (previous, digest)
            return ""
        if sequence == at + 1 and previous != before.hex():
            return "previous"
        self.heads[chain] = sequence, digest
        return ""

    def missing(self) -> tuple[str, str] | None:
        """Return, once all were taken, the first entry that follows on nothing, and what is wrong; None where all do."""
        for chain, waiting in self._waiting.items():
            for sequence in sorted(waiting):
                previous, digest = waiting[sequence]
                at, before = self.end(chain, sequence)
                if sequence != at + 1 or previous != before.hex():
                    reason = "previous" if sequence == at + 1 else "sequence"
                    return change.change_id(*chain, sequence), reason
                self.heads[chain] = sequence, digest
        return None


def seen_by_refused(connection: Connection, name: str) -> list[str]:
    """Return what the writer of a refused entry had seen, as it is called here: who saw that entry had seen these too."""
    row = connection.one("SELECT seen FROM local_quarantine WHERE change_id=?", (name,))
    return [str(one) for names in json.loads(row[0]) for one in names] if row else []
