"""The policy of a computer of Windows as its own tools for offices hand it out: in the registry, instead of in a file.

Only administrators and the system may write below HKLM\\Software\\Policies, so nobody's rights are looked at. Tables are keys,
lines are values: REG_SZ a text, REG_DWORD a number (0 and 1: false and true), REG_MULTI_SZ a list. Never read on a real Windows.
"""

import sys
from typing import Any

from avrr_desktop.domain.policy import BY_NAME

PLACE = "Software\\Policies\\AVRR Desktop"
Document = dict[str, Any]


def registered() -> Document | None:
    """Return the policy of this computer as a file would say it; None where it is not in the registry. Raises OSError."""
    if sys.platform != "win32":
        return None
    import winreg

    return read_tree(winreg)


def read_tree(registry: Any) -> Document | None:
    """Return what stands below ``PLACE``, read by the functions of ``winreg``; None where nothing does. Raises OSError."""
    rights = registry.KEY_READ | registry.KEY_WOW64_64KEY
    try:
        top = registry.OpenKey(registry.HKEY_LOCAL_MACHINE, PLACE, 0, rights)
    except FileNotFoundError:
        return None
    with top:
        found = _values(registry, top, "")
        for name in _names(registry, top):
            with registry.OpenKey(top, name, 0, rights) as table:
                found[name] = _values(registry, table, name)
    return found or None


def _names(registry: Any, key: Any) -> list[str]:
    tables, _, _ = registry.QueryInfoKey(key)
    return [registry.EnumKey(key, number) for number in range(tables)]


def _values(registry: Any, key: Any, table: str) -> Document:
    _, count, _ = registry.QueryInfoKey(key)
    lines = [registry.EnumValue(key, number) for number in range(count)]
    return {name: meant(f"{table}.{name}", value) for name, value, _ in lines}


def meant(whole: str, value: object) -> object:
    """Return a value as a file would hold it: the registry knows no true and false. ``whole``: table.name."""
    key = BY_NAME.get(whole)
    truth = key is not None and isinstance(key.example, bool)
    return bool(value) if truth and value in (0, 1) else value
