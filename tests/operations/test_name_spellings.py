"""Names as clerks of many countries write them: found as the same, shown as near, and nobody else beside them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from avrr_desktop.domain.people.near_names import Near
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.cases.search import NEAR_SHOWN, find, likely_people
from avrr_desktop.operations.imports.here_already import here_already
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.reading.search import search
from tests.support import stores
from tools.bench.names import Trial, judged
from tools.bench.names_child import IN_A_CASE, tried
from tools.bench.spellings import Name

SEED, EACH = 20261130, 12


def put(workspace: Workspace, *names: Name, **values: str) -> None:
    """Open cases with people of these names."""
    with workspace.store.transaction():
        for start in range(0, len(names), IN_A_CASE):
            people: list[tuple[dict[str, str], dict[str, str]]] = [
                ({"given_names": given, "family_name": family, **values}, {})
                for given, family in names[start : start + IN_A_CASE]
            ]
            open_case(workspace, {"called": "x"}, people)


def shown(workspace: Workspace, typed: str) -> list[tuple[str, Near | None]]:
    """Return the given name of everybody whom a text finds, and why."""
    return [
        (hit.record.text("given_names"), hit.near)
        for hit in find(workspace, typed)
        if hit.record and hit.record_type == "person"
    ]


@pytest.fixture(scope="module")
def tried_once(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Trial, Sequence[Sequence[Sequence[object]]], int]]:
    trial = Trial.of(SEED, EACH)
    workspace = stores.office_workspace(Path(tmp_path_factory.mktemp("spellings")) / "office.avrr")
    put(workspace, *trial.held)
    found = tried(lambda text: find(workspace, text), trial.typed)
    [(people,)] = workspace.store.connection.rows("SELECT count(*) FROM persons WHERE removed = 0")
    yield trial, found, people
    workspace.lock()


def test_the_targets_of_spellings_are_reached(
    tried_once: tuple[Trial, Sequence[Sequence[Sequence[object]]], int],
) -> None:
    trial, found, people = tried_once
    result = judged(trial, found)
    print(
        f"core {result.core:.3f}, stretch {result.stretch:.3f}, false {result.false_exact:.4f} + near {result.false_near:.4f}, of {len(trial.strangers)}"
    )
    assert len(trial.core) >= 300 and len(trial.stretch) >= 150 and len(trial.strangers) >= 2000
    assert result.core >= 0.99, [pair for pair in result.missed if pair in trial.core]
    assert result.stretch >= 0.95, [pair for pair in result.missed if pair in trial.stretch]
    assert result.false <= 0.02, result.wrong
    assert people == len(trial.held), "nobody is joined to anybody by a key"


@pytest.mark.parametrize(
    ("written", "typed"),
    [("Myrteza", "Murteza"), ("Myrteza", "Муртеза"), ("Shyhrete", "Šuhreta"), ("Nazmije", "Nazmija"), ("Xhemile", "Cemile"), ("Dhurim", "Дурим"), ("Bardha", "Bardë"),
     ("Xoxa", "Dzodza"), ("Jürgen", "Juergen"), ("Prizren", "Prizreni"), ("Gjakovë", "Gjakova"), ("Vedad", "Vedat"), ("Gülsüm", "Guelsuem"), ("Ymran", "Umran")],
)  # fmt: skip
def test_spellings_of_neighbours_lead_to_one_person(workspace: Workspace, written: str, typed: str) -> None:
    put(workspace, (written, "Zzz"))
    for text in (typed, f"{typed} Zzz", f"Zzz {typed}"):
        assert [hit.uid for hit in search(workspace.store.connection, text) if hit.record_type == "person"], text
    assert likely_people(workspace, f"{typed} Zzz")


def test_what_is_near_is_shown_only_where_nothing_is_exact_and_says_why(workspace: Workspace) -> None:
    put(workspace, ("Sylejman", "Hoti"), ("Ana Marija", "Krasniqi"))
    assert shown(workspace, "Sulejman Hoti") == [("Sylejman", Near.SPELLING)]
    assert shown(workspace, "Sylejman Hati") == [("Sylejman", Near.LETTER)]
    assert shown(workspace, "Ana Drita Krasniqi") == [("Ana Marija", Near.WORD)]
    put(workspace, ("Sulejman", "Hoti"))
    assert shown(workspace, "Sulejman Hoti") == [("Sulejman", None)]


def test_a_name_that_somebody_has_is_no_slip(workspace: Workspace) -> None:
    put(workspace, ("Mirko", "Savić"), ("Marko", "Lazić"))
    assert shown(workspace, "Marko Savić") == []
    assert shown(workspace, "Merko Savić") == [("Mirko", Near.LETTER)]


@pytest.mark.parametrize(
    "typed",
    [
        "Jovan Kostić",
        "Jovan (Milan) Kostić",
        "Dr Jovan Kostić",
        "KOSTIĆ, Jovan",
        "Kostić rođ. Perić Jovan",
        "Јован Костић",
    ],
)
def test_more_than_a_name_is_that_name(workspace: Workspace, typed: str) -> None:
    put(workspace, ("Jovan", "Kostić"))
    assert shown(workspace, typed) == [("Jovan", None)]


@pytest.mark.parametrize(
    ("held", "typed"),
    [
        ("Hadžibulić", "Hadži Bulić"),
        ("Hadži Bulić", "Hadžibulić"),
        ("Haxhi Mula", "Haxhimula"),
        ("Karabulić", "Kara Bulić"),
    ],
)
def test_a_title_in_a_family_name_is_joined_or_separate(workspace: Workspace, held: str, typed: str) -> None:
    put(workspace, ("Ana", held))
    assert shown(workspace, f"Ana {typed}") == [("Ana", None)]


def test_who_may_be_here_already_needs_a_second_fact_for_a_near_name(workspace: Workspace) -> None:
    put(workspace, ("Sylejman", "Krasniqi"), birth_date="1980", father_name="Agim")
    assert likely_people(workspace, "Sulejman") == []
    assert [one.perhaps for one in likely_people(workspace, "Sulejman", "1980")] == [True]
    assert likely_people(workspace, "Sulejman Agim")
    [whole] = likely_people(workspace, "Sulejman Krasniki")
    assert (whole.perhaps, whole.nearly_whole, whole.whole_name) == (True, True, False)
    assert likely_people(workspace, "Sylejmin Krasniqe")
    assert [
        one.place
        for one in here_already(workspace, {"person": [{"given_names": "Sulejman", "family_name": "Krasniki"}]})
    ] == [1]


@pytest.mark.parametrize(
    ("typed", "place", "shown_is"),
    [("Sulejman", "Urosevac", True), ("Sulejman", "Shkodër", False), ("Sulejman", "", False), ("Zef Krasniki", "Urosevac", True),
     ("Zef Krasniki", "Shkodra", False), ("Sulejman Marku", "Urosevac", False)],
)  # fmt: skip
def test_the_municipality_is_a_second_fact(workspace: Workspace, typed: str, place: str, shown_is: bool) -> None:
    put(workspace, ("Sylejman", "Krasniqi"), address_place="Ferizaj")
    beside = Record("person", "", {"birth_place": place} if place else {})
    assert [one.perhaps for one in likely_people(workspace, typed, beside=beside)] == [True] * shown_is
    assert not likely_people(workspace, typed, beside=beside, near=False)
    given, _, family = typed.partition(" ")
    asked = {"given_names": given, "family_name": family, "birth_place": place}
    told = here_already(workspace, {"person": [{key: value for key, value in asked.items() if value}]})
    assert not told, "a document asks only where the whole name is near"


def test_at_most_five_are_shown_who_are_only_near(workspace: Workspace) -> None:
    put(workspace, *(("Sylejman", "Krasniqi") for _ in range(NEAR_SHOWN + 3)))
    assert len(likely_people(workspace, "Sulejman Krasniki")) == NEAR_SHOWN
    assert len(likely_people(workspace, "Sulejman Krasniqi")) == NEAR_SHOWN + 3


def test_people_are_found_by_father_mother_and_place(workspace: Workspace) -> None:
    put(workspace, ("Besa", "Hoti"), father_name="Ilir", mother_name="Vjosa", address_place="Rahovec")
    for typed in ("Ilir Hoti", "Hoti Vjosa", "Besa Rahovec", "Илир Хоти"):
        assert shown(workspace, typed) == [("Besa", None)], typed
