"""What a package says of itself to a program that updates itself: written beside it, and signed by IT."""

from datetime import datetime, timezone
from pathlib import Path

from avrr_desktop import __version__
from avrr_desktop.domain.release import ENDING, GOOD_FOR, Release
from avrr_desktop.locations import platform_name
from avrr_desktop.store.engine.migrations import SCHEMA
from tools.packing import digest

_PACKED = (".tar.xz", "-setup.exe", ".dmg")


def describe(package: Path, moment: int, version: str = __version__) -> Path:
    """Write the description of a package beside it, and return it. ``moment``: of the build, in seconds."""
    made = datetime.fromtimestamp(moment, timezone.utc).date()
    size, expires = package.stat().st_size, made + GOOD_FOR
    release = Release(
        version=version,
        platform=platform_name(),
        schema=SCHEMA,
        made=made,
        expires=expires,
        file=package.name,
        size=size,
        sha256=digest(package),
    )
    ending = next(each for each in _PACKED if package.name.endswith(each))
    target = package.with_name(package.name.removesuffix(ending) + ENDING)
    target.write_bytes(release.to_bytes())
    return target
