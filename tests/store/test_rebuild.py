"""The tables are nothing but the journal applied in order: thrown away and made anew, they are the same."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as some

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.cases.cases import add_member, open_case
from avrr_desktop.operations.cases.closing import reopen_case
from avrr_desktop.operations.cases.services import add_service, move_step
from avrr_desktop.operations.session.records import edit_record, new_record, remove_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.journal.comparing import tables_match
from avrr_desktop.store.journal.verifying import chain_fault
from tests.support import stores
from tests.support.endings import close_case
from tests.support.journals import dump

TEXTS = some.text("aAzčćđëÇШћо '’\"%-0½é\n", min_size=1, max_size=8)
VALUES: Mapping[str, some.SearchStrategy[Mapping[str, object]]] = {
    "person": some.fixed_dictionaries(
        {}, optional={"phone": TEXTS, "given_names": TEXTS, "occupation": TEXTS | some.none(),
                      "safe_to_call": some.booleans(), "languages": some.lists(some.sampled_from(["sq", "sr", "mk"])),
                      "birth_date": some.sampled_from(["1985-06-15", "1988", "1955~", None])},
    ),
    "paper": some.fixed_dictionaries(
        {}, optional={"number": TEXTS, "state": some.sampled_from(["held", "missing", "requested"]),
                      "valid_until": some.sampled_from(["2027-01-01", "2026-06", None]), "remarks": TEXTS},
    ),
    "note": some.fixed_dictionaries({"text": TEXTS}),
}  # fmt: skip
ACTIONS = ("add", "set", "set", "old form", "old form", "remove", "undo", "undo", "member", "service", "step",
           "close", "reopen", "new case")  # fmt: skip


class Desk:
    """An officer who does whatever is drawn, from forms of any age."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.case = stores.family(workspace).case.uid
        self.forms: list[Record] = []  # every record as some form once showed it
        self.done = [entry.change.change_id for entry in workspace.store.journal.of_case(self.case)]

    def case_file(self) -> CaseFile:
        """Return the case as it stands, also once its opening is undone."""
        row = self.workspace.store.connection.one("SELECT pk FROM cases WHERE uid=?", (self.case,))
        assert row is not None
        return self.workspace.store.reader.case_by_key(row[0])

    def act(self, draw: some.DataObject) -> None:
        """Do one thing; a refusal is one of the things that happen."""
        action, kind = draw.draw(some.sampled_from(ACTIONS)), draw.draw(some.sampled_from(list(VALUES)))
        case = self.case_file()
        people = [member.person for member in case.members]
        now = {"person": people, "paper": list(case.papers), "note": list(case.notes)}[kind]
        self.forms += now
        forms = [form for form in self.forms if form.type == kind] if action == "old form" else now
        made: object = None
        try:
            if action in ("set", "old form") and forms:
                made = edit_record(
                    self.workspace, draw.draw(some.sampled_from(forms)), draw.draw(VALUES[kind]), self.case
                )
            elif action == "add":
                made = new_record(self.workspace, kind, draw.draw(VALUES[kind]), self.case).changes
            elif action == "remove" and (case.members if kind == "person" else forms):
                some_of = [member.membership for member in case.members] if kind == "person" else forms
                made = remove_record(self.workspace, draw.draw(some.sampled_from(some_of)), self.case)
            elif action == "undo":
                made = undo(self.workspace, draw.draw(some.sampled_from(self.done)))
            else:
                made = self._decide(action, case)
        except RefusedError:
            return
        if made is not None:
            self.done.append(getattr(made, "change_id", ""))

    def _decide(self, action: str, case: CaseFile) -> object:
        workspace, people = self.workspace, [member.person.uid for member in case.members]
        if action == "member":
            return add_member(workspace, case, {"family_name": "Ново"}, {"left_on": "2026-06"}).changes
        if action == "service":
            return add_service(workspace, case, "birth_registration", people[:2])
        if action == "step" and case.steps:
            return move_step(workspace, case, case.steps[0].uid, "done")
        if action == "close":
            return close_case(workspace, case, "completed")
        if action == "reopen":
            return reopen_case(workspace, case)
        if action == "new case" and people:
            return open_case(workspace, {}, known=people[0]).changes
        return None


@settings(max_examples=60, deadline=None)
@given(some.data(), some.integers(1, 16))
def test_a_rebuild_gives_the_same_dump_whatever_was_done(draw: some.DataObject, actions: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = stores.office_workspace(Path(folder) / "office.avrr")
        try:
            desk = Desk(workspace)
            for _ in range(actions):
                desk.act(draw)
            before = dump(workspace)
            assert tables_match(workspace.store)
            workspace.store.rebuild()
            assert dump(workspace) == before
            assert chain_fault(workspace.store.connection) is None
        finally:
            workspace.lock()


def test_a_rebuild_gives_the_same_tables_after_a_reopening(
    workspace: Workspace, family: CaseFile, opening: Callable[[Path], Workspace]
) -> None:
    before = dump(workspace)
    workspace.lock()
    workspace = opening(workspace.folder.path)
    workspace.store.rebuild()
    assert dump(workspace) == before
    assert check_store(workspace).sound
    workspace.lock()


def test_a_row_changed_past_the_journal_is_noticed_and_put_right(workspace: Workspace, family: CaseFile) -> None:
    before = dump(workspace)
    workspace.store.connection.execute("UPDATE persons SET birth_date='1999-01-01' WHERE given_names='Ana'")
    assert not tables_match(workspace.store)
    assert not check_store(workspace).sound
    workspace.store.rebuild()
    assert dump(workspace) == before
    assert check_store(workspace).sound


def test_looking_whether_the_tables_match_changes_nothing(workspace: Workspace, family: CaseFile) -> None:
    workspace.store.connection.execute("UPDATE persons SET birth_date='1999-01-01' WHERE given_names='Ana'")
    before = dump(workspace)
    assert not tables_match(workspace.store)
    assert dump(workspace) == before


def test_lists_and_search_are_made_anew_from_the_tables(workspace: Workspace, family: CaseFile) -> None:
    for table in ("case_lines", "agenda", "search_entries"):
        workspace.store.connection.execute(f"DELETE FROM {table}")
    workspace.store.rebuild_derived()
    report = check_store(workspace)
    assert report.cases == 1
    assert report.sound
