"""Who is at work stands in the opened slot and nowhere else: a row that is taken away gives no right to anybody."""

from pathlib import Path

import pytest

from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.operations.access.officers import add_officer, begin_as
from avrr_desktop.operations.session.permission import OF_ROLE, Permission, may
from avrr_desktop.operations.session.records import directory, new_record
from avrr_desktop.operations.session.workspace import Workspace
from tests.support import office_with_keys
from tests.support.office_with_keys import FOUNDER, READER, People


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def allowed(workspace: Workspace) -> set[Permission]:
    return {one for one in Permission if may(workspace, one)}


def test_whose_row_was_taken_out_of_the_table_keeps_their_role_and_gets_no_other(office: People) -> None:
    workspace = office.at_work(READER)
    workspace.store.connection.execute("DELETE FROM officers WHERE uid=?", (office.reader,))
    workspace.lock()
    workspace = office.at_work(READER)
    assert (workspace.actor, workspace.role) == (office.reader, "read_only")
    assert allowed(workspace) == OF_ROLE["read_only"]
    with pytest.raises(RefusedError):
        new_record(workspace, "provider", {"name": "Bashkia"})
    workspace.lock()


def test_the_founder_gets_back_in_over_an_emptied_table_and_makes_it_anew(office: People) -> None:
    workspace = office.at_work(FOUNDER)
    workspace.store.connection.execute("DELETE FROM officers")
    workspace.lock()
    workspace = office.at_work(FOUNDER)
    assert workspace.role == "supervisor"
    workspace.store.rebuild()
    assert len(directory(workspace, "officer")) == 4
    workspace.lock()


def test_nobody_in_particular_only_reads_where_each_has_a_passphrase(office: People) -> None:
    workspace = office.at_work(READER)
    workspace.officer = None
    assert allowed(workspace) == {Permission.READ}
    workspace.lock()


def test_nobody_goes_to_work_as_somebody_else_or_as_a_new_officer(office: People) -> None:
    workspace = office.at_work(READER)
    entries = workspace.store.journal.count()
    with pytest.raises(RefusedError):
        begin_as(workspace, office.founder)
    with pytest.raises(RefusedError):
        add_officer(workspace, "Petrit Gashi", "PG")
    assert (workspace.actor, workspace.store.journal.count()) == (office.reader, entries)
    workspace.lock()
