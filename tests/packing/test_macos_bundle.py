"""The application for macOS, of which only the recipe can be tried here: Apple's tools are stand-ins that take notes."""

import ast
import os
import plistlib
from pathlib import Path

import pytest

from avrr_desktop import __version__
from avrr_desktop.locations import NAME, platform_name
from tools.packing import BuildError, check_sums, macos

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the stand-ins are of sh, and links are made")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A finished folder with the application beside it, as PyInstaller leaves both, and Apple's tools."""
    for name in ("Contents/MacOS", "Contents/Resources"):
        (tmp_path / "work" / "made" / macos.APP / name).mkdir(parents=True)
    made = tmp_path / "out" / NAME
    (made / "licences").mkdir(parents=True)
    for name in ("licences/contents.cdx.json", "licences/NOTICE.txt", "README.txt", "update-key.pub"):
        (made / name).write_text("{}", "ascii")
    (tmp_path / "bin").mkdir()
    for name in ("codesign", "hdiutil"):
        tool = tmp_path / "bin" / name
        tool.write_text(
            '#!/bin/sh\necho "${0##*/} $*" >>"$NOTES"\nfor last; do :; done\n[ -e "$last" ] || echo x >"$last"\n'
        )
        tool.chmod(0o755)
    return made


def test_the_recipe_is_one_and_its_properties_are_those_of_a_plist() -> None:
    [call] = [node for node in ast.walk(ast.parse(macos.bundle())) if isinstance(node, ast.Call)]
    given = {word.arg: ast.literal_eval(word.value) for word in call.keywords}
    assert given["version"] == __version__
    assert Path(given["icon"]).exists()
    assert plistlib.loads(plistlib.dumps(given["info_plist"]))["LSBackgroundOnly"] is False


def test_the_application_is_furnished_then_signed_then_put_into_an_image(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.defpath}")
    monkeypatch.setenv("NOTES", str(tmp_path / "notes"))
    macos.pack(folder, tmp_path / "work", macos.KINDS, True)
    notes = [line.split()[:2] for line in (tmp_path / "notes").read_text("utf-8").splitlines()]
    assert notes == [["codesign", "--force"], ["codesign", "--verify"], ["hdiutil", "create"]]
    contents = tmp_path / "work" / "image" / macos.APP / "Contents"
    for name in ("licences/NOTICE.txt", "README.txt", "update-key.pub"):
        assert (contents / "MacOS" / name).resolve() == contents / "Resources" / name
    named = f"{NAME}-{__version__}-{platform_name()}"
    assert {path.name for path in check_sums(folder.parent)} == {
        f"{named}.dmg", f"{named}.cdx.json", f"{named}.update.json"
    }  # fmt: skip


def test_elsewhere_one_sentence_says_that_it_needs_a_mac(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BuildError, match=r"^codesign is missing: .+\.$"):
        macos.pack(folder, tmp_path / "work", macos.KINDS, False)
    assert [path.name for path in folder.parent.iterdir()] == [NAME]
    macos.pack(folder, tmp_path / "none", ["folder"], False)
