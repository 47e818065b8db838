"""A place by any of its names: stored beside what was typed, found, filtered, counted and read as one."""

from pathlib import Path

import pytest

from avrr_desktop.domain.case.joined import FIRST, SECOND, joined
from avrr_desktop.domain.consent.agreement import ALL, Told
from avrr_desktop.domain.consent.redaction import ANONYMOUS, CONFERENCE, FULL, REFERRAL, RETURNEE, at_level
from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.domain.people.near_names import FAMILY, GIVEN
from avrr_desktop.domain.places.placed import MARK
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.wording import place_of_return, value_text
from avrr_desktop.language import Language
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.cases.search import CaseFilter, case_keys, find, find_cases, places_of_return, within_place
from avrr_desktop.operations.imports.case_document import add_case_document, case_document
from avrr_desktop.operations.office.own_places import export_places, import_places, own_places
from avrr_desktop.operations.reports.registers import country_rows
from avrr_desktop.operations.reports.reporting import PlaceRow, cases_by_country
from avrr_desktop.operations.session.records import edit_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading.search import words_held

CODE = "municipality_of_return_code"


def opened(workspace: Workspace, place: str, country: str, called: str = "Krasniqi", **more: str) -> Record:
    """Return the head of a new case with a person in it."""
    case = {"called": called, "country_of_return": country, "municipality_of_return": place, **more}
    return read_case(workspace, open_case(workspace, case, [({"family_name": called}, {})]).case).case


def found(workspace: Workspace, text: str) -> set[str]:
    return {hit.case.uid for hit in find(workspace, text)}


@pytest.mark.parametrize(
    ("typed", "country", "place"),
    [("Skadar", "AL", "AL-m-shkoder"), ("Shkodra", "AL", "AL-m-shkoder"), ("Uroševac", "XK", "XK-m-ferizaj"),
     ("Komuna e Ferizajit", "XK", "XK-m-ferizaj"), ("Ferizaj / Урошевац", "XK", "XK-m-ferizaj"), ("Mitrovica", "XK", ""),
     ("Skadar", "XK", ""), ("Novi Grad", "BA", ""), ("Novi Grad (RS)", "BA", "BA-m-novi-grad"), ("Ourochevats", "XK", ""),
     ("an der Brücke", "XK", "")],
)  # fmt: skip
def test_the_place_stands_beside_the_text_only_where_it_is_sure(
    workspace: Workspace, typed: str, country: str, place: str
) -> None:
    case = opened(workspace, typed, country)
    assert (case.text("municipality_of_return"), case.text(CODE)) == (typed, place)


def test_a_chosen_place_stays_while_the_text_may_mean_it_and_goes_with_it(workspace: Workspace) -> None:
    case = opened(workspace, "Mitrovica", "XK", **{CODE: "XK-m-mitrovice-e-veriut"})
    assert case.text(CODE) == "XK-m-mitrovice-e-veriut"

    def after(**values: object) -> str:
        edit_record(workspace, read_case(workspace, case.uid).case, values, case.uid)
        return read_case(workspace, case.uid).case.text(CODE)

    assert after(municipality_of_return="Mitrovicë") == "XK-m-mitrovice-e-veriut"
    assert after(municipality_of_return="Peć") == "XK-m-peje"
    assert after(country_of_return="AL") == ""
    assert after(country_of_return="XK") == "XK-m-peje"
    assert after(municipality_of_return="") == ""


def test_undo_brings_text_and_place_back_together(workspace: Workspace) -> None:
    case = opened(workspace, "Peć", "XK")
    changes = edit_record(workspace, case, {"municipality_of_return": "Gjakova"}, case.uid)
    assert changes is not None
    undo(workspace, changes.change_id)
    again = read_case(workspace, case.uid).case
    assert (again.text("municipality_of_return"), again.text(CODE)) == ("Peć", "XK-m-peje")


