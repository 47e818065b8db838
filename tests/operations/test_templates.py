"""What an office decides over the shipped pack; a broken pack file changes nothing."""

from pathlib import Path

import pytest

from avrr_desktop.domain.errors import BadInputError, RefusedError
from avrr_desktop.operations.computer.shipped_packs import shipped
from avrr_desktop.operations.office.pack_office import (
    back_to_shipped,
    change_template,
    compare,
    confirm,
    export_pack,
    import_pack,
    mark_outdated,
    own_record,
)
from avrr_desktop.operations.session.records import new_record, remove_record
from avrr_desktop.operations.session.undo import undo
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.store.journal.comparing import tables_match
from tests.support import stores

STEP = """
[pack]
key = "ours"
schema = 1
version = 1
title = "Ours"

[codes.block_reason]
flood = "Road under water"

[steps."OURS.ASK"]
title = "Ask the neighbours"
scope = "case"
needs = ["CR.INVENTORY"]
basis = "programme"
verification_status = "unverified_default"
template_version = 3

[services.neighbours]
title = "Neighbours"
category = "COM"
steps = ["CR.INVENTORY", "OURS.ASK"]
"""


def test_a_step_is_confirmed_in_the_name_of_an_officer_and_looked_at_again(workspace: Workspace) -> None:
    confirm(workspace, "CR.ID_CARD")
    step = workspace.pack.steps["CR.ID_CARD"]
    assert step.confirmed
    assert (step.verified_by, step.verified_on, step.review_due_on) == (workspace.actor, "2026-06-15", "2027-06-15")
    assert step.version == shipped().steps["CR.ID_CARD"].version + 1
    assert [item.field for item in compare(workspace, "CR.ID_CARD")] == ["verification_status"]
    mark_outdated(workspace, "CR.ID_CARD")
    assert workspace.pack.steps["CR.ID_CARD"].verification_status == "outdated"
    back_to_shipped(workspace, "CR.ID_CARD")
    assert workspace.pack.steps["CR.ID_CARD"] == shipped().steps["CR.ID_CARD"]
    with pytest.raises(RefusedError):
        back_to_shipped(workspace, "CR.ID_CARD")
    assert tables_match(workspace.store)


def test_editing_raises_the_version_and_the_pack_is_read_again_after_opening(workspace: Workspace) -> None:
    changes = change_template(workspace, "RS.ID", {"fee": "368 dinars", "needs_papers": ["passport"]})
    step = workspace.pack.steps["RS.ID"]
    assert (step.fee, step.needs_papers, step.extends, step.country) == (
        "368 dinars",
        ("passport",),
        "CR.ID_CARD",
        "RS",
    )
    assert step.version == shipped().steps["RS.ID"].version + 1
    assert {item.field for item in compare(workspace, "RS.ID")} == {"fee", "needs_papers"}
    again = stores.reopened(workspace)
    again.read_pack()
    assert again.pack.steps["RS.ID"] == step
    undo(again, changes.change_id)
    assert again.pack.steps["RS.ID"].fee == ""


def test_there_is_one_version_of_the_office_however_it_came_and_went(workspace: Workspace) -> None:
    confirm(workspace, "CR.ID_CARD")
    back = back_to_shipped(workspace, "CR.ID_CARD")
    change_template(workspace, "CR.ID_CARD", {"fee": "5 euros"})
    assert not workspace.pack.steps["CR.ID_CARD"].confirmed, "nothing of the version before is left"
    with pytest.raises(RefusedError):
        undo(workspace, back.change_id)
    change_template(workspace, "CR.ID_CARD", {"title": "Ask for the card"})
    assert workspace.pack.steps["CR.ID_CARD"].title == "Ask for the card"
    own = [one for one in workspace.store.reader.everything("step_template") if one.text("key") == "CR.ID_CARD"]
    assert len(own) == 1
    assert own[0].conflicts is None
    assert tables_match(workspace.store)


def test_what_is_changed_is_no_longer_confirmed(workspace: Workspace) -> None:
    confirm(workspace, "CR.ID_CARD")
    change_template(workspace, "CR.ID_CARD", {"guidance": "Two photographs."})
    step = workspace.pack.steps["CR.ID_CARD"]
    assert (step.confirmed, step.verified_by, step.verified_on) == (False, "", "")


