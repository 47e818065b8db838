"""Build the program for Windows on Debian, under wine, and try its setup: a preview of what a real Windows must show.

    .venv/bin/python tools/packing/wine_trial.py DIR       DIR: a new folder, for about two gigabytes

It needs the network for packages, and takes about five minutes; so it is no part of the checks. What it makes is only
tried: a release is built on a real Windows, with a Python that gets security updates.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:1] = [str(ROOT)]  # the folder of this file is none to import from

from avrr_desktop.locations import NAME  # noqa: E402
from tools.packing import BuildError, epoch, nsis, screen, windows  # noqa: E402
from tools.packing.size_report import told  # noqa: E402
from tools.packing.verify_deb import contents  # noqa: E402
from tools.packing.wine import Wine  # noqa: E402

_TITLE = nsis.TITLE
_LIMIT = 60.0  # seconds for the window to come


def build(wine: Wine) -> Path:
    """Let PyInstaller make the folder, then makensis the setup, and return it. Raises BuildError."""
    begun, out = time.monotonic(), wine.place / "out"
    words = ("build_installer.py", "--quick", "--kind", "folder", "--out", _windows(out))
    code, said = wine.run(str(wine.python), *words, limit=1800, cwd=ROOT)
    if code:
        raise BuildError(f"The program could not be built: {said.strip()[-500:]}.")
    windows.refuse_stand_ins(out / NAME)
    print(f"built: {told(out / NAME)} {_passed(begun)}", flush=True)
    begun, setup = time.monotonic(), out / f"{NAME}-setup.exe"
    target = windows.compile_setup(out / NAME, wine.place, setup)
    print(f"setup: {setup.stat().st_size / 1e6:.1f} MB, for {target}; {_passed(begun)}", flush=True)
    return setup


def attempt(wine: Wine, setup: Path) -> None:
    """Install, use, refuse, install over it, remove, for one user and for all. Raises BuildError for what does not hold."""
    user = next(path for path in (wine.drive / "users").iterdir() if path.name != "Public")
    local = user / "AppData" / "Local"
    one, everybody, data = local / "Programs" / _TITLE, wine.drive / "Program Files" / _TITLE, local / _TITLE
    _does(wine, 0, "", setup, "/S")
    _installed(wine, setup.with_name(NAME), one)
    _uses(wine, one / f"{NAME}.exe", data)
    remove = wine.drive / "Uninstall.exe"
    shutil.copy(one / "Uninstall.exe", remove)  # so that it is waited for
    _does(wine, nsis.ELSEWHERE, nsis.SAID[nsis.ELSEWHERE], remove, "/S", "_?=C:\\windows")
    before = contents(one)
    with _opened(wine, one / f"{NAME}.exe", data):
        said = nsis.SAID[nsis.OPEN]
        _does(wine, nsis.OPEN, said, setup, "/S")
        _removes(wine, nsis.OPEN, said, remove, one)
    _hold(contents(one) == before, "what was refused changed files all the same")
    print("  while its window was open, setup and removal were refused with code 3 and a sentence; no file changed")
    (one / "own.txt").write_text("somebody's own", "utf-8")
    _does(wine, 0, "", setup, "/S")
    _hold(contents(one).keys() == before.keys() | {str(one / "own.txt")}, "the setup over itself left other files")
    lies = contents(data)
    _removes(wine, 0, "", remove, one)
    _hold([path.name for path in one.rglob("*")] == ["own.txt"], f"of {one} more is left than what was not ours")
    _hold(contents(data) == lies and bool(lies), "removing touched what its user made")
    print(
        f"  installed over itself, then removed: only a file that was not ours is left, and all {len(lies)} of the user"
    )
    _does(wine, nsis.FOREIGN, nsis.SAID[nsis.FOREIGN], setup, "/S", "/D=C:\\windows")
    print("  another folder is refused: with other files for the setup, without the program for the removal")
    _does(wine, 0, "", setup, "/S", "/ALLUSERS")
    _installed(wine, setup.with_name(NAME), everybody)
    _does(wine, 0, "", everybody / "Uninstall.exe", "/S", "/PURGE")
    _until(
        lambda: not everybody.exists() and not data.exists(),
        "Removing for all with /PURGE left the program or the data",
    )
    print("  for all users: installed, and removed with /PURGE: neither program nor data are left")


def _installed(wine: Wine, made: Path, place: Path) -> None:
    files = {path.relative_to(made) for path in made.rglob("*") if path.is_file()}
    laid = {path.relative_to(place) for path in place.rglob("*") if path.is_file()}
    _hold(laid == files | {Path("Uninstall.exe")}, f"{place} holds other files than were to be installed")
    _hold(bool(list(wine.drive.rglob(f"{_TITLE}.lnk"))), "there is no entry in the Start menu")
    print(f"  installed without a question: {len(laid)} files in {place.relative_to(wine.drive)}", flush=True)


def _uses(wine: Wine, program: Path, data: Path) -> None:
    """Let the program try itself, then make a practice store with its papers and check it."""
    begun = time.monotonic()
    code, said = wine.run(str(program), "smoke-test")
    _hold(code == 0 and said.split("\n")[-2:] == ["everything works", ""], f"the smoke test says: {said[-300:]}")
    print(f"  smoke-test: {said.count(chr(10))} parts work; {_passed(begun)}", flush=True)
    begun = time.monotonic()
    code, said = wine.run(str(program), "practice", "--no-window")
    _hold(code == 0 and bool(list(data.rglob("*.pdf"))), f"practice ended with {code}: {said[-300:]}")
    code, said = wine.run(str(program), "store", "check", "--store", _windows(data / "practice.avrr", wine.drive))
    _hold(code == 0, f"the check says: {said[-300:]}")
    print(f"  practice: a store with its papers, and the check of it; {_passed(begun)}", flush=True)


@contextmanager
def _opened(wine: Wine, program: Path, data: Path) -> Iterator[None]:
    """Hold the window open on a screen that nobody sees."""
    with screen.screen(wine.place) as shown:
        env = {**wine.environment(), "DISPLAY": shown.name}
        pipe, quiet = subprocess.PIPE, subprocess.DEVNULL
        running = subprocess.Popen(["wine", str(program)], env=env, stdin=quiet, stdout=pipe, stderr=subprocess.STDOUT)
        try:
            seconds = shown.window(_TITLE, _LIMIT, lambda: running.poll() is None)
            shown.settled(_LIMIT).save(wine.place / "window.png")
            print(f"  window: shown in {seconds:.1f} s; picture: {wine.place / 'window.png'}", flush=True)
            yield
            _hold(running.poll() is None, "the program ended while it was to be changed")
        finally:
            wine.run("taskkill", "/F", "/IM", program.name)
            running.wait(_LIMIT)


def _does(wine: Wine, code: int, words: str, program: Path, *options: str) -> None:
    """Run a setup and hold it to its exit code and sentence."""
    ended, said = wine.run(str(program), *options)
    told = f"{program.name} {' '.join(options)}"
    _hold(ended == code and said.strip() == words, f"`{told}` ended with {ended}, not {code}: {said[-300:]}")


def _removes(wine: Wine, code: int, words: str, program: Path, folder: Path) -> None:
    """Run what removes, and wait for it. Its folder must come without quotes, which only a batch file can say."""
    batch = wine.drive / "remove.bat"
    lines = ("@echo off", f"C:\\{program.name} /S _?={_windows(folder, wine.drive)}", "exit %ERRORLEVEL%")
    batch.write_text("\r\n".join((*lines, "")), "ascii")
    ended, said = wine.run("cmd", "/c", f"C:\\{batch.name}")
    _hold(ended == code and said.strip() == words, f"removing ended with {ended}, not {code}: {said[-300:]}")


def _until(holds: Callable[[], bool], problem: str) -> None:
    begun = time.monotonic()
    while not holds():
        if time.monotonic() - begun > _LIMIT:
            raise BuildError(f"{problem}.")
        time.sleep(0.2)


def _hold(works: bool, problem: str) -> None:
    if not works:
        raise BuildError(f"The trial stopped: {problem}.")


def _windows(path: Path, drive: Path | None = None) -> str:
    """Return a path as the programs of wine see it."""
    return ("C:\\" + str(path.relative_to(drive)) if drive else "Z:" + str(path)).replace("/", "\\")


def _passed(begun: float) -> str:
    return f"{time.monotonic() - begun:.0f} s"


def main() -> int:
    """Make all of it in a new folder, and try it."""
    parser = argparse.ArgumentParser(description="Build the program for Windows under wine, and try its setup.")
    parser.add_argument("place", type=Path, help="a new folder")
    place = parser.parse_args().place.resolve()
    try:
        if place.exists() and any(place.iterdir()):
            raise BuildError(f"{place} is not empty: name a new folder.")
        if missing := screen.unable():
            raise BuildError(f"This needs the packages {' '.join(missing)}.")
        place.mkdir(parents=True, exist_ok=True)
        os.environ["SOURCE_DATE_EPOCH"] = str(epoch())
        wine = Wine(place).made()
        attempt(wine, build(wine))
    except (BuildError, OSError) as stop:
        print(stop, file=sys.stderr)
        return 2
    print("Shown under wine. No real Windows has seen it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
