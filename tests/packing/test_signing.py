"""Keys and signatures of packages: what holds, what does not, and what of a folder is signed."""

from pathlib import Path

import pytest

import build_installer
from avrr_desktop import __version__
from avrr_desktop.keys import minisign
from tests.packing.test_packing import refused
from tools.packing import building, signing, sums, updates

ROOT = Path(build_installer.__file__).parent
MOMENT = 1_790_000_000
CHEAP = (32_768, 16_777_216)  # what a key costs to open: least that the function takes


@pytest.mark.parametrize("password", ["", "drei Wörter здесь"])
def test_a_signature_holds_for_what_was_signed_and_nothing_else(tmp_path: Path, password: str) -> None:
    file, secret = tmp_path / "a.deb", tmp_path / "keys" / "it.key"
    file.write_bytes(b"package")
    secret.parent.mkdir()
    key = signing.keygen(secret, password, *CHEAP)
    assert secret.stat().st_mode & 0o777 == 0o600
    beside = signing.sign(file, secret, password, MOMENT)
    for public in (key.line, str(secret) + ".pub"):
        assert signing.verify(file, public) == f"timestamp:{MOMENT}\tfile:a.deb\thashed"
    whole = beside.read_text("utf-8")
    for harm in (whole.replace("a.deb", "b.deb"), whole.replace(str(MOMENT), str(MOMENT + 1)), whole[:60], "",
                 whole.replace("trusted comment: t", "t", 1)):  # fmt: skip
        beside.write_text(harm, "utf-8")
        assert "Do not install it" in refused(lambda: signing.verify(file, key.line))
    beside.unlink()
    assert "no signature" in refused(lambda: signing.verify(file, key.line))
    beside.write_text(whole, "utf-8")
    other = signing.keygen(tmp_path / "other.key", "", *CHEAP)
    assert "not signed with the key" in refused(lambda: signing.verify(file, other.line))
    file.write_bytes(b"Package")
    assert "changed after your IT signed" in refused(lambda: signing.verify(file, key.line))
    if password:
        assert "does not open the key" in refused(lambda: signing.sign(file, secret, "another", MOMENT))


def test_a_signature_of_minisign_itself_is_taken(tmp_path: Path) -> None:
    """The example in the words of minisign's own page: its author's key, and a file of four bytes that it signed."""
    (tmp_path / "test").write_bytes(b"test")
    (tmp_path / "test.minisig").write_text(
        "untrusted comment: signature from minisign secret key\n"
        "RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=\n"
        "trusted comment: timestamp:1556193335\tfile:test\n"
        "y/rUw2y8/hOUYjZU71eHp/Wo1KZ40fGy2VJEDl34XMJM+TX48Ss/17u3IvIfbVR1FkZZSNCisQbuQY+bHwhEBg==\n",
        "utf-8",
    )
    key = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
    assert signing.verify(tmp_path / "test", key) == "timestamp:1556193335\tfile:test"


def test_a_key_is_never_made_in_the_project_or_over_another(tmp_path: Path) -> None:
    assert "must not lie in the project" in refused(lambda: signing.keygen(ROOT / "it.key", "", *CHEAP))
    signing.keygen(tmp_path / "it.key", "", *CHEAP)
    before = (tmp_path / "it.key").read_bytes()
    assert "there already" in refused(lambda: signing.keygen(tmp_path / "it.key", "", *CHEAP))
    assert (tmp_path / "it.key").read_bytes() == before


def test_the_commands_sign_and_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "none").write_text("\n", "ascii")
    (tmp_path / "sums").write_bytes(b"x")
    key, file, word = str(tmp_path / "it.key"), str(tmp_path / "sums"), ["--password-file", str(tmp_path / "none")]
    assert build_installer.main([*word, "keygen", key]) == 0
    assert build_installer.main([*word, "sign", key, file]) == 0
    assert build_installer.main(["verify", key + ".pub", file]) == 0
    (tmp_path / "sums").write_bytes(b"y")
    assert build_installer.main(["verify", key + ".pub", file]) == 2
    assert "Do not install it" in capsys.readouterr().err


def test_of_a_folder_the_sums_and_what_updates_say_are_signed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, none = tmp_path / "out", tmp_path / "none"
    out.mkdir()
    none.write_text("\n", "ascii")
    (out / "a.tar.xz").write_bytes(b"a")
    described = updates.describe(out / "a.tar.xz", MOMENT)
    (out / "SHA256SUMS").write_text(sums(list(out.iterdir())), "ascii")
    (out / "older.update.json").write_text("{}", "ascii")  # of another build: the sums do not name it
    key, word = str(tmp_path / "it.key"), ["--password-file", str(none)]
    assert build_installer.main([*word, "keygen", key]) == 0
    assert build_installer.main([*word, "sign", key, str(out)]) == 0
    assert {path.name for path in out.glob("*.minisig")} == {"SHA256SUMS.minisig", "a.update.json.minisig"}
    capsys.readouterr()
    assert build_installer.main(["verify", key + ".pub", str(described), str(out / "SHA256SUMS")]) == 0
    assert capsys.readouterr().out.count(f"\tversion:{__version__}\tmade:2026-09-21") == 2
    described.write_text("{}", "ascii")
    assert "a.update.json" in refused(lambda: signing.to_sign([out]))
    (out / "SHA256SUMS").unlink()
    assert "build the packages first" in refused(lambda: signing.to_sign([out]))


def test_the_key_of_it_goes_along_as_the_line_that_the_program_reads(tmp_path: Path) -> None:
    key = signing.keygen(tmp_path / "it.key", "", *CHEAP)
    assert signing.public_key(tmp_path / "it.key.pub") == key.line
    (tmp_path / "line").write_text(key.line, "ascii")
    assert signing.public_key(tmp_path / "line") == key.line
    building.furnish(tmp_path, key.line)
    assert (tmp_path / "update-key.pub").read_text("ascii") == key.line + "\n"
    assert minisign.valid_key((tmp_path / "update-key.pub").read_text("ascii"))
    for wrong in ("it.key", "none"):
        assert "ends in .pub" in refused(lambda name=wrong: signing.public_key(tmp_path / name))  # type: ignore[misc]
    assert build_installer.main(["--update-key", str(tmp_path / "it.key"), "--out", str(tmp_path / "out")]) == 2
    assert not (tmp_path / "out").exists()
