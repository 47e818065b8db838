"""What a journey says of referrals: honest moves come back; a jump, a sending without cover or line, another's approval wait."""

from collections.abc import Callable
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.records.fields import Value
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.exchange import admission
from avrr_desktop.operations.exchange.journey import merge_journey, take_along
from avrr_desktop.operations.referrals.moves import move_referral
from avrr_desktop.operations.referrals.override import ask_override
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal.quarantine import Quarantine
from tests.support import office_with_keys, stores
from tests.support.office_with_keys import FOUNDER, WORKER, People
from tests.support.referrals import agreed, draft, moved

Away = Callable[[Workspace, CaseFile, str], None]  # what happens on the journey, with the referral that went along


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def travelled(office: People, tmp_path: Path, away: Away) -> tuple[list[str], dict[str, Value]]:
    """Return the reasons for which entries wait at home, and the referral as it stands there, after a journey."""
    home = office.at_work(FOUNDER)
    family = stores.family(home)
    uid = draft(home, family)
    journey = take_along(home, [family.case.uid], tmp_path, office.everybody)
    home.lock()
    at = People(journey, office.founder).at_work(WORKER)
    away(at, family, uid)
    at.lock()
    home = office.at_work(FOUNDER)
    merge_journey(home, journey)
    waiting = [held.reason for held in Quarantine(home.store.connection).waiting()]
    values = dict(read_case(home, family.case.uid).referrals[0].values)
    home.lock()
    return waiting, values


def write(at: Workspace, family: CaseFile, *parts: Part) -> None:
    at.store.save(parts, case=family.case.uid, actor=at.actor, now=at.clock.now())


def says(uid: str, **values: Value | None) -> Part:
    return Part(PartKind.SET, "referral", uid, values)


def line(at: Workspace, family: CaseFile, uid: str, *people: str) -> Part:
    return adding(at, "access", {
        "what": "disclosed", "at": at.clock.now().isoformat(timespec="seconds"), "officer": at.actor, "persons": people,
        "case_link": family.case.uid, "referral_link": uid, "groups": ("identity",), "recipient": "Caritas",
    })  # fmt: skip


def test_honest_moves_come_back(office: People, tmp_path: Path) -> None:
    def away(at: Workspace, family: CaseFile, uid: str) -> None:
        agreed(at, family, family.members[0].person.uid)
        moved(at, family, uid, "send", "acknowledge")
        file = read_case(at, family.case.uid)
        undo(at, move_referral(at, file, uid, "accept").change_id)
        moved(at, family, uid, "start", "complete", "feedback")

    waiting, values = travelled(office, tmp_path, away)
    assert waiting == [] and values["state"] == "feedback_recorded" and values["sent_on"] == "2026-06-15"


def without_agreement(at: Workspace, family: CaseFile, uid: str) -> None:
    told = line(at, family, uid, family.members[0].person.uid)
    write(at, family, says(uid, state="sent", sent_on="2026-06-15"), told)


def in_two_steps(at: Workspace, family: CaseFile, uid: str) -> None:
    write(at, family, says(uid, state="cancelled"))
    write(at, family, says(uid, state="accepted"))


def only_the_day(at: Workspace, family: CaseFile, uid: str) -> None:
    write(at, family, says(uid, sent_on="2026-06-15"))


def approved_by_who_asked(at: Workspace, family: CaseFile, uid: str) -> None:
    ask_override(at, read_case(at, family.case.uid), uid, "vital_interest", "Insulin")
    write(at, family, says(uid, override_approved_by=at.actor))


FORGED: tuple[Away, ...] = (without_agreement, in_two_steps, only_the_day, approved_by_who_asked)


@pytest.mark.parametrize("what", FORGED, ids=lambda what: what.__name__)
def test_a_sending_from_outside_needs_its_line_and_its_cover(office: People, tmp_path: Path, what: Away) -> None:
    waiting, values = travelled(office, tmp_path, what)
    assert waiting == [admission.DECISION]
    assert values.get("state") in (None, "draft", "cancelled") and "sent_on" not in values
    assert "override_approved_by" not in values


def test_an_agreement_without_the_line_is_not_enough(office: People, tmp_path: Path) -> None:
    def away(at: Workspace, family: CaseFile, uid: str) -> None:
        agreed(at, family, family.members[0].person.uid)
        write(at, family, says(uid, state="sent", sent_on="2026-06-15"))

    waiting, values = travelled(office, tmp_path, away)
    assert waiting == [admission.DECISION] and "sent_on" not in values


def test_a_jump_from_outside_waits(office: People, tmp_path: Path) -> None:
    def away(at: Workspace, family: CaseFile, uid: str) -> None:
        agreed(at, family, family.members[0].person.uid)
        whole = says(uid, state="accepted", sent_on="2026-06-15")
        write(at, family, whole, line(at, family, uid, family.members[0].person.uid))

    waiting, values = travelled(office, tmp_path, away)
    assert waiting == [admission.DECISION] and values.get("state") in (None, "draft")
