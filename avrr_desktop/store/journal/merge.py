"""Takes entries of another copy into a store, each once, beside what happened here."""

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from avrr_desktop.domain.errors import StoreError
from avrr_desktop.domain.history import change as changes
from avrr_desktop.domain.history.change import Change, Part
from avrr_desktop.domain.i18n import N_
from avrr_desktop.keys.signing import verified
from avrr_desktop.store.journal.erased import edits_erased, erased_in, is_plain, of_erased
from avrr_desktop.store.journal.hybrid_clock import ceiling
from avrr_desktop.store.journal.journal import Entry
from avrr_desktop.store.journal.quarantine import WAITS, Quarantine
from avrr_desktop.store.journal.refused import refused_links
from avrr_desktop.store.journal.reissue import Reissue, called_anew, chain_key, name_of, was_of
from avrr_desktop.store.reading import held
from avrr_desktop.store.store import Store

LeftOut = Callable[[Entry], Collection[int]]  # entry -> the positions of its parts that are not taken
Refusal = Callable[
    [Entry, Collection[int]], str
]  # entry, positions that are emptied anyway -> why not; empty when it may come
FOREIGN_SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides over what comes from outside. ``source``: the line of who looked that goes with it."""

    refusal: Refusal
    source: str
    now: datetime


@dataclass(slots=True)
class Arrived:
    """What became of the entries of another copy."""

    taken: int = 0
    refused: int = 0
    reissued: int = 0
    cases: set[str] = field(default_factory=set)


def take_in(
    store: Store,
    entries: Iterable[Entry],
    left_out: LeftOut = lambda _: (),
    rules: Rules | None = None,
    *,
    seen: str = "[]",
) -> Arrived:
    """Add the entries of another copy that this store does not hold, oldest first. All or nothing.

    ``left_out``: the parts that are emptied here; the chain holds without their words. ``rules``: None for a store that is made
    out of one that is open: there everything comes. Else what is refused lies in quarantine afterwards, and what carries a name
    that is taken here, or follows on something that is not here, comes under a name of its own. ``seen``: of one entry out of the
    quarantine, what its writer had seen, as it is called here.
    """
    with store.transaction():
        taking = _Taking(store, left_out, rules)
        entries = list(entries) if seen != "[]" else entries
        for entry in entries if seen != "[]" else ():
            taking.knows(entry.change, json.loads(seen))
        return taking.take(entries)


class _Taking:
    def __init__(self, store: Store, left_out: LeftOut, rules: Rules | None) -> None:
        self._store = store
        self._left_out = left_out
        self._rules = rules
        self._erased = erased_in(store)
        self._quarantine = Quarantine(store.connection)
        self._links = {chain: dict(links) for chain, links in refused_links(store.connection).items()}
        self._known = called_anew(store.connection) if rules else {}
        self._names: dict[str, str] = {}  # former name -> the one under which it is here
        self._keys: dict[tuple[str, int], str] = {}
        self._reissue: Reissue | None = None
        self._touched: set[tuple[int, int]] = set()  # case, entry

    def knows(self, change: Change, seen: list[list[str]]) -> None:
        """Know by which names here an entry out of the quarantine had seen what it names."""
        for formers, nows in zip(_parents(change), seen, strict=False):
            self._names |= {former: now for former, now in zip(formers, nows, strict=False) if former != now}

    def take(self, entries: Iterable[Entry]) -> Arrived:
        arrived = Arrived()
        own = self._store.chain if self._rules else ("", 0)
        for entry in entries:
            there = self._store.journal.digest_of(entry.change.change_id)
            if there == entry.change.digest:
                continue
            gone = self._gone(entry)
            if self._rules is None:
                _refuse_twin(there, entry)
                self._keep(entry.change, entry, gone, arrived)
            elif not self._is_here(entry) and not self._is_refused(entry, gone, arrived, self._rules):
                change = (
                    entry.change
                    if self._fits(entry.change, there) and self._in_time(entry.change)
                    else self._called_anew(entry.change, arrived)
                )
                self._keep(change, entry, gone, arrived)
                if _chain(change) == own:
                    self._store.count_on_apart()
        self._refresh()
        return arrived

    def _gone(self, entry: Entry) -> list[int]:
        """Return the parts whose words stay away: left out, or about whom this store erased meanwhile."""
        leaving, whole = self._left_out(entry), str(entry.change.envelope.get("case")) in self._erased
        return [
            position for position, part in enumerate(entry.parts)
            if whole or position in leaving or (part is not None and self._of_erased(entry, part, position))
        ]  # fmt: skip

    def _of_erased(self, entry: Entry, part: Part, position: int) -> bool:
        if edits_erased(self._store, entry, position, _parents(entry.change)):
            return True
        plain = all(is_plain(one) for one in entry.parts if one is not None)
        return part.record in self._erased or (plain and of_erased(self._store, entry, part, self._erased))

    def _is_here(self, entry: Entry) -> bool:
        """Return whether an entry came before under another name, or waits in quarantine or was thrown away there."""
        change, former = entry.change, was_of(entry.change.envelope)
        digest = changes.envelope_digest(former)
        name = self._known.get(digest)
        if name is None and former is not change.envelope and self._store.journal.digest_of(name_of(former)) == digest:
            name = name_of(former)
        if name is not None:
            self._names[change.change_id] = name
            return True
        return self._quarantine.state(change.change_id, change.digest) not in ("", WAITS)

    def _is_refused(self, entry: Entry, gone: Collection[int], arrived: Arrived, rules: Rules) -> bool:
        change, seen = entry.change, self._seen(entry.change)
        waits = self._quarantine.state(change.change_id, change.digest) == WAITS
        reason = rules.refusal(entry, gone) or self._signature_fault(change)
        if not reason or waits:
            if waits and not reason:  # it came by a way on which it may not come, and comes by another now
                self._quarantine.drop(change)
            return bool(reason)
        if not self._fits(change, self._store.journal.digest_of(change.change_id)):
            self._names[change.change_id] = change.change_id  # what follows on it does not fit either
        self._quarantine.keep(
            entry, reason, rules.source, rules.now.isoformat(timespec="seconds"), gone=gone, seen=seen
        )
        link = (str(change.envelope.get("previous")), change.digest)
        self._links.setdefault(_chain(change), {})[int(change.envelope["sequence"])] = link
        arrived.refused += 1
        return True

    def _seen(self, change: Change) -> list[list[str]]:
        """Return what the writer of an entry had seen, as it is called here."""
        return [[self._names.get(name, name) for name in names] for names in _parents(change)]

    def _signature_fault(self, change: Change) -> str:
        """Return what is wrong with the signature of the computer, by the key that its chain has here."""
        chain = _chain(change)
        if chain not in self._keys:
            self._keys[chain] = chain_key(self._store.connection, *chain) or str(change.envelope.get("device_key", ""))
        key, signature = self._keys[chain], str(change.envelope.get("signature", "")).partition(" ")[0]
        return "" if not key or verified(key, change.digest, signature) else FOREIGN_SIGNATURE

    def _fits(self, change: Change, there: bytes) -> bool:
        """Return whether an entry can stand in its chain here: its name is free, the one before is here or was refused,
        and nothing that it had seen is here under another name.
        """
        chain, before = _chain(change), int(change.envelope["sequence"]) - 1
        if there or any(name in self._names for names in _parents(change) for name in names):
            return False
        previous, refused = str(change.envelope.get("previous")), self._links.get(chain, {})
        while before > 0 and refused.get(before, ("", b""))[1].hex() == previous:
            before, previous = before - 1, refused[before][0]
        if before == 0:
            return previous == changes.genesis(*chain).hex()
        return self._store.journal.digest_of(changes.change_id(*chain, before)).hex() == previous

    def _in_time(self, change: Change) -> bool:
        return self._rules is None or int(change.envelope["clock"]) <= ceiling(self._rules.now)

    def _called_anew(self, change: Change, arrived: Arrived) -> Change:
        store = self._store
        if self._reissue is None:
            self._reissue = Reissue(*store.fresh_chain())
        assert self._rules is not None
        clock = int(change.envelope["clock"])
        if not self._in_time(change):
            clock = store.journal.next_clock(self._rules.now)
        anew = self._reissue.again(change, clock, self._names)
        self._names[change.change_id] = anew.change_id
        self._known[changes.envelope_digest(was_of(change.envelope))] = anew.change_id
        arrived.reissued += 1
        return anew

    def _keep(self, change: Change, entry: Entry, gone: Collection[int], arrived: Arrived) -> None:
        store, number = self._store, self._store.journal.keep(change)
        if gone:  # written elsewhere about whom this store erased meanwhile: the chain holds without the words
            store.journal.erase(change.change_id, list(gone))
        parts = tuple(None if position in gone else part for position, part in enumerate(entry.parts))
        case_pk = store.apply(Entry(number, change, parts))
        self._touched.add((case_pk, number))
        for part in parts:
            if part is not None and part.record_type in ("person", "membership"):  # of cases that stayed at home too
                person = part.record if part.record_type == "person" else store.reader.person_of(case_pk, part.record)
                self._touched.update((one.key, number) for one in held.cases_of(store.connection, person))
        arrived.taken += 1
        arrived.cases.update({str(change.envelope.get("case") or "")} - {""})

    def _refresh(self) -> None:
        newest = dict(sorted(self._touched, key=lambda pair: pair[1]))
        for case_pk, number in newest.items():
            if case_pk:
                self._store.index.drop_case(case_pk)
                self._store.refresh_case(case_pk, number, None)


def _chain(change: Change) -> tuple[str, int]:
    return str(change.envelope["device"]), int(change.envelope["incarnation"])


def _parents(change: Change) -> list[list[str]]:
    """Return what the writer of an entry says to have seen; nothing where that is no list of names."""
    seen = change.envelope.get("parents")
    listed = seen if isinstance(seen, list) and all(isinstance(names, list) for names in seen) else []
    return [[str(name) for name in names] for names in listed]


def _refuse_twin(there: bytes, entry: Entry) -> None:
    if there:
        raise StoreError(
            N_("Two different entries have the same identifier: {entry}."),
            N_("Nothing was imported. Keep both stores and ask for help."),
            {"entry": entry.change.change_id},
        )
