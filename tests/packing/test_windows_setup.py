"""The setup for Windows: its instructions, and where makensis is, that they can be followed. No Windows is needed."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import build_installer
from avrr_desktop import __version__
from avrr_desktop.domain.release import read_release
from avrr_desktop.locations import NAME, platform_name
from tools.packing import BuildError, check_sums, freezing, metadata, nsis, sbom, windows, wine

ROOT = Path(build_installer.__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A finished application of which only the outlines are there; with names that would mean something to makensis."""
    made = tmp_path / "out" / NAME
    for name in (
        f"{NAME}.exe",
        "licences/NOTICE.txt",
        "licences/contents.cdx.json",
        "_internal/a$b/Ђ.dll",
        "_internal/c.dll",
    ):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text("{}", "utf-8")
    return made


def test_every_file_is_laid_and_taken_by_its_name(folder: Path) -> None:
    text = nsis.script(folder)
    laid = re.findall(r'^  File "(.+)"$', text, re.MULTILINE)
    taken = re.findall(r'^  Delete "\$INSTDIR\\(.+)"$', text, re.MULTILINE)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    assert sorted(map(Path, laid)) == files
    names = [str(path.relative_to(folder)).replace(os.sep, "\\").replace("$", "$$") for path in files]
    assert taken == [*names, "Uninstall.exe"]
    assert text.index('RMDir "$INSTDIR\\_internal\\a$$b"') < text.index('RMDir "$INSTDIR\\_internal"\n')


def test_data_go_only_when_it_is_said(folder: Path) -> None:
    text = nsis.script(folder)
    [whole] = re.findall(r"^ *RMDir /r .+$", text, re.MULTILINE)  # all else goes file by file
    assert whole.strip() == 'RMDir /r "$LOCALAPPDATA\\AVRR Desktop"'
    before = text[: text.index(whole)]
    assert before.rindex("Section Uninstall") < before.rindex('"/PURGE"') < before.rindex("${IfNot} ${Errors}")
    assert before.rindex('"/PURGE"') > before.rindex("SectionEnd")


def test_every_refusal_ends_before_anything_is_changed_and_is_in_the_guide(folder: Path) -> None:
    text = nsis.script(folder)
    guide = (ROOT / "docs" / "guide" / "it.md").read_text("utf-8")
    told = re.findall(r'!insertmacro Refuse (\d) "(.+)"', text)
    assert {int(code) for code, _ in told} == set(nsis.SAID)
    for code, said in told:
        assert "nothing was changed" in said.lower()
        assert said.endswith(".")
        assert re.search(rf"^\| {code} \| \w", guide, re.MULTILINE)
    for begin in ("Function .onInit", "Function un.onInit"):
        body = text[text.index(begin) :].partition("FunctionEnd")[0]
        assert body.rstrip().endswith("!insertmacro RefuseWhileOpen")


def body(text: str, begin: str, end: str) -> str:
    return text[text.index(begin) :].partition(end)[0]


def test_a_second_installation_and_an_older_version_are_refused_once_it_is_known_for_whom(folder: Path) -> None:
    text = nsis.script(folder)
    begin = body(text, "Function .onInit", "FunctionEnd")
    places = [begin.index(each) for each in ('"/ALLUSERS"', "RefuseTwice", "RefuseOlder", "RefuseWhileOpen")]
    assert places == sorted(places)
    twice = body(text, "!macro RefuseTwice", "!macroend")
    everybody, alone = twice.split("${Else}")
    assert 'EnumRegKey $1 HKU "" $0' in everybody and "ReadRegStr $4 HKLM" in alone
    assert f"Refuse {nsis.TWICE} " in everybody and f"Refuse {nsis.TWICE} " in alone
    assert alone.index("${IfNot} ${Silent}") < alone.index('"runas"') < alone.index("Refuse ")
    older = body(text, "!macro RefuseOlder", "!macroend")
    written = re.findall(r'WriteRegStr SHCTX "[^"]+" "VersionNumbers" "([\d.]+)"', text)
    assert written == [".".join(map(str, metadata.numbers()))]
    assert f'"VersionNumbers"\n  ${{If}} $4 != ""\n    ${{VersionCompare}} "$4" "{written[0]}" $0' in older
    guide = (ROOT / "docs" / "guide" / "it.md").read_text("utf-8")
    assert "VersionNumbers" in guide


def test_who_looks_is_asked_for_whom_and_who_said_it_is_not(folder: Path) -> None:
    text = nsis.script(folder)
    assert (
        text.index("MUI_PAGE_WELCOME")
        < text.index("Page custom ShowForWhom LeaveForWhom")
        < text.index("PAGE_INSTFILES")
    )
    shown = body(text, "Function ShowForWhom", "FunctionEnd")
    assert shown.index("$ForAll == 1\n    Abort") < shown.index("nsDialogs::Create")
    assert """ExecShell "runas" '"$EXEPATH"' "/ALLUSERS\"""" in body(text, "Function LeaveForWhom", "FunctionEnd")


