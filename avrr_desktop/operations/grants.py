"""Who may give roles: read from the signed entries of the journal, not from a table that anybody with the key could alter.

A store whose officers have passphrases of their own has a founder, whose public half every slot carries. A role, a key or a
departure counts when its entry is signed by the founder, by a supervisor or administrator of that moment, or with the recovery
code or the escrow that one of them made. In a store with one shared passphrase nothing is signed by people, and the table is what there is.
"""

from dataclasses import dataclass, field, replace

from avrr_desktop.domain.changes import Part
from avrr_desktop.keys.signing import verified
from avrr_desktop.store.journal import Entry
from avrr_desktop.store.store import Store

GIVING = frozenset({"supervisor", "administrator"})
SPARE = frozenset({"recovery_key", "escrow_key"})  # ways in without a person, of the office
_GIVEN = frozenset({"role", "public_key", "protection_key", "left_on"})


@dataclass(frozen=True, slots=True)
class Grant:
    """What one officer was given."""

    role: str = ""
    public_key: str = ""
    protection_key: str = ""
    left_on: str = ""

    @property
    def gives(self) -> bool:
        """Whether this officer may give roles to others."""
        return self.role in GIVING and not self.left_on


@dataclass(slots=True)
class Grants:
    """All that counts, and the entries that claim something without a right to it."""

    root: str
    officers: dict[str, Grant] = field(default_factory=dict)
    spare_keys: dict[str, str] = field(default_factory=dict)  # recovery_key, escrow_key
    refused: list[str] = field(default_factory=list)  # names of entries

    def role(self, officer: str) -> str:
        """Return the role of an officer; empty for none, and for one who left."""
        grant = self.officers.get(officer, Grant())
        return "" if grant.left_on else grant.role


def read_grants(store: Store, root: str) -> Grants:
    """Walk the entries beside all cases. ``root``: the founder's public half, as hex."""
    grants = Grants(root)
    for entry in store.journal.outside_cases():
        parts = [part for part in entry.parts if part is not None and _gives_something(part)]
        if not parts:
            continue
        if not _counts(entry, grants):
            grants.refused.append(entry.change.change_id)
            continue
        for part in parts:
            _take(part, grants)
    return grants


def _gives_something(part: Part) -> bool:
    if part.record_type == "office":
        return not SPARE.isdisjoint(part.values)
    return part.record_type == "officer" and not _GIVEN.isdisjoint(part.values)


def _counts(entry: Entry, grants: Grants) -> bool:
    signature = str(entry.change.envelope.get("signature", "")).partition(" ")[2]
    if not signature:
        return False
    giving = [
        grants.root,
        *grants.spare_keys.values(),
        *(grant.public_key for grant in grants.officers.values() if grant.gives),
    ]
    return any(public and verified(public, entry.change.digest, signature) for public in giving)


def _take(part: Part, grants: Grants) -> None:
    if part.record_type == "office":
        grants.spare_keys |= {key: str(part.values[key] or "") for key in SPARE if key in part.values}
        return
    given = {key: str(value or "") for key, value in part.values.items() if key in _GIVEN}
    grants.officers[part.record] = replace(grants.officers.get(part.record, Grant()), **given)
