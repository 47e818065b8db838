"""Of whom a copy of a case may tell: reads what is written down in all cases, and asks ``domain/consent/agreement.py``."""

from collections.abc import Iterable

from avrr_desktop.domain.case.case_file import CaseFile, Member
from avrr_desktop.domain.consent.agreement import Telling, elsewhere, evidence_of, may_tell
from avrr_desktop.domain.consent.redaction import LEVELS
from avrr_desktop.domain.errors import RefusedError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.name_keys import plain_key, words
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace


def people_told(workspace: Workspace, case_file: CaseFile, level: str, recipient: str = "") -> frozenset[str]:
    """Return the members of whom a copy at a level may tell whoever ``recipient`` names; all of them where nobody is asked."""
    members = [member.person.uid for member in case_file.members]
    return still_told(workspace, case_file, level, (recipient,), members)


def still_told(
    workspace: Workspace, case_file: CaseFile, level: str, recipients: Iterable[str], people: Iterable[str]
) -> frozenset[str]:
    """Return those of some people of whom everybody may be told to whom a copy goes, by the names of the recipients."""
    telling = LEVELS[level].telling
    if telling is not Telling.TO_PARTNER:
        return frozenset(people)
    partners = _recognised(workspace, recipients)
    own = evidence_of((*case_file.others.get("consent", ()), *case_file.referrals))
    told = set()
    for person in people:
        evidence = own
        for member_of, records in workspace.store.reader.agreements_of(person, case_file.case.uid):
            evidence |= elsewhere(evidence_of(records), member_of=member_of, person=person)
        if all(may_tell(evidence, one, person, telling, workspace.today) for one in partners):
            told.add(person)
    return frozenset(told)


@needs(Permission.PRINT)
def members_left_out(workspace: Workspace, case_file: CaseFile, level: str, recipient: str = "") -> tuple[Member, ...]:
    """Return the members of whom a copy will not tell, because no agreement of theirs is written down."""
    told = people_told(workspace, case_file, level, recipient)
    return tuple(member for member in case_file.members if member.person.uid not in told)


def check_told(workspace: Workspace, case_file: CaseFile, level: str, recipient: str = "") -> None:
    """Raise RefusedError where a copy for a partner would be about nobody."""
    if LEVELS[level].telling is Telling.TO_PARTNER and not people_told(workspace, case_file, level, recipient):
        raise RefusedError(
            N_("No agreement of the person is recorded, so nothing can be disclosed to a partner."),
            N_("Nothing was printed. Record in a referral when the person agreed, then print again."),
        )


def _recognised(workspace: Workspace, recipients: Iterable[str]) -> list[frozenset[str]]:
    """Return, for each recipient whom the directory knows by name, the entries of that name; nobody is known as no entry.

    The longest name that stands whole in what was typed: “Caritas Shkodër, Ms Leka” is Caritas Shkodër and not Caritas.
    """
    named = [
        (_words(provider.text("name")), provider.uid) for provider in workspace.store.reader.everything("provider")
    ]
    found = []
    for recipient in recipients:
        typed = _words(recipient)
        there = [(name, uid) for name, uid in named if name and _stands_in(name, typed)]
        longest = max((len(name) for name, _ in there), default=0)
        if longest:
            found.append(frozenset(uid for name, uid in there if len(name) == longest))
    return found or [frozenset()]


def _words(text: str) -> list[str]:
    return [plain_key(word) for word in words(text)]


def _stands_in(name: list[str], typed: list[str]) -> bool:
    return any(typed[at : at + len(name)] == name for at in range(len(typed) - len(name) + 1))
