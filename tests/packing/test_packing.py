"""What packages say of themselves, the lists inside, and sums; nothing is built here but a handful of bytes."""

import configparser
import gzip
import itertools
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

import build_installer
from avrr_desktop import BUILD_DATE, __version__
from avrr_desktop.cli import main as cli
from avrr_desktop.domain.release import GOOD_FOR, read_release
from avrr_desktop.locations import NAME, platform_name
from avrr_desktop.store.engine.migrations import SCHEMA
from tools.make.command_tree import commands
from tools.packing import (
    BuildError,
    archive,
    check_sums,
    comparing,
    deb,
    digest,
    epoch,
    linux,
    manual,
    menu,
    pressing,
    rpm,
    sbom,
    size_report,
    sums,
    tree,
    updates,
)
from tools.packing import metadata as declaration

ROOT = Path(build_installer.__file__).parent
MOMENT = 1_790_000_000
SPACE = "{http://www.freedesktop.org/standards/shared-mime-info}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A finished application of which only the outlines are there."""
    made = tmp_path / "made" / NAME
    for name, text in (
        ("licences/NOTICE.txt", "Notice\n\nof all"),
        ("_internal/libz.so.1", "z"),
        (NAME, "#!/bin/sh\n"),
    ):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(text, "utf-8")
    (made / NAME).chmod(0o700)
    (made / "_internal" / "libz.so").symlink_to("libz.so.1")
    return made


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(BuildError) as stop:
        work()
    assert str(stop.value).endswith(".")
    return str(stop.value)


def test_a_debian_system_is_told_what_the_package_needs() -> None:
    lines = deb.control({"libgl1", "libglib2.0-0"}, 42).splitlines()
    fields = dict(line.split(": ", 1) for line in lines if not line.startswith(" "))
    assert fields["Package"] == NAME
    assert fields["Version"] == declaration.version()
    assert fields["Installed-Size"] == "42"
    assert re.fullmatch(r"libc6 \(>= [\d.]+\), libgl1, libglib2\.0-0t64 \| libglib2\.0-0", fields["Depends"])
    assert fields["Description"] == declaration.SUMMARY
    assert all(line.strip() for line in lines)


def test_what_the_folder_holds_is_not_asked_of_the_system(folder: Path) -> None:
    asked = declaration.libraries(folder)
    assert "libz.so.1" not in asked
    assert asked["libEGL.so.1"] == "libegl1"
    assert asked["libxcb-cursor.so.0"] == "libxcb-cursor0"


def test_the_desktop_entry_starts_the_program() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read_string(menu.DESKTOP)
    assert set(entry) == {"DEFAULT", "Desktop Entry"}
    assert entry["Desktop Entry"]["Exec"] == f"{NAME} open %f"
    kinds = {kind.get("type") for kind in ElementTree.fromstring(menu.MIME.encode()).iter(f"{SPACE}mime-type")}
    assert {*entry["Desktop Entry"]["MimeType"].strip(";").split(";")} == kinds
    assert {kind.text for kind in ElementTree.fromstring(menu.METAINFO).iter("mediatype")} == kinds
    assert entry["Desktop Entry"]["Terminal"] == "false"


def test_the_types_are_well_formed_and_say_both_endings() -> None:
    top = ElementTree.fromstring(menu.MIME.encode())
    assert {glob.get("pattern") for glob in top.iter(f"{SPACE}glob")} == {
        "*.avrr", "*.avrr-backup", "keys-a.json", "store.db"
    }  # fmt: skip
    assert all(kind.findtext(f"{SPACE}comment") for kind in top.iter(f"{SPACE}mime-type"))


def test_the_staged_tree_has_every_file_in_its_place(folder: Path, tmp_path: Path) -> None:
    tree.stage(folder, tmp_path / "root", ".TH X 1\n", MOMENT)
    root = tmp_path / "root"
    assert os.path.realpath(root / "usr" / "bin" / NAME) == str(root / declaration.PLACE / NAME)
    share = root / "usr" / "share"
    assert gzip.decompress((share / "man" / "man1" / f"{NAME}.1.gz").read_bytes()) == b".TH X 1\n"
    assert (share / "icons" / "hicolor" / "48x48" / "apps" / f"{NAME}.png").read_bytes().startswith(b"\x89PNG")
    assert (share / "icons" / "hicolor" / "scalable" / "apps" / f"{NAME}.svg").exists()
    assert "\n .\n of all\n" in (share / "doc" / NAME / "copyright").read_text("utf-8")
    for path in root.rglob("*"):
        assert path.lstat().st_mtime == MOMENT
        assert path.is_symlink() or path.stat().st_mode & 0o777 in (0o644, 0o755)
    assert (root / declaration.PLACE / NAME).stat().st_mode & 0o777 == 0o755
    assert not list(root.rglob("DEBIAN"))
    assert gzip.decompress((share / "doc" / NAME / "changelog.gz").read_bytes()).startswith(f"{NAME} (".encode())


