"""Many cases leave by the command line only with the passphrase of a second person."""

from pathlib import Path

from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.session.access_log import accesses
from tests.support import office_with_keys
from tests.support.office_with_keys import FOUNDER, SECOND, WORKER
from tests.support.running import CommandLine


def test_many_cases_leave_with_the_passphrase_of_another_supervisor(cli: CommandLine, tmp_path: Path) -> None:
    office = office_with_keys.office(tmp_path / "office.avrr")
    founder = office.at_work(FOUNDER)
    for _ in range(20):
        add_case_document(founder, {"case": {"called": "Leka"}, "person": [{"family_name": "Leka"}]})
    founder.lock()
    files = {}
    for name, passphrase in (("own", FOUNDER), ("second", SECOND), ("worker", WORKER)):
        files[name] = tmp_path / name
        files[name].write_text(passphrase + "\n", encoding="utf-8")
    out = tmp_path / "out"
    command = ("pdf", "--all", "--out", out, "--store", office.folder, "--passphrase-file", files["own"])
    alone = cli.call(*command)
    assert alone.code == 4 and "second person" in alone.err
    for wrong in ("own", "worker"):
        refused = cli.call(*command, "--second-passphrase-file", files[wrong])
        assert refused.code == 4 and "another supervisor" in refused.err
    assert not out.exists()
    written = cli.call(*command, "--second-passphrase-file", files["second"])
    assert written.code == 0 and len(list(out.glob("*.pdf"))) == 20
    founder = office.at_work(FOUNDER)
    assert accesses(founder)[0].text("second") == office.second
    founder.lock()
