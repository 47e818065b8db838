"""The language of a document: chosen apart from the window, begun with the one that its reader is likely to want.

What the family takes home is in a language of the person; what goes to an office, in that of the offices of the country of return;
what stays in the house, in that of the window. A language without a catalogue is never proposed.
"""

from collections.abc import Mapping

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.redaction import FULL, RETURNEE
from avrr_desktop.language import Language, languages
from avrr_desktop.operations.session.permission import Permission, needs
from avrr_desktop.operations.session.workspace import Workspace

# Our catalogue by ISO 639-3; who speaks Serbian reads it in the script in which their name is written.
_OF_PERSON: Mapping[str, str] = {
    "sqi": "sq", "bos": "bs", "cnr": "cnr", "mkd": "mk", "fra": "fr", "nld": "nl", "deu": "de", "eng": "en",
}  # fmt: skip
# The first language in which the offices of a country print. Offices of Kosovo* and of municipalities print in two or three.
_OF_OFFICES: Mapping[str, str] = {"AL": "sq", "BA": "bs", "XK": "sq", "ME": "cnr", "MK": "mk", "RS": "sr-Cyrl"}


@needs(Permission.READ)
def likely_language(workspace: Workspace, case_file: CaseFile, level: str) -> str:
    """Return the language in which a document of a level begins to be made: the reader's, where there is a catalogue for it."""
    there = {code for code, _ in languages()}
    if level == RETURNEE:
        wanted = _of_family(case_file)
    elif level == FULL:
        wanted = []
    else:
        wanted = [_OF_OFFICES.get(case_file.case.text("country_of_return"), "")]
    return next((one for one in wanted if one in there), workspace.words.language)


def _of_family(case_file: CaseFile) -> list[str]:
    """Return the languages of the first person, as they were recorded, the one they like best first."""
    if not case_file.members:
        return []
    person = case_file.members[0].person
    script = "sr-Latn" if person.text("name_script") == "Latn" else "sr-Cyrl"
    return [script if code == "srp" else _OF_PERSON.get(code, "") for code in person.many("languages")]


def words_of(workspace: Workspace, language: str) -> Language:
    """Return what a document speaks; empty: as the window does."""
    return Language(language) if language and language != workspace.words.language else workspace.words
