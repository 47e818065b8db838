"""Re-issue: an entry of a copy whose name or place in a chain is taken here gets a new name, and says what it was.

Two computers may have written as one: a snapshot was put back, a disk was copied. Then two entries carry one name. Those of the copy
that is taken in keep their parts, salts and commitments, their case, actor and time; only the envelope is new, signed by this computer,
with the whole former envelope inside: the signature of whoever wrote it is verified against that. See docs/decisions/0018.
"""

import json
from collections.abc import Mapping
from typing import Any

from avrr_desktop.domain.history import change as changes
from avrr_desktop.domain.history.change import Change
from avrr_desktop.keys.signing import Signer
from avrr_desktop.store.engine.driver import Connection

SAME = ("format", "case", "actor", "time", "schema", "compartment", "commitments", "under", "second")


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
    named = isinstance(was.get("device"), str) and all(
        isinstance(was.get(key), int) for key in ("incarnation", "sequence")
    )
    seen = [[*map(len, one.get("parents", ()))] for one in (envelope, was)]
    return "" if named and seen[0] == seen[1] and all(envelope.get(key) == was.get(key) for key in SAME) else "was"


def chain_key(connection: Connection, device: str, incarnation: int) -> str:
    """Return the public half by which a computer signs a chain; empty where it was never announced here."""
    prefix = f"{device}.{incarnation}."
    for (envelope,) in connection.rows(
        "SELECT envelope FROM journal WHERE change_id >= ? AND change_id < ? AND instr(envelope, ?) > 0 ORDER BY pk",
        (prefix, prefix + ":", b'"device_key":'),
    ):
        if announced := str(json.loads(envelope).get("device_key", "")):
            return announced
    return ""


def called_anew(connection: Connection) -> dict[bytes, str]:
    """Return what was called anew here: the hash of the former envelope -> the name under which it is here."""
    rows = connection.rows("SELECT change_id, envelope FROM journal WHERE instr(envelope, ?) > 0", (b'"was":',))
    found = ((name, json.loads(envelope).get("was")) for name, envelope in rows)
    return {changes.envelope_digest(was): name for name, was in found if isinstance(was, dict)}


def reissue_holds(connection: Connection, envelope: Mapping[str, Any]) -> bool:
    """Return whether an entry that was re-issued is here once only, and says that it had seen what it had seen."""
    was = envelope.get("was")
    if was is None:
        return True
    if reissue_fault(envelope):
        return False
    row = connection.one("SELECT digest FROM journal WHERE change_id=?", (name_of(was),))
    if row and row[0] == changes.envelope_digest(was):
        return False  # somebody gives old words out as new ones
    pairs = zip(envelope.get("parents", ()), was.get("parents", ()), strict=False)
    return all(
        new == old or _former(connection, new) == old
        for news, olds in pairs
        for new, old in zip(news, olds, strict=False)
    )


def _former(connection: Connection, change_id: str) -> str:
    """Return what an entry was called before it was re-issued; empty for any other."""
    row = connection.one("SELECT envelope FROM journal WHERE change_id=?", (change_id,))
    was = json.loads(row[0]).get("was") if row else None
    return name_of(was) if isinstance(was, dict) else ""


def name_of(envelope: Mapping[str, Any]) -> str:
    """Return the name that an envelope claims, whatever stands in it."""
    return f"{envelope.get('device')}.{envelope.get('incarnation')}.{envelope.get('sequence')}"
