"""Start time and memory of a packed program against the same program from source, both measured in one run.

Figures of one run depend on the computer; their ratio hardly does. So the ratio is what may be remembered.
"""

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.packing import ROOT, BuildError
from tools.packing.freezing import DRAWN

_TIMES = 5
LIMIT = 60.0  # seconds for a window to come
# Memory is asked for by a small program of its own: a child counts what its parent held when it was started.
_MEASURE = """
import os, sys, time
begun = time.monotonic()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
_, status, used = os.wait4(child, 0)
print(time.monotonic() - begun, used.ru_maxrss if status == 0 else -1)
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds until something is there, and the most memory that was held until then, in bytes."""

    seconds: float
    memory: int

    def against(self, other: "Figures") -> str:
        """Say these figures, those of the source, and their ratio."""
        return (
            f"{self.seconds:.2f} s and {self.memory / 1e6:.0f} MB; from source {other.seconds:.2f} s and "
            f"{other.memory / 1e6:.0f} MB; ratio {self.seconds / other.seconds:.2f} and {self.memory / other.memory:.2f}"
        )


def compare(program: Path, home: Path) -> None:
    """Print what a packed program takes, beside the same from source. Raises BuildError where one does not start."""
    packed, source = [str(program)], [sys.executable, "-m", "avrr_desktop"]
    # One after the other, in turns: what else the computer does hits both.
    ends = [[ended([*command, "--version"], home) for command in (packed, source)] for _ in range(_TIMES)]
    print(f"  --version, best of {_TIMES}: {_best(ends, 0).against(_best(ends, 1))}")
    windows = [[drawn(command, home) for command in (packed, source)] for _ in range(_TIMES)]
    print(f"  until the window draws its first icon, best of {_TIMES}: {_best(windows, 0).against(_best(windows, 1))}")


def _best(runs: Sequence[Sequence[Figures]], which: int) -> Figures:
    return Figures(min(run[which].seconds for run in runs), min(run[which].memory for run in runs))


def _environment(home: Path) -> dict[str, str]:
    kept = {"HOME": str(home), "PATH": os.defpath, "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}
    return {**kept, "PYTHONPATH": str(ROOT), "QT_DEBUG_PLUGINS": "1"}  # Qt says what it loads: what draws icons


def ended(command: Sequence[str], home: Path) -> Figures:
    """Run to the end."""
    asking = [sys.executable, "-I", "-S", "-c", _MEASURE, *command]
    told = subprocess.run(asking, env=_environment(home), cwd=home, check=True, capture_output=True, encoding="ascii")
    seconds, kilobytes = told.stdout.split()
    if int(kilobytes) < 0:
        raise BuildError(f"`{' '.join(command)}` failed: {told.stderr.strip()[-300:]}.")
    return Figures(float(seconds), int(kilobytes) * 1024)


def drawn(command: Sequence[str], home: Path) -> Figures:
    """Open the window without a screen until its first icon is drawn, then ask the program to end."""
    begun, place, held = time.monotonic(), home / "window.txt", Path()
    with place.open("wb") as file:
        running = subprocess.Popen(command, env=_environment(home), cwd=home, stdout=file, stderr=file)
    held = Path(f"/proc/{running.pid}/status")
    try:
        while not re.search(DRAWN, place.read_bytes()):
            if running.poll() is not None or time.monotonic() - begun > LIMIT:
                raise BuildError(f"No window came of `{' '.join(command)}`: {place.read_text('utf-8')[-300:]}.")
            time.sleep(0.005)
        peak = re.search(r"VmHWM:\s+(\d+) kB", held.read_text("ascii"))
        return Figures(time.monotonic() - begun, int(peak[1]) * 1024 if peak else 0)
    finally:
        running.kill()
        running.wait()
