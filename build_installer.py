"""Make AVRR Desktop as one folder that runs where no Python is, for the platform that this runs on, and pack it.

    python build_installer.py [--out dist] [--kind folder|tar|deb|rpm] [--update-key FILE.pub] [--sign-with COMMAND]
                              [--quick] [--keep-work]
    python build_installer.py prove [DIR]            try the packages as nobody, without network, and an upgrade
    python build_installer.py prove-system DIR       try the .deb in a whole clean Debian, with a window
    python build_installer.py prove-roots DIR        the same in Debian 12 and 13, with the README's two commands and an update
    python build_installer.py compare A B            list what differs between two builds
    python build_installer.py keygen KEY             make a key to sign with, outside of the project
    python build_installer.py sign KEY FILE...       write FILE.minisig; of a folder: its sums and descriptions of updates
    python build_installer.py seal DIR               describe and sum packages anew that were signed for their systems
    python build_installer.py verify PUBLIC FILE...  check it

How it is done stands in tools/packing: a package rots unseen, so the folder is put in its place only after the
program in it has worked in an empty home; and whoever gets the program must get the licences of all that comes with it.
"""

import argparse
import getpass
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT)]


def elsewhere(lacks: str) -> int:
    """Run this with the Python of the project's environment; where there is none, say how it is made. Returns the exit code."""
    venv = Path(os.environ.get("AVRR_VENV") or ROOT / ".venv")
    python = venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"
    if python.exists() and Path(sys.prefix).resolve() != venv.resolve():
        return subprocess.call([str(python), "-P", __file__, *sys.argv[1:]])
    print(
        f"This Python lacks {lacks}: run `python3 start.py --version` once, then the same line again.", file=sys.stderr
    )
    return 2


try:
    from avrr_desktop.clock import SystemClock
    from avrr_desktop.locations import NAME
    from tools.packing import (  # fmt: skip
        SUMS,
        BuildError,
        building,
        comparing,
        freezing,
        outer_signing,
        signing,
        verify_roots,
        verify_system,
    )
    from tools.packing import verify as proving
except ModuleNotFoundError as missing:
    if __name__ != "__main__":
        raise
    sys.exit(elsewhere(str(missing.name)))

DIST = ROOT / "dist"


def make(arguments: Sequence[str]) -> None:
    """Build and pack; whatever stops it, nothing half-made is left in the place."""
    parser = argparse.ArgumentParser(description="Make AVRR Desktop as one folder that runs where no Python is.")
    parser.add_argument("--out", type=Path, default=DIST, help="where the folder goes (default: dist)")
    parser.add_argument("--kind", action="append", choices=building.HERE.KINDS, help="what to pack (default: all)")
    parser.add_argument("--update-key", type=Path, metavar="FILE.pub", help="whose updates the program takes")
    parser.add_argument(
        "--sign-with", default="", metavar="COMMAND", help="signs the file that is its last word, for its system"
    )
    parser.add_argument("--old-python", action="store_true", help="ship this Python although newer fixes of it are out")
    parser.add_argument("--quick", action="store_true", help="for packages that are only tried: larger, made sooner")
    parser.add_argument("--keep-work", action="store_true", help="keep the work folder, to look into it")
    given = parser.parse_args(arguments)
    key = signing.public_key(given.update_key) if given.update_key else ""
    work, target = None, given.out.resolve() / NAME
    try:
        freezing.refuse(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f"{NAME}-work-", dir=target.parent))
        kinds = tuple(given.kind or building.HERE.KINDS)
        building.build(target, work, building.Wish(kinds, given.quick, given.old_python, given.sign_with, key))
    except (KeyboardInterrupt, OSError) as error:
        raise BuildError(f"Nothing was put in place: {str(error) or 'you stopped the build'}.") from None
    finally:
        if work and not given.keep_work:
            shutil.rmtree(work, ignore_errors=True)


