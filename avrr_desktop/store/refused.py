"""The envelopes of entries that were not taken in: links of chains, and what their writers had seen."""

import json
from collections.abc import Mapping
from typing import Any

from avrr_desktop.domain import changes
from avrr_desktop.store.driver import Connection

Links = Mapping[tuple[str, int], Mapping[int, tuple[str, bytes]]]


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
            fits = changes.envelope_digest(envelope) == digest
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
        if fits:
            found.setdefault(chain, {})[sequence] = (str(envelope.get("previous")), digest)
    return found


def over_refused(links: Links, chain: tuple[str, int], end: tuple[int, bytes]) -> tuple[int, bytes]:
    """Return where a chain stands once the refused entries that follow its end are counted."""
    sequence, previous = end
    there = links.get(chain, {})
    while there.get(sequence + 1, ("", b""))[0] == previous.hex():
        sequence, previous = sequence + 1, there[sequence + 1][1]
    return sequence, previous


def seen_by_refused(connection: Connection, name: str) -> list[str]:
    """Return what the writer of a refused entry had seen, as it is called here: who saw that entry had seen these too."""
    row = connection.one("SELECT seen FROM local_quarantine WHERE change_id=?", (name,))
    return [str(one) for names in json.loads(row[0]) for one in names] if row else []
