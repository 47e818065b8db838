"""What is to be known of a partner on a day: an agreement or a programme that is over, and when to check the entry again.

Whoever refers to a partner is warned by ``partner_warnings``; nothing here keeps anybody from referring.
"""

from datetime import date

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.people.dates import is_future, is_past, months_after
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.domain.wording import Speaks

CHECK_MONTHS = "partner_check_months"  # the setting


def agreement_warning(provider: Record, day: date, words: Speaks) -> str:
    """Return what warns on a day of the agreement with a partner: that it has ended or not begun; empty where it holds or is none."""
    until, since = provider.text("agreement_until"), provider.text("agreement_from")
    if until and is_past(until, day):
        return words.text(N_("The agreement with this partner ended on {date}."), date=words.partial_date(until))
    if since and is_future(since, day):
        return words.text(N_("The agreement with this partner begins on {date}."), date=words.partial_date(since))
    return ""


def programme_warning(provider: Record, day: date, words: Speaks) -> str:
    """Return that the programme of a partner ran out before a day; empty where it runs or says no end."""
    until = provider.text("runs_until")
    if not until or not is_past(until, day):
        return ""
    return words.text(N_("The programme of this partner ended on {date}."), date=words.partial_date(until))


def partner_warnings(provider: Record, day: date, words: Speaks) -> tuple[str, ...]:
    """Return every sentence that warns of a partner on a day, for the entry and for whoever refers to it."""
    found = agreement_warning(provider, day, words), programme_warning(provider, day, words)
    return tuple(sentence for sentence in found if sentence)


def check_due(provider: Record, months: int) -> str:
    """Return the stored day on which an entry is to be checked: the one that was set, else ``months`` after the last check.

    Empty for an entry that nobody has checked and that names no day, and where ``months`` is zero and no day is set.
    """
    if due := provider.text("check_due_on"):
        return due
    checked = provider.text("checked_on")
    return months_after(checked, months) if checked and months else ""


def is_check_due(provider: Record, months: int, today: date) -> bool:
    """Return whether an entry is to be checked today or was to be before."""
    due = check_due(provider, months)
    return bool(due) and not is_future(due, today)
