"""Updates from a stick: everything that is not the next version of our own IT is refused with a reason of its own, and
whatever happens on the way, a whole program is in its place.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from avrr_desktop import __version__, locations
from avrr_desktop.cli import main as cli
from avrr_desktop.clock import ticks
from avrr_desktop.domain.errors import ExpectedError, InUseError, StoreError
from avrr_desktop.language import Language
from avrr_desktop.locations import NAME, PORTABLE, data_folder
from avrr_desktop.operations.computer.instances import others_running, running
from avrr_desktop.operations.computer.version_memory import Memory, read_memory
from avrr_desktop.operations.program.update import install
from avrr_desktop.operations.program.update import offer as update_offer
from avrr_desktop.operations.program.update.offer import Offer, read_offer, update_key
from avrr_desktop.operations.program.update.staging import stage, unpack
from tests.support.folders import ROOT
from tests.support.releases import TODAY, It, program, version_in
from tools.packing import archive

NOW = datetime(2026, 11, 27, 9, tzinfo=timezone.utc)
Fixture = tuple[It, str]


@pytest.fixture(scope="module")
def it(tmp_path_factory: pytest.TempPathFactory) -> Fixture:
    """An IT with a key, and the line of its public half."""
    made = It(tmp_path_factory.mktemp("it"))
    return made, made.begin()


@pytest.fixture(scope="module")
def next_one(it: Fixture) -> Path:
    """The next version on a stick; return its description."""
    return it[0].release("9.1.0")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of this version in a folder of this user, which takes itself for the one that runs."""
    folder = program(tmp_path / "programs" / NAME, __version__)
    for module in (locations, update_offer, install):
        monkeypatch.setattr(module, "program_folder", lambda: folder)
    return folder


def refused(work: Callable[[], object]) -> str:
    """Return the reason of a refusal, after a look whether it says that nothing was changed."""
    with pytest.raises(ExpectedError) as stop:
        work()
    title = stop.value.title
    assert "othing" in stop.value.hint or "still there" in stop.value.hint, stop.value.hint
    for key, value in stop.value.values.items():
        title = title.replace("{" + key + "}", str(value))
    return title


def test_U8_each_notice_that_is_not_the_next_version_of_our_it_is_refused_with_its_reason(
    it: Fixture, next_one: Path, tmp_path: Path
) -> None:
    maker, key = it
    other = It(tmp_path / "other")
    foreign_key = other.begin()
    reasons: dict[str, str] = {}

    def told(name: str, path: Path, line: str = key, today: date = TODAY) -> None:
        reasons[name] = refused(lambda: read_offer(path, line, today))

    told("nothing here", tmp_path)
    told("no key", next_one, "")
    told("a key that is none", next_one, "RWnonsense")
    told("another key", next_one, foreign_key)
    unsigned = tmp_path / "unsigned" / next_one.name
    unsigned.parent.mkdir()
    unsigned.write_bytes(next_one.read_bytes())
    told("no signature", unsigned)
    swapped = maker.changed(next_one)
    swapped.write_bytes(swapped.read_bytes().replace(b'"9.1.0"', b'"9.2.0"'))
    told("changed after it was signed", swapped)
    told("another system", maker.changed(maker.release("9.1.1"), platform="amiga-68k"))
    told("already installed", maker.release(__version__))
    told("an old version", maker.release("0.0.9"))
    told("out of date", next_one, today=date(2028, 1, 1))
    told("a clock that is behind", next_one, today=date(2026, 1, 1))
    told("a package that is missing", maker.changed(maker.release("9.1.2"), file="gone.tar.xz"))
    told("a package that is cut", maker.changed(maker.release("9.1.3"), size=10))
    told("a package that is another", maker.changed(maker.release("9.1.4"), sha256="0" * 64))
    assert len(set(reasons.values())) == len(reasons), reasons


def test_U8_a_version_that_was_seen_once_is_the_lowest_that_is_taken(it: Fixture, next_one: Path) -> None:
    maker, key = it
    assert read_offer(next_one, key, TODAY).release.version == "9.1.0"
    assert read_memory() == Memory("9.1.0")
    assert "older than one that was installed here" in refused(lambda: read_offer(maker.release("9.0.0"), key, TODAY))
    assert read_offer(next_one, key, TODAY).release.version == "9.1.0"  # the same once more: it may have been put back


def test_an_update_is_found_by_its_package_and_by_its_folder(it: Fixture, next_one: Path) -> None:
    for path in (next_one, next_one.parent, next(next_one.parent.glob("*.tar.xz"))):
        assert read_offer(path, it[1], TODAY).release.version == "9.1.0"


