"""Papers of a family: the same paper for several people at once, and what is missing."""

from collections.abc import Mapping, Sequence

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.history.change import Changes
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.workspace import Workspace


@needs(Permission.RECORD)
def add_papers(
    workspace: Workspace, case_file: CaseFile, people: Sequence[str], values: Mapping[str, object]
) -> Changes:
    """Write the same paper down for several people, as one Change. Raises BadInputError."""
    parts = [adding(workspace, "paper", {**values, "holder": person}) for person in people]
    return commit(workspace, parts, case_file.case.uid)
