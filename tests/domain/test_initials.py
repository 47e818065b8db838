"""Initials: short, proposed from names of any of our scripts, and never a piece of a passphrase."""

import pytest

from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.people.initials import fits, gives_away, proposed
from avrr_desktop.operations.access.officers import add_officer
from avrr_desktop.operations.session.records import directory, edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ardiana Hoxha", "AH"), ("Љубица Његош", "ЉЊ"), ("Марко Ђорђевић", "МЂ"), ("Ljubica Njegoš", "LjNj"), ("DŽENAN LJUBIĆ", "DžLj"),
        ("Ana Petrović-Horvat", "APH"), ("Ana Marija Petrović Horvat", "AMPH"), ("Suljo", "S"), ("  ", ""), ("", ""),
        ("Ana Marija Eva Petrović Horvat", "AMEH"), ("Jan van der Berg", "JB"), ("şule çelik", "ŞÇ"), ("(Ana) Berg", "AB"),
    ],
)  # fmt: skip
def test_initials_are_proposed_from_a_name(name: str, initials: str) -> None:
    assert proposed(name) == initials
    assert fits(proposed(name))


@pytest.mark.parametrize(("text", "good"), [
    ("", True), ("A", True), ("ABCD", True), ("A. B. C.", True), ("LjNjDžA", True), ("ЉЊЏА", True), ("AH2", True),
    ("ABCDE", False), ("horse battery staple", False), ("…", False), ("A" + " " * 20, False),
])  # fmt: skip
def test_initials_have_one_to_four_letters(text: str, good: bool) -> None:
    assert fits(text) is good


def test_every_way_to_write_an_officer_refuses_longer_initials_and_those_of_before_are_read(
    workspace: Workspace,
) -> None:
    long = {"name": "Besa Leka", "initials": "battery staple"}
    with pytest.raises(BadInputError):
        new_record(workspace, "officer", long)
    [first] = directory(workspace, "officer")[:1]
    with pytest.raises(BadInputError):
        edit_record(workspace, first, {"initials": "ABCDE"})
    with pytest.raises(BadInputError):
        add_officer(workspace, "Besa Leka", "ABCDE")
    assert len(directory(workspace, "officer")) == 1
    assert first._replace(values={**first.values, "initials": "ABCDE"}).text("initials") == "ABCDE"


@pytest.mark.parametrize(("text", "piece"), [
    ("correct horse battery staple", True), ("battery staple", True), ("Battery Staple", True), ("Ana Hoxha battery st", True),
    ("horse", True), ("Ana", False), ("Ana Hoxha", False), ("AH", False), ("", False),
])  # fmt: skip
def test_a_piece_of_the_passphrase_is_seen(text: str, piece: bool) -> None:
    assert gives_away(text, "correct horse battery staple") is piece
    assert not gives_away(text, "")
