"""Who may do what: read from the envelopes of signed entries, which form a chain of their own. See docs/decisions/0020.

A store whose officers have passphrases of their own has a founder, whose public half every slot carries. The founder signs the first
grant; from then on each grant names the one before, and counts when whoever signed it could give it *then*. What is used here is what
was verified: an entry whose digest, parts or signature differ gives nothing. In a store with one shared passphrase nothing is signed by
people, and the table is what there is.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from avrr_desktop.domain.history.change import Part, envelope_digest
from avrr_desktop.keys.signing import verified
from avrr_desktop.store.journal.journal import Entry, fault_of
from avrr_desktop.store.store import Store

SUPERVISOR, ADMINISTRATOR, READER = "supervisor", "administrator", "read_only"
GIVING = frozenset({SUPERVISOR, ADMINISTRATOR})
MAY_GIVE: Mapping[str, frozenset[str]] = {  # nobody gives, or takes from somebody, what they do not have themselves
    SUPERVISOR: frozenset({"", READER, "case_worker", ADMINISTRATOR, SUPERVISOR}),
    ADMINISTRATOR: frozenset({"", READER, "case_worker", ADMINISTRATOR}),
}
SPARE = frozenset({"recovery_key", "escrow_key"})  # ways in without a person, of the office
GIVEN = frozenset({"role", "public_key", "protection_key", "left_on"})
_OWN = frozenset({"public_key", "protection_key", "typed_by"})  # what officers may change of themselves
MOST = 10**9  # no generation of a key file is higher
SHORT = 16  # hex digits by which an entry names the newest grant that its writer had seen


@dataclass(frozen=True, slots=True)
class Grant:
    """What one officer was given. ``given_at``: milliseconds of the clock at which role or key came from somebody else,
    0 for those who were there at the beginning. ``typed_by``: who typed their passphrase, until they chose their own.
    """

    role: str = ""
    public_key: str = ""
    protection_key: str = ""
    left_on: str = ""
    given_by: frozenset[str] = frozenset()
    given_at: int = 0
    confirmed_by: str = ""
    typed_by: str = ""

    @property
    def gives(self) -> bool:
        """Return whether this officer may give roles to others."""
        return self.role in GIVING and not self.left_on


@dataclass(frozen=True, slots=True)
class Standing:
    """All that counted at one moment. ``number``: how many grants led to it. ``suspended``: each took the other's right, on
    two copies of the store: neither counts until somebody else decides.
    """

    officers: Mapping[str, Grant] = field(default_factory=dict)
    spare_keys: Mapping[str, str] = field(default_factory=dict)
    protection: str = ""
    head: str = ""
    clock: int = 0
    number: int = 0
    suspended: frozenset[str] = frozenset()
    keys: int = 0  # the newest generation of the key file that somebody signed for

    def role(self, officer: str) -> str:
        """Return the role of an officer; empty for none, and for one who left."""
        grant = self.officers.get(officer, Grant())
        if grant.left_on:
            return ""
        return READER if officer in self.suspended and grant.role else grant.role

    def giving_keys(self, root: str) -> dict[str, str]:
        """Return the public halves that may give something now, with whose they are."""
        keys = {grant.public_key: uid for uid, grant in self.officers.items() if self.role(uid) in GIVING}
        return keys | dict.fromkeys(self.spare_keys.values(), "") if self.officers else {root: ""}


@dataclass(slots=True)
class Grants:
    """All that counts, what counted before, and the entries that claim something without a right to it."""

    root: str
    now: Standing = field(default_factory=Standing)
    refused: list[str] = field(default_factory=list)  # names of entries
    altered: list[str] = field(
        default_factory=list
    )  # names of grants that count, and whose text is no longer what was signed
    accepted: set[str] = field(default_factory=set)  # names of entries
    past: dict[str, Standing] = field(
        default_factory=dict
    )  # the first digits of a grant's digest -> what counted from then on
    before: Mapping[str, Any] = field(
        default_factory=dict
    )  # chain -> number and digest of its last entry before the first grant
    _known: dict[str, set[str]] = field(
        default_factory=dict
    )  # officer -> the public halves they had before the chain began

    @property
    def officers(self) -> Mapping[str, Grant]:
        """What each officer was given."""
        return self.now.officers

    @property
    def spare_keys(self) -> Mapping[str, str]:
        """The public halves of recovery code and escrow."""
        return self.now.spare_keys

    @property
    def protection(self) -> str:
        """The fingerprint of the key of restricted records."""
        return self.now.protection

    @property
    def head(self) -> str:
        """The digest of the newest grant, in hex; empty before the first one."""
        return self.now.head

    @property
    def under(self) -> str:
        """By what an entry that is written now names the newest grant."""
        return self.head[:SHORT]

    def role(self, officer: str) -> str:
        """Return the role of an officer; empty for none, and for one who left."""
        return self.now.role(officer)

    def wrote(self, entry: Entry) -> bool:
        """Return whether the officer whom an entry names signed it, with the key and in a role that they had then."""
        envelope = entry.change.envelope
        if not self.now.officers:
            return True
        if "grant" in envelope:
            return entry.change.change_id in self.accepted
        signed = envelope.get("was") or envelope
        actor, standing = str(signed.get("actor", "")), self.past.get(str(signed.get("under", "")))
        if not signed.get("under"):
            return self._wrote_before(entry, signed, actor)
        if standing is None:
            return False
        if not actor:
            return any(_signs(key, signed) for key in standing.spare_keys.values())
        role = standing.role(actor)
        only_lines = all(part is None or part.record_type == "access" for part in entry.parts)
        return bool(role) and (role != READER or only_lines) and _signs(standing.officers[actor].public_key, signed)

    def _wrote_before(self, entry: Entry, signed: Mapping[str, Any], actor: str) -> bool:
        """The same for an entry that names no grant: it must lie before the first one, and may be from the time of a shared
        passphrase, when nobody signed.
        """
        if self.head and not self.is_before(signed):
            return False
        keys = self._known.get(actor, set())
        return not _signature(signed) or not keys or any(_signs(key, signed) for key in {*keys, self.root})

    def is_before(self, signed: Mapping[str, Any]) -> bool:
        """Return whether an entry is older than the first grant, which names how far each chain had come."""
        return _is_before(signed, self.before)

    def seconded(self, entry: Entry) -> bool:
        """Return whether the second person whom an entry names signed it too, and was a supervisor then."""
        envelope = entry.change.envelope
        signed = envelope.get("was") or envelope
        second, standing = str(signed.get("second", "")), self.past.get(str(signed.get("under", "")))
        if standing is None or standing.role(second) != SUPERVISOR or second == signed.get("actor"):
            return False
        return _signs(standing.officers[second].public_key, signed, place=2)


def read_grants(store: Store, root: str) -> Grants:
    """Walk the entries that give something. ``root``: the founder's public half, as hex."""
    grants = Grants(root)
    following: dict[str, list[Entry]] = {}
    older: list[Entry] = []
    for entry in store.journal.giving():
        if isinstance(entry.change.envelope.get("grant"), dict):
            following.setdefault(str(entry.change.envelope["grant"].get("previous", "")), []).append(entry)
        elif any(_gives_something(part) for part in entry.parts if part is not None):
            older.append(entry)
    if following.get(""):
        _walk(following, older, grants)
    else:
        grants.now, grants.refused, grants._known = _before_chain(older, root, None)
    chained = [entry for entries in following.values() for entry in entries]
    grants.refused += sorted({entry.change.change_id for entry in chained} - grants.accepted)
    grants.altered = sorted(
        entry.change.change_id
        for entry in chained
        if fault_of(entry) or any(part.erased for part in entry.change.parts)
    )
    return grants


