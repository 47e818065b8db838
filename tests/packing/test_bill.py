"""The list of contents and the licences: every component with its version, its URL, its hash and its words."""

import hashlib
import json
import re
import tomllib
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

import build_installer
from avrr_desktop.locations import NAME
from tools.packing import BuildError, licences, sbom

ROOT = Path(build_installer.__file__).parent
MOMENT = 1_790_000_000


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(BuildError) as stop:
        work()
    return str(stop.value)


def test_the_bill_lists_every_package_that_the_lock_holds_for_the_program() -> None:
    document = sbom.bill([], ["libX11.so.6"], MOMENT)
    listed = {each["name"]: each for each in document["components"]}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lock = sbom.locked((ROOT / "requirements.lock").read_text("utf-8"))
    for wanted in project["dependencies"]:
        assert sbom.plain(re.split("[<>=]", wanted)[0]) in listed
    only_dev = {sbom.plain(dist.name) for dist in sbom.runtime(project["optional-dependencies"]["dev"])}
    assert {name for name in lock if name not in only_dev and "sys_platform" not in name} - listed.keys() <= {
        "colorama", "macholib", "pefile", "pywin32-ctypes",  # of other systems
    }  # fmt: skip
    for name, each in listed.items():
        if each["bom-ref"].startswith("pkg:"):
            assert each["version"] == lock[name][0]
            hashes = [
                entry.get("value") or entry["content"]
                for entry in [*each.get("properties", ()), *each.get("hashes", ())]
            ]
            assert hashes and set(hashes) <= set(lock[name][1])
            assert each["licenses"] != [{"license": {"name": ""}}], name
    assert listed["libX11.so.6"]["type"] == "library"
    assert sbom.written(document) == sbom.written(sbom.bill([], ["libX11.so.6"], MOMENT))


