"""The commands that list likely doubles and join two records of a person or two cases of a family: by decisions that are typed."""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from avrr_desktop.cli.store import DONE, opened
from avrr_desktop.domain.case.case_file import CaseFile, Member
from avrr_desktop.domain.case.joined import ANSWERS, differences
from avrr_desktop.domain.errors import BadInputError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Record
from avrr_desktop.language import Language
from avrr_desktop.operations.cases.join.families import CasesDecision, SamePerson, join_cases
from avrr_desktop.operations.cases.join.people import join_people, try_out, value_said
from avrr_desktop.operations.session.session import Session

_PERSON = re.compile(r"(.+-\d{4,7})-(\d{1,3})", re.ASCII)  # a case number and a place in the case
_NOBODY = "nobody"


def join_parser(case: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands."""
    doubles = case.add_parser(
        "doubles", parents=[common], help=N_("list people who may be recorded twice; joins nothing")
    )
    doubles.set_defaults(run=run_case_doubles)
    apart = case.add_parser(
        "apart", parents=[common], help=N_("decide that two people are not the same, so that they are not listed again")
    )
    apart.add_argument("one", metavar="PERSON", help=N_("number of the case and place in it (…-0001-2)"))
    apart.add_argument("other", metavar="PERSON", help=N_("number of the other one"))
    apart.set_defaults(run=run_case_apart)
    join = case.add_parser(
        "join",
        parents=[common],
        help=N_("make one of two cases, or of two people named by case number and place (…-0001-2)"),
    )
    join.add_argument("stays", metavar="STAYS", help=N_("number of the case that stays, or of the person"))
    join.add_argument("goes", metavar="GOES", help=N_("number of the case that is joined into it, or of the person"))
    join.add_argument(
        "--choose",
        action="append",
        default=[],
        metavar="FIELD=WHICH",
        help=N_("which value of a field stays: first, second or both"),
    )
    join.add_argument(
        "--others",
        choices=ANSWERS[:2],
        metavar="WHICH",
        help=N_("whose value stays where the two exclude each other: first or second"),
    )
    join.add_argument(
        "--same",
        action="append",
        default=[],
        metavar="PERSON=PERSON",
        help=N_("somebody of the first case who is somebody of the second"),
    )
    join.add_argument("--principal", default="", metavar="PERSON", help=N_("principal applicant of the joined case"))
    join.add_argument(
        "--head", default="", metavar="PERSON", help=N_("head of household of the joined case, or nobody")
    )
    join.add_argument(
        "--relation",
        action="append",
        default=[],
        metavar="PERSON=CODE",
        help=N_("what somebody is to the principal applicant"),
    )
    join.add_argument(
        "--dry-run", action="store_true", help=N_("change nothing: say what differs, and what is still to decide")
    )
    join.set_defaults(run=run_case_join)


def run_case_doubles(given: argparse.Namespace, words: Language) -> int:
    """List pairs of people by their numbers, with what speaks for it."""
    from avrr_desktop.operations.cases.search import doubles

    with opened(given, words) as workspace:
        for double, numbers in doubles(workspace):
            why = N_("same personal number") if double.same_number else N_("same date of birth, similar names")
            print("  ".join([*numbers, words.text(why)]), flush=True)
    return DONE


def run_case_apart(given: argparse.Namespace, words: Language) -> int:
    """Write down that two people are two people."""
    from avrr_desktop.operations.cases.join.apart import keep_apart

    with opened(given, words) as workspace:
        keep_apart(workspace, *(_person(workspace, number).person.uid for number in (given.one, given.other)))
    return DONE


def run_case_join(given: argparse.Namespace, words: Language) -> int:
    """Join two cases or two people; the number of the one that stays is written once it is stored."""
    people = bool(_PERSON.fullmatch(given.stays))
    if people != bool(_PERSON.fullmatch(given.goes)):
        raise _unclear("STAYS GOES")
    with opened(given, words) as workspace:
        (_join_people if people else _join_cases)(workspace, given)
        if not given.dry_run:
            print(given.stays.strip().upper())
    return DONE


def _join_people(workspace: Session, given: argparse.Namespace) -> None:
    first, second = (_person(workspace, number).person for number in (given.stays, given.goes))
    decided = _decided(given, first, second)
    if given.dry_run:
        _tell(workspace, first, second, decided)
        try_out(workspace, lambda: join_people(workspace, first.uid, second.uid, decided))
    else:
        join_people(workspace, first.uid, second.uid, decided)


def _join_cases(workspace: Session, given: argparse.Namespace) -> None:
    from avrr_desktop.operations.cases.cases import read_case_by_number

    stays, goes = (read_case_by_number(workspace, number) for number in (given.stays, given.goes))
    pairs = [(_person(workspace, one).person, _person(workspace, other).person) for one, other in _pairs(given.same)]
    decision = CasesDecision(
        principal=_chosen(workspace, given, "principal", [stays, goes]),
        head=_chosen(workspace, given, "head", [stays, goes]),
        decided=_decided(given, stays.case, goes.case),
        same=tuple(SamePerson(stays=a.uid, goes=b.uid, decided=_decided(given, a, b)) for a, b in pairs),
        relationships={_person(workspace, one).person.uid: code for one, code in _pairs(given.relation)},
    )
    if given.dry_run:
        for first, second in [(stays.case, goes.case), *pairs]:
            _tell(workspace, first, second, _decided(given, first, second))
        try_out(workspace, lambda: join_cases(workspace, stays, goes, decision))
    else:
        join_cases(workspace, stays, goes, decision)


def _chosen(workspace: Session, given: argparse.Namespace, key: str, cases: Sequence[CaseFile]) -> str:
    """Return who is named for a role; where nobody is and both cases say the same, that person. Never a guess."""
    if typed := getattr(given, key):
        return "" if typed == _NOBODY else _person(workspace, typed).person.uid
    same = {
        _person(workspace, other).person.uid: _person(workspace, one).person.uid for one, other in _pairs(given.same)
    }
    found = {same.get(one.person.uid, one.person.uid) for case in cases for one in _in_role(case, key)}
    if len(found) > 1:
        raise _unclear(f"--{key}")
    return next(iter(found), "")


def _in_role(case_file: CaseFile, key: str) -> Iterator[Member]:
    if key == "principal":
        yield from [case_file.principal] if case_file.principal is not None else []
    else:
        yield from (one for one in case_file.members if one.membership.yes("head_of_household"))


def _decided(given: argparse.Namespace, first: Record, second: Record) -> dict[str, str]:
    """Return what was typed for the fields in which two records differ."""
    typed = dict(_pairs(given.choose))
    if not set(typed.values()) <= set(ANSWERS):
        raise _unclear("--choose")
    found = {}
    for one in differences(first, second):
        answer = typed.get(one.field.key) or one.proposed or given.others
        if answer:
            found[one.field.key] = answer
    return found


def _tell(workspace: Session, first: Record, second: Record, decided: dict[str, str]) -> None:
    """Write each field that differs, both values, and which one stays."""
    words = workspace.words
    for one in differences(first, second):
        values = " | ".join(value_said(workspace, one.field, value) or "–" for value in one.values)
        which = decided.get(one.field.key) or words.text(N_("to be decided"))
        print(f"{one.field.key}  {values}  {which}")
    sys.stdout.flush()


def _person(workspace: Session, number: str) -> Member:
    """Return who stands at a place of a case. Raises BadInputError, NotFoundError."""
    from avrr_desktop.operations.cases.cases import person_number, read_case_by_number

    found = _PERSON.fullmatch(number.strip().upper())
    case_file = read_case_by_number(workspace, found[1]) if found else None
    members = case_file.members if case_file else ()
    for member in members:
        if case_file and person_number(case_file, member) == number.strip().upper():
            return member
    raise BadInputError(
        N_("Nobody has the number {number}."),
        N_("Nothing was changed. A person is named by the case number and the place in the case, such as …-0001-2."),
        {"number": number},
    )


def _pairs(typed: Sequence[str]) -> Iterator[tuple[str, str]]:
    for one in typed:
        key, mark, value = one.partition("=")
        if not mark or not key or not value:
            raise _unclear(one)
        yield key, value


def _unclear(option: str) -> BadInputError:
    return BadInputError(
        N_("Not clear: {option}."),
        N_("Nothing was changed. Write both numbers in one form, and decide what the two cases say differently."),
        {"option": option},
    )
