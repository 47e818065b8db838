"""``case show``: as text for whoever reads, as JSON for whoever may print everything."""

from pathlib import Path

from tests.support import office_with_keys, stores
from tests.support.office_with_keys import FOUNDER, READER, WORKER
from tests.support.running import CommandLine


def test_the_command_line_shows_json_to_whoever_may_and_text_to_whoever_reads(cli: CommandLine, tmp_path: Path) -> None:
    office = office_with_keys.office(tmp_path / "office.avrr")
    founder = office.at_work(FOUNDER)
    number = stores.family(founder).case.text("number")
    founder.lock()
    said = {}
    for name, passphrase in (("founder", FOUNDER), ("worker", WORKER), ("reader", READER)):
        file = tmp_path / name
        file.write_text(passphrase + "\n", encoding="utf-8")
        command = ("case", "show", number, "--store", office.folder, "--passphrase-file", file)
        assert cli.call(*command).code == 0
        said[name] = cli.call(*command, "--json")
    assert said["founder"].code == 0 and "009876543" in said["founder"].out
    for name in ("worker", "reader"):
        assert said[name].code == 4 and said[name].out == "" and "Your role does not allow" in said[name].err
