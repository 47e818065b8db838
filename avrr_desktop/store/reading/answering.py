"""Within how many days an answer is due by urgency: lists and agenda are made with it, so a store remembers what they were made with."""

import json

from avrr_desktop.domain.consent.referral_states import DEFAULT_DAYS, AnswerDays
from avrr_desktop.store.local.local import Local

_KEY = "answer_days"


def kept_days(local: Local) -> AnswerDays:
    """Return the days with which the lists of a store were made last."""
    text = local.setting(_KEY)
    return {**DEFAULT_DAYS, **json.loads(text)} if text else DEFAULT_DAYS


def differs(local: Local, days: AnswerDays) -> bool:
    """Return whether lists and agenda were made with other days than these."""
    return local.setting(_KEY) != json.dumps(days, sort_keys=True)


def remember_days(local: Local, days: AnswerDays) -> None:
    """Remember with which days lists and agenda are made. Raises StoreError."""
    local.set_setting(_KEY, json.dumps(days, sort_keys=True))
