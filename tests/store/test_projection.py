"""Two forms open at once: nothing is overwritten that the writer had not seen, and nothing else is called a conflict."""

from collections.abc import Callable
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.operations.session.records import edit_record, remove_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal.comparing import tables_match
from tests.support.journals import dump, foreign, part, person


class Forms:
    """The first member's form, as several officers opened it at different moments."""

    def __init__(self, workspace: Workspace, case: CaseFile) -> None:
        self.workspace, self.case, self.uid = workspace, case.case.uid, case.members[0].person.uid

    def open(self) -> Record:
        """Return what a form opened now shows."""
        return person(self.workspace, self.uid)

    def save(self, shown: Record, **values: object) -> Changes:
        """Save a form that showed this."""
        changes = edit_record(self.workspace, shown, values, self.case)
        assert changes is not None
        return changes

    def conflicts(self) -> dict[str, tuple[Value | None, ...]]:
        """Return the values that stand beside each other."""
        return dict(self.open().conflicts or {})


@pytest.fixture
def forms(workspace: Workspace, family: CaseFile) -> Forms:
    return Forms(workspace, family)


def test_a_stale_form_keeps_both_values_and_shows_the_later(forms: Forms) -> None:
    stale = forms.open()
    forms.save(forms.open(), phone="first")
    forms.save(stale, phone="second")
    assert forms.conflicts() == {"phone": ("first", "second")}
    assert forms.open().text("phone") == "second"


def test_three_forms_keep_three_values(forms: Forms) -> None:
    stale = forms.open()
    for phone in ("first", "second", "third"):
        forms.save(stale, phone=phone)
    assert forms.conflicts() == {"phone": ("first", "second", "third")}
    assert forms.open().text("phone") == "third"


def test_a_save_that_had_seen_both_values_settles_it(forms: Forms) -> None:
    stale = forms.open()
    forms.save(forms.open(), phone="first")
    forms.save(stale, phone="second")
    forms.save(forms.open(), phone="agreed")
    assert forms.conflicts() == {}
    assert forms.open().text("phone") == "agreed"


@pytest.mark.parametrize("chosen", ["first", "second"])
def test_it_can_be_settled_for_either_value(forms: Forms, chosen: str) -> None:
    stale = forms.open()
    forms.save(forms.open(), phone="first")
    forms.save(stale, phone="second")
    edit_record(forms.workspace, forms.open(), {"phone": chosen}, forms.case)
    assert forms.conflicts() == {}
    assert forms.open().text("phone") == chosen


def test_a_save_that_had_seen_one_value_replaces_only_that(forms: Forms) -> None:
    stale = forms.open()
    forms.save(forms.open(), phone="first")
    seen_first = forms.open()
    forms.save(stale, phone="second")
    forms.save(seen_first, phone="third")
    assert forms.conflicts() == {"phone": ("second", "third")}


def test_a_form_that_saw_everything_makes_no_conflict(forms: Forms) -> None:
    forms.save(forms.open(), phone="1")
    forms.save(forms.open(), occupation="baker")
    forms.save(forms.open(), phone="2")
    forms.save(forms.open(), occupation="cook", phone="3")
    assert forms.conflicts() == {}
    assert (forms.open().text("phone"), forms.open().text("occupation")) == ("3", "cook")


def test_another_field_set_meanwhile_is_no_conflict(forms: Forms) -> None:
    stale = forms.open()
    forms.save(forms.open(), phone="1")
    forms.save(stale, occupation="baker")
    assert forms.conflicts() == {}
    assert (forms.open().text("phone"), forms.open().text("occupation")) == ("1", "baker")


def test_a_conflict_stays_while_other_fields_are_set(forms: Forms) -> None:
    stale = forms.open()
    forms.save(forms.open(), phone="first")
    forms.save(stale, phone="second")
    forms.save(forms.open(), occupation="baker")
    assert forms.conflicts() == {"phone": ("first", "second")}
    forms.save(forms.open(), phone="agreed")
    assert forms.conflicts() == {}


def test_the_same_value_twice_is_no_conflict(forms: Forms) -> None:
    stale = forms.open()
    forms.save(forms.open(), phone="same")
    forms.save(stale, phone="same")
    assert forms.conflicts() == {}
    assert forms.open().text("phone") == "same"


@pytest.mark.parametrize(("field", "values"), [("phone", ("a", "b")), ("languages", (("sqi",), ("srp", "mkd")))])
def test_a_value_that_already_stands_in_a_conflict_is_not_kept_twice(
    forms: Forms, field: str, values: tuple[Value, Value]
) -> None:
    stale = forms.open()
    forms.save(forms.open(), **{field: values[0]})
    forms.save(stale, **{field: values[1]})
    forms.save(stale, **{field: values[0]})
    assert sorted(map(str, forms.conflicts()[field])) == sorted(map(str, values))


