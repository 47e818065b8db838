"""The policy of a computer in the verbs: what a new store begins with, where backups go, what may leave."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from avrr_desktop import locations
from avrr_desktop.cli import main as cli
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.redaction import FULL, RETURNEE
from avrr_desktop.domain.errors import ExpectedError, RefusedError
from avrr_desktop.domain.policy import EXPORTS, KEYS, Policy
from avrr_desktop.keys import slots
from avrr_desktop.keys.escrow import NEEDED, new_escrow
from avrr_desktop.language import Language
from avrr_desktop.locations import data_folder, default_store
from avrr_desktop.operations.access.recovery import needs_recovery_code, open_by_escrow
from avrr_desktop.operations.computer import policy_file
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.computer.policy_file import (
    example,
    own_store,
    policy_lines,
    read_policy,
    read_policy_at,
    store_was_there,
)
from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.operations.computer.version_memory import read_memory
from avrr_desktop.operations.documents.export_policy import check_paper, ways_out
from avrr_desktop.operations.documents.printing import (
    SUMMARY,
    case_pdf,
    finished_copy,
    hand_over,
    put_in_outbox,
    write_pdfs,
)
from avrr_desktop.operations.exchange.journey import take_along
from avrr_desktop.operations.program.update.offer import update_key
from avrr_desktop.operations.reports.registers import save_table
from avrr_desktop.operations.reports.reporting import cases_by_country
from avrr_desktop.operations.session.unlocking import change_passphrase, check_passphrase, unlock
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.backups import (
    back_up_if_needed,
    backup_folder,
    backups,
    choose_backup_folder,
    make_backup,
)
from avrr_desktop.operations.store.create import create_store
from avrr_desktop.operations.store.opening import open_store, open_unlocked
from tests.support.folders import ROOT
from tests.support.stores import office_workspace

PASSPHRASE = "three boats under a grey bridge"
Write = Callable[[str], Path]


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Return a function that lays a policy where this computer looks for it."""
    place = tmp_path / "etc" / "policy.toml"
    place.parent.mkdir(mode=0o755)
    for module in (locations, policy_file):
        monkeypatch.setattr(module, "policy_file", lambda: place)

    def write(text: str) -> Path:
        place.write_text(text, "utf-8")
        place.chmod(0o644)
        return place

    return write


def open_office(folder: Path) -> Workspace:
    """Found an office's store as the window does."""
    office = {"name": "Zyra e Tiranës", "code": "TIR", "country": "AL"}
    return create_store(folder, PASSPHRASE, dict(office), {"name": "Arta Hoxha", "initials": "AH"})


def test_a_computer_without_a_policy_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_file, "policy_file", lambda: tmp_path / "none.toml")
    assert read_policy() == Policy()
    with pytest.raises(ExpectedError, match="no policy file"):
        read_policy_at(tmp_path / "none.toml")


def test_what_cannot_be_read_names_its_line(written: Write) -> None:
    path = written("policy = 1\n[office\n")
    [problem] = read_policy_at(path).problems
    assert problem.values == {"line": 2}
    path.write_bytes(b"\xff\xfex")
    assert read_policy().problems


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_that_windows_own_shell_wrote_is_read(written: Write, encoding: str) -> None:
    text = 'policy = 1\r\n[office]\r\nname = "Zyra e Tiranës"\r\n'
    written("").write_bytes(text.encode(encoding))
    assert read_policy() == Policy(office={"name": "Zyra e Tiranës"})


def test_the_example_has_every_key_and_holds_once_the_keys_are_real(tmp_path: Path) -> None:
    text = example(Language())
    assert [key.name for key in KEYS if f"# {key.name} = " not in text] == []
    real = text.replace("# ", "", 0).replace("age1…", new_escrow().recipient)
    real = real.replace("RWQ…", "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3")
    for key in KEYS:
        real = real.replace(f"# {key.name} = ", f"{key.name} = ")
    (tmp_path / "policy.toml").write_text(real, "utf-8")
    found = read_policy_at(tmp_path / "policy.toml")
    assert found.problems == ()
    assert len(policy_lines(found, Language())) == len(KEYS)


