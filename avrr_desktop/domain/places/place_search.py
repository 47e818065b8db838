"""Which places somebody means who searches: the whole text, or its first or last words beside a name."""

from collections.abc import Iterator
from typing import NamedTuple

from avrr_desktop.domain.places.gazetteer import Gazetteer

_MOST_WORDS = 3  # of the name of a place beside other words
_LONGEST = 8  # words of a search that anybody types


class Meant(NamedTuple):
    """Places that some words of a text mean, and the words before and behind them."""

    before: str
    uids: tuple[str, ...]
    behind: str


def meant(text: str, places: Gazetteer, *, perhaps: bool = False) -> Iterator[Meant]:
    """Yield what a typed text may ask for: a place, a name and a place, a place and a name. ``perhaps``: also what merely sounds so."""
    words = text.split()
    if not 0 < len(words) <= _LONGEST:
        return
    if uids := _uids(text, places, perhaps=perhaps):
        yield Meant("", uids, "")
    for count in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        if uids := _uids(" ".join(words[-count:]), places, perhaps=False):
            yield Meant(" ".join(words[:-count]), uids, "")
        if uids := _uids(" ".join(words[:count]), places, perhaps=False):
            yield Meant("", uids, " ".join(words[count:]))


def _uids(text: str, places: Gazetteer, *, perhaps: bool) -> tuple[str, ...]:
    return tuple(found.place.uid for found in places.find(text) if perhaps or not found.perhaps)
