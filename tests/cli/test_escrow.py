"""The escrow by the command line: made once, added to a store, and two shares let an officer in again."""

from itertools import pairwise
from pathlib import Path

import pytest

from avrr_desktop.keys.escrow import new_escrow
from tests.support import office_with_keys
from tests.support.folders import fingerprints
from tests.support.office_with_keys import FOUNDER, WORKER, People
from tests.support.running import CommandLine, Result

DONE, BAD_INPUT, REFUSED, WRONG_PASSPHRASE = 0, 3, 4, 6
NEW = "after everything five words"


@pytest.fixture
def office(tmp_path: Path) -> People:
    return office_with_keys.office(tmp_path / "office.avrr")


def call(cli: CommandLine, passphrase: str, *words: str | Path) -> Result:
    return cli.call(*words, "--passphrase-file", "-", stdin=passphrase.encode() + b"\n")


def shares(folder: Path, *numbers: int) -> list[str | Path]:
    return [word for number in numbers for word in ("--share", folder / f"escrow-share-{number}.txt")]


def test_two_shares_of_a_new_escrow_let_an_officer_in_again(cli: CommandLine, office: People, tmp_path: Path) -> None:
    folder = tmp_path / "escrow"
    made = cli.call("escrow", "new", "--out", folder)
    assert (made.code, made.err) == (DONE, "")
    assert made.lines[0].startswith("age1") and (folder / "escrow-public.txt").read_text() == made.lines[0] + "\n"
    assert "Shares: 3." in made.lines[1] and "any store: 2" in made.lines[1]
    words = [(folder / f"escrow-share-{number}.txt").read_text().split() for number in (1, 2, 3)]
    assert not any(share[-1] in made.out.split() for share in words), "no share is shown"
    assert folder.stat().st_mode & 0o077 == 0

    added = call(cli, FOUNDER, "escrow", "add", made.lines[0], "--store", office.folder)
    assert (added.code, added.lines) == (DONE, ["From now on, the escrow opens this store."])
    rescue = ("escrow", "rescue", "--store", office.folder, "--officer", "AH")
    for number in (1, 3):  # as an editor of Windows saves them, with a mark in front
        share = folder / f"escrow-share-{number}.txt"
        share.write_text(share.read_text(), encoding="utf-8-sig")
    alone = call(cli, NEW, *rescue, *shares(folder, 1))
    assert alone.code == REFUSED and "One sheet alone" in alone.err
    rescued = call(cli, NEW, *rescue, *shares(folder, 3, 1))
    assert (rescued.code, rescued.err) == (DONE, "")
    assert call(cli, FOUNDER, "case", "list", "--store", office.folder).code == WRONG_PASSPHRASE
    again = office.at_work(NEW)
    assert (again.actor, again.role) == (office.founder, "supervisor")
    again.lock()


def test_what_is_no_key_no_share_or_no_officer_is_refused_and_changes_nothing(
    cli: CommandLine, office: People, tmp_path: Path
) -> None:
    folder = tmp_path / "escrow"
    recipient = cli.call("escrow", "new", "--out", folder).lines[0]
    add = ("escrow", "add", "--store", office.folder)
    nonsense = call(cli, FOUNDER, *add, "age1nonsense")
    assert nonsense.code == REFUSED and "begins with age1" in nonsense.err
    worker = call(cli, WORKER, *add, recipient)
    assert worker.code == REFUSED and "role" in worker.err
    assert call(cli, FOUNDER, *add, recipient).code == DONE

    keys = {name: digest for name, digest in fingerprints(office.folder).items() if name.startswith("keys")}
    rescue = ("escrow", "rescue", "--store", office.folder, "--officer")
    gone = call(cli, NEW, *rescue, "AH", *shares(folder, 1, 4))
    assert gone.code == BAD_INPUT and "cannot be read" in gone.err
    (folder / "escrow-share-4.txt").write_bytes(b"a" * 2_000_000)  # no share, and never read as a whole
    large = call(cli, NEW, *rescue, "AH", *shares(folder, 1, 4))
    assert large.code == BAD_INPUT and "cannot be read" in large.err
    nobody = call(cli, NEW, *rescue, "QQ", *shares(folder, 1, 2))
    assert nobody.code == BAD_INPUT and "no officer" in nobody.err
    short = call(cli, "short", *rescue, "AH", *shares(folder, 1, 2))
    assert short.code == REFUSED and "too short" in short.err
    for number, words in enumerate(new_escrow().shares, 1):
        (folder / f"escrow-share-{number}.txt").write_text(words)
    other = call(cli, NEW, *rescue, "AH", *shares(folder, 1, 2))
    assert other.code == WRONG_PASSPHRASE and "escrow key does not open" in other.err
    assert keys.items() <= fingerprints(office.folder).items()
    said = words.split()  # a single word of a share may stand in any sentence; two in a row only come from the share
    assert not any(f"{one} {next_}" in other.err for one, next_ in pairwise(said))
    assert call(cli, FOUNDER, "case", "list", "--store", office.folder).code == DONE