@pytest.mark.parametrize(
    "asked", ["Shkodra", "Skadar", "Скадар", "Shkodër", "u Skadru", "Scutari", "Qarku i Shkodrës", "Schkodra"]
)
def test_a_case_is_found_by_every_name_of_its_place(workspace: Workspace, asked: str) -> None:
    cases = [opened(workspace, typed, "AL", called) for typed, called in (("Skadar", "Hoxha"), ("Shkodër", "Leka"))]
    opened(workspace, "Durrës", "AL", "Dervishi")
    assert found(workspace, asked) == {case.uid for case in cases}
    assert len(find_cases(workspace, asked)) == 2


@pytest.mark.parametrize(
    "asked", ["Krasniqi Ferizaj", "Uroševac Krasniqi", "Krasniqi u Uroševcu", "krasn ferizaj", "Ferizaj krasn"]
)
def test_a_name_and_a_place_find_who_is_both(workspace: Workspace, asked: str) -> None:
    case = opened(workspace, "Ferizajt", "XK")
    opened(workspace, "Prizren", "XK")
    opened(workspace, "Ferizaj", "XK", "Gashi")
    assert found(workspace, asked) == {case.uid}


def test_a_canton_finds_what_lies_in_it_and_not_its_neighbours(workspace: Workspace) -> None:
    inside = [opened(workspace, place, "BA").uid for place in ("Bihać", "Velika Kladuša")]
    opened(workspace, "Tuzla", "BA")
    assert found(workspace, "Unsko-sanski kanton") == found(workspace, "USK") == set(inside)


def test_places_of_birth_and_of_the_address_find_too(workspace: Workspace) -> None:
    case = open_case(workspace, {"called": "Hoti"}, [({"family_name": "Hoti", "birth_place": "Đakovica"}, {})]).case
    other = open_case(workspace, {"called": "Sula"}, [({"family_name": "Sula", "address_place": "Gjakova"}, {})]).case
    assert found(workspace, "Gjakovë") == {case, other}


def test_the_list_is_narrowed_to_a_municipality_however_it_was_typed(workspace: Workspace) -> None:
    for place in ("Skadar", "Shkodër", "u Skadru", "Durrës", "an der Brücke"):
        opened(workspace, place, "AL")
    assert places_of_return(workspace) == {"AL-m-durres": "Durrës", "AL-m-shkoder": "Shkodër"}
    shown = case_keys(workspace, CaseFilter(places=within_place(workspace, "AL-m-shkoder")), "place", False)
    assert len(shown) == 3
    county = CaseFilter(places=within_place(workspace, "AL-c-durres"))
    assert len(case_keys(workspace, county, "place", False)) == 1


def row(country: str, place: str, name: str, count: int) -> PlaceRow:
    return PlaceRow(country=country, place=place, name=name, cases=count, persons=count)


def test_figures_count_a_municipality_once_and_what_is_no_place_as_it_stands(workspace: Workspace) -> None:
    for place, country in (
        ("Skadar", "AL"),
        ("Shkodra", "AL"),
        ("Uroševac", "XK"),
        ("Ferizaj", "XK"),
        ("Mitrovica", "XK"),
        ("", "XK"),
    ):
        opened(workspace, place, country)
    table = cases_by_country(workspace, "2026-01-01", "2027-01-01")
    assert table.places == (
        row("AL", "AL-m-shkoder", "Shkodër", 2),
        row("XK", "XK-m-ferizaj", "Ferizaj", 2),
        row("XK", "", "Mitrovica", 1),
        row("XK", "", "", 1),
    )
    assert sum(row.cases for row in table.places) == table.cases
    assert ["Shkodër", 2, 2, "Albania"] in country_rows(workspace, table)


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "Ferizaj, Kosovo*"), ("sq", "Ferizaj, Kosovë*"), ("sr-Latn", "Uroševac, Kosovo*"), ("sr-Cyrl", "Урошевац, Косово*"), ("mk", "Урошевац, Косово*")],
)  # fmt: skip
def test_a_place_reads_in_the_language_of_the_window_and_on_paper_with_both_official_names(
    workspace: Workspace, language: str, shown: str
) -> None:
    case = opened(workspace, "Uroševac", "XK")
    words = Language(language)
    assert place_of_return(case, words, workspace.pack) == shown
    assert place_of_return(case, words, workspace.pack, paper=True).startswith("Ferizaj / Урошевац, ")


