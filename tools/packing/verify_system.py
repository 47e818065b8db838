"""Shows that the .deb works on a whole clean Debian: dependencies by apt, an ordinary user, the real window on a screen.

Takes minutes and a gigabyte, so it is a command for whoever makes a release, and no part of the checks of every change.
"""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from avrr_desktop.locations import NAME
from tools.packing import BuildError, check_sums, journey
from tools.packing.running_guard import REFUSED
from tools.packing.screen import SOCKETS, Screen, screen
from tools.packing.screen import unable as screenless
from tools.packing.unprivileged_user import User
from tools.packing.verify_deb import contents

SUITE = "bookworm"  # Debian 12
TITLE = "AVRR Desktop"
OFFICER, _NUMBER = "officer", 1000
# Unlock, as the passphrase of practice stands there; begin as the first officer; to the list of cases.
KEYS = ("Return", "Tab", "space", "ctrl+2")
_WINDOW, _QUIET = 60.0, 30.0  # seconds at most, until the window is shown and until it stands still
# Mounts are seen by the command alone and go with it. What comes behind is the command.
_ENTER = """set -e
mount -t proc proc "$1/proc"
mkdir -p "$1/tmp/.X11-unix"
mount --bind "$2" "$1/tmp/.X11-unix"
system=$1 user=$3
shift 3
exec /usr/sbin/chroot --userspec="$user" "$system" "$@"
"""


def prove(place: Path, packages: Path) -> None:
    """Make a system in ``place``, install the .deb of a folder there, use and remove it. Raises BuildError."""
    refuse(place)
    package = next((file for file in check_sums(packages) if file.suffix == ".deb"), None)
    if package is None:
        raise BuildError(f"{packages} holds no .deb: build it first.")
    begun = time.monotonic()
    make(place, SUITE)
    print(f"python3: {_has(place, 'python3')}; {_passed(begun)}", flush=True)
    install(place, package)
    print(f"python3 now: {_has(place, 'python3')}; menu entry: {_has(place, f'../share/applications/{NAME}.desktop')}")
    officer = settle(place)
    program = place / "usr" / "bin" / NAME
    journey.smoke(officer, program)
    journey.travel(officer, program)
    with screen(place / "opt") as shown:
        window(officer, program, shown, place / "window.png")
    purge(place, officer)
    print(f"  {_passed(begun)}")


def refuse(place: Path) -> None:
    """Raise BuildError where no system can be made here, or the folder is not empty."""
    lacking = [name for name in ("debootstrap",) if not shutil.which(name)] + screenless()
    if os.geteuid() != 0 or lacking:
        raise BuildError(
            f"This needs root, and the packages debootstrap, xvfb and xdotool (missing: {lacking or 'none'})."
        )
    if place.exists() and any(place.iterdir()):
        raise BuildError(f"{place} is not empty: name a new folder.")


def make(place: Path, suite: str) -> None:
    """Make a Debian with nothing but its basis. Raises BuildError."""
    done = _run(["debootstrap", "--variant=minbase", suite, str(place), *_mirror(suite)])
    if done.returncode:
        raise BuildError(f"No {suite} can be made here: {(done.stderr or done.stdout).strip()[-300:]}.")
    SOCKETS.mkdir(mode=0o1777, exist_ok=True)
    print(f"a new {suite} of {_count(place)} packages", flush=True)


def install(place: Path, package: Path) -> None:
    """Let apt of the system install a .deb with what it asks for. Raises BuildError."""
    shutil.copy(package, place / "opt")
    before = _count(place)
    within(place, "apt-get", "install", "-y", "-qq", "--no-install-recommends", f"/opt/{package.name}")
    print(f"  apt installed {package.name}; {_count(place) - before} packages more are there now", flush=True)


def settle(place: Path, network: bool = False) -> User:
    """Make an ordinary user of the system, and return them. ``network``: whether they have that of this computer."""
    if not (place / "home" / OFFICER).exists():
        within(place, "useradd", "--create-home", "--uid", str(_NUMBER), OFFICER)
    return User(place / "home" / OFFICER, _entering(place, _NUMBER, *(() if network else ("--net",))), place, _NUMBER)


