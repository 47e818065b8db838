"""Plays the three families of docs/stories.md through the real program and takes their pictures.

python -m tools.pictures.stories docs/pictures
"""

import sys
import tempfile
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.services import accept_proposals, add_service, move_step, proposals
from avrr_desktop.operations.computer.settings import Settings
from avrr_desktop.operations.documents.printing import MISSING_PAPERS
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.session.records import edit_record, new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.frame.desktop import Desktop
from avrr_desktop.ui.frame.shell import Shell
from tests.support import stores, window

LIEGE = {
    "case": {"called": "Krasniqi family", "country_of_return": "AL", "municipality_of_return": "Shkodër", "host_country": "BE",
             "opened_on": "2026-05-03", "programme": "be_admin"},
    "person": [
        {"family_name": "Krasniqi", "given_names": "Agim", "sex": "M", "birth_date": "1985-02-11", "phone": "+000 210 355", "safe_to_call": True},
        {"family_name": "Krasniqi", "given_names": "Mimoza", "sex": "F", "birth_date": "1989-09-30"},
        {"family_name": "Krasniqi", "given_names": "Ardita", "sex": "F", "birth_date": "2020-01-17", "birth_place": "Liège", "birth_country": "BE"},
    ],
    "membership": [
        {"person": "m1", "position": 1, "role": "principal_applicant", "relationship": "self", "situations": ["SIT_LP_ONLY"]},
        {"person": "m2", "position": 2, "role": "dependant", "relationship": "spouse"},
        {"person": "m3", "position": 3, "role": "dependant", "relationship": "daughter", "situations": ["SIT_BIRTH_ABROAD"]},
    ],
    "paper": [
        {"holder": "m1", "doc_type": "laissez_passer", "state": "held", "number": "LP 48211", "valid_until": "2026-06-24"},
        {"holder": "m3", "doc_type": "birth_certificate_multilingual", "state": "held", "issuing_country": "BE"},
        {"holder": "m3", "doc_type": "birth_certificate_national", "state": "missing"},
    ],
}  # fmt: skip
SETTLEMENT = {
    "case": {"called": "Породица Јовановић", "country_of_return": "RS", "municipality_of_return": "Нови Сад", "host_country": "DE",
             "opened_on": "2026-04-12"},
    "person": [
        {"family_name": "Јовановић", "given_names": "Драган", "sex": "M", "birth_date": "1979"},
        {"family_name": "Јовановић", "given_names": "Снежана", "sex": "F", "birth_date": "1983-07-05"},
    ],
    "membership": [
        {"person": "m1", "position": 1, "role": "principal_applicant", "relationship": "self",
         "situations": ["SIT_NO_RESIDENCE", "SIT_ID_MISSING"]},
        {"person": "m2", "position": 2, "role": "dependant", "relationship": "spouse"},
    ],
    "paper": [{"holder": "m1", "doc_type": "proof_of_housing", "state": "missing"},
              {"holder": "m1", "doc_type": "birth_certificate_national", "state": "held"}],
}  # fmt: skip
MARCH = {
    "case": {"called": "Семејство Ѓорѓиев", "country_of_return": "MK", "municipality_of_return": "Куманово", "host_country": "BE",
             "opened_on": "2026-03-09", "arrival_date": "2026-03-04"},
    "person": [
        {"family_name": "Ѓорѓиева", "given_names": "Јасмина", "sex": "F", "birth_date": "1986-11-23"},
        {"family_name": "Ѓорѓиев", "given_names": "Никола", "sex": "M", "birth_date": "2014-05-02", "birth_place": "Gent"},
        {"family_name": "Ѓорѓиева", "given_names": "Ѕвезда", "sex": "F", "birth_date": "2017-08-14", "birth_place": "Gent"},
    ],
    "membership": [
        {"person": "m1", "position": 1, "role": "principal_applicant", "relationship": "self"},
        {"person": "m2", "position": 2, "role": "dependant", "relationship": "son", "situations": ["SIT_SCHOOL_AGE"]},
        {"person": "m3", "position": 3, "role": "dependant", "relationship": "daughter", "situations": ["SIT_SCHOOL_AGE"]},
    ],
    "paper": [{"holder": "m2", "doc_type": "school_report", "state": "held", "issuing_country": "BE", "translation_state": "needed"},
              {"holder": "m3", "doc_type": "school_report", "state": "missing", "issuing_country": "BE"}],
}  # fmt: skip


