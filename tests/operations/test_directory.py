"""The directory with the store: offices of the packs, the nearest first, entries joined and taken apart again."""

from datetime import date
from pathlib import Path

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.joined import FIRST, SECOND
from avrr_desktop.domain.errors import BadInputError, NotFoundError, RefusedError
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.partners.area import served
from avrr_desktop.domain.partners.offices import is_unwritten, office_uid
from avrr_desktop.domain.partners.standing import partner_warnings
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.rules import problems
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.join.partners import join_partners, likely_doubles_of_partners
from avrr_desktop.operations.practice.practice import PracticeOptions, create_practice
from avrr_desktop.operations.protection.data_subject import restrict_processing
from avrr_desktop.operations.referrals.directory import checks_due, partners, partners_for, warnings_of, write_office
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from tests.support.endings import close_case
from tests.support.referrals import stored_referral

REGISTRY, OTHER = office_uid("AL", "registry"), office_uid("AL", "other")


def take_back(workspace: Workspace, changes: Changes) -> None:
    undo(workspace, changes.change_id, *changes.together)


def written(workspace: Workspace) -> dict[str, Record]:
    return {one.uid: one for one in workspace.store.reader.everything("provider")}


def made(workspace: Workspace, **values: object) -> str:
    return new_record(workspace, "provider", values).record


def test_offices_of_the_office_s_country_are_there_and_none_is_written(workspace: Workspace) -> None:
    own = made(workspace, name="Caritas Lezha")
    there = partners(workspace)
    assert there[0].uid == own and REGISTRY in {one.uid for one in there}
    assert {one.text("country") for one in there[1:]} == {"AL"} and all(map(is_unwritten, there[1:]))
    assert {one.text("country") for one in partners(workspace, country="RS")[1:]} == {"AL", "RS"}
    assert [*written(workspace)] == [own]


def test_an_office_is_written_by_the_change_that_names_it_and_goes_with_its_undo(
    workspace: Workspace, family: CaseFile
) -> None:
    case = family.case.uid
    before = len(partners(workspace))
    referral = new_record(workspace, "referral", {"provider": REGISTRY, "state": "draft"}, case)
    entry = written(workspace)[REGISTRY]
    assert entry.text("from_pack") == "AL.registry" and not entry.text("checked_on") and not is_unwritten(entry)
    assert len(partners(workspace)) == before, "once, written or not"
    second = new_record(workspace, "plan", {"partners": [REGISTRY, OTHER]}, case)
    assert {*written(workspace)} == {REGISTRY, OTHER}
    take_back(workspace, second.changes)
    take_back(workspace, referral.changes)
    assert written(workspace) == {} and REGISTRY in {one.uid for one in partners(workspace)}
    again = new_record(workspace, "service", {"title": "Papers", "provider": REGISTRY}, case)
    assert written(workspace)[REGISTRY].text("name") == entry.text("name")
    assert check_store(workspace).sound and again.record
    assert [one.text("provider") for one in read_case(workspace, case).services if one.uid == again.record] == [
        REGISTRY
    ]


def test_an_office_that_somebody_edits_is_an_ordinary_entry(workspace: Workspace) -> None:
    write_office(workspace, REGISTRY, {"name": "Gjendja civile Lezhë", "country": "AL", "phone": "+355 21 500 600"})
    entry = written(workspace)[REGISTRY]
    assert (entry.text("name"), entry.text("from_pack")) == ("Gjendja civile Lezhë", "AL.registry")
    with pytest.raises(NotFoundError):
        write_office(workspace, REGISTRY, {"name": "Twice"})
    with pytest.raises(NotFoundError):
        write_office(workspace, "pack:AL.circus", {"name": "None"})
    edit_record(workspace, entry, {"opening": "8 to 14"})
    assert written(workspace)[REGISTRY].text("opening") == "8 to 14"


def test_who_serves_the_municipality_of_a_case_stands_first(workspace: Workspace, family: CaseFile) -> None:
    edit_record(workspace, family.case, {"country_of_return": "AL", "municipality_of_return": "Lezhë"}, family.case.uid)
    far = made(workspace, name="A far one", country="AL", area="Korçë")
    anywhere = made(workspace, name="B anywhere", country="AL")
    abroad = made(workspace, name="A abroad", country="RS", place="Niš")
    here = made(workspace, name="Z here", country="AL", area="Kurbin\nLezhë")
    order = [one.uid for one in partners_for(workspace, read_case(workspace, family.case.uid).case)]
    assert order[0] == here
    assert order.index(anywhere) < order.index(abroad) < order.index(far)


def test_a_check_is_due_for_the_office_and_what_is_over_warns(workspace: Workspace) -> None:
    late = made(workspace, name="Late", checked_on="2025-01-10", agreement_until="2026-01-31")
    made(workspace, name="Fresh", checked_on="2026-06-01")
    made(workspace, name="Never")
    assert [one.uid for one in checks_due(workspace)] == [late]
    assert warnings_of(workspace, late) == ("The agreement with this partner ended on 31.01.2026.",)
    assert warnings_of(workspace, "") == ()
    new_record(workspace, "office_rules", {"key": "all", "partner_check_months": 60})
    assert checks_due(workspace) == ()


