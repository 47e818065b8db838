"""Who is at work: chosen at the unlock, and standing on every entry from then on."""

from avrr_desktop.operations.records import new_record, read_record
from avrr_desktop.operations.workspace import Workspace


def begin_as(workspace: Workspace, uid: str) -> None:
    """Begin work as an officer of this store."""
    workspace.officer = read_record(workspace, "officer", uid)


def add_officer(workspace: Workspace, name: str, initials: str) -> None:
    """Add an officer (case worker; the first one of a store: supervisor) and begin work as them."""
    first = not workspace.store.reader.everything("officer")
    workspace.officer = None  # whoever begins adds their own name, before they have a role
    values = {"name": name, "initials": initials, "role": "supervisor" if first else "case_worker"}
    made = new_record(workspace, "officer", values)
    begin_as(workspace, made.record)
