"""Opening a case, showing the list, starting: against the bare driver over plain rows in order."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from sqlcipher3 import dbapi2

from avrr_desktop.domain.case.case_file import CaseLine
from avrr_desktop.store.reading.cases import CaseFilter, Reader
from avrr_desktop.store.store import Store
from tools.bench.figures import Figure
from tools.bench.floor import LINE, bare, encrypted, opener, plain, plain_copy
from tools.bench.practice_stores import BenchStore
from tools.bench.timing import WAITING, Samples, in_turns

TURNS, OPENS = 10, 60
FIRST = LINE + "ORDER BY updated DESC, case_pk LIMIT 50"
RUNNING = LINE + "WHERE status IN ('pre_arrival', 'open', 'on_hold') ORDER BY updated DESC, case_pk LIMIT 50"


@dataclass(frozen=True, slots=True)
class Opened:
    """What was measured in one store."""

    case: Mapping[str, Samples]
    page: Mapping[str, Samples]
    running: Mapping[str, Samples]
    start: Mapping[str, Samples]


def measure(store: BenchStore) -> Opened:
    """Open cases that were worked on for months, show two lists, and start."""
    chance = random.Random(store.made.seed)
    turns = [chance.choices(store.made.worked_on, k=OPENS) for _ in range(TURNS)]
    with store.workspace() as workspace, encrypted(store) as cipher, plain(plain_copy(store)) as floor:
        reader = workspace.store.reader
        case = in_turns(
            {"ours": reader.case_file, "bare encrypted": opener(cipher), "bare": opener(floor)}, turns
        )  # fmt: skip
        again = [[0] * 20] * TURNS
        page = in_turns(
            {"ours": lambda _: page_of(reader), "bare": lambda _: floor.execute(FIRST).fetchall()}, again
        )  # fmt: skip
        running = in_turns(
            {"ours": lambda _: page_of(reader, "running"), "bare": lambda _: floor.execute(RUNNING).fetchall()}, again
        )
    return Opened(case, page, running, _starts(store))


def page_of(reader: Reader, status: str = "") -> list[CaseLine]:
    """Return the first fifty lines of the list."""
    return reader.lines(reader.first_keys(CaseFilter(status=status), 50))


def _starts(store: BenchStore) -> Mapping[str, Samples]:
    key = store.key()

    def ours(_: int) -> None:
        opened = Store.open(store.database, key)
        page_of(opened.reader)
        opened.connection.close()

    def driver(_: int) -> None:
        connection = bare(dbapi2, store.database, key)
        connection.execute(FIRST).fetchall()
        connection.close()

    return in_turns({"ours": ours, "bare": driver}, [[0] * 5] * 6, clock=WAITING)


def figures(results: Mapping[int, Opened]) -> list[Figure]:
    """Return the figures of all sizes."""
    made: list[Figure] = []
    for cases, one in results.items():
        ours = one.case["ours"]
        made += [
            Figure("S3", "open a case, p50, over bare sqlite3", cases, ours.over(one.case["bare"]), "x", 2.0,
                   scale=ours.at(50)),
            Figure("", "  the bare driver on the encrypted file", cases,
                   one.case["bare encrypted"].over(one.case["bare"]), "x", scale=one.case["bare encrypted"].at(50)),
            Figure("", "  open a case, p99", cases, ours.at(99) / one.case["bare"].at(99), "x", scale=ours.at(99)),
            Figure("S3", "list page of 50 over bare sqlite3", cases, one.page["ours"].over(one.page["bare"]), "x", 1.5,
                   scale=one.page["ours"].at(50)),
            Figure("S3", "the same, running cases only", cases, one.running["ours"].over(one.running["bare"]), "x", 1.5,
                   scale=one.running["ours"].at(50)),
            Figure("", "key in hand to 50 lines, over the bare encrypted driver", cases,
                   one.start["ours"].over(one.start["bare"]), "x", scale=one.start["ours"].at(50)),
        ]  # fmt: skip
    if len(results) > 1:
        small, large = results[min(results)], results[max(results)]
        pairs = (("open", small.case, large.case), ("list page", small.page, large.page),
                 ("list page of running cases", small.running, large.running))  # fmt: skip
        for what, first, last in pairs:
            growth = last["ours"].at(50) / first["ours"].at(50)
            made.append(Figure("S3", f"{what}, p50, over {min(results)} cases", max(results), growth, "x", 1.3))
    return made
