"""Within how many days an answer is due by urgency: lists and agenda are made with it, so a store remembers what they were made with."""

import json
from typing import TYPE_CHECKING

from avrr_desktop.domain.consent.referral_states import DEFAULT_DAYS, AnswerDays
from avrr_desktop.store.local.local import Local

if TYPE_CHECKING:
    from avrr_desktop.store.store import Store

_KEY = "answer_days"


def kept_days(local: Local) -> AnswerDays:
    """Return the days with which the lists of a store were made last."""
    text = local.setting(_KEY)
    return {**DEFAULT_DAYS, **json.loads(text)} if text else DEFAULT_DAYS


def take_days(store: "Store", days: AnswerDays) -> None:
    """Make lists and agenda of cases with referrals anew where the pack says other days than they were made with."""
    text = json.dumps(days, sort_keys=True)
    if store.local.setting(_KEY) == text:
        return
    with store.connection.immediate():
        store.local.set_setting(_KEY, text)
        store.answer_days = days
        for case_pk, updated in store.connection.rows(
            "SELECT case_pk, updated FROM case_lines WHERE case_pk IN (SELECT case_pk FROM referrals) ORDER BY 1"
        ):
            store.refresh_case(case_pk, updated, set())
