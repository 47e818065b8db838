"""Releases as IT makes them, small: a folder that answers as a program does, packed, described and signed."""

import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from avrr_desktop.domain.release import ENDING, Release
from avrr_desktop.locations import NAME, platform_name
from tools.packing import archive, digest, signing

MOMENT = 1_790_000_000
CHEAP = (32_768, 16_777_216)  # what a key costs to open: least that the function takes
TODAY = date(2026, 11, 27)
ANSWERS = """#!/bin/sh
case "$1" in
  --version) echo "AVRR Desktop {version}";;
  smoke-test) echo "{smoke}";;
  *) echo "asked: $@";;
esac
"""


def program(folder: Path, version: str, smoke: str = "everything works") -> Path:
    """Make a folder whose program says a version, and return it."""
    (folder / "_internal").mkdir(parents=True)
    (folder / "_internal" / "part").write_text(version)
    (folder / NAME).write_text(ANSWERS.format(version=version, smoke=smoke))
    (folder / NAME).chmod(0o755)
    return folder


def version_in(folder: Path) -> str:
    """Return which version lies in a folder, whole."""
    inside = (folder / "_internal" / "part").read_text()
    assert f'AVRR Desktop {inside}"' in (folder / NAME).read_text()
    return inside


@dataclass(frozen=True)
class It:
    """Who looks after the computers of an organisation: holds the key, packs and signs."""

    place: Path

    @property
    def secret(self) -> Path:
        return self.place / "it.key"

    def begin(self) -> str:
        """Make the key and return its public line."""
        self.place.mkdir(parents=True, exist_ok=True)
        return signing.keygen(self.secret, "", *CHEAP).line

    def release(self, version: str, smoke: str = "everything works") -> Path:
        """Pack, describe and sign a version on a stick of its own; return its description."""
        stick = self.place / f"stick-{version}"
        made = program(self.place / "made" / version / NAME, version, smoke)
        package = stick / f"{NAME}-{version}-{platform_name()}.tar.xz"
        stick.mkdir()
        archive.pack(made, package, MOMENT, 0)
        return self.describe(Release(
            version=version, platform=platform_name(), schema=2, made=date(2026, 6, 1), expires=date(2027, 12, 25), file=package.name, size=package.stat().st_size, sha256=digest(package),
        ), stick)  # fmt: skip

    def describe(self, release: Release, stick: Path) -> Path:
        """Write and sign what a release says of itself."""
        path = stick / f"{release.file.removesuffix('.tar.xz')}{ENDING}"
        path.write_bytes(release.to_bytes())
        signing.sign(path, self.secret, "", MOMENT)
        return path

    def changed(self, description: Path, **values: object) -> Path:
        """Sign a description anew in which some values are others."""
        from avrr_desktop.domain.release import read_release

        release = replace(read_release(description.read_bytes()), **values)  # type: ignore[arg-type]
        stick = Path(
            shutil.copytree(description.parent, description.parent.with_name(f"changed-{description.parent.name}"))
        )
        for old in stick.glob(f"*{ENDING}*"):
            old.unlink()
        return self.describe(release, stick)
