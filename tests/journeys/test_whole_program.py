"""Chance goes through the whole program, and after every step it holds what a list of dictionaries holds."""

from hypothesis.stateful import run_state_machine_as_test

from tools.rigs.whole_program import WholeProgram, settings_for


def test_whatever_is_done_in_whatever_order_nothing_is_lost_or_made_up() -> None:
    run_state_machine_as_test(WholeProgram, settings=settings_for(examples=12, steps=25))
