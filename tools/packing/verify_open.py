"""Shows that a package is neither exchanged nor removed while its program is open, and that nothing of it was touched."""

import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.packing import BuildError
from tools.packing.freezing import DRAWN
from tools.packing.running_guard import REFUSED
from tools.packing.unprivileged_user import User
from tools.packing.verify_deb import contents

_LIMIT = 60.0  # seconds for the window to come, and to go
Ways = dict[str, Callable[[], "subprocess.CompletedProcess[str]"]]


@contextmanager
def opened(user: User, program: Path) -> Iterator[None]:
    """Hold the window open, without a screen; then end it as a session does. Raises BuildError."""
    begun, said = time.monotonic(), user.home / "window.txt"
    with said.open("wb") as file:
        env = {**user.environment(), "QT_DEBUG_PLUGINS": "1"}  # Qt says what it loads: what draws icons
        command = [*user.before, str(user.inside(program))]
        running = subprocess.Popen(command, env=env, cwd=user.home, stdout=file, stderr=file)
    try:
        while not re.search(DRAWN, said.read_bytes()):
            if running.poll() is not None or time.monotonic() - begun > _LIMIT:
                raise BuildError(f"No window came of {program}: {said.read_text('utf-8', 'replace')[-300:]}.")
            time.sleep(0.05)
        yield
        if running.poll() is not None:
            raise BuildError("The program ended while its package was to be changed.")
        running.send_signal(signal.SIGTERM)
        code = running.wait(_LIMIT)
    except subprocess.TimeoutExpired:
        raise BuildError("The window did not end when the system asked it to.") from None
    finally:
        running.kill()
        running.wait()
    if code:
        raise BuildError(f"The window ended with {code} after its package was to be changed.")


def refuse(user: User, program: Path, kept: Path, ways: Ways) -> None:
    """Try each way of changing the package while the window is open: it must be refused, and change no file.

    ``kept``: a folder of the user that the window has nothing to do with. Raises BuildError.
    """
    places = (program.parent, kept)
    with opened(user, program):
        before = [contents(place) for place in places]
        for name, way in ways.items():
            done = way()
            said = done.stdout + done.stderr
            if not done.returncode or said.count(REFUSED) != 1:
                raise BuildError(
                    f"The {name} went on while the program was open, or did not say why not: {said[-300:]}."
                )
            if [contents(place) for place in places] != before:
                raise BuildError(f"The {name} was refused, and changed files all the same.")
    print(f"  while its window was open, {' and '.join(ways)} were refused, and no file of it or of its user changed")
