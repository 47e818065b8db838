"""The graph of steps, for every graph that can be: nothing starts too early, no deadlock is unseen, no order matters."""

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avrr_desktop.domain.procedure.pack import Pack, Situation, StepTemplate
from avrr_desktop.domain.procedure.step_states import FINISHED, OVER
from avrr_desktop.domain.procedure.steps import Links, Standing, StepView, links, views
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.wording import blocked_sentence, late_text, standing_text
from avrr_desktop.language import Language

STATES = ("proposed", "planned", "in_progress", "submitted", "waiting_authority", "blocked", "done", "refused",
          "not_needed", "abandoned")  # fmt: skip
PACK = Pack(key="p", title="P", version=1)


def step(
    uid: str, state: str = "planned", needs: tuple[str, ...] = (), any_of: tuple[str, ...] = (), reason: str = ""
) -> Record:
    values: dict[str, Value] = {
        "state": state,
        "title": f"Step {uid}",
        "waits_for": needs,
        "waits_for_any": any_of,
        "go_ahead_reason": reason,
    }
    return Record("step", uid, {key: value for key, value in values.items() if value})


@st.composite
def graphs(draw: st.DrawFn) -> list[Record]:
    uids = [f"s{number}" for number in range(draw(st.integers(1, 9)))]
    some = st.lists(st.sampled_from([*uids, "gone"]), max_size=3, unique=True).map(tuple)
    likely = st.sampled_from(("planned", "planned", "planned", *STATES))
    return [
        step(uid, draw(likely), draw(some), draw(some), draw(st.sampled_from(("", "", "", "told to go ahead"))))
        for uid in uids
    ]


def by_uid(steps: list[Record]) -> dict[str, StepView]:
    return {view.step.uid: view for view in views(steps)}


@given(graphs())
def test_nothing_starts_before_what_it_waits_for(steps: list[Record]) -> None:
    states = {one.uid: one.text("state") for one in steps}
    for view in views(steps):
        waiting = view.step.text("state") in ("planned", "proposed") and not view.step.text("go_ahead_reason")
        hard = [uid for uid in view.step.many("waits_for") if uid in states and states[uid] not in FINISHED]
        choice = [states[uid] for uid in view.step.many("waits_for_any") if uid in states]
        unmet = choice and "done" not in choice and any(state not in FINISHED for state in choice)
        if waiting:
            assert (view.standing is Standing.CAN_START) == (not hard and not unmet)


@given(graphs())
def test_no_deadlock_is_unseen(steps: list[Record]) -> None:
    """Finish whatever can be finished, again and again: what is left over was called stuck from the beginning."""
    said = {view.step.uid for view in views(steps) if view.stuck}
    now = list(steps)
    while True:
        ready = {
            view.step.uid for view in views(now)
            if not view.blockers and not view.one_of and view.step.text("state") not in OVER
        }  # fmt: skip
        if not ready:
            break
        now = [one._replace(values={**one.values, "state": "done"}) if one.uid in ready else one for one in now]
    assert {one.uid for one in now if one.text("state") not in OVER} == said


@given(graphs())
def test_every_stuck_step_leads_to_a_circle_or_a_refusal_that_is_shown(steps: list[Record]) -> None:
    shown = by_uid(steps)
    for view in shown.values():
        if not view.stuck:
            continue
        reached, ahead = set(), [view]
        found = False
        while ahead:
            here = ahead.pop()
            found = found or bool(here.circle)
            for other in (*here.blockers, *here.one_of):
                found = found or other.text("state") == "refused"
                if other.uid not in reached:
                    reached.add(other.uid)
                    ahead.append(shown[other.uid])
        assert found
        assert not view.circle or view.circle[0].uid == view.step.uid


@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_the_steps_does_not_matter(steps: list[Record], chance: random.Random) -> None:
    mixed = list(steps)
    chance.shuffle(mixed)
    before, after = by_uid(steps), by_uid(mixed)
    assert {uid: (view.standing, view.stuck) for uid, view in before.items()} == {
        uid: (view.standing, view.stuck) for uid, view in after.items()
    }


@given(graphs())
def test_every_blocked_step_has_one_sentence_that_names_why(steps: list[Record]) -> None:
    for view in views(steps):
        said = blocked_sentence(view, {}, Language(), PACK)
        assert bool(said) == (view.standing is Standing.BLOCKED)
        if view.standing is Standing.BLOCKED and view.step.text("state") != "blocked":
            named = view.circle or (*view.blockers, *view.one_of)
            assert all(other.text("title") in said for other in named)


