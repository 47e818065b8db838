"""Before a case document is added: does it hold, and are its people in the store already?"""

from collections.abc import Iterator
from dataclasses import dataclass

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.operations.cases.cases import read_case
from avrr_desktop.operations.cases.search import LikelyPerson, likely_people
from avrr_desktop.operations.imports.case_document import add_case_document
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace

_NAMES = ("given_names", "family_name", "family_name_at_birth")


@dataclass(frozen=True, slots=True)
class HereAlready:
    """Who may be one person of a document: by the person's place in it (1, 2 ...), the likeliest first."""

    place: int
    people: tuple[LikelyPerson, ...]

    @property
    def cases(self) -> tuple[str, ...]:
        """The numbers of their cases, each once."""
        return tuple(dict.fromkeys(one.case.number for one in self.people))


class _TakenBackError(Exception):
    """Ends a trial: all that was written is taken back."""


@needs(Permission.RECORD)
def try_case_document(workspace: Workspace, document: object) -> CaseFile:
    """Add a document as ``add_case_document`` does, and take everything back; return the case as it would stand.

    Raises BadInputError as that does.
    """
    tried: list[CaseFile] = []
    try:
        with workspace.store.transaction():
            tried.append(read_case(workspace, add_case_document(workspace, document).case))
            raise _TakenBackError
    except _TakenBackError:
        workspace.read_grants()
    return tried[0]


@needs(Permission.READ)
def here_already(workspace: Workspace, document: object) -> tuple[HereAlready, ...]:
    """Return for each person of a document who in the store may be the same: the whole name or near to it, or a name and the birth.

    A family name alone says too little here; ``likely_people`` shows those too. Ask before the document is added.
    """
    people = document.get("person") if isinstance(document, dict) else None
    found = enumerate(map(dict, _records(people)), 1)
    asked = ((place, tuple(_likely(workspace, person))) for place, person in found)
    return tuple(HereAlready(place, likely) for place, likely in asked if likely)


def _records(people: object) -> Iterator[dict[str, object]]:
    yield from (person for person in (people if isinstance(people, list) else ()) if isinstance(person, dict))


def _likely(workspace: Workspace, person: dict[str, object]) -> Iterator[LikelyPerson]:
    name = " ".join(str(person[key]) for key in _NAMES if person.get(key))
    found = likely_people(workspace, name, str(person.get("birth_date") or ""), beside=_beside(person))
    yield from (likely for likely in found if likely.speaks_for(name))


def _beside(person: dict[str, object]) -> Record:
    """Return what a document says of a person in words, places among it; what is no text counts as not known."""
    return Record("person", "", {key: value for key, value in person.items() if isinstance(value, str)})
