"""The support file: versions, counts and codes; what was decided for the computer by key, and no value of it."""

from avrr_desktop import __version__
from avrr_desktop.domain.policy import Policy, Problem, ProblemKind
from avrr_desktop.operations.computer.version_memory import Installed, remember_installed
from avrr_desktop.operations.program.support import support_text
from avrr_desktop.operations.session.workspace import Workspace


def line(text: str, name: str) -> str:
    """Return what stands behind the first word of a line."""
    [found] = [one.removeprefix(f"{name} ") for one in text.splitlines() if one.startswith(f"{name} ")]
    return found


def test_it_says_how_the_program_came_here_and_what_was_decided(workspace: Workspace) -> None:
    text = support_text(workspace)
    assert line(text, "program") == __version__
    assert line(text, "installed") == "source, versions here 0"
    assert line(text, "policy") == "none"
    remember_installed(Installed("9.0.0", __version__, "2026-11-27T08:00:00+00:00"))
    workspace.policy = Policy(office={"name": "Zyra e Tiranës"}, exports=frozenset())
    text = support_text(workspace)
    assert line(text, "installed") == "source, versions here 1"
    assert line(text, "policy") == "holds, some ways out"
    assert "Tiran" not in text
    workspace.policy = Policy(
        problems=(Problem(ProblemKind.VALUE, "office.code", "x"), Problem(ProblemKind.UNKNOWN, "gjokaj.secret", "x"))
    )
    assert line(support_text(workspace), "policy") == "does not hold: office.code"
    workspace.policy = Policy(problems=(Problem(ProblemKind.FILE, "policy", "line {line} is not TOML", {"line": 3}),))
    assert line(support_text(workspace), "policy") == "does not hold: file"