def test_the_key_is_that_of_the_policy_else_the_one_beside_the_program(here: Path) -> None:
    from avrr_desktop.domain.policy import Policy

    assert update_key(Policy()) == ""
    (here / "update-key.pub").write_text("untrusted comment: minisign public key\nRWbeside\n")
    assert update_key(Policy()) == "RWbeside"
    assert update_key(Policy(update_key="RWpolicy")) == "RWpolicy"


@pytest.fixture
def offer(it: Fixture, next_one: Path) -> Offer:
    return read_offer(next_one, it[1], TODAY)


def test_an_update_is_put_in_place_whole_and_taken_back(here: Path, offer: Offer) -> None:
    staged = stage(offer, install.own_program())
    assert version_in(here) == __version__  # nothing is replaced before
    before = install.put_in_place(staged, NOW)
    assert (version_in(here), version_in(before)) == ("9.1.0", __version__)
    assert sorted(path.name for path in here.parent.iterdir()) == [NAME, f"{NAME}-before"]
    assert install.go_back(here, NOW) == __version__
    assert (version_in(here), version_in(before)) == (__version__, "9.1.0")
    assert [(one.before, one.version) for one in read_memory().installed] == [
        (__version__, "9.1.0"),
        (__version__, __version__),
    ]
    assert read_memory().highest == "9.1.0"


def test_the_key_of_it_goes_along_unless_the_new_version_brings_one(here: Path, offer: Offer) -> None:
    (here / "update-key.pub").write_text("RWold\n", "ascii")
    install.put_in_place(stage(offer, here), NOW)
    assert (here / "update-key.pub").read_text("ascii") == "RWold\n"


def test_the_version_before_the_one_before_goes(here: Path, offer: Offer) -> None:
    program(here.with_name(f"{NAME}-before"), "0.0.1")
    install.put_in_place(stage(offer, here), NOW)
    assert version_in(here.with_name(f"{NAME}-before")) == __version__
    assert len(list(here.parent.iterdir())) == 2


def test_a_version_that_does_not_work_here_is_not_put_in_place(here: Path, it: Fixture) -> None:
    for version, smoke in (("9.5.0", "no window: libnew.so.1"), ("9.6.0", "everything works")):
        description = it[0].release(version, smoke)
        if smoke == "everything works":  # a package that says another version than its description
            description = it[0].changed(description, version="9.6.1")
        offer = read_offer(description, it[1], TODAY)
        with pytest.raises(StoreError, match="does not work on this computer") as stop:
            stage(offer, here)
        said = "no window: libnew.so.1" if version == "9.5.0" else "AVRR Desktop 9.6.0"
        assert " ".join(Language().error(stop.value)).endswith(f"Message: {said}")
    assert [path.name for path in here.parent.iterdir()] == [NAME]
    assert version_in(here) == __version__


def test_a_package_that_cannot_be_unpacked_leaves_nothing(here: Path, offer: Offer, tmp_path: Path) -> None:
    broken = tmp_path / "broken.tar.xz"
    broken.write_bytes(offer.package.read_bytes()[:200])
    release = replace(offer.release, sha256=hashlib.sha256(broken.read_bytes()).hexdigest())
    assert "could not be unpacked" in refused(lambda: stage(Offer(release, broken), here))
    assert [path.name for path in here.parent.iterdir()] == [NAME]


@pytest.mark.parametrize("kind", ["outside", "from the top", "link", "pipe", "twice"])
def test_a_package_lays_files_and_folders_into_its_own_place_and_nothing_else(kind: str, tmp_path: Path) -> None:
    one = tarfile.TarInfo({"outside": "../x", "from the top": str(tmp_path / "x")}.get(kind, "x"))
    one.type = {"link": tarfile.SYMTYPE, "pipe": tarfile.FIFOTYPE}.get(kind, tarfile.REGTYPE)
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        for _ in range(2 if kind == "twice" else 1):
            tar.addfile(one)
    with pytest.raises((tarfile.TarError, FileExistsError)):
        unpack(tmp_path / "a.tar", tmp_path / "in")
    assert [path.name for path in tmp_path.iterdir() if path.name != "in"] == ["a.tar"]
    assert not any(path.is_symlink() for path in tmp_path.rglob("*"))


def test_a_package_is_unpacked_with_what_may_be_started_and_its_moment(tmp_path: Path) -> None:
    folder = program(tmp_path / "made" / NAME, "9.1.0")
    archive.pack(folder, tmp_path / "a.tar.xz", 86400, 0)
    unpack(tmp_path / "a.tar.xz", tmp_path / "in")
    names = sorted(path.relative_to(folder) for path in folder.rglob("*"))
    assert sorted(path.relative_to(tmp_path / "in" / NAME) for path in (tmp_path / "in" / NAME).rglob("*")) == names
    started = tmp_path / "in" / NAME / NAME
    assert (started.stat().st_mode & 0o777, started.stat().st_mtime) == (0o755, 86400)
    assert started.read_bytes() == (folder / NAME).read_bytes()


