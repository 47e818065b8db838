"""Checks a store: the chain of the journal, the tables against the journal, the search index."""

from collections.abc import Iterator
from dataclasses import dataclass

from avrr_desktop.domain.marking import N_
from avrr_desktop.operations.permission import Permission, needs
from avrr_desktop.operations.workspace import Workspace
from avrr_desktop.store.journal import ChainFault
from avrr_desktop.store.reading import CaseFilter
from avrr_desktop.words import Words

MISSING = N_(
    "Entries that were saved here are missing: {count}. An older file was put in the place of the store, or its log was "
    "taken away. Keep a copy of the folder, and look for the newer file or a backup."
)


@dataclass(frozen=True, slots=True)
class StoreReport:
    """What a check found."""

    entries: int
    cases: int
    fault: ChainFault | None
    pages_sound: bool
    tables_match: bool
    index_matches: bool
    missing: int  # entries that this file once held

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.missing and not self.fault and self.pages_sound and self.tables_match and self.index_matches

    def lines(self, words: Words) -> Iterator[str]:
        """Yield what was found, in sentences."""
        yield words.text(N_("{entries} entries, {cases} cases."), entries=self.entries, cases=self.cases)
        if self.missing:
            yield words.text(MISSING, count=self.missing)
        if self.fault:
            yield words.text(
                N_("The history does not hold from entry {entry} on ({reason}). Keep a copy and ask for help."),
                entry=self.fault.change_id, reason=self.fault.reason,
            )  # fmt: skip
        if not self.pages_sound:
            yield words.text(N_("The file is damaged. Keep a copy of the folder and ask for help with a backup."))
        if not self.tables_match:
            yield words.text(
                N_("Lists and journal differ. The journal is the truth; the lists can be made anew from it.")
            )
        if not self.index_matches:
            yield words.text(N_("The search index is not complete. It can be made anew."))
        if self.sound:
            yield words.text(N_("Everything is as it should be."))


@needs(Permission.READ)
def check_store(workspace: Workspace) -> StoreReport:
    """Check everything without changing anything (the comparison is rolled back)."""
    store = workspace.store
    cases, _ = store.reader.counts(CaseFilter())
    return StoreReport(
        store.journal.count(), cases, store.journal.verify(), store.pages_sound(), store.tables_match(),
        store.index_matches(), store.missing_entries(),
    )  # fmt: skip


@needs(Permission.READ)
def history_problem(workspace: Workspace) -> str:
    """Return a sentence when entries that were saved here are missing; empty when it is well."""
    missing = workspace.store.missing_entries()
    return workspace.words.text(MISSING, count=missing) if missing else ""
