"""Whether the disk under a store is encrypted: what systems tell, read right; never a guess."""

from pathlib import Path

import pytest

from avrr_desktop.operations.computer.disk import NO, UNKNOWN, YES, on_linux, told_by_macos, told_by_windows


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """Devices as the system shows them: a plain disk, an encrypted one over it, volumes over each, and a loop."""
    devices = tmp_path / "devices"
    for name in ("sda1", "sdb1", "dm-0", "dm-1", "dm-2", "dm-3", "loop0"):
        (devices / name).mkdir(parents=True)
    for name, uuid, below in (
        ("dm-0", "CRYPT-LUKS2-0000-home", ["sda1"]), ("dm-1", "LVM-aaaa", ["dm-0"]), ("dm-2", "LVM-bbbb", ["sdb1"]),
        ("dm-3", "LVM-cccc", ["dm-0", "sdb1"]),
    ):  # fmt: skip
        (devices / name / "dm").mkdir()
        (devices / name / "dm" / "uuid").write_text(uuid + "\n", "ascii")
        (devices / name / "slaves").mkdir()
        for one in below:
            (devices / name / "slaves" / one).symlink_to(devices / one)
    (tmp_path / "block").mkdir()
    for number, name in enumerate(("sda1", "dm-0", "dm-1", "dm-2", "dm-3", "loop0")):
        (tmp_path / "block" / f"253:{number}").symlink_to(devices / name)
    return tmp_path / "block"


def mounts(tmp_path: Path, *lines: str) -> Path:
    """Write the list of mounts: the root on a plain disk, and what else is given."""
    file = tmp_path / "mountinfo"
    file.write_text("\n".join(["1 0 253:0 / / rw - ext4 /dev/sda1 rw", *lines]) + "\n", "utf-8")
    return file


@pytest.mark.parametrize(
    ("number", "told"),
    [("253:0", NO), ("253:1", YES), ("253:2", YES), ("253:3", NO), ("253:4", NO), ("253:5", UNKNOWN)],
)
def test_the_devices_under_a_folder_are_followed_to_the_disk(
    tmp_path: Path, system: Path, number: str, told: str
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    listed = mounts(tmp_path, f"2 1 {number} / {home} rw - ext4 /dev/x rw")
    assert on_linux(home / "office.avrr", system, listed) == told
    assert on_linux(tmp_path, system, listed) == NO  # the root


def test_what_cannot_be_told_is_not_guessed(tmp_path: Path, system: Path) -> None:
    home = tmp_path / "with space"
    home.mkdir()
    place = str(home).replace(" ", "\\040")
    assert on_linux(home, system, mounts(tmp_path, f"2 1 0:50 / {place} rw - tmpfs tmpfs rw")) == UNKNOWN
    assert on_linux(home, system, mounts(tmp_path, f"2 1 0:51 / {place} rw - ecryptfs /home/.x rw")) == YES
    assert on_linux(home, system, tmp_path / "none") == UNKNOWN


def test_the_answers_of_other_systems_are_read_right() -> None:
    assert [told_by_windows(answer) for answer in ("1\r\n", "2\r\n", "0", "", "6\n", "3")] == [
        YES,
        NO,
        NO,
        UNKNOWN,
        UNKNOWN,
        UNKNOWN,
    ]
    assert [told_by_macos(answer) for answer in ("FileVault is On.\n", "FileVault is Off.", "")] == [YES, NO, UNKNOWN]
