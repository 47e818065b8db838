"""“Already here?” never denies wrongly: whoever is in the store under such a name is in the list."""

import random

import pytest

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.operations.cases.cases import add_known_member, add_member, open_case, read_case
from avrr_desktop.operations.cases.search import LIKELY_SHOWN, likely_people
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.imports.here_already import here_already, try_case_document
from avrr_desktop.operations.session.records import remove_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal.comparing import index_matches, tables_match
from tests.support.endings import close_case

FAMILIES: list[tuple[str, ...]] = [("Berisha", "Beriša", "Бериша"), ("Gjorgjeviq", "Đorđević", "Ђорђевић"), ("Hoti", "Хоти", "HOTI"),
            ("Shala", "Šala", "Шала"), ("Krasniqi", "Krasnići", "Краснићи"), ("Çela", "Ćela", "Чела")]  # fmt: skip
GIVEN = ["Arta", "Besa", "Hatixhe", "Марко", "Sylejman", "Drita", "Gjon", "Zef"]
Values = dict[str, str]


def put(workspace: Workspace, *people: Values) -> CaseFile:
    """Open a case with people."""
    return read_case(workspace, open_case(workspace, {"called": "x"}, [(person, {}) for person in people]).case)


def named(workspace: Workspace, name: str, birth: str = "") -> list[str]:
    return [likely.person.text("given_names") for likely in likely_people(workspace, name, birth)]


@pytest.mark.parametrize("seed", range(5))
def test_in_any_world_whoever_has_the_family_name_is_in_the_list(workspace: Workspace, seed: int) -> None:
    chance = random.Random(seed)
    world: list[tuple[str, tuple[str, ...], Values]] = []
    with workspace.store.transaction():
        for _ in range(25):
            spellings = chance.choice(FAMILIES)
            person = {"family_name": chance.choice(spellings), "given_names": chance.choice(GIVEN)}
            if chance.random() < 0.7:
                person["birth_date"] = f"{chance.randint(1940, 2020)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}"
            case_file = put(workspace, person)
            world.append((case_file.members[0].person.uid, spellings, person))
            chosen = chance.random()
            if chosen < 0.2:
                close_case(workspace, case_file, chance.choice(["objectives_met", "duplicate"]))
            elif chosen < 0.35:
                remove_record(workspace, case_file.members[0].membership, case_file.case.uid)
    for uid, spellings, person in world:
        typed = [chance.choice(spellings), f"{chance.choice(GIVEN)} {chance.choice(GIVEN)} {chance.choice(spellings)}"]
        typed += [f"{person['given_names']} {chance.choice(spellings)}", chance.choice(spellings)[:3]]
        for name in typed:
            birth = chance.choice(["", str(chance.randint(1940, 2020)), person.get("birth_date", "")])
            assert uid in {one.person.uid for one in likely_people(workspace, name, birth)}, (name, birth, person)


def test_the_year_orders_and_sixty_namesakes_hide_nobody(workspace: Workspace) -> None:
    put(workspace, {"family_name": "Berisha", "given_names": "Arta", "birth_date": "1975-02-03"})
    with workspace.store.transaction():
        for number in range(LIKELY_SHOWN + 20):
            put(workspace, {"family_name": "Berisha", "given_names": f"P{number}", "birth_date": "1999"})
    assert named(workspace, "Berisha", "1975")[0] == "Arta"
    assert named(workspace, "Arta Berisha")[0] == "Arta"
    assert named(workspace, "Arta Berisha", "1974")[0] == "Arta"
    assert len(named(workspace, "Berisha")) == LIKELY_SHOWN


@pytest.mark.parametrize(
    ("name", "birth"),
    [("Hatixhe Berisha", "1985"), ("Hatixhe Agim Berisha", "1980"), ("Hatidža Beriša", "1980"), ("Hatixhe Krasniqi", "1980"),
     ("Aa Bb", "1980-04-05"), ("Halime Bytyqi", "1980")],
)  # fmt: skip
def test_she_is_shown_whatever_else_differs(workspace: Workspace, name: str, birth: str) -> None:
    put(workspace, {"family_name": "Berisha", "given_names": "Hatixhe", "birth_date": "1980-04-05"})
    assert named(workspace, name, birth) == ["Hatixhe"]


