"""The command line, used in each role: what is theirs is done, what is not is refused in a sentence, and nothing is written."""

from pathlib import Path

import pytest

from tests.support import office_with_keys, stores
from tests.support.office_with_keys import FOUNDER, READER, WORKER, joined
from tests.support.running import CommandLine

ADMINISTRATOR = "administrator of five words"
ROLES = {"read_only": READER, "case_worker": WORKER, "supervisor": FOUNDER, "administrator": ADMINISTRATOR}

DONE, REFUSED = 0, 4
MAY = {
    ("case", "list"): set(ROLES),
    ("case", "show", "NUMBER"): set(ROLES),
    ("case", "show", "NUMBER", "--json"): {"supervisor"},
    ("pdf", "NUMBER", "--out", "OUT"): set(ROLES) - {"read_only"},
    ("store", "travel", "NUMBER", "--to", "STICK"): {"supervisor", "administrator"},
    ("store", "backup", "--to", "STICK"): set(ROLES),
    ("case", "add", "-"): set(ROLES) - {"read_only"},
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[office_with_keys.People, str]:
    office = office_with_keys.office(Path(tmp_path_factory.mktemp("roles")) / "office.avrr")
    founder = office.at_work(FOUNDER)
    joined(founder, "Arben Gashi", "administrator", ADMINISTRATOR)
    number = stores.family(founder).case.text("number")
    founder.lock()
    return office, number


@pytest.mark.parametrize("role", ROLES)
def test_each_role_does_by_the_command_line_what_is_theirs_and_nothing_else(
    cli: CommandLine, made: tuple[office_with_keys.People, str], tmp_path: Path, role: str
) -> None:
    office, number = made
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(ROLES[role] + "\n", encoding="utf-8")
    for command, roles in MAY.items():
        places = {"NUMBER": number, "OUT": str(tmp_path / "out"), "STICK": str(tmp_path / "stick")}
        words = [places.get(word, word) for word in command]
        (tmp_path / "stick").mkdir(exist_ok=True)
        result = cli.call(
            *words, "--store", office.folder, "--passphrase-file", passphrase, stdin=b'{"case": {"called": "Leka"}}'
        )
        assert result.code == (DONE if role in roles else REFUSED), (command, role, result.err)
        assert ("role does not allow" in result.err) == (role not in roles)