def purge(place: Path, officer: User) -> None:
    """Take the package out with all that it may take. Raises BuildError for what is left, or gone of the user."""
    lies, program = contents(officer.home), place / "usr" / "bin" / NAME
    within(place, "apt-get", "purge", "-y", "-qq", NAME)
    if program.is_symlink() or (place / "usr" / "lib" / NAME).exists() or contents(officer.home) != lies:
        raise BuildError("Removing the package left something of it, or touched what its user made.")
    print(f"  purged: nothing of it is left, and all {len(lies)} files of the user are as they were", flush=True)


def window(officer: User, program: Path, shown: Screen, picture: Path) -> None:
    """Open the window on a practice store, take its picture, and let the system ask the program to end."""
    command = [*officer.before, str(officer.inside(program)), "practice"]
    env = {**officer.environment(), "DISPLAY": shown.name}
    del env["QT_QPA_PLATFORM"]
    said = officer.home / "window.txt"
    with said.open("wb") as file:
        running = subprocess.Popen(command, env=env, stdout=file, stderr=file)
    try:
        seconds = shown.window(TITLE, _WINDOW, lambda: running.poll() is None)
        last = shown.settled(_QUIET)
        for key in KEYS:
            shown.press(TITLE, key)
            last = shown.settled(_QUIET, last)
        last.save(picture)
        print(
            f"  window: a practice store made, shown in {seconds:.1f} s, {len(KEYS)} steps on by keys; picture: {picture}"
        )
        _refused(officer.root)
        running.send_signal(signal.SIGTERM)  # as a session does that ends
        code = running.wait(_QUIET)
    except subprocess.TimeoutExpired:
        raise BuildError("The window did not end when the system asked it to.") from None
    finally:
        running.kill()
        running.wait()
    if code or any('"bug"' in log.read_text("utf-8") for log in officer.home.rglob("log.jsonl")):
        raise BuildError(f"The window ended with {code}, or met a bug: {said.read_text('utf-8')[-300:]}.")
    store = officer.home / ".local" / "share" / NAME / "practice.avrr"
    checked = officer.run(program, "store", "check", "--store", str(officer.inside(store))).splitlines()
    print(f"  window: it ended in order when the system asked; the check of its store says: {' '.join(checked)}")


def _refused(place: Path) -> None:
    """Show that the system's own package manager, in this system, sees that the program is open."""
    for words in (("--remove", NAME), ("--install", *(f"/opt/{each.name}" for each in (place / "opt").glob("*.deb")))):
        try:
            within(place, "dpkg", *words)
        except BuildError as stop:
            if REFUSED not in str(stop):
                raise
        else:
            raise BuildError(f"dpkg {words[0]} went on while the program was open.")
    print("  window: while it was open, dpkg refused to remove the package and to install it anew")


def _mirror(suite: str) -> list[str]:
    """Return where apt takes its release from here: other releases lie beside it; nothing where that is not told."""
    asked = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)"]
    lines = subprocess.run(asked, capture_output=True, encoding="utf-8").stdout.splitlines()
    beside = {name: place for place, name in (line.split() for line in lines if len(line.split()) == 2)}
    return [beside[name] for name in (suite, SUITE) if name in beside][:1]


def _entering(place: Path, number: int, *alone: str) -> tuple[str, ...]:
    enter = ("sh", "-c", _ENTER, "sh", str(place), str(SOCKETS), f"{number}:{number}")
    return ("unshare", "--mount", *alone, *enter)


def within(place: Path, *command: str) -> None:
    """Run a command as root of the system. Raises BuildError where it fails."""
    done = tried(place, *command)
    if done.returncode:
        raise BuildError(f"`{' '.join(command[-4:])}` failed: {(done.stderr or done.stdout).strip()[-600:]}.")


def tried(place: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    """Run a command as root of the system, and return how it went."""
    clean = ("env", "-i", f"PATH={os.defpath}:/usr/sbin:/sbin", "DEBIAN_FRONTEND=noninteractive")
    return _run([*_entering(place, 0), *clean, *command])


def _run(command: list[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8")


def _count(place: Path) -> int:
    return (place / "var" / "lib" / "dpkg" / "status").read_text("utf-8").count("\nStatus: install ok installed")


def _has(place: Path, name: str) -> str:
    return "there" if (place / "usr" / "bin" / name).exists() else "not there"


def _passed(begun: float) -> str:
    return f"{time.monotonic() - begun:.0f} s"
