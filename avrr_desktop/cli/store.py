"""The commands of a store: make, check, back up, rehearse, restore; and how a store is opened."""

import argparse
import getpass
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from avrr_desktop.cli.given import first_line, named_passphrase
from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.country import RETURN
from avrr_desktop.domain.people.initials import proposed
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.language import Language
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE, store_kind
from avrr_desktop.operations.computer.policy_file import escrow_line, own_store, read_policy
from avrr_desktop.operations.session.records import directory
from avrr_desktop.operations.session.session import Session
from avrr_desktop.operations.session.unlocking import unlock
from avrr_desktop.operations.store.backups import make_backup, rehearse, restore_backup
from avrr_desktop.operations.store.create import create_store
from avrr_desktop.operations.store.opening import open_store

DONE, BUG, USAGE, BAD_INPUT, REFUSED, IN_USE, WRONG_PASSPHRASE = 0, 1, 2, 3, 4, 5, 6


def store_parser(commands: Any, common: argparse.ArgumentParser) -> Any:
    """Add the commands of a store; return where more of them can be added."""
    store = commands.add_parser("store", help=N_("make, check, back up or restore a store")).add_subparsers(
        required=True, metavar="VERB"
    )
    create = store.add_parser("create", parents=[common], help=N_("make an office's store"))
    create.add_argument(
        "--office",
        help=N_("name of the office (default: what the policy of this computer says, as for the next three)"),
    )
    create.add_argument("--code", help=N_("three letters that are part of case numbers"))
    create.add_argument("--country", help=N_("country code: AL, BA, XK, ME, MK, RS"))
    create.add_argument("--programme")
    create.add_argument("--officer", default="", help=N_("name of the first officer"))
    create.add_argument(
        "--initials", default="", help=N_("initials of the first officer (default: made from the name)")
    )
    create.set_defaults(run=run_store_create)
    check = store.add_parser("check", parents=[common], help=N_("look through history, tables and files of a store"))
    check.set_defaults(run=run_store_check)
    back_up = store.add_parser("backup", parents=[common], help=N_("write a verified backup"))
    back_up.add_argument(
        "--to", type=Path, metavar="DIR", help=N_("folder or stick (default: where the window keeps them)")
    )
    back_up.set_defaults(run=run_store_backup)
    rehearse = store.add_parser(
        "rehearse", parents=[common], help=N_("bring the newest backup back on the side, and compare")
    )
    rehearse.set_defaults(run=run_store_rehearse)
    restore = store.add_parser(
        "restore", parents=[common], help=N_("put a backup in the place of the store, which is kept as a copy")
    )
    restore.add_argument("backup", type=Path, metavar="BACKUP", help=N_("folder of one backup"))
    restore.set_defaults(run=run_store_restore)
    upgrade = store.add_parser(
        "upgrade", parents=[common], help=N_("make a store of an older program ready for this one")
    )
    upgrade.add_argument("--dry-run", action="store_true", help=N_("try it on a copy and say what it does"))
    upgrade.set_defaults(run=run_store_upgrade)
    return store


def passphrase(given: argparse.Namespace, folder: Path) -> str:
    """Return the passphrase: from the file named, the fixed one of a practice store, or asked for on a terminal."""
    if given.passphrase_file == "-":
        return first_line(sys.stdin.buffer)  # the bytes behind it are left for the cases
    if given.passphrase_file:
        return named_passphrase(given.passphrase_file)
    if folder.exists() and (folder / "keys-a.json").exists() and store_kind(folder) == "practice":
        return PRACTICE_PASSPHRASE
    if not (sys.stdin and sys.stdin.isatty()):
        raise BadInputError(
            N_("A passphrase is required."),
            N_("Nothing was changed. Name a file with --passphrase-file, or use a terminal."),
        )
    return getpass.getpass("Passphrase: ")


@contextmanager
def opened(given: argparse.Namespace, words: Language) -> Iterator[Session]:
    """Open the store that the command names and lock it at the end."""
    folder = given.store or own_store()
    store_kind(folder)  # a folder without a store is told before a passphrase is asked for
    workspace = open_store(folder, passphrase(given, folder), words=words)
    try:
        yield workspace
    finally:
        workspace.lock()


def officer_called(workspace: Session, who: str) -> Record:
    """Return the officer with these initials or this name. Raises BadInputError."""
    officers = [one for one in directory(workspace, "officer") if who in (one.text("initials"), one.text("name"))]
    if len(officers) != 1:
        raise BadInputError(
            N_("There is no officer with these initials or this name, or more than one."),
            N_("Nothing was changed. Write the name as it appears on their entries."),
        )
    return officers[0]


