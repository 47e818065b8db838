"""An update in a file or on a stick: read and checked whole, before anything of it is opened."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from avrr_desktop import __version__
from avrr_desktop.domain.errors import BadInputError, RefusedError, StoreError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.policy import Policy
from avrr_desktop.domain.release import ENDING, SIGNATURE, Release, read_release, version_key
from avrr_desktop.files import read_small
from avrr_desktop.locations import platform_name, program_folder
from avrr_desktop.operations.computer.version_memory import read_memory, remember_seen

KEY_FILE = "update-key.pub"  # beside the program, where IT put it in when it was packed

_MOST = 100_000  # bytes of a description, a signature, a key


def update_key(policy: Policy) -> str:
    """Return the key that updates must be signed with: the policy's, else the one beside the program; empty for none.

    RefusedError where a policy does not hold and names none that is good: it may have taken the older key away.
    """
    if policy.update_key:
        return policy.update_key
    if policy.problems:
        raise RefusedError(
            N_("The policy of this computer is not valid, so no update can be trusted."),
            N_("Nothing was changed. Ask your IT to correct it: avrr-desktop policy check."),
        )
    program = program_folder()
    try:
        text = read_small(program / KEY_FILE, _MOST).decode("utf-8-sig") if program else ""
        return text.strip().splitlines()[-1] if text.isascii() else ""
    except (OSError, ValueError, IndexError):
        return ""


@dataclass(frozen=True, slots=True)
class Offer:
    """An update that may be trusted: what it is, and where its package lies."""

    release: Release
    package: Path


def read_offer(path: Path, key: str, today: date) -> Offer:
    """Return the update in a file or folder, checked whole. ``path``: its ``.update.json``, its package, or their folder.

    Raises RefusedError or BadInputError, with a reason of its own for each: no key, no or a foreign signature, another
    system, an old or known version, out of date, a clock that is wrong, a package that is missing, cut off or another.
    """
    from avrr_desktop.keys.minisign import check_signature, content_hash

    if not key:
        raise RefusedError(
            N_("No key of your IT is known on this computer, so no update can be trusted."),
            N_("Nothing was changed. Your IT can add the key to the policy file, or reinstall the program."),
        )
    try:
        described = _description(path)
        content = _read(described)  # once: what is checked is what is read
        try:
            signature = _read(described.with_name(described.name + SIGNATURE)).decode("utf-8-sig")
        except (FileNotFoundError, UnicodeDecodeError):
            signature = ""
        check_signature(content_hash(content), signature, key)
        release = read_release(content)
        _refuse_release(release, today)
        remember_seen(release.version)
        package = described.with_name(release.file)
        _refuse_package(release, package)
    except OSError:
        raise StoreError(
            N_("The update cannot be read from this location."), N_("Nothing was changed. Check that the stick is plugged in, then try again.")
        ) from None  # fmt: skip
    return Offer(release, package)


def _read(path: Path) -> bytes:
    try:
        return read_small(path, _MOST)
    except ValueError:
        raise BadInputError(
            N_("This file is too large to describe an update: {file}"),
            N_("Nothing was changed. Get the files from your IT again."), {"file": path.name},
        ) from None  # fmt: skip


def _description(path: Path) -> Path:
    found = [path] if path.name.endswith(ENDING) and path.is_file() else []
    folder = path if path.is_dir() else path.parent
    if not found and folder.is_dir():
        found = sorted(
            one for one in folder.glob(f"*{ENDING}") if path.is_dir() or path.name.startswith(one.name[: -len(ENDING)])
        )
        found = [one for one in found if platform_name() in one.name] or found
    if len(found) != 1:
        raise BadInputError(
            N_("There is no update here, or more than one."),
            N_(
                "Nothing was changed. Choose the file whose name ends in .update.json. Its package must be in the "
                "same folder."
            ),
        )
    return found[0]


def _refuse_release(release: Release, today: date) -> None:
    if release.platform != platform_name():
        raise RefusedError(
            N_("This update is for: {other}. This computer: {ours}."), N_("Nothing was changed."),
            {"other": release.platform, "ours": platform_name()},
        )  # fmt: skip
    if release.version == __version__:
        raise RefusedError(
            N_("This version is already installed: {version}."),
            N_("Nothing was changed."),
            {"version": release.version},
        )
    highest = read_memory().highest
    if version_key(release.version) < version_key(highest):
        raise RefusedError(
            N_("This update ({version}) is older than one that was installed here ({highest})."),
            N_(
                "Nothing was changed. Older versions lack later corrections. To go back one version: avrr-desktop "
                "update back."
            ),
            {"version": release.version, "highest": highest},
        )
    if today < release.made:
        raise RefusedError(
            N_("This computer’s clock shows a date before the update was made."),
            N_("Nothing was changed. Please correct the clock, then try again."),
        )
    if today > release.expires:
        raise RefusedError(
            N_("This update has expired. Install by: {day}"),
            N_("Nothing was changed. Ask your IT for a newer one."), {"day": release.expires.isoformat()},
        )  # fmt: skip


def _refuse_package(release: Release, package: Path) -> None:
    if not package.is_file():
        raise RefusedError(
            N_("The package of this update is missing: {file}"), N_("Nothing was changed. Copy it to the same place."),
            {"file": release.file},
        )  # fmt: skip
    if package.stat().st_size != release.size:
        raise RefusedError(
            N_("The package was not copied completely: {file}"), N_("Nothing was changed. Copy it again."), {"file": release.file}
        )  # fmt: skip
    with package.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != release.sha256:
            raise swapped(release)


def swapped(release: Release) -> RefusedError:
    """Return the error for a package that is not what was signed."""
    return RefusedError(
        N_("The package is not the one that your IT signed: {file}"),
        N_("Nothing was installed and nothing was changed. Get the files from your IT again."), {"file": release.file},
    )  # fmt: skip
