"""An ordinary user for whom a package is tried: with a home of its own, no rights, and no network where that can be had."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.packing import BuildError

NOBODY = 65534
_WHO = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs")
_WAYS = (  # how to become nobody without network, best first; and what must be said of it
    (("unshare", "--net", *_WHO), "as nobody, without network"),
    (("unshare", "--map-current-user", "--net"), "as who runs this, without network: root alone can become nobody"),
    (_WHO, "as nobody, WITH the network of this computer: it lets nobody make a network of its own (unshare)"),
    ((), "as who runs this, WITH the network of this computer: it lets nobody make a network of its own (unshare)"),
)
# Not in a network of its own, but sees no device there: so it has none.
_DEVICES = "import os; print(*os.listdir('/sys/class/net'))"


def way() -> tuple[tuple[str, ...], str]:
    """Return what is put before a command so that it runs without rights and network here, and how that is told."""
    for words, told in _WAYS:
        try:
            if subprocess.run([*words, "true"], capture_output=True).returncode == 0:
                return words, told
        except OSError:
            continue
    raise BuildError("This computer starts no program: something is wrong with it.")


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with a home. ``before``: put before each command; ``root``: what the command takes for the whole system."""

    home: Path
    before: tuple[str, ...]
    root: Path = Path("/")
    number: int = NOBODY

    def settle(self) -> "User":
        """Make the home, and give it to the user where we may."""
        self.home.mkdir(parents=True)
        self.own(self.home)
        return self

    def own(self, *paths: Path) -> None:
        """Give files to the user, where we may."""
        if os.geteuid() == 0:
            for path in paths:
                os.chown(path, self.number, self.number, follow_symlinks=False)

    def inside(self, path: Path) -> Path:
        """Return a path as the user's programs see it."""
        return Path("/") / path.relative_to(self.root)

    def environment(self) -> dict[str, str]:
        """Return the variables of the user: nothing of who runs this."""
        home = str(self.inside(self.home))
        return {"HOME": home, "PATH": os.defpath, "TMPDIR": home, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}

    def run(self, program: Path, *words: str, code: int = 0) -> str:
        """Run a program to its end and return what it said. Raises BuildError for another exit code."""
        return self._ended(program, words, code).stdout

    def refused(self, program: Path, *words: str, code: int) -> str:
        """Run a program that must end with a code, and return why it says that it did. Raises BuildError for another code."""
        return self._ended(program, words, code).stderr

    def _ended(self, program: Path, words: Sequence[str], code: int) -> "subprocess.CompletedProcess[str]":
        command: Sequence[str] = [*self.before, str(self.inside(program)), *words]
        done = subprocess.run(command, env=self.environment(), cwd=self.home, capture_output=True, encoding="utf-8")
        if done.returncode != code:
            told = (done.stderr.strip() or done.stdout.strip())[-300:]
            raise BuildError(
                f"`{' '.join(words)}` of {program} ended with {done.returncode}, not {code}: {told or '?'}."
            )
        return done
