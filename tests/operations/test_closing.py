"""Closing by two people where each signs for themselves; at once where one passphrase is shared."""

from pathlib import Path

import pytest

from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.keys.signing import verified
from avrr_desktop.operations.cases.closing import approve_closing, closing_asked, reopen_case, turn_down_closing
from avrr_desktop.operations.session.workspace import Workspace
from tests.support import office_with_keys, stores
from tests.support.endings import close_case
from tests.support.office_with_keys import FOUNDER, SECOND, WORKER, People


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def case_of(workspace: Workspace, uid: str):  # type: ignore[no-untyped-def]
    return workspace.store.reader.case_file(uid)


def asked(office: People) -> str:
    worker = office.at_work(WORKER)
    case = stores.family(worker)
    close_case(worker, case, "objectives_met")
    after = case_of(worker, case.case.uid)
    assert after.case.text("status") == "open" and closing_asked(after)
    with pytest.raises(RefusedError):
        approve_closing(worker, after)
    worker.lock()
    return case.case.uid


def test_one_asks_and_another_approves_with_their_signature(office: People) -> None:
    uid = asked(office)
    founder = office.at_work(FOUNDER)
    changes = approve_closing(founder, case_of(founder, uid))
    closed = case_of(founder, uid).case
    assert (closed.text("status"), closed.text("closure_approved_by")) == ("closed", office.founder)
    assert (closed.text("closure_asked_by"), closed.text("closure_reason")) == (office.worker, "objectives_met")
    entry = founder.store.journal.named(changes.change_id)
    assert entry and founder.store.person
    signature = entry.change.envelope["signature"].partition(" ")[2]
    assert verified(founder.store.person.public, entry.change.digest, signature)
    reopen_case(founder, case_of(founder, uid))
    assert not closing_asked(case_of(founder, uid))
    founder.lock()


def test_nobody_approves_what_they_asked_for(office: People) -> None:
    founder = office.at_work(FOUNDER)
    case = stores.family(founder)
    close_case(founder, case, "withdrew")
    with pytest.raises(RefusedError) as refused:
        approve_closing(founder, case_of(founder, case.case.uid))
    assert "yourself" in refused.value.title
    founder.lock()
    second = office.at_work(SECOND)
    with pytest.raises(BadInputError):
        turn_down_closing(second, case_of(second, case.case.uid), " ")
    turn_down_closing(second, case_of(second, case.case.uid), "The school has not answered.")
    assert not closing_asked(case_of(second, case.case.uid))
    with pytest.raises(RefusedError):
        approve_closing(second, case_of(second, case.case.uid))
    second.lock()


def test_where_the_programme_waives_it_one_person_closes(office: People) -> None:
    founder = office.at_work(FOUNDER)
    case = stores.family(founder)
    settings = dict(founder.pack.settings) | {"self_approval": 1}
    from dataclasses import replace

    founder.pack = replace(founder.pack, settings=settings)
    close_case(founder, case, "withdrew")
    assert case_of(founder, case.case.uid).case.text("status") == "closed"
    founder.lock()
