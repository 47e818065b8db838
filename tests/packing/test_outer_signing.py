"""Signatures of the systems change the file: they come before the sums, or the packages are sealed anew."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import build_installer
from avrr_desktop.domain.release import read_release
from avrr_desktop.locations import NAME
from tests.packing.test_signing import MOMENT
from tools.packing import BuildError, check_sums, macos, nsis, outer_signing, sums, updates, windows

MARK = b"SIGNED"


@pytest.fixture
def command(tmp_path: Path) -> str:
    """A command that signs as others do: what it adds to the file changes its sum; and it writes down what it was given."""
    program = tmp_path / "sign it.py"
    notes = tmp_path / "notes"
    program.write_text(
        "import pathlib, sys\nfile = pathlib.Path(sys.argv[-1])\n"
        f"pathlib.Path({str(notes)!r}).open('a').write(file.name + '\\n')\n"
        f"file.is_dir() or file.open('ab').write({MARK!r})\n",
        "utf-8",
    )
    return f'"{sys.executable}" "{program}" --as it'


def notes(tmp_path: Path) -> list[str]:
    return (tmp_path / "notes").read_text("utf-8").splitlines()


def test_programs_of_windows_and_macos_are_signed_and_nothing_else(tmp_path: Path, command: str) -> None:
    folder = tmp_path / NAME
    (folder / "in ner").mkdir(parents=True)
    heads = {
        "a.exe": b"MZ9",
        "in ner/b's.dll": b"MZ9",
        "c.dylib": b"\xcf\xfa\xed\xfe",
        "d.so": b"\x7fELF",
        "e.txt": b"M",
        "f": b"",
    }
    for name, head in heads.items():
        (folder / name).write_bytes(head)
    outer_signing.sign("", outer_signing.programs(folder))
    assert not (tmp_path / "notes").exists()
    outer_signing.sign(command, outer_signing.programs(folder))
    assert notes(tmp_path) == ["a.exe", "c.dylib", "b's.dll"]
    assert {name for name in heads if (folder / name).read_bytes().endswith(MARK)} == {
        "a.exe",
        "in ner/b's.dll",
        "c.dylib",
    }


@pytest.mark.parametrize("fails", ["exit 3", "echo no key >&2; false"])
def test_a_signature_that_fails_stops_the_build(tmp_path: Path, fails: str) -> None:
    (tmp_path / "a.exe").write_bytes(b"MZ")
    with pytest.raises(BuildError, match=r"^--sign-with failed for a\.exe with \d: .+\.$"):
        outer_signing.sign(f"{fails} #", [tmp_path / "a.exe"])


def test_a_setup_and_the_uninstaller_in_it_are_signed_before_the_sums(tmp_path: Path, command: str) -> None:
    folder = tmp_path / "out" / NAME
    (folder / "licences").mkdir(parents=True)
    for name in (f"{NAME}.exe", "licences/NOTICE.txt", "licences/contents.cdx.json"):
        (folder / name).write_text("{}", "utf-8")
    assert "!uninstfinalize `${SIGN_WITH}" in nsis.script(folder)
    (tmp_path / "work").mkdir()
    windows.pack(folder, tmp_path / "work", windows.KINDS, True, command)
    if not shutil.which("makensis"):
        return
    [setup] = folder.parent.glob("*-setup.exe")
    assert setup in check_sums(folder.parent)
    assert setup.read_bytes().endswith(MARK)
    assert (
        len(notes(tmp_path)) == 2 and notes(tmp_path)[1] == setup.name
    )  # the first is the uninstaller, by a name of makensis


def test_an_application_of_macos_is_signed_from_the_inside(tmp_path: Path, command: str) -> None:
    app = tmp_path / macos.APP
    (app / "Contents" / "MacOS").mkdir(parents=True)
    (app / "Contents" / "MacOS" / NAME).write_bytes(b"\xcf\xfa\xed\xfe")
    outer_signing.sign(command, [*outer_signing.programs(app), app])
    assert notes(tmp_path) == [NAME, macos.APP]


def test_what_was_signed_later_is_sealed_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.tar.xz", "a.deb", "other"):
        (tmp_path / name).write_bytes(name.encode())
    note = updates.describe(tmp_path / "a.tar.xz", MOMENT, "9.9.9")
    named = [tmp_path / "a.tar.xz", tmp_path / "a.deb", note]
    (tmp_path / "SHA256SUMS").write_text(sums(named), "ascii")
    for name in ("SHA256SUMS.minisig", f"{note.name}.minisig", "a.deb.minisig"):
        (tmp_path / name).touch()
    before = read_release(note.read_bytes())
    for name in ("a.tar.xz", "a.deb"):
        with (tmp_path / name).open("ab") as file:
            file.write(MARK)
    with pytest.raises(BuildError, match=r"does not fit to a\.deb, a\.tar\.xz"):
        check_sums(tmp_path)
    assert build_installer.main(["seal", str(tmp_path)]) == 0
    assert set(check_sums(tmp_path)) == set(named)
    after = read_release(note.read_bytes())
    assert (after.version, after.made, after.expires) == ("9.9.9", before.made, before.expires)
    assert (after.size, after.sha256) != (before.size, before.sha256)
    assert sorted(path.name for path in tmp_path.glob("*.minisig")) == ["a.deb.minisig"]
    assert "no longer fits" in capsys.readouterr().out
    (tmp_path / "a.deb").unlink()
    assert build_installer.main(["seal", str(tmp_path)]) == 2
    assert "a.deb is named by SHA256SUMS and not there" in capsys.readouterr().err


def test_the_signature_of_rpm_holds_where_its_tools_are(tmp_path: Path) -> None:
    tools = ("rpmbuild", "rpmsign", "rpmkeys", "gpg")
    if not all(map(shutil.which, tools)):
        return
    home = tmp_path / "gpg"
    home.mkdir(mode=0o700)
    gpg = ["gpg", "--homedir", str(home), "--batch", "--quiet", "--passphrase", "", "--pinentry-mode", "loopback"]
    subprocess.run(
        [*gpg, "--quick-gen-key", "IT of the office", "rsa2048", "sign", "never"], check=True, capture_output=True
    )
    public = subprocess.run([*gpg, "--armor", "--export"], check=True, capture_output=True).stdout
    (tmp_path / "key.asc").write_bytes(public)
    (tmp_path / "a.spec").write_text(
        "Name: a\nVersion: 1\nRelease: 1\nSummary: a\nLicense: a\nBuildArch: noarch\n%description\na\n%files\n", "ascii"
    )
    subprocess.run(
        ["rpmbuild", "-bb", "--define", f"_topdir {tmp_path}", "--define", f"_rpmdir {tmp_path}", str(tmp_path / "a.spec")],
        check=True, capture_output=True,
    )  # fmt: skip
    [package] = tmp_path.rglob("a-1-1*.rpm")
    base = f"rpmkeys --dbpath '{tmp_path / 'db'}'"
    subprocess.run(f"{base} --import '{tmp_path / 'key.asc'}'", shell=True, check=True, capture_output=True)
    before = subprocess.run(f"{base} -Kv '{package}'", shell=True, capture_output=True, encoding="utf-8").stdout
    outer_signing.sign(
        f"rpmsign --define '__gpg {shutil.which('gpg')}' --define '_gpg_name IT of the office' --define '_gpg_path {home}' --addsign",
        [package],
    )
    after = subprocess.run(f"{base} -Kv '{package}'", shell=True, capture_output=True, encoding="utf-8").stdout
    assert "Signature" not in before
    assert "Signature" in after and "OK" in after and "NOT" not in after
