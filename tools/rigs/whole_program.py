"""Chance goes through the whole program: cases opened, changed, undone, closed, printed, exported, imported, restored, killed.

After every step the store says what a plain list of dictionaries says. ``python -m tools.rigs.whole_program`` goes on for longer.
"""

import argparse
import copy
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.keys import slots
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.cases.closing import reopen_case
from avrr_desktop.operations.cases.search import all_cases, find
from avrr_desktop.operations.documents.copies import print_levels
from avrr_desktop.operations.documents.documents import SUMMARY
from avrr_desktop.operations.documents.outbox import keep_copy, outbox, outbox_document
from avrr_desktop.operations.imports.case_document import add_case_document, case_document
from avrr_desktop.operations.session.drafts import all_drafts, drop_draft, keep_draft
from avrr_desktop.operations.session.records import edit_record, new_record, remove_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.store.backups import make_backup, restore_backup
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.journal.comparing import index_matches, tables_match
from tests.support.endings import close_case
from tests.support.folders import opened
from tests.support.pdf_text import sheets, whole
from tests.support.stores import NOW, office_workspace

GIVEN = some.sampled_from(["Arta", "Besnik", "Љубица", "Dragan", "Шпреса", "Mirjana", "Ѓорѓи"])
FAMILY = some.sampled_from(["Hoxha", "Крстић", "Ibrahimi", "Стојановска", "Đurić", "Çela"])
NUMBERS = ["+355 69 000 0101", "+381 60 000 0202", "044 000 303"]
TEXTS = some.text("ABCabcčćŠжћ '\"%0123", min_size=1, max_size=12).map(str.strip).filter(bool)
Cases = dict[str, dict[str, Any]]  # identifier of a case -> what it holds


