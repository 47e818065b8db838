"""Saves notes over a disk that fails, and says what was acknowledged: ``PLACE SAVES``.

Says ``saved N`` for each save that returned, ``refused`` and the words of every one that did not, ``backup`` or ``no backup``
at the end, then locks. An error that is none of ours ends it with a traceback.
"""

import sys
from pathlib import Path

from avrr_desktop.domain.errors import StoreError
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.store.backups import make_backup
from tests.support.folders import opened


def main(place: Path, saves: int) -> None:
    """Save as often as asked, whatever happens to single saves."""
    workspace = opened(place / "office.avrr")
    [line] = workspace.store.reader.lines([1])
    print("ready", flush=True)
    for number in range(saves):
        try:
            new_record(workspace, "note", {"text": f"save {number} " + "dogovoreno. " * 300}, line.uid)
        except StoreError as error:
            print(f"refused {error.title}", flush=True)
        else:
            print(f"saved {number}", flush=True)
    try:
        workspace.store.tidy()
        make_backup(workspace, place / "backups")
        print("backup", flush=True)
    except StoreError as error:
        print(f"no backup {error.title}", flush=True)
    try:
        workspace.lock()
    except StoreError as error:
        print(f"locked {error.title}", flush=True)
    print("end", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
