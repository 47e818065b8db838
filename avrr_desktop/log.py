"""The log holds codes, counts and places in the code; never a value, a path or the text of an error."""

import json
import os
import re
import traceback
from datetime import datetime, timezone
from pathlib import Path
from types import TracebackType

_CODE = re.compile(r"[a-z][a-z0-9_.]{0,40}")
LIMIT = 1_000_000


class Log:
    """Appends one JSON line an event to ``log.jsonl``; starts anew past a megabyte."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "log.jsonl"

    def event(self, code: str, **counts: int) -> None:
        """Write that something happened. ``code`` is one of ours; only whole numbers go along."""
        if not _CODE.fullmatch(code):
            raise ValueError("not a code")
        self._write({"code": code, **{key: int(count) for key, count in counts.items()}})

    def bug(self, kind: type[BaseException], trace: TracebackType | None) -> str:
        """Write an unexpected error and return its technical text: type and places, no message, no values."""
        text = technical_text(kind, trace)
        self._write({"code": "bug", "where": text})
        return text

    def _write(self, event: dict[str, object]) -> None:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._path.exists() and self._path.stat().st_size > LIMIT:
                self._path.replace(self._path.with_suffix(".old.jsonl"))
            moment = datetime.now(timezone.utc).isoformat(timespec="seconds")
            with self._path.open("ab+", buffering=0) as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - 1))
                cut = file.read(1) not in (b"", b"\n")
                line = log_line({"time": moment, **event}).encode("ascii")
                file.write(
                    b"\n" * cut + line
                )  # in one piece; behind one that a full disk cut off, on a line of its own
        except OSError:
            pass  # a log that cannot be written must not stop anybody's work


def log_line(event: dict[str, object]) -> str:
    """Return one event as one line in ASCII, whatever letters it holds: nothing in it can look like another event."""
    return json.dumps(event, ensure_ascii=True) + "\n"


def newest(folder: Path, lines: int) -> list[str]:
    """Return the last lines of the log; none where there is no log or it cannot be read."""
    try:
        with (folder / "log.jsonl").open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - LIMIT))
            found = file.read(LIMIT).decode("ascii", "replace").splitlines()
    except OSError:
        return []
    return found[-lines:]


def technical_text(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return the type of an error and the places that it went through: file name, line, function."""
    frames = traceback.extract_tb(trace)
    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([kind.__name__, *places])