def test_U8_a_package_that_is_swapped_after_it_was_checked_is_not_unpacked(
    here: Path, it: Fixture, tmp_path: Path
) -> None:
    good = Path(shutil.copytree(it[0].release("9.7.0").parent, tmp_path / "stick"))
    offer = read_offer(good, it[1], TODAY)
    shutil.copy(it[0].release("9.8.0").parent / offer.package.name.replace("9.7.0", "9.8.0"), offer.package)
    assert "not the one that your IT signed" in refused(lambda: stage(offer, here))
    assert [path.name for path in here.parent.iterdir()] == [NAME]


def test_a_full_disk_and_a_stick_that_is_pulled_out_are_told_in_words(
    here: Path, it: Fixture, next_one: Path, offer: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as full:
        full.setattr("tempfile.mkdtemp", gone)
        assert "could not be unpacked" in refused(lambda: stage(offer, here))
    with monkeypatch.context() as pulled:
        pulled.setattr(Path, "open", gone)
        assert "cannot be read from this location" in refused(lambda: read_offer(next_one, it[1], TODAY))
    missing = Offer(offer.release, offer.package.with_name("gone"))
    assert "could not be unpacked" in refused(lambda: stage(missing, here))
    assert [path.name for path in here.parent.iterdir()] == [NAME]


def test_a_trial_is_ended_with_all_that_it_started_when_somebody_locks(here: Path, it: Fixture, tmp_path: Path) -> None:
    slow = it[0].release("9.9.0", f'"; echo $$ > {tmp_path / "started"}; sleep 600; echo "')
    asked: list[int] = []

    def progress(done: int, of: int) -> bool:
        asked.append(done)
        return not (tmp_path / "started").exists()

    begun = ticks()
    assert "cancelled" in refused(lambda: stage(read_offer(slow, it[1], TODAY), here, progress))
    assert ticks() - begun < 300
    assert asked.count(2) > 1
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "started").read_text()), 0)
    assert [path.name for path in here.parent.iterdir()] == [NAME]


def test_a_trial_writes_beside_itself_and_not_into_the_profile(here: Path, offer: Offer) -> None:
    staged = stage(offer, here)
    assert staged.folder.with_name(PORTABLE).is_dir()  # what a packaged program takes for its data, see locations
    staged.discard()


def test_an_update_is_stopped_between_two_steps(here: Path, offer: Offer) -> None:
    assert "cancelled" in refused(lambda: stage(offer, here, lambda done, of: done < 2))
    assert [path.name for path in here.parent.iterdir()] == [NAME]


def test_what_a_cut_off_update_left_goes_at_the_next(here: Path, offer: Offer) -> None:
    left = here.parent / ".avrr-desktop-update-left"
    left.mkdir()
    stage(offer, here).discard()
    assert [path.name for path in here.parent.iterdir()] == [NAME]


def test_U9_nothing_is_replaced_while_the_program_is_open(here: Path, offer: Offer) -> None:
    code = "import sys\nfrom avrr_desktop.operations.computer.instances import running\nwith running():\n    print('runs', flush=True)\n    sys.stdin.read()"
    other = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == b"runs\n"
        assert others_running() == 1
        staged = stage(offer, here)
        for work in (lambda: install.put_in_place(staged, NOW), install.refuse_while_running):
            with pytest.raises(InUseError, match="open in another place"):
                work()
        assert version_in(here) == __version__
    finally:
        other.communicate()
    assert others_running() == 0
    install.put_in_place(staged, NOW)
    assert version_in(here) == "9.1.0"


def test_U9_a_program_that_crashed_does_not_count(here: Path) -> None:
    code = "import os\nfrom avrr_desktop.operations.computer.instances import running\nwith running():\n    os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert len(list((data_folder() / "running").iterdir())) == 1
    assert others_running() == 0
    assert list((data_folder() / "running").iterdir()) == []
    with running():
        assert others_running() == 0  # itself does not count


def test_without_the_step_of_linux_two_renames_do_it(here: Path, offer: Offer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda *_, **__: object())
    install.put_in_place(stage(offer, here), NOW)
    assert version_in(here) == "9.1.0"
    assert len(list(here.parent.iterdir())) == 2