def run_store_create(given: argparse.Namespace, words: Language) -> int:
    """Make an office's store."""
    folder = given.store or own_store()
    said = {"name": given.office, "code": given.code, "country": given.country, "programme": given.programme}
    office: dict[str, Value] = {"name": "", "code": "", "country": "", "programme": "", **read_policy().office}
    office |= {key: value for key, value in said.items() if value is not None}
    office["code"] = str(office["code"]).upper()
    initials = given.initials or proposed(given.officer or "")
    officer = {"name": given.officer, "initials": initials, "role": "supervisor"} if given.officer else None
    if not str(office["name"]).strip() or not re.fullmatch(r"[A-Z]{2,4}", str(office["code"])):
        raise BadInputError(
            N_("Enter a name for the office, and a code of three letters from A to Z."),
            N_("Nothing was created. Use --office, --code and --country, or set them in the policy of this computer."),
        )
    if office["country"] not in RETURN:  # it stands in every case number
        raise BadInputError(
            N_("Choose a country that the program supports: {known}."),
            N_("Nothing was created. Use --country with one of these words."), {"known": ", ".join(RETURN)},
        )  # fmt: skip
    workspace = create_store(folder, passphrase(given, folder), office, officer, words=words)
    workspace.lock()
    print(words.text(N_("The store is ready in {folder}."), folder=folder))
    if told := escrow_line(workspace.policy, words):
        print(told)
    return DONE


def run_store_check(given: argparse.Namespace, words: Language) -> int:
    """Check everything in a store; on a terminal it says how far it is."""
    from avrr_desktop.operations.store.check import check_store

    shown = sys.stderr is not None and sys.stderr.isatty()

    def progress(done: int, total: int) -> bool:
        if shown:
            said = words.text("{done} of {total}", done=done, total=total)
            print(f"\r{said}", end="\r" if done < total else "\n", file=sys.stderr, flush=True)
        return True

    with opened(given, words) as workspace:
        report = check_store(workspace, progress)
    for line in report.lines(words):
        print(line)
    return DONE if report.sound else REFUSED


def run_store_backup(given: argparse.Namespace, words: Language) -> int:
    """Write a verified backup."""
    with opened(given, words) as workspace:
        made = make_backup(workspace, given.to)
    print(words.text(
        N_("Backup {sequence} was written and checked: {folder}"), sequence=made.sequence, folder=made.path
    ))  # fmt: skip
    return DONE


def run_store_rehearse(given: argparse.Namespace, words: Language) -> int:
    """Bring the newest backup back on the side, compare it, and take it away again."""
    with opened(given, words) as workspace:
        found = rehearse(workspace)
    print(words.text(
        N_("Backup {sequence}: entries {entries}, cases {cases}."),
        sequence=found.sequence, entries=found.entries, cases=found.cases,
    ))  # fmt: skip
    text = N_("It opens, and everything in it is valid.") if found.sound else N_("It is damaged: use the previous one.")
    print(words.text(text))
    return DONE if found.sound else REFUSED


def run_store_restore(given: argparse.Namespace, words: Language) -> int:
    """Put a backup where the store is; the store that was there is moved aside."""
    folder = given.store or own_store()
    aside = restore_backup(given.backup, folder)
    print(
        words.text(
            N_("The backup is now the store in {folder}. It opens with the passphrase that was used when it was made."),
            folder=folder,
        )
    )
    if aside:
        print(words.text(N_("The previous content is in {folder}. Nothing was overwritten."), folder=aside))
    return DONE


def run_store_upgrade(given: argparse.Namespace, words: Language) -> int:
    """Bring a store to this program's schema behind a verified backup, or try it on a copy."""
    from avrr_desktop.operations.store.schema_upgrade import rehearse_upgrade

    folder = given.store or own_store()
    store_kind(folder)
    secret = passphrase(given, folder)
    tried = rehearse_upgrade(folder, unlock(folder, secret))
    print(words.text(
        N_("Schema {before} to {after}: entries {entries}, cases {cases}."), before=tried.before, after=tried.after,
        entries=tried.entries, cases=tried.cases,
    ))  # fmt: skip
    if not tried.sound:
        print(words.text(N_("The trial on a copy failed. The store was not changed: keep it, and ask for help.")))
        return REFUSED
    if given.dry_run or not tried.needed:
        print(words.text(
            N_("The trial on a copy succeeded. The store was not changed.") if tried.needed else N_("There is nothing to change.")
        ))  # fmt: skip
        return DONE
    open_store(folder, secret, words=words).lock()
    print(words.text(N_("The store is ready for this program. A verified backup was made first.")))
    return DONE
