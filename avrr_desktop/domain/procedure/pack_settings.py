"""The numbers that a pack, a programme or an office sets, each declared once: what it means, its unit, its least and most."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Field, Kind
from avrr_desktop.domain.records.shorthand import OPEN

MONTHS, DAYS, HOURS, CASES, YEARS = N_("months"), N_("days"), N_("hours"), N_("cases"), N_("years")
YES = N_("1 for yes, 0 for no")
ATTEMPTS = N_("attempts")


@dataclass(frozen=True, slots=True)
class Setting:
    """One number. ``usual``: what holds where nobody set it; ``of_programme``: a programme may set it for its own cases."""

    key: str
    meaning: str
    unit: str
    usual: int
    most: int
    least: int = 0
    of_programme: bool = False
    hint: str = ""

    def fits(self, value: Any) -> bool:
        """Return whether a value may stand there."""
        return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most

    def field(self) -> Field:
        """Return the field in which an office sets it."""
        if self.unit == YES:
            return Field(self.key, self.meaning, Kind.YES_NO, sensitivity=OPEN, hint=self.hint)
        return Field(
            self.key, self.meaning, Kind.COUNT, sensitivity=OPEN, hint=self.hint, bounds=(self.least, self.most)
        )


SETTINGS: Mapping[str, Setting] = {one.key: one for one in (
    Setting("assistance_period_months", N_("Period of help, in months"), MONTHS, 0, 120, of_programme=True,
            hint=N_("Counted from arrival. 0: no period is shown.")),
    Setting("follow_up_first_month", N_("First follow-up, months after the arrival"), MONTHS, 1, 60, 1, of_programme=True),
    Setting("follow_up_second_month", N_("Second follow-up, months after the arrival"), MONTHS, 3, 120, 1, of_programme=True),
    Setting("retention_months", N_("Retention period of closed cases, in months"), MONTHS, 0, 600, of_programme=True,
            hint=N_("Cases are listed when the period ends; nothing is erased automatically. 0: no period is set.")),
    Setting("closing_attempts", N_("Attempts to reach a family before its case is closed as lost"), ATTEMPTS, 3, 20, of_programme=True,
            hint=N_("Calls and visits without a result since the family was last reached. 0: none is asked for.")),
    Setting("closing_attempts_days", N_("Days from the first to the last of these attempts, at least"), DAYS, 14, 366, of_programme=True),
    Setting("report_grace_days", N_("Days after a period before its figures are final"), DAYS, 30, 366,
            hint=N_("Later entries are shown as a difference.")),
    Setting("paper_expiry_warning_days", N_("Days before expiry when a paper is shown"), DAYS, 30, 366, 1),
    Setting("quiet_after_days", N_("Days without an entry before a family is shown"), DAYS, 30, 366, 1),
    Setting("referral_emergency_hours", N_("Answer to an emergency referral, in hours"), HOURS, 24, 720, 1),
    Setting("referral_urgent_hours", N_("Answer to an urgent referral, in hours"), HOURS, 72, 720, 1),
    Setting("referral_answer_days", N_("Answer to any other referral, in days"), DAYS, 14, 366, 1),
    Setting("partner_check_months", N_("Months after which an entry of the directory is checked again"), MONTHS, 12, 120,
            hint=N_("Counted from its last check. 0: only where a day is set.")),
    Setting("child_assent_age", N_("Children are asked for their own agreement from this age"), YEARS, 12, 18),
    Setting("referral_expires_days", N_("Days after the expected answer before a referral reads as expired"), DAYS, 60, 730, 1),
    Setting("bulk_from", N_("A second person must agree from this many cases at once"), CASES, 20, 10_000, 2),
    Setting("self_approval", N_("The person who requested a closing may also approve it"), YES, 0, 1),
    Setting("show_restricted", N_("A case shows that it has restricted records"), YES, 1, 1),
)}  # fmt: skip


def refused(values: Mapping[str, Any], *, programme: bool = False) -> str:
    """Return the first key of a table of settings that is not known there or whose value does not fit; empty for none."""
    for key, value in values.items():
        setting = SETTINGS.get(key)
        if setting is None or not setting.fits(value) or (programme and not setting.of_programme):
            return key
    return ""
