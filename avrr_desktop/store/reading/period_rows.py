"""Reads the periods of help of all cases: what is kept of those that ended, and what the case says."""

from avrr_desktop.domain.case.period_figures import CasePeriods, Ended
from avrr_desktop.store.engine.driver import Connection

_ENDED = (
    "SELECT case_pk, coalesce(closed_on, ''), coalesce(reason, ''), coalesce(outcome, ''), "
    "coalesce(json_extract(rest, '$.reopened_on'), '') FROM closings "
    "WHERE removed=0 AND coalesce(closed_on, '') <> '' ORDER BY case_pk, period, uid"
)
_CASES = (
    "SELECT pk, coalesce(country_of_return, ''), coalesce(direction, ''), coalesce(programme, ''), coalesce(status, ''), "
    "coalesce(json_extract(rest, '$.closure_reason'), ''), coalesce(opened_on, ''), coalesce(closed_on, ''), "
    "coalesce(json_extract(rest, '$.reopened_on'), '') FROM cases WHERE removed=0 ORDER BY pk"
)


def case_periods(connection: Connection) -> list[CasePeriods]:
    """Return every case with the periods of help that it had."""
    ended: dict[int, list[Ended]] = {}
    for case_pk, *told in connection.rows(_ENDED):
        ended.setdefault(case_pk, []).append(Ended(*told))
    return [
        CasePeriods(
            country=country, direction=direction, programme=programme, status=status, closure_reason=reason,
            opened_on=opened, closed_on=closed, reopened_on=again, ended=tuple(ended.get(pk, ())),
        )
        for pk, country, direction, programme, status, reason, opened, closed, again in connection.rows(_CASES)
    ]  # fmt: skip
