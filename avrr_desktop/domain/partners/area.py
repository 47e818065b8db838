"""Which municipalities a partner serves: lines as somebody typed them, each led to the place that it surely means."""

from typing import NamedTuple

from avrr_desktop.domain.places.gazetteer import Gazetteer, Place
from avrr_desktop.domain.records.fields import Record


class Served(NamedTuple):
    """One line of the area: what was typed, and the place that it means; None where nobody can say."""

    typed: str
    place: Place | None


def lines_of(record: Record, key: str) -> tuple[str, ...]:
    """Return the lines of a field that holds one thing a line, without empty ones."""
    return tuple(line.strip() for line in record.text(key).splitlines() if line.strip())


def served(provider: Record, places: Gazetteer) -> tuple[Served, ...]:
    """Return the area of a partner line by line. A line that means no place, or several, stays as it was typed."""
    country = provider.text("country")
    return tuple(Served(line, _meant(line, country, places)) for line in lines_of(provider, "area"))


def _meant(line: str, country: str, places: Gazetteer) -> Place | None:
    """Return the place that a line surely means: of a municipality and a village of one name, the municipality."""
    if (sure := places.sure(line, country, only=bool(country))) is not None:
        return sure
    found = [one.place for one in places.find(line, country) if not one.perhaps]
    whole = [one for one in found if places.municipality(one.uid) == one.uid and country in ("", one.country)]
    return whole[0] if len(whole) == 1 else None


def serves(provider: Record, municipality: str, places: Gazetteer) -> bool:
    """Return whether a partner says that it serves a municipality: in its area, or where it names none, as its own place.

    ``municipality``: the identifier of a place. An area may be a county: whatever lies in it is served.
    """
    if not municipality:
        return False
    around = {municipality, *places.ancestors(municipality)}
    area = served(provider, places)
    if area:
        return any(one.place is not None and one.place.uid in around for one in area)
    own = provider.text("place_code")
    if not own and (sure := places.sure(provider.text("place"), provider.text("country"), only=True)):
        own = sure.uid
    return bool(own) and places.municipality(own) == municipality


def serves_somewhere_else(provider: Record, country: str, municipality: str, places: Gazetteer) -> bool:
    """Return whether a partner is surely not for a municipality: another country, or an area of known places without it."""
    if provider.text("country") and country and provider.text("country") != country:
        return True
    area = served(provider, places)
    known = bool(area) and all(one.place is not None for one in area)
    return known and bool(municipality) and not serves(provider, municipality, places)
