"""The tab of referrals: above the form of each stands what comes next, by whom and until when."""

from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.records.fields import Record, Value
from avrr_desktop.ui.actions import Actions
from avrr_desktop.ui.case.record_tab import RecordTab
from avrr_desktop.ui.case.referrals.referral_life import ReferralLife
from avrr_desktop.ui.forms.form import Form
from avrr_desktop.ui.widgets.theme import Theme


class ReferralsTab(RecordTab):
    """Referrals at the left, the chosen one at the right: its life, then its form."""

    def __init__(self, acts: Actions, theme: Theme) -> None:
        super().__init__(acts, theme, "referral")
        self.life: ReferralLife | None = None

    def _show_form(self, record: Record, *, new: bool = False, defaults: dict[str, Value] | None = None) -> Form:
        form = super()._show_form(record, new=new, defaults=defaults)
        self.life = ReferralLife(self._acts, self._right.leave)
        self._right.body.insertWidget(0, self.life)
        form.saved.connect(lambda _: self._show_life())
        self._show_life()
        return form

    def show_case(self, case_file: CaseFile, record: str = "", started_by: str = "") -> None:
        """Show the referrals of a case; ``record`` is chosen."""
        super().show_case(case_file, record, started_by)
        if self.form is not None:
            self._show_life()

    def _show_teaching(self) -> None:
        super()._show_teaching()
        self.life = None

    def _show_life(self) -> None:
        """Say how the referral in sight stands now; one that is not stored yet has no life."""
        case_file, form = self._case, self.form
        if self.life is None or case_file is None or form is None:
            return
        there = next((one for one in case_file.referrals if one.uid == form.record.uid), None)
        self.life.setVisible(there is not None)
        if there is not None:
            self.life.show_referral(case_file, there, writable=not self.only_read())