def test_a_new_store_takes_pack_and_escrow_from_the_policy(written: Write, tmp_path: Path) -> None:
    pack = tmp_path / "office-pack.toml"
    pack.write_text(
        '[pack]\nkey = "office"\nschema = 1\nversion = 1\ntitle = "Tirana"\n\n[codes.note_kind]\nvisit = "Home visit"\n'
    )
    escrow = new_escrow()
    written(f'policy = 1\n[office]\npack = "{pack}"\n[escrow]\nkey = "{escrow.recipient}"\n')
    made = open_office(tmp_path / "a.avrr")
    try:
        assert made.pack.codes["note_kind"]["visit"] == "Home visit"
        assert not needs_recovery_code(made)  # the escrow is the way back in
    finally:
        made.lock()
    keys, _ = open_by_escrow(tmp_path / "a.avrr", escrow.shares[:NEEDED])
    assert keys.file.slots[-1].kind == slots.ESCROW


def test_a_pack_that_cannot_be_taken_leaves_nothing_half_made(written: Write, tmp_path: Path) -> None:
    written(f'policy = 1\n[office]\npack = "{tmp_path / "gone.toml"}"\n')
    with pytest.raises(ExpectedError, match="could not be read"):
        open_office(tmp_path / "a.avrr")
    assert not (tmp_path / "a.avrr").exists()
    assert not store_was_there(tmp_path / "a.avrr")


def test_backups_go_where_the_policy_says(written: Write, tmp_path: Path) -> None:
    written(f'policy = 1\n[backups]\nfolder = "{tmp_path / "stick"}"\n')
    made = open_office(tmp_path / "a.avrr")
    try:
        assert backup_folder(made) == tmp_path / "stick"
        with pytest.raises(RefusedError, match="sets the folder for backups"):
            choose_backup_folder(made, tmp_path / "elsewhere")
        backup = back_up_if_needed(made)
        assert backup is not None
        assert backup.path.is_relative_to(tmp_path / "stick")
    finally:
        made.lock()


@pytest.fixture
def closed(written: Write, tmp_path: Path) -> Workspace:
    """An office's store on a computer whose policy leaves one way open: closed for one recipient."""
    written('policy = 1\n[exports]\nallowed = ["sealed"]\n')
    workspace = office_workspace(tmp_path / "closed.avrr")
    workspace.policy = read_policy()
    return workspace


def test_what_the_policy_closes_does_not_leave(closed: Workspace, tmp_path: Path) -> None:
    from tests.support.stores import family

    try:
        case_file: CaseFile = family(closed)
        document = put_in_outbox(closed, case_file, case_pdf(closed, case_file))
        table = cases_by_country(closed, "2026-01-01", "2027-01-01")
        out = tmp_path / "out"
        out.mkdir()
        tries: dict[str, Callable[[], object]] = {
            "plain": lambda: hand_over(closed, document, out, "Registry office"),
            "password": lambda: hand_over(closed, document, out, "Registry office", closing="password"),
            "many": lambda: write_pdfs(closed, [case_file.case.uid], out, lambda done, of: True),
            "table": lambda: save_table(closed, table, out / "table.csv"),
            "journey": lambda: take_along(closed, [case_file.case.uid], out),
        }
        for way, work in tries.items():
            with pytest.raises(RefusedError, match="policy of this computer"):
                work()
            assert list(out.iterdir()) == [], way
        sealed = hand_over(closed, document, out, "Head office", closing="sealed", recipient_key=new_escrow().recipient)
        assert sealed.path.exists()
        assert ways_out(closed, ("password", "sealed", "plain")) == ("sealed",)
    finally:
        closed.lock()


def test_a_store_that_nobody_names_lies_where_the_policy_says_unless_it_lay_elsewhere_before(
    written: Write, tmp_path: Path
) -> None:
    written(f'policy = 1\n[stores]\nfolder = "{tmp_path / "AVRR"}"\n')
    there = tmp_path / "AVRR" / "office.avrr"
    assert own_store() == there
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE + "\n", "utf-8")
    office = ["--office", "Zyra e Tiranës", "--code", "TIR", "--country", "AL", "--programme", "be_admin"]
    make = ["store", "create", "--passphrase-file", str(secret), "--officer", "Arta Hoxha", *office]
    assert cli.main(make) == 0
    assert store_was_there(there)
    assert not store_was_there(default_store())
    shutil.copytree(there, default_store())
    assert own_store() == there
    shutil.rmtree(there)
    assert own_store() == default_store()
    assert own_store(Policy()) == default_store()


