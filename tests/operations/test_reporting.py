"""The figures of a period: settled on its reporting day, told with what is different since, equal to a slow recount."""

import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from avrr_desktop.clock import SteppingClock
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.case.case_states import is_over
from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.people.dates import span_of
from avrr_desktop.operations.cases.cases import add_member, read_case
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.reports.registers import country_rows, stated_rows
from avrr_desktop.operations.reports.reporting import (
    CountryTable,
    Since,
    cases_by_country,
    reporting_day,
    stated_figures,
)
from avrr_desktop.operations.session.late_entries import begin_late_entry
from avrr_desktop.operations.session.records import commit, edit_record, remove_record
from avrr_desktop.operations.session.workspace import Workspace
from tests.support import stores
from tests.support.endings import close_case

FIRST_HALF, SECOND_HALF = ("2026-01-01", "2026-07-01"), ("2026-07-01", "2027-01-01")
NEXT_SPRING = datetime(2027, 3, 1, 9, tzinfo=timezone.utc)


@pytest.fixture
def year(tmp_path: Path) -> Iterator[tuple[Workspace, SteppingClock]]:
    """A store founded on 2 January 2026, and its clock."""
    clock = SteppingClock(datetime(2026, 1, 2, 8, tzinfo=timezone.utc))
    workspace = stores.office_workspace(tmp_path / "year.avrr", clock)
    yield workspace, clock
    workspace.lock()


def sums(table: CountryTable) -> tuple[int, int, int]:
    return table.cases, table.persons, table.unplaced


def add(workspace: Workspace, opened_on: str = "2026-03-05", people: int = 2, **case: object) -> str:
    document = {
        "case": {"called": "Hoti", "country_of_return": "RS", "opened_on": opened_on, **case},
        "person": [{"family_name": "Hoti", "given_names": f"Besa {number}"} for number in range(people)],
    }
    return add_case_document(workspace, document).case


@pytest.mark.parametrize("reason", ["duplicate", "opened_in_error"])
def test_what_was_closed_as_no_case_is_in_no_figure(workspace: Workspace, reason: str) -> None:
    case = add(workspace)
    assert sums(cases_by_country(workspace, *FIRST_HALF)) == (1, 2, 0)
    close_case(workspace, read_case(workspace, case), reason)
    assert sums(cases_by_country(workspace, *FIRST_HALF)) == (0, 0, 0)


def test_a_member_who_leaves_after_the_period_stays_in_its_figure(year: tuple[Workspace, SteppingClock]) -> None:
    workspace, clock = year
    case = add(workspace)
    clock.set(datetime(2026, 7, 10, 9, tzinfo=timezone.utc))  # before the reporting day
    edit_record(workspace, read_case(workspace, case).members[1].membership, {"left_on": "2026-07-05"}, case)
    add_member(
        workspace,
        read_case(workspace, case),
        {"family_name": "Hoti", "given_names": "Ana"},
        {"joined_on": "2026-07-06"},
    )
    assert sums(cases_by_country(workspace, *FIRST_HALF)) == (1, 2, 0)
    edit_record(workspace, read_case(workspace, case).members[1].membership, {"left_on": "2026-06-30"}, case)
    assert sums(cases_by_country(workspace, *FIRST_HALF)) == (1, 1, 0)


CORRECTIONS = {
    "opening date": {"opened_on": "2026-08-01"},
    "opening date, less of it": {"opened_on": "2026"},
    "the country": {"country_of_return": "AL"},
    "the flow": {"direction": "from_western_balkans"},
    "a double": {"status": "closed", "closure_reason": "duplicate"},
    "the status": {"status": "duplicate"},
}


