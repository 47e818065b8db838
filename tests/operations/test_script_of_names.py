"""The script of a name follows what is written, until somebody chooses one by hand."""

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace


def person(workspace: Workspace, case: CaseFile, **names: str) -> Record:
    """Add a person and return it."""
    made = new_record(workspace, "person", dict(names), case.case.uid)
    found = workspace.store.reader.record("person", made.record)
    assert found is not None
    return found


def edited(workspace: Workspace, record: Record, case: CaseFile, **values: str) -> Record:
    """Change a person as the form does, and return it as it stands then."""
    edit_record(workspace, record, values, case.case.uid)
    found = workspace.store.reader.record("person", record.uid)
    assert found is not None
    return found


def test_a_name_that_is_written_anew_has_the_script_in_which_it_is_written(
    workspace: Workspace, family: CaseFile
) -> None:
    found = person(workspace, family, family_name="Ђорђевић")  # as the form begins: with the name of the family
    assert found.text("name_script") == "Cyrl"
    found = edited(workspace, found, family, family_name="Gashi", given_names="Besa")
    assert found.text("name_script") == "Latn"
    found = edited(workspace, found, family, given_names="Бесарта Гаши", family_name="")
    assert found.text("name_script") == "Cyrl"
    assert edited(workspace, found, family, phone="+000 1").text("name_script") == "Cyrl"


def test_a_script_that_was_chosen_by_hand_stays(workspace: Workspace, family: CaseFile) -> None:
    found = person(workspace, family, family_name="Gashi")
    found = edited(workspace, found, family, name_script="Cyrl")
    assert edited(workspace, found, family, given_names="Besa").text("name_script") == "Cyrl"
    found = edited(workspace, found, family, family_name="Гаши", name_script="Latn")
    assert found.text("name_script") == "Latn"
