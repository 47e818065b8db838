"""The way of an officer through an installed program, on its command line: from an empty home to a backup."""

import json
import time
from pathlib import Path

from tools.packing import BuildError, search_paths
from tools.packing.unprivileged_user import User

_PASSPHRASE = "four words and a река"
_CASES = (
    {
        "case": {"called": "Ђорђевић family", "country_of_return": "RS", "host_country": "BE"},
        "person": [{"ref": "m1", "family_name": "Ђорђевић", "given_names": "Милица", "birth_date": "1988-04"}],
        "paper": [{"holder": "m1", "doc_type": "passport", "state": "missing"}],
    },
    {"case": {"called": "Gjoka"}, "person": [{"family_name": "Gjoka", "given_names": "Xhevahire"}]},
)
_WRONG = 6  # exit code of a passphrase that does not open the store


def smoke(user: User, program: Path) -> None:
    """Let the program try every part of itself, and look where its libraries would be looked for. Raises BuildError."""
    search_paths.refuse(program.resolve().parent)
    begun = time.monotonic()
    lines = user.run(program, "smoke-test").splitlines()
    if lines[-1:] != ["everything works"]:
        raise BuildError(f"The smoke test of {program} did not end with its last line.")
    print(f"  smoke-test: {len(lines)} parts work, {time.monotonic() - begun:.1f} s")


def travel(user: User, program: Path) -> Path:
    """Make a store, record, find, show, print and back up cases, check the store. Return its folder. Raises BuildError."""
    begun, home = time.monotonic(), user.home
    secret, wrong, lines = home / "passphrase", home / "wrong", home / "cases.jsonl"
    secret.write_text(_PASSPHRASE + "\n", "utf-8")
    wrong.write_text("another\n", "utf-8")
    lines.write_text("".join(json.dumps(case, ensure_ascii=False) + "\n" for case in _CASES), "utf-8")
    user.own(secret, wrong, lines)
    opened = ("--passphrase-file", str(user.inside(secret)))
    office = ("--office", "Tirana office", "--code", "TIR", "--country", "AL", "--officer", "Arta Hoxha")
    user.run(program, "store", "create", *office, *opened)
    store = home / ".local" / "share" / "avrr-desktop" / "office.avrr"
    _hold((store / "store.db").exists(), f"no store was made in {store}")
    numbers = user.run(program, "case", "add", str(user.inside(lines)), *opened).split()
    _hold(len(numbers) == len(_CASES), f"{len(_CASES)} cases were given and {len(numbers)} numbers came back")
    user.run(program, "case", "list", "--passphrase-file", str(user.inside(wrong)), code=_WRONG)
    _hold(numbers[0] in user.run(program, "case", "find", "Djordjevic", *opened), "a name in Cyrillic was not found")
    _hold("Милица" in user.run(program, "case", "show", numbers[0], *opened), "a case does not show its person")
    papers = home / "papers"
    user.run(program, "pdf", numbers[0], "--out", str(user.inside(papers)), *opened)
    pages = list(papers.glob("*.pdf"))
    _hold(len(pages) == 1 and pages[0].read_bytes().startswith(b"%PDF"), "no PDF was written")
    user.run(program, "store", "backup", *opened)
    _hold(len(list(store.parent.glob("backups/*.avrr-backup"))) == 1, "no backup was written")
    checked = user.run(program, "store", "check", *opened)
    _hold(f"cases {len(_CASES)}." in checked, f"the check says: {checked.strip()}")
    told = "store create, case add, find, show, pdf, store backup, check; a wrong passphrase opens nothing"
    print(f"  journey: {told}; {time.monotonic() - begun:.1f} s")
    return store


def _hold(works: bool, problem: str) -> None:
    if not works:
        raise BuildError(f"The journey with the installed program stopped: {problem}.")
