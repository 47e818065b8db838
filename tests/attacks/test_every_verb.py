"""Every verb, called by everybody who may not call it; and the table of roles in docs/ROLES.md, tried anew."""

import inspect
from pathlib import Path

import pytest

from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.operations.session.grants import MAY_GIVE
from avrr_desktop.operations.session.permission import OF_ROLE, may
from tests.operations.test_permissions import public_functions
from tests.support.folders import ROOT
from tools.role_table import BEGIN, END, ROLES, Place, made, tried, whole


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return made(Path(tmp_path_factory.mktemp("roles")))


@pytest.mark.parametrize("role", [role for role in ROLES if role != "none"])
def test_no_verb_does_anything_for_whom_it_is_not(place: Place, role: str) -> None:
    workspace = place.people.at_work(place.ways[role])
    entries, called = workspace.store.journal.count(), 0
    for name, verb in public_functions():
        permission = getattr(verb, "permission", None)
        if permission is None or may(workspace, permission):
            continue
        needed = list(inspect.signature(verb).parameters.values())[1:]
        given = [None for one in needed if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD]
        named = {one.name: None for one in needed if one.default is one.empty and one.kind is one.KEYWORD_ONLY}
        with pytest.raises(RefusedError) as refused:
            verb(workspace, *given, **named)
        assert "role does not allow" in refused.value.title, name
        called += 1
    assert workspace.store.journal.count() == entries
    assert called > (70 if role in ("read_only", "forged") else 2 if role != "supervisor" else -1)
    workspace.lock()


def test_the_table_of_roles_says_what_they_may(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "ROLES.md").read_text(encoding="utf-8")
    assert page.partition(BEGIN)[2].partition(END)[0].strip() == whole(tmp_path)


def test_a_role_is_given_only_by_who_may_all_that_it_may() -> None:
    for giver, roles in MAY_GIVE.items():
        assert roles == {""} | {role for role, what in OF_ROLE.items() if what <= OF_ROLE[giver]}


def test_who_left_may_nothing_at_all(place: Place) -> None:
    assert set(tried(place, "none").values()) == {"-"}
