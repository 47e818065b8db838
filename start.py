"""Start AVRR Desktop from a clone: set up what it needs, once, in a virtual environment, then run it.

    python3 start.py                   open the program with practice data
    python3 start.py test [ARGS]       run the tests (ARGS go to pytest) on all processors; those of a path on one
    python3 start.py test fast [ARGS]  run those that need neither window nor second program: two minutes
    python3 start.py ANYTHING ELSE     run `python -m avrr_desktop ANYTHING ELSE`

Why a script of its own: whoever tries the program has Python and nothing else, and a system Python may
refuse to install packages. So this file uses the standard library only, says in one sentence what is
wrong, and still parses on Python 3.6, where all it does is ask for a newer Python.
"""

import errno
import hashlib
import importlib
import os
import subprocess
import sys
from pathlib import Path

OLDEST, NEWEST = (3, 11), (3, 14)  # as requires-python in pyproject.toml


def version_problem(major: int, minor: int) -> str:
    """Why this Python cannot run the program, as a sentence; empty when it can."""
    if OLDEST <= (major, minor) <= NEWEST:
        return ""
    first, last = (".".join(map(str, version)) for version in (OLDEST, NEWEST))
    return f"AVRR Desktop needs Python {first} to {last}, and this is {major}.{minor}: use another Python."


PROBLEM = version_problem(*sys.version_info[:2])
if PROBLEM and __name__ == "__main__":  # here, before the annotations that an old Python cannot evaluate
    print(PROBLEM, file=sys.stderr)
    sys.exit(2)

ROOT = Path(os.path.realpath(__file__)).parent
STAMP = "avrr-desktop-set-up"  # in the virtual environment: one line for each step that is done
WHEELS = "wheels-%s.json"  # in the virtual environment: pip's report on each installing
PIP = ["install", "--disable-pip-version-check", "--no-input", "--quiet", "--progress-bar", "off"]
AGAIN = "and run the same line again."
# Each process takes up to 400 MB, and waits for disks and other programs a third of its time.
SPREAD = ["-n", str(min(4, (os.cpu_count() or 1) + 1)), "--dist", "worksteal"]
FAST = ["domain", "edges", "keys", "pdf", "store", "test_house_rules.py"]

LOAD = "import PySide6.QtWidgets, PySide6.QtSvg"
FULL = f"The disk is full: free about 2 GB {AGAIN}"
PROTECTED = f"is write-protected for you: move the project (or AVRR_VENV) to a folder of your own {AGAIN}"
PIP_TROUBLE = {  # words in pip's message, and what to do about them
    "No space left on device": FULL,
    "Read-only file system": f"The project's folder {PROTECTED}",
    "Permission denied": f"The project's folder {PROTECTED}",
    "DO NOT MATCH THE HASHES": f"A package differs from requirements.lock: try another connection {AGAIN}",
}


class StartError(Exception):
    """The start cannot go on; the text is the sentence for the user."""


def say(text: str) -> None:
    """Tell the user; standard output is left to the program."""
    print(text, file=sys.stderr, flush=True)


def wanted(root: Path, folder: Path, screen: bool) -> list[str]:
    """The stamp of a finished set-up: the place and Python, the packages, the system's libraries."""
    # Python's third number is left out: a security update must not cost an offline user the set-up.
    python = f"{sys.implementation.cache_tag}{getattr(sys, 'abiflags', '')}"
    place = b"\0".join([python.encode(), os.fsencode(root), os.fsencode(folder)])
    files = [(root / name).read_bytes() for name in ("requirements.lock", "pyproject.toml")]
    packages = "".join(hashlib.sha256(content).hexdigest() for content in files)
    libraries = "libraries and screen" if screen else "libraries"
    return ["place " + hashlib.sha256(place).hexdigest(), "packages " + packages, libraries]


def read_stamp(folder: Path) -> list[str]:
    """The steps that are done: none, if there is no stamp that can be read."""
    try:
        return (folder / STAMP).read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return []


def write_stamp(folder: Path, lines: list[str]) -> None:
    """Note the steps that are done, all or nothing."""
    half = folder / (STAMP + ".new")
    half.write_text("\n".join(lines) + "\n", encoding="ascii")
    half.replace(folder / STAMP)


def python_in(folder: Path) -> Path:
    """The Python of the virtual environment."""
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def works(python: Path) -> bool:
    """Whether the environment's Python starts and is of our version (it takes about 10 ms)."""
    code = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    try:
        done = subprocess.run([str(python), "-I", "-S", "-c", code], check=False, stderr=subprocess.DEVNULL)
        return done.returncode == 0
    except OSError:
        return False


def run(python: Path, *words: str) -> tuple[int, str]:
    """Run the environment's Python in the project folder, without settings that would lead it elsewhere."""
    leave = ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT")
    env = {name: value for name, value in os.environ.items() if name not in leave}
    env.update(PYTHONUTF8="1", PIP_USER="0")
    command, out, err = [str(python), "-P", *words], subprocess.PIPE, subprocess.STDOUT
    done = subprocess.run(command, check=False, cwd=ROOT, env=env, stdout=out, stderr=err)
    return done.returncode, done.stdout.decode("utf-8", "replace")


