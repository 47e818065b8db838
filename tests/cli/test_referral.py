"""``case referral``: what comes next in a referral, and its moves, by its number."""

from pathlib import Path

import pytest

from tests.support.running import CommandLine, json_lines

CASE = {"case": {"called": "Hoti"}, "person": [{"ref": "m1", "family_name": "Hoti", "birth_date": "1985-02-03"}],
        "provider": [{"ref": "o1", "name": "Caritas Shkodër"}], "referral": [{"person": "m1", "provider": "o1", "category": "LEG"}],
        "consent": [{"person": "m1", "scope": "referral", "provider": "o1", "groups": ["identity", "contact", "papers", "need"],
                     "given_on": "2026-06-01", "counselled_on": "2026-06-01", "given_by": "self", "capacity": "assumed",
                     "method": "signature"}]}  # fmt: skip


@pytest.fixture
def number(cli: CommandLine, store: Path) -> str:
    """The number of a referral whose person agreed."""
    return f"{cli.call('case', 'add', '-', '--store', store, stdin=json_lines([CASE])).lines[0]}/R1"


def test_a_referral_is_moved_by_its_number_and_says_what_comes_next(cli: CommandLine, store: Path, number: str) -> None:
    stands = cli.call("case", "referral", number, "--store", store)
    assert stands.code == 0 and "you hand it to Caritas Shkodër now" in stands.out
    sent = cli.call("case", "referral", number, "send", "--say", "channel=post", "--store", store)
    assert sent.code == 0 and "should confirm receipt by" in sent.out
    untold = cli.call("case", "referral", number, "decline", "--store", store)
    assert untold.code == 3 and "Why it was declined" in untold.err
    over = cli.call("case", "referral", number, "decline", "--say", "decline_reason=no_capacity", "--store", store)
    assert over.lines[0] == "Nothing comes any more: Declined, No capacity."


@pytest.mark.parametrize(
    "given", [("accept",), ("send", "--day", "2999-01-01"), ("send", "--say", "channel"), ("send", "--say", "x=y")]
)
def test_what_is_not_possible_is_refused_and_changes_nothing(
    cli: CommandLine, store: Path, number: str, given: tuple[str, ...]
) -> None:
    assert cli.call("case", "referral", number, *given, "--store", store).code != 0
    assert "you hand it" in cli.call("case", "referral", number, "--store", store).out
    assert cli.call("case", "referral", number.replace("/R1", "/R7"), "--store", store).code != 0
