"""A policy in the registry of Windows: read through functions of the same form, as no Windows is at hand."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from avrr_desktop.cli import main as cli
from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.operations.computer import policy_file
from avrr_desktop.operations.computer.policy_file import REGISTRY, read_policy, read_policy_here
from avrr_desktop.operations.computer.policy_registry import PLACE, Document, meant, read_tree

SZ, DWORD, MULTI = 1, 4, 7


@dataclass
class Branch:
    """A key of a registry: its values, and the keys below it. It is closed after each use."""

    values: list[tuple[str, object, int]] = field(default_factory=list)
    below: "dict[str, Branch]" = field(default_factory=dict)

    def __enter__(self) -> "Branch":
        return self

    def __exit__(self, *_: object) -> None:
        pass


class Registry:
    """What ``winreg`` offers, over a tree in memory."""

    HKEY_LOCAL_MACHINE, KEY_READ, KEY_WOW64_64KEY = Branch(), 1, 2

    def __init__(self, tree: Branch | None) -> None:
        self.HKEY_LOCAL_MACHINE = Branch(below={} if tree is None else {PLACE: tree})

    def OpenKey(self, key: Branch, name: str, _reserved: int, access: int) -> Branch:
        assert access == 3  # the place of programs of 64 bits
        if name not in key.below:
            raise FileNotFoundError
        return key.below[name]

    def QueryInfoKey(self, key: Branch) -> tuple[int, int, int]:
        return len(key.below), len(key.values), 0

    def EnumKey(self, key: Branch, number: int) -> str:
        return list(key.below)[number]

    def EnumValue(self, key: Branch, number: int) -> tuple[str, object, int]:
        return key.values[number]


TREE = Branch(
    [("policy", 1, DWORD)],
    {"office": Branch([("code", "TIR", SZ)]), "lock": Branch([("minutes", 5, DWORD)]),
     "exports": Branch([("allowed", ["password", "sealed"], MULTI)]), "printing": Branch([("allowed", 0, DWORD)])},
)  # fmt: skip


def lay(monkeypatch: pytest.MonkeyPatch, tree: Branch | None) -> None:
    monkeypatch.setattr(policy_file, "registered", lambda: read_tree(Registry(tree)))


def test_a_policy_of_the_registry_holds_as_one_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    lay(monkeypatch, TREE)
    found, where = read_policy_here()
    assert where == REGISTRY == "HKLM\\Software\\Policies\\AVRR Desktop"
    assert found.problems == ()
    assert (found.office, found.lock_minutes, found.printing) == ({"code": "TIR"}, 5, False)
    assert found.exports == frozenset({"password", "sealed"})


def test_a_wrong_line_of_the_registry_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(monkeypatch, Branch([("policy", 1, DWORD)], {"lock": Branch([("minutes", "5", SZ)])}))
    assert not read_policy().may_leave("plain")
    assert cli.main(["policy", "check"]) == 3
    said = capsys.readouterr().out
    assert "Not valid: lock.minutes" in said
    assert REGISTRY in said


@pytest.mark.parametrize("tree", [None, Branch()])
def test_without_it_the_file_is_asked(tree: Branch | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    assert read_tree(Registry(tree)) is None
    lay(monkeypatch, tree)
    monkeypatch.setattr(policy_file, "policy_file", lambda: tmp_path / "none.toml")
    with pytest.raises(BadInputError, match="no policy file"):
        read_policy_here()


def test_a_registry_that_cannot_be_read_closes_every_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed() -> Document | None:
        raise PermissionError

    monkeypatch.setattr(policy_file, "registered", closed)
    assert not read_policy().may_leave("plain")


def test_only_a_key_that_is_true_or_false_is_read_as_such() -> None:
    assert meant("printing.allowed", 1) is True
    assert meant("printing.allowed", 2) == 2
    assert meant("roles.second_person_days", 1) == 1
    assert type(meant("roles.second_person_days", 1)) is int
    assert meant("nothing.known", 0) == 0