def test_the_policy_asks_for_longer_passphrases_and_never_for_shorter_ones(written: Write, tmp_path: Path) -> None:
    written(f"policy = 1\n[passphrase]\nleast = {len(PASSPHRASE) + 1}\n")
    with pytest.raises(RefusedError, match="too short"):
        open_office(tmp_path / "a.avrr")
    written(f"policy = 1\n[passphrase]\nleast = {len(PASSPHRASE)}\n")
    open_office(tmp_path / "a.avrr").lock()
    assert not unlock(tmp_path / "a.avrr", PASSPHRASE).weak
    written(f"policy = 1\n[passphrase]\nleast = {len(PASSPHRASE) + 1}\n")
    assert unlock(tmp_path / "a.avrr", PASSPHRASE).weak  # it still opens, and is told
    with pytest.raises(RefusedError, match="too short"):
        change_passphrase(tmp_path / "a.avrr", PASSPHRASE, PASSPHRASE[:-1])
    written("policy = 1\n[passphrase]\nleast = 3\n")
    with pytest.raises(RefusedError, match="too short"):
        check_passphrase("boats, bridge")


def test_as_many_backups_stay_as_the_policy_says(written: Write, tmp_path: Path) -> None:
    written("policy = 1\n[backups]\nkept = 12\n")
    made = open_office(tmp_path / "a.avrr")
    try:
        for _ in range(14):
            make_backup(made)
        assert len(backups(made)) == 12
        made.policy = Policy()
        make_backup(made)
        assert len(backups(made)) == 10
    finally:
        made.lock()


def test_where_printing_is_closed_only_what_a_person_may_have_goes_on_paper(written: Write, tmp_path: Path) -> None:
    from tests.support.stores import family

    written("policy = 1\n[printing]\nallowed = false\n")
    made = office_workspace(tmp_path / "a.avrr")
    made.policy = read_policy()
    try:
        case_file: CaseFile = family(made)
        with pytest.raises(RefusedError, match="on paper"):
            finished_copy(made, case_file, SUMMARY, FULL, "", "printed")
        with pytest.raises(RefusedError, match="on paper"):
            check_paper(made)
        finished_copy(made, case_file, SUMMARY, RETURNEE, "", "printed")
        finished_copy(made, case_file, SUMMARY, FULL, "", "kept")
        made.policy = Policy()
        finished_copy(made, case_file, SUMMARY, FULL, "", "printed")
    finally:
        made.lock()


def test_a_practice_store_is_not_bound(written: Write, tmp_path: Path) -> None:
    from datetime import date

    from avrr_desktop.operations.practice.practice import PracticeOptions, create_practice

    written("policy = 1\n[exports]\nallowed = []\n")
    made = create_practice(tmp_path / "p.avrr", PracticeOptions(date(2026, 6, 15)), Language())
    try:
        assert all(made.policy.may_leave(way) for way in EXPORTS)
    finally:
        made.lock()


def test_settings_stay_within_the_policy(written: Write) -> None:
    written('policy = 1\n[languages]\noffered = ["en"]\n[lock]\nminutes = 5\n')
    assert Settings().within(read_policy()) == Settings(language="en", look="system", size=100, lock_minutes=5)
    assert Settings(language="sq", look="dark", size=125, lock_minutes=30).within(read_policy()) == Settings(
        language="en", look="dark", size=125, lock_minutes=5
    )
    assert Settings(language="en", look="dark", size=125, lock_minutes=2).within(read_policy()) == Settings(
        language="en", look="dark", size=125, lock_minutes=2
    )


