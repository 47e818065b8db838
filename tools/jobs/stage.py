"""What is there before a job begins: an office with partners, and a family whose case is open, or waits on the desk."""

from typing import Any

from PySide6.QtWidgets import QApplication

from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.session.records import new_record
from avrr_desktop.operations.session.workspace import Workspace
from avrr_desktop.ui.case.case_page import CasePage
from avrr_desktop.ui.frame.desktop import Desktop
from tests.support.stores import unlocked

PARTNERS = ("Caritas Tirana", "Qendra sociale Shkodër", "Terre des Hommes", "Zyra e punës Shkodër")
CHILDREN = ("daughter", "son", "daughter")


def family(number: str = "", **parts: Any) -> dict[str, Any]:
    """Return the document of a family of five; ``number`` tells their telephone and passport from those of others."""
    born = (("Agim", "M", "1984-05-14"), ("Mimoza", "F", "1988-11-02"), ("Ardita", "F", "2015-03-09"),
            ("Besnik", "M", "2019-08-21"), ("Elira", "F", "2018-01-30"))  # fmt: skip
    people: list[dict[str, Any]] = [
        {"ref": f"m{place}", "family_name": "Krasniqi", "given_names": given, "sex": sex, "birth_date": day}
        for place, (given, sex, day) in enumerate(born, 1)
    ]
    people[0] |= {"phone": f"+355 69 2{number or '14'} 77 31"}
    roles = zip(("self", "spouse", *CHILDREN), people, strict=True)
    members = [
        {"person": one["ref"], "position": place, "relationship": relationship, "is_returnee": True,
         "role": "principal_applicant" if place == 1 else "dependant"}
        for place, (relationship, one) in enumerate(roles, 1)
    ]  # fmt: skip
    case = {"called": "Krasniqi", "country_of_return": "AL", "municipality_of_return": "Shkodër", "host_country": "BE",
            "opened_on": "2026-05-20", "arrival_date": "2026-05-12", "programme": "AVRR"}  # fmt: skip
    return {"case": case, "person": people, "membership": members, **parts}


def put(desktop: Desktop, document: dict[str, Any]) -> str:
    """Store a family; return its case, which is that of whoever is at work."""
    workspace = workspace_of(desktop)
    return add_case_document(workspace, document).case


def workspace_of(desktop: Desktop) -> Workspace:
    """Return the open store behind the window."""
    return unlocked(desktop.acts.workspace)


def open_family(desktop: Desktop, **parts: Any) -> CasePage:
    """Store a family and show its case, as after it was opened from a list."""
    case = put(desktop, family(**parts))
    desktop.show_case(case)
    QApplication.processEvents()
    return case_page(desktop)


def case_page(desktop: Desktop) -> CasePage:
    """Return the page of the open case."""
    page = desktop.page("case")
    assert isinstance(page, CasePage) and desktop.current_page() == "case", "no case is open"
    return page


def put_partners(desktop: Desktop) -> None:
    """Fill the directory."""
    workspace = workspace_of(desktop)
    there = {one.text("name") for one in workspace.store.reader.everything("provider")}
    for name in PARTNERS:
        if name not in there:
            new_record(workspace, "provider", {"name": name, "role": "partner"})


def show_today(desktop: Desktop) -> None:
    """Show the desk as after unlocking: the cursor is in the search."""
    desktop.acts.read_again()
    desktop.show_page("today")
    desktop.search.setFocus()
    QApplication.processEvents()
