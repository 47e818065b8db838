"""How far the steps of a practice case are: nothing done before what it waits for, no day out of order, no paper missing
whose step is done."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from avrr_desktop.domain.history.change import Part, PartKind
from avrr_desktop.domain.people.dates import months_after
from avrr_desktop.domain.procedure.pack import Pack, StepTemplate
from avrr_desktop.domain.procedure.school_steps import CHECKS, ENROL

Values = dict[str, Any]
_OFFICE_OF_STEP = {"registry": "registry", "police": "police", "school": "school", "health_fund": "clinic",
                   "clinic": "clinic", "employment_service": "employment", "social_work": "social",
                   "education_office": "school", "municipality": "registry"}  # fmt: skip
_OF_A_COPY = ("number", "issued_on", "valid_until")


@dataclass(slots=True, kw_only=True)
class Course:
    """The steps of one case from its opening to its end, or to today. ``place``: the offices of the family’s place."""

    chance: random.Random
    pack: Pack
    opened: date
    end: date  # the day of closing, else today
    closed: bool
    place: Mapping[str, str]
    officer: str
    reached: bool = True  # of a closed case: what was wanted was reached, so that every step is done
    begun: bool = True  # not before the arrival
    done: dict[str, date] = field(default_factory=dict)

    def moved(self, steps: Sequence[Part]) -> list[Part]:
        """Return the steps with their states and days, in the order given."""
        order = in_order(steps)
        moved = self._over(order) if self.closed else self._under_way(order)
        return [moved[step.record] for step in steps]

    def _ready(self, step: Part) -> date | None:
        """Return the day from which a step could begin; None while something that it waits for is not done."""
        days = [self.opened]
        for uid in linked(step, "waits_for"):
            if uid not in self.done:
                return None
            days.append(self.done[uid])
        choice = linked(step, "waits_for_any")
        met = [self.done[uid] for uid in choice if uid in self.done]
        if choice and not met:
            return None
        return max([*days, *([min(met)] if met else [])])

    def _done_on(self, step: Part, order: Sequence[Part], left: int) -> date | None:
        """Return a day on which a step ends; None where it cannot have ended yet."""
        ready, root = self._ready(step), str(step.values.get("root", ""))
        if ready is None:
            return None
        if root == CHECKS:
            enrol = next((one for one in order if one.values.get("root") == ENROL and _same(one, step)), None)
            third = months_after(self.done[enrol.record].isoformat(), 3) if enrol and enrol.record in self.done else ""
            return date.fromisoformat(third) if third and third <= self.end.isoformat() else None
        room = max(0, (self.end - ready).days)
        longest = 20 if root == ENROL else max(1, room // max(1, left))
        return ready + timedelta(days=min(room, self.chance.randint(1, max(1, longest))))

    def _over(self, order: Sequence[Part]) -> dict[str, Part]:
        last = len(order) if self.reached else self.chance.randint(0, max(0, len(order) - 1))
        moved: dict[str, Part] = {}
        for number, step in enumerate(order):
            day = self._done_on(step, order, len(order) - number) if number < last else None
            moved[step.record] = self._ended(step, day) if day else with_(step, state="abandoned")
        return moved

    def _ended(self, step: Part, day: date) -> Part:
        self.done[step.record] = day
        return with_(step, state="done", done_on=day.isoformat())

    def _under_way(self, order: Sequence[Part]) -> dict[str, Part]:
        moved = {step.record: step for step in order}
        finished = self.chance.randint(0, max(0, len(order) - 2)) if self.begun else 0
        current = False
        for number, step in enumerate(order):
            if number < finished and (day := self._done_on(step, order, finished - number)):
                moved[step.record] = self._ended(step, day)
            elif not current and (ready := self._ready(step)) and step.values.get("root") != CHECKS:
                moved[step.record], current = self._current(step, ready), True
        return moved

    def _current(self, step: Part, ready: date) -> Part:
        chance, age = self.chance, max(0, (self.end - ready).days)
        template = self._template(step)
        office = self.place.get(_OFFICE_OF_STEP.get(template.authority, ""), "")
        if self.begun and office and chance.random() < 0.65:
            filed = self.end - timedelta(days=chance.randint(0, min(age, 45)))
            step = with_(step, state="waiting_authority", filed_on=filed.isoformat(), office_name=office,
                         file_number=f"{chance.randint(100, 9999)}/{filed.year}")  # fmt: skip
            if chance.random() < 0.6:
                expected = max(filed, self.end + timedelta(days=chance.randint(-9, 25)))
                step = with_(step, expected_on=expected.isoformat())
            return step
        planned = max(ready, self.end + timedelta(days=chance.randint(-4, 12)))
        step = with_(step, planned_on=planned.isoformat())
        if office:
            step = with_(step, office_name=office, at_time=f"{chance.randint(8, 14)}:{chance.choice(('00', '30'))}")
        if office and chance.random() < 0.3:
            step = self._accompanied(step, office, planned)
        return step

    def _accompanied(self, step: Part, office: str, planned: date) -> Part:
        hour = int(str(step.values["at_time"]).split(":")[0]) + 2
        step = with_(step, accompanied_by=self.officer, meeting_place=f"At the door: {office}", back_by=f"{hour}:30")
        back = planned < self.end and self.chance.random() < 0.8
        return with_(step, back_reported=True) if back else step

    def _template(self, step: Part) -> StepTemplate:
        return self.pack.steps[str(step.values["template"])]

    def with_papers(self, steps: Sequence[Part], papers: Sequence[Values]) -> list[Part]:
        """Return the steps with the proof that they name, after the papers followed the steps: held where the step is
        done, not there while it is open. ``papers``: values with their identifier under “uid”, changed in place.
        """
        of_kind: dict[tuple[str, str], Values] = {}
        for paper in papers:
            of_kind.setdefault((paper["holder"], paper["doc_type"]), paper)
        proved, named = set(), []
        for step in steps:
            there = [
                held for kind in self._template(step).evidence
                if (held := of_kind.get((str(step.values.get("person", "")), kind)))
            ]  # fmt: skip
            if step.values["state"] == "done":
                proved |= {paper["uid"] for paper in there}
                step = with_(step, evidence=there[0]["uid"]) if there else step
            named.append((step, there))
        for step, there in named:
            for paper in there:
                if paper["uid"] in proved:
                    paper["state"] = "held"
                elif paper["state"] == "held":
                    _taken_back(paper, "requested" if step.values["state"] == "waiting_authority" else "missing")
        self._treat(steps, of_kind)
        return [step for step, _ in named]

    def _treat(self, steps: Sequence[Part], of_kind: Mapping[tuple[str, str], Values]) -> None:
        """Write apostille and translation of a foreign birth certificate as its steps say."""
        said = {"CR.LEGALISE": ("legalisation_state", "apostille"), "CR.TRANSLATE": ("translation_state", "done")}
        for step in steps:
            certificate = of_kind.get((str(step.values.get("person", "")), "birth_certificate_foreign"))
            if certificate is not None and (of_step := said.get(str(step.values.get("root")))):
                certificate[of_step[0]] = of_step[1] if step.values["state"] == "done" else "needed"


def _taken_back(paper: Values, state: str) -> None:
    paper["state"] = state
    for key in _OF_A_COPY:
        paper.pop(key, None)


def _same(one: Part, other: Part) -> bool:
    return one.values.get("person") == other.values.get("person")


def in_order(steps: Sequence[Part]) -> list[Part]:
    """Return steps so that each stands behind those that it waits for; the order given is kept where nothing asks else."""
    there, placed, ordered, left = {step.record for step in steps}, set[str](), list[Part](), list(steps)
    while left:
        ready = [step for step in left if _free(step, there, placed)] or left[:1]
        ordered += ready
        placed |= {step.record for step in ready}
        left = [step for step in left if step.record not in placed]
    return ordered


def _free(step: Part, there: set[str], placed: set[str]) -> bool:
    choice = there.intersection(linked(step, "waits_for_any"))
    return there.intersection(linked(step, "waits_for")) <= placed and (not choice or bool(choice & placed))


def linked(step: Part, key: str) -> tuple[str, ...]:
    """Return the steps that a new step names in a field."""
    value = step.values.get(key, ())
    return value if isinstance(value, tuple) else ()


def with_(part: Part, **values: str | bool) -> Part:
    """Return a new record with further values."""
    return Part(PartKind.ADD, part.record_type, part.record, {**part.values, **values})
