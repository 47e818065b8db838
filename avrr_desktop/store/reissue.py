"""Re-issue: an entry of a copy whose name or place in a chain is taken here gets a new name, and says what it was.

Two computers may have written as one: a snapshot was put back, a disk was copied. Then two entries carry one name. Those of the copy
that is taken in keep their parts, salts and commitments, their case, actor and time; only the envelope is new, signed by this computer,
with the whole former envelope inside: the signature of whoever wrote it is verified against that. See docs/decisions/0018.
"""

from collections.abc import Mapping
from typing import Any

from avrr_desktop.domain import changes
from avrr_desktop.domain.changes import Change
from avrr_desktop.keys.signing import Signer

SAME = ("format", "case", "actor", "time", "schema", "compartment", "commitments", "under", "second")
_NONE: Mapping[str, Any] = {}


class Reissue:
    """Gives new names, in one chain of this store's computer that nobody else writes."""

    def __init__(self, device: str, incarnation: int, signer: Signer) -> None:
        self._device = device
        self._incarnation = incarnation
        self._signer = signer
        self._end = (0, changes.genesis(device, incarnation))

    def again(self, change: Change, clock: int, names: Mapping[str, str]) -> Change:
        """Return an entry under the next name. ``names``: former name -> new one, of what it had seen."""
        former = was_of(change.envelope)
        sequence = self._end[0] + 1
        envelope: dict[str, Any] = {key: former[key] for key in SAME if key in former} | {
            "device": self._device, "incarnation": self._incarnation, "sequence": sequence,
            "previous": self._end[1].hex(), "clock": clock, "was": former, "signature": "",
            "parents": [[names.get(name, name) for name in seen] for seen in change.envelope.get("parents", [])],
        }  # fmt: skip
        if sequence == 1:
            envelope["device_key"] = self._signer.public
        closed = changes.close_change(envelope, change.parts)
        envelope["signature"] = self._signer.sign(closed.digest)
        self._end = (sequence, closed.digest)
        return closed


def was_of(envelope: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the envelope under which an entry was written first: its own, or what it was before it was re-issued."""
    was = envelope.get("was")
    return was if isinstance(was, dict) else envelope


def reissue_fault(envelope: Mapping[str, Any]) -> str:
    """Return what of a re-issued entry does not say what it was before; empty where it does, and for any other entry."""
    if "was" not in envelope:
        return ""
    was = envelope["was"]
    if not isinstance(was, dict) or "was" in was or "grant" in was or "grant" in envelope:
        return "was"
    named = isinstance(was.get("device"), str) and all(isinstance(was.get(key), int) for key in ("incarnation", "sequence"))
    seen = [[*map(len, one.get("parents", ()))] for one in (envelope, was)]
    return "" if named and seen[0] == seen[1] and all(envelope.get(key) == was.get(key) for key in SAME) else "was"