class Teller:
    """One window over one store; each story leaves two or three pictures."""

    def __init__(self, workspace: Workspace, folder: Path) -> None:
        self._workspace, self._folder = workspace, folder
        self._shell = Shell(Settings(language="en", look="light", size=100), False)
        window.show_store(self._shell, workspace)
        self._shell.resize(1280, 800)
        self._shell.show()
        QTest.qWaitForWindowExposed(self._shell)
        assert self._shell.desktop is not None
        self._desktop: Desktop = self._shell.desktop
        self._desktop.message.hide()  # the clock of the stories stands in the past

    def tell(self) -> None:
        """Play all three."""
        self._liege()
        self._settlement()
        self._march()
        self._shell.close()

    def _take(self, name: str) -> None:
        for _ in range(5):
            QApplication.processEvents()
        self._shell.grab().save(str(self._folder / f"story-{name}.png"))

    def _case(self, uid: str) -> CaseFile:
        return read_case(self._workspace, uid)

    def _step(self, uid: str, root: str, person: str = "") -> Record:
        pack = self._workspace.pack
        return next(
            step for step in self._case(uid).steps
            if pack.root(step.text("template")) == root and person in ("", step.text("person"))
        )  # fmt: skip

    def _done(self, uid: str, *roots: str) -> None:
        for root in roots:
            move_step(self._workspace, self._case(uid), self._step(uid, root).uid, "done")

    def _open(self, document: object) -> str:
        return add_case_document(self._workspace, document).case

    def _scroll(self, page: CasePage) -> None:
        for _ in range(3):
            QApplication.processEvents()
        panels = page.tab("overview").findChild(QScrollArea)
        if isinstance(panels, QScrollArea):
            panels.verticalScrollBar().setValue(190)

    def _liege(self) -> None:
        uid = self._open(LIEGE)
        self._desktop.show_case(uid)
        self._take("liege-proposed")
        accept_proposals(self._workspace, self._case(uid), proposals(self._workspace, self._case(uid)))
        self._done(uid, "CR.INVENTORY", "CR.HOST_DOCS", "CR.LEGALISE", "CR.TRANSLATE")
        birth = self._step(uid, "CR.BIRTH_ENTRY")
        values = {"state": "waiting_authority", "filed_on": "2026-06-03", "office_name": "Zyra e gjendjes civile, Shkodër",
                  "file_number": "1184/2026", "expected_on": "2026-06-20"}  # fmt: skip
        edit_record(self._workspace, birth, values, uid)
        self._desktop.show_case(uid)
        page = self._desktop.page("case")
        assert isinstance(page, CasePage)
        self._scroll(page)
        self._take("liege-path")
        self._desktop.show_case(uid, "step", birth.uid)
        self._take("liege-step")
        self._desktop.show_page("today")
        self._take("liege-today")

    def _settlement(self) -> None:
        uid = self._open(SETTLEMENT)
        for key in ("residence", "residence_without_title", "identity_card"):
            add_service(self._workspace, self._case(uid), key, [self._case(uid).members[0].person.uid])
        self._done(uid, "CR.EXTRACTS")
        refused = {"state": "refused", "refused_because": "Без правног основа становања.", "appeal_until": "2026-06-28",
                   "filed_on": "2026-05-20", "office_name": "Полиција, Нови Сад"}  # fmt: skip
        edit_record(self._workspace, self._step(uid, "CR.RESIDENCE"), refused, uid)
        self._desktop.show_case(uid, "step", self._step(uid, "CR.ID_CARD").uid)
        self._take("settlement-refused")
        other = {"planned_on": "2026-06-16", "at_time": "9:00", "office_name": "Центар за социјални рад, Нови Сад",
                 "accompanied_by": self._workspace.actor, "meeting_place": "Главни улаз", "back_by": "11:30"}  # fmt: skip
        edit_record(self._workspace, self._step(uid, "CR.RESIDENCE_ALT"), other, uid)
        self._desktop.show_page("day")
        self._take("settlement-day")
        page = self._desktop.page("case")
        assert isinstance(page, CasePage)
        self._desktop.show_case(uid)
        page.printing.emit(self._case(uid), MISSING_PAPERS)
        self._take("settlement-papers")

    def _march(self) -> None:
        uid = self._open(MARCH)
        accept_proposals(self._workspace, self._case(uid), proposals(self._workspace, self._case(uid)))
        for member, grade in zip(self._case(uid).members[1:], ("6", "3"), strict=True):
            self._done_for(uid, member.person.uid, "SE.ENROL", "SE.HOST_DOCS", "SE.VACC")
            values = {"person": member.person.uid, "school": "ООУ „Сонце“, Куманово", "grade_abroad": grade, "certificates": "held", "recognition": "requested",
                      "enrolled_on": "2026-03-16", "enrolled_provisionally": True, "grade": grade, "language_support": "arranged",
                      "attends_after_1_month": "yes"}  # fmt: skip
            new_record(self._workspace, "schooling", values, uid)
        self._desktop.show_case(uid, "schooling", self._case(uid).schoolings[0].uid)
        self._take("march-school")
        step = self._step(uid, "SE.RECOG_APPLY", self._case(uid).members[1].person.uid)
        self._desktop.show_case(uid, "step", step.uid)
        self._take("march-recognition")

    def _done_for(self, uid: str, person: str, *roots: str) -> None:
        for root in roots:
            move_step(self._workspace, self._case(uid), self._step(uid, root, person).uid, "done")


def main(folder: Path) -> None:
    """Tell the stories into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication(["stories"])
    with tempfile.TemporaryDirectory() as place:
        workspace = stores.office_workspace(Path(place) / "office.avrr")
        Teller(workspace, folder).tell()
        workspace.lock()
    del application


if __name__ == "__main__":
    main(Path(sys.argv[1]))
