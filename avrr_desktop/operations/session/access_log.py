"""What left the store and who looked at what is restricted: written by the program itself, never by hand."""

from avrr_desktop.domain.history.change import Changes
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import commit
from avrr_desktop.operations.session.workspace import CHECK_WANTED, Workspace

FROM_OUTSIDE = frozenset({"came_back", "rescued", "restored"})  # after these everything is looked at


def note(workspace: Workspace, what: str, *, case: str = "", **values: str | int | tuple[str, ...]) -> Changes:
    """Append one line. ``what``: a code of the list access_kind; values as in domain/records/types/office_records.py.

    It stands beside the cases, so that a print does not make a new revision of what it prints.
    """
    at = workspace.clock.now().isoformat(timespec="seconds")
    content = {"what": what, "at": at, "case_link": case, "officer": workspace.actor, **values}
    if what in FROM_OUTSIDE:
        workspace.store.local.set_setting(CHECK_WANTED, what)
    part = adding(workspace, "access", {key: value for key, value in content.items() if value not in ("", ())})
    return commit(workspace, [part])


@needs(Permission.READ)
def accesses(workspace: Workspace, case: str = "") -> tuple[Record, ...]:
    """Return the lines of a case, or all of them, the newest first."""
    return tuple(reversed(workspace.store.reader.accesses(case)))


def next_serial(workspace: Workspace) -> str:
    """Return the serial number of a document that is about to leave: this computer's letters and a running number."""
    return next_serials(workspace, 1)[0]


def next_serials(workspace: Workspace, count: int) -> list[str]:
    """Return the serial numbers of many documents that are about to leave."""
    with workspace.store.transaction():
        last = int(workspace.store.local.setting("serial", "0"))
        workspace.store.local.set_setting("serial", str(last + count))
    letters = workspace.store.device_letters
    return [f"{letters}-{number:05d}" for number in range(last + 1, last + count + 1)]
