"""The directory of partners and offices as it is offered: with the offices of the country packs, and for a case the nearest first."""

from collections.abc import Collection, Mapping

from avrr_desktop.domain.case.joined import INTO
from avrr_desktop.domain.collation import Key
from avrr_desktop.domain.errors import NotFoundError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.partners.area import serves, serves_somewhere_else
from avrr_desktop.domain.partners.offices import pack_offices
from avrr_desktop.domain.partners.standing import CHECK_MONTHS, is_check_due, partner_warnings
from avrr_desktop.domain.places.placed import place_of
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.session.parts import written_office
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.records import NewRecord, commit_and_drop
from avrr_desktop.operations.session.workspace import Workspace

_PARTNER = "provider"


@needs(Permission.READ)
def partners(workspace: Workspace, *, country: str = "") -> tuple[Record, ...]:
    """Return every entry of the directory, behind those that are written the offices of the packs that are not yet.

    Those are the offices of the office's own country, and of ``country`` where one is said.
    """
    reader = workspace.store.reader
    countries = {country, workspace.office.text("country") if workspace.office else ""}
    written = reader.everything(_PARTNER)
    return (*written, *_unwritten(workspace, {one.uid for one in written}, countries))


def _unwritten(workspace: Workspace, written: Collection[str], countries: Collection[str]) -> tuple[Record, ...]:
    offices = [one for one in pack_offices(workspace.pack, countries, workspace.words) if one.uid not in written]
    before = workspace.store.reader.records(_PARTNER, [one.uid for one in offices])
    return tuple(one for one in offices if one.uid not in before or not before[one.uid].text(INTO))


@needs(Permission.READ)
def partners_for(workspace: Workspace, case: Record) -> tuple[Record, ...]:
    """Return the directory in the order in which a case asks for it.

    First who serves its municipality of return, then who may, last who surely serves another place; each in the order of names.
    """
    places, country = workspace.pack.places, case.text("country_of_return")
    place = place_of(case, "municipality_of_return", places)
    municipality = places.municipality(place.uid) if place else ""

    def order(one: Record) -> tuple[int, Key]:
        if serves(one, municipality, places):
            return 0, workspace.words.place(one.text("name"))
        return 1 + serves_somewhere_else(one, country, municipality, places), workspace.words.place(one.text("name"))

    return tuple(sorted(partners(workspace, country=country), key=order))


@needs(Permission.READ)
def warnings_of(workspace: Workspace, partner: str) -> tuple[str, ...]:
    """Return the sentences that warn today of an entry of the directory: an agreement or a programme that is over."""
    record = workspace.store.reader.record(_PARTNER, partner) if partner else None
    return partner_warnings(record, workspace.today, workspace.words) if record else ()


@needs(Permission.READ)
def checks_due(workspace: Workspace) -> tuple[Record, ...]:
    """Return the written entries that are to be checked again by today, in the order of their names."""
    months, today = workspace.pack.setting(CHECK_MONTHS), workspace.today
    due = [one for one in workspace.store.reader.everything(_PARTNER) if is_check_due(one, months, today)]
    return tuple(sorted(due, key=lambda one: workspace.words.place(one.text("name"))))


@needs(Permission.RECORD)
def write_office(workspace: Workspace, partner: str, values: Mapping[str, object], draft: str = "") -> NewRecord:
    """Write an office of a country pack into the directory with what somebody typed of it; the form's draft goes with it.

    Raises NotFoundError for an office that is there already or that no pack names.
    """
    part = written_office(workspace, partner, values)
    if part is None:
        raise NotFoundError(
            N_("This office is in the directory already."), N_("Nothing was changed. Open its entry to change it.")
        )
    return NewRecord(partner, commit_and_drop(workspace, [part], "", draft))
