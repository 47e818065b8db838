"""What helps somebody who helps: versions, counts, codes and places in the code; never a value, a name or a path of a person."""

import json
import platform
import re
from pathlib import Path

from avrr_desktop import __version__
from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.domain.policy import Policy, ProblemKind
from avrr_desktop.domain.records.record_types import ALL
from avrr_desktop.files import write_whole
from avrr_desktop.locations import log_folder, program_folder
from avrr_desktop.log import newest
from avrr_desktop.operations.computer.version_memory import read_memory
from avrr_desktop.operations.program.update.install import installed_as
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import backup_state, store_size

LOG_LINES = 200
NAME = "avrr-support.txt"
_PLACE = re.compile(r"[\w./:<> ]{1,200}")


@needs(Permission.READ)
def support_text(workspace: Workspace) -> str:
    """Return the text of the support file: what is shown is every byte that is written."""
    store = workspace.store
    state = backup_state(workspace)
    age = "none" if state.made_at is None else f"{(workspace.clock.now() - state.made_at).days} days"
    counts = {kind.key: store.reader.count(kind.key) for kind in ALL}
    lines = [
        f"program {__version__}",
        f"python {platform.python_version()} {platform.system()} {platform.machine()}",
        f"schema {store.reader.schema()}",
        f"store {workspace.store_role}, {store_size(workspace) // 1000} kB, {store.journal.count()} entries",
        f"backup {age}",
        f"ways in {_ways_in(workspace)}",
        f"role {workspace.role or 'none'}, restricted key {'held' if workspace.protection else 'not held'}",
        f"installed {installed_as(program_folder())}, versions here {len(read_memory().installed)}",
        "policy " + _policy(workspace.policy),
        "records " + ", ".join(f"{key} {count}" for key, count in counts.items() if count),
        "log:",
        *_log_lines(),
    ]
    return "\n".join(lines) + "\n"


def _policy(policy: Policy) -> str:
    """Return which keys a policy sets and which do not hold; no value of them."""
    if policy.problems:
        return "does not hold: " + ", ".join(
            sorted({one.key for one in policy.problems if one.kind is ProblemKind.VALUE} or {"file"})
        )
    return "none" if policy == Policy() else f"holds, {'some' if policy.exports is not None else 'all'} ways out"


def _ways_in(workspace: Workspace) -> str:
    try:
        kinds = [slot.kind for slot in workspace.folder.read_keys().slots]
    except ExpectedError:
        return "key file unreadable"
    return ", ".join(f"{kind} {kinds.count(kind)}" for kind in sorted(set(kinds)))


def _log_lines() -> list[str]:
    """Return the newest events, each made anew from what an event may hold: code, time, counts, places."""
    found = []
    for line in newest(log_folder(), LOG_LINES):
        try:
            event = json.loads(line)
            counts = {key: value for key, value in event.items() if type(value) is int}
            places = [part for part in str(event.get("where", "")).split("\n") if _PLACE.fullmatch(part)]
            found.append(
                " ".join([str(event["time"])[:19], str(event["code"])[:40], json.dumps(counts), " > ".join(places)])
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            found.append("a line that cannot be read")
    return found or ["none"]


def save_support(text: str, folder: Path) -> Path:
    """Write the text that was shown. Raises StoreError."""
    path = folder / NAME
    write_whole(path, text.encode("utf-8"))
    return path
