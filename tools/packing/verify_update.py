"""Shows that a program in a folder of its user updates itself from a stick: signed, tried, exchanged, used, taken back."""

import shutil
from pathlib import Path

from avrr_desktop import __version__
from avrr_desktop.domain.release import ENDING, SIGNATURE
from avrr_desktop.files import lock_file
from avrr_desktop.locations import NAME
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from tools.packing import BuildError, epoch, planting, signing
from tools.packing.building import UPDATE_KEY
from tools.packing.unprivileged_user import User
from tools.packing.verify_upgrade import GOLDEN, lower

_REFUSED, _IN_USE = 4, 5


def prove(package: Path, place: Path, user: User, before: Path) -> None:
    """Bring a lower version, whose folder is ``before``, to the version of an archive. Raises BuildError."""
    version = lower(__version__)
    program = user.home / "programs" / NAME
    shutil.copytree(before, program, symlinks=True)
    key = signing.keygen(place / "it.key", "")
    (program / UPDATE_KEY).write_text(key.line + "\n", "ascii")
    store, secret = user.home / ".local" / "share" / NAME / "office.avrr", user.home / "secret"
    shutil.copytree(GOLDEN, store)
    secret.write_text(PRACTICE_PASSPHRASE + "\n", "utf-8")
    stick = _stick(package, place)
    user.own(*user.home.rglob("*"))
    run = program / NAME

    _said(user.run(run, "update", "check", str(user.inside(stick))), f"New version: {__version__}. Signed by your IT")
    opened = ("--store", str(user.inside(store)), "--passphrase-file", str(user.inside(secret)))
    _harmed(user, run, stick, place)
    _windowless(user, run, package, place)
    tried = user.run(run, "update", "try", str(user.inside(stick)), *opened)
    _said(
        tried,
        f"Version {__version__} works on this computer.",
        "The trial on a copy succeeded. The store was not changed.",
    )
    _said(user.run(run, "--version"), version)
    print(
        f"  {version} checked {__version__} on a stick, let it try itself and a copy of the store, and refused a changed one"
    )

    mark = user.home / ".local" / "share" / NAME / "running" / "0"
    mark.touch()
    user.own(mark)
    with mark.open("ab") as held:
        lock_file(held)
        user.run(run, "update", "install", str(user.inside(stick)), code=_IN_USE)
    _said(user.run(run, "--version"), version)
    user.run(run, "update", "install", str(user.inside(stick)))
    _said(user.run(run, "--version"), __version__)
    checked = user.run(run, "store", "check", "--store", str(user.inside(store))).strip()
    print(
        f"  not while another one runs; then {version} became {__version__}, whose check of the store says: {checked}"
    )

    back = user.run(run, "update", "back")
    _said(back, f"Restored: version {version}.", "older programs cannot open it", str(user.inside(store)))
    _said(user.run(run, "--version"), version)
    left = sorted(path.name for path in program.parent.iterdir())
    if left != [NAME, f"{NAME}-before"]:
        raise BuildError(f"Updating and going back left {', '.join(left)} beside the program.")
    print(f"  taken back to {version}, which says which backup belongs to it; nothing else lies beside the program")


def _stick(package: Path, place: Path) -> Path:
    """Lay an archive with its description, signed, on a stick of its own, and return the description there."""
    stick = place / "stick"
    stick.mkdir()
    described = package.with_name(package.name.removesuffix(".tar.xz") + ENDING)
    for file in (package, described):
        shutil.copy(file, stick)
    signing.sign(stick / described.name, place / "it.key", "", epoch())
    for path in (stick, *stick.iterdir()):
        path.chmod(0o755)
    return stick / described.name


def _harmed(user: User, run: Path, described: Path, place: Path) -> None:
    """Try a stick on which the description was changed after it was signed."""
    harmed = place / "harmed"
    harmed.mkdir()
    harmed.chmod(0o755)
    text = described.read_text("ascii")
    (harmed / described.name).write_text(text.replace('"expires": "2', '"expires": "3'), "ascii")
    shutil.copy(described.with_name(described.name + SIGNATURE), harmed)
    user.run(run, "update", "check", str(user.inside(harmed / described.name)), code=_REFUSED)


def _windowless(user: User, run: Path, package: Path, place: Path) -> None:
    """Try an update, signed and whole, whose window cannot open: it must not come into its place."""
    described = planting.update_without_library(package, place / "windowless")
    signing.sign(described, place / "it.key", "", epoch())
    stick = described.parent
    for path in (stick.parent, stick, *stick.iterdir()):
        path.chmod(0o755)
    for word in ("try", "install"):
        said = user.refused(run, "update", word, str(user.inside(described)), code=_REFUSED)
        _said(said, "does not work on this computer", planting.LIBRARY)
    _said(user.run(run, "--version"), lower(__version__))
    shutil.rmtree(stick.parent)
    print(f"  planted: an update without {planting.LIBRARY} is neither tried with success nor installed, and named")


def _said(text: str, *wanted: str) -> None:
    for part in wanted:
        if part not in text:
            raise BuildError(f"The program did not say “{part}”, but: {text.strip()[-300:]}.")
