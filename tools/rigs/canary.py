"""Canaries: a word of its own in every text of every record, a day's work with them, then a look at all that lies about.

``python -m tools.rigs.canary`` runs two victims, one that locks and one that is killed while it works, each with its own
profile and temporary folder, and searches every file, file name, argument, environment and output for the words,
for the passphrase and for the keys.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QApplication

from avrr_desktop import app
from avrr_desktop.clock import SteppingClock, ticks
from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.domain.procedure.retention import RETENTION
from avrr_desktop.domain.records.fields import Field, Kind, RecordType, Value
from avrr_desktop.domain.records.record_types import ALL, BY_KEY
from avrr_desktop.domain.records.types.pack_records import PACK_RECORDS
from avrr_desktop.keys import slots
from avrr_desktop.keys.derivation import FLOOR_KIB, Argon2id
from avrr_desktop.keys.recovery import new_code
from avrr_desktop.keys.signing import Signer
from avrr_desktop.locations import log_folder
from avrr_desktop.log import Log
from avrr_desktop.operations.access.recovery import trust_recovery_code
from avrr_desktop.operations.cases.cases import open_case, read_case
from avrr_desktop.operations.cases.search import find
from avrr_desktop.operations.computer.settings import Settings, write_settings
from avrr_desktop.operations.documents.printing import hand_over, outbox
from avrr_desktop.operations.imports.case_document import add_case_document, case_document
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.unlocking import Keys, change_passphrase, keys_of, unlock
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import make_backup, restore_backup
from avrr_desktop.operations.store.create import create_store
from avrr_desktop.operations.store.opening import open_store
from avrr_desktop.ui.case.parts import PART_KEYS, PROTECTION
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from avrr_desktop.ui.printing.print_page import PrintPage
from tests.support import window
from tests.support.folders import OtherProgram
from tests.support.stores import NOW

STEM = "Qzvrk"  # stands in every canary and nowhere else
PASSPHRASE = f"{STEM} is a long passphrase ë"
TEXTS = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.NAME, Kind.NUMBER_OF_PAPER})
PAGES = ("today", "cases", "figures", "partners", "procedures", "outbox", "setup", "new", "day")
TABS = tuple(key for key in PART_KEYS if key not in ("files", PROTECTION))


def word(record_type: str, key: str) -> str:
    """Return the canary of a field: letters that no other field has."""
    return f"{STEM}{record_type}{key}".replace("_", "")


def values_of(record_type: RecordType, made: dict[str, str]) -> dict[str, Value]:
    """Return a canary for every text of a record, links to what was made before, and a day for every date."""

    other: dict[Kind, Value] = {Kind.DATE: "2026-06-01", Kind.COUNT: 1, Kind.COUNTRY: "RS", Kind.YES_NO: True}

    def value(one: Field) -> Value | None:
        if one.initials:
            return "Qz"  # four letters at most may be typed there
        if one.bounds:
            return one.bounds[1]
        if one.kind in TEXTS and one.key != RETENTION:  # which takes rules alone
            return word(record_type.key, one.key)
        if one.kind is Kind.LINK:
            return made.get(one.target)
        if one.kind is Kind.LINKS:
            return (made[one.target],) if one.target in made else None
        return other.get(one.kind)

    found = {one.key: value(one) for one in record_type.fields if not one.computed and not one.retired}
    return {key: item for key, item in found.items() if item is not None}


def fill(workspace: Workspace) -> str:
    """Store a record of every type, each text of it a canary, and return the case."""
    made: dict[str, str] = {}
    office = workspace.office
    assert office is not None
    public = ("name", "code", "time_zone")  # the office is no person: its name stands in the title
    texts = {key: item for key, item in values_of(BY_KEY["office"], made).items() if key not in public}
    edit_record(workspace, office, texts)
    case = ""
    for kind in ALL:
        values = values_of(kind, made)
        if kind.key in ("office", "membership", "access"):  # the last one is written by the program alone
            continue
        if kind.key == "case":
            people = values_of(BY_KEY["person"], made)
            opened = open_case(workspace, values, [(people, values_of(BY_KEY["membership"], made))])
            case = opened.case
            made["case"] = case
            made["person"] = read_case(workspace, case).members[0].person.uid
        elif kind.key != "person":
            if kind.key == "list_entry":
                values["list"] = "category"
            made[kind.key] = new_record(workspace, kind.key, values, case if kind.of_case else "").record
    return case


def work(shell: Shell, workspace: Workspace, case: str, say: Callable[[str], None]) -> None:
    """Do a day's work in the window and say every title that it had."""
    desktop = window.desktop_of(shell)
    log = Log(log_folder())
    sys.excepthook = lambda *what: app.on_bug(shell, log, *what)
    for page in PAGES:
        desktop.show_page(page)
        QApplication.processEvents()
        say(f"title {shell.windowTitle()}")
    desktop.search.setText(word("person", "family_name"))
    desktop.search.show_hits()
    desktop.show_case(case)
    for tab in TABS:
        window.case_page(desktop).show_tab(tab)
        QApplication.processEvents()
        say(f"title {shell.windowTitle()}")
    _print(desktop)
    _leave_a_draft(desktop, case)
    for sentence in refusals(workspace, case):
        say(f"error {sentence}")
    try:
        raise KeyError(word("note", "text"), case_document(workspace, read_case(workspace, case)))
    except KeyError as error:
        app.on_bug(shell, log, KeyError, error, error.__traceback__)


