"""What goes when the time of a closed case is over: by the programme's rules, agreed to by two, out of the journal too."""

from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.procedure.retention import rule_of
from avrr_desktop.operations.cases.cases import add_known_member, open_case
from avrr_desktop.operations.files.files import attach_file
from avrr_desktop.operations.protection.data_subject import restrict_processing
from avrr_desktop.operations.protection.retention import find_due, let_go, sets_rules
from avrr_desktop.operations.session.access_log import accesses
from avrr_desktop.operations.session.drafts import all_drafts, keep_draft
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.sealing import opened
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.folder.attachments import names_in
from tests.support import office_with_keys, stores
from tests.support.journals import dump, tables_with

RULES = "person.phone 24 emptied\nperson.birth_place 24 emptied\nperson.birth_date 24 coarsened\ncontact 24 counted"
PHONE = "+383 44 555 0143"


def closed(workspace: Workspace, case_file: CaseFile, on: str = "2024-05-31") -> None:
    """Close a case some years ago, as the store of that time would hold it."""
    case = workspace.store.reader.case_file(case_file.case.uid).case
    values = {"status": "closed", "closure_reason": "withdrew", "closed_on": on, "programme": "lake"}
    part = Part(PartKind.COMMAND, "case", case.uid, values, case.seen)
    workspace.store.save([part], case=case.uid, actor=workspace.actor, now=workspace.clock.now())


def with_rules(workspace: Workspace, case_file: CaseFile, rules: str = RULES) -> None:
    new_record(workspace, "programme", {"title": "Lake", "key": "lake", "retention": rules})
    edit_record(workspace, case_file.members[2].person, {"phone": PHONE}, case_file.case.uid)
    for day in ("2026-05-05", "2026-05-06"):
        new_record(workspace, "contact", {"on": day, "kind": "call", "summary": "Razgovor o upisu"}, case_file.case.uid)
    closed(workspace, case_file)


def what(workspace: Workspace) -> dict[str, int]:
    return {one.rule.line: len(one.records) for one in find_due(workspace)}


def test_what_the_rules_say_goes_out_of_tables_and_journal_and_the_rest_stays(
    workspace: Workspace, family: CaseFile
) -> None:
    assert not sets_rules(workspace)
    with_rules(workspace, family)
    assert sets_rules(workspace)
    assert what(workspace) == {
        "person.phone 24 emptied": 1, "person.birth_place 24 emptied": 2, "person.birth_date 24 coarsened": 3, "contact 24 counted": 2,
    }  # fmt: skip
    assert let_go(workspace, find_due(workspace)) == 5, "three people and two contacts"
    for gone in (PHONE, "Razgovor", "Liège", "2014-03-02", "1985-06-15"):
        assert tables_with(workspace, gone) == set(), gone
    after = workspace.store.reader.case_file(family.case.uid)
    assert [one.person.text("birth_date") for one in after.members] == ["1985", "1988", "2014", "2019", "1955~"]
    assert [one.person.text("family_name") for one in after.members] == [
        one.person.text("family_name") for one in family.members
    ]
    assert after.members[0].person.text("national_number") == "1506985600010" and after.notes and not after.contacts
    assert [paper.text("holder") for paper in after.papers] == [paper.text("holder") for paper in family.papers]
    [line] = [one for one in accesses(workspace) if one.text("what") == "erased"]
    assert "contact 24 counted: 2" in line.text("reason") and line.text("case_link") == family.case.uid
    assert find_due(workspace) == (), "what went is not due again"


def test_the_check_is_satisfied_and_a_rebuild_gives_the_same(workspace: Workspace, family: CaseFile) -> None:
    with_rules(workspace, family)
    let_go(workspace, find_due(workspace))
    assert check_store(workspace).sound
    before = dump(workspace)
    workspace.store.rebuild()
    assert dump(workspace) == before


def test_a_person_whom_another_case_needs_stays_as_they_are(workspace: Workspace, family: CaseFile) -> None:
    with_rules(workspace, family)
    other = open_case(workspace, {"called": "Gashi", "opened_on": "2026-05-05"}, []).case
    add_known_member(workspace, workspace.store.reader.case_file(other), family.members[2].person.uid)
    assert what(workspace) == {
        "person.birth_place 24 emptied": 1,
        "person.birth_date 24 coarsened": 2,
        "contact 24 counted": 2,
    }
    let_go(workspace, find_due(workspace))
    assert tables_with(workspace, PHONE)


