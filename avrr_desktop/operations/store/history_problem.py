"""Whether entries that were saved here are missing, as the note beside the store and the backups tell it."""

from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import backups_ahead
from avrr_desktop.operations.store.findings import MISSING
from avrr_desktop.operations.store.heads import lacking_entries


@needs(Permission.READ)
def history_problem(workspace: Workspace) -> str:
    """Return a sentence when entries that were saved here are missing; empty when it is well.

    The note beside the store tells it, and the backups do where that note was lost or taken back as well.
    """
    missing = workspace.store.missing_entries()
    if not missing and (ahead := backups_ahead(workspace)) and ahead[0].manifest is not None:
        missing = max(1, ahead[0].manifest.entries - workspace.store.journal.count())
    missing = missing or lacking_entries(workspace)
    return workspace.words.text(MISSING, count=missing) if missing else ""
