"""The proof of packages: what it needs for seeing that something does not hold. The proof itself is a command."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

import build_installer
from tools.packing import (
    BuildError,
    benchmark,
    screen,
    sums,
    unprivileged_user,
    verify,
    verify_deb,
    verify_rpm,
    verify_upgrade,
)
from tools.packing.unprivileged_user import User

ROOT = Path(build_installer.__file__).parent
QUIET = ("-I", "-S", "-c")


@pytest.fixture
def user(tmp_path: Path) -> User:
    """Somebody with a home, who has the rights of the tests."""
    return User(tmp_path / "home", ()).settle()


def test_packages_are_tried_only_as_the_sums_know_them(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="holds no SHA256SUMS"):
        verify.prove(tmp_path)
    (tmp_path / "a.deb").write_bytes(b"a")
    (tmp_path / "SHA256SUMS").write_text(sums([tmp_path / "a.deb"]), "ascii")
    with pytest.raises(BuildError, match=r"no \.deb or no \.tar\.xz"):
        verify.prove(tmp_path)
    (tmp_path / "a.deb").write_bytes(b"b")
    with pytest.raises(BuildError, match=r"does not fit to a\.deb"):
        verify.prove(tmp_path)


def test_nobody_has_no_rights_and_what_was_not_to_be_had_is_told() -> None:
    words, told = unprivileged_user.way()
    who = subprocess.run([*words, "id", "-u"], capture_output=True, encoding="ascii", check=True).stdout.strip()
    seen = subprocess.run([*words, "cat", "/proc/net/dev"], capture_output=True, encoding="ascii", check=True).stdout
    devices = {line.split(":")[0].strip() for line in seen.splitlines()[2:]}
    assert ("nobody" in told.split(",")[0]) is (who == str(unprivileged_user.NOBODY))
    assert ("without network" in told) is not ("WITH the network" in told)
    assert "WITH the network" in told or devices == {"lo"}


def test_a_user_has_a_home_and_nothing_of_ours(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVRR_CANARY", "ours")
    program = Path(sys.executable)
    said = user.run(program, *QUIET, "import os; print(os.environ['HOME'], os.environ.get('AVRR_CANARY'))")
    assert said == f"{user.home} None\n"
    with pytest.raises(BuildError, match=r"ended with 3, not 0: why\.$"):
        user.run(program, *QUIET, "import sys; print('why', file=sys.stderr); sys.exit(3)")
    assert user.run(program, *QUIET, "import sys; sys.exit(3)", code=3) == ""


def test_a_file_that_was_touched_is_seen(user: User) -> None:
    (user.home / "store").mkdir()
    (user.home / "store" / "store.db").write_bytes(b"a")
    before = verify_deb.contents(user.home)
    (user.home / "store" / "store.db").write_bytes(b"b")
    assert before != verify_deb.contents(user.home)
    (user.home / "store" / "store.db").unlink()
    assert before != verify_deb.contents(user.home) == {}


@pytest.mark.parametrize(
    ("version", "lower"), [("1.2.3", "1.2.2"), ("0.1.0", "0.0.9"), ("2.0.0", "1.9.9"), ("1.3.0rc1", "1.2.9")]
)
def test_a_lower_version_sorts_before(version: str, lower: str) -> None:
    assert verify_upgrade.lower(version) == lower
    assert subprocess.run(["dpkg", "--compare-versions", lower, "lt", version]).returncode == 0


def test_nothing_is_lower_than_nothing() -> None:
    with pytest.raises(BuildError, match="sorts before"):
        verify_upgrade.lower("0.0.0")


def test_a_copy_of_the_source_says_the_lower_version(tmp_path: Path) -> None:
    (tmp_path / "avrr_desktop").mkdir()
    place = tmp_path / "avrr_desktop" / "__init__.py"
    place.write_bytes((ROOT / "avrr_desktop" / "__init__.py").read_bytes())
    verify_upgrade.lowered(tmp_path, "0.0.7")
    asked = [sys.executable, "-c", "import avrr_desktop; print(avrr_desktop.__version__)"]
    assert subprocess.run(asked, cwd=tmp_path, capture_output=True, encoding="ascii").stdout == "0.0.7\n"
    place.write_text("", "utf-8")
    with pytest.raises(BuildError, match="in one line"):
        verify_upgrade.lowered(tmp_path, "0.0.7")


def test_the_store_of_the_release_before_is_there_to_be_upgraded() -> None:
    assert (verify_upgrade.GOLDEN / "store.db").exists()


def test_memory_is_that_of_the_program_and_not_of_who_starts_it(tmp_path: Path) -> None:
    held = bytearray(80_000_000)
    held[::4096] = b"x" * len(held[::4096])  # so that it is really there
    small = benchmark.ended([sys.executable, *QUIET, "pass"], tmp_path)
    large = benchmark.ended([sys.executable, *QUIET, "x = bytearray(60_000_000); x[:] = bytes(1) * len(x)"], tmp_path)
    assert small.memory < 40_000_000 < 60_000_000 < large.memory
    assert small.seconds > 0
    assert "ratio 1.00 and 1.00" in small.against(small)
    with pytest.raises(BuildError, match="failed"):
        benchmark.ended([sys.executable, *QUIET, "raise SystemExit(3)"], tmp_path)


def test_a_window_that_does_not_come_is_told(tmp_path: Path) -> None:
    drawn = benchmark.drawn(
        [sys.executable, *QUIET, "print('\"/x/libqsvg.so\" loaded', flush=True); import signal; signal.pause()"],
        tmp_path,
    )
    assert drawn.memory > 1_000_000
    begun = time.monotonic()
    with pytest.raises(BuildError, match="No window came of"):
        benchmark.drawn([sys.executable, *QUIET, "print('nothing')"], tmp_path)
    assert time.monotonic() - begun < benchmark.LIMIT / 2  # it ended, and nobody waited for the window


def test_where_no_rpm_can_be_tried_a_sentence_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert verify_rpm.unable() == "rpm is not on this computer"
    (tmp_path / "rpm").write_text("#!/bin/sh\n")
    (tmp_path / "rpm").chmod(0o755)
    assert bool(verify_rpm.unable()) is (os.geteuid() != 0)


def test_a_picture_of_the_screen_is_read_and_a_caret_does_not_count(tmp_path: Path) -> None:
    head = [100, 7, 2, 24, 3, 2, 0, 0, 32, 0, 32, 32, 12, 4, 0, 0, 0, 8, 256, 2, 3, 2, 0, 0, 0]
    pixels = bytes([30, 20, 10, 0]) * 5 + bytes([3, 2, 1, 0])  # blue, green, red, nothing
    dump = tmp_path / "dump"
    dump.write_bytes(b"".join(number.to_bytes(4, "big") for number in head) + bytes(24) + pixels)
    shown = screen.Screen(":0", dump).look()
    assert (shown.size, shown.getpixel((0, 0)), shown.getpixel((2, 1))) == ((3, 2), (10, 20, 30), (1, 2, 3))
    plain = Image.new("RGB", (100, 100))
    caret, window = plain.copy(), plain.copy()
    caret.paste((9, 9, 9), (10, 10, 12, 30))
    window.paste((9, 9, 9), (10, 10, 40, 30))
    assert screen.same(plain, caret)
    assert not screen.same(plain, window)