def test_what_a_package_lays_elsewhere_is_not_in_it_twice_and_libraries_are_not_started(
    folder: Path, tmp_path: Path
) -> None:
    menu.lay_for_one_user(folder, ".TH X 1\n", MOMENT)
    (folder / "_internal" / "share").mkdir()
    (folder / "_internal" / "share" / "libpart.so.6").touch(0o755)
    tree.stage(folder, tmp_path / "root", ".TH X 1\n", MOMENT)
    place = tmp_path / "root" / declaration.PLACE
    assert not (place / "share").exists()
    assert not (place / "install.sh").exists()
    assert (place / "_internal" / "share" / "libpart.so.6").stat().st_mode & 0o777 == 0o644


def test_each_exception_for_debians_checker_has_its_reason() -> None:
    lines = tree.overrides().splitlines()
    assert [line.removeprefix(f"{NAME}: ") for line in lines if line.startswith(NAME)] == [*tree.OVERRIDES]
    for before, line in itertools.pairwise(lines):
        assert not line.startswith(NAME) or before.startswith("# ")
    assert max(map(len, lines)) <= 80


def test_each_exception_for_the_checker_of_rpm_has_its_reason() -> None:
    text = (ROOT / "tools" / "packing" / "rpmlint.toml").read_text("utf-8")
    told = re.findall(r"(?m)^    '(.+)',  # \w", text)
    assert told == tomllib.loads(text)["Filters"]
    assert all(re.compile(pattern) for pattern in told)


