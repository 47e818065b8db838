"""A journey and a rescue by the command line: chosen cases go along, what changed comes back, the keys are on the stick."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from avrr_desktop.operations.cases.cases import open_case, read_case_by_number
from avrr_desktop.operations.cases.search import all_cases
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.store.check import check_store
from tests.support import office_with_keys, stores
from tests.support.folders import fingerprints
from tests.support.office_with_keys import FOUNDER, WORKER, People
from tests.support.running import CommandLine, Result

DONE, BAD_INPUT, REFUSED = 0, 3, 4


TRAVELLERS = ("--officer", "AH", "--officer", "BL")


@dataclass
class Office:
    """A closed store with two cases, and the command line of its founder."""

    cli: CommandLine
    people: People
    number: str
    other: str

    def call(self, *words: str | Path, store: Path | None = None) -> Result:
        secret = ("--passphrase-file", "-")
        return self.cli.call(*words, "--store", store or self.people.folder, *secret, stdin=FOUNDER.encode() + b"\n")

    def written(self, passphrase: str, text: str, folder: Path | None = None) -> None:
        """Write a note into the first case, as somebody at work."""
        workspace = People(folder or self.people.folder, self.people.founder).at_work(passphrase)
        new_record(workspace, "note", {"text": text}, read_case_by_number(workspace, self.number).case.uid)
        workspace.lock()

    def notes(self) -> list[str]:
        workspace = self.people.at_work(FOUNDER)
        assert check_store(workspace).sound
        found = [note.text("text") for note in read_case_by_number(workspace, self.number).notes]
        workspace.lock()
        return found


@pytest.fixture
def office(cli: CommandLine, tmp_path: Path) -> Office:
    made = office_with_keys.office(tmp_path / "office.avrr")
    home = made.at_work(FOUNDER)
    number = stores.family(home).case.text("number")
    open_case(home, {"called": "Gjoka family"}, [({"family_name": "Gjoka"}, {})])
    [other] = [line.number for line in all_cases(home) if line.number != number]
    home.lock()
    return Office(cli, made, number, other)


def test_a_journey_takes_the_named_cases_along_and_brings_back_what_changed(office: Office, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    gone = office.call("store", "travel", office.number, "--to", tmp_path / "bag", "--keys-to", stick, *TRAVELLERS)
    journey = tmp_path / "bag" / "office-journey.avrr"
    assert (gone.code, gone.err) == (DONE, "")
    assert gone.lines == [
        f"The journey store is ready in {journey}. It opens with the current passphrases of those who travel.",
        f"The key files are now in {stick}: until they are back, nobody can open the store at home.",
    ]
    assert office.call("case", "list").code == REFUSED
    assert not list(office.people.folder.glob("keys-*.json")) and len(list(stick.glob("keys-*.json"))) == 2
    there = office.call("case", "list", store=journey)
    assert [line.split("  ")[0] for line in there.lines] == [office.number]

    office.written(WORKER, "At the border: Рача", journey)
    back = office.call("store", "bring-back", journey, "--keys-from", stick)
    assert (back.code, back.err, back.lines) == (DONE, "", ["Imported: 1 entry, 1 case."])
    assert "At the border: Рача" in office.notes()
    assert not journey.exists()
    assert office.other in office.call("case", "list").out


def test_a_journey_that_is_refused_leaves_keys_and_store_as_they_are(office: Office, tmp_path: Path) -> None:
    home = office.people.folder
    before = fingerprints(home)
    inside = office.call("store", "travel", office.number, "--to", tmp_path / "bag", "--keys-to", home / "keys")
    assert inside.code == REFUSED and "next to their store" in inside.err
    unknown = office.call("store", "travel", "XX-1", "--to", tmp_path / "bag", "--keys-to", tmp_path / "stick")
    assert unknown.code == REFUSED and unknown.err.count("\n") == 1
    assert not (tmp_path / "bag").exists() and not (tmp_path / "stick").exists()
    assert {name for name in fingerprints(home) if name.startswith("keys")} == {"keys-a.json", "keys-b.json"}
    assert {name: digest for name, digest in fingerprints(home).items() if "keys" in name} == {
        name: digest for name, digest in before.items() if "keys" in name
    }
    nothing = office.call("store", "bring-back", home, "--keys-from", tmp_path)
    assert nothing.code == REFUSED and "no key files" in nothing.err


def test_work_is_rescued_out_of_the_store_that_a_restore_moved_aside(office: Office, tmp_path: Path) -> None:
    made = office.call("store", "backup", "--to", tmp_path / "backups")
    [backup] = (tmp_path / "backups").glob("*.avrr-backup")
    assert made.code == DONE
    office.written(FOUNDER, "written after the backup")
    restored = office.cli.call("store", "restore", backup, "--store", office.people.folder)
    aside = tmp_path / "office-before-restore-1.avrr"
    assert restored.code == DONE and str(aside) in restored.lines[1]
    assert "written after the backup" not in office.notes()
    held = {name: digest for name, digest in fingerprints(aside).items() if "store.db" not in name}
    rescued = office.call("store", "take-in", aside)
    assert (rescued.code, rescued.err, rescued.lines) == (DONE, "", ["Imported: 1 entry, 1 case."])
    assert "written after the backup" in office.notes()
    again = office.call("store", "take-in", aside)
    assert again.lines == ["This store already had all of it."]
    assert held.items() <= fingerprints(aside).items()


def test_a_store_of_another_office_and_the_open_store_itself_are_not_taken_in(office: Office, new_stores: Path) -> None:
    before = office.notes()
    for folder, said in ((new_stores / "office", "not a copy"), (office.people.folder, "store that is open")):
        refused = office.call("store", "take-in", folder)
        assert refused.code == REFUSED and said in refused.err
    assert office.notes() == before


def test_a_person_is_given_what_is_held_about_them(office: Office, tmp_path: Path) -> None:
    given = office.call("case", "own-data", office.number, "--person", "3", "--out", tmp_path / "for Ana")
    assert given.code == DONE and "not encrypted" in given.err
    pdf, data = (Path(line) for line in given.lines)
    assert pdf.read_bytes().startswith(b"%PDF") and "Ana" not in pdf.name
    assert "Liège" in data.read_text(encoding="utf-8") and "Марко" not in data.read_text(encoding="utf-8")
    for number in ("0", "6"):
        refused = office.call("case", "own-data", office.number, "--person", number, "--out", tmp_path / "nobody")
        assert refused.code == BAD_INPUT and "no person with this number" in refused.err
    assert not (tmp_path / "nobody").exists()


def test_what_waits_in_quarantine_is_listed_let_in_and_thrown_away(office: Office, tmp_path: Path) -> None:
    assert office.call("store", "travel", office.number, "--to", tmp_path / "bag", *TRAVELLERS).code == DONE
    journey = tmp_path / "bag" / "office-journey.avrr"
    for text in ("one", "two"):
        office.written(WORKER, text, journey)
    home = office.people.at_work(FOUNDER)
    home.store.local.set_setting("journeys", "{}")  # brought back from a backup of before the journey
    home.lock()
    assert "Nothing waits" in office.call("store", "quarantine").out
    back = office.call("store", "bring-back", journey)
    assert back.code == DONE and "2 entries were not imported" in back.out
    listed = office.call("store", "quarantine").out.splitlines()
    assert len(listed) == 2 and all(
        "Besnik Leka" in line and "was not taken on this journey" in line for line in listed
    )
    first, second = (line.split()[0] for line in listed)
    assert office.call("store", "quarantine", "--let-in", "nothing").code == REFUSED
    assert "1 entry was admitted" in office.call("store", "quarantine", "--let-in", first).out
    assert "1 entry was discarded" in office.call("store", "quarantine", "--throw-away", second).out
    assert "one" in office.notes() and "two" not in office.notes()
    assert "Nothing waits" in office.call("store", "quarantine").out
