"""The desk of Today as tests ask for it: the lines of some of its groups."""

from avrr_desktop.operations.cases.today import GROUPS, LATE, DeskLine, desk, desk_lines
from avrr_desktop.operations.session.workspace import Workspace

NOW = ("alarm", *LATE, "today")  # what is to be done now, or was to be done before


def lines_of(workspace: Workspace, *groups: str, mine: bool = False) -> list[DeskLine]:
    """Return the lines of some groups; of all, where none is named. Each has as many as are counted."""
    counts = desk(workspace, mine=mine).counts
    found = {group: desk_lines(workspace, group, mine=mine, limit=1000) for group in groups or GROUPS}
    assert {group: len(lines) for group, lines in found.items()} == {group: counts.get(group, 0) for group in found}
    return [line for lines in found.values() for line in lines]


def kinds_of(workspace: Workspace, *groups: str, mine: bool = False) -> list[str]:
    """Return of which kind the lines of some groups are."""
    return [line.kind for line in lines_of(workspace, *groups, mine=mine)]