def test_the_bill_answers_whether_a_published_weakness_is_in_here(tmp_path: Path) -> None:
    (tmp_path / "libX11.so.6").write_bytes(b"x")
    typing = metadata.distribution("typing_extensions")
    ships = [str(typing.locate_file(file)) for file in typing.files or ()]
    ships += [f"/libs/{name}-1.so" for name in ("libfreetype", "libpng16", "libzstd")]
    document = sbom.bill(ships, ["libX11.so.6"], MOMENT, folder=tmp_path)
    components = document["components"]
    for each in [*components, document["metadata"]["component"]]:
        assert each["version"] and re.fullmatch(
            r"pkg:[a-z]+/[\w./%+-]+@[\w.%+~:-]+(\?distro=[\w.-]+)?", each["purl"]
        ), each
    refs = [each["bom-ref"] for each in components]
    assert len(refs) == len(set(refs))
    named = {each["name"].lower(): each for each in components}
    for name in (
        "openssl",
        "sqlcipher",
        "sqlite",
        "qt",
        "icu",
        "pdfium",
        "qpdf",
        "zlib-ng",
        "libxml2",
        "freetype",
        "libpng",
        "zstandard",
    ):
        assert re.match(r"\d+(\.\d+)*$", named[name]["version"]), named[name]
    assert "pkg:rpm/almalinux/libjpeg-turbo@1.5.3-14.el8_10" in {each["purl"] for each in components}  # in pikepdf
    assert not {"little cms", "harfbuzz", "fribidi"} & named.keys()  # in Pillow, and their files do not ship
    assert named["age"]["purl"].startswith("pkg:cargo/age@") and "typing-extensions" in named
    assert named["cpython"]["cpe"].startswith("cpe:2.3:a:python:python:3.")
    assert named["libx11.so.6"]["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(b"x").hexdigest()}]
    depends = {each["ref"]: each["dependsOn"] for each in document["dependencies"]}
    assert set().union(*depends.values()) == set(refs)  # each is there because of something
    assert depends.keys() <= {*refs, NAME}
    assert "inside:sqlcipher3:OpenSSL" in next(
        some for ref, some in depends.items() if ref.startswith("pkg:pypi/sqlcipher3@")
    )


@pytest.mark.parametrize("version", [SchemaVersion.V1_5, SchemaVersion.V1_6])
def test_the_bill_is_what_cyclonedx_calls_valid(version: SchemaVersion) -> None:
    document = sbom.bill([], ["libX11.so.6", "libssl.so.3"], MOMENT)
    assert document["specVersion"] == "1.5"
    text = sbom.written(document | {"specVersion": version.to_version()})
    check = JsonStrictValidator(version)
    assert check.validate_str(text) is None
    assert check.validate_str(text.replace('"bom-ref"', '"bom_ref"')) is not None  # strict: a misspelt key is seen
    for each in document["components"]:
        read = PackageURL.from_string(each["purl"])
        assert (read.version, bool(read.name)) == (each["version"], True)


def test_a_package_has_the_hash_of_the_file_that_it_was_installed_from(tmp_path: Path) -> None:
    """As pip notes it; a file that the lock does not know is none."""
    [version, hashes] = sbom.locked((ROOT / "requirements.lock").read_text("utf-8"))["segno"]

    def noted(number: int, sha256: str) -> None:
        entry = {"metadata": {"name": "segno"}, "download_info": {"archive_info": {"hashes": {"sha256": sha256}}}}
        (tmp_path / f"wheels-{number}.json").write_text(json.dumps({"install": [entry]}), "ascii")

    def listed() -> dict[str, object]:
        components = sbom.bill([], [], MOMENT, environment=tmp_path)["components"]
        return next(each for each in components if each["bom-ref"] == f"pkg:pypi/segno@{version}")

    assert "hashes" not in listed()
    noted(0, "0" * 64)
    assert "hashes" not in listed()
    noted(1, hashes[0])
    assert listed()["hashes"] == [{"alg": "SHA-256", "content": hashes[0]}]
    assert "properties" not in listed()


def test_what_is_not_of_the_lock_is_not_packed(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["segno"]\n', "utf-8")
    (tmp_path / "requirements.lock").write_text("segno==0.1 \\\n    --hash=sha256:" + "0" * 64 + "\n", "utf-8")
    assert "the lock says 0.1" in refused(lambda: sbom.bill([], [], MOMENT, tmp_path))


def test_licences_that_metadata_leave_out_are_stated_by_us() -> None:
    for name in sbom.LICENCES:
        [dist] = [each for each in sbom.runtime([name]) if sbom.plain(each.name) == name]
        assert sbom.licence(dist) == sbom.LICENCES[name]


def test_nothing_ships_without_a_licence_in_words(tmp_path: Path) -> None:
    """The notice names every package in one line, from the table that the bill of contents uses."""
    contents = [
        ("", str(dist.locate_file(dist.files[0])), "PYMODULE")
        for dist in map(metadata.distribution, ("segno", "pyrage", "sqlcipher3", "pypdfium2", "pyinstaller", "tabulate"))
        if dist.files
    ]  # fmt: skip
    licences.add_licences(tmp_path / "licences", contents)
    notice = (tmp_path / "licences" / "NOTICE.txt").read_text("utf-8")
    for name in ("segno", "pyrage", "sqlcipher3", "pypdfium2", "pyinstaller"):
        assert re.search(rf"^{name} [\d.]+: {re.escape(sbom.LICENCES[name])}$", notice, re.MULTILINE)
    assert re.search(r"^tabulate [\d.]+: MIT$", notice, re.MULTILINE)
    for name, words in (
        ("Qt-others", "pcre2/src"), ("Qt-others", "emoji-segmenter"), ("ICU", "UNICODE LICENSE V3"), ("LGPL-3", "Version 3"),
        ("SQLCipher", "ZETETIC"),
    ):  # fmt: skip
        assert f"texts/{name}.txt" in notice
        assert words in (tmp_path / "licences" / "texts" / f"{name}.txt").read_text("utf-8")
    assert (
        f"/tree/v{metadata.version('pikepdf')}," in notice
    )  # its licence asks that whoever has it is told of its source
    silent = tmp_path / "silent-1.dist-info"
    silent.mkdir()
    for said in ("", "License: first\n second\n"):
        (silent / "METADATA").write_text(f"Metadata-Version: 2.1\nName: silent\nVersion: 1\n{said}", "utf-8")
        assert "does not say its licence" in refused(lambda: sbom.licence(metadata.Distribution.at(silent)))