@pytest.mark.parametrize("name", CORRECTIONS)
def test_what_is_corrected_later_changes_no_settled_figure_and_is_told(
    year: tuple[Workspace, SteppingClock], name: str
) -> None:
    workspace, clock = year
    case, other = add(workspace), add(workspace, "2026-04-01")
    before = cases_by_country(workspace, *FIRST_HALF).rows
    clock.set(NEXT_SPRING)
    record = read_case(workspace, case).case
    commit(workspace, [Part(PartKind.SET, "case", case, CORRECTIONS[name], record.seen)], case)
    table = cases_by_country(workspace, *FIRST_HALF)
    assert (table.rows, table.known_on) == (before, "2026-07-31")
    now = cases_by_country(workspace, *FIRST_HALF, known_on=workspace.today)
    assert now.rows != before
    assert table.since == Since(now.cases, now.persons, now.unplaced, (record.text("number"),))
    assert now.since is None
    assert now.known_on == ""
    said = "\n".join(str(row[0]) for row in country_rows(workspace, table) if row)
    assert "As recorded until 31.07.2026." in said
    assert f"Since then 1 case was entered, corrected or removed: {record.text('number')}." in said
    assert read_case(workspace, other).case.text("number") not in said


def test_who_comes_goes_or_is_entered_later_is_told_as_a_difference(year: tuple[Workspace, SteppingClock]) -> None:
    workspace, clock = year
    case = add(workspace)
    gone = add(workspace)
    clock.set(NEXT_SPRING)
    remove_record(workspace, read_case(workspace, case).members[1].membership, case)
    late = add(workspace, "2026-05-05", 3)
    commit(workspace, [Part(PartKind.WITHDRAW, "case", gone, {}, read_case(workspace, gone).case.seen)], gone)
    table = cases_by_country(workspace, *FIRST_HALF)
    assert sums(table) == (2, 4, 0)
    assert table.since is not None
    assert (table.since.cases, table.since.persons) == (2, 4)  # another two: the sums alone would not show it
    assert len(table.since.changed) == 3
    assert read_case(workspace, late).case.text("number") in table.since.changed


def test_nothing_is_said_where_nothing_is_different(year: tuple[Workspace, SteppingClock]) -> None:
    workspace, clock = year
    case = add(workspace)
    clock.set(NEXT_SPRING)
    edit_record(
        workspace, read_case(workspace, case).case, {"remarks": "A word", "municipality_of_return": "Vranje"}, case
    )
    close_case(workspace, read_case(workspace, case), "objectives_met")
    table = cases_by_country(workspace, *FIRST_HALF)
    assert (sums(table), table.since) == ((1, 2, 0), None)


def test_a_running_period_and_one_before_its_reporting_day_show_what_stands_now(
    year: tuple[Workspace, SteppingClock],
) -> None:
    workspace, clock = year
    case = add(workspace)
    clock.set(datetime(2026, 7, 31, 9, tzinfo=timezone.utc))
    assert reporting_day(workspace, FIRST_HALF[1]) == date(2026, 7, 31)
    edit_record(workspace, read_case(workspace, case).case, {"country_of_return": "AL"}, case)
    table = cases_by_country(workspace, *FIRST_HALF)
    assert (table.known_on, {row.country: row.cases for row in table.rows}["AL"]) == ("", 1)


def test_an_office_that_begins_later_enters_what_lies_before(tmp_path: Path) -> None:
    clock = SteppingClock(datetime(2028, 11, 2, 8, tzinfo=timezone.utc))
    workspace = stores.office_workspace(tmp_path / "later.avrr", clock)
    assert reporting_day(workspace, FIRST_HALF[1]) == date(2028, 12, 2)
    case = add(workspace)
    assert sums(cases_by_country(workspace, *FIRST_HALF)) == (1, 2, 0)
    clock.set(datetime(2028, 12, 3, 8, tzinfo=timezone.utc))
    edit_record(workspace, read_case(workspace, case).case, {"opened_on": "2025-03-05"}, case)
    assert sums(cases_by_country(workspace, *FIRST_HALF)) == (1, 2, 0)
    workspace.lock()


