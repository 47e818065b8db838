"""The few lines of sh with which a package refuses to be exchanged or removed while its program is open.

A package manager asks nobody: it would change the files of a program that still loads some of them. Written for the
plainest sh, and for what can be there: no /proc, processes that nobody may look at, another system in a folder.
"""

from avrr_desktop.locations import NAME
from tools.packing.metadata import PLACE

REFUSED = "AVRR Desktop is open on this computer, so nothing was changed. Close it, for every user (avrr-desktop close --all-users), and try again."

OPENED = "It was opened by user"


def lines(processes: str = "/proc", system: str = "${DPKG_ROOT:-}") -> str:
    """Return what ends a script with REFUSED, a line on who opened it, and code 1 while a process of this very program runs.

    ``processes``, ``system``: where processes are listed and the package lies; others than these only in tests.
    """
    # Files are compared, not names: a program of the same name in another system (a container) is another file. A file
    # that was exchanged already is known by its name alone, so only in the system that this script sees.
    return f"""program="{system}/{PLACE}/{NAME}"
open=""
for each in "{processes}"/[0-9]*; do
    if [ "$each/exe" -ef "$program" ] ||
        {{ [ "$(readlink "$each/exe" 2>/dev/null)" = "$program (deleted)" ] && [ "$each/root" -ef / ]; }}; then
        [ -n "$open" ] || echo "{REFUSED}" >&2
        open=yes
        if [ -r "$each/status" ]; then
            while read -r key user rest; do
                [ "$key" != Uid: ] || echo "{OPENED} $(id -nu "$user" 2>/dev/null || echo "$user"), process ${{each##*/}}." >&2
            done < "$each/status"
        fi
    fi
done
[ -z "$open" ] || exit 1
"""


def script(when: str, check: str) -> str:
    """Return a whole script that checks when its first argument is ``when``, and never otherwise.

    Not at the ways back of dpkg (abort-...): what was begun must end.
    """
    return f"""#!/bin/sh
[ "$1" = {when} ] || exit 0
{check}exit 0
"""


def of_debian() -> dict[str, str]:
    """Return the scripts of the .deb by name: at an upgrade the new package alone speaks, and so it is said once."""
    return {"preinst": script("upgrade", lines()), "prerm": script("remove", lines())}


def of_rpm() -> str:
    """Return the scripts of the .rpm. rpm tells them how many of the package there will be: 2 and more is an upgrade."""
    check = lines(system="")
    return f"""%pre
if [ "$1" -ge 2 ]; then
{check}fi
exit 0

%preun
if [ "$1" -eq 0 ]; then
{check}fi
exit 0
"""