def test_a_store_is_made_without_a_question(written: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret, store = tmp_path / "secret", tmp_path / "office.avrr"
    secret.write_text(PASSPHRASE + "\n", "utf-8")
    words = ["store", "create", "--store", str(store), "--passphrase-file", str(secret), "--officer", "Arta Hoxha"]
    written("policy = 1\n")
    assert cli.main(words) == 3
    assert "set them in the policy of this computer" in capsys.readouterr().err
    written('policy = 1\n[office]\nname = "Zyra e Tiranës"\ncode = "TIR"\ncountry = "AL"\nprogramme = "be_admin"\n')
    assert cli.main(words) == 0
    made = open_store(store, PASSPHRASE)
    try:
        office = made.office
        assert office is not None
        assert [office.text(key) for key in ("name", "code", "country", "programme")] == [
            "Zyra e Tiranës", "TIR", "AL", "be_admin",
        ]  # fmt: skip
    finally:
        made.lock()


def test_the_command_says_what_holds_and_what_does_not(
    written: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written('policy = 1\n[office]\ncode = "TIR"\n')
    assert cli.main(["policy", "check"]) == 0
    assert "Three letters that are part of every case number: TIR" in capsys.readouterr().out
    path.write_text('policy = 1\n[office]\ncode = "Tir"\n[lok]\nminutes = 5\n', "utf-8")
    assert cli.main(["policy", "check", str(path)]) == 3
    said = capsys.readouterr().out
    assert "Not valid: office.code: must be three letters" in said
    assert "Not valid: lok.minutes: unknown table; possible tables: office," in said
    path.write_text(f'policy = 1\n[office]\npack = "{tmp_path / "gone.toml"}"\n', "utf-8")
    assert cli.main(["policy", "check"]) == 3
    assert "Missing, so no store can be created" in capsys.readouterr().out
    assert cli.main(["policy", "example"]) == 0
    assert capsys.readouterr().out.startswith("policy = 1\n")


def test_a_link_to_a_policy_that_is_not_there_just_now_closes_what_it_wanted_to_close(written: Write) -> None:
    path = written("policy = 1\n")
    path.unlink()
    path.symlink_to("/mnt/not-mounted/policy.toml")
    assert not read_policy().may_leave("plain")
    path.unlink()
    assert read_policy().may_leave("plain")
    path.write_text("a = " + "[" * 5000, "utf-8")
    assert read_policy().problems


def test_a_policy_that_does_not_hold_may_have_changed_the_key_of_updates(written: Write) -> None:
    written('policy = 1\n[update]\nkey = "RWtyped-wrong"\n')
    with pytest.raises(RefusedError, match="no update can be trusted"):
        update_key(read_policy())


def test_nobody_is_kept_out_because_the_folder_of_the_policy_is_not_there(written: Write, tmp_path: Path) -> None:
    store = Path(shutil.copytree(ROOT / "tests" / "golden" / "stores" / "0.1.0.avrr", tmp_path / "old.avrr"))
    (tmp_path / "file").touch()
    written(f'policy = 1\n[backups]\nfolder = "{tmp_path / "file" / "backups"}"\n')
    keys = unlock(store, PRACTICE_PASSPHRASE)
    office = replace(keys, file=replace(keys.file, kind=slots.OFFICE))
    open_unlocked(store, office).lock()
    [migrated] = read_memory().migrated
    assert Path(migrated.backup).parent == data_folder() / "backups"


def test_a_policy_that_decides_nothing_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("policy = 1\n", encoding="utf-8")
    assert cli.main(["policy", "check", str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "It sets nothing: all keys are missing."
    path.write_text("policy = 1\n[lock]\nminutes = 5\n", encoding="utf-8")
    assert cli.main(["policy", "check", str(path)]) == 0
    assert "sets nothing" not in capsys.readouterr().out


def test_the_example_is_written_as_a_file_and_never_over_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert cli.main(["policy", "example", "--out", str(tmp_path / "policy.toml")]) == 0
    first, second = sorted(tmp_path.glob("policy*.toml"))
    assert first.read_text("utf-8") == second.read_text("utf-8") == example(Language())
    assert capsys.readouterr().out.count("Written: ") == 2


def test_a_backup_folder_that_is_not_there_is_told(
    written: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(f'policy = 1\n[backups]\nfolder = "{tmp_path / "stick"}"\n')
    assert cli.main(["policy", "check"]) == 0
    assert f"backups cannot be saved there: {tmp_path / 'stick'}" in capsys.readouterr().out
    (tmp_path / "stick").mkdir()
    assert cli.main(["policy", "check"]) == 0
    assert "cannot be saved there" not in capsys.readouterr().out