def compare(given: argparse.Namespace) -> None:
    """List what differs between two builds."""
    found = comparing.compare(given.one, given.other)
    print(*found, f"{len(found)} files differ.", sep="\n")


def prove_roots(given: argparse.Namespace) -> None:
    """Go all ways in clean systems."""
    suites = tuple(given.suite or verify_roots.SUITES)
    verify_roots.prove(given.place.resolve(), given.packages.resolve(), suites, given.tests)


def keygen(given: argparse.Namespace) -> None:
    """Make a key, and show its public half."""
    key = signing.keygen(given.key, password(given.password_file, "A password for the new key (empty: none): "))
    print(f"Publish this, by another way than the packages: {key.line}")


def sign(given: argparse.Namespace) -> None:
    """Sign files."""
    files, secret = signing.to_sign(given.files), password(given.password_file, "The password of the key: ")
    for file in files:
        print(signing.sign(file, Path(given.key), secret, int(SystemClock().now().timestamp())))


def seal(given: argparse.Namespace) -> None:
    """Describe and sum the packages of a folder anew."""
    for stale in outer_signing.seal(given.place):
        print(f"{stale.name} was taken away, as it no longer fits.")
    print(f"Sealed: {given.place / SUMS}. Now sign it.")


def verify(given: argparse.Namespace) -> None:
    """Check signatures."""
    for file in given.files:
        print(f"{file}: good. {signing.verify(file, given.key)}")


def password(file: Path | None, question: str) -> str:
    """Return the password of a key, from a file or asked for; never from the command line, which others can read."""
    if file is None:
        try:
            return getpass.getpass(question)
        except EOFError:
            raise BuildError("There is nobody to ask for a password: name a file with --password-file.") from None
    return (file.read_text("utf-8").splitlines() or [""])[0]


def tools() -> tuple[argparse.ArgumentParser, set[str]]:
    """Return the parser of what is done with finished packages, and the names of its commands."""
    parser = argparse.ArgumentParser(description="Try, compare, sign and check packages.")
    parser.add_argument("--password-file", type=Path, help="first line closes the key (default: asked for)")
    commands = parser.add_subparsers(required=True, dest="command")

    def command(name: str, run: Callable[[argparse.Namespace], None]) -> argparse.ArgumentParser:
        added = commands.add_parser(name)
        added.set_defaults(run=run)
        return added

    proved = command("prove", lambda given: proving.prove(given.place.resolve()))
    proved.add_argument("place", type=Path, nargs="?", default=DIST)
    system = command("prove-system", lambda given: verify_system.prove(given.place.resolve(), given.packages.resolve()))
    system.add_argument("place", type=Path, help="a new folder for a whole system (about a gigabyte)")
    system.add_argument("--packages", type=Path, default=DIST, help="where the .deb is (default: dist)")
    roots = command("prove-roots", prove_roots)
    roots.add_argument("place", type=Path, help="a new folder for the systems (about two gigabytes each)")
    roots.add_argument("--packages", type=Path, default=DIST, help="where the packages are (default: dist)")
    roots.add_argument("--suite", action="append", help="a release of Debian (default: each)")
    roots.add_argument("--tests", action="store_true", help="all tests as the second command (default: the fast ones)")
    compared = command("compare", compare)
    compared.add_argument("one", type=Path)
    compared.add_argument("other", type=Path)
    command("seal", seal).add_argument("place", type=Path, nargs="?", default=DIST)
    command("keygen", keygen).add_argument("key", type=Path)
    for name, run in (("sign", sign), ("verify", verify)):
        signed = command(name, run)
        signed.add_argument("key")
        signed.add_argument("files", type=Path, nargs="+")
    return parser, set(commands.choices)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, or do a command; every trouble ends as one sentence and exit code 2."""
    arguments = sys.argv[1:] if arguments is None else arguments
    parser, names = tools()
    try:
        if names & set(arguments):
            given = parser.parse_args(arguments)
            given.run(given)
        else:
            make(arguments)
        return 0
    except (BuildError, OSError) as stop:
        print(stop, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
