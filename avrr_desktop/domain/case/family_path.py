"""The path of a family through the offices as a grid: one row a person, one column a step; for screen and paper."""

from dataclasses import dataclass

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.procedure.steps import Standing, StepView


@dataclass(frozen=True, slots=True)
class PathRow:
    """One person (no name: the whole family) with a view for each column, None where the step is not theirs."""

    person: str
    name: str
    views: tuple[StepView | None, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """Columns are short names of steps, service after service, what waits to the right of what it waits for."""

    columns: tuple[str, ...]
    rows: tuple[PathRow, ...]


def path_of(case_file: CaseFile) -> Path:
    """Return the grid of a case. Steps that are not needed are left out; each person has a row as soon as one is theirs."""
    views = [view for view in case_file.step_views() if view.standing.value != "not_needed"]
    depth = _depths(views)
    order = {service.uid: number for number, service in enumerate(case_file.services)}
    columns: dict[str, tuple[int, int, int]] = {}
    for view in views:
        step = view.step
        place = (order.get(step.text("service"), 0), depth[step.uid], step.whole("position"))
        title = _title(view)
        columns[title] = min(columns.get(title, place), place)
    titles = tuple(sorted(columns, key=lambda title: columns[title]))
    members = [member.person.uid for member in case_file.members]
    people = ["", *members, *(uid for uid in case_file.people if uid not in members)]
    rows = []
    for uid in people:
        own: dict[str, StepView] = {}
        for view in views:
            if view.step.text("person") == uid and (
                _title(view) not in own or own[_title(view)].standing is Standing.DONE
            ):
                own[_title(view)] = view  # of two steps with one name the open one is shown
        if own:
            person = case_file.people.get(uid)
            name = person.text("given_names") or person.text("family_name") if person else ""
            rows.append(PathRow(uid, name, tuple(own.get(title) for title in titles)))
    return Path(titles, tuple(rows))


def _title(view: StepView) -> str:
    return view.step.text("short") or view.step.text("title")


def _depths(views: list[StepView]) -> dict[str, int]:
    """Return how many steps stand before each one, at most; a circle counts once."""
    waits = {view.step.uid: (*view.step.many("waits_for"), *view.step.many("waits_for_any")) for view in views}
    depths: dict[str, int] = dict.fromkeys(waits, 0)
    for _ in range(len(waits)):
        moved = False
        for uid, others in waits.items():
            deepest = max((depths[other] + 1 for other in others if other in depths), default=0)
            if depths[uid] < deepest <= len(waits):
                depths[uid] = deepest
                moved = True
        if not moved:
            break
    return depths