# ---- the time before the chain: an entry counted by whoever signed it, in the order of this file ----


def _gives_something(part: Part) -> bool:
    if part.record_type == "office":
        return not SPARE.isdisjoint(part.values)
    return part.record_type == "officer" and not GIVEN.isdisjoint(part.values)


def _before_chain(
    older: Iterable[Entry], root: str, before: Mapping[str, Any] | None
) -> tuple[Standing, list[str], dict[str, set[str]]]:
    """Return what counted before the chain began, the entries that gave nothing, and the keys that officers had.

    ``before``: how far each chain of entries had come; None where no chain of grants has begun.
    """
    standing, refused, known = Standing(), list[str](), dict[str, set[str]]()
    for entry in older:
        signed = entry.change.envelope
        giving = {root, *standing.giving_keys(root)}
        inside = before is None or _is_before(signed, before)
        if not inside or fault_of(entry) or not any(_signs(key, signed) for key in giving):
            refused.append(entry.change.change_id)
            continue
        standing = _older(entry, standing)
        for uid, grant in standing.officers.items():
            known.setdefault(uid, set()).update({grant.public_key} - {""})
    return standing, refused, known


def _is_before(signed: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    last = before.get(f"{signed.get('device')}.{signed.get('incarnation')}", (0, ""))
    return int(signed.get("sequence", 0)) <= int(last[0])


def _older(entry: Entry, standing: Standing) -> Standing:
    for part in entry.parts:
        if part is None or not _gives_something(part):
            continue
        if part.record_type == "office":
            spare = {key: str(part.values[key] or "") for key in SPARE if key in part.values}
            standing = replace(standing, spare_keys={**standing.spare_keys, **spare})
            continue
        given = {key: str(value or "") for key, value in part.values.items() if key in GIVEN}
        grant = replace(standing.officers.get(part.record, Grant()), **given)  # type: ignore[arg-type]
        standing = replace(standing, officers={**standing.officers, part.record: grant})
    return standing


# ---- the chain ----


@dataclass(frozen=True, slots=True)
class _Branch:
    entry: Entry
    key: str  # that signed it
    before: Standing  # what counted when it was given
    after: Standing  # what counts after it
    cut_off: frozenset[str] = frozenset()  # keys that could give before, and can no more at the end of the branch
    length: int = 1


def _walk(following: Mapping[str, list[Entry]], older: list[Entry], grants: Grants) -> None:
    """Follow the chain to its end, and keep what counted after each grant."""
    standing, branches = Standing(), _first_branches(following, older, grants.root)
    while branches:
        standing, entries = _chosen(branches, following, grants.root)
        grants.accepted.update(entry.change.change_id for entry in entries)
        grants.past[standing.head[:SHORT]] = standing
        if standing.number == 1 and entries:
            grants.before = _before_of(entries[0])
            _, grants.refused, grants._known = _before_chain(older, grants.root, grants.before)
        branches = _branches(standing, following, grants.root)
    grants.now = standing


def _before_of(entry: Entry) -> Mapping[str, Any]:
    before = entry.change.envelope["grant"].get("before")
    return before if isinstance(before, dict) else {}


def _first_branches(following: Mapping[str, list[Entry]], older: list[Entry], root: str) -> list[_Branch]:
    """Return the grants with which the chain may begin, each over what counted before it."""
    found: list[_Branch] = []
    for entry in following[""]:
        standing, _, _ = _before_chain(older, root, _before_of(entry))
        found += _branches(standing, {**following, "": [entry]}, root)
    return found


def _branches(standing: Standing, following: Mapping[str, list[Entry]], root: str) -> list[_Branch]:
    """Return the grants that may follow on what counts."""
    found = []
    for entry in following.get(standing.head, ()):
        key, after = given(standing, entry, root)
        if after is not None:
            found.append(_Branch(entry, key, standing, after))
    return found


def _followed(branch: _Branch, following: Mapping[str, list[Entry]], root: str) -> _Branch:
    """Return a branch with what it comes to."""
    end, length = _end(branch.after, following, root, 1)
    cut = frozenset(branch.before.giving_keys(root)) - frozenset(end.giving_keys(root))
    return replace(branch, cut_off=cut, length=length)


def _end(standing: Standing, following: Mapping[str, list[Entry]], root: str, length: int) -> tuple[Standing, int]:
    """Return where a branch ends, and how many grants are in it; of a further parting the first that may stand."""
    while (entries := following.get(standing.head)) is not None:
        nexts = [after for entry in entries if (after := given(standing, entry, root)[1]) is not None]
        if not nexts:
            break
        standing, length = min(nexts, key=lambda one: (one.clock, one.head)), length + 1
    return standing, length


def _chosen(branches: list[_Branch], following: Mapping[str, list[Entry]], root: str) -> tuple[Standing, list[Entry]]:
    """Return what counts where two grants follow on one: two copies of a store, or somebody who wants a decision undone.

    Whoever lost their right in one branch gives nothing by the other. Where two took each other's right, neither counts.
    """
    if len(branches) == 1:
        return branches[0].after, [branches[0].entry]
    branches = [_followed(branch, following, root) for branch in branches]
    standing_ones = [
        one for one in branches if not any(one.key in other.cut_off for other in branches if other is not one)
    ]
    if standing_ones:
        best = min(standing_ones, key=lambda one: (-one.length, one.after.clock, one.after.head))
        return best.after, [best.entry]
    first = min(branches, key=lambda one: (one.after.clock, one.after.head))
    out = frozenset(one.before.giving_keys(root).get(one.key, "") for one in branches) - {""}
    standing = first.before
    return replace(
        standing, head=first.after.head, clock=first.after.clock, number=standing.number + 1,
        suspended=standing.suspended | out,
    ), []  # fmt: skip


def given(standing: Standing, entry: Entry, root: str) -> tuple[str, Standing | None]:
    """Return the key that signed a grant, and what counts after it; None where it may not be given, or is altered."""
    envelope = entry.change.envelope
    grant, actor = envelope.get("grant"), str(envelope.get("actor", ""))
    if not isinstance(grant, dict) or int(envelope["clock"]) <= standing.clock:
        return "", None
    if not standing.officers:
        candidates = {root}
    elif actor in standing.officers:
        candidates = {standing.officers[actor].public_key}
    else:
        candidates = set() if actor else set(standing.spare_keys.values())
    key = next((one for one in candidates if one and _signs(one, envelope)), "")
    if not key or allowed(standing, actor, grant) is not None:
        return "", None
    return key, _after(standing, envelope, grant, envelope_digest(envelope).hex())


def allowed(standing: Standing, actor: str, grant: Mapping[str, Any]) -> str | None:
    """Return what of a grant an officer may not give: role, own, spare, confirm, protection, form; None for nothing.

    ``actor``: empty for whoever holds the recovery code or the escrow.
    """
    officers, spare = grant.get("officers", {}), grant.get("spare", {})
    if not (_texts(officers, nested=True) and _texts(spare)):
        return "form"
    if not standing.head and (not standing.officers or standing.role(actor) == SUPERVISOR):
        return None  # the first of all: the founder, or the supervisor who begins the chain of an older store
    own_role = SUPERVISOR if not actor else standing.role(actor)
    if standing.protection and grant.get("protection", standing.protection) != standing.protection:
        return "protection"
    if spare and own_role != SUPERVISOR:
        return "spare"
    for uid, changed in officers.items():
        before = standing.officers.get(uid, Grant())
        if uid == actor:
            if not _OWN.issuperset(changed) or changed.get("typed_by") or not own_role:
                return "own"
        elif "confirmed_by" in changed:
            if (
                set(changed) != {"confirmed_by"}
                or not may_confirm(standing, actor, uid)
                or changed["confirmed_by"] != actor
            ):
                return "confirm"
        elif not {before.role, str(changed.get("role", before.role))} <= MAY_GIVE.get(own_role, frozenset()):
            return "role"
        elif changed.get("public_key") and changed.get("typed_by", "") != actor:
            return "form"
    return None


def protection_mark(key: bytes) -> str:
    """Return by what a key of restricted records (32 bytes) is known without being told: 32 hex digits."""
    return hashlib.blake2b(key, digest_size=16, person=b"avrr-restricted").hexdigest() if key else ""


def may_confirm(standing: Standing, actor: str, officer: str) -> bool:
    """Return whether an officer may confirm a new or reset supervisor: a third person, who is a supervisor themselves."""
    grant = standing.officers.get(officer)
    if grant is None or standing.role(actor) != SUPERVISOR or standing.role(officer) != SUPERVISOR:
        return False
    third = actor not in grant.given_by and actor != officer and grant.typed_by != actor
    return third and not (standing.officers[actor].given_by & {officer})


def _after(standing: Standing, envelope: Mapping[str, Any], grant: Mapping[str, Any], digest: str) -> Standing:
    actor, clock, first = str(envelope.get("actor", "")), int(envelope["clock"]), not standing.head
    officers = dict(standing.officers)
    for uid, changed in grant.get("officers", {}).items():
        known = {key: value for key, value in changed.items() if key in GIVEN or key in ("typed_by", "confirmed_by")}
        grant_ = replace(officers.get(uid, Grant()), **known)
        if uid != actor and not first and {"role", "public_key"} & changed.keys():
            fresh = officers.get(uid, Grant()).role != grant_.role and grant_.role != SUPERVISOR
            by = frozenset() if fresh else officers.get(uid, Grant()).given_by
            grant_ = replace(grant_, given_by=by | {actor}, given_at=clock >> 16, confirmed_by="")
        officers[uid] = grant_
    spare = {key: value for key, value in grant.get("spare", {}).items() if key in SPARE}
    decided = frozenset(grant.get("officers", ())) if standing.suspended else frozenset[str]()
    return Standing(
        officers=officers, spare_keys={**standing.spare_keys, **spare},
        protection=standing.protection or str(grant.get("protection", "")), head=digest, clock=clock,
        number=standing.number + 1, suspended=standing.suspended - decided,
        keys=max(standing.keys, _whole(grant.get("keys"))),
    )  # fmt: skip


def _whole(value: object) -> int:
    return value if type(value) is int and 0 <= value <= MOST else 0


def _texts(value: object, *, nested: bool = False) -> bool:
    if not isinstance(value, dict):
        return False
    items: Iterable[object] = value.values()
    return all(_texts(item) if nested else isinstance(item, str) for item in items)


def _signature(envelope: Mapping[str, Any], place: int = 1) -> str:
    pieces: Collection[str] = str(envelope.get("signature", "")).split(" ")
    return list(pieces)[place] if len(pieces) > place else ""


def _signs(key: str, envelope: Mapping[str, Any], place: int = 1) -> bool:
    """Return whether a signature of an entry, of the person (1) or the second person (2), was made with a key."""
    signature = _signature(envelope, place)
    return bool(key and signature) and verified(key, envelope_digest(envelope), signature)
