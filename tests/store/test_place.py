"""Stores are refused where they would be copied or written over a network, with the reason."""

from pathlib import Path

import pytest

from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.operations.store.create import create_store
from avrr_desktop.store.folder.location_rules import cloud_of, on_network, refuse_place

OFFICE = {"name": "Tirana office", "code": "TIR", "country": "AL"}


@pytest.mark.parametrize(
    "name", ["OneDrive", "OneDrive - Office", "Dropbox", "Google Drive", "Nextcloud", "iCloudDrive"]
)
def test_a_folder_of_a_cloud_service_is_refused_with_its_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(RefusedError) as said:
        create_store(tmp_path / name / "deep" / "office.avrr", "five words that belong nobody", dict(OFFICE))
    assert said.value.values == {"folder": name}
    assert not (tmp_path / name).exists()


def test_a_folder_that_carries_the_mark_of_a_service_is_refused(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / ".nextcloudsync.log").write_text("", encoding="ascii")
    assert cloud_of(tmp_path / "papers" / "office.avrr") == "papers"
    assert cloud_of(tmp_path / "cases" / "office.avrr") == ""


def test_a_network_share_is_refused(tmp_path: Path) -> None:
    share = tmp_path / "share with a space"
    mounts = tmp_path / "mounts"
    written = str(share).replace(" ", "\\040")
    mounts.write_text(f"disk / ext4 rw 0 0\n//server/x {written} cifs rw 0 0\n", encoding="utf-8")
    assert on_network(share / "office.avrr", mounts)
    assert not on_network(tmp_path / "office.avrr", mounts)
    assert not on_network(tmp_path, tmp_path / "no such file")


def test_an_ordinary_folder_is_no_reason(tmp_path: Path) -> None:
    refuse_place(tmp_path / "office.avrr")
