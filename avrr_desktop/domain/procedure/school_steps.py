"""What the steps of a child’s school say in place of what was typed: the steps are the truth where there are any.

The school record keeps what no step knows (the school, the class, the answers of the attendance checks). Its fields
with ``of_steps`` follow from the steps of that child; a value typed before is kept and shown where no step exists.
See docs/decisions/0024.
"""

from collections.abc import Iterable, Mapping, Sequence

from avrr_desktop.domain.case.paper_states import PaperState
from avrr_desktop.domain.procedure.step_states import AT_OFFICE, FINISHED, StepState
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.domain.records.types.plan_records import SCHOOLING
from avrr_desktop.domain.records.views import Paper, Schooling, Step

_DONE, _NOT_NEEDED = StepState.DONE.code, StepState.NOT_NEEDED.code
ENROL, PLACEMENT, LANGUAGE = "SE.ENROL", "SE.PLACEMENT", "SE.LANGUAGE"
APPLY, DECISION, CHECKS = "SE.RECOG_APPLY", "SE.RECOG_DECISION", "SE.FOLLOWUP"
HOST_DOCS, VACCINATION = "SE.HOST_DOCS", "SE.VACC"
ANSWERS = ("attends_after_1_month", "attends_after_3_months")
PAPERS = {"certificates": ("school_report", "school_leaving_certificate"), "vaccination": ("vaccination_record",)}

# Steps that were made before a step kept its generic key, by the keys of the packs that were shipped then.
BEFORE = {
    "AL.ENROL": ENROL, "MK.ENROL": ENROL, "XK.ENROL": ENROL, "XK.LANGUAGE": LANGUAGE, "AL.RECOG": APPLY,
    "BA.RECOG_SARAJEVO": APPLY, "BA.RECOG_HNK": APPLY, "BA.RECOG_SRPSKA": APPLY, "ME.RECOG": APPLY, "MK.RECOG": APPLY,
    "RS.RECOG": APPLY, "RS.RECOG_VOJVODINA": APPLY, "XK.RECOG": APPLY,
}  # fmt: skip


def root_of(step: Record) -> str:
    """Return the generic key of a step, whatever country’s template it was made from; empty for one of the office’s own."""
    key = Step(step).template
    return Step(step).root or BEFORE.get(key, key)


def school_steps(steps: Iterable[Record], person: str) -> dict[str, Record]:
    """Return the step of a child for each generic key, without those that were given up; of several the finished one."""
    found: dict[str, Record] = {}
    for step in steps:
        root = root_of(step)
        if not root.startswith("SE.") or Step(step).person != person or Step(step).state == StepState.ABANDONED.code:
            continue
        before = found.get(root)
        if before is None or Step(before).state != _DONE:
            found[root] = step
    return found


def given_by_steps(
    schooling: Record, steps: Sequence[Record], papers: Sequence[Record] = ()
) -> dict[str, Value | None]:
    """Return the fields of a school record that steps decide, with their values; None where a step says: not yet.

    ``steps`` and ``papers``: those of the case.
    """
    person = Schooling(schooling).person
    there = school_steps(steps, person) if person else {}
    states = {root: Step(step).state for root, step in there.items()}
    given: dict[str, Value | None] = {}
    for field in SCHOOLING.fields:
        if field.of_steps and any(root in states for root in field.of_steps):
            given[field.key] = RULES[field.key](there, states, schooling)
    for key, kinds in PAPERS.items():
        if given.get(key) not in (None, PaperState.HELD.code, PaperState.NOT_NEEDED.code):
            given[key] = _of_papers(papers, person, kinds) or given[key]
    return {key: value for key, value in given.items() if value != _NOTHING_SAID}


def left_open(there: Mapping[str, Record]) -> frozenset[str]:
    """Return the fields that a person may say more exactly than the steps do: a decision may grant in part."""
    decided = DECISION in there and Step(there[DECISION]).state == _DONE
    return frozenset({"recognition"}) if decided else frozenset()


_NOTHING_SAID = "?"  # the step leaves it open: what is typed stands


def followed(schooling: Record, steps: Sequence[Record], papers: Sequence[Record] = ()) -> Record:
    """Return a school record as it reads: what its steps say stands in place of what was typed."""
    given = given_by_steps(schooling, steps, papers)
    if not given:
        return schooling
    values = {key: value for key, value in {**schooling.values, **given}.items() if value is not None}
    return schooling._replace(values=values)


def _day_done(root: str, there: Mapping[str, Record], states: Mapping[str, str]) -> Value | None:
    if states.get(root) == _NOT_NEEDED:
        return _NOTHING_SAID  # nobody had to do it: the day may be known all the same
    return Step(there[root]).done_on or None if states.get(root) == _DONE else None


def _enrolled(there: Mapping[str, Record], states: Mapping[str, str], schooling: Record) -> Value | None:
    return _day_done(ENROL, there, states)


def _placed(there: Mapping[str, Record], states: Mapping[str, str], schooling: Record) -> Value | None:
    return _day_done(PLACEMENT, there, states)


def _recognition(there: Mapping[str, Record], states: Mapping[str, str], schooling: Record) -> Value | None:
    applied, decided = states.get(APPLY, ""), states.get(DECISION, "")
    if decided == _DONE:
        return "partly" if Schooling(schooling).recognition == "partly" else "granted"
    if StepState.REFUSED.code in (applied, decided):
        return "refused"
    if applied == _DONE or applied in AT_OFFICE or decided in AT_OFFICE:
        return "requested"
    return "not_needed" if {applied, decided} <= {_NOT_NEEDED, ""} else "to_request"


def _language(there: Mapping[str, Record], states: Mapping[str, str], schooling: Record) -> Value | None:
    said = {_DONE: "arranged", _NOT_NEEDED: "not_needed", StepState.REFUSED.code: "not_offered"}
    return said.get(states[LANGUAGE], "needed")


def _certificates(there: Mapping[str, Record], states: Mapping[str, str], schooling: Record) -> Value | None:
    return _paper_state(states[HOST_DOCS])


def _vaccination(there: Mapping[str, Record], states: Mapping[str, str], schooling: Record) -> Value | None:
    return _paper_state(states[VACCINATION])


def _paper_state(state: str) -> str:
    if state in FINISHED:
        return PaperState.HELD.code if state == _DONE else PaperState.NOT_NEEDED.code
    return PaperState.REQUESTED.code if state in AT_OFFICE else PaperState.MISSING.code


def _of_papers(papers: Iterable[Record], person: str, kinds: Sequence[str]) -> str:
    own = [paper for paper in papers if Paper(paper).holder == person and Paper(paper).doc_type in kinds]
    states = [Paper(paper).state for paper in own if Paper(paper).state]
    return PaperState.HELD.code if PaperState.HELD.code in states else next(iter(states), "")


RULES = {
    "enrolled_on": _enrolled, "placed_on": _placed, "recognition": _recognition, "language_support": _language,
    "certificates": _certificates, "vaccination": _vaccination,
}  # fmt: skip