def test_nobody_undoes_what_they_may_not_do(workspace: Workspace) -> None:
    confirmed = confirm(workspace, "CR.ID_CARD")
    made = new_record(workspace, "officer", {"name": "Ben", "role": "case_worker"})
    workspace.officer = workspace.store.reader.record("officer", made.record)
    record = own_record(workspace, "CR.ID_CARD")
    assert record is not None
    with pytest.raises(RefusedError):
        undo(workspace, confirmed.change_id)
    with pytest.raises(RefusedError):
        remove_record(workspace, record, "")
    assert workspace.pack.steps["CR.ID_CARD"].confirmed


def test_what_the_office_emptied_stays_empty_where_the_file_is_read(workspace: Workspace, tmp_path: Path) -> None:
    change_template(workspace, "AL.BIRTH", {"guidance": None, "needs": None})
    new_record(workspace, "service_template", {"title": "Without a category", "steps": ["CR.INVENTORY"]})
    path = export_pack(workspace, tmp_path / "pack.toml")
    other = stores.office_workspace(tmp_path / "other.avrr")
    try:
        import_pack(other, path)
        assert (other.pack.steps["AL.BIRTH"].guidance, other.pack.steps["AL.BIRTH"].needs) == ("", ())
    finally:
        other.lock()


def test_a_second_file_changes_the_entry_that_the_first_one_made(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    for text in ("Road under water", "Bridge closed"):
        path.write_text(STEP.replace("Road under water", text), encoding="utf-8")
        import_pack(workspace, path)
        assert workspace.pack.codes["block_reason"]["flood"] == text
    assert len(workspace.store.reader.everything("list_entry")) == 1


@pytest.mark.parametrize(
    "table", ["settings = 3", '[hints]\n"a.b" = "x"', '[situations.X]\ntitle = "x"\nservices = []']
)
def test_what_an_office_cannot_take_in_is_refused_and_not_dropped(
    workspace: Workspace, tmp_path: Path, table: str
) -> None:
    path = tmp_path / "more.toml"
    text = f"{table}\n{STEP}" if "=" in table.split("\n")[0] else f"{STEP}\n{table}\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError):
        import_pack(workspace, path)
    assert workspace.pack is workspace.shipped_pack


def test_an_own_step_service_and_entry_can_be_chosen_like_shipped_ones(workspace: Workspace) -> None:
    new_record(workspace, "step_template", {"title": "Ask the mayor"})
    key = next(key for key, step in workspace.pack.steps.items() if step.title == "Ask the mayor")
    assert workspace.pack.codes["step_template"][key] == "Ask the mayor"
    new_record(workspace, "service_template", {"title": "Mayor", "category": "COM", "steps": [key, "CR.INVENTORY"]})
    service = next(item for item in workspace.pack.services.values() if item.title == "Mayor")
    assert service.steps == (key, "CR.INVENTORY")
    new_record(workspace, "list_entry", {"list": "block_reason", "label": "Road under water"})
    assert "Road under water" in workspace.pack.codes["block_reason"].values()


def test_a_case_worker_changes_no_procedure(workspace: Workspace) -> None:
    made = new_record(workspace, "officer", {"name": "Ben", "role": "case_worker"})
    workspace.officer = workspace.store.reader.record("officer", made.record)
    for verb in (lambda: confirm(workspace, "CR.ID_CARD"), lambda: change_template(workspace, "CR.ID_CARD", {"fee": "1"}),
                 lambda: new_record(workspace, "list_entry", {"list": "block_reason", "label": "x"})):  # fmt: skip
        with pytest.raises(RefusedError):
            verb()
    assert workspace.pack is workspace.shipped_pack


def test_the_sum_is_written_and_another_office_takes_it_in(workspace: Workspace, tmp_path: Path) -> None:
    change_template(workspace, "CR.ID_CARD", {"guidance": "Two photographs."})
    confirm(workspace, "AL.BIRTH")
    new_record(workspace, "step_template", {"title": "Ask the mayor", "needs": ["CR.INVENTORY"]})
    path = export_pack(workspace, tmp_path / "pack.toml")
    text = path.read_text(encoding="utf-8")
    assert workspace.actor not in text
    assert "Arta" not in text
    other = stores.office_workspace(tmp_path / "other.avrr")
    try:
        import_pack(other, path)
        assert other.pack.steps["CR.ID_CARD"].guidance == "Two photographs."
        assert other.pack.steps["AL.BIRTH"].confirmed
        own = next(step for step in other.pack.steps.values() if step.title == "Ask the mayor")
        assert own.needs == ("CR.INVENTORY",)
        assert len([key for key in shipped().steps if own_record(other, key)]) == 2, "only what differs is taken in"
        with pytest.raises(RefusedError, match="nothing"):
            import_pack(other, path)
        assert tables_match(other.store)
    finally:
        other.lock()


def test_a_pack_file_is_taken_in_as_one_change_and_undone_as_one(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(STEP, encoding="utf-8")
    changes = import_pack(workspace, path)
    assert workspace.pack.steps["OURS.ASK"].needs == ("CR.INVENTORY",)
    assert workspace.pack.services["neighbours"].steps == ("CR.INVENTORY", "OURS.ASK")
    assert workspace.pack.codes["block_reason"]["flood"] == "Road under water"
    undo(workspace, changes.change_id)
    assert workspace.pack == workspace.shipped_pack


@pytest.mark.parametrize(
    ("old", "new", "table", "key"),
    [
        ("schema = 1", "schema = 2", "pack", "schema"),
        ('title = "Ask the neighbours"', "", 'steps.OURS.ASK', "title"),
        ('title = "Ask the neighbours"', "title = 7", "steps.OURS.ASK", "title"),
        ('needs = ["CR.INVENTORY"]', 'needs = "CR.INVENTORY"', "steps.OURS.ASK", "needs"),
        ('needs = ["CR.INVENTORY"]', 'needs = ["CR.GONE"]', "steps.OURS.ASK", "CR.GONE"),
        ('needs = ["CR.INVENTORY"]', 'needs_papers = ["scroll"]', "steps.OURS.ASK", "scroll"),
        ('basis = "programme"', 'basis = "hearsay"', "steps.OURS.ASK", "basis"),
        ('basis = "programme"', 'basis = "found"', "steps.OURS.ASK", "source"),
        ('"unverified_default"', '"surely"', "steps.OURS.ASK", "verification_status"),
        ("template_version = 3", 'template_version = "3"', "steps.OURS.ASK", "template_version"),
        ('scope = "case"', 'extends = "CR.NOWHERE"', "steps.OURS.ASK", "extends"),
        ('category = "COM"', 'category = "NONE"', "services.neighbours", "category"),
        ('"CR.INVENTORY", "OURS.ASK"]', '"OURS.GONE"]', "services.neighbours", "steps: OURS.GONE"),
        ("[codes.block_reason]", "[wonders.block_reason]", "wonders", ""),
        ('flood = "Road under water"', "flood = 3", "codes.block_reason", "flood"),
    ],
)  # fmt: skip
def test_a_broken_pack_is_refused_whole_and_says_where(
    workspace: Workspace, tmp_path: Path, old: str, new: str, table: str, key: str
) -> None:
    assert old in STEP
    path = tmp_path / "broken.toml"
    path.write_text(STEP.replace(old, new, 1), encoding="utf-8")
    count = workspace.store.journal.count()
    with pytest.raises(BadInputError) as refused:
        import_pack(workspace, path)
    assert refused.value.values == {"file": "broken.toml", "table": table, "key": key}
    assert workspace.store.journal.count() == count
    assert workspace.pack is workspace.shipped_pack


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[pack", b"", b"[pack]\nschema = 1\n"])
def test_what_is_no_pack_at_all_is_refused(workspace: Workspace, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "noise.toml"
    path.write_bytes(content)
    with pytest.raises(BadInputError):
        import_pack(workspace, path)
    with pytest.raises(BadInputError):
        import_pack(workspace, tmp_path / "gone.toml")
    assert workspace.pack is workspace.shipped_pack
