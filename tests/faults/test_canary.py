"""A day's work full of canaries leaves none of them in the clear: not after a lock, and not after a kill."""

from pathlib import Path

import pytest

from tools.rigs import canary
from tools.rigs.canary import STEM, Outcome

DAYS = {"locked": False, "killed": True}


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """What was found after a day that ended with a lock, and after one that ended with a kill."""
    return {name: canary.run(Path(tmp_path_factory.mktemp(name)), kill=kill) for name, kill in DAYS.items()}


@pytest.mark.parametrize("day", DAYS)
def test_X1_no_canary_and_no_key_lies_about_in_the_clear(days: dict[str, Outcome], day: str) -> None:
    print(days[day].line())
    assert days[day].hits == []
    assert days[day].stored > 60, "the canaries were there to be found"
    assert days[day].looked_at > 500


@pytest.mark.parametrize("day", DAYS)
def test_X13_no_error_and_no_log_says_what_was_typed(days: dict[str, Outcome], day: str) -> None:
    assert days[day].errors > 300
    assert days[day].speechless == []
    assert STEM.lower() not in days[day].logged.lower()
    assert '"code": "bug"' in days[day].logged
    assert "KeyError" in days[day].logged


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_X1_the_search_finds_a_canary_wherever_it_lies(tmp_path: Path, encoding: str) -> None:
    wanted = [STEM.lower().encode(), STEM.lower().encode("utf-16-le"), STEM.lower().encode("utf-16-be")]
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "harmless").write_bytes(b"\xffabc" + f"{STEM.upper()}name".encode(encoding) + b"\0")
    (tmp_path / f"{STEM}.txt").write_bytes(b"nothing")
    (tmp_path / "nothing").write_bytes(b"nothing")
    outcome = Outcome()
    canary.search_folder(tmp_path, wanted, outcome)
    assert sorted(outcome.hits) == sorted([str(tmp_path / "below" / "harmless"), f"name of {tmp_path / f'{STEM}.txt'}"])
