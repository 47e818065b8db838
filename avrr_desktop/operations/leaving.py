"""Which ways out of a store the policy of this computer leaves open: asked by every verb that writes a file for others."""

from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.marking import N_
from avrr_desktop.domain.policy import EXPORTS
from avrr_desktop.operations.workspace import Workspace


def check_way(workspace: Workspace, way: str) -> None:
    """Raise RefusedError where nothing may leave in a way of ``domain.policy.EXPORTS``."""
    if workspace.policy.may_leave(way):
        return
    if workspace.policy.problems:
        raise RefusedError(
            N_("The policy of this computer cannot be read whole, so no file leaves the store: {way}."),
            N_("Nothing was written. Paper still works; whoever looks after this computer can mend the policy."),
            {"way": EXPORTS[way]},
        )
    raise RefusedError(
        N_("The policy of this computer does not let this leave as a file: {way}."),
        N_("Nothing was written. Choose another way, or ask whoever looks after this computer."),
        {"way": EXPORTS[way]},
    )


def ways_out(workspace: Workspace, ways: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of some ways that are open."""
    return tuple(way for way in ways if workspace.policy.may_leave(way))
