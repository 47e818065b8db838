"""The command of referrals: how one stands, and its moves, as the window offers them."""

import argparse
from typing import Any

from avrr_desktop.cli.store import DONE, opened
from avrr_desktop.domain.case.case_file import CaseFile
from avrr_desktop.domain.consent.referral_moves import MOVES, possible
from avrr_desktop.domain.errors import BadInputError, NotFoundError
from avrr_desktop.domain.i18n import N_
from avrr_desktop.domain.records.fields import Kind, Record
from avrr_desktop.domain.records.types.referral_records import REFERRAL
from avrr_desktop.language import Language
from avrr_desktop.operations.session.session import Session


def referral_parser(case: Any, common: argparse.ArgumentParser) -> None:
    """Add the command."""
    command = case.add_parser(
        "referral", parents=[common], help=N_("say how a referral stands, or make one of its moves")
    )
    command.add_argument("number", metavar="NUMBER", help=N_("its number: that of the case, then /R1"))
    command.add_argument(
        "move", nargs="?", choices=[move.key for move in MOVES.values() if move.chosen], metavar="MOVE",
        help=N_("one of: %(choices)s; without one: what comes next"),
    )  # fmt: skip
    command.add_argument("--day", default="", metavar="DATE", help=N_("the day, as 2026-05-12 (default: today)"))
    command.add_argument(
        "--say", action="append", default=[], metavar="FIELD=VALUE", help=N_("what the move asks for: a code or a text")
    )
    command.set_defaults(run=run_case_referral)


def run_case_referral(given: argparse.Namespace, words: Language) -> int:
    """Make a move, then say how the referral stands and which moves it may make."""
    from avrr_desktop.operations.referrals.moves import move_referral
    from avrr_desktop.operations.referrals.standing import standing

    with opened(given, words) as workspace:
        case_file, referral = _named(workspace, given.number.upper())
        if given.move:
            move_referral(workspace, case_file, referral.uid, given.move, given.day, said=_said(given.say))
            case_file, referral = _named(workspace, given.number.upper())
        print(standing(workspace, case_file, referral).sentence)
        print(_offered(workspace, [move.key for move in possible(referral)]))
    return DONE


def _named(workspace: Session, number: str) -> tuple[CaseFile, Record]:
    """Return a referral by its number; one that never got one is counted within its case. Raises NotFoundError."""
    from avrr_desktop.operations.cases.cases import cases_numbered

    for case_file in cases_numbered(workspace, number.rpartition("/R")[0]):
        for place, one in enumerate(case_file.referrals, 1):
            if number == (one.text("number") or f"{case_file.case.text('number')}/R{place}"):
                return case_file, one
    raise NotFoundError(N_("There is no referral with this number."), N_("Nothing was changed."))


def _offered(workspace: Session, keys: list[str]) -> str:
    return workspace.words.text(N_("Possible moves: {moves}"), moves=", ".join(keys) or "–")


def _said(given: list[str]) -> dict[str, object]:
    """Return what was said with a move, numbers as numbers. Raises BadInputError for what is no FIELD=VALUE."""
    said: dict[str, object] = {}
    for one in given:
        key, sign, value = one.partition("=")
        if not sign or not REFERRAL.has(key):
            raise BadInputError(
                N_("Not understood: “{text}”."), N_("Nothing was changed. Write FIELD=VALUE."), {"text": one}
            )
        said[key] = int(value) if REFERRAL.field(key).kind is Kind.COUNT and value.isdecimal() else value
    return said
