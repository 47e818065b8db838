"""Shows, in clean systems of more than one release, what people are promised: the README's two commands, and an office's years.

An office's years: installed, a first case, upgraded while open and then closed, seen on a screen, updated by stick in a
folder of the user and taken back, removed. Takes a quarter of an hour for each, and the network: a command for a release.
"""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

from avrr_desktop import __version__
from avrr_desktop.locations import NAME
from tools.packing import (
    ROOT,
    BuildError,
    check_sums,
    journey,
    verify_open,
    verify_system,
    verify_update,
    verify_upgrade,
)
from tools.packing.screen import screen
from tools.packing.unprivileged_user import User

SUITES = ("bookworm", "trixie")  # Debian 12 and 13
_PYTHON = ("python3", "python3-pip", "python3-venv")
_ASKED = re.compile(r"sudo apt install ([a-z0-9.+ -]+)")
_LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "dist", "__pycache__", ".*_cache")
_LIMIT = 10.0  # seconds until the first command says what the system lacks
_LACKS = 2  # its exit code then


def prove(place: Path, packages: Path, suites: tuple[str, ...] = SUITES, tests: bool = False) -> None:
    """Make a system of each release in ``place`` and go all ways there. ``tests``: the second command too. Raises BuildError."""
    verify_system.refuse(place)
    files = check_sums(packages)
    deb, archive = (next((file for file in files if file.name.endswith(end)), None) for end in (".deb", ".tar.xz"))
    if deb is None or archive is None:
        raise BuildError(f"{packages} holds no .deb or no .tar.xz: build them first.")
    place.mkdir(parents=True, exist_ok=True)
    lower = verify_upgrade.build_lower(place, verify_upgrade.lower(__version__))
    for suite in suites:
        begun, system = time.monotonic(), place / suite
        verify_system.make(system, suite)
        _years(system, deb, archive, lower)
        _two_commands(system, tests)
        print(f"{suite}: all shown in {time.monotonic() - begun:.0f} s; picture: {system / 'window.png'}", flush=True)


def _years(system: Path, deb: Path, archive: Path, lower: Path) -> None:
    """Go the way of an office from its first package to the removal."""
    verify_system.install(system, lower)
    officer, program = verify_system.settle(system), system / "usr" / "bin" / NAME
    journey.smoke(officer, program)
    store = journey.travel(officer, program)
    shutil.copy(deb, system / "opt")
    ways = {
        "upgrade": lambda: _apt(system, "install", f"/opt/{deb.name}"),
        "removal": lambda: _apt(system, "remove", NAME),
    }
    verify_open.refuse(officer, program, store, ways)
    verify_system.install(system, deb)
    if __version__ not in officer.run(program, "--version").split():
        raise BuildError(f"After the upgrade the program does not say that it is {__version__}.")
    secret = officer.home / "passphrase"
    checked = officer.run(program, "store", "check", "--passphrase-file", str(officer.inside(secret))).strip()
    print(f"  upgraded once it was closed; the check of the store says: {' '.join(checked.split())}", flush=True)
    (system / "opt" / lower.name).unlink()
    with screen(system / "opt") as shown:
        verify_system.window(officer, program, shown, system / "window.png")
    stick = system / "opt" / "stick"
    stick.mkdir()
    keeper = User(system / "home" / "keeper", officer.before, system, officer.number).settle()
    verify_update.prove(archive, stick, keeper, lower.parent / NAME)
    verify_system.purge(system, officer)


def _two_commands(system: Path, tests: bool) -> None:
    """Run what the README promises of a system with Python and nothing else: the libraries first, then the program."""
    verify_system.within(system, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *_PYTHON)
    source = system / "home" / "reader" / "source"
    shutil.copytree(ROOT, source, ignore=_LEFT_OUT)
    officer = verify_system.settle(system, network=True)
    reader = User(source.parent, officer.before, system, officer.number)
    reader.own(source.parent, *source.parent.rglob("*"))
    begun = time.monotonic()
    done = _start(reader, source, system)
    asked, seconds = _ASKED.search(done.stderr), time.monotonic() - begun
    if done.returncode == _LACKS and asked and seconds < _LIMIT and not (source / ".venv").exists():
        print(
            f"  first command: before it installs anything it asks, after {seconds:.1f} s, for {asked[1]}", flush=True
        )
        verify_system.within(system, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *asked[1].split())
        done = _start(reader, source, system)
    elif done.returncode:
        raise BuildError(f"The first command did not say in one line what is missing: {done.stderr.strip()[-300:]}.")
    if done.returncode or not list((reader.home / ".local" / "share" / NAME / "practice.avrr" / "pdf").glob("*.pdf")):
        raise BuildError(f"The first command does not make practice data: {done.stderr.strip()[-300:]}.")
    print(f"  first command: practice data, {time.monotonic() - begun:.0f} s in all", flush=True)
    words = ("test",) if tests else ("test", "fast")
    begun, done = time.monotonic(), _start(reader, source, system, *words)
    last = (done.stdout.strip().splitlines() or ["nothing"])[-1]
    if done.returncode:
        failed = re.findall(r"(?m)^(?:FAILED|ERROR) (\S+)", done.stdout)
        raise BuildError(f"The second command failed: {last}: {', '.join(failed) or done.stderr.strip()[-300:]}.")
    print(f"  second command, {' '.join(words)}: {last}; {time.monotonic() - begun:.0f} s", flush=True)


def _start(reader: User, source: Path, system: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run start.py as a reader without a screen; what leads pip to its index here goes along."""
    env = {name: value for name, value in reader.environment().items() if name != "QT_QPA_PLATFORM"}
    for name, value in os.environ.items():
        if name.startswith("PIP_"):
            env[name] = value
            if Path(value).is_file():
                (system / value.lstrip("/")).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(value, system / value.lstrip("/"))
    command = [*reader.before, "env", "-C", str(reader.inside(source)), "python3", "start.py", *words]
    return subprocess.run(command, env=env, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL)


def _apt(system: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Ask apt, and return what it says: it must refuse."""
    return verify_system.tried(system, "apt-get", "-y", "-qq", "--no-install-recommends", *words)
