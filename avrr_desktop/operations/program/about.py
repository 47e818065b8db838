"""What this program is and what it stands on: versions, licences, and how it came here."""

import platform
from pathlib import Path

from avrr_desktop import BUILD_DATE, __version__
from avrr_desktop.locations import program_folder, resources
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace


@needs(Permission.READ)
def versions(workspace: Workspace) -> dict[str, str]:
    """Return name -> version of the program and of what carries it; Qt's is the window's own to tell."""
    connection = workspace.store.connection
    cipher, engine = (connection.one(asked) or ("",) for asked in ("PRAGMA cipher_version", "SELECT sqlite_version()"))
    return {
        "AVRR Desktop": f"{__version__} ({BUILD_DATE})",
        "Python": platform.python_version(),
        "SQLCipher": str(cipher[0]),
        "SQLite": str(engine[0]),
    }


def licence_text() -> str:
    """Return the notice of everything that ships, each with its licence; the project's own where it runs from source."""
    program = program_folder()
    places = (program / "licences" / "NOTICE.txt" if program else Path(), resources().parent / "NOTICE")
    for path in places:
        if path.is_file():
            return path.read_text("utf-8")
    return ""
