"""Checks a store: the chain of the journal, the tables against the journal, the search index, the files of cases."""

from collections.abc import Iterator
from dataclasses import dataclass

from avrr_desktop.domain.marking import N_
from avrr_desktop.operations.files import check_files
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
    missing: int = 0  # entries that this file once held
    files_missing: int = 0
    files_damaged: int = 0
    double_numbers: tuple[str, ...] = ()  # case numbers that more than one case carries

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        if self.missing or self.files_missing or self.files_damaged or self.double_numbers:
            return False
        return not self.fault and self.pages_sound and self.tables_match and self.index_matches

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
            yield words.text(N_("The cases are safe. Bring the files back from a backup, or add them again."))
        if self.double_numbers:
            text = N_(
                "Two cases carry one number: {numbers}. Both are safe. The later one gets a number of its own when a "
                "journey or a copy is taken in the next time."
            )
            yield words.text(text, numbers=", ".join(self.double_numbers))
        if self.sound:
            yield words.text(N_("Everything is as it should be."))


@needs(Permission.READ)
def check_store(workspace: Workspace) -> StoreReport:
    """Check everything without changing anything (the comparison is rolled back)."""
    store = workspace.store
    cases, _ = store.reader.counts(CaseFilter())
    missing, damaged = check_files(workspace)
    return StoreReport(
        store.journal.count(), cases, store.journal.verify(), store.pages_sound(), store.tables_match(),
        store.index_matches(), store.missing_entries(), missing, damaged,
        tuple(number for number, _ in store.reader.double_numbers()),
    )  # fmt: skip


@needs(Permission.READ)
def history_problem(workspace: Workspace) -> str:
    """Return a sentence when entries that were saved here are missing; empty when it is well.

    The note beside the store tells it, and the backups do where that note was lost or taken back as well.
    """
    from avrr_desktop.operations.backups import backups_ahead

    missing = workspace.store.missing_entries()
    if not missing and (ahead := backups_ahead(workspace)) and ahead[0].manifest is not None:
        missing = max(1, ahead[0].manifest.entries - workspace.store.journal.count())
    return workspace.words.text(MISSING, count=missing) if missing else ""
