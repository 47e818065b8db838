"""The practice store: the published half-year as it was published, the same for everybody, and readable papers."""

import shutil
from datetime import date
from pathlib import Path

from avrr_desktop.operations.cases.search import CaseFilter, all_cases, counts
from avrr_desktop.operations.computer.closed_stores import PRACTICE_PASSPHRASE
from avrr_desktop.operations.documents.printing import PrintShop
from avrr_desktop.operations.practice.practice import PracticeOptions, create_practice
from avrr_desktop.operations.reports.reporting import cases_by_country
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.operations.store.opening import open_store
from tests.support import pdf_text
from tests.support.running import CommandLine, Result

TODAY = date(2026, 6, 15)
PUBLISHED = {"AL": 20, "BA": 1, "XK": 9, "ME": None, "MK": 5, "RS": 8}
Published = tuple[Path, Result]


def reopened(folder: Path, tmp_path: Path) -> Workspace:
    return open_store(Path(shutil.copytree(folder, tmp_path / "copy")), PRACTICE_PASSPHRASE)


def test_published_figure_is_said_as_it_was_published(published: Published) -> None:
    _, result = published
    assert result.code == 0
    assert result.err == ""
    said = [line.split(" ", 1) for line in result.out.replace("Bosnia and Herzegovina", "Bosnia").splitlines()]
    figures = {name.rstrip(":"): rest for name, rest in said[:7]}
    for country, cases in (("Albania", 20), ("Bosnia", 1), ("Kosovo*", 9), ("Serbia", 8)):
        assert figures[country].startswith(f"{cases} case")
        assert figures[country].endswith(f"(stated: {cases})")
    assert result.out.count("North Macedonia: 5 cases") == 1
    assert figures["Montenegro"] == "0 cases, 0 persons (stated: not stated)"
    assert "January–June 2019. Total, cases: 43; " in result.out
    assert "; published: 45; unallocated: 2." in result.out
    assert result.out.count("United Nations Security Council resolution 1244 (1999)") == 1


def test_forty_three_cases_are_in_the_half_year_and_the_stated_total_is_nowhere_allocated(
    published: Published, tmp_path: Path
) -> None:
    workspace = reopened(published[0], tmp_path)
    table = cases_by_country(workspace, "2019-01-01", "2019-07-01")
    all_in_store = counts(workspace, CaseFilter())
    workspace.lock()
    (figure,) = table.figures
    assert {row.country: figure.parts.get(row.country) for row in table.rows} == PUBLISHED
    assert {row.country: row.cases for row in table.rows} == {key: count or 0 for key, count in PUBLISHED.items()}
    assert (table.cases, figure.stated_total, figure.unallocated) == (43, 45, 2)
    assert table.persons == sum(row.persons for row in table.rows) > table.cases
    assert all_in_store[0] == 43 + 24 + 1  # and a double, which no figure counts


def test_same_seed_and_day_give_the_same_content_and_the_same_papers(published: Published, tmp_path: Path) -> None:
    ours = create_practice(tmp_path / "elsewhere", PracticeOptions(TODAY))
    theirs = reopened(published[0], tmp_path)
    same = list(ours.store.dump()) == list(theirs.store.dump())
    theirs.lock()
    assert same
    shop = PrintShop(ours)
    for line in all_cases(ours)[::3]:
        case_file = ours.store.reader.case_file(line.uid)
        printed = published[0] / "pdf" / f"{line.number}-summary-r{case_file.revision}.pdf"
        assert printed.read_bytes() == shop.pdf(case_file), line.number
    ours.lock()


def test_another_seed_gives_other_running_cases(published: Published, tmp_path: Path) -> None:
    theirs = reopened(published[0], tmp_path)
    before = [(line.principal, line.opened_on) for line in all_cases(theirs, CaseFilter(status="running"))]
    theirs.lock()
    ours = create_practice(tmp_path / "elsewhere", PracticeOptions(TODAY, seed=2))
    after = [(line.principal, line.opened_on) for line in all_cases(ours, CaseFilter(status="running"))]
    ours.lock()
    assert len(before) == len(after) == 24
    assert len(set(before) & set(after)) < 12


def test_there_is_one_paper_for_each_case_and_no_name_in_its_file_name(published: Published, tmp_path: Path) -> None:
    workspace = reopened(published[0], tmp_path)
    lines = all_cases(workspace)
    workspace.lock()
    files = sorted(path.name for path in (published[0] / "pdf").iterdir())
    assert files == sorted(f"{line.number}-summary-r1.pdf" for line in lines)
    assert all(name.startswith("PRACTICE-") for name in files)


def test_every_page_of_every_practice_paper_is_marked_and_counted(published: Published) -> None:
    for path in sorted((published[0] / "pdf").iterdir()):
        pages = pdf_text.sheets(path.read_bytes())
        for page in pages:
            assert "PRACTICE · invented persons" in page.text, path.name
            assert f"Page {page.number} of {len(pages)}" in page.text, path.name
            assert "[U+" not in page.text, path.name


def test_practice_store_is_opened_again_and_not_made_anew(cli: CommandLine, store: Path) -> None:
    cli.call("case", "add", "-", "--store", store, stdin=b'{"case": {"called": "Mine"}}')
    again = cli.call("practice", store, "--no-window", "--today", "2026-06-15")
    assert "All cases: 1, persons: 0." in again.out
    assert len(list((store / "pdf").iterdir())) == 1


def test_day_far_off_is_refused_in_a_sentence_and_nothing_is_made(cli: CommandLine, tmp_path: Path) -> None:
    result = cli.process("practice", tmp_path / "p", "--no-window", "--today", "9999-12-31")
    assert result.code in (2, 3, 4)
    assert "Something went wrong" not in result.err
    assert not (tmp_path / "p" / "store.db").exists()


def test_window_is_opened_on_the_store_that_was_made(cli: CommandLine, tmp_path: Path) -> None:
    seen: list[tuple[Path, date | None]] = []

    def open_window(folder: Path, today: date | None) -> int:
        open_store(folder, PRACTICE_PASSPHRASE).lock()  # the command gave the lock back
        seen.append((folder, today))
        return 7

    words = ("practice", tmp_path / "p", "--cases", "1", "--today", "2026-06-15")
    assert cli.call(*words, open_window=open_window).code == 7
    assert seen == [(tmp_path / "p", TODAY)]


def test_smoke_test_tries_every_part(cli: CommandLine) -> None:
    result = cli.process("smoke-test")
    assert (result.code, result.err) == (0, "")
    parts = ("languages: en", "store: made, locked", "search: ", "pdf: ", "password: ", "preview of photo.png: ",
             "preview of page.pdf: ", "backup: made, restored, ", "telephones: ", "escrow: 3 shares", "window: drawn", "everything works")  # fmt: skip
    for line, part in zip(result.out.splitlines(), parts, strict=True):
        assert line.startswith(part)
    assert list(cli.temporary.iterdir()) == []


def test_what_a_file_manager_names_is_shown_in_the_window(cli: CommandLine, store: Path) -> None:
    shown: list[Path | None] = []

    def show(folder: Path | None, _: object) -> int:
        shown.append(folder)
        return 0

    for named in (store, store / "keys-a.json"):
        assert cli.call("open", named, open_window=show).code == 0
    assert cli.call("open", open_window=show).code == 0
    assert cli.call("open", "--store", store, open_window=show).code == 0
    assert shown == [store, store, None, store]
