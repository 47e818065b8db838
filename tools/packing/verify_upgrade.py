"""Shows that an office comes from an earlier release to this one with its store: installs, upgrades, opens, removes."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from avrr_desktop import __version__
from avrr_desktop.locations import NAME
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.session.unlocking import unlock
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.engine.migrations import SCHEMA
from avrr_desktop.store.folder.backup import backups_in
from tools.packing import ROOT, BuildError, epoch, verify_open
from tools.packing.unprivileged_user import User
from tools.packing.verify_deb import CleanRoot, contents

GOLDEN = ROOT / "tests" / "golden" / "stores" / "0.1.0.avrr"  # of the release before; anybody may know its passphrase
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "dist", "__pycache__", ".*_cache", "tests")


def lower(version: str) -> str:
    """Return a version that sorts before another."""
    numbers = [int(number) for number in re.findall(r"\d+", version)[:3]]
    for place in (2, 1, 0):
        if numbers[place]:
            return ".".join(map(str, [*numbers[:place], numbers[place] - 1, *[9] * (2 - place)]))
    raise BuildError(f"Nothing sorts before {version}.")


def lowered(tree: Path, version: str) -> None:
    """Give a copy of the source a lower version. Raises BuildError."""
    place = tree / "avrr_desktop" / "__init__.py"
    text, count = re.subn(r'(?m)^__version__ = ".*"$', f'__version__ = "{version}"', place.read_text("utf-8"))
    if count != 1:
        raise BuildError(f"{place} does not say its version in one line.")
    place.write_text(text, "utf-8")


def build_lower(place: Path, version: str) -> Path:
    """Build the .deb of a lower version from a copy of this source, and return it. Raises BuildError."""
    tree, out = place / "lower-source", place / "lower"
    shutil.copytree(ROOT, tree, ignore=_LEFT_OUT)
    lowered(tree, version)
    # A copy has no commit: it gets the moment of this one. It is made in a hurry, as it is thrown away.
    env = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch()), "PYTHONPATH": str(tree)}
    command = [sys.executable, "build_installer.py", "--quick", "--kind", "deb", "--out", str(out)]
    done = subprocess.run(command, cwd=tree, env=env, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise BuildError(f"The lower version could not be built: {done.stderr.strip()[-300:]}.")
    return next(out.glob("*.deb"))


def prove(package: Path, place: Path, user: User, before: Path) -> None:
    """Install a lower version, the .deb ``before``, lay the store of the release before, upgrade, open, remove. Raises BuildError."""
    version = lower(__version__)
    root = CleanRoot(place / "root").made()
    root.install(before)
    _says(user, root.program, version)
    store = user.home / ".local" / "share" / NAME / "office.avrr"
    shutil.copytree(GOLDEN, store)
    user.own(*user.home.rglob("*"))
    ways = {
        "upgrade": lambda: root.dpkg("--force-depends", "--install", str(package)),
        "removal": lambda: root.dpkg("--remove", NAME),
    }
    verify_open.refuse(user, root.program, store, ways)
    if not root.holds(version):
        raise BuildError(f"After what was refused, dpkg no longer says that {version} is installed in order.")
    said = root.install(package)
    if f"({__version__}) over ({version})" not in said:
        raise BuildError(f"dpkg did not put {__version__} over {version}: {said.strip()[-300:]}.")
    _says(user, root.program, __version__)
    print(f"  {version} installed, then {__version__} over it")
    schema = _schema(store)
    checked = user.run(root.program, "store", "check", "--store", str(user.inside(store))).strip()
    cases = user.run(root.program, "case", "list").splitlines()
    made = backups_in(store.parent / "backups")
    if schema >= SCHEMA or _schema(store) != SCHEMA:
        raise BuildError(f"The store was of schema {schema} and is of {_schema(store)}: nothing was shown of a change.")
    if len(made) != 1 or not made[0].whole or _schema(made[0].path) != schema:
        raise BuildError("No whole backup of the store as it was before was made when its schema was changed.")
    if not cases:
        raise BuildError("The store of the release before opens, and no case is in it.")
    print(
        f"  the store of {GOLDEN.stem}: schema {schema} became {SCHEMA}, {len(cases)} cases; the check says: {checked}"
    )
    print(f"  before that a backup was made, which is whole and of schema {schema}: {made[0].path.name}")
    lies = contents(user.home)
    root.purge()
    if contents(user.home) != lies:
        raise BuildError("Removing the package touched what its user made.")
    print(f"  removed: no file of either version is left, and all {len(lies)} files of its user are as they were")


def _says(user: User, program: Path, version: str) -> None:
    if version not in user.run(program, "--version").split():
        raise BuildError(f"{program} does not say that it is {version}.")


def _schema(store: Path) -> int:
    """Return the schema of a store or backup, and write nothing."""
    key = unlock(store, PRACTICE_PASSPHRASE).database
    connection = Connection(store / "store.db", key, read_only=True, immutable=True)
    try:
        return int((connection.one("PRAGMA user_version") or (0,))[0])
    finally:
        connection.close()