def build(folder: Path) -> None:
    """Make the virtual environment anew; never empty a folder that is not one."""
    ours = folder == ROOT / ".venv" or (folder / "pyvenv.cfg").exists()
    if not ours and folder.exists() and (folder.is_file() or any(folder.iterdir())):
        raise StartError(f"AVRR_VENV names {folder}, which holds other files: name a new folder {AGAIN}")
    try:
        importlib.import_module("ensurepip")
        builder = importlib.import_module("venv").EnvBuilder
    except ImportError:
        raise StartError(
            "This Python cannot make a virtual environment: install the Debian/Ubuntu package python3-venv "
            f"(sudo apt install python3.{sys.version_info[1]}-venv) {AGAIN}"
        ) from None
    try:
        if folder.is_symlink():
            folder.unlink()  # the link, never what it leads to: somebody else works with that
        (folder / STAMP).unlink(missing_ok=True)
        builder(clear=True, symlinks=os.name != "nt", with_pip=True).create(folder)
    except subprocess.CalledProcessError as error:
        raise pip_failed((error.output or b"").decode("utf-8", "replace")) from None
    except ValueError as error:
        raise StartError(f"The virtual environment cannot be made: {error}") from None


def pip_failed(output: str) -> StartError:
    """Show the end of pip's own message, and find the sentence that says what to do."""
    lines = list(filter(str.strip, output.splitlines()))
    for line in [line for line in lines if line.startswith("ERROR") or line is lines[-1]][-3:]:
        say("  pip: " + line[:300])
    other = f"The packages could not be installed: check the internet connection {AGAIN}"
    return StartError(next((sentence for words, sentence in PIP_TROUBLE.items() if words in output), other))


def install(folder: Path, before: list[str]) -> None:
    """Install the locked packages, then the project itself; `before` is the stamp of the steps so far."""
    (folder / STAMP).unlink(missing_ok=True)  # an install that is cut short leaves none, and is redone whole
    # Which of the files that the lock allows was taken: pip alone knows it, and a package of the program tells it.
    report = folder / (WHEELS % len(list(folder.glob(WHEELS % "*"))))
    locked = ["--require-hashes", "-r", "requirements.lock", "--report", str(report)]
    for words in (locked, ["--no-deps", "--no-build-isolation", "-e", "."]):
        code, output = run(python_in(folder), "-m", "pip", *PIP, *words)
        if code:
            write_stamp(folder, before)  # pip ended in order: keep what it has installed
            raise pip_failed(output)


def check_system(screen: bool) -> None:
    """Name, all at once and before anything is downloaded, the system libraries that Qt lacks: Qt itself would name one."""
    sys.path.insert(0, str(ROOT))
    libraries = importlib.import_module("avrr_desktop.libraries")
    missing = libraries.missing([*libraries.QT, *(libraries.SCREEN if screen else [])])
    if missing:
        if not screen:  # named in the same breath, as a screen is the usual next wish; alone they stop nothing
            missing += libraries.missing(libraries.SCREEN)
        names, packages = ", ".join(missing), libraries.packages(missing)
        raise StartError(f"Qt lacks {names} on this system: run `sudo apt install {packages}` {AGAIN}")


def check_qt(python: Path) -> None:
    """Load Qt once: whatever else it lacks is named in its own words."""
    code, output = run(python, "-c", LOAD)
    if "No module named" in output:
        (python.parents[1] / STAMP).unlink()
        raise StartError("The virtual environment is damaged: run the same line again, and it is made anew.")
    if code:
        why = (output.splitlines() or [f"exit code {code}"])[-1]
        raise StartError(f"Qt cannot be loaded on this system ({why}): install what it lacks {AGAIN}")


def set_up(folder: Path, screen: bool) -> None:
    """Do the steps that the stamp does not show as done; nothing, and without network, when all are."""
    want, have, python = wanted(ROOT, folder, screen), read_stamp(folder), python_in(folder)
    checked = have[2:] in (want[2:], ["libraries and screen"])
    if not checked or have[:2] != want[:2]:
        check_system(screen)
    if have[:1] != want[:1] or not works(python):
        say(f"Setting up, once (about two minutes): making the virtual environment {folder} ...")
        build(folder)
        have = []
    if have[:2] != want[:2]:
        say("Setting up: installing the packages of requirements.lock ...")
        install(folder, want[:1])
        write_stamp(folder, want[:2])
        have = want[:2]
    if not checked or have[2:] == []:
        check_qt(python)
        write_stamp(folder, want)


def child_arguments(words: list[str]) -> list[str]:
    """What the environment's Python is to run: tests of a path that the words name as they are, all others spread."""
    if words[:1] != ["test"]:
        return ["-P", "-m", "avrr_desktop", *(words or ["practice"])]
    fast = words[1:2] == ["fast"]
    rest = words[2:] if fast else words[1:]
    named = any(os.path.exists(word.split("::")[0]) for word in rest)  # noqa: PTH110 - any length is fine
    places = [str(ROOT / "tests" / name) for name in (FAST if fast else [""])]
    return ["-P", "-m", "pytest", *([] if named else [*SPREAD, *places]), *rest]


def main(words: list[str]) -> int:
    """Set up and run; every trouble ends as one sentence and exit code 2."""
    env = os.environ
    if words[:1] == ["test"]:
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # the tests start hundreds of programs: compile the product once
    display = env.get("DISPLAY") or env.get("WAYLAND_DISPLAY")
    screen = bool(display) and env.get("QT_QPA_PLATFORM") not in ("offscreen", "minimal")
    try:
        folder = Path(os.path.realpath(env.get("AVRR_VENV") or ROOT / ".venv"))
        set_up(folder, screen)
        env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), env.get("PYTHONPATH")]))
        env["PYTHONUTF8"] = "1"
        command = [str(python_in(folder)), *child_arguments(words)]
        if os.name == "nt":  # os.execv there does not wait for the program
            return subprocess.call(command)
        os.execv(command[0], command)
    except StartError as stop:
        say(str(stop))
    except KeyboardInterrupt:
        say("Stopped: run the same line again to go on.")
    except OSError as error:
        protected = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
        known = f"{error.filename} {PROTECTED}" if protected else FULL if error.errno == errno.ENOSPC else ""
        say(known or f"The start failed ({error}): take a whole copy of the project {AGAIN}")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
