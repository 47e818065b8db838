"""A policy counts only where nobody but the system can have written it: tried with real owners and rights of files."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from avrr_desktop import locations
from avrr_desktop.cli import main as cli
from avrr_desktop.domain.policy import Policy
from avrr_desktop.keys.escrow import new_escrow
from avrr_desktop.language import Language
from avrr_desktop.locations import NAME, PORTABLE
from avrr_desktop.operations.access.recovery import needs_recovery_code
from avrr_desktop.operations.computer import policy_file
from avrr_desktop.operations.computer.policy_file import escrow_line, policy_lines, read_policy, read_policy_at
from avrr_desktop.operations.computer.policy_owner import of_administrators
from tests.operations.test_policies import open_office
from tests.support.folders import ROOT

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="owners and rights are those of POSIX")
NOBODY = 65534
TEXT = 'policy = 1\n[office]\ncode = "TIR"\n[exports]\nallowed = ["plain"]\n'


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The policy of this computer, in its folder, as it should be."""
    file = tmp_path / "etc" / "avrr-desktop" / "policy.toml"
    file.parent.mkdir(parents=True)
    file.write_text(TEXT, "utf-8")
    for path, mode in ((file, 0o644), (file.parent, 0o755), (file.parent.parent, 0o755)):
        path.chmod(mode)
    for module in (locations, policy_file):
        monkeypatch.setattr(module, "policy_file", lambda: file)
    return file


def given_away(path: Path) -> None:
    """Let somebody else own a file: this needs root, and who is not root gives the others the right to write."""
    if os.getuid() == 0:
        os.chown(path, NOBODY, NOBODY)
    else:
        path.chmod(path.stat().st_mode | 0o002)


WAYS: dict[str, Callable[[Path], None]] = {
    "the file is another person's": lambda file: given_away(file),
    "the folder is another person's": lambda file: given_away(file.parent),
    "the folder above is another person's": lambda file: given_away(file.parent.parent),
    "everybody may write the file": lambda file: file.chmod(0o666),
    "the group may write the file": lambda file: file.chmod(0o664),
    "the group may write the folder": lambda file: file.parent.chmod(0o775),
    "everybody may write the folder above": lambda file: file.parent.parent.chmod(0o777),
}


@posix_only
@pytest.mark.parametrize("way", WAYS)
def test_a_policy_that_somebody_else_can_have_written_does_not_hold(
    place: Path, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read_policy().problems == () and read_policy().office == {"code": "TIR"}
    WAYS[way](place)
    found = read_policy()
    assert [problem.key for problem in found.problems] == ["policy"]
    assert (found.office, found.escrow, found.may_leave("plain")) == ({}, "", False)
    assert cli.main(["policy", "check"]) == 3
    assert "users other than administrators can change" in capsys.readouterr().out


@posix_only
def test_a_folder_in_which_others_may_only_add_names_is_no_danger(place: Path) -> None:
    place.parent.parent.chmod(0o1777)  # like /tmp
    assert read_policy().problems == ()


@posix_only
def test_a_link_to_what_somebody_else_can_have_written_does_not_hold(place: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    place.rename(theirs / "policy.toml")
    place.symlink_to(theirs / "policy.toml")
    assert read_policy().problems == ()
    given_away(theirs)
    assert read_policy().problems


@posix_only
def test_a_draft_may_be_anybodys(place: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.toml"
    draft.write_text(TEXT, "utf-8")
    draft.chmod(0o666)
    assert read_policy_at(draft).problems == ()


def test_a_stick_brings_its_own(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "stick" / NAME
    (program / "_internal").mkdir(parents=True)
    (tmp_path / "stick" / PORTABLE).mkdir()
    monkeypatch.setattr(sys, "executable", str(program / NAME))
    monkeypatch.setattr(sys, "_MEIPASS", str(program / "_internal"), raising=False)
    place.chmod(0o777)  # a stick may know no rights
    assert read_policy().problems == ()


@posix_only
def test_a_closed_file_is_told_with_what_to_do(place: Path) -> None:
    place.chmod(0o600 if os.getuid() == 0 else 0)
    program = f"""import os
from pathlib import Path
from avrr_desktop.operations.computer.policy_file import problem_lines, read_policy_at
from avrr_desktop.language import Language
words = Language()
if os.getuid() == 0:
    os.setuid({NOBODY})
print(*problem_lines(read_policy_at(Path("policy.toml")), words))
"""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-c", program]
    done = subprocess.run(command, cwd=place.parent, env=env, capture_output=True, encoding="utf-8", check=False)
    assert "officers cannot read the file: allow everybody to read it" in done.stdout, done.stderr


def test_whoever_makes_a_store_is_told_whose_escrow_opens_it(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = new_escrow().recipient
    place.write_text(TEXT + f'[escrow]\nkey = "{key}"\nname = "Zyra qendrore"\n', "utf-8")
    told = f"The escrow also opens this store, with two of its three shares. Held by: Zyra qendrore. Key: {key[:12]}…{key[-6:]}"
    assert escrow_line(read_policy(), Language()) == told
    assert escrow_line(Policy(), Language()) == ""
    assert "your organisation" in escrow_line(Policy(escrow=key), Language())
    assert "Who keeps the escrow; shown to anybody who creates a store: Zyra qendrore" in policy_lines(
        read_policy(), Language()
    )
    secret = tmp_path / "secret"
    secret.write_text("three boats under a grey bridge", "utf-8")
    words = ["--store", str(tmp_path / "a.avrr"), "--office", "Zyra", "--country", "AL", "--officer", "Arta Hoxha"]
    assert cli.main(["store", "create", *words, "--passphrase-file", str(secret)]) == 0
    assert told in capsys.readouterr().out


@posix_only
def test_no_foreign_escrow_is_let_into_a_new_store(place: Path, tmp_path: Path) -> None:
    place.write_text(TEXT + f'[escrow]\nkey = "{new_escrow().recipient}"\n', "utf-8")
    place.chmod(0o666)
    made = open_office(tmp_path / "a.avrr")
    try:
        assert needs_recovery_code(made)
    finally:
        made.lock()


@pytest.mark.parametrize(
    ("rights", "good"),
    [
        ("O:BAG:SYD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)", True),
        ("O:SYG:SYD:(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;FR;;;WD)", True),
        ("O:BAG:SYD:(A;OICIIOID;GA;;;CO)(A;OICIID;FA;;;BA)(A;OICIID;0x1200a9;;;BU)", True),  # for what lies inside
        ("O:BAG:SYD:(A;OICIID;FA;;;BA)(A;CIID;DCLCRPCR;;;BU)", False),  # as Windows gives it by itself
        ("O:BAG:SYD:(A;;FA;;;BA)(A;;FW;;;BU)", False),
        ("O:BAG:SYD:(A;;FA;;;BA)(A;;0x1301bf;;;S-1-5-21-1-2-3-1001)", False),
        ("O:BAG:SYD:(D;;FA;;;BU)(A;;FA;;;BA)", True),
        ("O:S-1-5-21-1-2-3-1001G:SYD:(A;;FA;;;BA)", False),
        ("O:BAG:SYD:NO_ACCESS_CONTROL", False),
        ("O:BAG:SY", False),
        ("", False),
    ],
)
def test_the_rights_of_windows_are_read_as_it_writes_them(rights: str, good: bool) -> None:
    assert of_administrators(rights) is good
