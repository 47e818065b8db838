"""Disks that are really full and syncs that really fail: ``python -m tools.rigs.disk [--every N]``.

A small disk of its own (``tmpfs`` in a name space of its own, through ``unshare``) is filled; ``strace`` lets the n-th write, sync or
cut of a running program fail. Where the machine refuses one of them, that part says so and is left out. What must hold: a
save that was acknowledged is there, one that was refused is not, the check is sound, and no error is other than ours.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.keys import slots
from avrr_desktop.operations.store.check import check_store
from avrr_desktop.store.folder import backup as store_backup
from tests.support import stores
from tests.support.folders import ROOT, opened

CHILD = [sys.executable, "-m", "tools.rigs.disk_child"]
SIZES = (400, 600, 800, 1000, 1500, 2500, 4000)  # kilobytes of the small disk
INJECTED = (("fsync", "EIO"), ("pwrite64", "ENOSPC"), ("pwrite64", "EIO"), ("ftruncate", "EIO"), ("rename", "EIO"))
LAST = {"fsync": 24, "pwrite64": 160, "ftruncate": 6, "rename": 8}  # a little more than the program makes
ON_A_SMALL_DISK = 'mount -t tmpfs -o size="$1"k none "$2" && cp -r "$3"/. "$2" || exit 77\n"$5" -m "$6" "$2" "$7" 2>&1\ncp -r "$2" "$4"'
SAVES = 6
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def made(folder: Path) -> Path:
    """Make a closed store with a case and its key files in a new folder."""
    folder.mkdir()
    workspace = stores.office_workspace(folder / "office.avrr")
    workspace.folder.write_keys(slots.KeyFile(store="STORE", kind=slots.OFFICE, generation=1, slots=()))
    stores.family(workspace)
    workspace.lock()
    return folder


def problems(place: Path, output: str) -> Iterator[str]:
    """Compare what a program said with what it left behind."""
    if "Traceback" in output or "ready" not in output:
        yield "ended with " + (output.strip().splitlines() or ["nothing"])[-1]
    said = {f"save {number}" for number in re.findall(r"^saved (\d+)", output, re.M)}
    try:
        workspace = opened(place / "office.avrr")
    except ExpectedError as error:
        yield f"not opened again: {error.title}"
        return
    try:
        [line] = workspace.store.reader.lines([1])
        texts = [note.text("text") for note in workspace.store.reader.case_file(line.uid).notes]
        there = {" ".join(text.split()[:2]) for text in texts if text.startswith("save ")}
        if said != there:
            yield f"acknowledged {sorted(said)}, there {sorted(there)}"
        report = check_store(workspace)
        if not report.sound:
            yield " ".join(report.lines(workspace.words))
    finally:
        workspace.lock()
    for one in store_backup.backups_in(place / "backups"):
        try:
            assert one.manifest is not None
            store_backup.verify(one.path, one.manifest, stores.KEY)
        except (AssertionError, ExpectedError):
            yield f"backup {one.sequence} does not hold"
    for half in (place / "backups").glob(".part-*") if (place / "backups").exists() else ():
        yield f"half-made: {half.name}"


def filled(folder: Path, size: int) -> tuple[Path, str]:
    """Let a program work on a disk of so many kilobytes; return a copy of what it left, and what it said."""
    place, kept, small = made(folder / f"{size}"), folder / f"{size} kept", folder / f"{size} disk"
    small.mkdir()
    done = subprocess.run(
        ["unshare", "-Urm", "sh", "-c", ON_A_SMALL_DISK, "sh", str(size), str(small), str(place), str(kept), CHILD[0], CHILD[2], str(SAVES)],
        cwd=ROOT, env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode == 77 or not kept.exists():
        raise OSError(done.stderr.strip() or "no mount")
    return kept, done.stdout


def small_disks(folder: Path) -> Iterator[tuple[str, list[str], bool]]:
    """Yield (what, problems, whether anything was refused) for every size of a small disk."""
    for size in SIZES:
        place, output = filled(folder, size)
        yield (
            f"a disk of {size} kB",
            list(problems(place, output)),
            "disk is full" in output or "stick is full" in output,
        )


def injected(folder: Path, call: str, error: str, every: int) -> Iterator[tuple[str, list[str], bool]]:
    """Yield the same for the n-th call of one kind that fails, until a program makes fewer calls."""
    number = 1
    while True:
        place = made(folder / f"{call} {error} {number}")
        done = subprocess.run(
            ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={number}",
             *CHILD, str(place), str(SAVES)],
            cwd=ROOT, env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        output = done.stdout + done.stderr
        if "ready" not in output and "StoreError" not in output:
            raise OSError((done.stderr.strip().splitlines() or ["no strace"])[-1])
        hit = bool(re.search(r"^(refused|no backup|locked)|Error", output, re.M))
        found = [] if "ready" not in output and "StoreError" in output else list(problems(place, output))
        yield f"{call} number {number} fails with {error}", found, hit
        shutil.rmtree(place)
        if number > LAST[call]:
            return
        number += every


def main() -> int:
    """Run every part that this machine allows."""
    parser = argparse.ArgumentParser(prog="python -m tools.rigs.disk", description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="fail only every so manyeth call")
    given = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="avrr-disk-") as name:
        folder = Path(name)
        parts = [("small disks", small_disks(folder))]
        parts += [(f"{call} {error}", injected(folder, call, error, given.every)) for call, error in INJECTED]
        for what, part in parts:
            count = refused = 0
            try:
                for one, found, hit in part:
                    count, refused, wrong = count + 1, refused + hit, wrong + bool(found)
                    for problem in found:
                        print(f"{one}: {problem}", flush=True)
            except OSError as error:
                print(f"{what}: left out, this machine refuses it ({error})", flush=True)
                continue
            print(f"{what}: {count} runs, {refused} with something refused", flush=True)
    print(f"{wrong} problems")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
