"""Days of answers: the lists of cases with referrals are made anew when a pack says others, however the cases came."""

from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from tests.support.referrals import stored_referral


def test_a_case_of_one_entry_is_listed_anew_with_other_days(workspace: Workspace) -> None:
    case = add_case_document(workspace, {"case": {}, "person": [{"family_name": "Hoti"}]}).case
    stored_referral(workspace, {"state": "sent", "sent_on": "2026-05-02"}, case)
    before = {line.uid: line.due for line in workspace.store.reader.lines([1])}
    workspace.store.take_answer_days({"emergency": 1, "urgent": 3, "normal": 40})
    after = {line.uid: line.due for line in workspace.store.reader.lines([1])}
    assert before.keys() == after.keys() == {case}
    assert before != after
    workspace.store.take_answer_days({"emergency": 1, "urgent": 3, "normal": 14})
    assert {line.uid: line.due for line in workspace.store.reader.lines([1])} == before
    assert check_store(workspace).sound
