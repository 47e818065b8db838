"""Referrals of all cases, by whose they are and what they wait for: each view is one statement."""

from dataclasses import dataclass
from enum import StrEnum

from avrr_desktop.domain.case.case_states import RUNNING
from avrr_desktop.domain.consent.referral_states import ReferralState
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.store.engine.driver import Connection
from avrr_desktop.store.journal.record_tables import RECORD_TABLES
from avrr_desktop.store.reading.cases import listed

_OVER = listed(state.code for state in ReferralState if state.over)
_ASKED = listed(state.code for state in ReferralState if state in (ReferralState.SENT, ReferralState.ACKNOWLEDGED))
_RUNNING = listed(RUNNING)
_SHAPE = RECORD_TABLES["referral"]
_WRITER = "(SELECT json_extract(CAST(envelope AS TEXT), '$.actor') FROM journal WHERE pk = r.made)"


class ReferralView(StrEnum):
    """Which referrals are shown, of those that still run."""

    MINE = "mine"  # of the cases of whoever looks
    FROM_OTHERS = "from_others"  # in these cases, but recorded by a colleague
    TEAM = "team"  # of everybody in this store
    UNANSWERED = "unanswered"  # sent, and no answer yet


_WHERE = {
    ReferralView.MINE: "l.officer = :officer",
    ReferralView.FROM_OTHERS: f"l.officer = :officer AND {_WRITER} <> :officer",
    ReferralView.TEAM: "1",
    ReferralView.UNANSWERED: f"coalesce(r.state, '') IN ({_ASKED})",
}


_STATEMENTS = {
    view: f"SELECT c.uid, l.number, l.called, coalesce(p.name, ''), {_SHAPE.select_of('r')} FROM referrals r JOIN cases c ON c.pk = r.case_pk "
    "JOIN case_lines l ON l.case_pk = r.case_pk LEFT JOIN providers p ON p.uid = r.provider "
    f"WHERE r.removed = 0 AND l.status IN ({_RUNNING}) AND coalesce(r.state, '') NOT IN ({_OVER}) AND {where} "
    "ORDER BY coalesce(r.answer_expected_on, '') = '', r.answer_expected_on, l.number, r.uid LIMIT :limit"
    for view, where in _WHERE.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralLine:
    """A referral with what is said of it in a list. ``called``: how its case is called; ``provider``: the name of the partner."""

    case: str
    number: str
    called: str
    provider: str
    referral: Record


def referral_lines(connection: Connection, view: ReferralView, officer: str, limit: int) -> tuple[ReferralLine, ...]:
    """Return running referrals in cases that are not over, the next answer first, those without a day behind."""
    rows = connection.rows(_STATEMENTS[view], {"officer": officer, "limit": limit})
    return tuple(
        ReferralLine(case=row[0], number=row[1], called=row[2], provider=row[3], referral=_SHAPE.record(row[4:]))
        for row in rows
    )