@pytest.mark.skipif(sys.platform == "win32", reason="a script of sh")
def test_the_archive_goes_into_the_menu_of_one_user_and_out_again(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "my programs & more" / NAME
    place.parent.mkdir()
    shutil.move(folder, place)
    menu.lay_for_one_user(place, ".TH X 1\n", MOMENT)
    share = tmp_path / "home of Zamira" / "share"
    for times in range(2):
        for words, there in (([], True), (["remove"], False)):
            env = {"PATH": os.defpath, "XDG_DATA_HOME": str(share), "HOME": "/nonexistent"}
            done = subprocess.run(["sh", place / "install.sh", *words], env=env, capture_output=True, encoding="utf-8")
            assert (done.returncode, done.stderr) == (0, "")
            laid = {path.relative_to(place / "share") for path in (place / "share").rglob("*") if path.is_file()}
            assert len(laid) == 4 + len(menu.SIZES) + 1
            assert all((share / name).is_file() is there for name in laid), times
            if there:
                entry = configparser.ConfigParser(interpolation=None)
                entry.read_string((share / "applications" / f"{NAME}.desktop").read_text("utf-8"))
                assert entry["Desktop Entry"]["Exec"] == f'"{place / NAME}" open %f'
                assert entry["Desktop Entry"]["TryExec"] == str(place / NAME)


@pytest.mark.skipif(sys.platform == "win32", reason="a script of sh")
def test_a_folder_that_no_menu_entry_can_name_is_refused(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / 'a "b"' / NAME
    place.parent.mkdir()
    shutil.move(folder, place)
    menu.lay_for_one_user(place, ".TH X 1\n", MOMENT)
    env = {"PATH": os.defpath, "XDG_DATA_HOME": str(tmp_path / "share")}
    done = subprocess.run(["sh", place / "install.sh"], env=env, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "share").exists()


def test_a_package_is_the_same_whenever_it_is_made(folder: Path, tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        tree.stage(folder, tmp_path / name, ".TH X 1\n", MOMENT)
        made.append(tmp_path / f"{name}.deb")
        deb.build(tmp_path / name, made[-1], {"libgl1"}, MOMENT)
    assert made[0].read_bytes() == made[1].read_bytes()
    listed = subprocess.run(["dpkg-deb", "-c", made[0]], capture_output=True, encoding="utf-8", check=True).stdout
    assert f"./usr/bin/{NAME} -> ../lib/{NAME}/{NAME}" in listed
    assert all(" root/root " in line for line in listed.splitlines())
    control = subprocess.run(["dpkg-deb", "--ctrl-tarfile", made[0]], capture_output=True, check=True).stdout
    (tmp_path / "control.tar").write_bytes(control)
    with tarfile.open(tmp_path / "control.tar") as tar:
        rights = {Path(member.name).name: member.mode & 0o777 for member in tar if member.isfile()}
    assert rights == {"control": 0o644, "md5sums": 0o644, "preinst": 0o755, "prerm": 0o755}


def test_the_archive_is_the_same_whenever_it_is_made_and_says_nothing_of_who_made_it(
    folder: Path, tmp_path: Path
) -> None:
    archive.pack(folder, tmp_path / "one.tar.xz", MOMENT, 0)
    for path in folder.rglob("*"):
        os.utime(path, (1, 1), follow_symlinks=False)
    archive.pack(folder, tmp_path / "two.tar.xz", MOMENT, 0)
    assert (tmp_path / "one.tar.xz").read_bytes() == (tmp_path / "two.tar.xz").read_bytes()
    with tarfile.open(tmp_path / "one.tar.xz") as tar:
        members = {member.name: member for member in tar}
    assert list(members) == sorted(members)
    assert {(each.uid, each.gid, each.uname, each.gname, each.mtime) for each in members.values()} == {
        (0, 0, "", "", MOMENT)
    }
    assert members[f"{NAME}/{NAME}"].mode == 0o755
    assert members[f"{NAME}/_internal/libz.so"].linkname == "libz.so.1"


def test_the_instructions_for_rpm_are_of_the_same_declaration() -> None:
    text = rpm.spec({"libGL.so.1"}, MOMENT)
    assert f"Name: {NAME}\nVersion: {declaration.version()}\n" in text
    assert "Requires: libGL.so.1()(64bit)\n" in text
    assert declaration.DESCRIPTION in text
    assert str(ROOT) not in text
    assert "Recommends: libcups.so.2()(64bit)\n" in text
    [stated] = re.findall(r"^License: (.+)$", text, re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for wanted in project["dependencies"]:
        dist = metadata.distribution(re.split("[<>=]", wanted)[0])
        said = re.split(" (?:AND|OR) ", sbom.licence(dist))
        assert {*said} & {*stated.split(" AND ")}, dist.name
    assert re.search(r"^%changelog\n\* \w{3} \w{3} \d\d \d{4} .+ - .+\n- ", text, re.MULTILINE)
    assert "%post" not in text.replace("__os_install_post", "")


def test_the_instructions_can_be_followed_and_state_what_they_say(folder: Path, tmp_path: Path) -> None:
    if not shutil.which("rpmbuild"):  # `.ci/run` brings it along
        return
    tree.stage(folder, tmp_path / "root", ".TH X 1\n", MOMENT)
    (tmp_path / "spec").write_text(rpm.spec({"libGL.so.1"}, MOMENT, True), "utf-8")
    made = rpm.build(tmp_path / "spec", tmp_path / "root", tmp_path / "work", tmp_path, MOMENT)
    assert made.name == rpm.file_name()
    asked = [
        "rpm",
        "-qp",
        "--dbpath",
        str(tmp_path / "db"),
        "--qf",
        "%{LICENSE}\\n[%{RECOMMENDS}\\n][%{FILENAMES}\\n][%{CHANGELOGTEXT}\\n]",
        str(made),
    ]
    told = subprocess.run(asked, capture_output=True, encoding="utf-8", check=True).stdout.splitlines()
    assert told[0] == declaration.LICENCES
    assert "libcups.so.2()(64bit)" in told
    assert f"/usr/share/metainfo/{menu.COMPONENT}.metainfo.xml" in told
    assert not any("lintian" in line for line in told)
    assert told[-1].startswith(f"- AVRR Desktop {__version__}")


def test_what_is_pressed_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    for quick in (True, False):
        pressing(Path("x.deb"), quick)
    assert capsys.readouterr().out == "Pressing x.deb.\nPressing x.deb: this takes minutes.\n"


def test_without_rpmbuild_one_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "never built here" in refused(lambda: rpm.build(tmp_path / "x.spec", tmp_path, tmp_path, tmp_path, MOMENT))
    assert "dpkg-deb is missing" in refused(lambda: deb.build(tmp_path, tmp_path / "x.deb", set(), MOMENT))


def test_a_preview_sorts_before_what_it_previews(monkeypatch: pytest.MonkeyPatch) -> None:
    for given, sorted_as in (("1.2.0", "1.2.0"), ("1.2.0rc1", "1.2.0~rc1"), ("1.2.0.dev3", "1.2.0~.dev3")):
        monkeypatch.setattr(declaration, "__version__", given)
        assert declaration.version() == sorted_as


def test_the_manual_names_every_command() -> None:
    page = manual.manual(MOMENT)
    assert f'"AVRR Desktop {__version__}"' in page
    for words in ("practice", "store create", "store restore", "escrow rescue", "case add", "pdf", "smoke\\-test"):
        assert f".SS avrr\\-desktop {words}\n" in page
    assert page.count(".SS ") == len(list(commands(cli.parser())))
    assert [line for line in page.splitlines() if line.startswith("'")] == []


def test_sums_are_what_sha256sum_checks(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"b")
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / "SHA256SUMS").write_text(sums([tmp_path / "b", tmp_path / "a"]), "ascii")
    assert (tmp_path / "SHA256SUMS").read_text("ascii").splitlines()[0].endswith("bb  a")
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path, capture_output=True).returncode == 0
    (tmp_path / "a").write_bytes(b"A")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True).returncode == 1


def test_a_package_says_of_itself_what_the_program_asks_before_it_takes_an_update(tmp_path: Path) -> None:
    package = tmp_path / f"{NAME}-{__version__}-linux-x86_64.tar.xz"
    package.write_bytes(b"package")
    beside = updates.describe(package, MOMENT)
    release = read_release(beside.read_bytes())
    assert beside.name == f"{NAME}-{__version__}-linux-x86_64.update.json"
    assert (release.version, release.schema, release.file) == (__version__, SCHEMA, package.name)
    assert (release.size, release.sha256) == (7, digest(package))
    assert (release.made.isoformat(), release.expires) == ("2026-09-21", release.made + GOOD_FOR)
    assert release.platform == platform_name()


def test_builds_are_compared_file_by_file(folder: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(folder, tmp_path / "other", symlinks=True))
    assert comparing.compare(folder, other) == []
    (other / "_internal" / "libz.so.1").write_text("Z")
    (other / "more").touch()
    (other / NAME).chmod(0o600)
    assert comparing.compare(folder, other) == [
        "differs: _internal/libz.so.1",
        f"differs: {NAME}",
        f"only in {other}: more",
    ]
    (folder / "_internal" / "libz.so").unlink()  # an archive that ships holds no links, and none is unpacked
    archive.pack(folder, tmp_path / "a.tar.xz", MOMENT, 0)
    assert comparing.compare(folder.parent, tmp_path / "a.tar.xz") == []
    assert "neither a folder nor a package" in refused(lambda: comparing.compare(folder, folder / NAME))


def test_what_is_packed_comes_whole_with_its_sums_or_not_at_all(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "licences" / "contents.cdx.json").write_text("{}", "ascii")
    out, work = folder.parent, tmp_path / "work"
    work.mkdir()
    with monkeypatch.context() as without:
        without.setenv("PATH", str(tmp_path))
        assert "dpkg-deb is missing" in refused(lambda: linux.pack(folder, work, ["tar", "deb"], False))
    assert [path.name for path in out.iterdir()] == [NAME]
    shutil.rmtree(work)
    work.mkdir()
    linux.pack(folder, work, ["tar"], True)
    named = f"{NAME}-{__version__}-linux-{platform.machine()}"
    names = {f"{named}.cdx.json", f"{named}.tar.xz", f"{named}.update.json"}
    assert {path.name for path in out.iterdir()} == {NAME, "SHA256SUMS", *names}
    assert {path.name for path in check_sums(out)} == names
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=out, capture_output=True).returncode == 0


