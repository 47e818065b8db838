"""The commands of updates from a file: look, try, put in place, go back. None of them needs a network or a store."""

import argparse
from pathlib import Path
from typing import Any

from avrr_desktop import __version__
from avrr_desktop.cli.store import DONE, REFUSED
from avrr_desktop.clock import SystemClock
from avrr_desktop.domain.errors import ExpectedError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.language import Language
from avrr_desktop.locations import platform_name, program_folder
from avrr_desktop.operations.computer.policy_file import own_store, read_policy
from avrr_desktop.operations.computer.version_memory import Migrated, read_memory
from avrr_desktop.operations.program.update import install
from avrr_desktop.operations.program.update.offer import Offer, read_offer, update_key
from avrr_desktop.operations.program.update.staging import asked, before_of, stage
from avrr_desktop.operations.session.session import today_of

HOW = {
    install.SOURCE: N_("from its source"),
    install.SYSTEM: N_("by your IT"),
    install.OWN: N_("in this user’s folder: it can update itself"),
    install.OTHER: N_("in this user’s folder: the new installer updates it"),
}


def update_parser(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands of updates."""
    update = commands.add_parser("update", help=N_("bring the program itself to another version, from a file")).add_subparsers(
        required=True, metavar="VERB"
    )  # fmt: skip
    for verb, run, text in (
        ("check", run_check, N_("check signature, version and package, and say what it is")),
        (
            "try",
            run_try,
            N_("unpack it on the side and let it try itself; with a passphrase, also on a copy of the store"),
        ),
        ("install", run_install, N_("put it in the place of this program, and keep this one")),
    ):
        command = update.add_parser(verb, parents=[common], help=text)
        command.add_argument(
            "file", type=Path, metavar="FILE", help=N_("the .update.json, its package, or their folder")
        )
        command.set_defaults(run=run)
    for verb, run, text in (
        ("back", run_back, N_("put the version before back in place")),
        ("state", run_state, N_("say what is installed, how, and which versions were here")),
    ):
        update.add_parser(verb, parents=[common], help=text).set_defaults(run=run)


def _offer(given: argparse.Namespace) -> Offer:
    return read_offer(given.file, update_key(read_policy()), today_of())


def run_check(given: argparse.Namespace, words: Language) -> int:
    """Check an update and say what it is."""
    release = _offer(given).release
    print(words.text(
        N_("New version: {version}. Signed by your IT. Made: {made}. Install by: {expires}. Installed now: {ours}."),
        version=release.version, made=words.day(release.made), expires=words.day(release.expires), ours=__version__,
    ))  # fmt: skip
    return DONE


def run_try(given: argparse.Namespace, words: Language) -> int:
    """Unpack an update, let it try itself, and take it away; where a passphrase is named, also on a copy of the store."""
    staged = stage(_offer(given), install.own_program())
    try:
        print(words.text(N_("Version {version} works on this computer."), version=staged.release.version))
        if not given.passphrase_file or given.passphrase_file == "-":
            print(words.text(N_("To try it on a copy of the store too, give a file with --passphrase-file.")))
            return DONE
        store, secret = str(given.store or own_store()), given.passphrase_file
        code, told = asked(
            staged.folder, "store", "upgrade", "--dry-run", "--store", str(Path(store).resolve()), "--passphrase-file",
            str(Path(secret).resolve()), "--language", given.language,
        )  # fmt: skip
        print(told.strip())
        return REFUSED if code else DONE
    finally:
        staged.discard()


def run_install(given: argparse.Namespace, words: Language) -> int:
    """Put an update in the place of this program."""
    program = install.own_program()
    offer = _offer(given)
    install.refuse_while_running()
    staged = stage(offer, program)
    said = words.text(
        N_("Version {version} is installed; the previous version is kept: {before}. At the next unlock, a " "store is backed up before it is changed."),
        version=offer.release.version, before=__version__,
    )  # fmt: skip
    try:
        install.put_in_place(staged, SystemClock().now())
    except BaseException:
        staged.discard()
        raise
    print(said)
    return DONE


def run_back(given: argparse.Namespace, words: Language) -> int:
    """Put the version before back in place, and say for which stores that is not enough."""
    program, newest = install.own_program(), _newest(read_memory().migrated)
    said = [
        words.text(
            N_("The store in {store} was upgraded on {day}: older programs cannot open it. The earlier version is " "in {backup}; “avrr-desktop store restore” restores it and keeps the newer store as a copy."),
            store=one.store, day=one.at[:10], backup=one.backup,
        )
        for one in newest
    ]  # fmt: skip
    done, hint = (
        words.text(N_("Restored: version {version}.")),
        words.text(N_("The previous version is kept: {before}"), before=__version__),
    )
    version = install.go_back(program, SystemClock().now())
    print(done.replace("{version}", version), hint, *said, sep="\n")
    return DONE


def _newest(migrated: tuple[Migrated, ...]) -> list[Migrated]:
    """Return the last change of each store."""
    return list({one.store: one for one in migrated}.values())


def run_state(given: argparse.Namespace, words: Language) -> int:
    """Say what is installed here, how, and what is remembered."""
    program, memory = program_folder(), read_memory()
    try:
        key = update_key(read_policy())
    except ExpectedError as error:
        key = words.error(error)[0]
    print(words.text(N_("Version {version} ({system})"), version=__version__, system=platform_name()))
    print(words.text(N_("Installed: {how}"), how=words.text(HOW[install.installed_as(program)])))
    print(words.text(N_("Updates are signed with: {key}"), key=key or words.text(N_("no key is known"))))
    print(words.text(N_("Highest version seen here: {version}"), version=memory.highest))
    if program is not None and before_of(program).is_dir():
        print(words.text(N_("The previous version is kept: avrr-desktop update back")))
    for one in memory.installed:
        print(f"{one.at[:10]}: {one.before} → {one.version}")
    return DONE