def test_cases_that_cannot_be_placed_are_named_and_in_no_sum(workspace: Workspace) -> None:
    add(workspace, "2026")
    add(workspace, "2026-07")
    table = cases_by_country(workspace, *FIRST_HALF)
    assert sums(table) == (0, 0, 1)
    assert any("Not in any total: 1 case" in str(row[0]) for row in country_rows(workspace, table) if row)
    assert sums(cases_by_country(workspace, *SECOND_HALF)) == (1, 2, 1)
    assert sums(cases_by_country(workspace, "2026-01-01", "2027-01-01")) == (2, 4, 0)


def test_every_unit_that_was_stated_stands_with_its_total_and_is_added_to_nothing(workspace: Workspace) -> None:
    stated = {one.unit: one for one in stated_figures(workspace)}
    assert {unit: one.stated_total for unit, one in stated.items()} == {
        "cases": 221, "persons": 530, "processed_cases": 13, "processed_returnees": 350}  # fmt: skip
    assert len(stated["processed_returnees"].hosts) == 11
    rows = country_rows(workspace, cases_by_country(workspace, "2002-07-01", "2012-01-01"))
    lines = {str(row[0]): row[1:] for row in rows if row}
    assert rows[0][3:] == ["Stated: cases", "Stated: persons"]
    assert lines["Serbia"] == [0, 0, 221, 530]
    assert lines["Albania"] == [0, 0, "not stated", "not stated"]
    assert lines["Total"] == [0, 0, 221, 530]
    assert lines["Published total"] == ["", "", 221, 530]
    assert lines["Not assigned to a country"] == ["", "", 0, 0]
    by_unit = {row[4]: row for row in stated_rows(workspace, stated_figures(workspace)) if len(row) > 4}
    assert by_unit["processed cases"][5:13] == [13, *[""] * 7]
    assert by_unit["processed returnees"][2:6] == ["not stated", "2011-12-31", "processed returnees", 350]


@dataclass
class World:
    """What somebody who writes everything down by hand knows: each case with its members, and how that stood each evening."""

    cases: dict[str, dict[str, Any]] = field(default_factory=dict)
    evenings: dict[date, dict[str, dict[str, Any]]] = field(default_factory=dict)

    def count(
        self, period: tuple[str, str], programme: str, evening: date | None
    ) -> tuple[dict[str, tuple[int, int]], int]:
        days = [day for day in self.evenings if evening is None or day <= evening]
        cases = self.evenings[max(days)] if days else {}
        first, end = map(date.fromisoformat, period)
        found: dict[str, tuple[int, int]] = {}
        unplaced = 0
        for case in cases.values():
            no_case = case["status"] == "duplicate" or (
                case["status"] == "closed" and case.get("closure_reason") in ("duplicate", "opened_in_error")
            )
            if case["gone"] or no_case or case.get("direction", "to_western_balkans") != "to_western_balkans":
                continue
            if programme and case.get("programme") != programme:
                continue
            span = span_of(case.get("opened_on", ""))
            if span is None or (span.first < first <= span.last) or (span.first < end <= span.last):
                unplaced += 1
            elif first <= span.first < end:
                there = [one for one in case["members"].values() if not one["gone"] and self._there(one, end)]
                cases_there, persons = found.get(case["country_of_return"], (0, 0))
                found[case["country_of_return"]] = (cases_there + 1, persons + len(there))
        return found, unplaced

    @staticmethod
    def _there(member: dict[str, Any], end: date) -> bool:
        joined, left = span_of(member.get("joined_on", "")), span_of(member.get("left_on", ""))
        return (joined is None or joined.first < end) and (left is None or left.last >= end)


def some_day(chance: random.Random) -> str:
    day = date(2026, 1, 1) + timedelta(days=chance.randrange(500))
    return chance.choice((f"{day}", f"{day}", f"{day}", f"{day}~", f"{day:%Y-%m}", f"{day:%Y}", ""))


