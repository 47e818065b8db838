"""An officer without a right does not get it by another way through the program: codes, undo, lines of who looked."""

from pathlib import Path

import pytest

from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.keys import recovery, slots
from avrr_desktop.operations.officers import add_officer, begin_as, take_protection
from avrr_desktop.operations.permission import Permission, may
from avrr_desktop.operations.recovery import check_new_code, trust_recovery_code
from tests import people
from tests.folders import copy_of
from tests.people import FOUNDER, QUICK, WORKER, People


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> People:
    return people.office(Path(tmp_path_factory.mktemp("insider")) / "office.avrr")


@pytest.fixture
def office(made: People) -> People:
    folder = copy_of(made.folder, f"copy-{len(list(made.folder.parent.iterdir()))}.avrr")
    return People(folder, made.founder, made.worker, made.reader, made.second)


def with_code(office: People, passphrase: str) -> tuple[str, str]:
    """Let a new recovery code open the store; return it and its public half."""
    workspace = office.at_work(passphrase)
    code = recovery.new_code()
    file, secrets = slots.with_recovery(workspace.folder.read_keys(), passphrase, code, QUICK, workspace.protection)
    workspace.folder.write_keys(file)
    workspace.lock()
    return code, people.Signer(secrets.seed).public


def test_a_recovery_code_that_nobody_signed_for_only_reads(office: People) -> None:
    code, public = with_code(office, WORKER)
    opened = office.at_work(code)
    assert [may(opened, one) for one in Permission] == [True] + [False] * 6
    with pytest.raises(RefusedError):
        begin_as(opened, office.founder)
    with pytest.raises(RefusedError):
        add_officer(opened, "New", "NN")
    with pytest.raises(RefusedError):
        trust_recovery_code(opened, public)
    assert opened.officer is None
    opened.lock()


def test_a_recovery_code_that_a_supervisor_signed_for_gives_everything_but_restricted_records(office: People) -> None:
    code, public = with_code(office, FOUNDER)
    founder = office.at_work(FOUNDER)
    trust_recovery_code(founder, public)
    founder.lock()
    opened = office.at_work(code)
    assert {one for one in Permission if not may(opened, one)} == {Permission.PROTECT}
    begin_as(opened, office.founder)
    assert opened.actor == office.founder
    opened.lock()


def test_nobody_goes_on_as_another_officer_where_each_has_a_passphrase(office: People) -> None:
    worker = office.at_work(WORKER)
    with pytest.raises(RefusedError):
        begin_as(worker, office.founder)
    with pytest.raises(RefusedError):
        add_officer(worker, "New", "NN")
    assert (worker.actor, worker.role) == (office.worker, "case_worker")
    worker.lock()


def test_a_recovery_code_is_made_by_who_manages_and_never_loses_the_key_of_restricted_records(office: People) -> None:
    worker = office.at_work(WORKER)
    with pytest.raises(RefusedError):
        check_new_code(worker)
    worker.lock()
    with_code(office, FOUNDER)
    founder = office.at_work(FOUNDER)
    check_new_code(founder)
    take_protection(founder, office.founder)
    founder.lock()
    without = office.at_work(FOUNDER)
    with pytest.raises(RefusedError) as refused:
        check_new_code(without)
    assert "restricted" in refused.value.title
    without.lock()
