"""The steps of a child say how far it is at school; what was typed stands where there is no step."""

from itertools import product

import pytest

from avrr_desktop.domain.procedure.attendance import attendance
from avrr_desktop.domain.procedure.school_steps import BEFORE, RULES, followed, given_by_steps, root_of
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.records.types.plan_records import SCHOOLING
from avrr_desktop.operations.computer import shipped_packs

STATES = tuple(shipped_packs.shipped().codes["step_state"])
OVER = {"done", "not_needed", "abandoned", "refused"}


def step(root: str, state: str = "planned", person: str = "p1", **values: Value) -> Record:
    return Record("step", f"{root} {person}", {"root": root, "state": state, "person": person, **values})


def school(**values: Value) -> Record:
    return Record("schooling", "g1", {"person": "p1", **values})


def test_every_field_that_steps_decide_has_its_rule_and_names_steps_of_the_pack() -> None:
    fields = {field.key: field.of_steps for field in SCHOOLING.fields if field.of_steps}
    assert fields.keys() == RULES.keys()
    assert {root for roots in fields.values() for root in roots} <= shipped_packs.shipped().steps.keys()


def test_steps_of_before_are_known_by_the_keys_of_every_pack_that_shipped() -> None:
    pack = shipped_packs.shipped()
    of_school = {key: one.extends for key, one in pack.steps.items() if one.extends.startswith("SE.")}
    assert of_school.items() <= BEFORE.items()
    assert all(root_of(Record("step", "t", {"template": key})) == root for key, root in of_school.items())
    assert root_of(Record("step", "t", {"template": "OFFICE.1", "root": "SE.ENROL"})) == "SE.ENROL"


@pytest.mark.parametrize("state", STATES)
def test_a_child_is_enrolled_when_the_step_is_done_and_only_then(state: str) -> None:
    stored = school(enrolled_on="2024-09-01")
    read = followed(stored, [step("SE.ENROL", state, done_on="2026-09-14")])
    expected = {"done": "2026-09-14", "not_needed": "2024-09-01", "abandoned": "2024-09-01"}.get(state, "")
    assert read.text("enrolled_on") == expected


def test_recognition_follows_application_and_decision_in_every_state() -> None:
    for applied, decided in product(STATES, STATES):
        recognition_follows(applied, decided)


def recognition_follows(applied: str, decided: str) -> None:
    read = followed(
        school(recognition="refused"), [step("SE.RECOG_APPLY", applied), step("SE.RECOG_DECISION", decided)]
    )
    said = read.text("recognition")
    assert (said == "granted") is (decided == "done")
    if "abandoned" not in (applied, decided) and decided != "done":
        assert (said == "refused") is ("refused" in (applied, decided))
    if applied == "waiting_authority" and decided == "planned":
        assert said == "requested"
    if applied == decided == "abandoned":
        assert said == "refused", "what was typed stands where no step is left"


def test_a_decision_may_grant_in_part() -> None:
    steps = [step("SE.RECOG_DECISION", "done")]
    assert followed(school(recognition="partly"), steps).text("recognition") == "partly"
    assert followed(school(recognition="requested"), steps).text("recognition") == "granted"


def test_steps_of_another_child_say_nothing() -> None:
    typed = school(enrolled_on="2026-05-10", recognition="requested", vaccination="held")
    others = [step(root, "done", "p2", done_on="2026-01-01") for root in ("SE.ENROL", "SE.RECOG_DECISION", "SE.VACC")]
    assert followed(typed, others) == typed
    assert given_by_steps(Record("schooling", "g", {}), [step("SE.ENROL", person="")]) == {}


@pytest.mark.parametrize(("state", "paper", "expected"), [
    ("done", "missing", "held"), ("planned", "", "missing"), ("planned", "held", "held"), ("planned", "requested", "requested"),
    ("not_needed", "missing", "not_needed"), ("waiting_authority", "", "requested"),
])  # fmt: skip
def test_certificates_are_said_by_the_step_and_its_paper(state: str, paper: str, expected: str) -> None:
    papers = [Record("paper", "d", {"holder": "p1", "doc_type": "school_report", "state": paper})] if paper else []
    assert followed(school(), [step("SE.HOST_DOCS", state)], papers).text("certificates") == expected


def test_attendance_is_looked_at_after_the_enrolment_of_the_step_and_once() -> None:
    enrol, checks = step("SE.ENROL", "done", done_on="2026-01-31"), step("SE.FOLLOWUP", "planned")
    typed = school(enrolled_on="2020-01-01")
    [first] = attendance([typed], [enrol, checks])
    assert (first.on, first.record_type, first.step) == ("2026-02-28", "schooling", checks.uid)
    [second] = attendance([school(attends_after_1_month="yes")], [enrol, checks])
    assert second.on == "2026-04-30"
    [alone] = attendance([], [enrol, checks])
    assert (alone.on, alone.record_type) == ("2026-02-28", "step")
    assert attendance([typed], [step("SE.ENROL", "planned"), checks]) == ()
    assert attendance([school(left_on="2026-02-01")], [enrol, checks]) == ()


@pytest.mark.parametrize("state", sorted(OVER - {"abandoned"}))
def test_no_check_is_due_once_its_step_has_ended(state: str) -> None:
    assert attendance([school()], [step("SE.ENROL", "done", done_on="2026-01-31"), step("SE.FOLLOWUP", state)]) == ()
