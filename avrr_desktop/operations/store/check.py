"""Checks a store: history, signatures, rights, tables, search, files, key files; one thing after the other, and little at once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from avrr_desktop.domain.errors import DamagedError, StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.language import Language
from avrr_desktop.operations.files.files import check_files
from avrr_desktop.operations.session.grants import Grants, read_grants
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.second_person import four_eyes
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.findings import MISSING, Finding
from avrr_desktop.operations.store.heads import FoundHeads, check_heads, heads_there
from avrr_desktop.store.folder.backup import Progress, always
from avrr_desktop.store.journal.comparing import Comparison, Families
from avrr_desktop.store.journal.hybrid_clock import clocks_ahead
from avrr_desktop.store.journal.journal import ChainFault, entry_of
from avrr_desktop.store.journal.quarantine import Quarantine
from avrr_desktop.store.journal.verifying import ROWS, ChainWalk, says_partial
from avrr_desktop.store.reading.cases import CaseFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreReport:
    """What a check found."""

    entries: int
    cases: int
    fault: ChainFault | None
    pages_sound: bool
    tables_match: bool
    index_matches: bool
    missing: int = 0  # entries that this file once held
    files_missing: int = 0
    files_damaged: int = 0
    double_numbers: tuple[str, ...] = ()  # case numbers that more than one case carries
    findings: tuple[Finding, ...] = ()
    walked: Mapping[str, Any] | None = field(
        default=None, repr=False, compare=False
    )  # how far the history was looked at

    @property
    def sound(self) -> bool:
        """Return whether nothing is wrong."""
        if self.missing or self.files_missing or self.files_damaged or self.double_numbers:
            return False
        if any(not finding.remark for finding in self.findings):
            return False
        return not self.fault and self.pages_sound and self.tables_match and self.index_matches

    def lines(self, words: Language) -> Iterator[str]:
        """Yield what was found, in sentences."""
        yield words.text(N_("Entries {entries}, cases {cases}."), entries=self.entries, cases=self.cases)
        yield from self.problems(words)
        if self.sound:
            yield words.text(N_("Everything is valid."))

    def problems(self, words: Language) -> Iterator[str]:
        """Yield what is wrong, and what has to be told, in sentences."""
        if self.missing:
            yield words.text(MISSING, count=self.missing)
        if self.fault:
            yield words.text(
                N_("The history is damaged from entry {entry} on ({reason}). Keep a copy and ask for help."),
                entry=self.fault.change_id, reason=self.fault.reason,
            )  # fmt: skip
        if not self.pages_sound:
            yield words.text(N_("The file is damaged. Keep a copy of the folder and ask for help with a backup."))
        if not self.tables_match:
            yield words.text(
                N_("Lists and journal differ. The journal is authoritative; the lists can be rebuilt from it.")
            )
        if not self.index_matches:
            yield words.text(N_("The search index is incomplete. It can be rebuilt."))
        yield from (finding.said(words) for finding in self.findings)
        yield from self._of_files(words)
        if self.double_numbers:
            text = N_(
                "Two cases have the same number: {numbers}. Both are safe. The later one gets its own number at "
                "the next import from a journey or a copy."
            )
            yield words.text(text, numbers=", ".join(self.double_numbers))

    def _of_files(self, words: Language) -> Iterator[str]:
        missing, damaged = self.files_missing, self.files_damaged
        if missing:
            yield words.plural(
                "{count} file of a case is missing here.",
                "{count} files of cases are missing here.",
                missing,
                count=missing,
            )
        if damaged:
            yield words.plural(
                "{count} file of a case is damaged.", "{count} files of cases are damaged.", damaged, count=damaged
            )
        if missing or damaged:
            yield words.text(N_("The cases are safe. Restore the files from a backup, or add them again."))


@needs(Permission.READ)
def check_store(workspace: Workspace, progress: Progress = always) -> StoreReport:
    """Check everything; nothing is written. ``progress``: hears how far it is and says whether to go on.

    Raises StoreError when it was stopped.
    """
    before = _Before.of(workspace)
    with workspace.store.connection.one_moment():
        return _Check(workspace, progress, before, beside_others=False).run()


@needs(Permission.READ)
def check_work(workspace: Workspace) -> Callable[[Progress], StoreReport]:
    """Return work for a background thread: the same over a connection of its own, while others go on writing."""
    before = _Before.of(workspace)

    def work(progress: Progress) -> StoreReport:
        with workspace.beside(read_only=True) as beside, beside.store.connection.one_moment():
            return _Check(beside, progress, before, beside_others=True).run()

    return work


def is_journey(workspace: Workspace) -> bool:
    """Return whether this is the store of a journey: the key file tells, where it does; a setting anybody can write."""
    return bool(workspace.journey) or (not workspace.sealed_keys and says_partial(workspace.store.connection))


@dataclass(frozen=True, slots=True)
class _Before:
    """What lies beside the store, read before the moment that is looked at: what is written later names later entries."""

    missing: int
    heads: FoundHeads

    @classmethod
    def of(cls, workspace: Workspace) -> "_Before":
        return cls(workspace.store.missing_entries(), heads_there(workspace))


class _Check:
    """One walk through a store. Every step holds a few cases in memory, never the whole store."""

    def __init__(self, workspace: Workspace, progress: Progress, before: _Before, *, beside_others: bool) -> None:
        self._workspace, self._store, self._progress, self._before = workspace, workspace.store, progress, before
        self._connection, self._beside_others = workspace.store.connection, beside_others
        self._journey = is_journey(workspace)
        self._walk = ChainWalk(self._connection, self._journey)
        self._entries = self._all = 0

    def run(self) -> StoreReport:
        """Look at everything; where pages of the file cannot be read, as far as that goes."""
        pages = self._pages()
        try:
            return self._look(pages)
        except StoreError:
            if pages:
                raise
        walked = {"heads": [], "keys": [], "number": 0, "digest": "", "fault": True}
        return StoreReport(
            entries=0,
            cases=0,
            fault=None,
            pages_sound=False,
            tables_match=True,
            index_matches=True,
            missing=self._before.missing,
            walked=walked,
        )

    def _pages(self) -> bool:
        try:
            return self._store.pages_sound((lambda: self._progress(0, 1)) if self._beside_others else None)
        except StoreError as error:
            if not self._progress(0, 1):
                raise
            if isinstance(error, DamagedError):
                return False
            raise

    def _look(self, pages: bool) -> StoreReport:
        self._entries = self._store.journal.count()
        self._all = 2 * self._entries + len(self._store.reader.files_named())
        grants = self._grants()
        findings = self._beside(grants)
        families = Families()
        fault, found = self._history(grants, families)
        computers = set(self._walk.keys.values())
        findings += [*found, *check_heads(self._workspace, self._before.heads, grants, computers)]
        comparison = Comparison(self._store)
        comparison.compare(families, lambda done: self._go_on(self._entries + done))
        missing, damaged = check_files(self._workspace, lambda done: self._go_on(2 * self._entries + done))
        cases, _ = self._store.reader.counts(CaseFilter())
        doubles = tuple(number for number, _ in self._store.reader.double_numbers())
        number, digest = self._store.journal.newest()
        walked = {**self._walk.to_plain(), "number": number, "digest": digest, "fault": bool(fault)}
        self._go_on(self._all)
        return StoreReport(
            entries=self._entries, cases=cases, fault=fault, pages_sound=pages, tables_match=comparison.tables, index_matches=comparison.index, missing=self._before.missing, files_missing=missing,
            files_damaged=damaged, double_numbers=doubles, findings=tuple(findings), walked=walked,
        )  # fmt: skip

    def _go_on(self, done: int) -> None:
        if not self._progress(min(done, self._all), self._all):
            raise StoreError(
                N_("The check was cancelled."),
                N_("The store was not changed. Start it again when there is time."),
            )

    def _grants(self) -> Grants | None:
        known = self._workspace.grants
        return read_grants(self._store, known.root) if known is not None else None

    def _beside(self, grants: Grants | None) -> list[Finding]:
        """Look at what is not in the history: what the file is made of, whose store it is, who can unlock it."""
        from avrr_desktop.operations.store.check_keys import check_keys
        from avrr_desktop.store.engine.schema_check import strange

        found: list[Finding] = []
        if odd := strange(self._connection):
            found.append(Finding("schema", {"names": ", ".join(odd)}))
        if says_partial(self._connection) and not self._journey:
            found.append(Finding("partial"))
        if odd := clocks_ahead(self._connection, self._workspace.clock.now()):
            found.append(Finding("clocks", {"count": len(odd), "entry": odd[0]}))
        if refused := Quarantine(self._connection).refused_count():
            found.append(Finding("waiting", {"count": refused}))
        found += check_keys(self._workspace, grants)
        if grants is not None:
            for what, names in (("grants", tuple(grants.refused)), ("grants_altered", tuple(grants.altered))):
                if names:
                    found.append(Finding(what, {"count": len(names), "entry": names[0]}))
        return found

    def _history(self, grants: Grants | None, families: Families) -> tuple[ChainFault | None, list[Finding]]:
        """Walk through the journal once."""
        from avrr_desktop.operations.store.check_entries import Entries

        local = self._store.local
        incarnation = local.setting("incarnation", "1")
        own = (local.setting("device"), int(incarnation) if incarnation.isdecimal() else 0)
        may_be_empty = self._journey or self._workspace.practice
        entries, fault = Entries(grants, may_be_empty, own, four_eyes(self._workspace)), None
        for done, row in enumerate(self._connection.each(ROWS, (0,))):
            fault = fault or self._walk.take(row)
            entry = entry_of(row[6], row[3], row[4], row[5])
            families.hear(entry)
            entries.hear(entry)
            if done % 100 == 0:
                self._go_on(done)
        return fault or self._walk.end(), entries.findings()
