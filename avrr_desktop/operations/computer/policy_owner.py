"""Return whether a policy was put in its place by whoever looks after the computer: nobody else may own or change what leads to it.

A policy can let an escrow into every new store and name the key of updates: one that an ordinary user may write is none.
On Windows only a reading of what the system says is tried by tests; it was never run on a real Windows.
"""

import ctypes
import os
import re
import stat
import sys
from pathlib import Path

SYSTEM = frozenset({0})  # root, who owns what a system is made of
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
# Of Windows: the system itself, its administrators, and what installs Windows' own parts.
_ADMINISTRATORS = {
    "SY",
    "BA",
    "S-1-5-18",
    "S-1-5-32-544",
    "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464",
}
_HARMLESS = {"FR", "FX", "GR", "GX", "RC", "CC", "SW", "LO", "WP"}  # reading, listing, executing
_WRITE = 0x2 | 0x4 | 0x10 | 0x40 | 0x100 | 0x10000 | 0x40000 | 0x80000 | 0x10000000 | 0x40000000
_ENTRY = re.compile(r"\(([^;]*);([^;]*);([^;]*);[^;]*;[^;]*;([^;)]*)[^)]*\)")
_OWNER_AND_RIGHTS, _IS_FILE = 0x1 | 0x4, 1


def belongs_to_the_system(path: Path) -> bool:
    """Return whether the system alone owns and may write a file, the folder it lies in and all above. Raises OSError."""
    real = Path(os.path.realpath(path))
    if sys.platform == "win32":
        return all(_of_administrators(_rights(each)) for each in (real, real.parent))
    named = Path(os.path.abspath(path))  # noqa: PTH100  a link is looked at where it stands, too
    return _of_root(real) and all(map(_of_root, {*named.parents, *real.parents}))


def _of_root(path: Path) -> bool:
    """Return whether root alone writes here; in a folder like /tmp others may add names, and not touch those of root."""
    found = path.stat()
    shared = stat.S_ISDIR(found.st_mode) and found.st_mode & stat.S_ISVTX
    return found.st_uid in SYSTEM and (bool(shared) or not found.st_mode & _OTHERS_WRITE)


def _of_administrators(rights: str) -> bool:
    """Return whether administrators of Windows alone own and may write. ``rights``: as SDDL, the system's own words."""
    owner = re.search(r"O:(S-[\d-]+|[A-Z]{2})", rights)
    entries = rights.partition("D:")[2]
    if owner is None or owner[1] not in _ADMINISTRATORS or not entries or "NO_ACCESS_CONTROL" in entries:
        return False
    return not any(
        kind in ("A", "OA", "XA")
        and "IO" not in re.findall("..", flags)
        and who not in _ADMINISTRATORS
        and _writes(may)
        for kind, flags, may, who in _ENTRY.findall(entries)
    )


def _writes(may: str) -> bool:
    if re.fullmatch(r"0x[0-9a-fA-F]+", may):
        return bool(int(may, 16) & _WRITE)
    return not set(re.findall("..", may)) <= _HARMLESS


def _rights(path: Path) -> str:
    """Return owner and rights of a file of Windows as SDDL. Raises OSError."""
    windows = getattr(ctypes, "windll", None)
    if windows is None:
        raise OSError("not Windows")
    library, found, text = windows.advapi32, ctypes.c_void_p(), ctypes.c_wchar_p()
    code = library.GetNamedSecurityInfoW(
        ctypes.c_wchar_p(str(path)), _IS_FILE, _OWNER_AND_RIGHTS, None, None, None, None, ctypes.byref(found)
    )
    if code or not library.ConvertSecurityDescriptorToStringSecurityDescriptorW(
        found, 1, _OWNER_AND_RIGHTS, ctypes.byref(text), None
    ):
        raise OSError(code, "no rights can be read")
    try:
        return str(text.value)
    finally:
        windows.kernel32.LocalFree(text)
        windows.kernel32.LocalFree(found)