class WholeProgram(RuleBasedStateMachine):
    """An officer, their computer and its misfortunes. ``cases`` is what must be there, kept beside the program."""

    known = Bundle("known")

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="avrr-whole-"))
        self.clock = SteppingClock(NOW)
        self.folder = self.place / "office.avrr"
        self.workspace = office_workspace(self.folder, self.clock)
        self.workspace.folder.write_keys(
            slots.KeyFile(store="STORE", kind="office", generation=1, slots=())
        )  # a backup takes it along
        self.officer = self.workspace.officer
        self.cases: Cases = {}
        self.done: list[tuple[str, Cases]] = []  # entries that can be undone, each with what stood before it
        self.backups: list[tuple[Path, Cases]] = []
        self.printed: dict[int, str] = {}  # document in the outbox -> a name on it
        self.typed: dict[str, str] = {}  # form -> what its draft holds

    def teardown(self) -> None:
        """Look at every entry, as the check does, and take everything away."""
        try:
            assert check_store(self.workspace).sound
        finally:
            self.workspace.lock()
            shutil.rmtree(self.place)

    def _case(self, case: str) -> CaseFile:
        return read_case(self.workspace, case)

    def _open(self, folder: Path) -> None:
        self.folder = folder
        self.workspace = opened(folder, self.clock)
        self.workspace.officer = self.officer

    def _before(self) -> Cases:
        return copy.deepcopy(self.cases)

    @initialize(target=known, given=GIVEN, family=FAMILY)
    def first_case(self, given: str, family: str) -> Any:
        """Open a case, so that there is something to begin with."""
        return self.new_case(given, family)

    @rule(target=known, given=GIVEN, family=FAMILY)
    def new_case(self, given: str, family: str) -> str:
        """Open a case with one person."""
        values = {"given_names": given, "family_name": family}
        made = open_case(self.workspace, {"country_of_return": "AL"}, [(values, {"role": "principal_applicant"})])
        self.cases[made.case] = {"people": [values], "notes": [], "closed": False}
        return str(made.case)

    def _open_one(self, case: str) -> bool:
        return case in self.cases and not self.cases[case]["closed"]

    @rule(
        case=known,
        values=some.fixed_dictionaries(
            {"phone": some.sampled_from(NUMBERS)}, optional={"occupation": TEXTS | some.none()}
        ),
    )
    def edit(self, case: str, values: Mapping[str, object]) -> None:
        """Change the first person of a case."""
        if not self._open_one(case):
            return
        before, person = self._before(), self._case(case).members[0].person
        changes = edit_record(self.workspace, person, values, case)
        held = self.cases[case]["people"][0]
        held.update(values)
        self.cases[case]["people"][0] = {key: value for key, value in held.items() if value is not None}
        if changes is not None:
            self.done.append((changes.change_id, before))

    @rule(case=known, phones=some.permutations(NUMBERS))
    def change_a_mind(self, case: str, phones: list[str]) -> None:
        """Write a telephone, another one over it, and take the second back."""
        for phone in phones[:2]:
            self.edit(case, {"phone": phone})
        if self.done and self._open_one(case):
            self.undo_the_last()

    @rule(case=known, text=TEXTS)
    def write_note(self, case: str, text: str) -> None:
        """Write a note into a case."""
        if self._open_one(case):
            before = self._before()
            made = new_record(self.workspace, "note", {"text": text, "on": "2026-06-15"}, case)
            self.cases[case]["notes"].append(text)
            self.done.append((made.changes.change_id, before))

    @rule(case=known)
    def remove_note(self, case: str) -> None:
        """Take the first note of a case away."""
        if self._open_one(case) and self.cases[case]["notes"]:
            before, note = self._before(), self._case(case).notes[0]
            changes = remove_record(self.workspace, note, case)
            self.cases[case]["notes"].remove(note.text("text"))
            self.done.append((changes.change_id, before))

    @precondition(lambda self: self.done)
    @rule()
    def undo_the_last(self) -> None:
        """Undo what was done last; a closed case refuses."""
        change, before = self.done.pop()
        try:
            undo(self.workspace, change)
        except RefusedError:
            return
        later = self.cases.keys() - before.keys()
        self.cases = {**before, **{case: self.cases[case] for case in later}}

    @rule(case=known)
    def close(self, case: str) -> None:
        """Close a case, or open it again."""
        if case not in self.cases:
            return
        closed = self.cases[case]["closed"]
        try:
            if closed:
                reopen_case(self.workspace, self._case(case), "came back")
            else:
                close_case(self.workspace, self._case(case), "objectives_met")
        except RefusedError:
            return
        self.cases[case]["closed"] = not closed
        self.done.clear()  # what stood before is no longer what an undo gives back

    @rule(case=known, text=TEXTS)
    def type_and_leave(self, case: str, text: str) -> None:
        """Type into a form and go away without saving."""
        if self._open_one(case):
            keep_draft(self.workspace, f"note {case}", case, "note", "", {"text": text}, ())
            self.typed[f"note {case}"] = text

    @precondition(lambda self: self.typed)
    @rule()
    def throw_draft_away(self) -> None:
        """Throw away what was typed first."""
        form = next(iter(self.typed))
        del self.typed[form]
        drop_draft(self.workspace, form)

    @rule(case=known)
    def keep_print(self, case: str) -> None:
        """Make a summary and keep it in the outbox."""
        if case in self.cases:
            level = print_levels(self.workspace)[0]
            key = keep_copy(self.workspace, self._case(case), SUMMARY, level)
            self.printed[key] = self.cases[case]["people"][0]["given_names"]

    @rule(target=known, case=known)
    def export_and_import(self, case: str) -> Any:
        """Carry a case out as a document, and in again as another one with the same content."""
        if case not in self.cases:
            return multiple()
        made = add_case_document(self.workspace, case_document(self.workspace, self._case(case)))
        self.cases[made.case] = {**copy.deepcopy(self.cases[case]), "closed": False}
        held = self._case(made.case)
        self.cases[made.case]["closed"] = held.over
        return str(made.case)

    @rule()
    def lock_and_unlock(self) -> None:
        """Lock, and unlock again."""
        self.workspace.lock()
        self._open(self.folder)

    @rule()
    def kill(self) -> None:
        """Go on from the files as they lie at this moment, as after the end of a battery."""
        left = self.folder.with_name(f"{len(list(self.place.iterdir()))}.avrr")
        shutil.copytree(self.folder, left)
        self.workspace.store.connection.close()
        self.workspace.folder.unlock()
        shutil.rmtree(self.folder)
        left.rename(self.folder)
        self._open(self.folder)

    @rule()
    def back_up(self) -> None:
        """Make a backup."""
        made = make_backup(self.workspace, self.place / "stick")
        self.backups.append((made.path, self._before()))

    @precondition(lambda self: self.backups)
    @rule(choice=some.integers(0, 9))
    def restore(self, choice: int) -> None:
        """Put a backup in the place of the store; what came after it is gone, as are its drafts and prints."""
        backup, cases = self.backups[choice % len(self.backups)]
        self.workspace.lock()
        restore_backup(backup, self.folder)
        self._open(self.folder)
        self.cases, self.done = copy.deepcopy(cases), []
        self.printed = {item.pk: "" for item in outbox(self.workspace)}
        self.typed = {draft.form: str(draft.values["text"]) for draft in all_drafts(self.workspace)}

    @invariant()
    def everything_is_there(self) -> None:
        """Every case with its people and notes, and none besides."""
        assert {line.uid for line in all_cases(self.workspace)} == self.cases.keys()
        for case, held in self.cases.items():
            there = self._case(case)
            keys = {key for person in held["people"] for key in (*person, "phone", "occupation")}
            people = [
                {key: member.person.values[key] for key in keys if key in member.person.values}
                for member in there.members
            ]
            assert people == held["people"]
            assert sorted(note.text("text") for note in there.notes) == sorted(held["notes"])
            assert there.over == held["closed"]

    @invariant()
    def everybody_is_found(self) -> None:
        """Whoever is in a case is found by their name."""
        for case, held in self.cases.items():
            name = " ".join((held["people"][0]["given_names"], held["people"][0]["family_name"]))
            assert case in {hit.case.uid for hit in find(self.workspace, name, 500)}

    @invariant()
    def what_was_typed_or_printed_is_kept(self) -> None:
        """Drafts hold what was typed, documents open and name whom they are about."""
        assert {draft.form: draft.values["text"] for draft in all_drafts(self.workspace)} == self.typed
        assert {item.pk for item in outbox(self.workspace)} == self.printed.keys()

    @precondition(lambda self: self.printed)
    @rule()
    def look_at_a_print(self) -> None:
        """Read a document of the outbox as a stranger would."""
        key, name = next(iter(self.printed.items()))
        assert name in whole(sheets(outbox_document(self.workspace, key)[1]))

    @rule()
    def compare(self) -> None:
        """Compare the tables and the search index with the journal."""
        assert tables_match(self.workspace.store) and index_matches(self.workspace.store)


def settings_for(examples: int, steps: int) -> settings:
    """Return how long chance goes on: so many stories of so many steps."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=slow)


def main() -> int:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.rigs.whole_program", description=__doc__)
    parser.add_argument("--stories", type=int, default=500)
    parser.add_argument("--steps", type=int, default=60)
    given = parser.parse_args()
    run_machine(WholeProgram, settings=settings_for(given.stories, given.steps))
    print(f"{given.stories} stories of at most {given.steps} steps, nothing wrong")
    return 0


if __name__ == "__main__":
    sys.exit(main())
