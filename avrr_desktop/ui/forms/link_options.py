"""What a link field offers: the people of the case, its steps and papers, officers, partners and offices."""

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.collation import Key
from avrr_desktop.domain.partners.standing import partner_warnings
from avrr_desktop.domain.people.name_tables import folded
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.wording import person_shown
from avrr_desktop.operations.cases.cases import provider_names
from avrr_desktop.operations.referrals.directory import partners, partners_for
from avrr_desktop.operations.session.records import directory
from avrr_desktop.operations.session.session import Session
from avrr_desktop.ui.forms.editors.field_editors import DIRECTORY, LinkOptions, Options


def links_of(workspace: Session, case_file: CaseFile | None) -> LinkOptions:
    """Return a function from record type to the records that may be chosen."""

    def options(target: str) -> Options:
        words = workspace.words
        if target.startswith(DIRECTORY):
            return _names(workspace, target.removeprefix(DIRECTORY), case_file)
        if target == "officer":
            return [(record.uid, record.text("name")) for record in directory(workspace, target)]
        if target == "provider":
            there = partners(workspace) if case_file is None else partners_for(workspace, case_file.case)
            return [(record.uid, partner_option(workspace, record)) for record in there]
        if case_file is None:
            return []
        if target == "person":
            return [
                (member.person.uid, person_shown(member.person, workspace.today, words)) for member in case_file.members
            ]
        if target == "step":
            return [(step.uid, step_name(case_file, step.uid, workspace)) for step in case_file.steps]
        if target == "paper":
            return [
                (paper.uid, words.text(workspace.pack.label("doc_type", paper.text("doc_type"))))
                for paper in case_file.papers
            ]
        if target == "referral":
            return [(one.uid, _referral_name(workspace, one)) for one in case_file.referrals]
        if target == "file":
            return [(one.uid, one.text("name")) for one in case_file.of_type("file")]
        return []

    return options


def partner_option(workspace: Session, partner: Record) -> str:
    """Return how a list offers a partner: name and place, and that its agreement or programme is over."""
    over = partner_warnings(partner, workspace.today, workspace.words)
    ended = workspace.words.text("ended", "about an agreement or programme") if over else ""
    shown = ", ".join(part for part in (partner.text("name"), partner.text("place")) if part)
    return f"{shown} · {ended}" if ended else shown


def _referral_name(workspace: Session, referral: Record) -> str:
    words, names = workspace.words, provider_names(workspace, {referral.text("provider")} - {""})
    category = words.text(workspace.pack.label("category", referral.text("category")))
    return " · ".join(part for part in (category, names.get(referral.text("provider"), "")) if part)


def _names(workspace: Session, wanted: str, case_file: CaseFile | None) -> Options:
    """Return name and place of the entries of the directory: first those of a role or an area of help, and at the place of the case."""
    place = folded(case_file.case.text("municipality_of_return")) if case_file else ""

    def rank(entry: Record) -> tuple[bool, bool, Key]:
        areas = entry.values.get("categories", ())
        fits = wanted == entry.text("role") or (isinstance(areas, tuple) and wanted in areas)
        return not fits, not place or folded(entry.text("place")) != place, workspace.words.place(entry.text("name"))

    return [(one.text("name"), one.text("place")) for one in sorted(directory(workspace, "provider"), key=rank)]


def step_name(case_file: CaseFile, uid: str, workspace: Session) -> str:
    """Return a step's title with the given name of whom it is for."""
    step = next((step for step in case_file.steps if step.uid == uid), None)
    if step is None:
        return ""
    person = case_file.people.get(step.text("person"))
    given = person.text("given_names") or person.text("family_name") if person else ""
    title = workspace.words.text(step.text("title"))
    return f"{title} · {given}" if given else title