def _print(desktop: Desktop) -> None:
    window.case_page(desktop).print_button.click()
    page = desktop.page("print")
    assert isinstance(page, PrintPage)
    page.keep()


def _leave_a_draft(desktop: Desktop, case: str) -> None:
    form = window.begin_record(desktop, case)
    window.type_into(form, "text", f"{STEM}draft is only typed")
    form.keep_draft()


def refusals(workspace: Workspace, case: str) -> Iterator[str]:
    """Trigger errors with canaries in every value that an officer types, and yield what is said."""
    person = read_case(workspace, case).members[0].person
    folder = workspace.folder.path
    wrong: list[Callable[[], object]] = []
    for kind in ALL:
        for one in kind.fields:
            for value in (f"{STEM}wrong", f"{STEM}long" * 30_000, [f"{STEM}in a list"], {STEM: STEM}, 5.5):
                wrong.append(lambda kind=kind, one=one, value=value: _try(workspace, kind, one.key, value))  # type: ignore[misc]
    wrong += [
        lambda: edit_record(workspace, person, {"birth_date": f"{STEM}day"}, case),
        lambda: add_case_document(workspace, {"case": {"called": STEM}, "paper": [{"holder": f"{STEM}nobody"}]}),
        lambda: add_case_document(workspace, {"case": f"{STEM}text"}),
        lambda: add_case_document(workspace, {"case": {}, "step": [{"title": f"{STEM}step"}]}),
        lambda: read_case(workspace, f"{STEM}case"),
        lambda: unlock(folder, f"{STEM} is another passphrase"),
        lambda: change_passphrase(folder, PASSPHRASE, STEM),
        lambda: change_passphrase(folder, f"{STEM} is wrong, surely", f"{STEM} is a new one, long enough"),
        lambda: restore_backup(folder / f"{STEM}nowhere", folder),
        lambda: hand_over(workspace, 99_999, folder, f"{STEM}courier"),
        lambda: open_store(folder, PASSPHRASE),
    ]
    for verb in wrong:
        try:
            verb()
        except ExpectedError as error:
            yield f"{error!s} | {error!r} | " + " | ".join(workspace.words.error(error))


def _try(workspace: Workspace, kind: RecordType, key: str, value: object) -> None:
    if kind.key in PACK_RECORDS or kind.key in ("case", "person", "membership"):
        person = {key: value} if kind.key == "person" else {"family_name": f"{STEM}x"}
        add_case_document(workspace, {"case": {key: value} if kind.key == "case" else {}, "person": [person]})
    else:
        new_record(workspace, kind.key, {key: value})


def victim(folder: Path) -> None:
    """Fill a store and work in it; stay unlocked until told what to do: ``lock`` or nothing."""

    def say(line: str) -> None:
        sys.stdout.write(line.replace("\n", " ") + "\n")
        sys.stdout.flush()

    passphrase = sys.stdin.readline().rstrip("\n")
    application = QApplication.instance() or QApplication([])
    quick = Argon2id(passes=1, memory_kib=FLOOR_KIB)
    file, secrets = slots.found("STORE", "OFFICER", passphrase, quick)
    file, code = slots.with_recovery(file, passphrase, new_code(), quick)
    office: dict[str, Value] = {"name": "Office", "code": "OFF", "country": "AL"}
    keys = keys_of(file, slots.Entry(file.slots[0], secrets))
    clock = SteppingClock(NOW)
    workspace = create_store(
        folder, passphrase, office, {"name": "Officer", "role": "supervisor"}, keys=keys, clock=clock
    )
    trust_recovery_code(workspace, Signer(code.seed).public)
    case = fill(workspace)
    settings = Settings(language="en", look="light", size=100)
    write_settings(settings)
    shell = Shell(settings, False)
    window.show_store(shell, workspace)
    shell.show()
    work(shell, workspace, case, say)
    make_backup(workspace)
    for item in outbox(workspace):
        hand_over(workspace, item.pk, _stick(folder), f"{STEM}courier")
    say("working")
    sys.stdin.readline()  # a kill comes here, or the word to lock
    shell.close()
    application.processEvents()
    say("locked")
    sys.stdin.readline()


def _stick(folder: Path) -> Path:
    """Return the stick to which documents are handed over in the clear: what lies there is paper."""
    stick = folder.parent.parent / "stick"
    stick.mkdir(exist_ok=True)
    return stick