def test_what_windows_is_told_of_files_is_taken_away_again(folder: Path) -> None:
    text = nsis.script(folder)
    laid, taken = text.split("Section Uninstall\n")
    keys = set(re.findall(r'WriteRegStr SHCTX "(Software\\Classes\\[^"]+)"', laid))
    gone = re.findall(r'DeleteRegKey SHCTX "(Software\\Classes\\[^"]+)"', taken)
    assert {"Software\\Classes\\.avrr", "Software\\Classes\\.avrr-backup"} < keys
    assert all(any(key == one or key.startswith(one + "\\") for one in gone) for key in keys)
    ours = {"Directory\\shell\\AVRRDesktop", "AVRRDesktop.Store", "AVRRDesktop.Backup", ".avrr", ".avrr-backup"}
    assert {one.removeprefix("Software\\Classes\\") for one in gone} == ours
    assert set(re.findall(r"command\" \"\" '(.+)'", laid)) == {f'"$INSTDIR\\{NAME}.exe" open "%1"'}


def test_the_program_with_a_console_is_built_and_asked_whether_it_runs(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freezing, "CONSOLE", False)
    text = freezing.spec(folder)
    ast.parse(text)
    assert f"console = EXE(pure, found.scripts, {freezing.UTF8!r}, exclude_binaries=True, name='{NAME}-cli'" in text
    assert "COLLECT(program, console, found.binaries" in text
    monkeypatch.setattr(freezing, "CONSOLE", True)
    assert "COLLECT(program, found.binaries" in freezing.spec(folder)
    asked = re.findall(r'!insertmacro RefuseWhileRuns "(.+)"', nsis.script(folder))
    assert asked == [f"{NAME}.exe", f"{NAME}-cli.exe"]


def test_the_setup_is_made_where_makensis_is(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    windows.pack(folder, tmp_path, windows.KINDS, True)
    if not shutil.which("makensis"):
        assert capsys.readouterr().out == windows.MISSING + "\n"
        return
    named = f"{NAME}-{__version__}-{platform_name()}"
    setup = folder.parent / f"{named}-setup.exe"
    assert {path.name for path in check_sums(folder.parent)} == {
        setup.name, f"{named}.cdx.json", f"{named}.update.json"
    }  # fmt: skip
    content = setup.read_bytes()
    assert content.startswith(b"MZ")
    for said in ("ProductVersion\0", f"Setup of {nsis.TITLE}\0"):
        assert said.encode("utf-16-le") in content
    assert read_release((folder.parent / f"{named}.update.json").read_bytes()).file == setup.name
    windows.compile_setup(folder, tmp_path, tmp_path / "again.exe", True)
    assert (tmp_path / "again.exe").read_bytes() == content


def test_instructions_that_cannot_be_followed_are_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nsis, "script", lambda _: "Name \n")
    if shutil.which("makensis"):
        with pytest.raises(BuildError, match=r"^makensis could not make the setup: .+\.$"):
            windows.compile_setup(folder, tmp_path, tmp_path / "setup.exe")
    monkeypatch.setenv("PATH", "")
    windows.pack(folder, tmp_path, windows.KINDS, True)
    assert [path.name for path in folder.parent.iterdir()] == [NAME]


def test_what_stands_in_for_windows_never_ships(folder: Path, tmp_path: Path) -> None:
    for name in ("icuuc.dll", "bcryptprimitives.dll", "MSCMS.dll"):
        assert not freezing.wanted(name, "win32")
        assert not freezing.wanted(f"PySide6\\{name}", "win32")
        place = folder / "_internal" / name
        place.touch()
        with pytest.raises(BuildError, match=rf"^{name} would stand in the way"):
            windows.pack(folder, tmp_path, ["folder"], True)
        place.unlink()
    assert freezing.wanted("PySide6\\Qt6Core.dll", "win32")


def test_without_a_console_any_letter_can_be_written(tmp_path: Path) -> None:
    program = (
        f"import sys\nsys.stdout = sys.stderr = None\n{freezing.STREAMS}print('Ђ \\udce9')\nprint(sys.stdout.encoding)"
    )
    (tmp_path / "program.py").write_text(program, "utf-8")
    env = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }  # as narrow as Windows' code page
    done = subprocess.run([sys.executable, tmp_path / "program.py"], env=env, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_trial_under_wine_takes_the_packages_of_the_lock() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    wanted = wine.packages(lock)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = re.findall(r"^([\w-]+)==", wanted, re.MULTILINE)
    assert {sbom.plain(re.split("[<>=]", each)[0]) for each in project["dependencies"]} < {*names}
    assert {"pefile", "pywin32-ctypes", "pyinstaller"} < {*names}  # of Windows, and of packing
    assert ";" not in wanted
    for name in names:
        assert sbom.locked(wanted)[name] == sbom.locked(lock)[name]