def test_clearing_a_field_unseen_keeps_the_value_beside_the_nothing(forms: Forms) -> None:
    forms.save(forms.open(), phone="1")
    stale = forms.open()
    forms.save(forms.open(), phone="2")
    forms.save(stale, phone=None)
    assert forms.conflicts() == {"phone": ("2", None)}
    assert "phone" not in forms.open().values


def test_what_is_shown_goes_by_the_clock_and_not_by_the_order_of_arrival(forms: Forms) -> None:
    forms.save(forms.open(), phone="ours, later")
    older = foreign(part("set", "person", forms.uid, phone="theirs, earlier"), case=forms.case, clock=7)
    forms.workspace.store.journal.keep(older)
    forms.workspace.store.rebuild()
    assert set(forms.conflicts()["phone"]) == {"ours, later", "theirs, earlier"}
    assert forms.open().text("phone") == "ours, later"


def test_another_device_that_had_seen_only_one_of_two_values_replaces_only_that(forms: Forms) -> None:
    stale = forms.open()
    forms.save(forms.open(), phone="first")
    second = forms.save(stale, phone="second").change_id
    entry = forms.workspace.store.journal.named(second)
    assert entry is not None
    clock = entry.change.envelope["clock"] + 1
    body = part("set", "person", forms.uid, phone="theirs")
    forms.workspace.store.journal.keep(foreign(body, case=forms.case, clock=clock, parents=[[second]]))
    forms.workspace.store.rebuild()
    assert forms.conflicts() == {"phone": ("first", "theirs")}


def test_with_equal_clocks_the_name_of_the_entry_decides(forms: Forms) -> None:
    saved = forms.workspace.store.journal.named(forms.save(forms.open(), phone="ours").change_id)
    assert saved is not None
    for device, shown in (("00000000000000000000000000", "ours"), ("ZZZZZZZZZZZZZZZZZZZZZZZZZZ", "theirs")):
        clock = saved.change.envelope["clock"]
        twin = foreign(part("set", "person", forms.uid, phone="theirs"), case=forms.case, clock=clock, device=device)
        forms.workspace.store.journal.keep(twin)
        forms.workspace.store.rebuild()
        assert forms.open().text("phone") == shown


def test_both_values_survive_a_reopening_and_a_rebuild(forms: Forms, opening: Callable[[Path], Workspace]) -> None:
    stale = forms.open()
    forms.save(forms.open(), phone="first")
    forms.save(stale, phone="second")
    forms.workspace.lock()
    forms.workspace = opening(forms.workspace.folder.path)
    assert forms.conflicts() == {"phone": ("first", "second")}
    forms.workspace.store.rebuild()
    assert forms.conflicts() == {"phone": ("first", "second")}
    forms.workspace.lock()


def test_add_remove_add_leaves_the_record_as_it_was(workspace: Workspace, family: CaseFile) -> None:
    case, paper = family.case.uid, family.papers[0]
    removed = remove_record(workspace, paper, case)
    assert paper.uid not in {item.uid for item in workspace.store.reader.case_file(case).papers}
    assert workspace.store.reader.is_removed("paper", paper.uid, case)
    back = undo(workspace, removed.change_id)
    there = {item.uid: item for item in workspace.store.reader.case_file(case).papers}
    assert there[paper.uid].values == paper.values
    undo(workspace, back.change_id)
    assert workspace.store.reader.is_removed("paper", paper.uid, case)
    assert tables_match(workspace.store)


def test_a_form_open_over_a_removed_record_is_told_so_and_writes_nothing(
    workspace: Workspace, family: CaseFile
) -> None:
    case, paper = family.case.uid, family.papers[0]
    removed = remove_record(workspace, paper, case)
    before, count = dump(workspace), workspace.store.journal.count()
    with pytest.raises(RefusedError) as refused:
        edit_record(workspace, paper, {"number": "77"}, case)
    assert "Undo the removal" in refused.value.hint
    assert (dump(workspace), workspace.store.journal.count()) == (before, count)
    undo(workspace, removed.change_id)
    edit_record(workspace, paper, {"number": "77"}, case)
    found = workspace.store.reader.record("paper", paper.uid, case)
    assert found is not None and found.text("number") == "77"


def test_a_change_that_meets_a_removal_does_not_bring_the_record_back(workspace: Workspace, family: CaseFile) -> None:
    case, paper = family.case.uid, family.papers[0]
    removed = remove_record(workspace, paper, case)
    theirs = foreign(part("set", "paper", paper.uid, number="77"), case=case, clock=1 << 62)
    workspace.store.journal.keep(theirs)
    workspace.store.rebuild()
    assert workspace.store.reader.is_removed("paper", paper.uid, case)
    undo(workspace, removed.change_id)
    found = workspace.store.reader.record("paper", paper.uid, case)
    assert found is not None and found.text("number") == "77"


def test_a_refused_save_leaves_the_tables_alone(forms: Forms) -> None:
    before = forms.open()
    with pytest.raises(ZeroDivisionError), forms.workspace.store.transaction():
        forms.save(forms.open(), phone="never")
        raise ZeroDivisionError
    assert forms.open() == before
