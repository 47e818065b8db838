"""Six thousand odd inputs to everything that reads what people type or what lies in files."""

from pathlib import Path

import pytest

from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.procedure import pack_file
from avrr_desktop.operations.cases.cases import open_case
from avrr_desktop.operations.cases.search import find
from avrr_desktop.operations.computer import shipped_packs
from avrr_desktop.operations.session.workspace import Workspace
from tools.rigs import fuzz
from tools.rigs.seeds import seeded

INPUTS = 6_000  # of each run, each of its own; the long one is by command


def test_G9_whatever_is_read_gives_a_result_or_an_error_in_words(tmp_path: Path) -> None:
    seed = seeded("test_fuzz").randrange(10**6)
    print(f"python -m tools.rigs.fuzz --inputs {INPUTS} --seed {seed}")
    outcome = fuzz.run(tmp_path, INPUTS, seed)
    print(outcome.line())
    assert outcome.problems == []
    assert outcome.inputs == INPUTS
    assert len(outcome.fed) == 8
    assert min(outcome.fed.values()) > 30
    assert INPUTS * 0.1 < outcome.refused < INPUTS * 0.6, "some inputs are wrong and some are right"


@pytest.mark.parametrize("typed", ["Pa\u19b5c", "00987654\u2474", "1e999\u1fe47\u010d1-c9", "12-\u2490", "\u1fc7 6 6"])
def test_E7_letters_that_the_engine_does_not_know_are_searched_all_the_same(workspace: Workspace, typed: str) -> None:
    made = open_case(workspace, {}, [({"family_name": typed, "phone": typed}, {})])
    [member] = workspace.store.reader.case_file(made.case).members
    assert member.person.uid in {hit.uid for hit in find(workspace, typed)}


@pytest.mark.parametrize(
    ("table", "key", "wrong"),
    [("published_figure", "", 7), ("published_figure", "", ["x"]), ("steps", "basis", ["found"]),
     ("steps", "verification_status", {"a": 1}), ("published_figure", "parts", 3),
     ("published_figure", "parts", {"AL": "x"}), ("published_figure", "stated_total", "x")],
)  # fmt: skip
def test_G9_a_wrong_type_in_a_pack_is_told_with_its_table(table: str, key: str, wrong: object) -> None:
    below, over = shipped_packs.toml("generic"), {**shipped_packs.toml("practice")}
    figures = [dict(figure) for figure in over["published_figure"]]
    steps = {name: dict(step) for name, step in below["steps"].items()}
    if not key:
        over[table] = wrong
    elif table == "steps":
        steps[next(iter(steps))][key] = wrong
    else:
        figures[0][key] = wrong
        over["published_figure"] = figures
    with pytest.raises(BadInputError) as refused:
        pack_file.parse([("generic.toml", {**below, "steps": steps}), ("practice.toml", over)])
    assert str(refused.value.values["table"]).startswith(table)