def test_the_largest_parts_come_first(folder: Path) -> None:
    (folder / "_internal" / "PIL").mkdir()
    (folder / "_internal" / "PIL" / "x").write_bytes(bytes(2000))
    assert size_report.largest(folder)[0] == ("PIL", 2000)
    assert size_report.weight(folder) == 2000 + 1 + len("Notice\n\nof all") + len("#!/bin/sh\n")


def test_what_is_too_heavy_is_not_packed(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "a.deb"
    package.write_bytes(bytes(10))
    files = sum(1 for each in folder.rglob("*") if not each.is_symlink())
    assert size_report.on_disk(folder) == files * 4096 / (1 << 20)  # each of them begins a block
    assert size_report.refuse_heavy(folder, [package]).endswith("a.deb 0.0 MB of 47.")
    with monkeypatch.context() as less:
        less.setitem(size_report.PACKED, ".deb", 0.000_009)
        assert refused(lambda: size_report.refuse_heavy(folder, [package])).startswith("Too heavy")
    monkeypatch.setattr(size_report, "INSTALLED", 0.01)
    assert refused(lambda: size_report.refuse_heavy(folder, [package])).startswith("Too heavy")


def test_the_moment_of_a_build_is_given_or_that_of_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "123")
    assert epoch() == 123
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert "SOURCE_DATE_EPOCH" in refused(epoch)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert epoch() == epoch() > 1_700_000_000


def test_shops_for_programs_read_what_it_is() -> None:
    tree = ElementTree.fromstring(menu.METAINFO)
    assert tree.findtext("id") == menu.COMPONENT
    assert tree.findtext("launchable") == f"{NAME}.desktop"
    release = tree.find("releases/release")
    assert release is not None
    assert release.attrib == {"version": __version__, "date": BUILD_DATE}
    assert f"/usr/share/metainfo/{menu.COMPONENT}.metainfo.xml\n" in rpm.spec(set(), MOMENT)
    assert "\nVersion=1.0\n" in menu.DESKTOP  # the newest that every desktop of today's systems takes