CASE_CHANGES: dict[str, Callable[[random.Random], str]] = {
    "opened_on": some_day,
    "country_of_return": lambda chance: chance.choice(("AL", "RS", "XK")),
    "direction": lambda chance: chance.choice(("to_western_balkans", "from_western_balkans")),
    "programme": lambda chance: chance.choice(("one", "two")),
    "status": lambda chance: chance.choice(("open", "closed", "on_hold", "duplicate")),
    "closure_reason": lambda chance: chance.choice(("withdrew", "duplicate", "opened_in_error")),
}


def live_a_day(workspace: Workspace, world: World, chance: random.Random) -> None:
    """Let something happen: a case opens, is corrected, goes or comes back; a member comes, leaves or is taken out."""
    reader = workspace.store.reader
    for _ in range(chance.randrange(4)):
        if not world.cases or chance.random() < 0.25:
            opened = some_day(chance) or "2026-02"
            uid = add(workspace, opened, chance.randrange(1, 4))
            members = {one.membership.uid: {"gone": False} for one in reader.case_file(uid).members}
            world.cases[uid] = {"opened_on": opened, "country_of_return": "RS", "status": "open", "gone": False,
                                "members": members}  # fmt: skip
            continue
        uid, case = chance.choice(list(world.cases.items()))
        deed = chance.randrange(10)
        record = reader.record("case", uid)
        assert record is not None
        if is_over(record.text("status")):
            begin_late_entry(workspace, CaseFile(case=record, revision=0), "found out later")
        if deed < 5:
            key = chance.choice(list(CASE_CHANGES))
            value = CASE_CHANGES[key](chance)
            commit(workspace, [Part(PartKind.SET, "case", uid, {key: value or None}, record.seen)], uid)
            case[key] = value
        elif deed == 5:
            kind = PartKind.ADD if case["gone"] else PartKind.WITHDRAW
            commit(workspace, [Part(kind, "case", uid, {}, record.seen)], uid)
            case["gone"] = not case["gone"]
        else:
            member, stay = chance.choice(list(case["members"].items()))
            there = reader.record("membership", member, uid)
            assert there is not None
            if deed < 9:
                key, value = chance.choice(("joined_on", "left_on")), some_day(chance)
                commit(workspace, [Part(PartKind.SET, "membership", member, {key: value or None}, there.seen)], uid)
                stay[key] = value
            else:
                kind = PartKind.ADD if stay["gone"] else PartKind.REMOVE
                commit(workspace, [Part(kind, "membership", member, {}, there.seen)], uid)
                stay["gone"] = not stay["gone"]


@pytest.mark.parametrize("seed", range(2))
def test_the_figures_of_random_worlds_are_those_of_a_slow_recount_on_every_evening(
    year: tuple[Workspace, SteppingClock], seed: int
) -> None:
    workspace, clock = year
    chance, world = random.Random(seed), World()
    day = date(2026, 1, 2)
    for _ in range(40):
        day += timedelta(days=chance.randrange(1, 20))
        clock.set(datetime(day.year, day.month, day.day, 9, tzinfo=timezone.utc))
        live_a_day(workspace, world, chance)
        world.evenings[day] = deepcopy(world.cases)
    clock.set(clock.now() + timedelta(days=1))
    for period in (
        FIRST_HALF,
        SECOND_HALF,
        ("2026-01-01", "2027-01-01"),
        ("2026-02-10", "2026-02-11"),
        ("2020-01-01", "2030-01-01"),
    ):
        for programme in ("", "one"):
            for evening in (None, *chance.sample(list(world.evenings), 6), date(2026, 1, 1)):
                table = cases_by_country(workspace, *period, programme=programme, known_on=evening or workspace.today)
                counted = {row.country: (row.cases, row.persons) for row in table.rows if row.cases or row.persons}
                assert (counted, table.unplaced) == world.count(period, programme, evening), (
                    period,
                    programme,
                    evening,
                )
