"""An entry of a list by what somebody types of it: its code, its first letters, or another word that people use for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from avrr_desktop.domain.people.name_tables import folded


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list in the window's language. ``also``: other words for it; ``sex``: of whom it is said."""

    code: str
    label: str
    also: tuple[str, ...] = ()
    sex: str = ""


def found(text: str, entries: Sequence[Entry], sex: str = "") -> list[Entry]:
    """Return the entries that a text can mean, none for a text that begins none: one, where it is clear which.

    The whole of a name goes before its beginning, a name before another word for it, and that before a word within. Of
    several, those that are said of the other sex are left out.
    """
    if exact := [one for one in entries if one.code == text]:
        return exact
    typed = folded(text)
    if not typed:
        return []
    groups: Iterable[list[Entry]] = (
        [one for one in entries if typed == folded(one.label) or text.casefold() == one.code.casefold()],
        [one for one in entries if folded(one.label).startswith(typed)],
        [one for one in entries if any(folded(word) == typed for word in one.also)],
        [one for one in entries if any(folded(word).startswith(typed) for word in one.also)],
        [one for one in entries if f" {typed}" in folded(one.label)],
    )
    group = next((group for group in groups if group), [])
    return [one for one in group if one.sex in ("", sex)] or group if sex and len(group) > 1 else group
