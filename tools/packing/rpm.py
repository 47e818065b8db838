"""The package for Fedora and its relatives: its instructions are always written, and used where rpmbuild is."""

import os
import platform
import shutil
import subprocess
from datetime import datetime, timezone
from pathlib import Path

from avrr_desktop import __version__
from avrr_desktop.locations import NAME
from tools.packing import BuildError, running_guard
from tools.packing.menu import COMPONENT
from tools.packing.metadata import DESCRIPTION, LICENCES, MAINTAINER, PLACE, RECOMMENDED, SUMMARY, glibc, version

_STRONG, _LIGHT = "w7.xzdio", "w1.xzdio"  # xz: every rpm that is still looked after reads it
MISSING = "No .rpm was made: rpmbuild is not on this computer. Its instructions were written, and never built here."


def file_name() -> str:
    """Return the name of the package's file, as rpm writes it."""
    return f"{NAME}-{version()}-1.{platform.machine()}.rpm"


def spec(libraries: set[str], moment: int, quick: bool = False) -> str:
    """Return rpmbuild's instructions for a staged tree, which it is told with --define "staged FOLDER".

    Libraries are asked for by their own names, as packages' differ. ``quick``: pressed lightly.
    """
    needs = "".join(f"Requires: {name}()(64bit)\n" for name in sorted(libraries))
    wished = "".join(f"Recommends: {name}()(64bit)\n" for name in RECOMMENDED)
    day = f"{datetime.fromtimestamp(moment, timezone.utc):%a %b %d %Y}"
    # What rpmbuild would do by itself is left out: it would look into every library of the folder and change some.
    return f"""%global debug_package %{{nil}}
%global __os_install_post %{{nil}}
%global _build_id_links none
%global source_date_epoch_from_changelog 0
%global clamp_mtime_to_source_date_epoch 1
%global use_source_date_epoch_as_buildtime 1
%global _binary_payload {_LIGHT if quick else _STRONG}
%global _buildhost localhost
# Made with SOURCE_DATE_EPOCH={moment} in the environment.
Name: {NAME}
Version: {version()}
Release: 1
Summary: {SUMMARY[0].upper()}{SUMMARY[1:]}
License: {LICENCES}
AutoReqProv: no
Requires: glibc >= {glibc()}
{needs}{wished}
%description
{DESCRIPTION}

%install
cp -a "%{{staged}}/." "%{{buildroot}}/"

{running_guard.of_rpm()}
%files
%defattr(-,root,root,-)
/{PLACE}
/usr/bin/{NAME}
/usr/share/applications/{NAME}.desktop
/usr/share/icons/hicolor/*/apps/{NAME}.*
/usr/share/metainfo/{COMPONENT}.metainfo.xml
/usr/share/mime/packages/{NAME}.xml
%exclude /usr/share/lintian
/usr/share/man/man1/{NAME}.1.gz
/usr/share/doc/{NAME}

%changelog
* {day} {MAINTAINER} - {version()}-1
- AVRR Desktop {__version__}; what is new stands in CHANGELOG.md of the source.
"""


def build(instructions: Path, root: Path, work: Path, out: Path, moment: int) -> Path:
    """Make the package, the same for the same files and moment. Raises BuildError where rpmbuild is missing or fails."""
    if not shutil.which("rpmbuild"):
        raise BuildError(MISSING)
    told = (f"_topdir {work}", f"_rpmdir {work}", f"staged {root}")
    command = ["rpmbuild", "-bb", *(word for one in told for word in ("--define", one)), str(instructions)]
    env = {**os.environ, "SOURCE_DATE_EPOCH": str(moment)}
    done = subprocess.run(command, env=env, capture_output=True, encoding="utf-8")
    made = list(work.rglob(f"{NAME}-{__version__}*.rpm"))
    if done.returncode or not made:
        raise BuildError(f"rpmbuild could not make the package: {(done.stderr.strip().splitlines() or ['?'])[-1]}.")
    return Path(shutil.copy(made[0], out))
