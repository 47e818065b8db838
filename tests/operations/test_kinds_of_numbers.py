"""The type of a personal number follows its figures, until somebody chooses one by hand; a wrong number is stored as it is."""

from avrr_desktop.domain.case.case_checks import all_problems_in_case
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.session.workspace import Workspace
from tests.operations.test_script_of_names import edited, person

WRONG = "J00101999A"


def test_the_type_is_stored_with_a_number_that_can_be_nothing_else(workspace: Workspace, family: CaseFile) -> None:
    found = person(workspace, family, family_name="Hoxha", national_number="Ј 00101 999 W")
    assert found.text("number_scheme") == "AL_NID"
    assert found.text("national_number") == "Ј 00101 999 W", "as it was typed"
    found = edited(workspace, found, family, national_number="1506985600010", citizenship="MK")
    assert found.text("number_scheme") == "EMBG"
    found = edited(workspace, found, family, number_scheme="other")
    assert edited(workspace, found, family, national_number="J00101999W").text("number_scheme") == "other"


def test_a_wrong_number_is_stored_and_told_by_the_place_of_its_person(workspace: Workspace, family: CaseFile) -> None:
    second = family.members[1].person
    assert edited(workspace, second, family, national_number=WRONG).text("national_number") == WRONG
    case_file = read_case(workspace, family.case.uid)
    told = [(record.uid, one.field) for record, one in all_problems_in_case(case_file, workspace.pack, workspace.today)]
    assert (second.uid, "national_number") in told
