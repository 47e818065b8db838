"""What is said under each field of a form: what cannot be read, what to look at, and where two people wrote different things."""

from collections.abc import Mapping

from avrr_desktop.domain.fields import Kind, Record, Value
from avrr_desktop.domain.records import BY_KEY
from avrr_desktop.domain.rules import problems
from avrr_desktop.domain.wording import text_of
from avrr_desktop.operations.records import read_record, with_values
from avrr_desktop.operations.workspace import Workspace
from avrr_desktop.ui.around import Around


def as_typed(record: Record, values: Mapping[str, Value | None]) -> Record:
    """Return a record as it would read with what stands in the editors."""
    readable = {key: value for key, value in values.items() if value is not None}
    beside = {key: value for key, value in record.values.items() if key not in values}
    return with_values(Record(record.type, record.uid, beside), readable)


def field_problems(
    workspace: Workspace, record: Record, values: Mapping[str, Value | None], unreadable: Mapping[str, str],
    around: Around | None = None, *, quiet: bool,
) -> dict[str, str]:  # fmt: skip
    """Return a sentence for each field that needs one.

    ``values``: what stands in the editors, None for empty. ``unreadable``: what each editor says that cannot be read, if anything.
    ``around``: the case that the record is of. ``quiet``: nothing was typed yet, so nothing is missing yet.
    """
    words, record_type = workspace.words, BY_KEY[record.type]
    typed = as_typed(record, values)
    found = problems(typed, workspace.today.isoformat(), _born(workspace, typed))
    found += around.problems(typed) if around else ()
    said = {} if quiet else {problem.field: words.text(problem.message) for problem in found}
    for key, sentence in unreadable.items():
        said[key] = sentence or (
            words.text("This is no date. Write for example 12.5.2019, May 2019 or 2019.")
            if record_type.field(key).kind is Kind.DATE else words.text("Write a whole number.")
        )  # fmt: skip
    for key, written in (record.conflicts or {}).items():
        texts = [text_of(record_type.field(key), value, words, workspace.pack) for value in written]
        said[key] = words.text(
            "Two people wrote different values: {values}. Choose one and save.", values=" | ".join(texts)
        )
    return said


def _born(workspace: Workspace, record: Record) -> str:
    """Return the stored date of birth of the person to whom a record belongs; empty where nobody knows it."""
    links = (field.key for field in BY_KEY[record.type].fields if field.kind is Kind.LINK and field.target == "person")
    uid = record.text(next(links, ""))
    person = read_record(workspace, "person", uid) if uid else None
    return person.text("birth_date") if person else ""
