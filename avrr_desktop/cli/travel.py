"""The commands of a journey: chosen cases go along in a store of their own, come back, and work is rescued out of a copy."""

import argparse
from pathlib import Path
from typing import Any

from avrr_desktop.cli.store import DONE, officer_called, opened
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.language import Language
from avrr_desktop.operations.computer.policy_file import own_store
from avrr_desktop.operations.exchange.journey import (
    TakenIn,
    bring_keys_back,
    merge_journey,
    move_keys_away,
    take_along,
    take_in,
)


def travel_parser(store: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands of a journey to those of a store."""
    travel = store.add_parser("travel", parents=[common], help=N_("make a store of chosen cases for a journey"))
    travel.add_argument("numbers", nargs="+", metavar="NUMBER", help=N_("cases that go along; no other case does"))
    travel.add_argument(
        "--to", type=Path, required=True, metavar="DIR", help=N_("where the store of the journey is made")
    )
    travel.add_argument(
        "--keys-to", type=Path, metavar="DIR", help=N_("take the key files of the store at home to this stick")
    )
    travel.add_argument(
        "--officer", action="append", metavar="WHO",
        help=N_("initials or name of whoever travels, once for each; you yourself where nobody is named"),
    )  # fmt: skip
    travel.set_defaults(run=run_travel)
    back = store.add_parser("bring-back", parents=[common], help=N_("take in what changed on a journey"))
    back.add_argument(
        "folder", type=Path, metavar="FOLDER", help=N_("the store of the journey; it is deleted afterwards")
    )
    back.add_argument(
        "--keys-from", type=Path, metavar="DIR", help=N_("bring the key files back from this stick first")
    )
    back.set_defaults(run=run_bring_back)
    take_in = store.add_parser(
        "take-in", parents=[common], help=N_("take in the work of a store that was kept as a copy")
    )
    take_in.add_argument("folder", type=Path, metavar="FOLDER", help=N_("another copy of this store; it is only read"))
    take_in.set_defaults(run=run_take_in)
    quarantine = store.add_parser(
        "quarantine", parents=[common], help=N_("what came from outside and was not taken in")
    )
    decided = quarantine.add_mutually_exclusive_group()
    decided.add_argument("--let-in", nargs="+", default=(), metavar="NAME", help=N_("take these in, by your decision"))
    decided.add_argument(
        "--throw-away", nargs="+", default=(), metavar="NAME", help=N_("take their words away for good")
    )
    quarantine.set_defaults(run=run_quarantine)


def run_travel(given: argparse.Namespace, words: Language) -> int:
    """Make a store of chosen cases; then, where asked for, take the key files of the one at home away."""
    from avrr_desktop.operations.cases.cases import read_case_by_number

    home = (given.store or own_store()).resolve()
    if given.keys_to is not None and given.keys_to.resolve().is_relative_to(home):
        raise RefusedError(
            N_("The key files would be stored next to their store."),
            N_("Nothing was changed. Name a folder on a stick, or in another place."),
        )
    with opened(given, words) as workspace:
        cases = [read_case_by_number(workspace, number).case.uid for number in given.numbers]
        going = None if given.officer is None else [officer_called(workspace, who).uid for who in given.officer]
        journey = take_along(workspace, cases, given.to, going)
        shared = workspace.shares_passphrase
    ready = (
        N_("The journey store is ready in {folder}. It opens like the store at home.") if shared
        else N_("The journey store is ready in {folder}. It opens with the current passphrases of those who travel.")
    )  # fmt: skip
    print(words.text(ready, folder=journey))
    if given.keys_to is not None:
        move_keys_away(home, given.keys_to)
        text = N_("The key files are now in {folder}: until they are back, nobody can open the store at home.")
        print(words.text(text, folder=given.keys_to))
    return DONE


def run_bring_back(given: argparse.Namespace, words: Language) -> int:
    """Take in what happened on a journey; its store goes afterwards."""
    if given.keys_from is not None:
        bring_keys_back(given.store or own_store(), given.keys_from)
    with opened(given, words) as workspace:
        _say(words, merge_journey(workspace, given.folder))
    return DONE


def run_take_in(given: argparse.Namespace, words: Language) -> int:
    """Take in what another copy of the store holds and this one does not."""
    with opened(given, words) as workspace:
        _say(words, take_in(workspace, given.folder))
    return DONE


def run_quarantine(given: argparse.Namespace, words: Language) -> int:
    """List what waits in quarantine, let some of it in, or throw it away."""
    from avrr_desktop.operations.exchange.quarantine import let_in, throw_away, waiting

    with opened(given, words) as workspace:
        if given.let_in:
            count = let_in(workspace, given.let_in)
            print(words.plural("{count} entry was admitted.", "{count} entries were admitted.", count, count=count))
        elif given.throw_away:
            count = throw_away(workspace, given.throw_away)
            print(words.plural("{count} entry was discarded.", "{count} entries were discarded.", count, count=count))
        else:
            lines = waiting(workspace)
            for line in lines:
                when = words.moment(workspace.local(line.when)) if line.when else ""
                print("  ".join(filter(None, (line.name, when, line.who, line.what, line.why))))
            if not lines:
                print(words.text(N_("Nothing waits in quarantine.")))
    return DONE


def _say(words: Language, taken: TakenIn) -> None:
    if told := taken.told(words):
        print(told)
    if not taken.entries:
        print(words.text(N_("This store already had all of it.")))
        return
    entries = words.plural("{count} entry", "{count} entries", taken.entries, count=taken.entries)
    cases = words.plural("{count} case", "{count} cases", taken.cases, count=taken.cases)
    print(words.text(N_("Imported: {entries}, {cases}."), entries=entries, cases=cases))
