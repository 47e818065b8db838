"""Which ways out of a store the policy of this computer leaves open: asked by every verb that writes a file for others."""

from collections.abc import Mapping

from avrr_desktop.domain.consent.redaction import RETURNEE
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.policy import EXPORTS
from avrr_desktop.operations.session.session import Session

# Files that leave without a line of their own, and why. Every other one goes through ``operations.leaving_files``.
NOT_WRITTEN_DOWN: Mapping[str, str] = {
    "own_places.export_places": "names of places, and no person’s data",
    "evaluation.save_evaluation": "counts, and lessons that belong to no case and are written without names",
    "registers.save_table": "counts by country: nobody is named, and no case",
    "support.save_support": "versions, counts and places in the code: shown whole before it is written, and no value is in it",
    "pack_office.export_pack": "how the office works: no record of a case is in it",
    "journey.take_along": "the store of a journey is encrypted as this one, and has a line of its own: travelled",
    "journey.move_keys_away": "keys without a store: they open nothing by themselves, and no store is open to write it down in",
}


def check_way(workspace: Session, way: str) -> None:
    """Raise RefusedError where nothing may leave in a way of ``domain.policy.EXPORTS``."""
    if workspace.policy.may_leave(way):
        return
    if workspace.policy.problems:
        raise RefusedError(
            N_("The policy of this computer cannot be read completely, so no file may leave the store. Blocked: {way}"),
            N_("Nothing was written. Printing on paper still works; your IT can correct the policy."),
            {"way": EXPORTS[way]},
        )
    raise RefusedError(
        N_("The policy of this computer does not allow this export. Blocked: {way}"),
        N_("Nothing was written. Choose another way, or ask your IT."),
        {"way": EXPORTS[way]},
    )


def paper_open(workspace: Session, level: str = "") -> bool:
    """Say whether something may go to a printer. ``level``: of a print of a case; a person's own data always may."""
    return workspace.policy.printing is not False or level == RETURNEE


def check_paper(workspace: Session, level: str = "") -> None:
    """Raise RefusedError where nothing of a level may go to a printer."""
    if not paper_open(workspace, level):
        raise RefusedError(
            N_("The policy of this computer does not allow printing this on paper."),
            N_("Nothing was printed. A person’s own data may be printed, and the recovery code."),
        )


def ways_out(workspace: Session, ways: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of some ways that are open."""
    return tuple(way for way in ways if workspace.policy.may_leave(way))
