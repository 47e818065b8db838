"""What somebody typed and did not save: kept encrypted in the store, offered again, never lost."""

from collections.abc import Mapping
from dataclasses import replace

from avrr_desktop.operations.permission import Permission, needs
from avrr_desktop.operations.protection import opened_values, sealed_values
from avrr_desktop.operations.workspace import Workspace
from avrr_desktop.store.local import Draft

__all__ = ["Draft"]


@needs(Permission.RECORD)
def keep_draft(
    workspace: Workspace, form: str, case: str, record_type: str, record: str, typed: Mapping[str, object],
    seen: tuple[str, ...],
) -> None:  # fmt: skip
    """Keep what a form holds, as typed, also where it cannot be read yet."""
    kept_at = workspace.clock.now().isoformat(timespec="seconds")
    values = sealed_values(workspace, record_type, record, dict(typed))
    workspace.store.local.keep_draft(Draft(form, case, record_type, record, values, seen, kept_at))


@needs(Permission.RECORD)
def drop_draft(workspace: Workspace, form: str) -> None:
    """Forget a draft: it was saved, or its writer threw it away."""
    workspace.store.local.drop_draft(form)


@needs(Permission.READ)
def draft_of(workspace: Workspace, form: str) -> Draft | None:
    """Return the draft of a form."""
    draft = workspace.store.local.draft(form)
    return draft and replace(draft, values=opened_values(workspace, draft.record_type, draft.record, draft.values))


@needs(Permission.READ)
def all_drafts(workspace: Workspace) -> list[Draft]:
    """Return every draft of this store, newest first."""
    return workspace.store.local.drafts()
