"""How the window was left: what somebody folded away or chose to see. It stays on this computer, in the store."""

from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace

_VIEW = "view "


@needs(Permission.READ)
def remembered(workspace: Workspace, key: str, default: str = "") -> str:
    """Return what was remembered under a key; ``default`` where nothing was."""
    return workspace.store.local.setting(_VIEW + key, default)


@needs(Permission.READ)
def remember(workspace: Workspace, key: str, value: str) -> None:
    """Remember how a part of the window was left. Raises StoreError when the file was taken away."""
    workspace.store.local.set_setting(_VIEW + key, value)
