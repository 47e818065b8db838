"""The commands of the escrow: made once by the organisation, added to stores, and used when everybody is locked out."""

import argparse
from pathlib import Path
from typing import Any

from avrr_desktop.cli.given import text_of
from avrr_desktop.cli.store import DONE, officer_called, passphrase
from avrr_desktop.domain.i18n import N_
from avrr_desktop.files import private_folder, write_whole
from avrr_desktop.language import Language
from avrr_desktop.operations.access.officers import give_passphrase, known_names, prepare_slot_by
from avrr_desktop.operations.access.recovery import add_escrow, open_by_escrow
from avrr_desktop.operations.computer.policy_file import own_store
from avrr_desktop.operations.store.opening import open_store, open_unlocked


def escrow_parser(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands of the escrow."""
    escrow = commands.add_parser(
        "escrow", help=N_("emergency access that only the organisation has, in three shares")
    ).add_subparsers(required=True, metavar="VERB")
    new = escrow.add_parser("new", parents=[common], help=N_("make a key, and a sheet for each of three shares"))
    new.add_argument("--out", type=Path, required=True, metavar="DIR")
    new.set_defaults(run=run_new)
    add = escrow.add_parser("add", parents=[common], help=N_("let the escrow open a store"))
    add.add_argument("recipient", metavar="AGE1", help=N_("the public key that “escrow new” wrote"))
    add.set_defaults(run=run_add)
    rescue = escrow.add_parser("rescue", parents=[common], help=N_("give an officer a new passphrase by two shares"))
    rescue.add_argument("--share", type=Path, action="append", required=True, metavar="FILE")
    rescue.add_argument("--officer", required=True, metavar="WHO", help=N_("initials or name, as in Setup, Officers"))
    rescue.set_defaults(run=run_rescue)


def run_new(given: argparse.Namespace, words: Language) -> int:
    """Write the public key and the three shares."""
    from avrr_desktop.keys.escrow import NEEDED, SHARES, new_escrow

    made = new_escrow()
    private_folder(given.out)
    write_whole(given.out / "escrow-public.txt", made.recipient.encode("ascii") + b"\n")
    for number, share in enumerate(made.shares, 1):
        write_whole(given.out / f"escrow-share-{number}.txt", share.encode("ascii") + b"\n")
    print(made.recipient)
    print(words.text(
        N_("Give each share to a different person, on paper, and delete the files. Shares: {shares}. Needed " "to open any store: {needed}."),
        shares=SHARES, needed=NEEDED,
    ))  # fmt: skip
    return DONE


def run_add(given: argparse.Namespace, words: Language) -> int:
    """Let the escrow open the store."""
    folder = given.store or own_store()
    secret = passphrase(given, folder)
    workspace = open_store(folder, secret, words=words)
    try:
        add_escrow(workspace, secret, given.recipient)
    finally:
        workspace.lock()
    print(words.text(N_("From now on, the escrow opens this store.")))
    return DONE


def run_rescue(given: argparse.Namespace, words: Language) -> int:
    """Give an officer a new passphrase; it is read where other commands read the passphrase."""
    folder = given.store or own_store()
    shares = [text_of(path) for path in given.share]
    keys, entry = open_by_escrow(folder, shares)
    new = passphrase(given, folder)
    workspace = open_unlocked(folder, keys, words=words)
    try:
        officer = officer_called(workspace, given.officer)
        give_passphrase(workspace, prepare_slot_by(folder, entry, officer.uid, new, known_names(workspace)))
    finally:
        workspace.lock()
    print(words.text(N_("From now on, the officer opens the store with the new passphrase.")))
    return DONE
