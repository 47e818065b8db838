"""What a release says of itself, so that an office without internet can take it from a stick and trust it.

IT signs these few lines; the lines hold the sum of the package. So one small signature covers everything, and an old, a
foreign, an expired or a swapped package is told apart before anything of it is opened.
"""

import json
import re
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.i18n import N_

ENDING = ".update.json"
SIGNATURE = ".minisig"
FORMAT = 1
GOOD_FOR = timedelta(days=400)  # an older package misses what was mended since: IT signs the next one
_VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})\.(\d{1,4})(?:(a|b|rc|\.dev)(\d{1,4}))?")
_PRE = (".dev", "a", "b", "rc", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One package for one platform. ``schema``: of stores that this program makes; ``sha256``: of the package, in hex."""

    version: str
    platform: str
    schema: int
    made: date
    expires: date
    file: str
    size: int
    sha256: str

    def to_bytes(self) -> bytes:
        """Return the lines that are signed: the same bytes for the same release."""
        said = {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(self).items()}
        return (json.dumps({"format": FORMAT, **said}, indent=1, sort_keys=True) + "\n").encode("ascii")


def version_key(version: str) -> tuple[int, ...]:
    """Return what versions are sorted by: a preview comes before what it previews. Raises ValueError."""
    found = _VERSION.fullmatch(version)
    if found is None:
        raise ValueError("not a version")
    return (*(int(part) for part in found.groups()[:3]), _PRE.index(found[4]), int(found[5] or 0))


def read_release(content: bytes) -> Release:
    """Return the release that signed lines describe. Raises BadInputError for anything else."""
    try:
        found = json.loads(content.decode("ascii"))
        if found["format"] != FORMAT:
            raise BadInputError(
                N_("The description of this update is too new for this program."),
                N_("Nothing was changed. Ask your IT for the previous release, or have the program reinstalled."),
            )
        release = Release(
            version=str(found["version"]), platform=str(found["platform"]), schema=int(found["schema"]), made=date.fromisoformat(found["made"]),
            expires=date.fromisoformat(found["expires"]), file=str(found["file"]), size=int(found["size"]), sha256=str(found["sha256"]),
        )  # fmt: skip
        version_key(release.version)
        if not re.fullmatch(r"[\w.+-]{1,120}", release.file) or not re.fullmatch(r"[0-9a-f]{64}", release.sha256):
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadInputError(
            N_("This file does not describe an update."),
            N_("Nothing was changed. Get a complete copy of the file whose name ends in .update.json from your IT."),
        ) from None
    return release
