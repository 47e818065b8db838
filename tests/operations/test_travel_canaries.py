"""A journey carries no word about a case that stays at home, wherever the word was typed."""

from pathlib import Path

from avrr_desktop.domain.records.record_types import ALL
from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.documents.printing import finished_copy, put_in_outbox
from avrr_desktop.operations.exchange.journey import merge_journey, take_along
from avrr_desktop.operations.protection.restricted import break_glass
from avrr_desktop.operations.session.access_log import accesses, note
from avrr_desktop.operations.session.drafts import keep_draft
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.folder.attachments import names_in
from tests.operations.test_erasing import TEXTS, Canaries, fill
from tests.support import office_with_keys, stores
from tests.support.journals import tables_with
from tests.support.office_with_keys import FOUNDER, People


def every_word(home: Workspace, canaries: Canaries) -> str:
    """Fill a case that stays with a word in every typed field, also in what stands beside it; return the case."""
    opened = open_case(
        home,
        {"called": canaries.word(), "remarks": canaries.word(), "story": canaries.word()},
        [({field.key: canaries.word() for field in kind.fields if field.kind in TEXTS and not field.computed}, {})
         for kind in ALL if kind.key == "person"],
    )  # fmt: skip
    person = home.store.reader.case_file(opened.case).members[0].person.uid
    canaries.stand_in(opened.case, "case", opened.case)
    fill(home, canaries, opened.case, person, about=True)
    fill(home, canaries, opened.case, person, about=False)
    keep_draft(home, f"new {opened.case}", opened.case, "note", "D", {"text": canaries.word()}, ())
    new_record(home, "provider", {"name": canaries.word(), "remarks": canaries.word(), "address": canaries.word()})
    for what in ("viewed", "handed_over", "exported"):
        note(home, what, case=opened.case, reason=canaries.word(), recipient=canaries.word(), document="summary")
    note(home, "exported", reason=canaries.word())
    case_file = home.store.reader.case_file(opened.case)
    copy, made = finished_copy(home, case_file, "summary", "full_internal", canaries.word(), canaries.word())
    put_in_outbox(home, case_file, copy, "summary", made)
    break_glass(home, home.protection, f"{canaries.word()} and she is in danger there", opened.case)
    canaries.stand_in(opened.case, "access", "")
    return opened.case


def test_no_word_about_a_case_that_stays_goes_along(tmp_path: Path) -> None:
    office = office_with_keys.office(tmp_path / "office.avrr")
    home = office.at_work(FOUNDER)
    canaries = Canaries()
    goes = stores.family(home)
    kept = new_record(home, "provider", {"name": "Centre", "remarks": "ask for Mira"}).record
    new_record(home, "referral", {"provider": kept}, goes.case.uid)
    every_word(home, canaries)
    note(home, "viewed", case=goes.case.uid, reason="of the one that goes")
    both = goes.members[0].person
    second = open_case(home, {"called": "Second"}, [], known=both.uid)
    edit_record(home, both, {"address": "New street"}, second.case)
    assert canaries.left(home) == set(canaries.of) and len(canaries.of) > 100
    journey = take_along(home, [goes.case.uid], tmp_path / "stick", office.everybody)
    home.lock()

    away = People(journey, office.founder).at_work(FOUNDER)
    assert canaries.left(away) == set()
    assert not names_in(journey / "files")
    assert [record.uid for record in away.store.reader.everything("provider")] == [kept]
    assert {line.text("case_link") for line in accesses(away)} == {goes.case.uid}
    people_there = {row[0] for row in away.store.connection.rows("SELECT uid FROM persons")}
    after = away.store.reader.case_file(goes.case.uid)
    assert people_there == {member.person.uid for member in after.members}
    assert after.members[0].person.text("address") == "New street", "a person is the same in every case"
    assert check_store(away).sound and away.officer is not None
    new_record(away, "note", {"text": "on the way"}, goes.case.uid)
    away.lock()
    home = office.at_work(FOUNDER)
    assert merge_journey(home, journey).entries == 1
    assert len(canaries.left(home)) == len(canaries.of)
    assert check_store(home).sound
    home.lock()


def test_of_an_entry_in_which_somebody_came_into_another_case_only_they_go_along(tmp_path: Path) -> None:
    office = office_with_keys.office(tmp_path / "office.avrr")
    home = office.at_work(FOUNDER)
    word = Canaries().word()
    stays = open_case(
        home,
        {"called": f"{word} a", "story": f"{word} b"},
        [({"family_name": "Hoxha"}, {"role": "principal_applicant"})],
    )
    person = home.store.reader.case_file(stays.case).members[0].person.uid
    goes = open_case(home, {"called": "Goes"}, [], known=person)
    journey = take_along(home, [goes.case], tmp_path / "stick")
    home.lock()

    away = People(journey, office.founder).at_work(FOUNDER)
    assert away.store.reader.case_file(goes.case).members[0].person.text("family_name") == "Hoxha"
    assert tables_with(away, word) == set()
    assert away.store.connection.rows("SELECT uid FROM cases") == [(goes.case,)]
    assert check_store(away).sound
    away.lock()
