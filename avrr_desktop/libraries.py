"""What Qt asks of a Linux system: each library with its Debian package. For the first start, packages and the smoke test.

start.py reads this before anything is installed: it needs the standard library alone.
"""

import ctypes
import os
import sys
from collections.abc import Iterable, Mapping


def _read(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


# Also without a screen.
QT = _read("""
    libEGL.so.1=libegl1 libGL.so.1=libgl1 libxkbcommon.so.0=libxkbcommon0 libdbus-1.so.3=libdbus-1-3
    libfontconfig.so.1=libfontconfig1 libfreetype.so.6=libfreetype6 libglib-2.0.so.0=libglib2.0-0
    libgthread-2.0.so.0=libglib2.0-0 libX11.so.6=libx11-6 libxcb.so.1=libxcb1 libzstd.so.1=libzstd1
    libstdc++.so.6=libstdc++6 libz.so.1=zlib1g
""")
SCREEN = _read("""
    libX11-xcb.so.1=libx11-xcb1 libxcb-cursor.so.0=libxcb-cursor0 libxcb-icccm.so.4=libxcb-icccm4
    libxcb-image.so.0=libxcb-image0 libxcb-keysyms.so.1=libxcb-keysyms1 libxcb-randr.so.0=libxcb-randr0
    libxcb-render.so.0=libxcb-render0 libxcb-render-util.so.0=libxcb-render-util0
    libxcb-shape.so.0=libxcb-shape0 libxcb-shm.so.0=libxcb-shm0 libxcb-sync.so.1=libxcb-sync1
    libxcb-util.so.1=libxcb-util1 libxcb-xfixes.so.0=libxcb-xfixes0 libxcb-xkb.so.1=libxcb-xkb1
    libxkbcommon-x11.so.0=libxkbcommon-x11-0
""")
WAYLAND = _read("""
    libwayland-client.so.0=libwayland-client0 libwayland-cursor.so.0=libwayland-cursor0
    libwayland-egl.so.1=libwayland-egl1
""")
PRINTING = {"libcups.so.2": "libcups2"}
ALL = {**QT, **SCREEN, **WAYLAND, **PRINTING}


def has_display() -> bool:
    """Return whether a window can be seen by somebody."""
    if os.environ.get("QT_QPA_PLATFORM", "") in ("offscreen", "minimal"):
        return False
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing(wanted: Iterable[str]) -> list[str]:
    """Return those of the named libraries that this system cannot load; none where it is not Linux."""
    return [name for name in wanted if not _loads(name)] if sys.platform.startswith("linux") else []


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def packages(names: Iterable[str], known: Mapping[str, str] = ALL) -> str:
    """Return the Debian packages of libraries, each once; a library that is not known here has none."""
    return " ".join(dict.fromkeys(known[name] for name in names if name in known))


def told(names: Iterable[str]) -> str:
    """Return libraries and what brings them: ``libGL.so.1 (run `sudo apt install libgl1`)``."""
    listed = list(names)
    wanted = packages(listed)
    return ", ".join(listed) + (f" (run `sudo apt install {wanted}`)" if wanted else "")


def why_not(wanted: Mapping[str, str], error: Exception) -> str:
    """Return why a part of Qt does not load: every wanted library that is missing, else the one that the loader names."""
    said = str(error.__cause__ or error)  # a packaged program wraps what the loader says
    return f"missing {told(missing(wanted) or [said.partition(':')[0]])}"
