"""What packages say while their program is open: the scripts themselves run here, on processes that are made up."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from avrr_desktop.locations import NAME
from tools.packing import metadata, rpm, running_guard

needs_sh = pytest.mark.skipif(os.name != "posix", reason="packages with scripts are of systems with sh")


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """A system with the program, and no process."""
    program = tmp_path / "system" / metadata.PLACE / NAME
    program.parent.mkdir(parents=True)
    program.write_bytes(b"program")
    (tmp_path / "proc" / "self").mkdir(parents=True)
    return tmp_path / "system"


def process(system: Path, number: int, exe: str, root: str = "/") -> None:
    """Let a process run: these are links on a real system too."""
    place = system.parent / "proc" / str(number)
    place.mkdir()
    (place / "exe").symlink_to(exe)
    (place / "root").symlink_to(root)


def said(system: Path, *words: str) -> str:
    """Return what a package's script says that speaks at an upgrade; empty where it lets it happen."""
    check = running_guard.lines(str(system.parent / "proc"), str(system))
    command = ["sh", "-c", running_guard.script("upgrade", check), "preinst", *words]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.stdout == ""
    assert done.returncode == (1 if done.stderr else 0)
    return done.stderr


@needs_sh
def test_the_scripts_are_valid(tmp_path: Path) -> None:
    sections = running_guard.of_rpm().split("%pre")
    texts = [*running_guard.of_debian().values(), sections[1], sections[2].removeprefix("un")]
    assert len(sections) == 3
    for text in texts:
        assert running_guard.REFUSED in text
        assert subprocess.run(["sh", "-n"], input=text, encoding="ascii").returncode == 0
    assert all(text.startswith("#!/bin/sh\n") for text in running_guard.of_debian().values())
    spec = rpm.spec(set(), 0)
    assert f'program="/{metadata.PLACE}/{NAME}"' in spec
    assert "DPKG" not in spec


@needs_sh
def test_an_open_program_is_not_exchanged(system: Path) -> None:
    program = system / metadata.PLACE / NAME
    process(system, 1, "/sbin/init")
    assert said(system, "upgrade", "0.0.9") == ""
    process(system, 4711, str(program))
    assert said(system, "upgrade", "0.0.9") == running_guard.REFUSED + "\n"


@needs_sh
def test_it_is_told_who_has_it_open(system: Path) -> None:
    for number, user in ((4711, 0), (4712, 4_000_123)):
        process(system, number, str(system / metadata.PLACE / NAME))
        status = f"Name:\tavrr-desktop\nUid:\t{user}\t{user}\t{user}\t{user}\nGid:\t0\t0\t0\t0\n"
        (system.parent / "proc" / str(number) / "status").write_text(status, "ascii")
    assert said(system, "upgrade", "0.0.9").splitlines() == [
        running_guard.REFUSED, f"{running_guard.OPENED} root, process 4711.", f"{running_guard.OPENED} 4000123, process 4712."
    ]  # fmt: skip


@needs_sh
@pytest.mark.parametrize("words", [(), ("install",), ("install", "0.0.9"), ("abort-upgrade", "0.2.0"), ("remove",)])
def test_nothing_else_is_refused(system: Path, words: tuple[str, ...]) -> None:
    process(system, 4711, str(system / metadata.PLACE / NAME))
    assert said(system, *words) == ""


@needs_sh
def test_a_program_whose_file_was_exchanged_already_is_open_all_the_same(system: Path) -> None:
    gone = f"{system / metadata.PLACE / NAME} (deleted)"
    process(system, 4711, gone, "/nowhere")  # of another system: there it may be called the same
    assert said(system, "upgrade", "0.0.9") == ""
    process(system, 4712, gone)
    assert said(system, "upgrade", "0.0.9") == running_guard.REFUSED + "\n"


@needs_sh
def test_a_program_of_the_same_name_elsewhere_is_another(system: Path) -> None:
    other = system.parent / "other" / metadata.PLACE / NAME
    other.parent.mkdir(parents=True)
    other.write_bytes(b"program")
    process(system, 4711, str(other))
    process(system, 4712, f"{other} (deleted)")
    assert said(system, "upgrade", "0.0.9") == ""


@needs_sh
def test_what_cannot_be_looked_at_stops_nothing(system: Path) -> None:
    place = system.parent / "proc" / "4711"
    place.mkdir()  # as of another user, or ended meanwhile: no exe to be read
    assert said(system, "upgrade", "0.0.9") == ""
    shutil.rmtree(system.parent / "proc")  # a system in a folder, without /proc
    assert said(system, "upgrade", "0.0.9") == ""
    (system / metadata.PLACE / NAME).unlink()
    assert said(system, "upgrade", "0.0.9") == ""


@pytest.mark.skipif(sys.platform != "linux", reason="the packages with scripts are for Linux")
def test_a_real_process_is_seen(tmp_path: Path) -> None:
    """With the /proc of this computer: a program that runs, then its file is taken away."""
    program = tmp_path / metadata.PLACE / NAME
    program.parent.mkdir(parents=True)
    shutil.copy(shutil.which("sh") or "", program)
    pre, preun = (
        running_guard.of_rpm().replace('program="', f'program="{tmp_path}').removeprefix("%pre").split("%preun")
    )
    scripts = {**running_guard.of_debian(), "%pre": pre, "%preun": preun}
    env = {**os.environ, "DPKG_ROOT": str(tmp_path)}

    def code(name: str = "prerm", word: str = "remove") -> int:
        return subprocess.run(["sh", "-c", scripts[name], name, word], env=env, capture_output=True).returncode

    assert code() == 0
    running = subprocess.Popen([program, "-c", "read line"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert code() == 1
        assert [code("%pre", number) for number in "123"] == [0, 1, 1]  # so many there will be
        assert [code("%preun", number) for number in "012"] == [1, 0, 0]
        program.unlink()
        assert code() == 1
    finally:
        running.communicate(b"\n")
    assert code() == 0