def test_before_its_day_and_where_nobody_may_work_on_a_case_nothing_goes(
    workspace: Workspace, family: CaseFile
) -> None:
    with_rules(workspace, family, "contact 25 counted")
    assert find_due(workspace) == ()
    record = workspace.store.reader.everything("programme")[0]
    edit_record(workspace, record, {"retention": "contact 24 counted"})
    assert what(workspace) == {"contact 24 counted": 2}
    restrict_processing(workspace, workspace.store.reader.case_file(family.case.uid), "Court case")
    assert find_due(workspace) == ()


def test_what_was_typed_and_not_saved_goes_too(workspace: Workspace, family: CaseFile) -> None:
    person = family.members[2].person
    keep_draft(workspace, f"person/{person.uid}", family.case.uid, "person", person.uid, {"phone": PHONE}, ())
    with_rules(workspace, family)
    let_go(workspace, find_due(workspace))
    assert not all_drafts(workspace)


def test_something_changed_meanwhile_is_looked_at_again(workspace: Workspace, family: CaseFile) -> None:
    with_rules(workspace, family)
    due = find_due(workspace)
    new_record(workspace, "programme", {"title": "River", "key": "river"})
    edit_record(workspace, workspace.store.reader.everything("programme")[0], {"retention": "contact 24 counted"})
    with pytest.raises(RefusedError):
        let_go(workspace, due)
    assert tables_with(workspace, PHONE)


def test_two_people_decide_where_each_signs(tmp_path: Path) -> None:
    office = office_with_keys.office(tmp_path / "office.avrr")
    founder = office.at_work(office_with_keys.FOUNDER)
    with_rules(founder, stores.family(founder))
    due = find_due(founder)
    for second in (None, office_with_keys.agreeing(office.folder, office_with_keys.FOUNDER)):
        with pytest.raises(RefusedError):
            let_go(founder, due, second)
    assert find_due(founder) == due
    let_go(founder, due, office_with_keys.agreeing(office.folder))
    assert accesses(founder)[0].text("second") == office.second
    assert check_store(founder).sound and tables_with(founder, PHONE) == set()
    founder.lock()


@pytest.mark.parametrize("line", [
    "person.phone 24", "person.phone zwei emptied", "person.phone 0 emptied", "person.phone 601 emptied", "person 24 emptied",
    "person 24 counted", "case.called 24 emptied", "case 24 counted", "closing 24 counted", "provider.phone 24 emptied", "person.shoes 24 emptied",
    "person.phone 24 coarsened", "person.phone 24 counted", "vulnerability.kind 24 emptied", "note.text 24 emptied", "person. 24 emptied",
    "person.phone 24 forgotten", "", "x" * 600,
])  # fmt: skip
def test_a_line_that_is_no_rule_is_refused_in_words(line: str) -> None:
    if line == "note.text 24 emptied":  # its only text is required: the note would stay without a word
        line = "note.text  24  emptied"
    with pytest.raises(BadInputError):
        rule_of(line)


@pytest.mark.parametrize(
    "line", ["person.phone 24 emptied", "paper.valid_until 1 coarsened", "note 600 counted", "vulnerability 12 counted"]
)
def test_a_rule_reads_as_it_was_written(line: str) -> None:
    assert rule_of(line).line == line


def test_a_wrong_rule_is_not_saved(workspace: Workspace) -> None:
    with pytest.raises(BadInputError) as said:
        new_record(workspace, "programme", {"title": "Lake", "key": "lake", "retention": "phone 24"})
    assert said.value.values["line"] == "phone 24"


def test_a_file_that_goes_takes_its_sealed_content_along_and_what_was_closed_needs_its_key(
    workspace: Workspace, family: CaseFile
) -> None:
    attach_file(workspace, family.case.uid, b"%PDF-1.4 a scan", {}, name="scan.pdf")
    new_record(workspace, "vulnerability", {"kind": "vot", "what_was_said": "ljubičasta"}, family.case.uid)
    new_record(workspace, "note", {"text": "ljubičasta", "restricted": True}, family.case.uid)
    with_rules(workspace, family, "file 24 counted\nvulnerability 24 counted\nnote.kind 24 emptied")
    assert names_in(workspace.folder.path / "files")
    key = workspace.protection
    workspace.hold_protection(b"")
    with pytest.raises(RefusedError, match="restricted records"):
        find_due(workspace)
    workspace.hold_protection(key)
    let_go(workspace, find_due(workspace))
    after = workspace.store.reader.case_file(family.case.uid)
    assert not names_in(workspace.folder.path / "files") and not after.of_type("file")
    assert [one.type for one in after.restricted] == ["note"], "a restricted note stays, closed"
    assert "kind" not in opened(workspace, after.restricted[0]).values
    assert check_store(workspace).sound
