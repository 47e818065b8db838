"""What somebody typed and did not save: kept encrypted in the store, offered again, never lost."""

from collections.abc import Mapping
from dataclasses import replace

from avrr_desktop.domain.records.record_types import BY_KEY
from avrr_desktop.operations.session.late_entries import check_open
from avrr_desktop.operations.session.permission import Permission, may, needs
from avrr_desktop.operations.session.sealing import SEALED, opened_values, protection_key, sealed_values
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.local.local import Draft

__all__ = ["Draft"]


@needs(Permission.RECORD)
def keep_draft(
    workspace: Workspace, form: str, case: str, record_type: str, record: str, typed: Mapping[str, object],
    seen: tuple[str, ...],
) -> None:  # fmt: skip
    """Keep what a form holds, as typed, also where it cannot be read yet. Raises RefusedError without the key, and in a closed case."""
    check_open(workspace, case)
    kept_at = workspace.clock.now().isoformat(timespec="seconds")
    typed = stays_restricted(workspace, form, record_type, typed)
    values = sealed_values(workspace, record_type, record, dict(typed))
    workspace.store.local.keep_draft(Draft(form, case, record_type, record, values, seen, kept_at, workspace.actor))


def stays_restricted(
    workspace: Workspace, form: str, record_type: str, values: Mapping[str, object]
) -> dict[str, object]:
    """Return values of a form, marked as restricted where its draft is closed: what was begun so never becomes open."""
    before = workspace.store.local.draft(form) if form else None
    if before is not None and is_closed(before) and BY_KEY[record_type].has("restricted"):
        return {**values, "restricted": True}
    return dict(values)


@needs(Permission.RECORD)
def drop_draft(workspace: Workspace, form: str) -> None:
    """Forget a draft: it says nothing, or was thrown away. Raises RefusedError for a closed one without its key."""
    before = workspace.store.local.draft(form)
    if before is not None and is_closed(before):
        protection_key(workspace)
    workspace.store.local.drop_draft(form)


@needs(Permission.READ)
def draft_of(workspace: Workspace, form: str) -> Draft | None:
    """Return the draft of a form."""
    draft = workspace.store.local.draft(form)
    return draft and replace(draft, values=opened_values(workspace, draft.record_type, draft.record, draft.values))


def is_closed(draft: Draft) -> bool:
    """Return whether a draft, as the store holds it, is closed with the key of restricted records."""
    return SEALED in draft.values


@needs(Permission.READ)
def all_drafts(workspace: Workspace) -> list[Draft]:
    """Return every draft that this officer can go on with, newest first."""
    if not may(workspace, Permission.RECORD):
        return []
    return [draft for draft in workspace.store.local.drafts() if workspace.protection or not is_closed(draft)]


@needs(Permission.READ)
def begun(workspace: Workspace, case: str) -> list[Draft]:
    """Return the drafts of new records of a case, or of those beside all cases."""
    return [
        draft for draft in all_drafts(workspace)
        if draft.case == case and draft.form == f"new {draft.record_type} {draft.record}"
    ]  # fmt: skip