def test_a_place_of_birth_reads_as_the_document_spells_it(workspace: Workspace) -> None:
    case = open_case(workspace, {"called": "Hoti"}, [({"family_name": "Hoti", "birth_place": "Uroševac"}, {})]).case
    [member] = read_case(workspace, case).members
    assert member.person.text("birth_place_code") == "XK-m-ferizaj"
    for paper in (False, True):
        assert value_text(member.person, "birth_place", workspace.words, workspace.pack, paper=paper) == "Uroševac"


LIST = """name;second_name;other_names;country;parent;code
Sofali;Софтовић;Sofaj|Softaj;Kosovo;Ferizaj;123
Ferizaj;;Feri;XK;;
Lagjja Softaj;;;XK;Sofali;
"""


def listed(folder: Path, text: str = LIST) -> Path:
    path = folder / "places.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_own_list_is_laid_over_what_ships_and_finds_cases_that_were_there_before(
    workspace: Workspace, tmp_path: Path
) -> None:
    case = opened(workspace, "Softaj", "XK").uid
    other = opened(workspace, "Feri", "XK", "Gashi").uid
    assert found(workspace, "Софтовић") == set()
    changes = import_places(workspace, listed(tmp_path))
    assert found(workspace, "Софтовић") == {case}
    assert found(workspace, "Uroševac") == {case, other}, "what lies in it, and its further name"
    table = cases_by_country(workspace, "2026-01-01", "2027-01-01")
    assert [(row.place, row.cases) for row in table.places] == [("XK-m-ferizaj", 2)]
    assert place_of_return(read_case(workspace, case).case, workspace.words, workspace.pack, paper=True).startswith(
        "Sofali / Софтовић, "
    )
    with pytest.raises(RefusedError):
        import_places(workspace, listed(tmp_path))
    undo(workspace, changes.change_id)
    assert found(workspace, "Софтовић") == set() and own_places(workspace) == ()


def test_an_own_list_comes_back_from_its_table(workspace: Workspace, tmp_path: Path) -> None:
    import_places(workspace, listed(tmp_path))
    written = export_places(workspace, tmp_path / "again.csv")
    with pytest.raises(RefusedError):
        import_places(workspace, written)
    assert len(own_places(workspace)) == 3


def test_wrong_lines_are_named_and_nothing_is_imported(workspace: Workspace, tmp_path: Path) -> None:
    text = LIST + ";;;XK;;\nBabush;;;Atlantis;;\nBabush;;;XK;Nowhere;\nSofali;;;XK;Ferizaj;\n"
    with pytest.raises(BadInputError) as refused:
        import_places(workspace, listed(tmp_path, text))
    title, hint = workspace.words.error(refused.value)
    assert "4" in title
    for said in ("line 5: the name is missing", "line 6: “Atlantis” is not a country",
                 "line 7: the place around it is not known: “Nowhere”", "line 8: this place is in the list twice"):  # fmt: skip
        assert said in hint
    assert own_places(workspace) == ()


@pytest.mark.parametrize("text", ["", "name,land\nA,XK\n", "no table at all", 'name;country\n"open'])
def test_what_is_no_list_of_places_is_refused_in_words(workspace: Workspace, tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInputError) as refused:
        import_places(workspace, listed(tmp_path, text))
    assert "Nothing was imported" in refused.value.hint


def test_the_place_goes_with_its_text_into_documents_copies_and_back(workspace: Workspace) -> None:
    case = opened(workspace, "Mitrovica", "XK", **{CODE: "XK-m-mitrovice-e-veriut"})
    document = case_document(workspace, read_case(workspace, case.uid))
    assert document["case"][CODE] == "XK-m-mitrovice-e-veriut"
    again = read_case(workspace, add_case_document(workspace, document).case).case
    assert (again.text("municipality_of_return"), again.text(CODE)) == ("Mitrovica", "XK-m-mitrovice-e-veriut")
    older = {
        "case": {key: value for key, value in document["case"].items() if key not in (CODE, "officer")},
        "person": document["person"],
    }
    older["case"]["municipality_of_return"] = "Prizrenit"
    assert read_case(workspace, add_case_document(workspace, older).case).case.text(CODE) == "XK-m-prizren"