def test_two_entries_become_one_in_every_case_and_come_apart_in_one_step(
    workspace: Workspace, family: CaseFile
) -> None:
    case = family.case.uid
    stays = made(workspace, name="Црвени крст Ниш", country="RS", place="Niš", phone="018 111 222", cost="free")
    goes = made(workspace, name="Crveni krst Niš", country="RS", place="Niš", phone="018 333 444", cost="fee")
    referral = stored_referral(workspace, {"provider": goes, "state": "sent"}, case)
    plan = new_record(workspace, "plan", {"partners": [stays, goes]}, case).record
    consent = new_record(workspace, "consent", {"provider": goes, "scope": "referral"}, case).record
    new_record(workspace, "service", {"title": "Papers", "provider": goes}, case)
    edit_record(workspace, read_case(workspace, case).case, {"sending_mission": goes}, case)
    closing = read_case(workspace, case)
    assert [(one.uid, other.uid) for one, other in likely_doubles_of_partners(workspace)] == [(stays, goes)]
    with pytest.raises(BadInputError):
        join_partners(workspace, stays, goes, {})
    before = written(workspace)
    changes = join_partners(workspace, stays, goes, {"name": FIRST, "cost": SECOND, "place": FIRST})
    after = read_case(workspace, case)
    assert {one.text("provider") for one in (*after.referrals, *after.services) if one.text("provider")} == {stays}
    assert [one.many("partners") for one in after.plans if one.uid == plan] == [(stays,)]
    assert [one.text("provider") for one in after.of_type("consent") if one.uid == consent] == [stays]
    assert after.case.text("sending_mission") == stays
    entry = written(workspace)[stays]
    assert goes not in written(workspace) and likely_doubles_of_partners(workspace) == ()
    assert entry.text("other_names") == "Crveni krst Niš" and entry.text("phone") == "018 111 222; 018 333 444"
    assert entry.text("cost") == "fee" and "Not kept: Cost for the person: Free of charge" in entry.text("remarks")
    gone = workspace.store.reader.record("provider", goes)
    assert gone is not None and gone.text("joined_into") == stays
    with pytest.raises(RefusedError):
        join_partners(workspace, stays, goes, {})
    late = new_record(workspace, "referral", {"provider": goes, "state": "draft"}, case).record
    take_back(workspace, join_partners(workspace, stays, goes, {}))
    assert {one.uid for one in read_case(workspace, case).referrals if one.text("provider") == goes} == {late}
    take_back(workspace, changes)
    assert {uid: dict(one.values) for uid, one in written(workspace).items()} == {
        uid: dict(one.values) for uid, one in before.items()
    }
    undone = read_case(workspace, case)
    assert {one.uid for one in undone.referrals if one.text("provider") == goes} == {referral, late}
    assert undone.case.values["sending_mission"] == closing.case.values["sending_mission"] == goes
    assert check_store(workspace).sound


def test_a_closed_case_is_told_as_a_late_entry_and_a_case_that_is_left_alone_refuses(
    workspace: Workspace, family: CaseFile
) -> None:
    case = family.case.uid
    stays, goes = made(workspace, name="One"), made(workspace, name="Two")
    stored_referral(workspace, {"provider": goes, "state": "closed"}, case)
    close_case(workspace, read_case(workspace, case), "objectives_met")
    join_partners(workspace, stays, goes, {"name": FIRST})
    after = read_case(workspace, case)
    assert stays in {one.text("provider") for one in after.referrals} and after.over
    third = made(workspace, name="Three")
    restrict_processing(workspace, after, "asked for it")
    with pytest.raises(RefusedError):
        join_partners(workspace, third, stays, {"name": FIRST})
    assert stays in written(workspace)
    with pytest.raises(RefusedError):
        join_partners(workspace, third, third, {})
    with pytest.raises(NotFoundError):
        join_partners(workspace, third, "nobody", {})


def test_a_case_that_names_an_entry_in_one_list_alone_is_told_too(workspace: Workspace, family: CaseFile) -> None:
    stays, goes = made(workspace, name="One"), made(workspace, name="Two")
    new_record(workspace, "plan", {"partners": [goes]}, family.case.uid)
    join_partners(workspace, stays, goes, {"name": FIRST})
    assert [one.many("partners") for one in read_case(workspace, family.case.uid).plans] == [(stays,)]


def test_the_practice_store_has_every_kind_of_partner(tmp_path: Path) -> None:
    workspace = create_practice(tmp_path / "practice.avrr", PracticeOptions(date(2026, 6, 15), cases=1))
    try:
        there = workspace.store.reader.everything("provider")
        assert {*workspace.pack.codes["provider_type"]} <= {one.text("type") for one in there}
        assert all(not problems(one, workspace.today.isoformat()) for one in there)
        places = workspace.pack.places
        assert all(line.place for one in there for line in served(one, places)), "each line of an area is a place"
        assert any(partner_warnings(one, workspace.today, workspace.words) for one in there)
    finally:
        workspace.lock()