@pytest.mark.parametrize("at", ["exchange", "rename"])
def test_ended_in_the_middle_a_whole_program_is_in_place_and_the_old_one_is_not_lost(
    here: Path, offer: Offer, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    program(here.with_name(f"{NAME}-before"), "0.0.1")
    staged = stage(offer, here)

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    def end_at_last(path: Path, target: Path) -> None:
        if target.name.endswith("-before"):
            raise KeyboardInterrupt
        path.replace(target)

    with monkeypatch.context() as cut:
        if at == "exchange":
            cut.setattr(install, "exchange", end)
        else:
            cut.setattr(Path, "rename", end_at_last)
        with pytest.raises(KeyboardInterrupt):
            install.put_in_place(staged, NOW)
    staged.hold.close()  # as the end of a process does
    assert version_in(here) == (__version__ if at == "exchange" else "9.1.0")
    stage(offer, here).discard()
    assert {path.name for path in here.parent.iterdir()} == {NAME, f"{NAME}-before"}
    assert version_in(here.with_name(f"{NAME}-before")) == ("0.0.1" if at == "exchange" else __version__)


def test_where_the_old_program_cannot_be_kept_nothing_is_exchanged(
    here: Path, offer: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(here.with_name(f"{NAME}-before"), "0.0.1")
    staged, renames = stage(offer, here), list[str]()

    def fail_at_last(path: Path, target: Path) -> None:
        renames.append(target.name)
        if target.name.endswith("-before") and path.name == NAME:
            raise OSError(28, "No space left on device")
        path.replace(target)

    with monkeypatch.context() as full:
        full.setattr(Path, "rename", fail_at_last)
        assert "could not be installed" in refused(lambda: install.put_in_place(staged, NOW))
    staged.discard()
    assert renames[:2] == ["older", f"{NAME}-before"]
    assert (version_in(here), version_in(here.with_name(f"{NAME}-before"))) == (__version__, "0.0.1")
    assert len(list(here.parent.iterdir())) == 2


def test_a_link_to_nowhere_in_the_place_of_the_version_before_does_no_harm(here: Path, offer: Offer) -> None:
    here.with_name(f"{NAME}-before").symlink_to("nowhere")
    install.put_in_place(stage(offer, here), NOW)
    assert (version_in(here), version_in(here.with_name(f"{NAME}-before"))) == ("9.1.0", __version__)


def test_what_another_window_tries_just_now_is_left_alone(here: Path, offer: Offer) -> None:
    mine = stage(offer, here)
    stage(offer, here).discard()
    install.put_in_place(mine, NOW)
    assert version_in(here) == "9.1.0"


def test_a_version_before_that_cannot_be_started_is_told_in_words(here: Path) -> None:
    before = program(here.with_name(f"{NAME}-before"), "0.0.1")
    (before / NAME).write_text("no program")
    (before / NAME).chmod(0o644)
    assert "could not be restored" in refused(lambda: install.go_back(here, NOW))
    assert version_in(here) == __version__


def test_whoever_else_updates_the_program_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {}
    for name, folder in (("source", None), ("system", Path("/usr/lib/avrr-desktop"))):
        monkeypatch.setattr(install, "program_folder", lambda folder=folder: folder)
        told[name] = refused(install.own_program)
    monkeypatch.setattr(install, "program_folder", lambda: tmp_path)
    monkeypatch.setattr(sys, "platform", "win32")
    told["windows"] = refused(install.own_program)
    assert len(set(told.values())) == 3


def test_the_commands_look_try_install_and_go_back(
    here: Path, it: Fixture, next_one: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "update-key.pub").write_text(it[1] + "\n", "ascii")
    assert cli.main(["update", "check", str(next_one)]) == 0
    assert "New version: 9.1.0. Signed by your IT" in capsys.readouterr().out
    assert cli.main(["update", "try", str(next_one)]) == 0
    assert "works on this computer" in capsys.readouterr().out
    assert cli.main(["update", "try", str(next_one), "--store", "a.avrr", "--passphrase-file", "secret"]) == 0
    here_is = Path.cwd()
    asked = f"asked: store upgrade --dry-run --store {here_is / 'a.avrr'} --passphrase-file {here_is / 'secret'} --language en"
    assert asked in capsys.readouterr().out
    assert version_in(here) == __version__
    assert cli.main(["update", "install", str(next_one)]) == 0
    assert version_in(here) == "9.1.0"
    assert cli.main(["update", "state"]) == 0
    assert "Highest version seen here: 9.1.0" in capsys.readouterr().out
    assert cli.main(["update", "back"]) == 0
    assert f"Restored: version {__version__}." in capsys.readouterr().out
    assert version_in(here) == __version__
    assert cli.main(["update", "install", str(here)]) == 3
    assert "There is no update here" in capsys.readouterr().err