@pytest.mark.parametrize(
    ("level", "stays"), [(FULL, True), (CONFERENCE, True), (REFERRAL, True), (RETURNEE, True), (ANONYMOUS, False)]
)
def test_a_copy_keeps_the_place_where_it_keeps_its_text(workspace: Workspace, level: str, stays: bool) -> None:
    case = opened(workspace, "Prizren", "XK")
    file = read_case(workspace, case.uid)
    told = Told(dict.fromkeys((member.person.uid for member in file.members), ALL))
    copy = at_level(file, level, workspace.today, workspace.words, {}, told).case
    assert [bool(copy.text(key)) for key in ("municipality_of_return", CODE)] == [stays, stays]


def test_two_people_who_wrote_two_places_are_settled_with_one_word(workspace: Workspace) -> None:
    case = opened(workspace, "Prizren", "XK")
    for place in ("Peja", "Gjakova"):
        edit_record(
            workspace, case, {"municipality_of_return": place}, case.uid
        )  # the second over what the form showed before
    torn = read_case(workspace, case.uid).case
    assert set(torn.conflicts or {}) == {"municipality_of_return", CODE}
    edit_record(workspace, torn, {"municipality_of_return": "Peja"}, case.uid)
    settled = read_case(workspace, case.uid).case
    assert not settled.conflicts
    assert (settled.text("municipality_of_return"), settled.text(CODE)) == ("Peja", "XK-m-peje")


def test_of_an_erased_person_no_place_is_left_in_the_index(workspace: Workspace) -> None:
    case = open_case(workspace, {"called": "Hoti"}, [({"family_name": "Hoti", "birth_place": "Gjakova"}, {})]).case
    assert found(workspace, "Đakovica") == {case}
    [member] = read_case(workspace, case).members
    changes = edit_record(workspace, member.person, {"birth_place": ""}, case)
    assert changes and found(workspace, "Đakovica") == set()
    held = {word for _, word, _ in words_held(workspace.store.connection)}
    assert not any(word.startswith(MARK) for word in held)


@pytest.mark.parametrize(
    ("mine", "other", "answer", "left", "place"),
    [(("Peja", "XK-m-peje"), ("Gjakova", "XK-m-gjakove"), SECOND, 1, ("Gjakova", "XK-m-gjakove")),
     (("Peja", "XK-m-peje"), ("Gjakova", "XK-m-gjakove"), FIRST, 1, ("Peja", "XK-m-peje")),
     (("Peja", "XK-m-peje"), ("Lagjja 2", ""), SECOND, 1, ("Lagjja 2", "")),
     (("Mitrovica", ""), ("Mitrovica", "XK-m-mitrovice-e-veriut"), "", 0, ("Mitrovica", "XK-m-mitrovice-e-veriut")),
     (("Mitrovica", "XK-m-mitrovice-e-jugut"), ("Mitrovica", "XK-m-mitrovice-e-veriut"), "", 1, ("Mitrovica", "XK-m-mitrovice-e-jugut"))],
)  # fmt: skip
def test_of_two_records_that_are_joined_the_place_goes_with_its_text(
    mine: tuple[str, str], other: tuple[str, str], answer: str, left: int, place: tuple[str, str]
) -> None:
    def person(uid: str, said: tuple[str, str]) -> Record:
        values = dict(zip(("address_place", "address_place_code"), said, strict=True))
        return Record("person", uid, {key: value for key, value in values.items() if value})

    result = joined(person("A", mine), person("B", other), {"address_place": answer})
    after = {**person("A", mine).values, **result.values}
    assert (after.get("address_place"), after.get("address_place_code") or "") == place
    assert len(result.left) == left


def test_the_mark_of_a_place_is_no_other_mark_of_the_index() -> None:
    assert MARK not in (GIVEN, FAMILY) and MARK.isalpha()
