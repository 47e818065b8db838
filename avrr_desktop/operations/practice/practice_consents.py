"""The consents of one invented family beside that of a referral: of a child through a guardian, for a photo, and of an older form."""

from collections.abc import Sequence
from datetime import date

from avrr_desktop.domain.case.case_file import Member
from avrr_desktop.domain.history.change import Part
from avrr_desktop.domain.people.dates import age_on
from avrr_desktop.operations.practice.practice_people import Values
from avrr_desktop.operations.session.parts import adding
from avrr_desktop.operations.session.workspace import Workspace

_SCHOOL = ("identity", "school", "family")


def whole_consent(person: str, day: date, **values: object) -> Values:
    """Return a consent that counts from a day on: counselled and signed on the same."""
    return {
        "person": person, "counselled_on": day.isoformat(), "given_on": day.isoformat(), "method": "signature",
        "capacity": "assumed", "given_by": "self", **values,
    }  # fmt: skip


def further_consents(
    workspace: Workspace, members: Sequence[Member], providers: Sequence[str], day: date
) -> list[Part]:
    """Return one consent of a family, of a kind that its first day decides: every kind is there once there are many."""
    if not members or not providers:
        return []
    first = members[0].person.uid
    child = next((one for one in members if (age := age_on(one.person.text("birth_date"), day)) and age[0] < 18), None)
    kinds: tuple[Values, ...] = (
        {"person": first, "scope": "sharing with partners", "given_on": day.isoformat()},  # as older versions had it
        whole_consent(first, day, scope="photo_testimony", purpose="A photo for the yearly report"),
        whole_consent(first, day, scope="sharing_with_partners", groups=("identity", "contact"), method="oral_with_witness",
                      witness="Vesna Ilić", limits="Not the address."),
    )  # fmt: skip
    if child is not None:
        childs = whole_consent(
            child.person.uid, day, scope="referral", provider=providers[0], groups=_SCHOOL, child_agrees=True
        )
        kinds = (*kinds, {**childs, "given_by": "guardian", "guardian": first})
    return [adding(workspace, "consent", kinds[day.toordinal() % len(kinds)])]
