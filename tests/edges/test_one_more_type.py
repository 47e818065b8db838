"""What a newcomer touches for a record type with a part of its own in the case, and for a document with a button: counted."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_house_rules import ROOT

TYPE = """
VISIT = RecordType(
    "visit", N_("Visit"), N_("Visits"), "vi",
    (date_field("on", N_("On"), PAST, column=True), person_field(column=True), Field("report", N_("Report"), Kind.LONG_TEXT)),
    tab=Tab("visits", N_("Visits"), 77, N_("No visits yet.")), icon="person", listed=Listed(("on",), ("report", "person")),
    defaults={"on": TODAY},
)  # fmt: skip
"""
MIGRATION = '''"""Schema 5: visits."""

from typing import Any


def apply(db: Any) -> None:
    """Add the table of visits."""
    db.execute(
        'CREATE TABLE visits (case_pk INTEGER NOT NULL, uid TEXT NOT NULL, "on" TEXT, "person" TEXT, rest TEXT, '
        "removed INTEGER NOT NULL DEFAULT 0, made INTEGER NOT NULL, changed INTEGER NOT NULL, marks TEXT, heads TEXT, "
        "conflicts TEXT, PRIMARY KEY (case_pk, uid)) WITHOUT ROWID, STRICT"
    )
'''
DOCUMENT = '''"""The visits to a family, on paper."""

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.pdf.context import Print, framed
from avrr_desktop.pdf.model import Document, Section, Text
from dataclasses import replace


def visits(case_file: CaseFile, print_: Print) -> Document:
    """Return the visits."""
    made = framed(print_, "Visits", "Visits", "Visits", case_file.case.text("number"), case_file.revision)
    return replace(made, sections=(Section("Visits", tuple(Text(one.text("report")) for one in case_file.of_type("visit"))),))
'''
BUILDER = """
def _visits(case_file: CaseFile, print_: "Print") -> "Document":
    from avrr_desktop.pdf.documents.visits import visits

    return visits(case_file, print_)


"""
RECORDS, STEPS = "domain/records/types/contact_records.py", "store/engine/migrations/__init__.py"
DOCUMENTS = "operations/documents/documents.py"
CARRIES = (
    "tests/edges/one_more_type.py",
    "tests/test_house_rules.py::test_every_record_type_says_whom_it_is_about",
    "tests/test_house_rules.py::test_declared_columns_are_those_of_a_new_store",
    "tests/domain/test_declared.py",
    "tests/operations/test_erasing.py::test_of_a_person_nothing_is_left_that_was_not_listed",
)


def add_to(path: Path, *changes: tuple[str, str]) -> None:
    """Put text in front of what stands in a file once."""
    text = path.read_text(encoding="utf-8")
    for before, added in changes:
        assert text.count(before) == 1, (path, before)
        text = text.replace(before, added + before)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of program and tests, with its resources where they are."""
    copy = tmp_path / "tree"
    for name in ("avrr_desktop", "tests"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "golden"))
    for name in ("resources", "docs", "pyproject.toml"):
        (copy / name).symlink_to(ROOT / name)
    return copy


def add_a_type(product: Path) -> None:
    """Touch what a record type with a part of its own in the case takes: its declaration, and its table."""
    add_to(
        product / RECORDS, ("TYPES = (FOLLOW_UP", f"{TYPE}\n"), ("FOLLOW_UP, CONTACT", "VISIT, "),
    )  # fmt: skip
    (product / "store/engine/migrations/m0099_visits.py").write_text(MIGRATION, encoding="utf-8")
    add_to(product / STEPS, ("STEPS = (", "from avrr_desktop.store.engine.migrations import m0099_visits\n\n"))
    add_to(product / STEPS, (")\nSCHEMA", "    m0099_visits.apply,\n"))


def add_a_document(product: Path) -> None:
    """Touch what a document with a button takes: its module, and its entry."""
    (product / "pdf/documents/visits.py").write_text(DOCUMENT, encoding="utf-8")
    entry = '    CaseDocument("visits", N_("Visits"), _visits, "visits", N_("Print the visits")),\n'
    add_to(
        product / DOCUMENTS,
        ("@dataclass(frozen=True, slots=True)\nclass CaseDocument", BUILDER),
        ("    CaseDocument(PATH,", entry),
    )


def test_a_record_type_with_a_tab_takes_two_places_and_a_document_with_a_button_two(tree: Path) -> None:
    before = {path: path.read_bytes() for path in tree.rglob("*.py")}
    add_a_type(tree / "avrr_desktop")
    add_a_document(tree / "avrr_desktop")
    touched = {
        path.relative_to(tree / "avrr_desktop").as_posix()
        for path in tree.rglob("*.py") if before.get(path) != path.read_bytes()
    }  # fmt: skip
    migration = {"store/engine/migrations/m0099_visits.py", STEPS}  # one place: the step, and its name among the steps
    assert touched == {RECORDS, DOCUMENTS, "pdf/documents/visits.py", *migration}
    command = [sys.executable, "-P", "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", *CARRIES]
    environment = {**os.environ, "PYTHONPATH": str(tree), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
