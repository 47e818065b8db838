"""What comes back from a journey is whole: files, people who belong to other cases too, and never the wrong store goes."""

import shutil
from pathlib import Path

import pytest

from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.cases.search import find
from avrr_desktop.operations.exchange.journey import merge_journey, take_along, take_in
from avrr_desktop.operations.exchange.quarantine import let_in, waiting
from avrr_desktop.operations.files.files import attach_file, check_files, file_content, files_of
from avrr_desktop.operations.protection.data_subject import erase_case, erase_person
from avrr_desktop.operations.session.drafts import drop_draft, keep_draft
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.store.backups import make_backup, restore_backup
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.folder.attachments import names_in
from tests.support import office_with_keys, stores
from tests.support.journals import tables_with
from tests.support.office_with_keys import FOUNDER, WORKER, People

WORD = "0vamprobkuf"


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def test_files_go_along_and_those_of_the_journey_come_back(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    case = stores.family(home)
    other = open_case(home, {"called": "Other"}, [])
    attach_file(home, case.case.uid, b"%PDF-1.4 at home", name="a.pdf")
    attach_file(home, other.case, b"%PDF-1.4 of the others", name="c.pdf")
    journey = take_along(home, [case.case.uid], tmp_path, office.everybody)
    home.lock()
    away = People(journey, office.founder).at_work(WORKER)
    assert check_files(away) == (0, 0)
    assert len([path for path in (journey / "files").rglob("*") if path.is_file()]) == 1
    attach_file(away, case.case.uid, b"%PDF-1.4 away", name="b.pdf")
    away.lock()
    home = office.at_work(FOUNDER)
    merge_journey(home, journey)
    assert check_files(home) == (0, 0) and not journey.exists()
    after = home.store.reader.case_file(case.case.uid)
    assert {file_content(home, after, file.uid) for file in files_of(after)} == {b"%PDF-1.4 at home", b"%PDF-1.4 away"}
    home.lock()


def test_the_store_at_home_never_goes(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    journey = take_along(home, [stores.family(home).case.uid], tmp_path, office.everybody)
    home.lock()
    away = People(journey, office.founder).at_work(FOUNDER)
    with pytest.raises(RefusedError):
        merge_journey(away, office.folder)
    away.lock()
    copy = tmp_path / "copy.avrr"
    shutil.copytree(office.folder, copy)
    home = office.at_work(FOUNDER)
    with pytest.raises(RefusedError):
        merge_journey(home, copy)
    home.lock()
    assert (office.folder / "store.db").exists() and (copy / "store.db").exists()


def test_what_was_typed_on_the_journey_and_not_saved_is_not_thrown_away(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    case = stores.family(home)
    journey = take_along(home, [case.case.uid], tmp_path, office.everybody)
    home.lock()
    away = People(journey, office.founder).at_work(WORKER)
    keep_draft(away, "new X", case.case.uid, "note", "X", {"text": "typed at the border"}, ())
    away.lock()
    home = office.at_work(FOUNDER)
    with pytest.raises(RefusedError):
        merge_journey(home, journey)
    home.lock()
    away = People(journey, office.founder).at_work(WORKER)
    drop_draft(away, "new X")
    away.lock()
    home = office.at_work(FOUNDER)
    merge_journey(home, journey)
    home.lock()


def test_a_person_of_two_cases_reads_the_same_in_both_when_they_come_back(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    case = stores.family(home)
    open_case(home, {"called": "Other"}, [], known=case.members[0].person.uid)
    journey = take_along(home, [case.case.uid], tmp_path, office.everybody)
    home.lock()
    away = People(journey, office.founder).at_work(WORKER)
    edit_record(away, away.store.reader.case_file(case.case.uid).members[0].person, {"family_name": "Zandersson"},
                case.case.uid)  # fmt: skip
    away.lock()
    home = office.at_work(FOUNDER)
    merge_journey(home, journey)
    assert {hit.case.called for hit in find(home, "Zandersson")} == {case.case.text("called"), "Other"}
    assert check_store(home).sound
    home.lock()


def test_what_was_erased_at_home_does_not_come_back(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    case, kept = stores.family(home), stores.family(home)
    journey = take_along(home, [case.case.uid, kept.case.uid], tmp_path, office.everybody)
    home.lock()
    away = People(journey, office.founder).at_work(WORKER)
    for one in (case, kept):
        edit_record(away, one.members[0].person, {"address": f"{WORD} street"}, one.case.uid)
        new_record(away, "note", {"text": f"{WORD} at the border"}, one.case.uid)
        new_record(away, "paper", {"holder": one.members[0].person.uid, "number": f"{WORD} 7"}, one.case.uid)
    away.lock()
    home = office.at_work(FOUNDER)
    erase_case(home, case, "article 17", office_with_keys.agreeing(office.folder))
    erase_person(home, kept, kept.members[0], "article 17", office_with_keys.agreeing(office.folder))
    merge_journey(home, journey)
    assert tables_with(home, f"{WORD} street") == set() == tables_with(home, f"{WORD} 7")
    notes = {note.text("text") for note in home.store.reader.case_file(kept.case.uid).notes}
    assert f"{WORD} at the border" in notes
    report = check_store(home)
    assert report.sound and report.cases == 1
    home.lock()


def test_what_names_people_in_a_list_comes_back_only_where_somebody_of_them_is_left(
    office: People, tmp_path: Path
) -> None:
    home = office.at_work(FOUNDER)
    case = stores.family(home)
    going, staying = (case.members[number].person.uid for number in (1, 0))
    journey = take_along(home, [case.case.uid], tmp_path, office.everybody)
    home.lock()
    away = People(journey, office.founder).at_work(WORKER)
    for named, text in (((going,), "of one"), ((going, staying), "of both")):
        service = new_record(away, "service", {"title": f"{WORD} {text}", "persons": named}, case.case.uid).record
        new_record(away, "step", {"title": f"{WORD} step {text}", "service": service}, case.case.uid)
    paper = new_record(away, "paper", {"holder": going, "number": f"{WORD} 7"}, case.case.uid).record
    attach_file(away, case.case.uid, b"%PDF-1.4 scan", {"paper": paper, "remarks": f"{WORD} scan"}, name="a.pdf")
    away.lock()
    home = office.at_work(FOUNDER)
    erase_person(home, case, case.members[1], "article 17", office_with_keys.agreeing(office.folder))
    merge_journey(home, journey)
    for text in ("of one", "step of one", "7", "scan"):
        assert tables_with(home, f"{WORD} {text}") == set(), text
    after = home.store.reader.case_file(case.case.uid)
    assert f"{WORD} of both" in {one.text("title") for one in after.services}
    assert f"{WORD} step of both" in {one.text("title") for one in after.steps}
    assert check_store(home).sound
    home.lock()


def test_an_edit_of_what_was_erased_at_home_does_not_bring_it_back(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    case = stores.family(home)
    going = case.members[1].person.uid
    made = new_record(home, "paper", {"holder": going, "number": "1"}, case.case.uid).record
    journey = take_along(home, [case.case.uid], tmp_path, office.everybody)
    home.lock()
    away = People(journey, office.founder).at_work(WORKER)
    for number in (7, 8):  # the second has seen only the first
        paper = away.store.reader.record("paper", made, case.case.uid)
        assert paper is not None
        edit_record(away, paper, {"number": f"{WORD} {number}"}, case.case.uid)
    away.lock()
    home = office.at_work(FOUNDER)
    case = home.store.reader.case_file(case.case.uid)
    erase_person(home, case, case.members[1], "article 17", office_with_keys.agreeing(office.folder))
    merge_journey(home, journey)
    assert tables_with(home, WORD) == set()
    assert check_store(home).sound
    home.lock()


@pytest.mark.parametrize("rescued", [True, False])
def test_into_a_store_older_than_the_journey_everything_comes_and_nothing_with_holes(
    office: People, tmp_path: Path, rescued: bool
) -> None:
    home = office.at_work(FOUNDER)
    case = stores.family(home)
    made = make_backup(home, tmp_path / "backups")
    new_record(home, "note", {"text": "for the journey"}, case.case.uid)
    open_case(home, {"called": f"{WORD} stays"}, [])
    new_record(home, "note", {"text": "also for the journey"}, case.case.uid)
    journey = take_along(home, [case.case.uid], tmp_path, office.everybody)
    home.lock()
    away = People(journey, office.founder).at_work(WORKER)
    new_record(away, "note", {"text": "at the border"}, case.case.uid)
    away.lock()
    aside = restore_backup(made.path, office.folder)
    home = office.at_work(FOUNDER)
    assert merge_journey(home, journey).refused == 3, "this store knows nothing of the journey: somebody decides"
    assert check_store(home).sound and aside is not None
    if rescued:
        take_in(home, aside)
        assert len(waiting(home)) == 1, "what comes by a way on which it may come waits no more"
    let_in(home, [one.name for one in waiting(home)])
    notes = {note.text("text") for note in home.store.reader.case_file(case.case.uid).notes}
    assert notes >= {"for the journey", "also for the journey", "at the border"}
    assert bool(tables_with(home, f"{WORD} stays")) is rescued and check_store(home).sound
    assert take_in(home, aside).refused == 0 and check_store(home).sound
    home.lock()


def test_a_file_of_a_case_that_was_erased_at_home_does_not_come_back(office: People, tmp_path: Path) -> None:
    home = office.at_work(FOUNDER)
    case = stores.family(home)
    attach_file(home, case.case.uid, b"%PDF-1.4 scan of a passport", name="a.pdf")
    journey = take_along(home, [case.case.uid], tmp_path, office.everybody)
    erase_case(home, home.store.reader.case_file(case.case.uid), "article 17", office_with_keys.agreeing(office.folder))
    merge_journey(home, journey)
    assert not names_in(office.folder / "files") and check_store(home).sound
    home.lock()