def test_nobody_is_shown_where_nothing_is_alike(workspace: Workspace) -> None:
    put(workspace, {"family_name": "Berisha", "given_names": "Hatixhe", "birth_date": "1980-04-05"})
    assert named(workspace, "Zef Marku", "1931") == [] == named(workspace, "")


def test_the_name_on_a_paper_leads_to_whom_it_belongs(workspace: Workspace) -> None:
    add_case_document(workspace, {
        "case": {}, "person": [{"family_name": "Berisha", "given_names": "Hatixhe"}],
        "paper": [{"holder": "m1", "names_as_written": "KRASNIQI HATIDJE"}]})  # fmt: skip
    assert named(workspace, "Krasniqi") == ["Hatixhe"]


def test_closed_cases_and_those_that_were_there_twice_are_marked(workspace: Workspace) -> None:
    for given, reason in (("Arta", ""), ("Besa", "objectives_met"), ("Drita", "duplicate")):
        case_file = put(workspace, {"family_name": "Hoti", "given_names": given})
        if reason:
            close_case(workspace, case_file, reason)
    marks = {one.person.text("given_names"): (one.closed, one.double) for one in likely_people(workspace, "Hoti")}
    assert marks == {"Arta": (False, False), "Besa": (True, False), "Drita": (True, True)}


def test_of_two_cases_the_running_one_is_named(workspace: Workspace) -> None:
    first = put(workspace, {"family_name": "Hoti", "given_names": "Besa"})
    second = open_case(workspace, {"called": "again"}, known=first.members[0].person.uid)
    close_case(workspace, read_case(workspace, second.case), "duplicate")
    [likely] = likely_people(workspace, "Besa Hoti")
    assert (likely.case.uid, likely.closed) == (first.case.uid, False)


def test_somebody_of_the_store_is_added_to_a_case_and_what_was_typed_twice_goes(workspace: Workspace) -> None:
    known = put(workspace, {"family_name": "Hoti", "given_names": "Besa"}).members[0].person.uid
    case = put(workspace, {"family_name": "Hoti", "given_names": "Arta"}).case.uid
    typed = add_member(workspace, read_case(workspace, case), {"given_names": "Besa"}, {}).record
    changes = add_known_member(workspace, read_case(workspace, case), known, typed)
    after = read_case(workspace, case)
    assert [member.person.uid for member in after.members[1:]] == [known]
    assert len(likely_people(workspace, "Besa")) == 1
    assert tables_match(workspace.store) and index_matches(workspace.store)
    with pytest.raises(RefusedError):
        add_known_member(workspace, after, known)
    undo(workspace, changes.change_id)
    assert [member.person.uid for member in read_case(workspace, case).members[1:]] == [typed]


def test_somebody_who_once_belonged_to_the_case_comes_back_as_what_they_were(workspace: Workspace) -> None:
    case_file = put(workspace, {"family_name": "Hoti", "given_names": "Arta"}, {"given_names": "Besa"})
    besa = case_file.members[1]
    remove_record(workspace, besa.membership, case_file.case.uid)
    add_known_member(workspace, read_case(workspace, case_file.case.uid), besa.person.uid)
    assert [member.membership.uid for member in read_case(workspace, case_file.case.uid).members[1:]] == [
        besa.membership.uid
    ]


def test_a_document_says_who_may_be_here_already(workspace: Workspace) -> None:
    put(workspace, {"family_name": "Berisha", "given_names": "Hatixhe", "birth_date": "1980-04-05"})
    for number in range(3):
        put(workspace, {"family_name": "Berisha", "given_names": f"Zef {number}", "birth_date": "1999"})
    people = [{"family_name": "Marku", "given_names": "Gjon"}, {"family_name": "Бериша", "given_names": "Хатиџе"},
              {"family_name": "Berisha", "given_names": "Drita", "birth_date": "1980"}]  # fmt: skip
    found = here_already(workspace, {"case": {}, "person": people})
    assert [(one.place, len(one.cases)) for one in found] == [(2, 1), (3, 1)]
    assert here_already(workspace, []) == () == here_already(workspace, {"person": [1]})


def test_a_trial_of_a_document_leaves_nothing(workspace: Workspace) -> None:
    before = list(workspace.store.dump())
    try_case_document(workspace, {"case": {}, "person": [{"family_name": "Hoti"}]})
    assert list(workspace.store.dump()) == before
    assert likely_people(workspace, "Hoti") == []
    first = put(workspace, {"family_name": "Hoti"}).case.text("number")
    assert first.endswith("0001")
