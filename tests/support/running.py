"""Runs the command line as its users do: as a process of its own, or its entry function with real streams."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from avrr_desktop.cli import main as cli
from avrr_desktop.cli.main import OpenWindow

PROJECT = Path(__file__).resolve().parents[2]
_LEFT_OUT = (
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "QT_QPA_PLATFORM",
    "PYTHONPATH",
    "PYTHONIOENCODING",
    "PYTHONUNBUFFERED",
    "PYTHONUTF8",
)


@dataclass(frozen=True, slots=True)
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines of the output."""
        return self.out.splitlines()

    @property
    def parsed(self) -> list[Any]:
        """The lines of the output as JSON."""
        return [json.loads(line) for line in self.lines]


class CommandLine:
    """Commands of one user with a home, a profile and a folder for temporary files under a test's folder."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.home = folder / "home of Zamira"
        self.temporary = folder / "temporary"
        for place in (self.home, self.temporary):
            place.mkdir()
        profile = str(self.home / "profile")
        self._own = {
            "HOME": str(self.home), "USERPROFILE": str(self.home), "XDG_DATA_HOME": profile, "LOCALAPPDATA": profile,
            "TMPDIR": str(self.temporary), "TEMP": str(self.temporary), "TMP": str(self.temporary),
        }  # fmt: skip

    @property
    def log(self) -> Path:
        """The log of this user's program."""
        (found,) = self.home.rglob("log.jsonl")
        return found

    def environment(self) -> dict[str, str]:
        """The environment of a process: plain C locale, no display, warnings are errors."""
        kept = {key: value for key, value in os.environ.items() if key not in _LEFT_OUT}
        return {**kept, **self._own, "PYTHONPATH": str(PROJECT), "LC_ALL": "C", "PYTHONWARNINGS": "error"}

    def start(self, *words: str | Path) -> "subprocess.Popen[bytes]":
        """Start a process with all three streams open."""
        command = [sys.executable, "-m", "avrr_desktop", *map(str, words)]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, cwd=self.home, env=self.environment(), stdin=pipe, stdout=pipe, stderr=pipe
        )  # fmt: skip

    def process(self, *words: str | Path, stdin: bytes = b"", **more: str) -> Result:
        """Run a process to its end; ``more`` are further variables of its environment."""
        command = [sys.executable, "-m", "avrr_desktop", *map(str, words)]
        environment = {**self.environment(), **more}
        done = subprocess.run(
            command, cwd=self.home, env=environment, input=stdin, capture_output=True, timeout=120, check=False
        )
        return _checked(Result(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")))

    def call(
        self, *words: str | Path, stdin: bytes | io.RawIOBase = b"", open_window: OpenWindow | None = None
    ) -> Result:
        """Run the entry function of the command line in this process: for many small cases."""
        source = io.BytesIO(stdin) if isinstance(stdin, bytes) else io.BufferedReader(stdin)
        with self._monkeypatch.context() as here:
            for key, value in self._own.items():
                here.setenv(key, value)
            if open_window is not None:  # somebody sits before a screen
                here.delenv("QT_QPA_PLATFORM", raising=False)
                here.setenv("DISPLAY", ":0")
            here.setattr(sys, "stdin", io.TextIOWrapper(source, encoding="utf-8"))
            out, err = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO())
            with redirect_stdout(out), redirect_stderr(err):
                try:
                    code = cli.main([str(word) for word in words], open_window)
                except SystemExit as ended:
                    code = int(ended.code or 0)
            return _checked(Result(code, _written(out), _written(err)))


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")


def _checked(result: Result) -> Result:
    assert "Traceback" not in result.err
    assert "Warning" not in result.err
    return result


def json_lines(documents: Sequence[object]) -> bytes:
    """Return documents as JSON lines in UTF-8."""
    return b"".join(json.dumps(document, ensure_ascii=False).encode("utf-8") + b"\n" for document in documents)
