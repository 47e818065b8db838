"""What this store remembers of journeys: which cases went along, so that nothing else comes back."""

import json
from collections.abc import Collection

from avrr_desktop.operations.session.workspace import Workspace

_SETTING, MARK = "journeys", "journey"
_KEPT = 200  # the newest


def remember_journey(workspace: Workspace, mark: str, cases: Collection[str]) -> None:
    """Remember, in the caller's transaction, which cases went along. ``mark``: known to the journey and to nobody else."""
    journeys = json.loads(workspace.store.local.setting(_SETTING, "{}"))
    kept = dict([*journeys.items(), (mark, sorted(cases))][-_KEPT:])
    workspace.store.local.set_setting(_SETTING, json.dumps(kept))


def cases_of_journey(workspace: Workspace, mark: str) -> frozenset[str]:
    """Return the cases that went along on a journey; none for one that this store knows nothing of."""
    return frozenset(json.loads(workspace.store.local.setting(_SETTING, "{}")).get(mark, ()))