def test_a_circle_says_the_way_round_and_the_way_out() -> None:
    shown = by_uid([step("card", needs=("home",)), step("home", needs=("card",)), step("later", needs=("card",))])
    assert [one.uid for one in shown["card"].circle] == ["card", "home"]
    assert "Step card → Step home → Step card" in blocked_sentence(shown["card"], {}, Language(), PACK)
    assert shown["later"].stuck
    assert not shown["later"].circle
    ahead = by_uid([step("card", needs=("home",), reason="passport serves"), step("home", needs=("card",))])
    assert ahead["card"].standing is Standing.CAN_START
    assert not ahead["home"].stuck


def test_what_only_has_its_turn_later_is_not_drawn_as_what_is_held_up() -> None:
    today = date(2026, 11, 30)
    shown = by_uid([
        step("home"), step("card", needs=("home",)), step("refused", "refused"), step("held", needs=("refused",)),
        step("round", needs=("trip",)), step("trip", needs=("round",)), step("office", "blocked"),
    ])  # fmt: skip
    looks = {uid: view.look(today) for uid, view in shown.items()}
    assert looks == {"home": "can_start", "card": "later", "refused": "refused", "held": "blocked", "round": "blocked",
                     "trip": "blocked", "office": "blocked"}  # fmt: skip
    states = {uid: standing_text(view, today, Language(), PACK)[0] for uid, view in shown.items()}
    assert (states["card"], states["held"], states["office"]) == ("Later", "Blocked", "Blocked")


@pytest.mark.parametrize(
    ("values", "look", "late"),
    [
        ({"state": "planned", "planned_on": "2026-11-29"}, "overdue", "1 day overdue"), ({"state": "planned", "planned_on": "2026-11"}, "can_start", ""),
        ({"state": "submitted", "filed_on": "2026-01-01", "expected_on": "2026-11-01"}, "overdue", "29 days overdue"),
        ({"state": "submitted", "planned_on": "2026-01-01"}, "waiting", ""), ({"state": "done", "planned_on": "2026-01-01"}, "done", ""),
        ({"state": "in_progress", "planned_on": "2026-12-01"}, "under_way", ""),
    ],
)  # fmt: skip
def test_a_step_whose_day_is_over_is_late(values: dict[str, str], look: str, late: str) -> None:
    [view] = views([Record("step", "s", dict(values))])
    today = date(2026, 11, 30)
    assert (view.look(today), late_text(view, today, Language())) == (look, late)


def test_one_of_several_is_enough_and_all_given_up_too() -> None:
    def standing(*states: str) -> Standing:
        options = [step(f"o{number}", state) for number, state in enumerate(states)]
        return by_uid([*options, step("x", any_of=tuple(one.uid for one in options))])["x"].standing

    assert standing("planned", "done") is Standing.CAN_START
    assert standing("not_needed", "planned") is Standing.BLOCKED
    assert standing("not_needed", "abandoned") is Standing.CAN_START
    assert standing("refused", "planned") is Standing.BLOCKED


def test_a_step_is_linked_for_its_person_then_for_the_case_and_to_the_parents() -> None:
    template = StepTemplate(
        "B", "Birth", needs=("T",), needs_one_of=("M", "P"), helped_by=("B",), parents_first=("ID",)
    )
    there = {("T", "ana"): "t1", ("T", "luka"): "t2", ("M", ""): "m", ("B", "ana"): "b", ("ID", "mother"): "id"}
    assert links(template, "ana", there, "mother", ("mother", "father")) == Links(("t1",), ("m",), ("id",))
    assert links(replace(template, parents_first=()), "", there, "luka", ()) == Links(("t2",), ("m",), ())


def test_a_part_of_a_country_stands_before_the_country_and_that_before_all() -> None:
    steps = {
        "S": StepTemplate("S", "everywhere"),
        "BA.S": StepTemplate("BA.S", "the country", extends="S", country="BA"),
        "BA.F": StepTemplate("BA.F", "the entity", extends="S", country="BA", sub_unit="F"),
    }
    pack = Pack(
        key="p", title="P", version=1, steps=steps, within={"canton": "F"}, situations={"X": Situation("X", "x")}
    )
    found = {
        place: pack.template("S", *place)
        for place in (("RS", ""), ("BA", ""), ("BA", "F"), ("BA", "canton"), ("BA", "other"))
    }
    assert [one.title if one else "" for one in found.values()] == [
        "everywhere", "the country", "the entity", "the entity", "the country",
    ]  # fmt: skip
    assert pack.root("BA.F") == "S"
