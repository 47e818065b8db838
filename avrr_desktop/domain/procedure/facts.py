"""What is known of a person proposes situations, each with its reason; which facts do is declared in the packs.

Nothing is ever added by itself: an officer ticks what is proposed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from avrr_desktop.domain.case.paper_states import LACKING, THERE
from avrr_desktop.domain.people.country import STATELESS
from avrr_desktop.domain.people.dates import age_on
from avrr_desktop.domain.procedure.pack import Pack, Situation
from avrr_desktop.domain.procedure.school_age import of_school_age
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.records.views import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a case knows of one person. ``return_to``: the country of return; empty where nobody said it."""

    person: Record
    return_to: str
    today: date
    situations: tuple[str, ...] = ()  # ticked already
    papers: tuple[Record, ...] = ()
    schoolings: tuple[Record, ...] = ()


def _born_abroad(known: Known, wanted: bool) -> bool:
    born = known.person.text("birth_country")
    return bool(born and known.return_to and born != STATELESS) and (born != known.return_to) is wanted


def _age_until(known: Known, years: int) -> bool:
    age = age_on(known.person.text("birth_date"), known.today)
    return age is not None and age[0] <= years


def _without_papers(known: Known, kinds: list[str]) -> bool:
    return not any(Paper(paper).doc_type in kinds and Paper(paper).state in THERE for paper in known.papers)


def _missing_papers(known: Known, kinds: list[str]) -> bool:
    return any(Paper(paper).doc_type in kinds and Paper(paper).state in LACKING for paper in known.papers)


def _without_school(known: Known, wanted: bool) -> bool:
    return any(record.text("school") or record.text("enrolled_on") for record in known.schoolings) is not wanted


def _answers(known: Known, wanted: Mapping[str, object]) -> bool:
    return all(known.person.values.get(key) == value for key, value in wanted.items())


# Each with the type of what a pack states of it; all that a situation states must hold.
KNOWN: Mapping[str, tuple[type, Callable[[Known, Any], bool]]] = {
    "born_abroad": (bool, _born_abroad),
    "age_until": (int, _age_until),
    "of_school_age": (bool, lambda known, wanted: of_school_age(known.person, known.today) is wanted),
    "without_papers": (list, _without_papers),
    "missing_papers": (list, _missing_papers),
    "without_school": (bool, _without_school),
    "answers": (dict, _answers),
}


def refused(facts: Mapping[str, object]) -> str:
    """Return the first fact that is not known or is not stated as it has to be; empty for none."""
    return next((key for key, stated in facts.items() if key not in KNOWN or type(stated) is not KNOWN[key][0]), "")


def proposed(pack: Pack, known: Known) -> tuple[Situation, ...]:
    """Return the situations that the facts speak for and nobody ticked, in the order of the pack."""
    return tuple(
        one
        for one in pack.situations.values()
        if one.facts and one.key not in known.situations and _hold(one.facts, known)
    )


def _hold(facts: Mapping[str, Any], known: Known) -> bool:
    return all(KNOWN[key][1](known, stated) for key, stated in facts.items())
