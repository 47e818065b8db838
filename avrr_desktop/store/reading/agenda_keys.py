"""How the agenda is kept: a letter for what is asked together, then the day on which a thing counts.

So what stands in one group of Today lies in one place of the table, and is counted and read there in the order of its days.
"""

from avrr_desktop.domain.case.case_file import AgendaItem
from avrr_desktop.domain.people.dates import span_of

LETTERS = {
    "begin": "b",
    "closing": "c",
    "quiet": "q",
    "awaited": "r",
    "at_office": "s",
    "dated": "t",
    "out": "x",
    "along": "z",
}
_OF_KIND = {
    "step_open": "begin", "no_service": "begin", "closing_asked": "closing", "closing_back": "closing", "override_asked": "closing", "quiet": "quiet",
    "step_answer": "awaited", "referral_unanswered": "awaited", "step_waiting": "at_office", "return_unreported": "out",
    "step_along": "along",
}  # fmt: skip


def key_of(item: AgendaItem) -> str:
    """Return where a thing lies: the last day that its date can mean counts, of a case that is quiet the first one.

    The date itself stands behind a blank where it is another text.
    """
    span = span_of(item.on)
    day = "" if span is None else (span.first if item.kind == "quiet" else span.last).isoformat()
    key = LETTERS[_OF_KIND.get(item.kind, "dated")] + day
    return key if day == item.on else f"{key} {item.on}"


def date_of(key: str) -> str:
    """Return the stored date of a thing by where it lies."""
    day, _, on = key[1:].partition(" ")
    return on or day