@dataclass
class Outcome:
    """What a run showed. ``looked_at``: files, names, environments and lines that were searched."""

    looked_at: int = 0
    stored: int = 0
    errors: int = 0  # said in words
    speechless: list[str] = field(default_factory=list)  # errors without a title, a hint, or with a {place} left open
    logged: str = ""
    hits: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Say it in one line."""
        return f"{self.looked_at} places searched, {self.stored} canaries found in the open store, {len(self.hits)} clear hits"


def traces(keys: Keys) -> list[bytes]:
    """Return what must stand nowhere: the stem in three encodings, and the key in two."""
    stem = STEM.lower()
    return [
        stem.encode(),
        stem.encode("utf-16-le"),
        stem.encode("utf-16-be"),
        keys.database,
        keys.database.hex().encode(),
    ]


def search(name: str, content: bytes, wanted: list[bytes], outcome: Outcome) -> None:
    """Search one place, whatever the case of the letters."""
    outcome.looked_at += 1
    lower = content.lower()
    if any(trace in content or trace in lower for trace in wanted):
        outcome.hits.append(name)


def search_folder(folder: Path, wanted: list[bytes], outcome: Outcome) -> None:
    """Search every file under a folder, and every name."""
    for path in folder.rglob("*"):
        search(f"name of {path}", path.name.encode(), wanted, outcome)
        if path.is_file():
            search(str(path), path.read_bytes(), wanted, outcome)


def run(folder: Path, *, kill: bool) -> Outcome:
    """Let a victim work in a folder, end it, and search everything that is left."""
    outcome, place = Outcome(), folder / "place"
    homes = {
        name: place / name.lower() for name in ("HOME", "XDG_DATA_HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
    }
    for home in homes.values():
        home.mkdir(parents=True)
    before = dict(os.environ)
    os.environ.update({name: str(home) for name, home in homes.items()}, QT_QPA_PLATFORM="offscreen")
    store = place / "office.avrr"
    try:
        with OtherProgram("tools.rigs.canary", "--victim", str(store)) as program:
            program.say(PASSPHRASE)
            heard = _until(program, "working")
            pid = program.process.pid
            around = {name: Path(f"/proc/{pid}/{name}") for name in ("environ", "cmdline", "comm", "maps")}
            seen = {name: path.read_bytes() for name, path in around.items() if path.exists()}
            if not kill:
                program.say("lock")
                heard += _until(program, "locked")
    finally:
        for name in (*homes, "QT_QPA_PLATFORM"):
            os.environ.pop(name, None)
        os.environ.update(before)
    keys = unlock(store, PASSPHRASE)
    wanted = traces(keys)
    for name, content in seen.items():
        search(f"/proc: {name}", content, wanted, outcome)
    for line in heard:
        search(f"said: {line[:200]}", line.encode(), wanted, outcome)
    search_folder(place, wanted, outcome)
    errors = [line for line in heard if line.startswith("error ")]
    outcome.errors = len(errors)
    outcome.speechless = [line for line in errors if not all(line.split(" | ")[-2:]) or "{" in line.split(" | ", 2)[2]]
    outcome.logged = "".join(path.read_text(encoding="ascii") for path in place.rglob("log.jsonl"))
    for path in (folder / "stick").iterdir():
        search(f"name of {path}", path.name.encode(), wanted, outcome)
    outcome.stored = stored(store)
    return outcome


def stored(folder: Path) -> int:
    """Open the store again, which mends what a kill left, and count the canaries that are found in it."""
    workspace = open_store(folder, PASSPHRASE)
    try:
        assert find(workspace, word("person", "family_name"))
        rows = (
            str(row)
            for (table,) in workspace.store.connection.rows("SELECT name FROM sqlite_master WHERE type='table'")
            if not table.startswith("search_")
            for row in workspace.store.connection.rows(f'SELECT * FROM "{table}"')
        )
        text = " ".join(rows)
        return sum(
            word(kind.key, one.key) in text
            for kind in ALL
            for one in kind.fields
            if one.kind in TEXTS and one.key != RETENTION
        )
    finally:
        workspace.lock()


def _until(program: OtherProgram, wanted: str) -> list[str]:
    heard = []
    while (line := program.hear()) != wanted:
        heard.append(line)
        assert program.process.poll() is None or line, f"the victim died: {heard[-3:]}"
    return heard


def main() -> int:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.rigs.canary", description=__doc__)
    parser.add_argument("--victim", type=Path, help="used by itself")
    given = parser.parse_args()
    if given.victim:
        victim(given.victim)
        return 0
    began, wrong = ticks(), 0
    for kill in (False, True):
        with tempfile.TemporaryDirectory(prefix="avrr-canary-") as folder:
            outcome = run(Path(folder), kill=kill)
        for hit in outcome.hits:
            print(hit)
        wrong += len(outcome.hits)
        print(f"{'killed' if kill else 'locked'}: {outcome.line()}")
    print(f"{ticks() - began:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
