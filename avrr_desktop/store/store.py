"""The open store: one writing connection, the journal, the tables that it projects into, and what is derived."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from avrr_desktop.domain.consent.referral_states import AnswerDays
from avrr_desktop.domain.errors import NotFoundError, StoreError
from avrr_desktop.domain.history.change import Changes, Part
from avrr_desktop.domain.history.identifiers import device_letters
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.files import read_small, write_noted
from avrr_desktop.keys.signing import Signer, new_seed
from avrr_desktop.store.engine.driver import WAL_CEILING, Connection
from avrr_desktop.store.engine.opening import (
    SMALLEST_FILE,
    empty_file,
    identity_of,
    migrate,
    opened_for_writing,
    refuse_unfit,
)
from avrr_desktop.store.folder.folder import already_there
from avrr_desktop.store.journal.deriving import findable, touched_by, write_line
from avrr_desktop.store.journal.dump import canonical_dump
from avrr_desktop.store.journal.journal import Entry, Journal, Signers
from avrr_desktop.store.journal.projection import Projection
from avrr_desktop.store.journal.record_tables import RECORD_TABLES
from avrr_desktop.store.local.letters import new_letters, take_letters
from avrr_desktop.store.local.local import Local
from avrr_desktop.store.reading import search
from avrr_desktop.store.reading.answering import differs, kept_days, remember_days
from avrr_desktop.store.reading.cases import Reader

RandomBytes = Callable[[int], bytes]
APART = "apart"  # no identity of a file: what must not count on as it did


class Store:
    """Reads and writes one store file. Everything that writes a case goes through ``save``."""

    def __init__(self, path: Path, connection: Connection, random_bytes: RandomBytes, identity: str) -> None:
        self.path = path
        self.connection = connection
        self.journal = Journal(connection, random_bytes)
        self.local = Local(connection, self._refuse_when_gone)
        self.reader = Reader(connection)
        self.index = search.SearchIndex(connection)
        self._projection = Projection(connection, self.journal.parents, self.journal.order)
        self._identity = identity
        self._random_bytes = random_bytes
        self.person: Signer | None = None  # signs what the officer at work writes; set at the unlock
        self.under = ""  # by what entries name the newest grant; set when grants are read
        self._second: tuple[str, Signer] | None = None
        self._device_signer: Signer | None = None
        self._sentinel = path.with_name("sentinel")
        self._newest = ""
        self._file = path.stat().st_ino
        self._answer_days: AnswerDays | None = None
        self._office: Record | None = None
        self._office_read = -1  # what had been written when it was read

    @property
    def office(self) -> Record | None:
        """The office whose store this is; read again only once something was written, as every clock time asks for its zone."""
        written = self.connection.written
        if self._office_read != written or self.connection.in_transaction:
            self._office = next(iter(self.reader.everything("office")), None)
            self._office_read = -1 if self.connection.in_transaction else written
        return self._office

    @property
    def answer_days(self) -> AnswerDays:
        """The days within which an answer is due, by urgency, as lists and agenda are made with them."""
        if self._answer_days is None:
            self._answer_days = kept_days(self.local)
        return self._answer_days

    @answer_days.setter
    def answer_days(self, days: AnswerDays) -> None:
        self._answer_days = days

    def take_answer_days(self, days: AnswerDays) -> None:
        """Make lists and agenda of cases with referrals anew where the pack says other days than they were made with."""
        if not differs(self.local, days):
            return
        with self.connection.immediate():
            remember_days(self.local, days)
            self._answer_days = days
            for case_pk, updated in self.connection.rows(
                "SELECT case_pk, updated FROM case_lines WHERE case_pk IN (SELECT case_pk FROM referrals) ORDER BY 1"
            ):
                self.refresh_case(case_pk, updated, set())

    @classmethod
    def create(
        cls, path: Path, key: bytes, *, device: str, random_bytes: RandomBytes = os.urandom, lies_at: Path | None = None
    ) -> "Store":
        """Make a new store file. ``device``: the identifier of this computer's installation. Raises StoreError.

        ``lies_at``: where it is going to lie, for one that is ``made_aside``.
        """
        if path.exists():
            raise already_there()
        connection = Connection(path, key, exclusive=True)
        try:
            migrate(connection)
            store = cls(path, connection, random_bytes, identity_of(path, lies_at))
            with connection.immediate():
                store.local.set_setting("device", device)
                store.local.set_setting("incarnation", "1")
                store.local.set_setting("identity", identity_of(path, lies_at))
            return store
        except BaseException:
            connection.close()
            raise

    @classmethod
    def open(
        cls, path: Path, key: bytes, *, random_bytes: RandomBytes = os.urandom,
        before_migration: Callable[[Connection], None] | None = None,
    ) -> "Store":  # fmt: skip
        """Open an existing store file. Raises StoreError, InUseError; a newer store is not written to.

        ``before_migration``: called with the connection of an older store before its tables are changed.
        """
        if not path.exists() or path.stat().st_size < SMALLEST_FILE:
            raise empty_file()
        refuse_unfit(path, key)
        connection = opened_for_writing(path, key)
        try:
            store = cls(path, connection, random_bytes, identity_of(path))
            migrate(connection, before_migration, store.rebuild_derived)
            return store
        except BaseException:
            connection.close()
            raise

    @property
    def device(self) -> str:
        """The identifier of the installation that writes into this store."""
        return self.local.setting("device")

    def _signed_by_device(self) -> Signer:
        """Return what signs in the name of this installation; its seed is made with the first entry."""
        if self._device_signer is None:
            seed = self.local.setting("device_seed")
            if not seed:
                seed = new_seed().hex()
                self.local.set_setting("device_seed", seed)
            self._device_signer = Signer(bytes.fromhex(seed))
        return self._device_signer

    def signature_of(self, digest: bytes) -> str:
        """Return how this computer, and the officer at work, sign something that lies outside the journal."""
        signers = (self._signed_by_device(), self.person)
        return " ".join(signer.sign(digest) for signer in signers if signer is not None)

    @property
    def device_letters(self) -> str:
        """The two letters of this store in case numbers and serial numbers; a copy takes others before it gives a number."""
        self._incarnation()
        return self.local.setting("letters") or device_letters(self.device)

    def new_letters(self) -> str:
        """Return two letters, three when those are used up, that neither this store nor a journey from here has used; they are not given again."""
        return new_letters(self.connection, self.local, self.device, self._random_bytes)

    def beside(self, key: bytes, *, read_only: bool = False) -> "Store":
        """Return this store over a connection of the calling thread, for a worker that reads much and writes once, or never."""
        other = Store(self.path, Connection(self.path, key, read_only=read_only), self._random_bytes, self._identity)
        other.person, other.under, other._second = self.person, self.under, self._second
        return other

    @contextmanager
    def seconded(self, officer: str, signer: Signer) -> Iterator[None]:
        """Let a second person sign every entry that is saved in the block: what they agreed to."""
        self._second = (officer, signer)
        try:
            yield
        finally:
            self._second = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction around several saves (import, practice data): all or nothing."""
        newest = self._newest
        try:
            with self.connection.immediate():
                yield
        except BaseException:
            self._newest = newest
            raise
        self._after_commit()

    def _after_commit(self, newest: str = "") -> None:
        """Note the newest entry beside the file, and keep the write-ahead log small."""
        self._newest = newest or self._newest
        if self.connection.in_transaction:
            return
        if self._newest:
            with suppress(OSError):  # it only tells later that an older copy was put in place
                write_noted(self._sentinel, self._newest.encode("ascii"))
        if self._wal_size() > WAL_CEILING:
            with suppress(StoreError):  # the entry is saved; the log is emptied another time
                self.connection.checkpoint()

    def save(
        self, parts: Sequence[Part], *, case: str | None, actor: str, now: datetime, compartment: str = "",
        grant: Mapping[str, object] | None = None,
    ) -> Changes:  # fmt: skip
        """Append one Change, project it, refresh what is derived, commit; return what was touched.

        ``grant``: what it gives or takes of rights (``operations/session/grants.py``).
        """
        self._refuse_when_gone()
        second = self._second
        further = {"under": self.under, "grant": grant, "second": second[0] if second else ""}
        with self.connection.immediate():
            entry = self.journal.append(
                parts, device=self.device, incarnation=self._incarnation(), case=case, actor=actor, now=now,
                signers=Signers(self._signed_by_device(), self.person, second[1] if second else None), compartment=compartment,
                further={key: value for key, value in further.items() if value},
            )  # fmt: skip
            case_pk = self.apply(entry, new_parents=[tuple(map(int, part.seen)) for part in parts])
            self._refresh(case_pk, parts, entry.number)
        self._after_commit(entry.change.change_id)
        return Changes(
            entry.change.change_id, case or "", self.reader.revision(case) if case else 0,
            frozenset((part.record_type, part.record) for part in parts),
        )  # fmt: skip

    def _refuse_when_gone(self) -> None:
        """Raise StoreError when the file was taken away: the system would go on writing into what nobody finds again."""
        try:
            there = self.path.stat().st_ino == self._file
        except OSError:
            there = False
        if not there:
            raise StoreError(
                N_("Not saved: the folder of the store is no longer there."),
                N_("What you typed is still here. Plug the disk in again, or put the folder back, and save again."),
            )

    def _incarnation(self) -> int:
        """Return the incarnation to write under: a new one, never given before, in a store that is a copy or older."""
        incarnation = int(self.local.setting("incarnation", "1"))
        known = self.local.setting("identity")
        behind = self._behind_sentinel()
        if known != self._identity or behind:
            if known:  # the store of a journey was made with its own letters
                self._take_letters(known, lost=behind or known == APART)
            incarnation += 1 + int.from_bytes(self._random_bytes(4), "big")
            self.local.set_setting("incarnation", str(incarnation))
            self.local.set_setting("identity", self._identity)
        return incarnation

    def _take_letters(self, before: str, *, lost: bool) -> None:
        """Take letters for case numbers that no other copy gives numbers with: where this very file lay before, those of then.

        ``lost``: it may lack numbers that it once gave, so that none of its letters are safe.
        """
        take_letters(self.local, self.device, before, self._identity, self.new_letters, lost=lost)

    @property
    def chain(self) -> tuple[str, int]:
        """The chain of entries that this store goes on with: its computer and its incarnation."""
        return self.device, self._incarnation()

    def fresh_chain(self) -> tuple[str, int, Signer]:
        """Return a chain that nobody ever wrote, and what signs it: for entries of another copy that are called anew here."""
        while True:
            incarnation = self._incarnation() + 1 + int.from_bytes(self._random_bytes(4), "big")
            if not self.journal.last_sequence(self.device, incarnation):
                return self.device, incarnation, self._signed_by_device()

    def count_on_apart(self) -> None:
        """Let the next entry begin a new incarnation with letters of its own: another file counts on from this one."""
        self.local.set_setting("identity", APART)

    def _behind_sentinel(self) -> bool:
        """Say whether this file lacks an entry that it once had: somebody put an older copy in its place."""
        name = self._last_noted()
        return bool(name) and self.journal.named(name) is None

    def _last_noted(self) -> str:
        """Return what the sentinel names as the newest entry; empty after a commit of our own: nothing is to be found out."""
        if self._newest or not self._sentinel.exists():
            return ""
        try:
            return read_small(self._sentinel, 1000).decode("ascii", "replace").strip()
        except (OSError, ValueError):
            return ""

    def missing_entries(self) -> int:
        """Return how many entries this file once held and holds no more, as far as the sentinel beside it knows.

        They go when an older file is put in its place, or when its log is taken away. After the next save nobody knows.
        """
        device, _, rest = self._last_noted().partition(".")
        incarnation, _, sequence = rest.partition(".")
        if not all(part.isascii() and part.isdecimal() and len(part) < 16 for part in (incarnation, sequence)):
            return 0
        return max(0, int(sequence) - self.journal.last_sequence(device, int(incarnation)))

    def apply(self, entry: Entry, new_parents: Sequence[tuple[int, ...]] | None = None) -> int:
        """Project one entry and return the key of its case (0 for none)."""
        case = entry.change.envelope.get("case")
        case_pk = self._case_pk(case) if case else 0
        for position, part in enumerate(entry.parts):
            if part is None:
                continue
            if new_parents is None:
                parents = self.journal.numbers(entry.change.envelope["parents"][position])
            else:
                parents = new_parents[position]
            self._projection.apply(entry.number, case_pk, part, parents)
            if part.record_type == "case" and part.record == case and not case_pk:
                case_pk = self._case_pk(part.record)
        if case_pk:
            self.connection.execute("UPDATE cases SET revision = revision + 1 WHERE pk=?", (case_pk,))
        return case_pk

    def _case_pk(self, uid: str) -> int:
        row = self.connection.one("SELECT pk FROM cases WHERE uid=?", (uid,))
        return int(row[0]) if row else 0

    def _refresh(self, case_pk: int, parts: Iterable[Part], entry: int) -> None:
        cases, people = touched_by(self.connection, self.reader, self._case_pk, case_pk, parts)
        for key in cases:
            self.refresh_case(key, entry, {part.record for part in parts} | people)

    def refresh_case(self, case_pk: int, entry: int, touched: set[str] | None) -> None:
        """Make line, agenda and search entries of a case anew; ``touched``: the records that changed, None for all."""
        case_file = self.reader.case_by_key(case_pk)
        row = self.connection.one(
            "SELECT removed, made, EXISTS (SELECT 1 FROM case_lines l WHERE l.case_pk = c.pk) FROM cases c WHERE pk=?",
            (case_pk,),
        ) or (1, 0, 0)
        new = row[1] == entry and not row[2]  # a case of one entry may be listed already
        if not new:
            self.connection.execute("DELETE FROM agenda WHERE case_pk=?", (case_pk,))
            self.connection.execute("DELETE FROM case_lines WHERE case_pk=?", (case_pk,))
        searched = {record.uid: record for record in findable(self.connection, case_file)} if not row[0] else {}
        if touched and case_file.case.uid in touched and not new and not self.index.has_case(case_pk):
            touched = None  # the case is back after it was withdrawn
        for uid in searched if touched is None else touched:
            if uid in searched:
                self.index.put(case_pk, searched[uid], new=new or touched is None)
            elif not new:
                self.index.drop(case_pk, uid)
        if row[0]:
            self.index.drop_case(case_pk)
            return
        write_line(self.connection, case_pk, case_file, self.answer_days, entry)

    def history_of(self, record_type: str, record: str, case: str) -> list[Entry]:
        """Return the entries that touch one record, oldest first; of a person, those of all their cases."""
        cases = [case]
        if record_type == "person":
            rows = self.connection.rows(
                "SELECT DISTINCT c.uid FROM memberships m JOIN cases c ON c.pk = m.case_pk WHERE m.person=?", (record,)
            )
            cases = [*{case, *(row[0] for row in rows)}]
        found = {
            entry.number: entry
            for uid in cases
            for entry in (self.journal.of_case(uid) if uid else self.journal.outside_cases())
            if any(part and part.record == record for part in entry.parts)
        }
        return [found[number] for number in sorted(found)]

    def next_running_number(self, prefix: str) -> int:
        """Return the next free running number behind a prefix; call it inside ``transaction``."""
        setting = f"number {prefix}"
        highest = int(self.local.setting(setting, "0"))
        row = self.connection.one(
            "SELECT max(number) FROM cases WHERE number >= ? AND number < ?", (prefix + "-", prefix + "-~")
        )
        if row and row[0]:
            highest = max(highest, int(row[0].rsplit("-", 1)[1]))
        self.local.set_setting(setting, str(highest + 1))
        return highest + 1

    def rebuild(self) -> None:
        """Throw every projected table and everything derived away and make them anew from the journal."""
        with self.connection.immediate():
            for shape in RECORD_TABLES.values():
                self.connection.execute(f"DELETE FROM {shape.table}")
            for entry in self.journal.all():
                self.apply(entry)
            self.rebuild_derived()

    def rebuild_derived(self) -> None:
        """Make lines, agenda and search index anew from the tables."""
        with self.connection.immediate():
            self.index.clear()
            self.connection.execute("DELETE FROM agenda")
            self.connection.execute("DELETE FROM case_lines")
            for case_pk, changed in self.connection.rows("SELECT pk, changed FROM cases ORDER BY pk"):
                self.refresh_case(case_pk, changed, None)

    def erase(self, change_id: str, positions: Sequence[int]) -> None:
        """Take the content of parts out of the journal and out of every table; the chain still verifies."""
        if self.journal.named(change_id) is None:
            raise NotFoundError(N_("This entry is not in the journal."), N_("Nothing was changed."))
        with self.connection.immediate():
            self.journal.erase(change_id, positions)
            self.rebuild()

    def dump(self) -> Iterator[str]:
        """Yield the canonical dump: every projected row, by identifier, without local numbers."""
        return canonical_dump(self.connection)

    def pages_sound(self, go_on: Callable[[], bool] | None = None) -> bool:
        """Say whether every page of the file reads as it was written.

        ``go_on``: asked now and then, False stops it; pages that hold nothing are left out then.
        """
        if go_on is None:
            if self.connection.rows("PRAGMA cipher_integrity_check"):
                return False
            return self.connection.one("PRAGMA integrity_check") == ("ok",)
        with self.connection.stopped_by(go_on):
            return self.connection.one("PRAGMA integrity_check") == ("ok",)

    def tidy(self) -> None:
        """Do in idle time what saves leave behind: merge the search index, empty the write-ahead log."""
        self.index.merge()
        self.connection.checkpoint()

    def _wal_size(self) -> int:
        log = self.path.with_name(self.path.name + "-wal")
        return log.stat().st_size if log.exists() else 0

    def close(self) -> None:
        """Empty the write-ahead log and close. A full disk does not stop the closing."""
        try:
            self.connection.checkpoint()
        except StoreError:
            pass  # the log stays beside the file and is read at the next opening
        finally:
            self.connection.close()
